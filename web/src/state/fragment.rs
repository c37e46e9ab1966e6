//! What the fragment of the address asks for, as far as the page tells without unpacking anything.

use super::examples::{EXAMPLES, Example};

/// What a fragment asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fragment {
    /// A link with a document inside, whatever its state.
    Link,
    /// An example.
    Example(&'static Example),
    /// An example that there is not.
    UnknownExample,
    /// A GitHub gist: its id, or that and a revision, as in its address.
    Gist(String),
    /// Nothing of ours.
    Other,
}

impl Fragment {
    /// Returns what a fragment asks for. Spaces and punctuation around it come with links in sentences.
    pub(crate) fn of(fragment: &str) -> Fragment {
        let fragment = fragment.trim_start_matches('#');
        let fragment =
            fragment.trim_matches(|character: char| character.is_whitespace() || ">)].,;\"'".contains(character));
        if let Some(slug) = fragment.strip_prefix("example/") {
            let example = EXAMPLES.iter().find(|example| example.slug == slug);
            return example.map_or(Fragment::UnknownExample, Fragment::Example);
        }
        if let Some(path) = fragment.strip_prefix("gist/").filter(|path| is_gist(path)) {
            return Fragment::Gist(path.to_owned());
        }
        let rest = fragment.strip_prefix('v').unwrap_or_default();
        let behind = rest.trim_start_matches(|digit: char| digit.is_ascii_digit());
        if behind.len() < rest.len() && (behind.is_empty() || behind.starts_with(['.', '%'])) {
            Fragment::Link
        } else {
            Fragment::Other
        }
    }
}

/// Returns true for `id` and `id/revision`, both in hexadecimal digits.
fn is_gist(path: &str) -> bool {
    let is_id = |id: &str| (5..=40).contains(&id.len()) && id.bytes().all(|digit| digit.is_ascii_hexdigit());
    path.split('/').count() <= 2 && path.split('/').all(is_id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_of_every_state_are_links_and_other_fragments_are_not() {
        for fragment in [
            "#v1.d.abc.00000000",
            "v1",
            "#v1.",
            "v99.x",
            "#v1%2Ej",
            " v1.j.abc.00000000).",
        ] {
            assert_eq!(Fragment::of(fragment), Fragment::Link, "{fragment}");
        }
        for fragment in ["", "#", "#v", "#version", "#v1a.d", "#section", "#lesson/1.2"] {
            assert_eq!(Fragment::of(fragment), Fragment::Other, "{fragment}");
        }
    }

    #[test]
    fn gists_are_known_by_their_ids() {
        let id = "0123456789abcdef0123456789abcdef";
        assert_eq!(Fragment::of(&format!("#gist/{id}.")), Fragment::Gist(id.to_owned()));
        let path = format!("{id}/fedcba9876");
        assert_eq!(Fragment::of(&format!("#gist/{path}")), Fragment::Gist(path));
        for path in [
            "",
            "abcd",
            "../../users",
            "abcde/f/abcde",
            "abcde?x=1",
            "abcde/",
            "%2e%2e%2f",
        ] {
            assert_eq!(Fragment::of(&format!("#gist/{path}")), Fragment::Other, "{path}");
        }
    }

    #[test]
    fn examples_are_known_by_their_slugs() {
        assert_eq!(Fragment::of("#example/choice."), Fragment::Example(&EXAMPLES[1]));
        assert_eq!(Fragment::of("#example/none"), Fragment::UnknownExample);
    }
}
