//! The stages of a state's data flow, named as TestState names them, each with what it changed.

use asl_core::{Details, EventId, Failure, HistoryEvent, StateTrace};
use asl_json::Value;
use asl_model::{QueryLanguage, State, StateKind};
use asl_protocol::{LineSign, Stage, StageReach};
use asl_view::Attempt;

use super::{lines, payload_bytes};

/// A stage: its name in TestState, the field that makes it, and its value in the trace.
type TraceField = (&'static str, &'static str, fn(&StateTrace) -> Option<&Value>);

// Those that both query languages have.
const ITEMS_POINTER: TraceField = ("afterItemsPointer", "ItemsPointer", |trace| {
    trace.after_items_pointer.as_ref()
});
const ITEM_SELECTOR: TraceField = ("afterItemSelector", "ItemSelector", |trace| {
    trace.after_item_selector.as_ref()
});
const ITEM_BATCHER: TraceField = ("afterItemBatcher", "ItemBatcher", |trace| {
    trace.after_item_batcher.as_ref()
});
const RESULT: TraceField = ("result", "", |trace| trace.result.as_ref());

const JSONPATH_STAGES: &[TraceField] = &[
    ("afterInputPath", "InputPath", |trace| trace.after_input_path.as_ref()),
    ("afterItemsPath", "ItemsPath", |trace| trace.after_items_path.as_ref()),
    ITEMS_POINTER,
    ITEM_SELECTOR,
    ITEM_BATCHER,
    ("afterParameters", "Parameters", |trace| trace.after_parameters.as_ref()),
    RESULT,
    ("afterResultSelector", "ResultSelector", |trace| {
        trace.after_result_selector.as_ref()
    }),
    ("afterResultPath", "ResultPath", |trace| {
        trace.after_result_path.as_ref()
    }),
];

const JSONATA_STAGES: &[TraceField] = &[
    ("afterArguments", "Arguments", |trace| trace.after_arguments.as_ref()),
    ("afterItemsPath", "Items", |trace| trace.after_items_path.as_ref()),
    ITEMS_POINTER,
    ITEM_SELECTOR,
    ITEM_BATCHER,
    RESULT,
];

/// What is known of the way that data took through one visit.
pub(super) struct Way<'a> {
    pub(super) state: &'a State,
    pub(super) entered: EventId,
    pub(super) input: &'a Value,
    /// What the whole visit left behind, though only some of it may be known yet.
    pub(super) trace: Option<&'a StateTrace>,
    /// The errors that are known.
    pub(super) failures: &'a [Failure],
    pub(super) exited: Option<&'a HistoryEvent>,
    /// The attempt that is looked at.
    pub(super) attempt: Option<&'a Attempt>,
    /// Whether no other attempt came after it, known or not: what the visit left behind is of that one.
    pub(super) is_last: bool,
}

