//! What is being written: the definition, the input, and what the engine found in them.

use std::rc::Rc;

use asl_protocol::{Analysis, Diagnostic, Severity};

use crate::by_ptr::ByPtr;

use super::snapshot::{About, Snapshot};

/// The text and what is known about it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Document {
    /// What the toolbar calls it.
    pub title: Rc<str>,
    /// The definition as it is in the editor.
    pub definition: Rc<str>,
    /// The execution input as it is in the editor.
    pub input: Rc<str>,
    /// What there is to know besides.
    pub about: Rc<About>,
    /// Counts the texts of the definition, from 1.
    pub revision: u32,
    /// Revision with which this document took the place of another; answers about older ones are stale.
    pub first_revision: u32,
    /// What the engine said about the newest text it was asked about.
    pub analysis: Option<ByPtr<Analysis>>,
    /// The newest analysis that holds a diagram: the last good picture, kept while the text is broken.
    pub drawn: Option<ByPtr<Analysis>>,
}

impl Document {
    /// Returns the document that a snapshot holds.
    pub(crate) fn new(snapshot: &Snapshot) -> Document {
        Document {
            title: snapshot.title.as_str().into(),
            definition: snapshot.definition.as_str().into(),
            input: snapshot.input.as_str().into(),
            about: Rc::new(snapshot.about.clone()),
            revision: 1,
            first_revision: 1,
            analysis: None,
            drawn: None,
        }
    }

    /// Takes note of what runs begin with.
    pub(crate) fn about_changed(self: &Rc<Document>, about: About) -> Rc<Document> {
        // What the text says depends on both.
        let says_other = about.is_express != self.about.is_express || about.machines != self.about.machines;
        Rc::new(Document {
            revision: self.revision + u32::from(says_other),
            about: Rc::new(about),
            ..Document::clone(self)
        })
    }

    /// Returns the problems of the newest analyzed text.
    pub(crate) fn diagnostics(&self) -> &[Diagnostic] {
        self.analysis.as_ref().map_or(&[], |analysis| &analysis.diagnostics)
    }

