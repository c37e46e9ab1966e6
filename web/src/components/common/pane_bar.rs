//! The bar at the foot of a small screen, where one pane shows at a time.

use yew::prelude::*;

use crate::commands::use_commands;
use crate::state::{Action, Pane};

use super::icon::{Icon, Symbol};

/// Props of [`PaneBar`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct PaneBarProps {
    /// The pane in front.
    pub pane: Pane,
}

/// One button per pane.
#[component]
pub(crate) fn PaneBar(props: &PaneBarProps) -> Html {
    let commands = use_commands();
    let button = |pane: Pane| {
        let commands = commands.clone();
        let on_click = Callback::from(move |_| commands.tell(Action::PaneShown(pane)));
        let symbol = match pane {
            Pane::Definition => Symbol::Code,
            Pane::Mocks => Symbol::Mocks,
            Pane::Diagram => Symbol::Diagram,
            Pane::Log => Symbol::Log,
            Pane::Inspector => Symbol::Data,
        };
        let is_front = props.pane == pane;
        html! {
            <button key={pane.as_str()} type="button" class="pane-bar-button" onclick={on_click}
                aria-current={is_front.then_some("page")}>
                <Icon symbol={symbol} />
                <span>{ pane.short_label() }</span>
            </button>
        }
    };
    html! {
        <nav class="pane-bar" aria-label="Panes">{ for Pane::ALL.into_iter().map(button) }</nav>
    }
}