impl Way<'_> {
    /// Returns the stages in the order of the data's way.
    pub(super) fn stages(&self) -> Vec<Stage> {
        let failure = self.failure();
        let (fields, last) = match self.state.query_language {
            QueryLanguage::JsonPath => (JSONPATH_STAGES, "OutputPath"),
            QueryLanguage::Jsonata => (JSONATA_STAGES, "Output"),
        };
        let mut stages = Stages {
            state: self.state,
            failure: failure.filter(|_| !self.succeeded()),
            has_failed: false,
            is_settled: self.exited.is_some() || failure.is_some_and(|failure| failure.retry.is_some()),
            shown: Vec::new(),
            values: Vec::new(),
        };
        stages.add("input", "", Some(self.input), self.entered.0);
        for (name, field, value) in fields {
            let (value, since) = self.value(name, *value);
            stages.add(name, field, value.as_ref(), since);
        }
        let caught = failure.filter(|failure| failure.catch_index.is_some() && self.is_last);
        if let Some(failure) = caught {
            stages.add_error_output(failure);
        }
        let output = self
            .exited
            .filter(|_| self.is_last)
            .and_then(|event| match &event.details {
                Details::StateExited { output, .. } => Some((output, event.id.0)),
                _ => None,
            });
        let (output, since) = output.map_or((None, 0), |(output, since)| (Some(output), since));
        stages.add("output", last, output, since);
        if let Some(index) = caught.and_then(|failure| failure.catch_index) {
            stages.name_catcher(index as usize);
        }
        stages.shown
    }

    /// Returns whether the state was left the ordinary way.
    fn succeeded(&self) -> bool {
        let is_caught = self.failure().is_some_and(|failure| failure.catch_index.is_some());
        self.is_last && self.exited.is_some() && !is_caught
    }

    /// Returns the error of the attempt.
    fn failure(&self) -> Option<&Failure> {
        let failures = self.failures;
        let Some(attempt) = self.attempt else {
            return failures.last();
        };
        let is_of_attempt = |failure: &&Failure| attempt.first <= failure.event && failure.event <= attempt.last;
        let later = failures.last().filter(|last| self.is_last && last.event > attempt.last);
        failures.iter().rfind(is_of_attempt).or(later)
    }

    /// Returns the value of a stage and the event since which it is known.
    fn value(&self, name: &str, of_trace: fn(&StateTrace) -> Option<&Value>) -> (Option<Value>, u32) {
        let traced = self.trace.and_then(of_trace).cloned();
        let exited = self.exited.map_or(0, |event| event.id.0);
        match (name, self.attempt) {
            ("result", Some(attempt)) if matches!(self.state.kind, StateKind::Task(_)) => match &attempt.result {
                Some((result, event)) => (Some(result.clone()), event.0),
                None => (None, 0),
            },
            ("result" | "afterResultSelector" | "afterResultPath", _) => {
                let is_known = self.is_last && (self.exited.is_some() || self.failure().is_some());
                let traced = traced.filter(|_| is_known);
                let since = traced.as_ref().map_or(0, |_| exited);
                (traced, since)
            }
            ("afterParameters" | "afterArguments", Some(attempt)) => {
                let called = attempt.input.clone().filter(|_| traced.is_some());
                (called.or(traced), attempt.first.0)
            }
            ("afterInputPath", _) | (_, None) => {
                let traced = traced.filter(|_| name == "afterInputPath" || self.is_last);
                let since = traced.as_ref().map_or(0, |_| self.entered.0);
                (traced, since)
            }
            (_, Some(attempt)) => {
                let since = traced.as_ref().map_or(0, |_| attempt.first.0);
                (traced, since)
            }
        }
    }
}

/// Stages as they are collected.
struct Stages<'a> {
    state: &'a State,
    /// The error that keeps the data from going on.
    failure: Option<&'a Failure>,
    has_failed: bool,
    /// Whether it is known what came of that error: what is not reached then was left out.
    is_settled: bool,
    shown: Vec<Stage>,
    /// Values so far by the name of their stage, for comparing.
    values: Vec<(&'static str, Value)>,
}

impl Stages<'_> {
    fn add(&mut self, name: &'static str, field: &str, value: Option<&Value>, since: u32) {
        let is_field_set = self.state.raw.contains_key(field);
        let makes_result = matches!(
            self.state.kind,
            StateKind::Task(_) | StateKind::Parallel(_) | StateKind::Map(_)
        );
        let is_applicable = is_field_set || (name == "result" && makes_result) || name == "output";
        if value.is_none() && !is_applicable {
            return;
        }
        let mut stage = match value {
            Some(value) => self.valued(name, value, since),
            None => Stage {
                reach: self.reach_without_value(),
                ..Stage::default()
            },
        };
        name.clone_into(&mut stage.name);
        self.field(name, field).clone_into(&mut stage.field);
        stage.expression = self.state.raw.get(&stage.field).map(written).unwrap_or_default();
        let is_end = field.is_empty() || name == "output";
        if value.is_some() && !is_field_set && !is_end {
            stage.reach = StageReach::Unset;
            stage.lines.clear();
            stage.value = None;
        }
        if stage.reach == StageReach::Failed {
            stage.note = self.failure.map(error_text).unwrap_or_default();
        }
        self.shown.push(stage);
    }

    /// The first stage without a value is where the error occurred.
    fn reach_without_value(&mut self) -> StageReach {
        if self.failure.is_none() {
            return StageReach::NotReached;
        }
        if !std::mem::replace(&mut self.has_failed, true) {
            return StageReach::Failed;
        }
        if self.is_settled {
            StageReach::Skipped
        } else {
            StageReach::NotReached
        }
    }

    /// The result of a Pass state is made by a field.
    fn field<'f>(&self, name: &str, field: &'f str) -> &'f str {
        match (&self.state.kind, name) {
            (StateKind::Pass(_), "result") if self.state.raw.contains_key("Result") => "Result",
            _ => field,
        }
    }

    fn valued(&mut self, name: &'static str, value: &Value, since: u32) -> Stage {
        let other = self.compared(name);
        let stage = valued(value, since, other);
        self.values.push((name, value.clone()));
        stage
    }

    /// Returns the stage that a stage is made from, where the two have anything to do with each other.
    fn compared(&self, name: &str) -> Option<(&'static str, &Value)> {
        let candidates: &[&str] = match name {
            "afterParameters" | "afterArguments" => &["afterInputPath", "input"],
            "afterResultSelector" => &["result"],
            "output" if self.state.query_language == QueryLanguage::JsonPath && !self.has_failed => {
                &["afterResultPath", "afterInputPath", "input"]
            }
            "afterInputPath" | "afterResultPath" | "output" => &["input"],
            _ => &[],
        };
        candidates.iter().find_map(|wanted| {
            let (name, value) = self.values.iter().find(|(name, _)| name == wanted)?;
            Some((*name, value))
        })
    }

    fn add_error_output(&mut self, failure: &Failure) {
        let text = |text: &Option<std::sync::Arc<str>>| Value::from(text.as_deref().unwrap_or_default());
        let output = Value::object([("Error", text(&failure.error)), ("Cause", text(&failure.cause))]);
        let mut stage = self.valued("errorOutput", &output, failure.event.0);
        "errorOutput".clone_into(&mut stage.name);
        self.shown.push(stage);
    }

    /// Says that the output is the catcher's work.
    fn name_catcher(&mut self, index: usize) {
        let field = match self.state.query_language {
            QueryLanguage::JsonPath => "ResultPath",
            QueryLanguage::Jsonata => "Output",
        };
        let catchers = self.state.raw.get("Catch").and_then(Value::as_array);
        let catcher = catchers.and_then(|catchers| catchers.get(index));
        if let Some(stage) = self.shown.last_mut() {
            stage.field = format!("Catch[{index}].{field}");
            stage.expression = catcher
                .and_then(|catcher| catcher.get(field))
                .map(written)
                .unwrap_or_default();
        }
    }
}

