//! What mocks wrote to their console.

use asl_protocol::ConsoleLine;
use yew::prelude::*;

/// Lines that are listed, the newest; a mock may write without end.
const MOST_SHOWN: usize = 200;

/// Returns the lines under a heading, or nothing where there is none.
pub(in super::super) fn console_lines<'a>(lines: impl Iterator<Item = &'a ConsoleLine>) -> Html {
    let lines: Vec<&ConsoleLine> = lines.collect();
    let first = lines.len().saturating_sub(MOST_SHOWN);
    let line = |(at, line): (usize, &&ConsoleLine)| {
        html! {
            <li key={at} class="console-line" data-level={line.level.clone()}>
                <span class="console-source">{ format!("{} \u{b7} {}", line.state, line.level) }</span>
                <span class="console-text">{ line.text.clone() }</span>
            </li>
        }
    };
    html! {
        if !lines.is_empty() {
            <div class="section-head"><h4>{ "Console" }</h4></div>
            <ul class="console">{ for lines.iter().enumerate().skip(first).map(line) }</ul>
        }
    }
}
