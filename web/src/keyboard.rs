//! The keys that work everywhere. One table, so that the help can never say something else.

use std::rc::Rc;

use web_sys::KeyboardEvent;
use yew::prelude::*;

use crate::commands::Commands;
use crate::interop::embedding::is_embedded;
use crate::interop::{file, focus};
use crate::state::{NoticeKind, Pane};

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Deed {
    Run,
    Step,
    StepOver,
    Stop,
    Keep,
    Format,
    Open,
    Focus(Pane),
    NextPane,
    PreviousPane,
    Close,
}

/// A key press as the table knows it. `control` stands for Ctrl, and for Command on a Mac.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Chord<'a> {
    key: &'a str,
    control: bool,
    shift: bool,
    alt: bool,
}

fn deed(chord: Chord<'_>) -> Option<Deed> {
    let Chord {
        key,
        control,
        shift,
        alt,
    } = chord;
    match (key, control, shift, alt) {
        ("Enter", true, false, false) => Some(Deed::Run),
        ("Enter", true, true, false) => Some(Deed::Step),
        ("Enter", true, false, true) => Some(Deed::StepOver),
        (".", true, false, false) => Some(Deed::Stop),
        ("s" | "S", true, false, false) => Some(Deed::Keep),
        ("f" | "F", true, true, false) => Some(Deed::Format),
        ("o" | "O", true, false, false) => Some(Deed::Open),
        ("1", false, false, true) => Some(Deed::Focus(Pane::Definition)),
        ("2", false, false, true) => Some(Deed::Focus(Pane::Diagram)),
        ("3", false, false, true) => Some(Deed::Focus(Pane::Log)),
        ("4", false, false, true) => Some(Deed::Focus(Pane::Inspector)),
        ("5", false, false, true) => Some(Deed::Focus(Pane::Mocks)),
        ("F6", false, false, false) => Some(Deed::NextPane),
        ("F6", false, true, false) => Some(Deed::PreviousPane),
        ("Escape", false, false, false) => Some(Deed::Close),
        _ => None,
    }
}

impl Deed {
    /// Returns whether it is this page's to take when the page is embedded in another: keys that move between panes, or
    /// save, belong to the page around.
    fn is_for_embeds(self) -> bool {
        matches!(self, Deed::Run | Deed::Step | Deed::Stop | Deed::Close)
    }
}

fn act(deed: Deed, commands: &Rc<Commands>) {
    match deed {
        Deed::Run => commands.run(),
        Deed::Step => commands.step(),
        Deed::StepOver => commands.step_over(),
        Deed::Stop => commands.stop(),
        Deed::Keep => {
            commands.keep_draft();
            commands.notice(
                NoticeKind::Info,
                "Saved in this browser, as after every change. Share makes a link of it, Files a file.",
            );
        }
        Deed::Format => commands.format(),
        Deed::Open => file::pick(),
        Deed::Focus(pane) => commands.focus_pane(pane),
        Deed::NextPane | Deed::PreviousPane => {
            let forward = deed == Deed::NextPane;
            let next = focus::focused_pane().map_or(Pane::Definition, |pane| pane.after(forward));
            commands.focus_pane(next);
        }
        // Escape in an editor or a dialog closes what that has open.
        Deed::Close if !focus::is_in_editor() && !focus::is_in_dialog() => commands.deselect(),
        Deed::Close => {}
    }
}

/// Listens to the keys of the whole page.
#[hook]
pub(crate) fn use_keyboard(commands: Rc<Commands>) {
    use_effect_with((), move |()| {
        let options = gloo::events::EventListenerOptions::run_in_capture_phase();
        let options = gloo::events::EventListenerOptions {
            passive: false,
            ..options
        };
        let listener =
            gloo::events::EventListener::new_with_options(&gloo::utils::document(), "keydown", options, move |event| {
                let Some(event) = wasm_bindgen::JsCast::dyn_ref::<KeyboardEvent>(event) else {
                    return;
                };
                let key = event.key();
                let chord = Chord {
                    key: &key,
                    control: event.ctrl_key() || event.meta_key(),
                    shift: event.shift_key(),
                    alt: event.alt_key(),
                };
                let Some(deed) = deed(chord).filter(|deed| !is_embedded() || deed.is_for_embeds()) else {
                    return;
                };
                // What lies behind an open dialog is out of reach; Escape closes the dialog itself.
                if focus::is_behind_dialog() {
                    return;
                }
                if deed != Deed::Close {
                    event.prevent_default();
                    event.stop_propagation();
                }
                act(deed, &commands);
            });
        move || drop(listener)
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_alone_do_nothing_and_chords_do_what_they_say() {
        let chord = |key, control, shift, alt| Chord {
            key,
            control,
            shift,
            alt,
        };
        assert_eq!(deed(chord("Enter", true, false, false)), Some(Deed::Run));
        assert_eq!(deed(chord("Enter", false, false, false)), None);
        assert_eq!(deed(chord("s", false, false, false)), None);
        assert_eq!(deed(chord("F6", false, true, false)), Some(Deed::PreviousPane));
        assert_eq!(deed(chord("3", false, false, true)), Some(Deed::Focus(Pane::Log)));
    }
}
