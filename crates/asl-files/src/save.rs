//! Files to be saved.

use asl_json::Document;

use crate::yaml;

/// Longest name of a file, in characters.
const LONGEST_NAME: usize = 60;

/// Returns a definition as YAML, or `None` where it is no JSON.
pub fn definition_yaml(text: &str) -> Option<String> {
    let document = Document::parse(text);
    document.errors().is_empty().then(|| yaml::from_json(&document))
}

/// Returns a title as the name of a file without its extension: lower-case letters, digits and single hyphens, at least
/// one character and at most sixty.
pub fn file_name(title: &str) -> String {
    let mut name = String::new();
    for character in title.chars() {
        if character.is_ascii_alphanumeric() {
            name.push(character.to_ascii_lowercase());
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
    }
    name.truncate(LONGEST_NAME);
    let name = name.trim_end_matches('-');
    if name.is_empty() { "state-machine" } else { name }.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_hold_letters_digits_and_hyphens() {
        for (title, expected) in [
            ("Order saga", "order-saga"),
            ("../../etc/passwd", "etc-passwd"),
            ("<img src=x onerror=1>", "img-src-x-onerror-1"),
            ("Größe\u{202e}gpj", "gr-e-gpj"),
            ("CON.", "con"),
            ("", "state-machine"),
            ("\u{1f600}", "state-machine"),
        ] {
            assert_eq!(file_name(title), expected);
        }
        assert_eq!(file_name(&"ab ".repeat(40)).len(), 59);
    }

    #[test]
    fn yaml_is_written_of_json_only() {
        assert_eq!(definition_yaml(r#"{"StartAt":"A"}"#).unwrap(), "StartAt: A\n");
        assert_eq!(definition_yaml("{"), None);
    }
}
