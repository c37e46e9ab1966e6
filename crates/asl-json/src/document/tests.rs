use proptest::prelude::*;

use super::*;

fn messages(text: &str) -> Vec<String> {
    Document::parse(text)
        .errors()
        .iter()
        .map(|error| error.message.clone())
        .collect()
}

/// Checks what the parser makes of a faulty text, and that its fixes, applied from the end, make it valid.
#[track_caller]
fn check_fixed(text: &str, value: &str, fixed: &str) {
    let document = Document::parse(text);
    assert_eq!(
        document.value().map(|value| value.to_string()).as_deref(),
        Some(value),
        "{text}"
    );
    let mut mended = text.to_owned();
    for error in document.errors().iter().rev() {
        let fix = error.fix.as_ref().expect(&error.message);
        mended.replace_range(fix.span.start..fix.span.end, &fix.replacement);
    }
    assert_eq!(mended, fixed, "{:?}", document.errors());
    assert_eq!(messages(&mended), Vec::<String>::new(), "{mended}");
}

#[test]
fn valid_text_has_no_errors() {
    for text in [
        "null",
        " [1, -2.5e3, true, false, null, \"x\\u00e9\\n\"] ",
        r#"{"a": {"b": []}, "c": {}}"#,
        "\"\\ud83d\\ude00\"",
    ] {
        let document = Document::parse(text);
        assert_eq!(document.errors(), [], "{text}");
        assert_eq!(document.value(), Some(crate::parse_value(text).unwrap()));
    }
}

