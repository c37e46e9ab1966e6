//! One visit to a state of a run: the way its data took, what came of its rules and errors, and the variables it saw.

mod outcome;
pub(crate) mod stages;

use asl_core::{Details, EventId, Failure, HistoryEvent};
use asl_json::{Object, Value};
use asl_protocol as page;
use asl_view::{Attempt, Sign, Timeline, VariableRecord, Visit};

use crate::diagram::status;
use crate::run::Run;
use crate::text::saturate;
use stages::Way;

/// Visits that the page can offer to pick.
const MOST_VISITS: usize = 400;

/// Returns the visit that an event belongs to, seen from the attempt that it belongs to, as a fold over the history up to
/// the cursor. Later visits and attempts can be picked, but nothing is said about them.
pub(crate) fn state_visit(run: &mut Run, id: u32, cursor: u32) -> Option<page::StateVisit> {
    run.read_on();
    let (timeline, whole) = (run.timeline(), run.history());
    let history = &whole[..whole.len().min(cursor as usize)];
    let event = with_state(timeline, history, EventId(id))?;
    let name = timeline.state_of(event)?.name.clone();
    let visits = asl_view::visits(timeline, history, &name);
    let all_visits = asl_view::visits(timeline, whole, &name);
    let at = position(timeline, &visits, event)?;
    let visit = &visits[at];
    let state = run.definition.states().find(|state| state.name == name)?;
    let entered = history.get((visit.entered.0 as usize).checked_sub(1)?)?;
    let Details::StateEntered { input, .. } = &entered.details else {
        return None;
    };
    let exited = exited_event(timeline, history, visit);
    let trace = run.trace(visit.entered);
    let failures = trace.map_or(&[][..], |trace| known_failures(timeline, &trace.failures, history));
    let attempts = asl_view::attempts(timeline, history, visit);
    let all_attempts = asl_view::attempts(timeline, whole, &all_visits[at]);
    let chosen = chosen_attempt(&attempts, event);
    let before = asl_view::variables_before(timeline, history, visit.entered, visit.scope);
    let newest = history.get((visit.newest.0 as usize).checked_sub(1)?)?;
    let way = Way {
        state,
        entered: visit.entered,
        input,
        trace,
        failures,
        exited,
        attempt: chosen,
        is_last: chosen.map(|attempt| attempt.first) == all_attempts.last().map(|attempt| attempt.first),
    };
    let is_decided = exited.is_some() || !failures.is_empty();
    Some(page::StateVisit {
        run: run.number,
        event: id,
        entered: visit.entered.0,
        exited: exited.map(|event| event.id.0),
        state: name.to_string(),
        query_language: state.query_language.name().to_owned(),
        elapsed_ms: newest.timestamp.0 - entered.timestamp.0,
        visits: choices(timeline, &all_visits, &visits, at),
        attempt: chosen.map_or(0, |attempt| attempt.number),
        attempts: all_attempts
            .iter()
            .enumerate()
            .map(|(at, whole)| attempt(whole, attempts.get(at)))
            .collect(),
        stages: way.stages(),
        rules: if is_decided {
            outcome::rules(run, visit.entered, state, &before)
        } else {
            Vec::new()
        },
        failures: timeline
            .state_of(visit.entered)
            .map(|entry| outcome::failures(entry, failures))
            .unwrap_or_default(),
        variables: variables(timeline, &before, exited, visit.scope),
    })
}

/// Returns the variables that a state saw right after an event of its own.
pub(crate) fn visible_variables(run: &mut Run, id: u32) -> Option<page::VisibleVariables> {
    run.read_on();
    let (timeline, history) = (run.timeline(), run.history());
    let scope = timeline.place(EventId(id))?.scope;
    let variables = asl_view::variables_before(timeline, history, EventId(id.saturating_add(1)), scope);
    Some(page::VisibleVariables {
        run: run.number,
        event: id,
        lines: asl_view::variable_lines(&variables),
    })
}

