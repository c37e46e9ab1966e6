//! How high an embedded page would like to be.

use crate::state::{Document, Run};

use super::options::{Controls, EmbedOptions, View};

/// Height of the bar, with its line.
const BAR: i32 = 41;
/// Height of a header with tabs, and of the log's head.
const HEADER: i32 = 42;
/// Room around a picture that is fitted, as the diagram leaves it.
const MARGINS: i32 = 56;
/// Height of a line of code, and what is around all of them.
const CODE_LINE: i32 = 20;
const CODE_MARGINS: i32 = 20;
/// Height of an event.
const ROW: i32 = 28;
/// Top and bottom border of the page.
const BORDER: i32 = 2;
/// What a page needs that has several panes of its own sizes.
const ALL: i32 = 640;
/// Smallest and largest height.
const SMALLEST: i32 = 96;
const LARGEST: i32 = 1200;
/// Narrower than this, code and diagram show one at a time.
const NARROW: i32 = 560;

/// Returns how many pixels a page of that width needs to show everything at its natural size.
pub(super) fn wanted(options: &EmbedOptions, document: &Document, run: &Run, width: i32) -> i32 {
    let content = match options.view {
        View::All => return ALL,
        View::Run => return BAR + BORDER,
        View::Diagram => diagram(document, width),
        View::Editor => editor(document),
        View::Log => HEADER + rows(run.rows.len()) * ROW,
        View::Split if width < NARROW => diagram(document, width),
        View::Split => diagram(document, width / 2).max(editor(document)),
    };
    let bar = if options.controls == Controls::None { 0 } else { BAR };
    (content + bar + BORDER).clamp(SMALLEST, LARGEST)
}

fn rows(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX / ROW).clamp(4, 200)
}

/// The picture's height at the scale at which its width fits, no larger than life.
fn diagram(document: &Document, width: i32) -> i32 {
    let picture = document.drawn.as_ref().and_then(|drawn| drawn.diagram.as_ref());
    let Some(picture) = picture else { return 0 };
    let room = (width - MARGINS).max(1);
    let height = if picture.width > room {
        // Both factors are far below 2^31: a picture of ten thousand states is some hundred thousand units high.
        i64::from(picture.height) * i64::from(room) / i64::from(picture.width.max(1))
    } else {
        i64::from(picture.height)
    };
    i32::try_from(height).unwrap_or(LARGEST).min(LARGEST) + MARGINS
}

fn editor(document: &Document) -> i32 {
    let lines = document.definition.lines().count();
    HEADER + CODE_MARGINS + i32::try_from(lines).unwrap_or(LARGEST).min(LARGEST / CODE_LINE) * CODE_LINE
}