/// Returns a stage with a value, which is compared with another where both have something in common.
pub(crate) fn valued(value: &Value, since: u32, other: Option<(&str, &Value)>) -> Stage {
    let compared = other.map(|(name, other)| (name, lines(Some(other), value)));
    let (compared_with, lines) = match compared {
        Some((name, compared)) if has_common_part(&compared) => (name.to_owned(), compared),
        _ => (String::new(), lines(None, value)),
    };
    Stage {
        reach: StageReach::Reached,
        value: Some(value.to_pretty_string("  ")),
        lines,
        compared_with,
        payload_bytes: payload_bytes(value),
        since,
        ..Stage::default()
    }
}

/// Returns whether more than the brackets around all is the same: else a comparison only says that all is new.
fn has_common_part(lines: &[asl_protocol::ValueLine]) -> bool {
    let inner = if lines.len() > 2 {
        &lines[1..lines.len() - 1]
    } else {
        lines
    };
    inner
        .iter()
        .any(|line| matches!(line.sign, LineSign::Same | LineSign::Changed | LineSign::Omitted))
}

/// Returns the value of the stage of that name.
pub(crate) fn value_of(trace: &StateTrace, name: &str) -> Option<Value> {
    if name == "input" {
        return Some(trace.input.clone());
    }
    if name == "output" {
        return trace.output.clone();
    }
    let fields = JSONPATH_STAGES.iter().chain(JSONATA_STAGES);
    let (_, _, value) = fields.into_iter().find(|(known, ..)| *known == name)?;
    value(trace).cloned()
}

/// Names of the stages in the order of the data's way, with the field that makes each.
pub(crate) fn fields() -> impl Iterator<Item = (&'static str, &'static str)> {
    let jsonata = JSONATA_STAGES.iter().take(1);
    let all = JSONPATH_STAGES[..6].iter().chain(jsonata).chain(&JSONPATH_STAGES[6..]);
    all.map(|(name, field, _)| (*name, *field))
}

fn error_text(failure: &Failure) -> String {
    let (error, cause) = (failure.error.as_deref(), failure.cause.as_deref());
    match (error, cause.filter(|cause| !cause.is_empty())) {
        (Some(error), Some(cause)) => format!("{error}: {cause}"),
        (Some(text), None) | (None, Some(text)) => text.to_owned(),
        (None, None) => "An error without a name".to_owned(),
    }
}

/// Returns what a field says: text without quotes, anything else as JSON.
pub(crate) fn written(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_pretty_string("  "), str::to_owned)
}
