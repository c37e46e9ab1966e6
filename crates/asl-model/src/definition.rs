//! The definition of a state machine as a whole.

use std::sync::Arc;

use asl_json::{Document, Object, Span, Value};
use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use crate::diagnostic::Diagnostic;
use crate::location::Location;
use crate::lower;
use crate::rules::json_syntax::{not_an_object, syntax_diagnostics};
use crate::state::{State, StateKind};

/// A query language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum QueryLanguage {
    /// `JSONPath`, the default.
    #[default]
    JsonPath,
    /// `JSONata`
    Jsonata,
}

impl QueryLanguage {
    /// Returns the word that definitions use.
    pub fn name(self) -> &'static str {
        match self {
            QueryLanguage::JsonPath => "JSONPath",
            QueryLanguage::Jsonata => "JSONata",
        }
    }
}

/// The type a state machine is created with; also the `ExecutionType` of a distributed Map.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MachineType {
    /// `STANDARD`, the default.
    #[default]
    Standard,
    /// `EXPRESS`
    Express,
}

/// The definition of a state machine, typed as far as it could be understood.
#[derive(Clone, Debug)]
pub struct Definition {
    /// `Comment`
    pub comment: Option<Arc<str>>,
    /// `Version`
    pub version: Option<Arc<str>>,
    /// `TimeoutSeconds` of the whole execution.
    pub timeout_seconds: Option<u64>,
    /// The machine's query language, which states may override.
    pub query_language: QueryLanguage,
    /// The states at the top level.
    pub body: Body,
    /// The definition as JSON, for rules that look at what could not be lowered.
    pub raw: Object,
    /// The text, and where everything stands in it.
    pub document: Arc<Document>,
}

/// The states of a body by name, in the order of the text.
pub type States = IndexMap<Arc<str>, State, FxBuildHasher>;

/// A `States` object with its `StartAt`: the top level, a branch of a Parallel, or what a Map runs per item.
///
/// It is also the scope of variables.
#[derive(Clone, Debug)]
pub struct Body {
    /// The first state. Empty where the definition does not say.
    pub start_at: Arc<str>,
    /// The states by name, in the order of the text.
    pub states: States,
    /// `Comment`
    pub comment: Option<Arc<str>>,
    /// Where the object that holds `StartAt` and `States` is.
    pub location: Location,
    /// The object as JSON, for rules that look at what could not be lowered.
    pub raw: Object,
}

/// What [`parse`] understood.
#[derive(Clone, Debug)]
pub struct ParsedDefinition {
    /// The text as a tree of JSON with spans.
    pub document: Arc<Document>,
    /// The definition, or `None` where the text is not a JSON object.
    pub definition: Option<Definition>,
    /// What is wrong with the text as JSON. What is wrong with the definition is for [`validate`](crate::validate()) to
    /// say.
    pub diagnostics: Vec<Diagnostic>,
}

/// Parses the text of a definition. Never fails: what cannot be understood is left at its default.
pub fn parse(text: &str) -> ParsedDefinition {
    let document = Arc::new(Document::parse(text));
    let mut diagnostics = syntax_diagnostics(text, document.errors());
    let definition = match document.value() {
        Some(Value::Object(raw)) => Some(lower::definition(&raw, &document)),
        _ => None,
    };
    if definition.is_none() && diagnostics.is_empty() {
        let span = document.root().map(asl_json::Node::span).unwrap_or_default();
        diagnostics.push(not_an_object(span));
    }
    ParsedDefinition {
        document,
        definition,
        diagnostics,
    }
}

impl Definition {
    /// Returns every `States` object with its `StartAt`, each before those inside it, in the order of the text.
    pub fn bodies(&self) -> Vec<&Body> {
        let mut found = vec![&self.body];
        let mut at = 0;
        while let Some(body) = found.get(at).copied() {
            let inner: Vec<&Body> = body.states.values().flat_map(|state| state.bodies()).collect();
            at += 1;
            found.splice(at..at, inner);
        }
        found
    }

    /// Returns every state, nested ones included: body by body in the order of [`Definition::bodies`].
    pub fn states(&self) -> impl Iterator<Item = &State> {
        self.bodies().into_iter().flat_map(|body| body.states.values())
    }
}

impl Definition {
    /// Returns the innermost state whose text touches the byte offset, its name included.
    pub fn state_at(&self, offset: usize) -> Option<&State> {
        let around = self
            .states()
            .filter(|state| self.span(state).is_some_and(|span| span.touches(offset)));
        around.max_by_key(|state| state.location.steps().len())
    }

    /// Returns where a state stands in the text, from its name to its closing bracket.
    pub fn span(&self, state: &State) -> Option<Span> {
        Some(self.member(state)?.span())
    }

    /// Returns where the name of a state stands in the text, quotes included.
    pub fn name_span(&self, state: &State) -> Option<Span> {
        Some(self.member(state)?.name_span())
    }

    fn member(&self, state: &State) -> Option<asl_json::Member<'_>> {
        let (_, states) = state.location.steps().split_last()?;
        self.document.node(states)?.member(&state.name)
    }
}

impl State {
    /// Returns the `States` objects directly inside this state: branches of a Parallel, the processor of a Map.
    pub fn bodies(&self) -> Vec<&Body> {
        match &self.kind {
            StateKind::Parallel(parallel) => parallel.branches.iter().collect(),
            StateKind::Map(map) => vec![&map.item_processor.body],
            _ => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"{"StartAt": "P", "States": {"P": {"Type": "Parallel", "Branches": [
        {"StartAt": "I", "States": {"I": {"Type": "Pass", "Next": "J"}, "J": {"Type": "Succeed"}}}], "Next": "Z"},
        "Z": {"Type": "Succeed"}}}"#;

    #[test]
    fn finds_states_in_the_text() {
        let definition = parse(TEXT).definition.unwrap();
        let names: Vec<&str> = definition.states().map(|state| &*state.name).collect();
        assert_eq!(names, ["P", "Z", "I", "J"]);
        for (mark, name) in [
            ("\"Parallel\"", Some("P")),
            ("\"J\":", Some("J")),
            ("\"StartAt\": \"P\"", None),
        ] {
            let found = definition.state_at(TEXT.find(mark).unwrap() + 1);
            assert_eq!(found.map(|state| &*state.name), name);
        }
        let z = definition.body.states.get("Z").unwrap();
        let span = definition.span(z).unwrap();
        assert_eq!(&TEXT[span.start..span.end], r#""Z": {"Type": "Succeed"}"#);
        assert_eq!(definition.name_span(z).unwrap().end - span.start, 3);
    }

    #[test]
    fn half_written_text_still_has_states() {
        let parsed = parse(r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "#);
        assert!(!parsed.diagnostics.is_empty());
        let definition = parsed.definition.unwrap();
        assert_eq!(definition.states().count(), 2);
    }

    #[test]
    fn query_languages_are_settled_per_state() {
        let text = r#"{"StartAt": "M", "QueryLanguage": "JSONPath", "States": {"M": {"Type": "Map", "QueryLanguage": "JSONata",
            "ItemProcessor": {"StartAt": "I", "States": {"I": {"Type": "Pass", "End": true}}}, "End": true}}}"#;
        let definition = parse(text).definition.unwrap();
        let languages: Vec<&str> = definition.states().map(|state| state.query_language.name()).collect();
        assert_eq!(languages, ["JSONata", "JSONPath"]);
    }
}
