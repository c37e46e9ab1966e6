use super::*;

const MACHINE: &str = r#"{"StartAt": "A", "States": {
    "A": {"Type": "Pass", "Assign": {"x.$": "$.x"}, "Next": "B"},
    "B": {"Type": "Choice", "Choices": [{"Variable": "$x.a", "IsPresent": true, "Next": "A"}], "Default": "M"},
    "M": {"Type": "Map", "ItemSelector": {"v.$": "States.Format('{}', $x)"}, "ItemProcessor": {"StartAt": "I", "States": {
      "I": {"Type": "Pass", "QueryLanguage": "JSONata", "Output": "{% $x + $map([1], function($x) {1}) %}", "End": true}}},
      "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "B"}], "Next": "D"},
    "D": {"Type": "Map", "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED"}, "StartAt": "J", "States": {
      "J": {"Type": "Pass", "Assign": {"x": 1}, "Next": "K"}, "K": {"Type": "Pass", "InputPath": "$x", "End": true}}},
      "End": true}}}"#;

fn at(mark: &str) -> usize {
    MACHINE.find(mark).unwrap() + mark.len()
}

#[track_caller]
fn check(mark: &str, definitions: usize, references: usize) {
    let document = Document::parse(MACHINE);
    let symbol = symbol_at(&document, at(mark)).expect(mark);
    assert_eq!(
        (symbol.definitions.len(), symbol.references.len()),
        (definitions, references),
        "{symbol:?}"
    );
    for span in symbol
        .definitions
        .iter()
        .chain(&symbol.references)
        .chain([&symbol.span])
    {
        assert_eq!(&MACHINE[span.start..span.end], symbol.name);
    }
}

#[test]
fn states_are_found_from_everywhere() {
    check(r#""StartAt": "A"#, 1, 2);
    check(
        r#""B": {"Type": "Choice", "Choices": [{"Variable": "$x.a", "IsPresent": true, "Next": "A"#,
        1,
        2,
    );
    check("\n    \"B", 1, 2);
    check(r#""Default": "M"#, 1, 1);
    check(r#"{"StartAt": "I"#, 1, 1);
}

#[test]
fn variables_belong_to_their_scope() {
    check(r#""Assign": {"x"#, 1, 4);
    check(r#""Variable": "$x"#, 1, 4);
    check(r#""{% $x"#, 1, 4);
    check(
        r#""Assign": {"x": 1}, "Next": "K"}, "K": {"Type": "Pass", "InputPath": "$x"#,
        1,
        1,
    );
}

#[test]
fn other_places_have_no_name() {
    let document = Document::parse(MACHINE);
    for mark in [r#""Type": "Pa"#, r#""Next"#, "{", "IsPres"] {
        assert_eq!(symbol_at(&document, at(mark)), None, "{mark}");
    }
    assert_eq!(rename(&document, 0, "x"), Err(RenameError::NothingHere));
}

#[test]
fn states_are_renamed_everywhere() {
    let document = Document::parse(MACHINE);
    let edits = rename(&document, at(r#""StartAt": "A"#), "Say \"hi\"").unwrap();
    let renamed = Edit::apply(MACHINE, &edits);
    assert!(renamed.starts_with(r#"{"StartAt": "Say \"hi\"", "#));
    assert_eq!(renamed.matches(r#""Say \"hi\"""#).count(), 3);
    assert!(!renamed.contains(r#""A""#));
    assert_eq!(
        rename(&document, at(r#""StartAt": "A"#), "I"),
        Err(RenameError::Taken("I".to_owned()))
    );
    assert!(matches!(
        rename(&document, at(r#""StartAt": "A"#), ""),
        Err(RenameError::Invalid(_))
    ));
    assert_eq!(rename(&document, at(r#""StartAt": "A"#), "A"), Ok(Vec::new()));
}

#[test]
fn variables_are_renamed_where_they_are_meant() {
    let document = Document::parse(MACHINE);
    let edits = rename(&document, at(r#""Assign": {"x"#), "sum").unwrap();
    let renamed = Edit::apply(MACHINE, &edits);
    assert!(renamed.contains(r#""Assign": {"sum.$": "$.x"}"#));
    assert!(renamed.contains("States.Format('{}', $sum)"));
    assert!(renamed.contains("{% $sum + "));
    assert!(
        renamed.contains(r#""Assign": {"x": 1}"#),
        "the distributed Map has its own"
    );
    for bad in ["a b", "states", "1x", "$x"] {
        assert!(
            matches!(
                rename(&document, at(r#""Assign": {"x"#), bad),
                Err(RenameError::Invalid(_))
            ),
            "{bad}"
        );
    }
}
