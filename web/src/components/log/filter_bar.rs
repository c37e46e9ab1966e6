//! Which rows of the log to see: kinds as chips, words in a field.

use std::rc::Rc;

use asl_protocol::{LogFilter, LogKind};
use web_sys::KeyboardEvent;
use yew::prelude::*;

use crate::commands::use_commands;
use crate::state::LogView;

use super::super::common::{Icon, Symbol, grouped, on_typed};

/// Kinds of rows in the order of the chips.
const KINDS: [(LogKind, &str); 8] = [
    (LogKind::All, "All"),
    (LogKind::States, "States"),
    (LogKind::Tasks, "Tasks"),
    (LogKind::Errors, "Errors"),
    (LogKind::Retries, "Retries"),
    (LogKind::Choices, "Choices"),
    (LogKind::Map, "Map"),
    (LogKind::Console, "Console"),
];
/// What the field takes, for those who rest on it.
const WORDS: &str = "Text in what the events carry, or state:, type:, error:, iter:, after: (seconds) and a value. \
                     Values with spaces stand in double quotes.";

/// Props of [`FilterBar`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct FilterBarProps {
    /// The filter, and what passes.
    pub view: Rc<LogView>,
    /// How many events there are.
    pub count: usize,
    /// How many lines mocks have written.
    pub lines: usize,
}

/// The chips, the field, and how many rows pass.
#[component]
pub(super) fn FilterBar(props: &FilterBarProps) -> Html {
    let commands = use_commands();
    let filter = &props.view.filter;
    let chip = |(kind, label): (LogKind, &'static str)| {
        let (commands, text) = (commands.clone(), filter.text.clone());
        let on_click = Callback::from(move |_: MouseEvent| {
            let text = text.clone();
            commands.filter_log(LogFilter { kind, text });
        });
        html! {
            <button key={label} type="button" class="chip" aria-pressed={(kind == filter.kind).to_string()}
                onclick={on_click}>
                { label }
            </button>
        }
    };
    let on_input = {
        let (commands, kind) = (commands.clone(), filter.kind);
        on_typed::<InputEvent>(Callback::from(move |text| {
            commands.filter_log(LogFilter { kind, text });
        }))
    };
    let on_keydown = {
        let (commands, filter) = (commands.clone(), filter.clone());
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" && !filter.text.is_empty() {
                event.stop_propagation();
                commands.filter_log(LogFilter {
                    text: String::new(),
                    ..filter.clone()
                });
            }
        })
    };
    let total = if filter.kind == LogKind::Console {
        props.lines
    } else {
        props.count
    };
    let filtered = props.view.filtered.as_ref();
    html! {
        <div class="log-filter">
            <div class="chips" role="group" aria-label="Kinds of events">{ for KINDS.into_iter().map(chip) }</div>
            <label class="log-search">
                <Icon symbol={Symbol::Search} />
                <input type="search" aria-label="Filter the log" placeholder="text, state:, type:, error:, iter:"
                    title={WORDS} value={filter.text.clone()} oninput={on_input} onkeydown={on_keydown}
                    autocomplete="off" spellcheck="false" />
            </label>
            <p class="log-count" role="status" data-took-us={filtered.map(|filtered| filtered.took_us.to_string())}>
                if let Some(filtered) = filtered {
                    { grouped(filtered.rows.len()) }{ " of " }{ grouped(total) }
                }
            </p>
        </div>
    }
}
