//! Which rows are in sight. Rows are all equally high, so this is exact.

use std::ops::Range;

/// Height of a row, in pixels. The style sheet has the same number.
pub(super) const ROW_HEIGHT: usize = 28;
/// Rows drawn above and below those in sight.
const AROUND: usize = 8;

/// Returns the positions of the rows to draw.
pub(super) fn visible(scroll_top: f64, height: f64, count: usize) -> Range<usize> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "pixels of a scrolled element are small; below zero becomes zero"
    )]
    let row_at = |pixels: f64| (pixels / 28.0).floor() as usize;
    let first = row_at(scroll_top).saturating_sub(AROUND).min(count);
    let last = (row_at(scroll_top + height) + 1 + AROUND).min(count);
    first..last.max(first)
}

/// Returns where to scroll so that a line, from 0, is in sight, or none where it is.
pub(super) fn scroll_to_show(line: usize, scroll_top: i32, height: i32) -> Option<i32> {
    let row = i32::try_from(ROW_HEIGHT).unwrap_or(28);
    let top = i32::try_from(line).unwrap_or(i32::MAX).saturating_mul(row);
    // The head of the table stands on top of the rows, one row high.
    let bottom = top.saturating_add(2 * row);
    if top < scroll_top {
        Some(top)
    } else if bottom > scroll_top + height {
        Some(bottom - height)
    } else {
        None
    }
}

/// Returns where to scroll so that the end stays in sight, or none where the log has not grown since `shown` rows were
/// drawn, or the reader has scrolled up from their end.
pub(super) fn follow(scroll_top: f64, height: f64, shown: usize, count: usize) -> Option<i32> {
    let pixels = |rows: usize| f64::from(u32::try_from(rows * ROW_HEIGHT).unwrap_or(u32::MAX));
    if count <= shown || scroll_top + height + 2.0 < pixels(shown) {
        return None;
    }
    // The head of the table is one row high.
    let end = (pixels(count + 1) - height).max(0.0);
    #[expect(clippy::cast_possible_truncation, reason = "elements are not that high")]
    let end = end.ceil() as i32;
    Some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_holds_what_is_in_sight_and_a_little_more() {
        assert_eq!(visible(0.0, 280.0, 25_000), 0..19);
        assert_eq!(visible(28.0 * 1000.0, 280.0, 25_000), 992..1019);
        assert_eq!(visible(0.0, 280.0, 3), 0..3);
        assert_eq!(visible(9999.0, 280.0, 3), 3..3);
    }

    #[test]
    fn the_end_is_followed_until_the_reader_scrolls_up() {
        assert_eq!(follow(0.0, 280.0, 0, 3), Some(0));
        assert_eq!(follow(0.0, 280.0, 0, 100), Some(101 * 28 - 280));
        assert_eq!(follow(101.0 * 28.0 - 280.0, 280.0, 100, 200), Some(201 * 28 - 280));
        assert_eq!(follow(0.0, 280.0, 100, 200), None);
        assert_eq!(follow(0.0, 280.0, 200, 200), None);
        assert_eq!(follow(0.0, 280.0, 200, 5), None);
    }

    #[test]
    fn scrolls_no_further_than_needed() {
        assert_eq!(scroll_to_show(0, 0, 280), None);
        assert_eq!(scroll_to_show(0, 56, 280), Some(0));
        assert_eq!(scroll_to_show(10, 0, 280), Some(56));
    }
}
