//! How a state stands, three ways at once: a color and pattern of the style sheet, a glyph, and a word.

use asl_protocol::Status;
use yew::prelude::*;

/// Returns the word for the style sheet and for `data-status`.
pub(crate) fn status_name(status: Status) -> &'static str {
    match status {
        Status::NotRun => "not-run",
        Status::Running => "running",
        Status::Waiting => "waiting",
        Status::Retrying => "retrying",
        Status::Succeeded => "succeeded",
        Status::Failed => "failed",
        Status::Caught => "caught",
        Status::Aborted => "aborted",
    }
}

/// Returns the word for readers.
pub(crate) fn status_word(status: Status) -> &'static str {
    match status {
        Status::NotRun => "not run",
        other => status_name(other),
    }
}

/// Returns the glyph as path data in a box of 16 by 16.
pub(crate) fn status_path(status: Status) -> &'static str {
    asl_drawing::status_glyph(match status {
        Status::NotRun => asl_drawing::Status::NotRun,
        Status::Running => asl_drawing::Status::Running,
        Status::Waiting => asl_drawing::Status::Waiting,
        Status::Retrying => asl_drawing::Status::Retrying,
        Status::Succeeded => asl_drawing::Status::Succeeded,
        Status::Failed => asl_drawing::Status::Failed,
        Status::Caught => asl_drawing::Status::Caught,
        Status::Aborted => asl_drawing::Status::Aborted,
    })
}

/// Props of [`StatusGlyph`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct StatusGlyphProps {
    /// How the state stands.
    pub status: Status,
}

/// The glyph in its color.
#[component]
pub(crate) fn StatusGlyph(props: &StatusGlyphProps) -> Html {
    html! {
        <svg class="status-glyph" data-status={status_name(props.status)} viewBox="0 0 16 16" aria-hidden="true"
            focusable="false">
            <path d={status_path(props.status)} />
        </svg>
    }
}
