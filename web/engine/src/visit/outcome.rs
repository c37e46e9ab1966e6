//! What came of a visit's rules and errors, as messages.

use asl_core::{EventId, Failure};
use asl_model::State;
use asl_protocol as page;
use asl_view::{ClauseVerdict, StateEntry, VariableRecord};

use crate::diagram::status;
use crate::run::Run;

/// Returns the rules of a Choice state with what they compared; nothing for other types.
pub(super) fn rules(
    run: &Run,
    entered: EventId,
    state: &State,
    variables: &[VariableRecord],
) -> Vec<page::RuleOutcome> {
    if !matches!(state.kind, asl_model::StateKind::Choice(_)) {
        return Vec::new();
    }
    let moment = run
        .execution()
        .and_then(|execution| execution.moment(entered, super::object(variables)));
    let outcomes = moment.and_then(|moment| moment.choice()).unwrap_or_default();
    let rules = asl_view::explain_choice(state, &outcomes).into_iter();
    rules
        .map(|rule| page::RuleOutcome {
            number: rule.number,
            next: rule.next,
            is_taken: rule.is_taken,
            why: rule.why,
            conditions: rule.conditions.into_iter().map(condition).collect(),
        })
        .collect()
}

fn condition(condition: asl_view::ConditionText) -> page::ConditionOutcome {
    page::ConditionOutcome {
        depth: condition.depth,
        text: condition.text,
        compared: condition.compared,
        holds: condition.holds,
        note: condition.note,
    }
}

/// Returns what became of each error.
pub(super) fn failures(state: &StateEntry, failures: &[Failure]) -> Vec<page::FailureOutcome> {
    let texts = asl_view::explain_failures(state, failures).into_iter();
    texts
        .map(|failure| page::FailureOutcome {
            event: failure.event.0,
            attempt: failure.attempt,
            error: failure.error,
            cause: failure.cause,
            status: status(failure.status),
            outcome: failure.outcome,
            arithmetic: failure.arithmetic,
            clauses: failure.clauses.into_iter().map(clause).collect(),
        })
        .collect()
}

fn clause(clause: asl_view::ClauseText) -> page::ClauseOutcome {
    page::ClauseOutcome {
        is_catcher: clause.is_catcher,
        number: clause.number,
        names: clause.names,
        is_match: match clause.verdict {
            ClauseVerdict::Matched | ClauseVerdict::Spent => Some(true),
            ClauseVerdict::NoMatch => Some(false),
            ClauseVerdict::NotReached => None,
        },
        is_decisive: clause.verdict == ClauseVerdict::Matched,
        why: clause.why,
    }
}
