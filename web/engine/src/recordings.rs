//! What can be asked about histories as a whole: which rows pass a filter, two of them side by side, and
//! recordings made of files and of the executions that a run started.

use asl_core::{ExecutionRecord, HistoryEvent};
use asl_json::Value;
use asl_model::Definition;
use asl_protocol as page;
use asl_protocol::{ChildId, EngineReply, EngineRequest, LayoutOptions, RecordingOrigin};
use asl_view::{HistoryComparison, LogFilter, LogKind, says_the_same};

use crate::engine::{Clock, Engine};
use crate::report;
use crate::run::{Recorded, Run};
use crate::text::saturate;

/// Lines of a comparison that are sent.
const MOST_LINES: usize = 400;
/// Lines of a comparison that are sent of what comes before the first difference.
const LINES_BEFORE: usize = 20;

/// Answers a request about recordings.
pub(crate) fn serve(engine: &mut Engine, request: EngineRequest, clock: Clock<'_>) {
    match request {
        EngineRequest::FilterLog { run, filter } => {
            let start = clock();
            if let Some(run) = engine.run.as_mut().filter(|current| current.number == run) {
                let mut filtered = filter_log(run, filter);
                filtered.took_us = u32::try_from(clock().saturating_sub(start)).unwrap_or(u32::MAX);
                engine.replies.push_back(EngineReply::LogFiltered(filtered));
            }
        }
        EngineRequest::CompareRuns { left, right } => {
            if let (Some(left), Some(right)) = (engine.recording(left), engine.recording(right)) {
                let comparison = compare(left, right);
                engine.replies.push_back(EngineReply::RunsCompared(comparison));
            }
        }
        EngineRequest::OpenChild {
            run,
            parent,
            event,
            child,
            layout,
        } => {
            let request = ChildRequest {
                number: run,
                parent,
                event,
                child,
                layout: &layout,
            };
            open_child(engine, &request);
        }
        EngineRequest::OpenHistory {
            run,
            text,
            name,
            history,
        } => match read_history(run, &text, name, &history) {
            Ok(recorded) => engine.open(Run::recorded(recorded), None),
            Err(message) => engine.replies.push_back(EngineReply::RunRefused {
                run,
                message,
                diagnostics: Vec::new(),
            }),
        },
        _ => {}
    }
}

fn filter_log(run: &mut Run, filter: page::LogFilter) -> page::FilteredLog {
    run.read_on();
    let kind = match filter.kind {
        page::LogKind::All | page::LogKind::Console => LogKind::All,
        page::LogKind::States => LogKind::States,
        page::LogKind::Tasks => LogKind::Tasks,
        page::LogKind::Errors => LogKind::Errors,
        page::LogKind::Retries => LogKind::Retries,
        page::LogKind::Choices => LogKind::Choices,
        page::LogKind::Map => LogKind::Map,
    };
    let wanted = LogFilter::new(kind, &filter.text);
    let (rows, total) = if filter.kind == page::LogKind::Console {
        let lines = run.console().iter().enumerate();
        let fits = lines.filter(|(_, line)| wanted.fits_line(&line.state, &line.text));
        (fits.map(|(at, _)| saturate(at)).collect(), run.console().len())
    } else {
        let matches = wanted.matches(run.timeline(), run.history());
        (matches.map(|id| id.0).collect(), run.history().len())
    };
    page::FilteredLog {
        run: run.number,
        filter,
        rows,
        total: saturate(total),
        took_us: 0,
    }
}

fn compare(left: &Run, right: &Run) -> page::Comparison {
    let comparison = HistoryComparison::new(left.history(), right.history());
    let count = comparison.lines();
    let first = comparison.same_start.saturating_sub(LINES_BEFORE).min(count);
    let last = (first + MOST_LINES).min(count);
    let (left_timeline, right_timeline) = (left.timeline_to_end(), right.timeline_to_end());
    let line = |at: usize| {
        let (left_at, right_at) = comparison.line(at);
        let (left_event, right_event) = (event_at(left, left_at), event_at(right, right_at));
        page::ComparedLine {
            differs: !matches!((left_event, right_event), (Some(left), Some(right)) if says_the_same(left, right)),
            left: left_event.map(|event| left.row_of(&left_timeline, event)),
            right: right_event.map(|event| right.row_of(&right_timeline, event)),
        }
    };
    page::Comparison {
        left: compared(left),
        right: compared(right),
        first_difference: (!comparison.is_same()).then(|| saturate(comparison.same_start + 1)),
        lines: (first..last).map(line).collect(),
        lines_before: saturate(first),
        lines_after: saturate(count - last),
    }
}

fn event_at(run: &Run, at: Option<usize>) -> Option<&HistoryEvent> {
    run.history().get(at?)
}

fn compared(run: &Run) -> page::ComparedRun {
    let record = run.record();
    let outcome = match &record.output {
        Some(output) => output.to_pretty_string("  "),
        None => error_and_cause(record, "\n"),
    };
    page::ComparedRun {
        summary: report::summary(run),
        input: record.input.to_pretty_string("  "),
        outcome,
    }
}

