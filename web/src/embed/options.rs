//! What the address of an embedded page asks for. Presentation only: the document is in the fragment.

use crate::state::{Pane, Theme};

/// What an embedded page shows and does. Parameters and values that are unknown leave the default.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct EmbedOptions {
    /// Which panes.
    pub view: View,
    /// Which buttons.
    pub controls: Controls,
    /// Colors.
    pub theme: Theme,
    /// Whether the page runs by itself.
    pub start: Start,
    /// Whether nothing can be edited.
    pub is_read_only: bool,
    /// The event that is picked when a run has ended.
    pub event: Option<u32>,
    /// Size of the text in percent.
    pub scale: Option<u32>,
    /// Whether the page tells its parent how high it would like to be.
    pub has_auto_height: bool,
    /// Whether the page takes commands from its parent.
    pub takes_commands: bool,
}

/// Which panes an embedded page has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum View {
    /// Code and diagram side by side, or one of them at a time where it is narrow.
    #[default]
    Split,
    /// The diagram.
    Diagram,
    /// Definition and input.
    Editor,
    /// The events.
    Log,
    /// A button and a line for what came of it.
    Run,
    /// Everything the playground has.
    All,
}

/// Which buttons an embedded page has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Controls {
    /// None at all.
    None,
    /// Run, and a link to the playground.
    #[default]
    Mini,
    /// Step and Reset too.
    Full,
}

/// Whether an embedded page runs by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Start {
    /// The reader presses Run.
    #[default]
    Click,
    /// It runs at once, unless it has JavaScript.
    Auto,
    /// The reader has pressed Run before the page was there. JavaScript is asked about, as after any press.
    Pressed,
    /// It cannot be run.
    Never,
}

impl View {
    fn from_name(name: &str) -> Option<View> {
        Some(match name {
            "split" => View::Split,
            "diagram" => View::Diagram,
            "editor" | "code" => View::Editor,
            "log" => View::Log,
            "run" => View::Run,
            "all" => View::All,
            _ => return None,
        })
    }

    /// Returns the word that the style sheet knows.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            View::Split => "split",
            View::Diagram => "diagram",
            View::Editor => "editor",
            View::Log => "log",
            View::Run => "run",
            View::All => "all",
        }
    }

    /// Returns the pane in front, where one shows at a time.
    pub(crate) fn first_pane(self) -> Pane {
        match self {
            View::Split | View::Diagram | View::All => Pane::Diagram,
            View::Editor => Pane::Definition,
            View::Log | View::Run => Pane::Log,
        }
    }
}

impl EmbedOptions {
    /// Reads the query of an address, `?view=diagram&theme=dark`.
    pub(crate) fn parse(query: &str) -> EmbedOptions {
        let mut options = EmbedOptions::default();
        for parameter in query.trim_start_matches('?').split('&') {
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            options.set(name, value);
        }
        options
    }

    fn set(&mut self, name: &str, value: &str) {
        match name {
            "view" => self.view = View::from_name(value).unwrap_or(self.view),
            "controls" => {
                self.controls = match value {
                    "none" => Controls::None,
                    "full" => Controls::Full,
                    _ => Controls::Mini,
                }
            }
            "theme" => self.theme = Theme::from_name(value),
            "run" => {
                self.start = match value {
                    "auto" => Start::Auto,
                    "pressed" => Start::Pressed,
                    "none" => Start::Never,
                    _ => Start::Click,
                }
            }
            "readonly" => self.is_read_only = value != "false",
            "event" => self.event = value.parse().ok(),
            "scale" => self.scale = scale(value),
            "height" => self.has_auto_height = value == "auto",
            "allow-api" => self.takes_commands = value != "false",
            _ => {}
        }
    }
}

/// Returns a factor between a half and three as a percentage.
fn scale(value: &str) -> Option<u32> {
    let factor: f32 = value.parse().ok()?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 50 and 300"
    )]
    let percent = (factor.clamp(0.5, 3.0) * 100.0).round() as u32;
    (factor.is_finite() && percent != 100).then_some(percent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_query_says_how_the_page_looks() {
        let options = EmbedOptions::parse("?view=code&controls=full&theme=dark&run=auto&readonly&event=12&scale=1.5");
        assert_eq!(
            options,
            EmbedOptions {
                view: View::Editor,
                controls: Controls::Full,
                theme: Theme::Dark,
                start: Start::Auto,
                is_read_only: true,
                event: Some(12),
                scale: Some(150),
                ..EmbedOptions::default()
            }
        );
    }

    #[test]
    fn what_is_unknown_changes_nothing() {
        for query in [
            "",
            "?",
            "?view=3d",
            "?&&=",
            "?later=1",
            "?scale=big",
            "?event=-1",
            "?view=%00",
        ] {
            assert_eq!(EmbedOptions::parse(query), EmbedOptions::default(), "{query}");
        }
    }

    #[test]
    fn commands_are_taken_on_request_only() {
        assert!(!EmbedOptions::parse("?view=run").takes_commands);
        assert!(EmbedOptions::parse("?allow-api").takes_commands);
        assert!(!EmbedOptions::parse("?allow-api=false").takes_commands);
    }

    #[test]
    fn a_scale_stays_readable() {
        for (value, percent) in [
            ("9", Some(300)),
            ("0", Some(50)),
            ("1", None),
            ("NaN", None),
            ("inf", None),
        ] {
            assert_eq!(scale(value), percent, "{value}");
        }
    }
}
