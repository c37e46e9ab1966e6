//! Help with editing: the one face of `asl-assist` towards the page.
//!
//! Nothing here needs more than a text, a question and, for a few answers, what the state around the caret worked with in
//! the newest run. Answers are JSON text for the editor; their shapes are in `web/js/src/host.d.ts`.

mod answer;
mod fixes;
mod sample;

use asl_assist::Sample;
use asl_json::{Document, Step};
use asl_protocol::AssistQuestion;

use crate::text::TextPlaces;

pub(crate) use fixes::fixes;
pub(crate) use sample::sample;

/// A text that questions are about.
#[derive(Debug)]
pub(crate) struct EditedText {
    /// Counts the texts.
    pub(crate) revision: u32,
    document: Document,
    places: TextPlaces,
}

impl EditedText {
    /// Parses a text. This alone takes a fraction of the time that looking for its problems takes.
    pub(crate) fn new(revision: u32, text: &str) -> EditedText {
        let document = Document::parse(text);
        EditedText {
            revision,
            places: TextPlaces::new(document.text().clone()),
            document,
        }
    }

    /// Answers a question. `sample` returns what the state of that name worked with in an earlier run.
    pub(crate) fn answer(&self, question: &AssistQuestion, sample: impl Fn(&str) -> Sample) -> String {
        let (document, places) = (&self.document, &self.places);
        let sample_at = |offset| self.state_at(offset).map(sample).unwrap_or_default();
        let found = match question {
            AssistQuestion::Complete(unit) => {
                let offset = places.offset(*unit);
                let found = asl_assist::complete(document, offset, &sample_at(offset));
                Some(answer::completions(found, places))
            }
            AssistQuestion::Hover(unit) => {
                let offset = places.offset(*unit);
                let found = asl_assist::hover(document, offset, &sample_at(offset));
                found.map(|found| answer::hover(&found, places))
            }
            AssistQuestion::Symbol(unit) => {
                let found = asl_assist::symbol_at(document, places.offset(*unit));
                found.map(|found| answer::symbol(&found, document, places))
            }
            AssistQuestion::Rename(unit, name) => {
                let edits = asl_assist::rename(document, places.offset(*unit), name);
                Some(answer::edits(edits.map_err(|error| error.to_string()), places))
            }
            AssistQuestion::Format => {
                let edits = asl_assist::format_edits(document);
                Some(answer::edits(edits.map_err(|errors| not_formatted(&errors)), places))
            }
            AssistQuestion::Folds => Some(answer::folds(&asl_assist::folds(document), places)),
            AssistQuestion::Outline => Some(answer::outline(&asl_assist::outline(document), places)),
        };
        found.unwrap_or_default().to_string()
    }

    /// Returns the name of the innermost state around a place.
    fn state_at(&self, offset: usize) -> Option<&str> {
        let node = self.document.node_at(offset)?;
        let steps = node.steps();
        let is_states = |step: &Step| matches!(step, Step::Member(name) if &**name == "States");
        let states = steps.iter().rposition(is_states)?;
        let mut path = steps.get(..states + 2)?.iter();
        let mut at = self.document.root()?;
        let mut name = None;
        path.try_for_each(|step| {
            if let Step::Member(member) = step {
                name = at.member(member).map(asl_json::Member::name);
            }
            at = at.step(step)?;
            Some(())
        })?;
        name
    }
}

fn not_formatted(errors: &[asl_json::SyntaxError]) -> String {
    let first = errors.first().map_or("the text is empty", |error| &error.message);
    format!("Nothing was formatted: {first}. F8 goes there.")
}

#[cfg(test)]
mod tests;
