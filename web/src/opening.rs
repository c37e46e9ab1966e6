//! What the page begins with: a link, the draft, or the tutorial.

use web_sys::Node;

use crate::commands::Opened;
use crate::embed::{self, EmbedOptions};
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
    /// The picture of this very document that the static page held.
    pub picture: Option<Node>,
    /// How the page is embedded in another, where it is.
    pub embed: Option<EmbedOptions>,
}

/// Returns the picture in the static page, where it is the picture of this definition.
fn static_picture(definition: &str) -> Option<Node> {
    let document = gloo::utils::document();
    let text = document.query_selector(".shell-definition").ok()??.text_content()?;
    let picture = document.query_selector(".shell-diagram > svg").ok()??;
    (text == definition).then(|| picture.into())
}

impl Opening {
    /// Reads the address bar and what this browser keeps.
    pub(crate) fn read() -> Opening {
        if let Some(embed) = embed::options() {
            return Opening::embedded(embed);
        }
        let mut settings = Settings {
            theme: Theme::from_name(&storage::kept::<String>(storage::THEME).unwrap_or_default()),
            speed: Speed::from_name(&storage::kept::<String>(storage::SPEED).unwrap_or_default()),
            layout: storage::kept(storage::LAYOUT).unwrap_or_default(),
            ..Settings::default()
        };
        let draft = storage::kept::<Snapshot>(storage::DRAFT);
        let linked = decode_fragment(&location::fragment());
        if draft.is_none() || matches!(linked, Some(Ok(_))) {
            // What was collapsed belongs to the draft.
            settings.layout.collapsed.clear();
        }
        let mut notice = |kind, text: &str| {
            settings.notice = Some(Notice {
                kind,
                text: text.into(),
            });
        };
        match linked {
            Some(Ok(snapshot)) => {
                if draft.is_some() {
                    notice(NoticeKind::DraftKept, "Your previous work is kept in this browser.");
                }
                return Opening {
                    snapshot,
                    opened: Opened::Other,
                    from_link: true,
                    settings,
                    picture: None,
                    embed: None,
                };
            }
            Some(Err(error)) => notice(NoticeKind::Problem, error.message()),
            None => {}
        }
        let opened = if draft.is_some() { Opened::Draft } else { Opened::Other };
        let snapshot = draft.unwrap_or_else(|| EXAMPLES[0].snapshot());
        Opening {
            picture: static_picture(&snapshot.definition),
            snapshot,
            opened,
            from_link: false,
            settings,
            embed: None,
        }
    }

    /// Reads the address alone.
    fn embedded(embed: EmbedOptions) -> Opening {
        let mut settings = Settings {
            theme: embed.theme,
            pane: embed.view.first_pane(),
            ..Settings::default()
        };
        let fragment = location::fragment();
        let snapshot = match decode_fragment(&fragment) {
            Some(Ok(snapshot)) => snapshot,
            Some(Err(error)) => {
                settings.notice = Some(Notice {
                    kind: NoticeKind::Problem,
                    text: error.message().into(),
                });
                Snapshot::default()
            }
            None => EXAMPLES[0].snapshot(),
        };
        Opening {
            snapshot,
            opened: Opened::Other,
            // What is ours by name is ours; everything else came with the page around.
            from_link: fragment.starts_with("#v"),
            settings,
            picture: None,
            embed: Some(embed),
        }
    }

    /// Returns the state that the page begins with.
    pub(crate) fn state(&self) -> PlaygroundState {
        PlaygroundState::new(&self.snapshot, self.from_link, self.settings.clone())
    }
}
