//! What an embedded page and the page around it say to each other: a closed set of messages, each an object whose `type`
//! begins with `asl-playground:`. No content of the document ever goes out.

use js_sys::{Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::MessageEvent;

use crate::state::Theme;

/// Words before the name of every message.
const PREFIX: &str = "asl-playground:";

/// What the page around may ask for, where the embed allows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Command {
    /// Show other colors.
    Theme(Theme),
    /// Do what the Run button does.
    Run,
    /// Pick an event.
    Seek(u32),
}

impl Command {
    /// Returns the command of a message, or `None` where it is none of ours. `theme` and `event` are its members of that
    /// name.
    fn new(name: &str, theme: Option<&str>, event: Option<f64>) -> Option<Command> {
        match name.strip_prefix(PREFIX)? {
            "theme" => theme.map(|theme| Command::Theme(Theme::from_name(theme))),
            "run" => Some(Command::Run),
            "seek" => event.and_then(event_number).map(Command::Seek),
            _ => None,
        }
    }

    /// Reads a message; one that does not come from the page right around this one is none.
    pub(crate) fn read(message: &MessageEvent) -> Option<Command> {
        let window = gloo::utils::window();
        let parent = window.parent().ok()??;
        let source = message.source()?;
        if parent == window || !Object::is(source.as_ref(), parent.as_ref()) {
            return None;
        }
        let data = message.data();
        // A structured clone has no getters, so reading it runs no code; text has no members.
        let member = |name: &str| Reflect::get(data.dyn_ref::<Object>()?, &name.into()).ok();
        Command::new(
            &member("type")?.as_string()?,
            member("theme").and_then(|theme| theme.as_string()).as_deref(),
            member("event").and_then(|event| event.as_f64()),
        )
    }
}

fn event_number(number: f64) -> Option<u32> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked on the same line"
    )]
    (number.fract() == 0.0 && (1.0..=f64::from(u32::MAX)).contains(&number)).then_some(number as u32)
}

/// What the embedded page tells.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Report<'a> {
    /// The document is on the screen.
    Ready,
    /// How many pixels high the page would like to be.
    Height(i32),
    /// A run has ended, with the API's word for its status.
    RunFinished { status: &'a str, events: usize },
    /// The page cannot work, for this reason.
    Error(&'a str),
}

impl Report<'_> {
    /// Tells the page around this one, where there is one.
    pub(crate) fn send(&self) {
        let window = gloo::utils::window();
        let Ok(Some(parent)) = window.parent() else { return };
        if parent == window {
            return;
        }
        let message = Object::new();
        let set = |name: &str, value: JsValue| {
            // A plain object takes any member.
            let _ = Reflect::set(&message, &name.into(), &value);
        };
        let name = match self {
            Report::Ready => "ready",
            Report::Height(pixels) => {
                set("height", (*pixels).into());
                "height"
            }
            Report::RunFinished { status, events } => {
                set("status", (*status).into());
                set("events", u32::try_from(*events).unwrap_or(u32::MAX).into());
                "run-finished"
            }
            Report::Error(reason) => {
                set("message", (*reason).into());
                "error"
            }
        };
        set("type", [PREFIX, name].concat().into());
        // Any page may be around this one, and there is nothing in the message that only one of them may know.
        let _ = parent.post_message(&message, "*");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_set_of_commands_is_closed() {
        let command = |name, theme, event| Command::new(name, theme, event);
        assert_eq!(command("asl-playground:run", None, None), Some(Command::Run));
        assert_eq!(
            command("asl-playground:theme", Some("dark"), None),
            Some(Command::Theme(Theme::Dark))
        );
        assert_eq!(
            command("asl-playground:seek", None, Some(12.0)),
            Some(Command::Seek(12))
        );
        for name in [
            "run",
            "asl-playground:",
            "asl-playground:eval",
            "asl-playground:run ",
            "ASL-playground:run",
        ] {
            assert_eq!(command(name, Some("dark"), Some(1.0)), None, "{name}");
        }
        for event in [0.0, -1.0, 0.5, 4_294_967_296.0, f64::NAN, f64::INFINITY] {
            assert_eq!(command("asl-playground:seek", None, Some(event)), None, "{event}");
        }
        assert_eq!(command("asl-playground:seek", None, None), None);
        assert_eq!(command("asl-playground:theme", None, None), None);
    }
}
