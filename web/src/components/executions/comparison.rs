//! Two executions side by side.

use asl_protocol::{ComparedLine, ComparedRun, Comparison, LogRow};
use yew::prelude::*;

use super::super::common::{Icon, JsonView, StatusGlyph, Symbol, elapsed, grouped, status_word};

/// What two executions have in common and where they part.
pub(super) fn comparison(comparison: &Comparison, on_back: Callback<MouseEvent>) -> Html {
    let Comparison { left, right, .. } = comparison;
    html! {
        <>
            <div>
                <button type="button" class="button button-quiet button-small" onclick={on_back}>
                    <Icon symbol={Symbol::Back} /><span>{ "All executions" }</span>
                </button>
            </div>
            <div class="compared">{ side(left) }{ side(right) }</div>
            <p class="compared-verdict" role="status">{ verdict(comparison) }</p>
            <div class="compared">
                { text("Input", left, &left.input, left.input == right.input) }
                { text("Input", right, &right.input, left.input == right.input) }
            </div>
            <div class="compared">
                { text("Outcome", left, &left.outcome, left.outcome == right.outcome) }
                { text("Outcome", right, &right.outcome, left.outcome == right.outcome) }
            </div>
            <h3>{ "Events" }</h3>
            { note(comparison.lines_before, "events before are the same") }
            <table class="compared-events" aria-label="Events side by side">
                <thead class="visually-hidden"><tr>
                    <th scope="col">{ format!("Execution {}", left.summary.run) }</th>
                    <th scope="col">{ "Difference" }</th>
                    <th scope="col">{ format!("Execution {}", right.summary.run) }</th>
                </tr></thead>
                <tbody>{ for comparison.lines.iter().map(line) }</tbody>
            </table>
            { note(comparison.lines_after, "lines follow") }
        </>
    }
}

fn side(side: &ComparedRun) -> Html {
    let summary = &side.summary;
    let events = grouped(usize::try_from(summary.events).unwrap_or(usize::MAX));
    html! {
        <section class="compared-side" aria-label={format!("Execution {}", summary.run)}>
            <p class="execution-line">
                <span class="execution-number">{ summary.run }</span>
                <span class="status-badge" data-execution={summary.status.clone()}>{ summary.status.clone() }</span>
            </p>
            <p class="execution-facts">{ elapsed(summary.duration_ms) }{ " \u{b7} " }{ events }{ " events" }</p>
            <p class="execution-name">{ summary.name.clone() }</p>
        </section>
    }
}

/// Says where two executions part.
fn verdict(comparison: &Comparison) -> String {
    let Some(first) = comparison.first_difference else {
        return "Both say the same from the first event to the last. Instants do not count.".to_owned();
    };
    let line = comparison.lines.iter().find(|line| line.differs);
    let named = |row: Option<&LogRow>| match row {
        Some(row) if row.state.is_empty() => row.event_type.clone(),
        Some(row) => format!("{} of \u{201c}{}\u{201d}", row.event_type, row.state),
        None => "nothing".to_owned(),
    };
    let (left, right) = line.map_or((None, None), |line| (line.left.as_ref(), line.right.as_ref()));
    let (left, right) = (named(left), named(right));
    if left == right {
        format!("They part at event {first}: both have {left}, with other data.")
    } else {
        format!("They part at event {first}: {left} here, {right} there.")
    }
}

fn text(label: &'static str, side: &ComparedRun, text: &str, is_same: bool) -> Html {
    let name = format!("{label} of execution {}", side.summary.run);
    html! {
        <section class="compared-text">
            <h3>{ label }<span class="compared-sign">{ if is_same { "same" } else { "differs" } }</span></h3>
            if text.is_empty() {
                <p class="quiet">{ "None." }</p>
            } else {
                <JsonView text={text.to_owned()} label={name} />
            }
        </section>
    }
}

fn note(count: u32, words: &'static str) -> Html {
    html! {
        if count > 0 {
            <p class="quiet">{ grouped(usize::try_from(count).unwrap_or(usize::MAX)) }{ " " }{ words }{ "." }</p>
        }
    }
}

fn line(line: &ComparedLine) -> Html {
    let sign = match (&line.left, &line.right) {
        (Some(_), None) => "\u{2212}",
        (None, Some(_)) => "+",
        _ if line.differs => "\u{2260}",
        _ => "=",
    };
    html! {
        <tr data-differs={line.differs.to_string()}>
            <td>{ cell(line.left.as_ref()) }</td>
            <td class="compared-sign">{ sign }</td>
            <td>{ cell(line.right.as_ref()) }</td>
        </tr>
    }
}

fn cell(row: Option<&LogRow>) -> Html {
    let Some(row) = row else { return Html::default() };
    html! {
        <div class="compared-event" title={row.what.clone()}>
            <span class="cell-id">{ row.id }</span>
            <StatusGlyph status={row.status} />
            <span class="visually-hidden">{ status_word(row.status) }</span>
            <span class="compared-type">{ row.event_type.clone() }</span>
            <span class="cell-state-name">{ row.state.clone() }</span>
            <span class="cell-what">{ row.what.clone() }</span>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(event_type: &str, state: &str) -> Option<LogRow> {
        Some(LogRow {
            event_type: event_type.into(),
            state: state.into(),
            ..LogRow::default()
        })
    }

    fn check(left: Option<LogRow>, right: Option<LogRow>, expected: &str) {
        let comparison = Comparison {
            first_difference: Some(4),
            lines: vec![ComparedLine {
                left,
                right,
                differs: true,
            }],
            ..Comparison::default()
        };
        assert_eq!(verdict(&comparison), expected);
    }

    #[test]
    fn the_verdict_names_the_first_difference() {
        let failed = row("TaskFailed", "Pack");
        check(
            failed.clone(),
            row("TaskSucceeded", "Pack"),
            "They part at event 4: TaskFailed of \u{201c}Pack\u{201d} here, TaskSucceeded of \u{201c}Pack\u{201d} there.",
        );
        check(
            failed.clone(),
            failed,
            "They part at event 4: both have TaskFailed of \u{201c}Pack\u{201d}, with other data.",
        );
        check(
            row("ExecutionSucceeded", ""),
            None,
            "They part at event 4: ExecutionSucceeded here, nothing there.",
        );
        assert!(verdict(&Comparison::default()).starts_with("Both say the same"));
    }
}
