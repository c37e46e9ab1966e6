//! A JSON value line by line, with a sign where it differs from another.

use asl_protocol::{LineSign, ValueLine};
use yew::prelude::*;

use super::json_view::json_pieces;

/// Returns the lines. The sign says in shape what the color says, and screen readers hear the word.
pub(crate) fn value_lines(lines: &[ValueLine], label: &str) -> Html {
    html! {
        <div class="json value-lines" tabindex="0" role="group" aria-label={label.to_owned()}>
            { for lines.iter().map(line) }
        </div>
    }
}

fn line(line: &ValueLine) -> Html {
    let text = line.text.trim_start_matches(' ');
    let style = format!("--indent: {}", line.text.len() - text.len());
    let (name, sign, word) = match line.sign {
        LineSign::Same => ("same", "", ""),
        LineSign::Added => ("added", "+", "added: "),
        LineSign::Removed => ("removed", "\u{2212}", "removed: "),
        LineSign::Changed => ("changed", "~", "changed: "),
        LineSign::Omitted => ("omitted", "", ""),
    };
    html! {
        <div class="json-line value-line" data-sign={name} {style}>
            <span class="value-sign" aria-hidden="true">{ sign }</span>
            if !word.is_empty() {
                <span class="visually-hidden">{ word }</span>
            }
            <span class="value-text">{ json_pieces(text) }</span>
            if !line.was.is_empty() {
                <span class="value-was">{ format!(" was {}", line.was) }</span>
            }
        </div>
    }
}
