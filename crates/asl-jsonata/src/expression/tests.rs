use crate::scope_for_tests::{TestScope, outcome, outcome_in};
use crate::{Expression, Limits};

fn check(expression: &str, expected: &str) {
    assert_eq!(outcome(expression), expected, "{expression}");
}

fn check_on(input: &str, expression: &str, expected: &str) {
    assert_eq!(
        outcome_in(expression, &TestScope::with_input(input)),
        expected,
        "{expression}"
    );
}

fn references(expression: &str) -> Vec<String> {
    let expression = Expression::parse(expression).unwrap();
    expression.references().iter().map(ToString::to_string).collect()
}

const UNDEFINED: &str = "returned nothing (undefined).";
const UNSUPPORTED: &str = "returned an unsupported result type.";
const MEMORY: &str =
    "threw an error during evaluation: Expression evaluation memory limit exceeded: Check for excessive memory usage";
const STACK: &str = "threw an error during evaluation: Stack overflow error: \
                     Check for non-terminating recursive function. Consider rewriting as tail-recursive";
const TIMEOUT: &str = "threw an error during evaluation: Expression evaluation timeout: Check for infinite loop";

#[test]
fn reads_the_input() {
    check_on(r#"{"a": 1}"#, "$states.input.a + 1", "2");
    check_on(r#"{"a": [1, 2, 3]}"#, "$sum($states.input.a)", "6");
    check_on(r#"{"a": {"b": [1, {"c": 2}]}}"#, "$states.input.a.b[1].c", "2");
    check_on(r#"{"a": [{"b": 1}, {"b": 2}]}"#, "$states.input.a.b", "[1,2]");
    check_on(r#"{"a": [{"b": 1}, {"b": 2}]}"#, "$states.input.a[b > 1]", r#"{"b":2}"#);
    check_on("[1, 2]", "$states.input[0]", "1");
    check_on(
        r#"{"input_values": [1, 2]}"#,
        "$states.input ~> $keys()",
        r#""input_values""#,
    );
    check_on(r#"{"a": "x"}"#, "$string($states)", r#""{\"input\":{\"a\":\"x\"}}""#);
}

#[test]
fn reads_variables() {
    let scope = TestScope::with_variables(r#"{"x": [1, 2], "y": {"z": null}, "sum": 5}"#);
    let check = |expression, expected| assert_eq!(outcome_in(expression, &scope), expected, "{expression}");
    check("$x", "[1,2]");
    check("$x[0] + $count($x)", "3");
    check("$y.z", "null");
    check("$type($y.z)", "\"null\"");
    check("$nowhere", UNDEFINED);
    check("$nowhere.x", UNDEFINED);
    check("$exists($nowhere)", "false");
    check("$sum", "5");
    check("$map($x, function($v) { $v + $sum })", "[6,7]");
    check("($x := 7; $x)", "7");
    check("$sum + 1", "6");
    check("$count", UNSUPPORTED);
    check("$map([[1], [2, 3]], $count)", "[1,2]");
}

#[test]
fn null_is_a_value_and_undefined_is_not() {
    check_on(r#"{"a": null}"#, "$states.input.a", "null");
    check_on(r#"{"a": null}"#, "$exists($states.input.a)", "true");
    check_on("{}", "$states.input.a", UNDEFINED);
    check_on("{}", "$states.input.a.b", UNDEFINED);
    check("{'a': $nowhere}", "{}");
    check("[$nowhere]", "[]");
    check("null", "null");
}

#[test]
fn lone_items_of_sequences_stand_for_themselves() {
    check_on(r#"{"a": [1, 2, 3]}"#, "$states.input.a[$ > 2]", "3");
    check_on(r#"{"a": [1, 2, 3]}"#, "[$states.input.a[$ > 2]]", "[3]");
    check_on(r#"{"a": [[1]]}"#, "$states.input.a", "[[1]]");
    check_on(r#"{"a": [1]}"#, "$states.input.a", "[1]");
    check_on(r#"{"a": []}"#, "$states.input.a", "[]");
    check("$filter([1, 2, 3], function($v) { $v = 2 })", "2");
    check("$map([1], function($v) { $v })", "1");
}

/// A lookup goes without the engine; it must find what the engine finds.
#[test]
fn lookups_agree_with_the_engine() {
    let inputs = [
        r#"{"a": {"b": {"c": 1}}}"#,
        r#"{"a": [{"b": [1, [2]]}, {"b": []}]}"#,
        r#"{"a": {"b": [[1]]}}"#,
        r#"{"a": {"b": []}}"#,
        r#"{"a": {"b": "x"}}"#,
        r#"{"a": {"b": null}}"#,
        r#"{"a": null}"#,
        r#"{"a": 1.0}"#,
        "[1]",
        "[[]]",
        "5",
    ];
    for input in inputs {
        let scope = TestScope::with_input(input);
        for path in [
            "$states.input",
            "$states.input.a",
            "$states.input.a.b",
            "$states.input.a.b.c",
            "$states.none",
        ] {
            let engine = outcome_in(&format!("($x := {path}; $x)"), &scope);
            assert_eq!(outcome_in(path, &scope), engine, "{path} of {input}");
        }
    }
}

#[test]
fn numbers_are_written_as_aws_does() {
    check("1.0", "1");
    check("1e2", "100");
    check("0.1 + 0.2", "0.30000000000000004");
    check("$string(1e20)", "\"100000000000000000000\"");
    check("$string(1e21)", "\"1e+21\"");
    check("2 * 3.5", "7");
    check_on("9223372036854775807", "$states.input", "9223372036854775807");
    check_on("9223372036854775808", "$states.input", "9.223372036854776E18");
    check_on(r#"{"a": 1.0}"#, "$states.input.a", "1");
    check_on(
        r#"{"a": {"id": 9007199254740993}}"#,
        "{'kept': $states.input.a}",
        r#"{"kept":{"id":9007199254740993}}"#,
    );
}

#[test]
fn infinite_numbers_become_strings() {
    check("1/0", "\"Infinity\"");
    check("-1/0", "\"-Infinity\"");
    check("[1/0]", "[\"Infinity\"]");
    check("{'k': 1/0}", "{\"k\":\"Infinity\"}");
    check("0/0", "\"NaN\"");
    check("1e308 * 10", "\"Infinity\"");
    check("(1 + 2 * 3) / (4 - 4)", "\"Infinity\"");
    check("[null, 6 / 3]", "[null,2]");
    check("$map([1, 2], function($v) { $v / 0 })", "[\"Infinity\",\"Infinity\"]");
    check("$parseInteger('abc', '0')", "\"NaN\"");
    check(
        "1/0 + 1",
        "threw an error during evaluation. D1001: Number out of range: \"Infinity\"",
    );
}

#[test]
fn functions_are_no_results() {
    for expression in [
        "function($x) { $x }",
        "/ab+/",
        "$sum",
        "$substring(?, 1)",
        "[function() { 1 }]",
        "{'a': $sum}",
        "($f := function($x) { $x }; $f)",
        "|a|{}|",
    ] {
        check(expression, UNSUPPORTED);
    }
    check("($f := function($x) { $nowhere }; $f(1))", UNDEFINED);
}

#[test]
fn evaluation_errors_have_codes() {
    let error = |text| format!("threw an error during evaluation. {text}");
    check("$eval('1 + 1')", &error("T1006: Attempted to invoke a non-function"));
    check("$nowhere()", &error("T1006: Attempted to invoke a non-function"));
    check(
        "'a' + 1",
        &error("T2001: The left side of the \"+\" operator must evaluate to a number"),
    );
    check(
        "$sum('a')",
        &error("T0412: Argument 1 of function \"sum\" must be an array of \"numbers\""),
    );
    check(
        "$formatNumber(1, 'x')",
        &error(
            "D3086: The sub-picture must not contain a passive character that is preceded by an active character \
             and that is followed by another active character",
        ),
    );
    check("$error('mine')", &error("D3137: mine"));
}

#[test]
fn time_is_that_of_the_scope() {
    check("$millis()", "1700000000123");
    check("$now()", "\"2023-11-14T22:13:20.123Z\"");
}

#[test]
fn nothing_is_seen_where_there_is_no_context() {
    let scope = TestScope::with_input(r#"{"a": 1}"#);
    for expression in ["function() { a }()", "function() { states }()", "function() { *.* }()"] {
        let spread = format!(
            "({})",
            expression
                .replacen("function", "$f := function", 1)
                .replacen("}()", "}; $f()", 1)
        );
        assert_eq!(outcome_in(&spread, &scope), UNDEFINED, "{spread}");
    }
    assert_eq!(outcome_in("$keys()", &scope), UNDEFINED);
    assert_eq!(outcome_in("$states.input.(a + $sum([1]))", &scope), "2");
}

#[test]
fn nesting_is_limited_as_on_aws() {
    let sum = |terms: usize| vec!["1"; terms].join("+");
    check(&sum(100), "100");
    check(&sum(101), STACK);
    let array = |depth: usize| format!("$count({}1{})", "[".repeat(depth), "]".repeat(depth));
    check(&array(98), "1");
    check(&array(99), STACK);
    let recursion = |depth: usize| format!("($f := function($n) {{ $n = 0 ? 0 : 1 + $f($n - 1) }}; $f({depth}))");
    check(&recursion(31), "31");
    check(&recursion(32), STACK);
}

#[test]
fn values_are_limited_as_on_aws() {
    check("$count([1..873782])", "873782");
    check("$count([1..873783])", MEMORY);
    let doubled =
        |times| format!("($d := function($s, $n) {{ $n = 0 ? $s : $d($s & $s, $n - 1) }}; $length($d('x', {times})))");
    check(&doubled(22), "4194304");
    check(&doubled(23), MEMORY);
    check(
        "($d := function($s, $n) { $n = 0 ? $s : $d({'a': $s, 'b': $s}, $n - 1) }; $d('x', 60))",
        MEMORY,
    );
}

#[test]
fn runaway_expressions_are_stopped() {
    check("($f := function($x) { $f($x + 1) }; $f(1))", TIMEOUT);
    check("($f := function($x) { 1 + $f($x + 1) }; $f(1))", STACK);
    let text = "a".repeat(60);
    check(&format!("$contains('{text}!', /^(a+)+$/)"), TIMEOUT);
    check(&format!("$replace('{text}!', /^(a|aa)+$/, '')"), TIMEOUT);
}

#[test]
fn busy_expressions_are_not_stopped() {
    check("$sum($map([1..100000], function($v) { $v * 2 }))", "10000100000");
    check("$count([1..20000][$contains($string($), /9$/)])", "2000");
}

#[test]
fn limits_are_the_scopes() {
    let limits = Limits {
        max_steps: 10,
        ..Limits::default()
    };
    let scope = TestScope {
        limits,
        ..TestScope::default()
    };
    assert_eq!(outcome_in("$sum([1..3])", &scope), "6");
    assert_eq!(outcome_in("$map([1..30], function($v) { $v })", &scope), TIMEOUT);
}

#[test]
fn references_are_what_comes_from_outside() {
    assert_eq!(references("$a + $b.c[$d > $e]"), ["a", "b", "d", "e"]);
    assert_eq!(references("$states.input.x + $sum($a) + $a"), ["a"]);
    assert_eq!(references("($x := $a; $x + $y)"), ["a", "y"]);
    assert_eq!(references("$map($xs, function($v, $i) { $v + $i + $k })"), ["xs", "k"]);
    assert_eq!(references("($f := function($n) { $f($n - 1) }; $f($m))"), ["m"]);
    assert_eq!(
        references("$xs@$x.$ys@$y[$x.id = $y.id]#$i.{'x': $x, 'i': $i, 'z': $z}"),
        ["xs", "ys", "z"]
    );
    assert_eq!(references("$xs{ $key: $value }"), ["xs", "key", "value"]);
    assert_eq!(references("$xs^(>$weight)"), ["xs", "weight"]);
    assert_eq!(references("'$no' & /$no/.match"), Vec::<String>::new());
    assert_eq!(references("$xs ~> |$|{'a': $b}|"), ["xs", "b"]);
    assert_eq!(references("($x := $x; $x)"), ["x"]);
}

#[test]
fn members_of_states_are_checked() {
    let expression = Expression::parse("$states.input.a & $states.errorOutput.Cause").unwrap();
    let members: Vec<&str> = expression.states_members().map(|member| &**member).collect();
    assert_eq!(members, ["input", "errorOutput"]);
    assert!(
        expression
            .check_states_members(&["input", "context", "errorOutput"])
            .is_ok()
    );
    let error = expression.check_states_members(&["input", "context"]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "UNSUPPORTED_JSONATA_EXPRESSION: Field '$states.errorOutput' does not exist."
    );
    assert_eq!(&expression.text()[error.span], "$states.errorOutput");
}