    /// Returns the first error, where there is one.
    pub(crate) fn first_error(&self) -> Option<&Diagnostic> {
        self.diagnostics()
            .iter()
            .find(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// Returns the first error in a few words: where the text is no JSON, the way out says more than the service does.
    pub(crate) fn first_error_text(&self) -> Option<&str> {
        let is_json = self.analysis.as_ref().is_some_and(|analysis| analysis.is_json);
        let error = self.first_error()?;
        let help = error.help.as_deref().filter(|_| !is_json);
        Some(help.unwrap_or(&error.message))
    }

    /// Returns whether the picture is older than the text because the text could not be drawn.
    pub(crate) fn picture_is_stale(&self) -> bool {
        self.drawn.is_some()
            && self
                .analysis
                .as_ref()
                .is_some_and(|analysis| !analysis.is_json && !shows_a_state(analysis))
    }

    /// Takes note of an edit.
    pub(crate) fn edited(self: &Rc<Document>, text: Rc<str>) -> Rc<Document> {
        if self.definition == text {
            return Rc::clone(self);
        }
        Rc::new(Document {
            definition: text,
            revision: self.revision + 1,
            ..Document::clone(self)
        })
    }

    /// Takes note of an edit of the input.
    pub(crate) fn input_edited(self: &Rc<Document>, text: Rc<str>) -> Rc<Document> {
        if self.input == text {
            return Rc::clone(self);
        }
        Rc::new(Document {
            input: text,
            ..Document::clone(self)
        })
    }

    /// Takes the place of this document. The old picture stays until the new text has been looked at.
    pub(crate) fn replaced(self: &Rc<Document>, snapshot: &Snapshot) -> Rc<Document> {
        let revision = self.revision + 1;
        Rc::new(Document {
            revision,
            first_revision: revision,
            drawn: self.drawn.clone(),
            ..Document::new(snapshot)
        })
    }

    /// Takes note of an analysis; a stale one changes nothing.
    pub(crate) fn analyzed(self: &Rc<Document>, analysis: Analysis) -> Rc<Document> {
        let oldest = self
            .analysis
            .as_ref()
            .map_or(self.first_revision, |known| known.revision);
        if !(oldest..=self.revision).contains(&analysis.revision) {
            return Rc::clone(self);
        }
        let analysis = ByPtr::new(analysis);
        let of_this_document = |drawn: &ByPtr<Analysis>| drawn.revision >= self.first_revision;
        let drawn = if shows_a_state(&analysis) {
            Some(analysis.clone())
        } else if analysis.is_json {
            None
        } else {
            self.drawn.clone().filter(of_this_document)
        };
        Rc::new(Document {
            analysis: Some(analysis),
            drawn,
            ..Document::clone(self)
        })
    }
}

/// Returns whether there is a picture with more than terminals in it.
fn shows_a_state(analysis: &Analysis) -> bool {
    let diagram = analysis.diagram.as_ref();
    diagram.is_some_and(|diagram| diagram.nodes.iter().any(|node| !node.name.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document() -> Rc<Document> {
        Rc::new(Document::new(&Snapshot::default()))
    }

    fn analysis(revision: u32, diagram: bool) -> Analysis {
        Analysis {
            revision,
            diagnostics: Vec::new(),
            is_json: diagram,
            is_runnable: diagram,
            diagram: diagram.then(one_state),
            states: Vec::new(),
            tasks: Vec::new(),
            took_us: 0,
        }
    }

    fn one_state() -> asl_protocol::Diagram {
        let node = asl_protocol::DiagramNode {
            id: 0,
            kind: asl_protocol::NodeKind::Pass,
            name: "A".into(),
            key: "A".into(),
            rect: asl_protocol::Rect::default(),
            region: None,
            depth: 0,
            is_expanded: false,
            icon: "pass".into(),
            summary: String::new(),
            max_retries: 0,
            retry_text: String::new(),
            query_language: String::new(),
            description: String::new(),
        };
        asl_protocol::Diagram {
            nodes: vec![node],
            ..asl_protocol::Diagram::default()
        }
    }

    #[test]
    fn a_text_says_something_else_where_its_tasks_may_start_other_machines() {
        let document = Rc::new(Document::new(&Snapshot::default()));
        let mut about = About::default();
        about.breakpoints.push("Pack".into());
        let named = document.about_changed(about.clone());
        assert_eq!(named.revision, document.revision);
        about.machines.push(crate::state::OtherMachine::default());
        assert_eq!(named.about_changed(about).revision, document.revision + 1);
    }

    #[test]
    fn a_text_without_states_is_no_broken_text() {
        let mut empty = analysis(2, false);
        empty.is_json = true;
        let edited = document()
            .analyzed(analysis(1, true))
            .edited("{}".into())
            .analyzed(empty);
        assert!(edited.drawn.is_none());
        assert!(!edited.picture_is_stale());
    }

    #[test]
    fn an_edit_counts_up_and_the_same_text_changes_nothing() {
        let first = document();
        let second = first.edited("{}".into());
        assert_eq!(second.revision, 2);
        assert!(Rc::ptr_eq(&second, &second.edited("{}".into())));
    }

    #[test]
    fn the_last_good_picture_stays_while_the_text_is_broken() {
        let good = document().analyzed(analysis(1, true));
        assert!(!good.picture_is_stale());
        let broken = good.edited("{".into()).analyzed(analysis(2, false));
        assert!(broken.picture_is_stale());
        assert_eq!(broken.drawn.as_ref().map(|drawn| drawn.revision), Some(1));
    }

    #[test]
    fn an_answer_about_an_older_text_than_the_known_one_is_dropped() {
        let newer = document().edited("a".into()).analyzed(analysis(2, true));
        assert!(Rc::ptr_eq(&newer, &newer.analyzed(analysis(1, true))));
        assert!(Rc::ptr_eq(&newer, &newer.analyzed(analysis(3, true))));
    }

    #[test]
    fn a_replaced_document_ignores_answers_about_the_one_before() {
        let replaced = document().analyzed(analysis(1, true)).replaced(&Snapshot::default());
        assert!(Rc::ptr_eq(&replaced, &replaced.analyzed(analysis(1, true))));
        let broken = replaced.analyzed(analysis(2, false));
        assert!(
            broken.drawn.is_none(),
            "another document's picture is no last good picture"
        );
    }
}
