//! What this browser keeps for the reader: the draft and the settings.

use gloo::storage::{LocalStorage, SessionStorage, Storage};

use super::embedding::is_embedded;

/// Where the document is kept that the reader works on.
pub(crate) const DRAFT: &str = "asl-playground.draft";
/// Where the document before is kept, once another one took its place.
pub(crate) const PREVIOUS: &str = "asl-playground.previous";
/// Where the theme is kept.
pub(crate) const THEME: &str = "asl-playground.theme";
/// Where the speed is kept.
pub(crate) const SPEED: &str = "asl-playground.speed";
/// Where the diagram's direction and its collapsed containers are kept.
pub(crate) const LAYOUT: &str = "asl-playground.layout";

/// What names begin with that are kept until the tab is closed.
const SESSION: &str = "asl-playground.allowed.";

/// Keeps a text until the tab is closed. Where the browser denies that, it is forgotten with the page.
pub(crate) fn keep_for_session(key: &str, text: &str) {
    if !is_embedded() {
        let _ = SessionStorage::set([SESSION, key].concat(), text);
    }
}

/// Returns the text that was kept since the tab was opened.
pub(crate) fn kept_for_session(key: &str) -> Option<String> {
    if is_embedded() {
        return None;
    }
    SessionStorage::get([SESSION, key].concat()).ok()
}

/// Keeps a value; returns whether the browser allowed it and had room. An embedded page keeps nothing, which is no failure.
pub(crate) fn keep<T: serde::Serialize>(key: &str, value: &T) -> bool {
    is_embedded() || LocalStorage::set(key, value).is_ok()
}

/// Returns what was kept, where it is there and readable. To an embedded page nothing is.
pub(crate) fn kept<T: for<'de> serde::Deserialize<'de>>(key: &str) -> Option<T> {
    if is_embedded() {
        None
    } else {
        LocalStorage::get(key).ok()
    }
}