/// Returns error name and cause, where the execution ended with them.
pub(crate) fn error_and_cause(record: &ExecutionRecord, between: &str) -> String {
    let parts = [record.error.as_deref(), record.cause.as_deref()];
    let parts: Vec<&str> = parts.into_iter().flatten().collect();
    parts.join(between)
}

/// What is asked about an execution that a run started.
struct ChildRequest<'a> {
    number: u32,
    parent: u32,
    event: u32,
    child: ChildId,
    layout: &'a LayoutOptions,
}

fn open_child(engine: &mut Engine, request: &ChildRequest<'_>) {
    let ChildRequest {
        number,
        parent,
        event,
        child,
        layout,
    } = *request;
    let Some(run) = engine
        .run
        .as_ref()
        .filter(|run| run.number == parent && run.has_ended())
    else {
        return;
    };
    let family = engine.family_of(run);
    let Some(record) = child_record(family, child).cloned() else {
        return;
    };
    let (definition, text) = family.definition_of(&record);
    let recorded = Recorded {
        number,
        revision: run.revision,
        name: record.name.to_string(),
        origin: RecordingOrigin::Child { parent, event },
        definition: definition.clone(),
        text: text.clone(),
        record,
        unknown_states: Vec::new(),
    };
    engine.open(Run::recorded(recorded), Some(layout));
}

/// Returns the record of an execution that a run started, or one of those did.
pub(crate) fn child_record(family: &Run, child: ChildId) -> Option<&ExecutionRecord> {
    let execution = |at: u32| Some(&family.session()?.runs().get(at as usize)?.execution);
    match child {
        ChildId::Nested(at) => Some(execution(at)?.record()),
        ChildId::MapRun { run, child } => execution(run)?.child(asl_core::RunId(child)),
    }
}

fn read_history(number: u32, text: &str, name: String, history: &str) -> Result<Recorded, String> {
    let definition = asl_model::parse(text).definition;
    let Some(definition) = definition.filter(|definition| definition.states().next().is_some()) else {
        return Err(
            "The definition on the page has no states that can be read. A history needs the definition that it ran: paste it \
                    into the editor first."
                .into(),
        );
    };
    let history = events(history)?;
    let unknown_states = unknown_states(&definition, &history);
    Ok(Recorded {
        number,
        revision: 0,
        name,
        origin: RecordingOrigin::File,
        definition,
        text: text.into(),
        record: ExecutionRecord::from_history(history),
        unknown_states,
    })
}

/// Reads a history, whichever way its events are sorted.
fn events(text: &str) -> Result<Vec<HistoryEvent>, String> {
    let json = asl_json::parse_value(text).map_err(|error| {
        let position = asl_json::LineIndex::new(text).position(error.offset);
        let (line, column) = (position.line, position.column);
        format!("This is not JSON: line {line}, column {column}: {}", error.message)
    })?;
    let mut history =
        asl_core::history_from_json(&json).map_err(|error| format!("This is not an execution history. {error}."))?;
    history.sort_by_key(|event| event.id);
    check(
        &history,
        json.get("nextToken").is_some_and(|token| *token != Value::Null),
    )?;
    Ok(history)
}

/// Refuses a history of which a part is missing: what happened could not be told from it.
fn check(history: &[HistoryEvent], is_page: bool) -> Result<(), String> {
    if history.is_empty() {
        return Err("This history has no events.".into());
    }
    if is_page {
        return Err(
            "This is one page of a history: it has a \"nextToken\". Fetch all of it with \"aws stepfunctions \
                    get-execution-history\", which follows the tokens by itself."
                .into(),
        );
    }
    for (expected, event) in (1..).zip(history) {
        if event.id.0 < expected {
            return Err(format!("Event {} is there twice.", event.id.0));
        }
        if event.id.0 > expected {
            return Err(format!(
                "Event {expected} is missing. Fetch the whole history, without \"--max-items\"."
            ));
        }
        if event.previous_event_id >= event.id {
            let (id, previous) = (event.id.0, event.previous_event_id.0);
            return Err(format!(
                "Event {id} cannot follow event {previous}: \"previousEventId\" has to be smaller."
            ));
        }
    }
    Ok(())
}

/// Returns the states that events name and the definition does not have, in the order of the events.
fn unknown_states(definition: &Definition, history: &[HistoryEvent]) -> Vec<String> {
    let known: std::collections::BTreeSet<&str> = definition.states().map(|state| &*state.name).collect();
    let mut unknown: Vec<String> = Vec::new();
    for event in history {
        if let asl_core::Details::StateEntered { name, .. } = &event.details
            && !known.contains(&**name)
            && !unknown.iter().any(|other| **other == **name)
        {
            unknown.push(name.to_string());
        }
    }
    unknown
}

/// Returns JSON text on one line that is not too long for a list.
pub(crate) fn short(value: &Value) -> String {
    shorten(value.to_string())
}

pub(crate) fn shorten(text: String) -> String {
    const MOST_CHARS: usize = 120;
    if text.chars().count() <= MOST_CHARS {
        return text;
    }
    let mut short: String = text.chars().take(MOST_CHARS - 1).collect();
    short.push('\u{2026}');
    short
}