#[test]
fn mends_what_is_certain() {
    check_fixed("[1, 2,]", "[1,2]", "[1, 2]");
    check_fixed(r#"{"a": 1,}"#, r#"{"a":1}"#, r#"{"a": 1}"#);
    check_fixed("[1 2]", "[1,2]", "[1, 2]");
    check_fixed("{\"a\": 1\n \"b\": 2}", r#"{"a":1,"b":2}"#, "{\"a\": 1,\n \"b\": 2}");
    check_fixed("{'a': 'it\"s'}", r#"{"a":"it\"s"}"#, r#"{"a": "it\"s"}"#);
    check_fixed("{a: 1}", r#"{"a":1}"#, r#"{"a": 1}"#);
    check_fixed(r#"{"a" = 1}"#, r#"{"a":1}"#, r#"{"a" : 1}"#);
    check_fixed(r#"{"a" 1}"#, r#"{"a":1}"#, r#"{"a": 1}"#);
    check_fixed("[1 // one\n]", "[1]", "[1 \n]");
    check_fixed("/* x */ 1 # y", "1", " 1 ");
    check_fixed("[True]", "[]", "[true]");
    check_fixed("[+1, .5, 007, 1.]", "[]", "[1, 0.5, 7, 1]");
    check_fixed("[\"a\\d\"]", r#"["a\\d"]"#, "[\"a\\\\d\"]");
    check_fixed("[\"a\tb\"]", r#"["a\tb"]"#, "[\"a\\tb\"]");
    check_fixed("\u{feff}1", "1", "1");
    check_fixed("[\u{a0}1]", "[1]", "[ 1]");
    check_fixed("{\"a\": [1}", r#"{"a":[1]}"#, "{\"a\": [1]}");
    check_fixed("[1}", "[1]", "[1]");
    check_fixed("[1] x", "[1]", "[1] ");
    check_fixed("{\"a\": [1", r#"{"a":[1]}"#, "{\"a\": [1]}");
}

#[test]
fn reads_on_after_an_error() {
    let document = Document::parse("{\"a\": , \"b\": \"open\n, \"c\": nope, \"d\": 4}");
    assert_eq!(document.value().unwrap().to_string(), r#"{"b":"open","d":4}"#);
    assert_eq!(document.errors().len(), 3);
    assert_eq!(messages("{\"a\"}"), ["The member \"a\" has no value"]);
    assert_eq!(messages(""), ["The text is empty; a JSON value is expected"]);
}

#[test]
fn duplicate_names_are_kept_and_the_last_counts() {
    let document = Document::parse(r#"{"a": 1, "b": 2, "a": 3}"#);
    assert_eq!(document.errors(), []);
    let names: Vec<&str> = document.root().unwrap().members().map(Member::name).collect();
    assert_eq!(names, ["a", "b", "a"]);
    assert_eq!(document.value().unwrap().get("a").unwrap().as_i64(), Some(3));
    let duplicate = &document.duplicate_names()[0];
    assert_eq!((duplicate.first, duplicate.span), (Span::new(1, 4), Span::new(17, 20)));
}

#[test]
fn finds_by_pointer_and_by_offset() {
    let text = r#"{"a/b": [10, {"c": "x"}]}"#;
    let document = Document::parse(text);
    let node = document.pointer("/a~1b/1/c").unwrap();
    assert_eq!(&text[node.span().start..node.span().end], "\"x\"");
    assert_eq!(node.pointer(), "/a~1b/1/c");
    assert_eq!(document.node(&node.steps()).unwrap().span(), node.span());
    let at = |offset| document.node_at(offset).map(Node::pointer);
    assert_eq!(at(20).as_deref(), Some("/a~1b/1/c"));
    assert_eq!(at(10).as_deref(), Some("/a~1b/0"));
    assert_eq!(at(3).as_deref(), Some(""));
    assert_eq!(at(99), None);
    assert!(document.pointer("/no").is_none());
}

#[test]
fn hostile_nesting_is_an_error() {
    for text in ["[".repeat(200_000), "{\"a\":".repeat(200_000)] {
        let document = Document::parse(text);
        assert!(document.errors().iter().any(|error| error.message.contains("deeper")));
    }
}

#[test]
fn agrees_with_serde_json_on_hard_texts() {
    for text in HARD_TEXTS {
        agree(text);
    }
}

#[track_caller]
fn agree(text: &str) {
    let theirs: Result<serde_json::Value, _> = serde_json::from_str(text);
    let document = Document::parse(text);
    let strict = crate::parse_value(text);
    assert_eq!(
        theirs.is_ok(),
        document.errors().is_empty(),
        "{text:?} {:?}",
        document.errors()
    );
    assert_eq!(theirs.is_ok(), strict.is_ok(), "{text:?} {strict:?}");
    if let Ok(theirs) = theirs {
        let ours = document.value().unwrap();
        assert_eq!(Some(&ours), strict.as_ref().ok(), "{text:?}");
        assert_eq!(crate::parse_value(&theirs.to_string()).unwrap(), ours, "{text:?}");
    }
}

/// Texts near the edge of the grammar (RFC 8259), valid and not.
const HARD_TEXTS: &[&str] = &[
    "[]",
    "[ ]",
    "{}",
    "[[]]",
    "[1]",
    "[1,2]",
    "[,]",
    "[,1]",
    "[1,,2]",
    "[1,]",
    "[1",
    "[",
    "]",
    "[]]",
    "[1]]",
    "[\"a\",\n4\n,1,",
    "{\"a\":1}",
    "{\"a\":1,}",
    "{,\"a\":1}",
    "{\"a\":1,,\"b\":2}",
    "{\"a\"}",
    "{\"a\":}",
    "{\"a\"::1}",
    "{\"a\" 1}",
    "{a:1}",
    "{1:1}",
    "{'a':1}",
    "{\"a\":1 \"b\":2}",
    "{\"a\":1]",
    "[1}",
    "{\"a\":1}}",
    "{\"a\":1,\"a\":2}",
    "{\"\":0}",
    "{\"a\u{1f600}\":0}",
    "{[:1}",
    "0",
    "-0",
    "-",
    "--1",
    "+1",
    "1.",
    ".1",
    "-.1",
    "01",
    "-01",
    "00",
    "1e5",
    "1E+5",
    "1e-5",
    "1e",
    "1e+",
    "1.0e",
    "0x1",
    "1_000",
    "1 000",
    "1a",
    "-1a",
    "NaN",
    "Infinity",
    "-Infinity",
    "1.5",
    "123456789012345678",
    "0.1e1",
    "0e0",
    "1eE2",
    "0.3e+",
    "2.e3",
    "true",
    "false",
    "null",
    "tru",
    "nul",
    "True",
    "truee",
    "true false",
    "\"\"",
    "\"a\"",
    "\"a",
    "a\"",
    "\"\\\"\"",
    "\"\\\\\"",
    "\"\\/\"",
    "\"\\b\\f\\n\\r\\t\"",
    "\"\\a\"",
    "\"\\'\"",
    "\"\\u0041\"",
    "\"\\u004\"",
    "\"\\u004g\"",
    "\"\\uD83D\\uDE00\"",
    "\"\\U0041\"",
    "\"\\\"",
    "\"\\",
    "\"\\u",
    "\"\t\"",
    "\"\n\"",
    "\"\u{0}\"",
    "\"\u{7f}\"",
    "\"\u{2028}\"",
    "'a'",
    "\"a\" \"b\"",
    "",
    " ",
    "\n",
    "\u{feff}1",
    "1//x",
    "1/**/",
    "/**/1",
    "#1",
    "[1#x\n]",
    "[\u{c}1]",
    "[\u{a0}]",
    "\u{2060}1",
    "[1\u{0}]",
    "*",
    "{\"a\":*}",
    "<null>",
    "[<null>]",
    "&",
    "{\"a\":\"b\"}#",
    "[\"\":1]",
    "[1:2]",
    "{\"a\",\"b\"}",
    "{\"x\"::\"b\"}",
    "[3[4]]",
    "[{}",
    "{\"a\":[1,2}",
    "{}{}",
    "[][]",
    "1 2",
    ":",
    ",",
    "{\"a\": true} \"x\"",
    "{\"a\":\"\u{e9}\"}",
    "[\"\u{10ffff}\"]",
    "[-2.]",
    "[0.e1]",
    "[1.0e-28]",
    "[\"asd]",
    "[\"a\0a\"]",
    "\"\\ud800\u{e9}",
];

fn near_json() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\"a\"",
        "\"b\":",
        "'",
        "\\",
        "\\u",
        "1",
        "-",
        ".",
        "e5",
        "true",
        "nul",
        " ",
        "\n",
        "//",
        "/*",
        "*/",
        "#",
        "\u{e9}",
        "\u{1f600}",
        "\u{a0}",
        "\u{feff}",
        "\t",
        "\u{1}",
        "x",
        "=",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn never_panics_on_any_text(text in ".*") {
        check_tree(&text);
    }

    #[test]
    fn never_panics_near_json(text in near_json()) {
        check_tree(&text);
        let strict = crate::parse_value(&text);
        let document = Document::parse(text.as_str());
        prop_assert_eq!(strict.is_ok(), document.errors().is_empty(), "{:?} {:?}", strict, document.errors());
    }
}

/// Returns texts that stay within what both parsers promise: serde_json refuses numbers that no `f64` holds, and half
/// surrogate pairs, which JSON's grammar allows.
fn near_json_for_both() -> impl Strategy<Value = String> {
    near_json().prop_filter("numbers and escapes that the grammar leaves open", |text| {
        !text.contains("\\u") && !text.contains("e5e5") && text.matches('1').count() < 18
    })
}

fn any_value() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(serde_json::Value::from),
        any::<i64>().prop_map(serde_json::Value::from),
        (-1e300..1e300f64).prop_map(serde_json::Value::from),
        ".*".prop_map(serde_json::Value::from),
    ];
    leaf.prop_recursive(6, 64, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(serde_json::Value::from),
            prop::collection::vec((".*", inner), 0..8)
                .prop_map(|members| serde_json::Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn agrees_with_serde_json_near_json(text in near_json_for_both()) {
        agree(&text);
    }

    #[test]
    fn agrees_with_serde_json_on_whole_values(value in any_value()) {
        agree(&value.to_string());
        agree(&serde_json::to_string_pretty(&value).unwrap());
    }
}

fn check_tree(text: &str) {
    let document = Document::parse(text);
    for id in 0..document.nodes.len() {
        let node = Node {
            document: &document,
            id,
        };
        let span = node.span();
        assert!(text.get(span.start..span.end).is_some(), "{text:?} {span:?}");
        let parent = node.parent().map_or(Span::new(0, text.len()), Node::span);
        assert!(parent.start <= span.start && span.end <= parent.end, "{text:?}");
    }
    for error in document.errors() {
        assert!(
            text.get(error.span.start..error.span.end).is_some(),
            "{text:?} {error:?}"
        );
        assert!(!error.message.is_empty());
    }
    for offset in 0..=text.len() {
        document.node_at(offset);
    }
}

#[test]
fn a_half_written_member_leaves_the_next_one_whole() {
    for text in [
        r#"{"a": "b" "c": "d"}"#,
        r#"{"a": "b", "" "c": "d"}"#,
        r#"{"a": "b", "x": "c": "d"}"#,
        "{\"a\": \"b\", \"x\n \"c\": \"d\"}",
    ] {
        let document = Document::parse(text);
        let value = document.value().unwrap();
        assert_eq!(value.to_string(), r#"{"a":"b","c":"d"}"#, "{text}");
        assert!(!document.errors().is_empty());
    }
}
