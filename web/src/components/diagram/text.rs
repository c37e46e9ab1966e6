//! Text that has to fit into a box: SVG has no ellipsis of its own.

/// Returns the text in at most `most` characters, its middle left out where it is longer.
pub(super) fn middle_ellipsis(text: &str, most: usize) -> String {
    let count = text.chars().count();
    if count <= most {
        return text.to_owned();
    }
    let kept = most.saturating_sub(1);
    let head = kept.div_ceil(2);
    let start: String = text.chars().take(head).collect();
    let end: String = text.chars().skip(count - (kept - head)).collect();
    format!("{}\u{2026}{}", start.trim_end(), end.trim_start())
}

/// Returns how many characters of `per_mille` thousandths of a unit each fit into a width.
pub(super) fn room(width: i32, per_mille: i32) -> usize {
    usize::try_from(width.max(0) * 1000 / per_mille.max(1)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_text_loses_its_middle() {
        assert_eq!(middle_ellipsis("Charge card", 11), "Charge card");
        assert_eq!(middle_ellipsis("ChargeTheCreditCard", 9), "Char\u{2026}Card");
        assert_eq!(middle_ellipsis("Größenänderung", 5), "Gr\u{2026}ng");
        assert_eq!(middle_ellipsis("abc", 0), "\u{2026}");
        assert_eq!(room(140, 7000), 20);
    }
}
