//! What the page begins with: a link, the draft, or the tutorial.

use web_sys::Node;

use crate::commands::{Opened, is_untrusted};
use crate::embed::{self, EmbedOptions};
use crate::interop::{location, storage};
use crate::state::{
    EXAMPLES, Fragment, LinkPage, Notice, NoticeKind, PlaygroundState, Settings, Snapshot, Speed, Theme,
};

/// What the page begins with.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Opening {
    /// The document.
    pub snapshot: Snapshot,
    /// Whose it is.
    pub opened: Opened,
    /// Whether its JavaScript waits for the reader's permission.
    pub untrusted: bool,
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
        let fragment = Fragment::of(&location::fragment());
        let opened = match (&draft, &fragment) {
            (Some(_), Fragment::Other | Fragment::UnknownExample | Fragment::Gist(_)) => Opened::Draft,
            _ => Opened::Other,
        };
        if opened == Opened::Other {
            // What was collapsed belongs to the draft.
            settings.layout.collapsed.clear();
        }
        let mut notice = |kind, text: &str| {
            settings.notice = Some(Notice {
                kind,
                text: text.into(),
            });
        };
        let snapshot = match fragment {
            Fragment::Example(example) => {
                if draft.is_some() {
                    notice(NoticeKind::DraftKept, "Your previous work is kept in this browser.");
                }
                example.snapshot()
            }
            Fragment::Link => {
                settings.link = Some(LinkPage::Reading);
                Snapshot::default()
            }
            Fragment::UnknownExample | Fragment::Gist(_) | Fragment::Other => {
                if fragment == Fragment::UnknownExample {
                    notice(NoticeKind::Problem, "There is no example of that name.");
                }
                draft.unwrap_or_else(|| EXAMPLES[0].snapshot())
            }
        };
        Opening {
            picture: static_picture(&snapshot.definition),
            untrusted: is_untrusted(&snapshot),
            snapshot,
            opened,
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
        let snapshot = match Fragment::of(&location::fragment()) {
            Fragment::Example(example) => example.snapshot(),
            Fragment::Link => {
                settings.link = Some(LinkPage::Reading);
                Snapshot::default()
            }
            Fragment::UnknownExample => {
                settings.notice = Some(Notice {
                    kind: NoticeKind::Problem,
                    text: "There is no example of that name.".into(),
                });
                EXAMPLES[0].snapshot()
            }
            Fragment::Gist(_) | Fragment::Other => EXAMPLES[0].snapshot(),
        };
        Opening {
            snapshot,
            opened: Opened::Other,
            untrusted: false,
            settings,
            picture: None,
            embed: Some(embed),
        }
    }

    /// Returns the state that the page begins with.
    pub(crate) fn state(&self) -> PlaygroundState {
        PlaygroundState::new(&self.snapshot, self.untrusted, self.settings.clone())
    }
}
