//! How the page looks and behaves; nothing of it is part of a document.

use std::rc::Rc;

use asl_protocol::{LayoutOptions, Pace};

use super::dialog::{Dialog, LinkPage};

/// Settings and the notice on top of everything.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Settings {
    /// Colors.
    pub theme: Theme,
    /// How virtual time passes.
    pub speed: Speed,
    /// Which way the diagram's flow goes, and which containers are collapsed.
    pub layout: LayoutOptions,
    /// The pane in front where the layout shows one at a time.
    pub pane: Pane,
    /// Whether the inspector is out, where the layout has no place of its own for it.
    pub is_inspecting: bool,
    /// What the page has to say.
    pub notice: Option<Notice>,
    /// The dialog that is open.
    pub dialog: Option<Dialog>,
    /// The page of a link that is being read or does not open.
    pub link: Option<LinkPage>,
}

/// Colors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// Returns the word that storage and the style sheet know.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// Returns the theme of a word; the system's for any other word.
    pub(crate) fn from_name(name: &str) -> Theme {
        match name {
            "light" => Theme::Light,
            "dark" => Theme::Dark,
            _ => Theme::System,
        }
    }

    /// Returns the theme that the switch goes to next.
    pub(crate) fn next(self) -> Theme {
        match self {
            Theme::System => Theme::Light,
            Theme::Light => Theme::Dark,
            Theme::Dark => Theme::System,
        }
    }
}

/// How virtual time passes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Speed {
    /// Waits cost nothing.
    #[default]
    Virtual,
    /// One second takes one second.
    Real,
    /// Ten seconds take one second.
    TenTimes,
    /// A minute takes one second.
    SixtyTimes,
}

impl Speed {
    /// Every speed, in the order of the menu.
    pub(crate) const ALL: [Speed; 4] = [Speed::Virtual, Speed::SixtyTimes, Speed::TenTimes, Speed::Real];

    /// Returns what the menu says.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Speed::Virtual => "Virtual time",
            Speed::Real => "Real time",
            Speed::TenTimes => "10\u{d7} time",
            Speed::SixtyTimes => "60\u{d7} time",
        }
    }

    /// Returns the word that storage and the menu's values know.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Speed::Virtual => "virtual",
            Speed::Real => "real",
            Speed::TenTimes => "10x",
            Speed::SixtyTimes => "60x",
        }
    }

    /// Returns the speed of a word; virtual for any other word.
    pub(crate) fn from_name(name: &str) -> Speed {
        Speed::ALL
            .into_iter()
            .find(|speed| speed.as_str() == name)
            .unwrap_or_default()
    }

    /// Returns the pace for the engine.
    pub(crate) fn pace(self) -> Pace {
        match self {
            Speed::Virtual => Pace::Virtual,
            Speed::Real => Pace::Real,
            Speed::TenTimes => Pace::Scaled(10.0),
            Speed::SixtyTimes => Pace::Scaled(60.0),
        }
    }
}

/// The panes, in the order of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Pane {
    /// Definition and input.
    #[default]
    Definition,
    /// Mocks.
    Mocks,
    /// Diagram.
    Diagram,
    /// Execution log.
    Log,
    /// Inspector.
    Inspector,
}

impl Pane {
    /// Every pane, in the order of the page.
    pub(crate) const ALL: [Pane; 5] = [Pane::Definition, Pane::Mocks, Pane::Diagram, Pane::Log, Pane::Inspector];

    /// Returns the accessible name of its region.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Pane::Definition => "Definition",
            Pane::Mocks => "Mocks",
            Pane::Diagram => "Diagram",
            Pane::Log => "Execution log",
            Pane::Inspector => "Inspector",
        }
    }

    /// Returns the word in the bar at the foot of a small screen.
    pub(crate) fn short_label(self) -> &'static str {
        match self {
            Pane::Definition => "Code",
            Pane::Log => "Log",
            Pane::Inspector => "Data",
            other => other.label(),
        }
    }

    /// Returns the word that the style sheet knows, which is also the id of its region.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Pane::Definition => "definition",
            Pane::Mocks => "mocks",
            Pane::Diagram => "diagram",
            Pane::Log => "log",
            Pane::Inspector => "inspector",
        }
    }

    /// Returns the next pane, or the one before, around the ends.
    pub(crate) fn after(self, forward: bool) -> Pane {
        let at = Pane::ALL.iter().position(|pane| *pane == self).unwrap_or_default();
        let count = Pane::ALL.len();
        let next = if forward { at + 1 } else { at + count - 1 };
        Pane::ALL[next % count]
    }
}

/// A line on top of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Notice {
    /// How it looks.
    pub kind: NoticeKind,
    /// What it says.
    pub text: Rc<str>,
}

/// How a notice looks, and what it offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoticeKind {
    /// Good to know.
    Info,
    /// Something did not work.
    Problem,
    /// A link or an example is shown; the draft is kept and offered back.
    DraftKept,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panes_go_round_both_ways() {
        assert_eq!(Pane::Inspector.after(true), Pane::Definition);
        assert_eq!(Pane::Definition.after(false), Pane::Inspector);
        assert_eq!(Pane::Definition.after(true), Pane::Mocks);
    }

    #[test]
    fn words_lead_back() {
        for theme in [Theme::System, Theme::Light, Theme::Dark] {
            assert_eq!(Theme::from_name(theme.as_str()), theme);
        }
        for speed in Speed::ALL {
            assert_eq!(Speed::from_name(speed.as_str()), speed);
        }
    }
}
