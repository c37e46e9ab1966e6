//! What the recorder blanked out, and how to treat each blank: the `normalise` list of a case.

use std::collections::BTreeMap;

use asl_json::Value;
use regex_lite::Regex;

/// The placeholders of one case.
#[derive(Debug, Default)]
pub struct Placeholders {
    any: Vec<String>,
    wildcards: Vec<Wildcard>,
    rewrites: Vec<(Regex, String)>,
    ignored_members: Vec<&'static str>,
}

#[derive(Debug)]
struct Wildcard {
    token: String,
    /// Empty for `bind`; the possible texts for `oneOf`.
    values: Vec<String>,
}

/// What each `bind` token has turned out to stand for so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bindings(BTreeMap<String, String>);

/// A piece of an expected text: literal, or a wildcard by its position in the list.
enum Piece<'a> {
    Literal(&'a str),
    Wildcard(&'a Wildcard),
}

impl Placeholders {
    /// Reads the `normalise` member of a case.
    ///
    /// # Errors
    ///
    /// Names the entry that has an unknown mode or a regular expression that does not compile.
    pub fn read(normalise: &Value) -> Result<Placeholders, String> {
        let mut placeholders = Placeholders::default();
        for entry in normalise.as_array().into_iter().flat_map(|entries| entries.iter()) {
            placeholders.add(entry)?;
        }
        // The longest first, so that a token is never mistaken for one it contains.
        placeholders
            .wildcards
            .sort_by_key(|wildcard| std::cmp::Reverse(wildcard.token.len()));
        Ok(placeholders)
    }

    fn add(&mut self, entry: &Value) -> Result<(), String> {
        let text = |name| entry.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let token = text("token");
        match text("mode").as_str() {
            "any" => self.any.push(token),
            "bind" => self.wildcards.push(Wildcard {
                token,
                values: Vec::new(),
            }),
            "oneOf" => {
                let values = entry.get("values").and_then(Value::as_array);
                let values = values.into_iter().flat_map(|values| values.iter());
                let values = values.filter_map(Value::as_str).map(str::to_owned).collect();
                self.wildcards.push(Wildcard { token, values });
            }
            "rewrite" => {
                let regex = text("regex");
                let regex = Regex::new(&regex).map_err(|error| format!("placeholder \"{token}\": {error}"))?;
                self.rewrites.push((regex, token));
            }
            mode => return Err(format!("placeholder \"{token}\" has the unknown mode \"{mode}\"")),
        }
        Ok(())
    }

    /// Adds a token that stands for one text, whatever that is.
    pub fn add_bound(&mut self, token: &str) {
        let token = token.to_owned();
        self.wildcards.push(Wildcard {
            token,
            values: Vec::new(),
        });
    }

    /// Leaves members of these names out of every comparison.
    pub fn ignore_members(&mut self, names: &[&'static str]) {
        self.ignored_members.extend(names);
    }

    /// Returns true where members of that name are not compared.
    pub fn is_ignored(&self, name: &str) -> bool {
        self.ignored_members.contains(&name)
    }

    /// Returns true where the whole text is a token that matches every value.
    pub fn is_any(&self, text: &str) -> bool {
        self.any.iter().any(|token| token == text)
    }

    /// Returns true where the whole text is a token that stands for some text.
    pub fn is_wildcard(&self, text: &str) -> bool {
        self.wildcards.iter().any(|wildcard| wildcard.token == text)
    }

    /// Returns true where the text contains a token.
    pub fn occur_in(&self, text: &str) -> bool {
        self.is_any(text) || self.wildcards.iter().any(|wildcard| text.contains(&wildcard.token))
    }

    /// Compares two texts, the expected one with tokens. `bindings` grow where they match and stay where they do not.
    pub fn match_text(&self, expected: &str, actual: &str, bindings: &mut Bindings) -> bool {
        if self.is_any(expected) || expected == actual {
            return true;
        }
        let expected = self.rewrite(expected);
        let actual = self.rewrite(actual);
        let mut tried = bindings.clone();
        let matched = match_pieces(&self.split(&expected), &actual, &mut tried);
        if matched {
            *bindings = tried;
        }
        matched
    }

    fn rewrite(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (regex, token) in &self.rewrites {
            text = regex.replace_all(&text, regex_lite::NoExpand(token)).into_owned();
        }
        text
    }

    fn split<'a>(&'a self, text: &'a str) -> Vec<Piece<'a>> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            let next = self.wildcards.iter().filter_map(|w| Some((rest.find(&w.token)?, w)));
            let Some((at, wildcard)) = next.min_by_key(|(at, w)| (*at, std::cmp::Reverse(w.token.len()))) else {
                pieces.push(Piece::Literal(rest));
                break;
            };
            if at > 0 {
                pieces.push(Piece::Literal(&rest[..at]));
            }
            pieces.push(Piece::Wildcard(wildcard));
            rest = &rest[at + wildcard.token.len()..];
        }
        pieces
    }
}