/// Returns the value of an expression at a visit, or why there is none.
pub(crate) fn evaluate(run: &mut Run, request: &page::EvaluateRequest) -> Result<String, String> {
    let gone = || "The run holds no data of this visit.".to_owned();
    let visit = state_visit(run, request.entered, request.cursor).ok_or_else(gone)?;
    let is_known = |name: &str| {
        let mut stages = visit.stages.iter();
        stages.any(|stage| stage.name == name && stage.reach == page::StageReach::Reached)
    };
    let (timeline, history) = (run.timeline(), run.history());
    let entered = EventId(request.entered);
    let place = timeline.place(entered).ok_or_else(gone)?;
    let before = asl_view::variables_before(timeline, history, entered, place.scope);
    let execution = run.execution().ok_or_else(gone)?;
    let moment = execution.moment(entered, object(&before)).ok_or_else(gone)?;
    let moment = moment.knowing(is_known("result"), is_known("errorOutput"));
    let root = execution
        .trace(entered)
        .and_then(|trace| stages::value_of(trace, &request.root));
    let language = if request.is_jsonata {
        asl_model::QueryLanguage::Jsonata
    } else {
        asl_model::QueryLanguage::JsonPath
    };
    match moment.evaluate(language, &request.text, root.as_ref()) {
        Ok(value) => Ok(value.to_pretty_string("  ")),
        Err(error) => Err(error.to_string()),
    }
}

/// Returns variables as the object that an expression reads them from.
fn object(variables: &[VariableRecord]) -> Object {
    let members = variables.iter();
    members
        .map(|variable| (variable.name.clone(), variable.value.clone()))
        .collect()
}

/// Walks back along an event's own chain to one that belongs to a state.
fn with_state(timeline: &Timeline, history: &[HistoryEvent], id: EventId) -> Option<EventId> {
    let mut id = id;
    // A previous event always has a smaller id, so that this ends.
    while timeline.place(id)?.state.is_none() {
        id = history.get((id.0 as usize).checked_sub(1)?)?.previous_event_id;
    }
    Some(id)
}

/// Returns the position of the visit that an event belongs to: the newest before it in its scope or around that.
fn position(timeline: &Timeline, visits: &[Visit], event: EventId) -> Option<usize> {
    let mut scope = Some(timeline.place(event)?.scope);
    while let Some(number) = scope {
        let found = visits
            .iter()
            .rposition(|visit| visit.scope == number && visit.entered <= event);
        if found.is_some() {
            return found;
        }
        scope = timeline.scope(number)?.parent;
    }
    None
}

fn exited_event<'a>(timeline: &Timeline, history: &'a [HistoryEvent], visit: &Visit) -> Option<&'a HistoryEvent> {
    let state = timeline.place(visit.entered)?.state;
    let newest = history.get((visit.newest.0 as usize).checked_sub(1)?)?;
    let is_exit = matches!(newest.details, Details::StateExited { .. }) && timeline.place(newest.id)?.state == state;
    is_exit.then_some(newest)
}

/// Returns the attempt that an event belongs to; the newest for events of the visit as a whole.
fn chosen_attempt(attempts: &[Attempt], event: EventId) -> Option<&Attempt> {
    let holds = |attempt: &&Attempt| attempt.first <= event && event <= attempt.last;
    attempts.iter().find(holds).or(attempts.last())
}

/// Returns the errors that the events of a history tell of. One that no event tells of by itself is known with the next
/// event: where the error occurred there was nothing to see of it yet.
fn known_failures<'a>(timeline: &Timeline, failures: &'a [Failure], history: &[HistoryEvent]) -> &'a [Failure] {
    let newest = history.last().map_or(EventId(0), |event| event.id);
    let is_known = |failure: &Failure| {
        let tells = || timeline.place(failure.event).is_some_and(|place| place.error.is_some());
        failure.event < newest || failure.event == newest && tells()
    };
    &failures[..failures.partition_point(is_known)]
}

