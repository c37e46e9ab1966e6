//! Lowers states, retriers, catchers and choice rules.

use std::sync::Arc;

use asl_json::{Object, Value};

use super::{body, dynamic, integer, is_expression, map, path_field, query_language, text, texts, whole};
use crate::catcher::Catcher;
use crate::choice_rule::{ChoiceRule, Condition, DataTest, Operator};
use crate::definition::QueryLanguage;
use crate::dynamic::Dynamic;
use crate::location::Location;
use crate::resource::Resource;
use crate::retrier::{JitterStrategy, Retrier};
use crate::state::{
    ChoiceState, DataFlow, FailState, ParallelState, PassState, State, StateKind, SucceedState, TaskState, Transition,
    WaitState,
};

/// What lowering a state needs to know about it.
pub(super) struct Source<'a> {
    pub(super) raw: &'a Object,
    pub(super) language: QueryLanguage,
    pub(super) machine_language: QueryLanguage,
    pub(super) location: &'a Location,
}

pub(super) fn state(name: &Arc<str>, raw: &Object, machine_language: QueryLanguage, location: Location) -> State {
    let language = query_language(raw).unwrap_or(machine_language);
    let kind = kind(&Source {
        raw,
        language,
        machine_language,
        location: &location,
    });
    let recovers = matches!(kind, StateKind::Task(_) | StateKind::Parallel(_) | StateKind::Map(_));
    let ends_itself = matches!(kind, StateKind::Choice(_) | StateKind::Succeed(_) | StateKind::Fail(_));
    State {
        name: name.clone(),
        comment: text(raw, "Comment"),
        query_language: language,
        data_flow: data_flow(raw, language, &kind),
        retry: if recovers {
            objects(raw, "Retry", retrier)
        } else {
            Vec::new()
        },
        catch: if recovers {
            objects(raw, "Catch", |raw| catcher(raw, language))
        } else {
            Vec::new()
        },
        transition: if ends_itself { None } else { transition(raw) },
        kind,
        location,
        raw: raw.clone(),
    }
}

fn kind(source: &Source) -> StateKind {
    let raw = source.raw;
    match raw.get("Type").and_then(Value::as_str) {
        Some("Task") => StateKind::Task(Box::new(task(source))),
        Some("Choice") => StateKind::Choice(choice(source)),
        Some("Wait") => StateKind::Wait(wait(source)),
        Some("Succeed") => StateKind::Succeed(SucceedState),
        Some("Fail") => StateKind::Fail(FailState {
            error: dynamic(raw, source.language, "Error", string),
            cause: dynamic(raw, source.language, "Cause", string),
        }),
        Some("Parallel") => StateKind::Parallel(parallel(source)),
        Some("Map") => StateKind::Map(Box::new(map::map(source))),
        _ => StateKind::Pass(PassState {
            result: raw
                .get("Result")
                .cloned()
                .filter(|_| source.language == QueryLanguage::JsonPath),
        }),
    }
}

fn transition(raw: &Object) -> Option<Transition> {
    if let Some(next) = text(raw, "Next") {
        return Some(Transition::Next(next));
    }
    (raw.get("End") == Some(&Value::Bool(true))).then_some(Transition::End)
}

/// Takes the fields of the state's own query language only.
fn data_flow(raw: &Object, language: QueryLanguage, kind: &StateKind) -> DataFlow {
    if matches!(kind, StateKind::Fail(_)) {
        return DataFlow::default();
    }
    let field = |name: &str| raw.get(name).cloned();
    let assign = field("Assign").filter(|_| !matches!(kind, StateKind::Succeed(_)));
    match language {
        QueryLanguage::JsonPath => DataFlow {
            input_path: path_field(raw, "InputPath"),
            parameters: field("Parameters").filter(|_| !matches!(kind, StateKind::Map(_))),
            result_selector: field("ResultSelector"),
            result_path: path_field(raw, "ResultPath"),
            output_path: path_field(raw, "OutputPath"),
            assign,
            ..DataFlow::default()
        },
        QueryLanguage::Jsonata => DataFlow {
            arguments: field("Arguments"),
            output: field("Output"),
            assign,
            ..DataFlow::default()
        },
    }
}

fn string(value: &Value) -> Option<Arc<str>> {
    match value {
        Value::String(text) => Some(text.clone()),
        _ => None,
    }
}

