//! What a node tells about its state: type, glyph, second line, badges and a description.

use std::fmt::Write as _;

use asl_drawing::Icon;
use asl_json::Value;
use asl_model::{
    Body, Dynamic, IntegrationPattern, JitterStrategy, MapState, ProcessorMode, QueryLanguage, Resource, ResourceKind,
    Retrier, State, StateKind, TaskState, Transition, WaitState,
};

use crate::diagram::NodeKind;
use crate::resource_icon::resource_icon;
use crate::text::{counted, shorten};

/// Containers nested deeper are not looked into.
pub(crate) const MAX_NESTING: usize = 64;

const MAX_SUMMARY_CHARS: usize = 40;

/// What a node tells about its state.
#[derive(Clone, Debug, PartialEq)]
pub struct StateFacts {
    /// Type of the state.
    pub kind: NodeKind,
    /// Glyph of its type, or of what it calls.
    pub icon: Icon,
    /// The second line, such as `function:Charge` or `3 rules + default`.
    pub summary: String,
    /// Greatest number of retries that one of its retriers allows; 0 where it has none.
    pub max_retries: u64,
    /// Its retriers in words, one a line.
    pub retry_text: String,
    /// Its query language where that differs from the machine's.
    pub query_language: Option<QueryLanguage>,
    /// One or two sentences for screen readers.
    pub description: String,
}

impl StateFacts {
    /// Returns the facts of a state in a machine of that query language.
    pub fn new(state: &State, machine_language: QueryLanguage) -> StateFacts {
        let kind = node_kind(state);
        let summary = summary(state, kind);
        let retries: Vec<String> = state.retry.iter().map(retry_text).collect();
        StateFacts {
            kind,
            icon: glyph(state, kind),
            max_retries: state
                .retry
                .iter()
                .map(|retrier| retrier.max_attempts)
                .max()
                .unwrap_or(0),
            retry_text: retries.join("\n"),
            query_language: Some(state.query_language).filter(|language| *language != machine_language),
            description: description(state, kind, &summary),
            summary,
        }
    }
}

pub(crate) fn node_kind(state: &State) -> NodeKind {
    let written = state.raw.get("Type").and_then(Value::as_str);
    match &state.kind {
        StateKind::Task(_) => NodeKind::Task,
        StateKind::Choice(_) => NodeKind::Choice,
        StateKind::Wait(_) => NodeKind::Wait,
        StateKind::Pass(_) if written == Some("Pass") => NodeKind::Pass,
        StateKind::Pass(_) => NodeKind::Unknown,
        StateKind::Succeed(_) => NodeKind::Succeed,
        StateKind::Fail(_) => NodeKind::Fail,
        StateKind::Parallel(_) => NodeKind::Parallel,
        StateKind::Map(_) => NodeKind::Map,
    }
}

fn glyph(state: &State, kind: NodeKind) -> Icon {
    match (&state.kind, kind) {
        (StateKind::Task(task), _) => resource_icon(&task.resource),
        (_, NodeKind::Choice) => Icon::Choice,
        (_, NodeKind::Wait) => Icon::Wait,
        (_, NodeKind::Succeed) => Icon::Succeed,
        (_, NodeKind::Fail) => Icon::Fail,
        (_, NodeKind::Parallel) => Icon::Parallel,
        (_, NodeKind::Map) => Icon::Map,
        (_, NodeKind::Pass) => Icon::Pass,
        _ => Icon::Unknown,
    }
}

fn summary(state: &State, kind: NodeKind) -> String {
    let text = match &state.kind {
        StateKind::Task(task) => task_summary(state, task),
        StateKind::Choice(choice) => {
            let rules = counted(choice.choices.len(), "rule");
            if choice.default.is_some() {
                format!("{rules} + default")
            } else {
                rules
            }
        }
        StateKind::Wait(wait) => wait_summary(wait),
        StateKind::Pass(_) if kind == NodeKind::Unknown => unknown_summary(state),
        StateKind::Pass(pass) => pass_summary(state, pass.result.is_some()),
        StateKind::Succeed(_) => "ends here".to_owned(),
        StateKind::Fail(fail) => fail
            .error
            .as_ref()
            .map_or_else(|| "no error name".to_owned(), dynamic_text),
        StateKind::Parallel(parallel) => counted(parallel.branches.len(), "branch"),
        StateKind::Map(map) => map_summary(map),
    };
    shorten(&text, MAX_SUMMARY_CHARS)
}

