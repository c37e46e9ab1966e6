//! Where links of a length work.

/// Longest link that every program takes; Discord is the narrowest of those that are common.
const EVERYWHERE: usize = 2_000;
/// Longest link that most programs take.
const MOSTLY: usize = 8_000;
/// Longest link that browsers take without complaint.
const BROWSERS: usize = 32_000;

/// What to do where a link does not.
const INSTEAD: &str = "send the file instead, or put it into a GitHub gist and send #gist/ID";

/// Returns where a link of so many characters works, and whether that is everywhere; without a length there is none, for
/// what it would hold is too large.
pub(crate) fn rating(length: Option<usize>) -> (String, bool) {
    let place = match length {
        Some(0..=EVERYWHERE) => return ("fine everywhere".to_owned(), true),
        Some(..=MOSTLY) => "fine in most tools, too long for some chats".to_owned(),
        Some(..=BROWSERS) => "browsers only".to_owned(),
        Some(_) => format!("too long for most tools: {INSTEAD}"),
        None => format!("too large for a link: {INSTEAD}"),
    };
    (place, false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratings_change_one_past_each_limit() {
        let rating = |length| rating(Some(length));
        assert!(rating(EVERYWHERE).1 && !rating(EVERYWHERE + 1).1);
        assert_eq!(rating(MOSTLY).0, rating(EVERYWHERE + 1).0);
        assert_eq!(rating(BROWSERS).0, "browsers only");
        assert!(rating(BROWSERS + 1).0.contains("send the file instead"));
        assert_eq!(super::rating(None), (format!("too large for a link: {INSTEAD}"), false));
    }
}