/// Lowers the objects of an array, leaving out what is no object.
fn objects<T>(raw: &Object, field: &str, lower: impl Fn(&Object) -> T) -> Vec<T> {
    let items = raw.get(field).and_then(Value::as_array);
    let objects = items
        .into_iter()
        .flat_map(|items| items.iter())
        .filter_map(Value::as_object);
    objects.map(lower).collect()
}

fn task(source: &Source) -> TaskState {
    TaskState {
        resource: Resource::from_text(text(source.raw, "Resource").unwrap_or_default()),
        timeout_seconds: dynamic(source.raw, source.language, "TimeoutSeconds", integer),
        heartbeat_seconds: dynamic(source.raw, source.language, "HeartbeatSeconds", integer),
        credentials: source.raw.get("Credentials").cloned(),
    }
}

fn wait(source: &Source) -> WaitState {
    let seconds = dynamic(source.raw, source.language, "Seconds", integer).map(WaitState::Seconds);
    seconds
        .or_else(|| dynamic(source.raw, source.language, "Timestamp", string).map(WaitState::Timestamp))
        .unwrap_or(WaitState::Seconds(Dynamic::Value(0)))
}

fn parallel(source: &Source) -> ParallelState {
    let at = source.location.member("Branches");
    let branches = source.raw.get("Branches").and_then(Value::as_array);
    let lower =
        |(index, branch): (usize, &Value)| Some(body(branch.as_object()?, source.machine_language, at.item(index)));
    ParallelState {
        branches: branches
            .into_iter()
            .flat_map(|branches| branches.iter())
            .enumerate()
            .filter_map(lower)
            .collect(),
    }
}

fn retrier(raw: &Object) -> Retrier {
    let jitter = raw.get("JitterStrategy").and_then(Value::as_str);
    Retrier {
        error_equals: texts(raw, "ErrorEquals"),
        interval_seconds: whole(raw, "IntervalSeconds").unwrap_or(1),
        max_attempts: whole(raw, "MaxAttempts").unwrap_or(3),
        backoff_rate: raw
            .get("BackoffRate")
            .and_then(Value::as_number)
            .map_or(2.0, asl_json::Number::as_f64),
        max_delay_seconds: whole(raw, "MaxDelaySeconds"),
        jitter_strategy: if jitter == Some("FULL") {
            JitterStrategy::Full
        } else {
            JitterStrategy::None
        },
        comment: text(raw, "Comment"),
    }
}

fn catcher(raw: &Object, language: QueryLanguage) -> Catcher {
    let flow = data_flow(raw, language, &StateKind::Pass(PassState { result: None }));
    Catcher {
        error_equals: texts(raw, "ErrorEquals"),
        next: text(raw, "Next").unwrap_or_default(),
        result_path: flow.result_path,
        output: flow.output,
        assign: flow.assign,
        comment: text(raw, "Comment"),
    }
}

fn choice(source: &Source) -> ChoiceState {
    ChoiceState {
        choices: objects(source.raw, "Choices", |raw| rule(raw, source.language)),
        default: text(source.raw, "Default"),
    }
}

fn rule(raw: &Object, language: QueryLanguage) -> ChoiceRule {
    ChoiceRule {
        condition: match language {
            QueryLanguage::JsonPath => condition(raw),
            QueryLanguage::Jsonata => jsonata_condition(raw),
        },
        next: text(raw, "Next").unwrap_or_default(),
        assign: raw.get("Assign").cloned(),
        output: raw
            .get("Output")
            .cloned()
            .filter(|_| language == QueryLanguage::Jsonata),
        comment: text(raw, "Comment"),
    }
}

/// A condition that cannot be read never holds.
fn jsonata_condition(raw: &Object) -> Condition {
    match raw.get("Condition") {
        Some(Value::Bool(value)) => Condition::Literal(*value),
        Some(Value::String(text)) if is_expression(text) => Condition::Expression(text.clone()),
        _ => Condition::Literal(false),
    }
}

fn condition(raw: &Object) -> Condition {
    if raw.contains_key("And") {
        return Condition::And(objects(raw, "And", condition));
    }
    if raw.contains_key("Or") {
        return Condition::Or(objects(raw, "Or", condition));
    }
    if let Some(inner) = raw.get("Not").and_then(Value::as_object) {
        return Condition::Not(Box::new(condition(inner)));
    }
    let comparison = raw
        .iter()
        .find_map(|(name, operand)| Some((Operator::from_name(name)?, operand)));
    match comparison {
        Some((operator, operand)) => Condition::Test(DataTest {
            variable: text(raw, "Variable").unwrap_or_default(),
            operator,
            operand: operand.clone(),
        }),
        None => Condition::Literal(false),
    }
}