fn unknown_summary(state: &State) -> String {
    match state.raw.get("Type").and_then(Value::as_str) {
        Some(written) => format!("no such type: {written}"),
        None => "no Type".to_owned(),
    }
}

fn task_summary(state: &State, task: &TaskState) -> String {
    match &task.resource.kind {
        ResourceKind::Lambda { name, qualifier } => match qualifier {
            Some(qualifier) => format!("function:{name}:{qualifier}"),
            None => format!("function:{name}"),
        },
        ResourceKind::Activity { name } => format!("activity:{name}"),
        ResourceKind::Integration(integration) => {
            let service = integration
                .service
                .strip_prefix("aws-sdk:")
                .unwrap_or(&integration.service);
            let tag = match integration.pattern {
                IntegrationPattern::RequestResponse => "",
                IntegrationPattern::Sync | IntegrationPattern::Sync2 => " · sync",
                IntegrationPattern::WaitForTaskToken => " · token",
            };
            let function = called_function(state).map_or(String::new(), |name| format!(" {name}"));
            format!("{service}:{}{function}{tag}", integration.action)
        }
        ResourceKind::Unknown => unknown_resource(&task.resource),
    }
}

fn unknown_resource(resource: &Resource) -> String {
    if resource.text.is_empty() {
        return "no Resource".to_owned();
    }
    let parts: Vec<&str> = resource.text.rsplitn(3, ':').collect();
    match parts[..] {
        [last, before, _] if !resource.text.starts_with("{%") => format!("{before}:{last}"),
        _ => resource.text.to_string(),
    }
}

/// Returns the name of the function that `lambda:invoke` calls, where the definition says it.
fn called_function(state: &State) -> Option<&str> {
    let flow = &state.data_flow;
    let payload = flow.parameters.as_ref().or(flow.arguments.as_ref())?;
    let name = payload.get("FunctionName")?.as_str()?;
    let parts: Vec<&str> = name.split(':').collect();
    let name = match parts[..] {
        ["arn", _, _, _, _, "function", name, ..] => name,
        _ => name,
    };
    (!name.starts_with("{%")).then_some(name)
}

fn pass_summary(state: &State, has_result: bool) -> String {
    let flow = &state.data_flow;
    let assigned = flow
        .assign
        .as_ref()
        .and_then(Value::as_object)
        .map_or(0, asl_json::Object::len);
    match (has_result, flow.output.is_some(), flow.parameters.is_some()) {
        (true, ..) => "Result".to_owned(),
        (_, true, _) => "Output".to_owned(),
        (.., true) => "Parameters".to_owned(),
        _ if assigned > 0 => format!("Assign {assigned}"),
        _ => "passes input".to_owned(),
    }
}

fn wait_summary(wait: &WaitState) -> String {
    match wait {
        WaitState::Seconds(Dynamic::Value(seconds)) => format!("{seconds} s"),
        WaitState::Seconds(Dynamic::Path(path)) => format!("{path} s"),
        WaitState::Seconds(Dynamic::Expression(text)) => text.to_string(),
        WaitState::Timestamp(timestamp) => format!("until {}", dynamic_text(timestamp)),
    }
}

fn dynamic_text(field: &Dynamic<std::sync::Arc<str>>) -> String {
    match field {
        Dynamic::Value(text) | Dynamic::Expression(text) | Dynamic::Path(text) => text.to_string(),
    }
}

fn map_summary(map: &MapState) -> String {
    let mut text = match (&map.items_path, &map.items, &map.item_reader) {
        (.., Some(reader)) => format!("reads {}", reader.resource.text.rsplit(':').next().unwrap_or("items")),
        (Some(path), ..) => format!("over {path}"),
        (_, Some(Value::String(expression)), _) => format!("over {expression}"),
        (_, Some(_), _) => "over a list".to_owned(),
        _ => "over the input".to_owned(),
    };
    if let Some(Dynamic::Value(limit)) = &map.max_concurrency
        && *limit > 0
    {
        let _ = write!(text, ", max {limit}");
    }
    if map.item_processor.mode == ProcessorMode::Distributed {
        text.push_str(", distributed");
    }
    text
}

/// Returns what a container holds: `2 branches, 7 states`.
pub(crate) fn collapsed_summary(state: &State) -> String {
    let bodies = state.bodies();
    let states: usize = bodies.iter().map(|body| count_states(body, 0)).sum();
    let states = counted(states, "state");
    match &state.kind {
        StateKind::Parallel(_) => format!("{}, {states}", counted(bodies.len(), "branch")),
        _ => states,
    }
}

