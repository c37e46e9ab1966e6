//! Known failures: cases that are expected to fail, each with a reason.

use std::collections::BTreeMap;

/// Reads a list of known failures: per line the id of a case, blanks, and the reason. `#` begins a comment.
///
/// # Errors
///
/// Names the first line that has no reason.
pub fn read(text: &str) -> Result<BTreeMap<&str, &str>, String> {
    let lines = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    let read = lines.map(|line| match line.split_once(char::is_whitespace) {
        Some((id, reason)) => Ok((id, reason.trim())),
        None => Err(format!("known failure \"{line}\" has no reason")),
    });
    read.collect()
}

/// Returns what is wrong: cases that failed without being listed, and listed ones that passed.
pub fn surprises<'a>(
    known: &BTreeMap<&str, &str>,
    failed: impl Iterator<Item = &'a str>,
    passed: impl Iterator<Item = &'a str>,
) -> Vec<String> {
    let new = failed
        .filter(|id| !known.contains_key(id))
        .map(|id| format!("{id} fails"));
    let mended = passed.filter(|id| known.contains_key(id));
    let mended = mended.map(|id| format!("{id} passes: take it off the list of known failures"));
    new.chain(mended).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_required() {
        let known = read("# comment\n\na  because of b\n").unwrap();
        assert_eq!(known.get("a"), Some(&"because of b"));
        assert!(read("a\n").is_err());
    }

    #[test]
    fn a_listed_case_that_passes_is_a_surprise() {
        let known = read("a  reason\nb  reason\n").unwrap();
        let surprises = surprises(&known, ["a", "c"].into_iter(), ["b", "d"].into_iter());
        assert_eq!(
            surprises,
            ["c fails", "b passes: take it off the list of known failures"]
        );
    }
}
