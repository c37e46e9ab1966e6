use proptest::prelude::*;

use super::*;
use crate::test_scope::TestScope;

fn evaluate(expression: &str, input: &str) -> Result<Value, IntrinsicError> {
    Intrinsic::parse(expression).unwrap().evaluate(&TestScope::new(input))
}

#[track_caller]
fn check(expression: &str, input: &str, expected: &str) {
    let shown = evaluate(expression, input).map(|value| value.to_string());
    assert_eq!(shown, Ok(expected.to_owned()), "{expression}");
}

#[track_caller]
fn fails(expression: &str, input: &str, kind: IntrinsicErrorKind, message: &str) {
    let error = evaluate(expression, input).unwrap_err();
    assert_eq!((error.kind, error.message.as_str()), (kind, message), "{expression}");
}

#[track_caller]
fn refused(expression: &str, input: &str) {
    let error = evaluate(expression, input).unwrap_err();
    assert_eq!(error.kind, IntrinsicErrorKind::Failure, "{error}");
}

#[test]
fn format() {
    let both = "States.Format('{} {}', $.a, $.b)";
    check(both, r#"{"a":1.1,"b":null}"#, "\"1.1 null\"");
    check(both, r#"{"a":true,"b":"x y"}"#, "\"true x y\"");
    check(
        both,
        r#"{"a":{"Arg1":1,"Arg2":[]},"b":[1,"x",{}]}"#,
        "\"{Arg1=1, Arg2=[]} [1, x, {}]\"",
    );
    check(r"States.Format('\{\} \'{}\' \\', 1)", "{}", r#""{} '1' \\""#);
    check("States.Format('a { b } c')", "{}", "\"a { b } c\"");
    check("States.Format($.t, 'x')", r#"{"t":"<{}>"}"#, "\"<x>\"");
    check("States.Format('{}\n', $x)", "{}", r#""42\n""#);
    check("States.Format('{}', $$.Execution)", "{}", "\"{Name=run-1}\"");
    refused("States.Format('{} {}', 1)", "{}");
    refused("States.Format('', 1)", "{}");
    refused("States.Format(1)", "{}");
}

#[test]
fn json_functions() {
    let parse = "States.StringToJson($.s)";
    check(parse, r#"{"s":"[1,2]"}"#, "[1,2]");
    check(parse, r#"{"s":""}"#, "null");
    check(parse, r#"{"s":" "}"#, "null");
    check(parse, r#"{"s":"-0"}"#, "0");
    check(parse, r#"{"s":"\"x\""}"#, "\"x\"");
    check("States.StringToJson('{\"a\": {}}')", "{}", r#"{"a":{}}"#);
    refused(parse, r#"{"s":"{"}"#);
    refused(parse, r#"{"s":1}"#);

    check("States.JsonToString($)", r#"{"other": 1}"#, r#""{\"other\":1}""#);
    check("States.JsonToString($.a)", r#"{"a":[1, 2, "x"]}"#, r#""[1,2,\"x\"]""#);
    check("States.JsonToString($.a)", r#"{"a":null}"#, "\"null\"");

    let objects = r#"{"a":{"k":{"x":1},"z":1},"b":{"k":{"y":2}}}"#;
    check("States.JsonMerge($.a, $.b, false)", objects, r#"{"k":{"y":2},"z":1}"#);
    refused("States.JsonMerge($.a, $.b, true)", objects);
    refused("States.JsonMerge($.a, 1, false)", objects);
}

#[test]
fn array_functions() {
    check("States.Array()", "{}", "[]");
    check(
        "States.Array('a', 1, true, null, $.a)",
        r#"{"a":[]}"#,
        r#"["a",1,true,null,[]]"#,
    );

    check("States.ArrayPartition($, 2)", "[1,2,3]", "[[1,2],[3]]");
    check("States.ArrayPartition($, 4)", "[]", "[]");
    check("States.ArrayPartition($, 1.5)", "[1,2,3]", "[[1,2],[3]]");
    refused("States.ArrayPartition($, 0)", "[1]");
    refused("States.ArrayPartition($, 1)", "{}");

    check("States.ArrayContains($, 2)", "[1,2]", "true");
    check(
        "States.ArrayContains($[0], $[1])",
        r#"[[{"1":2,"2":[]}],{"2":[],"1":2}]"#,
        "true",
    );
    check("States.ArrayContains($, false)", "[0]", "false");

    check("States.ArrayRange(1, 9, 2)", "{}", "[1,3,5,7,9]");
    check("States.ArrayRange(0, 3, 2)", "{}", "[0,2]");
    check("States.ArrayRange(3, 1, -1)", "{}", "[3,2,1]");
    check("States.ArrayRange(3, 1, 1)", "{}", "[]");
    check("States.ArrayLength(States.ArrayRange(1, 1000, 1))", "{}", "1000");
    refused("States.ArrayRange(1, 1001, 1)", "{}");
    refused("States.ArrayRange(1, 5, 0)", "{}");

    check("States.ArrayGetItem($.x, 1)", r#"{"x":[5,6]}"#, "6");
    refused("States.ArrayGetItem($.x, 2)", r#"{"x":[5,6]}"#);
    refused("States.ArrayGetItem($.x, -1)", r#"{"x":[5,6]}"#);

    check("States.ArrayLength($.items[*].nope)", r#"{"items":[1,2]}"#, "0");
    check(
        "States.ArrayUnique($)",
        "[1,2,2,3,{\"a\":1},1,{\"a\":1}]",
        "[1,2,3,{\"a\":1}]",
    );
}

#[test]
fn encoding_functions() {
    check(
        "States.Base64Encode('Data to encode')",
        "{}",
        "\"RGF0YSB0byBlbmNvZGU=\"",
    );
    check(
        "States.Base64Decode('RGF0YSB0byBlbmNvZGU=')",
        "{}",
        "\"Data to encode\"",
    );
    check("States.Base64Decode('RGF0YSB0byBlbmNvZGU')", "{}", "\"Data to encode\"");
    check("States.Base64Decode('')", "{}", "\"\"");
    refused("States.Base64Decode('!')", "{}");
    let long = |length: usize| format!("\"{}\"", "a".repeat(length));
    assert!(evaluate("States.Base64Encode($)", &long(10_000)).is_ok());
    refused("States.Base64Encode($)", &long(10_001));

    for (algorithm, digest) in [
        ("MD5", "812f45842bc6d66ee14572ce20db8e86"),
        ("SHA-1", "aaff4a450a104cd177d28d18d74485e8cae074b7"),
        (
            "SHA-256",
            "b4a697a057313163aee33cd8d40c66e9f0f177e00cac2de32475ffff6169c3e3",
        ),
    ] {
        check(
            &format!("States.Hash('input data', '{algorithm}')"),
            "{}",
            &format!("\"{digest}\""),
        );
    }
    let recorded =
        "\"d28a7d5cf25a74f11a50a18452b75e04bb3d70c9dd0510d6123aa008c756511b87525bdc835ebb27e1fb9e9374a15562\"";
    check("States.Hash('input data', 'SHA-384')", "{}", recorded);
    refused("States.Hash('input data', 'sha-1')", "{}");
}

#[test]
fn math_functions() {
    for (numbers, sum) in [
        ("1.49, 1.5", "3"),
        ("-1.49, -1.5", "-2"),
        ("-0.5, 0.5", "1"),
        ("-1.51, 0", "-2"),
        ("2.5, 0", "3"),
        ("2147483647, 1", "2147483648"),
    ] {
        check(&format!("States.MathAdd({numbers})"), "{}", sum);
    }
    refused("States.MathAdd('1', 1)", "{}");
    refused("States.MathAdd(2147483648, 1)", "{}");

    check("States.MathRandom(0, 10, 42)", "{}", "0");
    check("States.MathRandom(1, 101, 0)", "{}", "61");
    let drawn = evaluate("States.MathRandom(12.5, 44.51)", "{}")
        .unwrap()
        .as_i64()
        .unwrap();
    assert!((13..45).contains(&drawn));
    refused("States.MathRandom(2, 2)", "{}");
}

#[test]
fn string_functions() {
    check("States.StringSplit('1,2;3', ',;')", "{}", r#"["1","2","3"]"#);
    check("States.StringSplit(', , ,', ',')", "{}", r#"[" "," "]"#);
    check("States.StringSplit(',,,,', ',')", "{}", "[]");
    check("States.StringSplit('ab', '')", "{}", r#"["ab"]"#);
    check(
        "States.StringSplit('split on T and \nnew line', 'T\n')",
        "{}",
        r#"["split on "," and ","new line"]"#,
    );

    let uuid = evaluate("States.UUID()", "{}").unwrap();
    let uuid = uuid.as_str().unwrap();
    let groups: Vec<usize> = uuid.split('-').map(str::len).collect();
    assert_eq!(groups, [8, 4, 4, 4, 12]);
    assert_eq!(&uuid[14..15], "4");
    assert!(uuid[19..20].contains(['8', '9', 'a', 'b']));
}

#[test]
fn calls_nest() {
    check(
        "States.ArrayGetItem(States.StringSplit($.n, '-'), States.MathAdd(States.ArrayLength(States.StringSplit($.n, '-')), -1))",
        r#"{"n":"a-b-c"}"#,
        "\"c\"",
    );
    check(
        "States.ArrayGetItem($.items[?(@.k == 'x,)')]['v'], 0)",
        r#"{"items":[{"k":"y","v":1},{"k":"x,)","v":2}]}"#,
        "2",
    );
    let nested = |count: usize| format!("{}1{}", "States.Array(".repeat(count), ")".repeat(count));
    assert!(Intrinsic::parse(&nested(10)).is_ok());
    assert!(Intrinsic::parse(&nested(11)).is_err());
}

#[test]
fn an_argument_without_a_value_is_an_error_in_the_words_of_the_service() {
    let input = r#"{"other":1}"#;
    let missing = |field: &str| {
        format!("The JsonPath argument for the field '{field}' could not be found in the input '{input}'")
    };
    let argument = IntrinsicErrorKind::Argument;
    fails("States.Format('{}', $.nope)", input, argument, &missing("$.nope"));
    fails("States.Format('{}', $$.A.B)", input, argument, &missing("$.A.B"));
    fails("States.Array(States.Array($.a.b))", input, argument, &missing("$.a.b"));
    fails(
        "States.Array($.a[3])",
        r#"{"a":[]}"#,
        argument,
        &missing("$.a[3]").replace(input, r#"{"a":[]}"#),
    );
    fails(
        "States.Format('{}', $.other[0])",
        input,
        argument,
        "Filter: [0] can only be applied to arrays. Current context is: 1",
    );
    let error = evaluate("States.Format('{}', $.nope)", input).unwrap_err();
    let whole = "The function 'States.Format('{}', $.nope)' had the following error: The JsonPath argument for the field \
                 '$.nope' could not be found in the input '{\"other\":1}'";
    assert_eq!(error.to_string(), whole);
}

#[test]
fn syntax_errors_have_their_place() {
    for (expression, span) in [
        ("", 0..0),
        ("text", 0..4),
        ("States.Nope()", 0..11),
        ("states.UUID()", 0..11),
        ("States.UUID ()", 11..12),
        ("States.UUID(1)", 0..14),
        ("States.UUID() x", 14..15),
        ("States.UUID(", 12..12),
        ("States.Array(1,)", 15..16),
        ("States.Array(1 2)", 15..16),
        ("States.Array('a)", 13..16),
        (r#"States.Array('\"')"#, 14..16),
        ("States.Array(01)", 13..15),
        ("States.Array($.a[)", 17..18),
        ("States.Array(\"a\")", 13..14),
        ("States.Array(yes)", 13..16),
        ("States.MathAdd(1)", 0..17),
    ] {
        assert_eq!(Intrinsic::parse(expression).unwrap_err().span, span, "{expression}");
    }
}

#[test]
fn blanks_and_line_ends_around_arguments_do_not_matter() {
    check("States.Array( 1 ,\n $.a , States.Array( ) ) ", r#"{"a":2}"#, "[1,2,[]]");
}

#[test]
fn knows_its_variables_and_whether_it_returns_a_string() {
    let call = Intrinsic::parse("States.Format('{} {}', $a.b, States.MathAdd($c, $$.d))").unwrap();
    let found: Vec<_> = call
        .variables()
        .iter()
        .map(|found| (&*found.name, found.span.clone()))
        .collect();
    assert_eq!(found, [("a", 23..25), ("c", 44..46)]);
    assert!(call.returns_string());
    assert!(!Intrinsic::parse("States.Array()").unwrap().returns_string());
}

#[test]
fn fuel_bounds_the_work() {
    let scope = TestScope::new(&format!("[{}]", vec!["1"; 500].join(","))).with_fuel(400);
    let error = Intrinsic::parse("States.ArrayUnique($)")
        .unwrap()
        .evaluate(&scope)
        .unwrap_err();
    assert_eq!(error.kind, IntrinsicErrorKind::OutOfFuel);
}

proptest! {
    #[test]
    fn arbitrary_text_never_panics(text in r"(States\.[A-Z][a-zA-Z]{1,8}\()?[$.,()'\\{} a0-9-]{0,30}") {
        let _ = Intrinsic::parse(&text);
    }

    #[test]
    fn functions_never_panic(
        name in prop::sample::select(vec!["ArrayPartition", "ArrayRange", "ArrayGetItem", "MathAdd", "MathRandom",
            "StringSplit", "Hash", "JsonMerge", "ArrayContains", "Format", "Base64Decode", "ArrayUnique"]),
        arguments in prop::collection::vec(prop::sample::select(vec!["1", "-1.5", "0", "1e300", "'a,b'", "'{}'", "$",
            "$.a", "$.b", "null", "true", "99999999999999999999", "-9223372036854775808"]), 0..4),
    ) {
        if let Ok(call) = Intrinsic::parse(&format!("States.{name}({})", arguments.join(","))) {
            let _ = call.evaluate(&TestScope::new(r#"{"a":[1,2,"x"],"b":{}}"#));
        }
    }
}