fn count_states(body: &Body, depth: usize) -> usize {
    if depth > MAX_NESTING {
        return 0;
    }
    let inner = body.states.values().flat_map(State::bodies);
    body.states.len() + inner.map(|body| count_states(body, depth + 1)).sum::<usize>()
}

/// Returns a retrier in words: `States.Timeout: up to 3 retries, first after 2 s, then x 2, full jitter`.
pub(crate) fn retry_text(retrier: &Retrier) -> String {
    let mut text = format!(
        "{}: up to {}",
        retrier.error_equals.join(", "),
        counted(usize::try_from(retrier.max_attempts).unwrap_or(usize::MAX), "retry")
    );
    let _ = write!(
        text,
        ", first after {} s, then x {}",
        retrier.interval_seconds, retrier.backoff_rate
    );
    if let Some(limit) = retrier.max_delay_seconds {
        let _ = write!(text, ", at most {limit} s");
    }
    if retrier.jitter_strategy == JitterStrategy::Full {
        text.push_str(", full jitter");
    }
    text
}

fn description(state: &State, kind: NodeKind, summary: &str) -> String {
    let mut text = format!("{}, {} state, {summary}.", state.name, kind.as_str());
    match (&state.kind, &state.transition) {
        (StateKind::Choice(_), _) => {
            let names: Vec<&str> = state.targets().map(|name| &**name).collect();
            let _ = write!(text, " Goes on to one of: {}.", names.join(", "));
        }
        (StateKind::Succeed(_), _) | (_, Some(Transition::End)) => text.push_str(" Ends here."),
        (StateKind::Fail(_), _) => text.push_str(" Ends with this error."),
        (_, Some(Transition::Next(next))) => {
            let _ = write!(text, " Next {next}.");
        }
        (_, None) => text.push_str(" Names no next state."),
    }
    if !state.retry.is_empty() {
        let retries: u64 = state
            .retry
            .iter()
            .map(|retrier| retrier.max_attempts)
            .max()
            .unwrap_or(0);
        let _ = write!(text, " Retries up to {retries} times.");
    }
    if !state.catch.is_empty() {
        let names: Vec<&str> = state.catch.iter().map(|catcher| &*catcher.next).collect();
        let _ = write!(text, " Catches to {}.", names.join(", "));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(state: &str, icon: Icon, summary: &str) {
        let text = format!(r#"{{"StartAt": "A", "States": {{"A": {state}}}}}"#);
        let definition = asl_model::parse(&text).definition.unwrap();
        let facts = StateFacts::new(&definition.body.states["A"], definition.query_language);
        assert_eq!((facts.icon, &*facts.summary), (icon, summary));
    }

    #[test]
    fn the_second_line_says_what_the_type_does() {
        check(
            r#"{"Type": "Task", "Resource": "arn:aws:lambda:r:a:function:Charge"}"#,
            Icon::Lambda,
            "function:Charge",
        );
        check(
            r#"{"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken"}"#,
            Icon::Sqs,
            "sqs:sendMessage · token",
        );
        check(
            r#"{"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "Pack"}}"#,
            Icon::Lambda,
            "lambda:invoke Pack",
        );
        check(r#"{"Type": "Pass"}"#, Icon::Pass, "passes input");
        check(
            r#"{"Type": "Pass", "Assign": {"a": 1, "b": 2}}"#,
            Icon::Pass,
            "Assign 2",
        );
        check(
            r#"{"Type": "Wait", "TimestampPath": "$.due"}"#,
            Icon::Wait,
            "until $.due",
        );
        check(r#"{"Type": "Fail", "Error": "NoStock"}"#, Icon::Fail, "NoStock");
        check(
            r#"{"Type": "Map", "ItemsPath": "$.lines", "MaxConcurrency": 5}"#,
            Icon::Map,
            "over $.lines, max 5",
        );
        check(r#"{"Type": "Tusk"}"#, Icon::Unknown, "no such type: Tusk");
        check("{}", Icon::Unknown, "no Type");
    }

    #[test]
    fn a_description_names_neighbors() {
        let text = r#"{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "r", "Next": "B",
            "Retry": [{"ErrorEquals": ["States.ALL"]}], "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "C"}]}}}"#;
        let definition = asl_model::parse(text).definition.unwrap();
        let facts = StateFacts::new(&definition.body.states["A"], definition.query_language);
        assert_eq!(
            facts.description,
            "A, Task state, r. Next B. Retries up to 3 times. Catches to C."
        );
        assert_eq!(
            facts.retry_text,
            "States.ALL: up to 3 retries, first after 1 s, then x 2"
        );
    }
}
