//! What the page begins with: a link, the draft, or the tutorial.

use crate::commands::Opened;
use crate::interop::{location, storage};
use crate::state::{EXAMPLES, Notice, NoticeKind, PlaygroundState, Settings, Snapshot, Speed, Theme, decode_fragment};

/// What the page begins with.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Opening {
    /// The document.
    pub snapshot: Snapshot,
    /// Whose it is.
    pub opened: Opened,
    /// Whether it came with a link.
    pub from_link: bool,
    /// How the page looks.
    pub settings: Settings,
}

impl Opening {
    /// Reads the address bar and what this browser keeps.
    pub(crate) fn read() -> Opening {
        let mut settings = Settings {
            theme: Theme::from_name(&storage::kept::<String>(storage::THEME).unwrap_or_default()),
            speed: Speed::from_name(&storage::kept::<String>(storage::SPEED).unwrap_or_default()),
            ..Settings::default()
        };
        let draft = storage::kept::<Snapshot>(storage::DRAFT);
        let mut notice = |kind, text: &str| {
            settings.notice = Some(Notice {
                kind,
                text: text.into(),
            });
        };
        match decode_fragment(&location::fragment()) {
            Some(Ok(snapshot)) => {
                if draft.is_some() {
                    notice(NoticeKind::DraftKept, "Your previous work is kept in this browser.");
                }
                return Opening {
                    snapshot,
                    opened: Opened::Other,
                    from_link: true,
                    settings,
                };
            }
            Some(Err(error)) => notice(NoticeKind::Problem, error.message()),
            None => {}
        }
        let opened = if draft.is_some() { Opened::Draft } else { Opened::Other };
        Opening {
            snapshot: draft.unwrap_or_else(|| EXAMPLES[0].snapshot()),
            opened,
            from_link: false,
            settings,
        }
    }

    /// Returns the state that the page begins with.
    pub(crate) fn state(&self) -> PlaygroundState {
        PlaygroundState::new(&self.snapshot, self.from_link, self.settings.clone())
    }
}
