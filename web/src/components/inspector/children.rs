//! The executions that a state has started.

use std::rc::Rc;

use asl_protocol::{ChildExecution, EventDetails};
use yew::prelude::*;

use crate::commands::Commands;

/// A list of them, each of which opens; nothing where there is none.
pub(super) fn children(details: &EventDetails, is_going: bool, commands: &Rc<Commands>) -> Html {
    if details.children.is_empty() {
        return Html::default();
    }
    let listed = u32::try_from(details.children.len()).unwrap_or(u32::MAX);
    let row = |child: &ChildExecution| {
        let (commands, event, id) = (Rc::clone(commands), details.event, child.child);
        let on_click = Callback::from(move |_: MouseEvent| commands.open_child(event, id));
        let title = if is_going {
            "It opens when the run has ended"
        } else {
            "Open its history"
        };
        html! {
            <li key={child.name.clone()}>
                <button type="button" class="event-link child-link" onclick={on_click} disabled={is_going} {title}
                    aria-label={format!("Open execution {}", child.name)}>
                    <span class="status-badge" data-execution={child.status.clone()}>{ child.status.clone() }</span>
                    <span class="event-link-type">{ child.input.clone() }</span>
                </button>
            </li>
        }
    };
    html! {
        <>
            <div class="section-head"><h4>{ "Executions it started" }</h4></div>
            <ul class="event-list" aria-label="Executions it started">{ for details.children.iter().map(row) }</ul>
            if details.children_total > listed {
                <p class="quiet">{ format!("{} more are not listed.", details.children_total - listed) }</p>
            }
        </>
    }
}