/// Returns the visits to pick from: all there are, each as it stands among those that are known.
fn choices(timeline: &Timeline, visits: &[Visit], known: &[Visit], chosen: usize) -> Vec<page::VisitChoice> {
    let first = chosen.saturating_sub(MOST_VISITS / 2);
    let shown = visits.iter().enumerate().skip(first).take(MOST_VISITS);
    let loops = visits.iter().any(|visit| visit.number > 1);
    let choice = |(at, visit): (usize, &Visit)| {
        let mut label = asl_view::scope_text(timeline, visit.scope);
        if loops || label.is_empty() {
            let separator = if label.is_empty() { "" } else { ", " };
            label = format!("{label}{separator}visit {}", visit.number);
        }
        page::VisitChoice {
            entered: visit.entered.0,
            newest: visit.newest.0,
            label,
            status: known.get(at).map(|known| status(known.status)).unwrap_or_default(),
        }
    };
    shown.map(choice).collect()
}

/// Returns an attempt to pick, as it stands where it is known.
fn attempt(whole: &Attempt, known: Option<&Attempt>) -> page::AttemptChoice {
    page::AttemptChoice {
        number: whole.number,
        event: whole.last.0,
        status: known.map(|known| status(known.status)).unwrap_or_default(),
        error: known
            .and_then(|known| known.error.as_deref())
            .unwrap_or_default()
            .to_owned(),
        elapsed_ms: known.map_or(0, |known| known.elapsed_ms),
    }
}

/// Returns the variables that the state saw, with what it made of them, and after them those that are new.
fn variables(
    timeline: &Timeline,
    before: &[VariableRecord],
    exited: Option<&HistoryEvent>,
    scope: u32,
) -> Vec<page::VariableValue> {
    let (assigned, state, event) = match exited {
        Some(HistoryEvent {
            id,
            details:
                Details::StateExited {
                    assigned_variables,
                    name,
                    ..
                },
            ..
        }) => (assigned_variables.as_slice(), &**name, id.0),
        _ => (&[][..], "", 0),
    };
    let own = |name: &str, old: Option<&Value>, value: &Value| page::VariableValue {
        name: name.to_owned(),
        value: value.to_pretty_string("  "),
        lines: changed_lines(old, value),
        is_assigned: true,
        scope: asl_view::scope_text(timeline, scope),
        set_by: state.to_owned(),
        set_at: event,
    };
    let mut shown: Vec<page::VariableValue> = Vec::new();
    for variable in before {
        let new = assigned.iter().find(|(name, _)| *name == variable.name);
        shown.push(match new {
            Some((name, value)) => own(name, Some(&variable.value), value),
            None => page::VariableValue {
                name: variable.name.to_string(),
                value: variable.value.to_pretty_string("  "),
                lines: lines(None, &variable.value),
                is_assigned: false,
                scope: asl_view::scope_text(timeline, variable.scope),
                set_by: variable.set_by.to_string(),
                set_at: variable.event.0,
            },
        });
    }
    for (name, value) in assigned {
        if before.iter().all(|variable| variable.name != *name) {
            shown.push(own(name, None, value));
        }
    }
    shown
}

/// Returns the lines of a variable that a state assigned; all of them are new where there was none before.
fn changed_lines(old: Option<&Value>, value: &Value) -> Vec<page::ValueLine> {
    let mut lines = lines(old, value);
    if old.is_none() {
        for line in lines.iter_mut().filter(|line| line.sign == page::LineSign::Same) {
            line.sign = page::LineSign::Added;
        }
    }
    lines
}

/// Returns the lines of a value, marked by what differs from another one.
pub(crate) fn lines(before: Option<&Value>, after: &Value) -> Vec<page::ValueLine> {
    let line = |line: asl_view::DiffLine| page::ValueLine {
        sign: match line.sign {
            Sign::Same => page::LineSign::Same,
            Sign::Added => page::LineSign::Added,
            Sign::Removed => page::LineSign::Removed,
            Sign::Changed => page::LineSign::Changed,
            Sign::Omitted => page::LineSign::Omitted,
        },
        text: line.text,
        was: line.was,
    };
    asl_view::diff_values(before, after).into_iter().map(line).collect()
}

/// Returns the size of a value against its quota.
pub(crate) fn payload_bytes(value: &Value) -> u32 {
    saturate(value.text_bytes())
}
