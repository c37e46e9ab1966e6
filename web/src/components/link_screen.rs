//! The page of a link that is being read, or that does not open. Never blank, never a message box.

use yew::prelude::*;

use crate::commands::use_commands;
use crate::interop::{file, location};
use crate::state::LinkPage;

use super::common::{Icon, Symbol};

/// Props of [`LinkScreen`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct LinkScreenProps {
    /// What is shown.
    pub link: LinkPage,
}

/// In place of the panes: what is wrong with the link, and every way out.
#[component]
pub(crate) fn LinkScreen(props: &LinkScreenProps) -> Html {
    let commands = use_commands();
    let LinkPage::Refused(reason) = &props.link else {
        return Html::default();
    };
    let on_leave = {
        let commands = commands.clone();
        Callback::from(move |_| commands.leave_link())
    };
    html! {
        <main class="link-screen">
            <section class="link-card" aria-label="Link" role="alert">
                <span class="link-mark"><Icon symbol={Symbol::Warning} /></span>
                <h2>{ reason.title.clone() }</h2>
                <p>{ reason.text.clone() }</p>
                <p class="quiet">{ "Nothing was run, and your own work in this browser is untouched." }</p>
                <div class="link-buttons">
                    if reason.can_reload {
                        <button type="button" class="button button-primary" onclick={|_| location::reload()}>
                            { "Reload the page" }
                        </button>
                    }
                    <button type="button" class={classes!("button", (!reason.can_reload).then_some("button-primary"))}
                        onclick={on_leave}>
                        { "Open my draft" }
                    </button>
                    <button type="button" class="button" onclick={|_| save_fragment()}>{ "Download the raw link" }</button>
                </div>
            </section>
        </main>
    }
}

/// Saves the fragment of the address as it is.
fn save_fragment() {
    if let Some(content) = file::blob(&location::fragment(), "text/plain;charset=utf-8") {
        file::download(&content, "link.txt");
    }
}
