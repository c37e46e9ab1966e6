//! Help is asked for at every place of whole and broken texts: it never breaks, and what it gives fits the text.

use asl_assist::{Sample, StateSample, complete, folds, format, hover, outline, quick_fixes, rename, symbol_at};
use asl_json::{Document, Span};
use asl_model::{MachineType, validate_text};

const TEXT: &str = r#"{
  "Comment": "é \u00e9 😀",
  "StartAt": "Ä b",
  "States": {
    "Ä b": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
      "Parameters": {"QueueUrl": "q", "MessageBody": {"t.$": "$$.Task.Token", "é.$": "States.Format('\\{{}', $.a['b'][?(@.c)])"}},
      "Assign": {"x.$": "$.é"}, "Retry": [{"ErrorEquals": ["States.ALL"], "JitterStrategy": "FULL"}], "Next": "C", "Next": "C"},
    "C": {"Type": "Choice", "Choices": [{"And": [{"Variable": "$x", "IsNull": true}], "Next": "M"}], "Default": "Gone"},
    "M": {"Type": "Map", "QueryLanguage": "JSONata", "Items": "{% [1..3]~>$map(function($v){$v & \"é\"}) %}",
      "ItemProcessor": {"ProcessorConfig": {"Mode": "INLINE"}, "StartAt": "I", "States": {
        "I": {"Type": "Pass", "Output": "{% $x + $states.input.`a b`.c %}", "End": true}}},
      "Catch": [{"ErrorEquals": ["E"], "Output": {"e": "{% $states.errorOutput.Error %}"}, "Next": "C"}]}
  }
}"#;

fn sample() -> Sample {
    let value = asl_json::parse_value(r#"{"é": 1, "a": {"b": [{"c": 2}]}, "a b": {"c": 3}}"#).ok();
    let state = StateSample {
        input: value,
        ..StateSample::default()
    };
    let names = ["Ä b", "C", "M", "I"];
    Sample {
        states: names.map(|name| (name.to_owned(), state.clone())).into(),
    }
}

fn ask(document: &Document, offset: usize, sample: &Sample) {
    let text = document.text();
    let fits = |span: Span| assert!(text.get(span.start..span.end).is_some(), "{span:?} at {offset}");
    let found = complete(document, offset, sample);
    fits(found.word);
    fits(found.replace);
    for item in &found.items {
        for place in &item.insert.placeholders {
            assert!(item.insert.text.get(place.start..place.end).is_some(), "{item:?}");
        }
    }
    if let Some(hover) = hover(document, offset, sample) {
        fits(hover.span);
    }
    if let Some(symbol) = symbol_at(document, offset) {
        fits(symbol.span);
        symbol
            .definitions
            .iter()
            .chain(&symbol.references)
            .for_each(|span| fits(*span));
        let _ = rename(document, offset, "Other");
    }
}

#[test]
fn every_place_of_a_whole_text() {
    let (document, sample) = (Document::parse(TEXT), sample());
    for offset in 0..=TEXT.len() + 1 {
        ask(&document, offset, &sample);
    }
}

#[test]
fn every_beginning_of_a_text() {
    let sample = sample();
    for end in (0..=TEXT.len()).filter(|end| TEXT.is_char_boundary(*end)) {
        let document = Document::parse(&TEXT[..end]);
        for offset in end.saturating_sub(2)..=end {
            ask(&document, offset, &sample);
        }
        outline(&document);
        folds(&document);
        let _ = format(&document);
    }
}

#[test]
fn every_text_with_a_character_left_out() {
    let sample = sample();
    for (at, character) in TEXT.char_indices() {
        let broken = [&TEXT[..at], &TEXT[at + character.len_utf8()..]].concat();
        let document = Document::parse(broken.as_str());
        ask(&document, at, &sample);
        for diagnostic in validate_text(&broken, MachineType::Standard) {
            for fix in quick_fixes(&document, &diagnostic) {
                let edits = fix.edits.iter();
                edits.for_each(|edit| assert!(broken.get(edit.span.start..edit.span.end).is_some(), "{fix:?}"));
            }
        }
    }
}
