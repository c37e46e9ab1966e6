//! A line that says what just happened, and goes away.

use gloo::timers::callback::Timeout;
use yew::prelude::*;

use crate::commands::use_commands;
use crate::state::{Action, Notice, NoticeKind};

use super::icon::{Icon, Symbol};

/// How long good news stays.
const INFO_FOR_MS: u32 = 6000;

/// Props of [`NoticeBar`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct NoticeBarProps {
    /// What to say.
    pub notice: Option<Notice>,
}

/// The line. Good news goes away by itself, problems stay.
#[component]
pub(crate) fn NoticeBar(props: &NoticeBarProps) -> Html {
    let commands = use_commands();
    {
        let commands = commands.clone();
        use_effect_with(props.notice.clone(), move |notice| {
            let fleeting = notice.as_ref().is_some_and(|notice| notice.kind == NoticeKind::Info);
            let timeout = fleeting.then(|| Timeout::new(INFO_FOR_MS, move || commands.tell(Action::NoticeDismissed)));
            move || drop(timeout)
        });
    }
    let on_restore = {
        let commands = commands.clone();
        Callback::from(move |_| {
            commands.restore_draft();
        })
    };
    let on_close = Callback::from(move |_| commands.tell(Action::NoticeDismissed));
    let body = |notice: &Notice| {
        let class = match notice.kind {
            NoticeKind::Problem => "notice notice-problem",
            NoticeKind::Info | NoticeKind::DraftKept => "notice",
        };
        html! {
            <div class={class}>
                <span class="notice-text">{ notice.text.to_string() }</span>
                if notice.kind == NoticeKind::DraftKept {
                    <button type="button" class="button button-quiet button-small" onclick={on_restore.clone()}>
                        { "Restore" }
                    </button>
                }
                <button type="button" class="button button-quiet button-icon" aria-label="Dismiss"
                    onclick={on_close.clone()}>
                    <Icon symbol={Symbol::Close} />
                </button>
            </div>
        }
    };
    html! {
        <div class="notices" aria-live="polite">{ for props.notice.as_ref().map(body) }</div>
    }
}
