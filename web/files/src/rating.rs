//! Where links of a length work.

/// Longest link that every program takes; Discord is the narrowest of those that are common.
const EVERYWHERE: usize = 2_000;
/// Longest link that most programs take.
const MOSTLY: usize = 8_000;
/// Longest link that browsers take without complaint.
const BROWSERS: usize = 32_000;

/// Returns where a link of so many characters works, and whether that is everywhere.
pub(crate) fn rating(length: usize) -> (&'static str, bool) {
    let place = if length <= EVERYWHERE {
        "fine everywhere"
    } else if length <= MOSTLY {
        "fine in most tools, too long for some chats"
    } else if length <= BROWSERS {
        "browsers only"
    } else {
        "too long for most tools: send the file instead, or put it into a GitHub gist and send #gist/ID"
    };
    (place, length <= EVERYWHERE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratings_change_one_past_each_limit() {
        assert!(rating(EVERYWHERE).1 && !rating(EVERYWHERE + 1).1);
        assert_eq!(rating(MOSTLY).0, rating(EVERYWHERE + 1).0);
        assert_eq!(rating(BROWSERS).0, "browsers only");
        assert!(rating(BROWSERS + 1).0.contains("send the file instead"));
    }
}
