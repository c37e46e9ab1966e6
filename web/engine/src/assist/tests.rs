use asl_json::{Value, parse_value};

use super::*;

const TEXT: &str = "{\n  \"StartAt\": \"Ä🦀\",\n  \"States\": {\n    \"Ä🦀\": {\"Type\": \"Pass\", \"Assign\": {\"n.$\": \"$.a\"}, \"Next\": \"Z\"},\n    \
    \"Z\": {\"Type\": \"Succeed\", \"OutputPath\": \"$n\"}\n  }\n}";

/// Asks about the place in front of a mark, in UTF-16 units as the editor counts.
fn ask(mark: &str, question: impl Fn(u32) -> AssistQuestion) -> Value {
    let at = TEXT.find(mark).unwrap();
    let unit = TEXT[..at].encode_utf16().count();
    let answer = EditedText::new(1, TEXT).answer(&question(u32::try_from(unit).unwrap()), |_| Sample::default());
    parse_value(&answer).unwrap()
}

/// Returns the text with an answer's edits made, which are in its order.
fn edited(answer: &Value) -> String {
    let mut units: Vec<u16> = TEXT.encode_utf16().collect();
    for edit in answer.get("edits").unwrap().as_array().unwrap().iter().rev() {
        let at = |name| usize::try_from(edit.get(name).unwrap().as_i64().unwrap()).unwrap();
        let insert: Vec<u16> = edit.get("insert").unwrap().as_str().unwrap().encode_utf16().collect();
        units.splice(at("from")..at("to"), insert);
    }
    String::from_utf16(&units).unwrap()
}

#[test]
fn a_rename_counts_as_editors_do() {
    let answer = ask("Z\"}", |at| AssistQuestion::Rename(at, "Ω".to_owned()));
    assert_eq!(edited(&answer), TEXT.replace("\"Z\"", "\"Ω\""));
    let refused = ask("Z\"}", |at| AssistQuestion::Rename(at, "Ä🦀".to_owned()));
    assert_eq!(
        refused.get("error").and_then(Value::as_str),
        Some("\"Ä🦀\" exists already.")
    );
}

#[test]
fn uses_come_with_their_lines() {
    let answer = ask("n\"}", AssistQuestion::Symbol);
    assert_eq!(answer.get("title").and_then(Value::as_str), Some("variable \"n\""));
    let lines = |name: &str| {
        let places = answer.get(name).and_then(Value::as_array).unwrap();
        let lines = places.iter().map(|place| place.get("line").unwrap().to_string());
        lines.collect::<Vec<_>>().join(" ")
    };
    assert_eq!((lines("definitions"), lines("references")), ("4".into(), "5".into()));
}

#[test]
fn proposals_tell_what_they_replace() {
    let answer = ask("Z\"}", AssistQuestion::Complete);
    let items = answer.get("items").and_then(Value::as_array).unwrap();
    let labels: Vec<_> = items.iter().map(|item| item.get("label").unwrap().as_str()).collect();
    assert_eq!(labels, [Some("Z"), Some("Ä🦀")]);
    let replace = answer.get("replace").unwrap().to_string();
    let unit = TEXT.split("Z\"}").next().unwrap().encode_utf16().count();
    assert_eq!(replace, format!("[{unit},{}]", unit + 1));
}

#[test]
fn places_without_an_answer_say_so() {
    assert_eq!(ask("{\n", AssistQuestion::Symbol), Value::Null);
    assert_eq!(ask("{\n", AssistQuestion::Hover), Value::Null);
}

#[test]
fn the_outline_names_every_state() {
    let answer = ask("{", |_| AssistQuestion::Outline);
    let texts = answer
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line.get("text").unwrap().to_string());
    assert_eq!(texts.collect::<Vec<_>>(), ["\"Ä🦀 – Pass\"", "\"Z – Succeed\""]);
}

#[test]
fn formatting_changes_white_space_only() {
    let answer = ask("{", |_| AssistQuestion::Format);
    let formatted = edited(&answer);
    let bare = |text: &str| text.split_whitespace().collect::<String>();
    assert_eq!(bare(&formatted), bare(TEXT));
    assert!(formatted.contains("\n      \"Type\": \"Pass\",\n"), "{formatted}");
}