/// Matches the pieces against the whole text. The depth is the number of pieces in an expectation, a handful.
fn match_pieces(pieces: &[Piece], text: &str, bindings: &mut Bindings) -> bool {
    match pieces.split_first() {
        None => text.is_empty(),
        Some((Piece::Literal(literal), rest)) => text
            .strip_prefix(literal)
            .is_some_and(|text| match_pieces(rest, text, bindings)),
        Some((Piece::Wildcard(wildcard), rest)) => match_wildcard(wildcard, rest, text, bindings),
    }
}

fn match_wildcard(wildcard: &Wildcard, rest: &[Piece], text: &str, bindings: &mut Bindings) -> bool {
    if !wildcard.values.is_empty() {
        return wildcard.values.iter().any(|value| {
            let after = text.strip_prefix(value.as_str());
            after.is_some_and(|text| match_pieces(rest, text, bindings))
        });
    }
    if let Some(bound) = bindings.0.get(&wildcard.token).cloned() {
        let after = text.strip_prefix(bound.as_str());
        return after.is_some_and(|text| match_pieces(rest, text, bindings));
    }
    if rest.is_empty() {
        return !text.is_empty() && bind(wildcard, text, rest, "", bindings);
    }
    let ends = text.char_indices().map(|(at, _)| at).skip(1).chain([text.len()]);
    ends.filter(|end| *end > 0)
        .any(|end| bind(wildcard, &text[..end], rest, &text[end..], bindings))
}

/// Tries one text for an unbound token, and takes it back where what follows does not match.
fn bind(wildcard: &Wildcard, value: &str, rest: &[Piece], text: &str, bindings: &mut Bindings) -> bool {
    if let Some(Piece::Literal(literal)) = rest.first()
        && !text.starts_with(literal)
    {
        return false;
    }
    let before = bindings.clone();
    bindings.0.insert(wildcard.token.clone(), value.to_owned());
    let matched = match_pieces(rest, text, bindings);
    if !matched {
        *bindings = before;
    }
    matched
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placeholders(normalise: &str) -> Placeholders {
        Placeholders::read(&asl_json::parse_value(normalise).unwrap()).unwrap()
    }

    #[test]
    fn a_bound_token_stands_for_the_same_text_everywhere() {
        let placeholders = placeholders(r#"[{"token": "<uuid:1>", "mode": "bind"}]"#);
        let mut bindings = Bindings::default();
        assert!(placeholders.match_text("id <uuid:1>.", "id abc.", &mut bindings));
        assert!(placeholders.match_text("<uuid:1>", "abc", &mut bindings));
        assert!(!placeholders.match_text("<uuid:1>", "xyz", &mut bindings));
        assert!(!placeholders.match_text("a<uuid:1>", "a", &mut bindings));
    }

    #[test]
    fn an_unbound_token_is_never_empty_and_finds_its_end() {
        let placeholders = placeholders(r#"[{"token": "<a>", "mode": "bind"}, {"token": "<b>", "mode": "bind"}]"#);
        let matches = |expected, actual| placeholders.match_text(expected, actual, &mut Bindings::default());
        assert!(!matches("<a>", ""));
        assert!(matches("<a>-<b>", "x-y-z"));
        assert!(matches("<a>-<a>", "x-y-x-y"));
        assert!(!matches("<a>-<a>", "x-y"));
    }

    #[test]
    fn a_failed_comparison_binds_nothing() {
        let placeholders = placeholders(r#"[{"token": "<a>", "mode": "bind"}]"#);
        let mut bindings = Bindings::default();
        assert!(!placeholders.match_text("<a>!", "x?", &mut bindings));
        assert_eq!(bindings, Bindings::default());
    }

    #[test]
    fn one_of_is_free_to_change() {
        let placeholders = placeholders(r#"[{"token": "<m>", "mode": "oneOf", "values": ["p", "q"]}]"#);
        let mut bindings = Bindings::default();
        assert!(placeholders.match_text("x:<m>", "x:p", &mut bindings));
        assert!(placeholders.match_text("x:<m>", "x:q", &mut bindings));
        assert!(!placeholders.match_text("x:<m>", "x:r", &mut bindings));
    }

    #[test]
    fn any_matches_only_as_the_whole_text() {
        let placeholders = placeholders(r#"[{"token": "datetime", "mode": "any"}]"#);
        assert!(placeholders.match_text("datetime", "whatever", &mut Bindings::default()));
        assert!(!placeholders.match_text("a datetime", "a whatever", &mut Bindings::default()));
    }

    #[test]
    fn rewrites_apply_to_both_sides() {
        let placeholders = placeholders(r#"[{"token": "date", "mode": "rewrite", "regex": "\\d{4}-\\d{2}"}]"#);
        assert!(placeholders.match_text("on date", "on 2026-11", &mut Bindings::default()));
    }
}
