use crate::scope_for_tests::{TestScope, outcome, outcome_in};

fn check(expression: &str, expected: &str) {
    assert_eq!(outcome(expression), expected, "{expression}");
}

fn check_error(expression: &str, expected: &str) {
    check(expression, &format!("threw an error during evaluation. {expected}"));
}

fn check_undefined(expression: &str) {
    check(expression, "returned nothing (undefined).");
}

#[test]
fn partition_cuts_into_chunks() {
    check("$partition([0], 2)", "[[0]]");
    check("$partition([0, 1], 1)", "[[0],[1]]");
    check("$partition([0, 1, 2, 3], 3)", "[[0,1,2],[3]]");
    check("$partition([0, 1, 2], 5)", "[[0,1,2]]");
    check("$partition([[1], [2]], 1)", "[[[1]],[[2]]]");
}

#[test]
fn partition_without_use_is_undefined() {
    check("$partition([1, 2, 3])", "[[1,2,3]]");
    check("$partition([1, 2, 3], 2.9)", "[[1,2],[3]]");
    check_undefined("$partition([1, 2, 3], 0)");
    check_undefined("$partition([1, 2, 3], -0.5)");
    check_undefined("$partition([], 2)");
    check_undefined("$partition()");
}

#[test]
fn partition_refuses_wrong_arguments() {
    check_error("$partition([1], -1)", "D3137: Second argument must be zero or greater");
    check_error(
        "$partition(1, 1)",
        "T0412: Argument 1 of function \"partition\" must be an array of undefined",
    );
    check_error(
        "$partition([1], 'a')",
        "T0410: Argument 2 of function \"partition\" does not match function signature",
    );
    check_error(
        "$partition([1], 1, 1)",
        "T0410: Argument 3 of function \"partition\" does not match function signature",
    );
}

#[test]
fn range_includes_both_ends() {
    check("$range(0, 9, 3)", "[0,3,6,9]");
    check("$range(0, 8, 3)", "[0,3,6]");
    check("$range(5, 1, -2)", "[5,3,1]");
    check("$range(-1.7, 2, 1)", "[-1,0,1,2]");
    check("$range(1, 9, 9)", "1");
    check("$range(3, 3, -1)", "3");
    check("$count($range(1, 200000, 1))", "200000");
}

#[test]
fn range_that_leads_nowhere_is_undefined() {
    check_undefined("$range(1, 5, 0)");
    check_undefined("$range(1, 5)");
    check_undefined("$range(1, 5, -1)");
    check_undefined("$range(5, 1, 1)");
}

#[test]
fn range_refuses_wrong_arguments_and_excess() {
    check_error(
        "$range('a', 1, 1)",
        "T0410: Argument 1 of function \"range\" does not match function signature",
    );
    check_error(
        "$range(1)",
        "T0410: Argument 2 of function \"range\" does not match function signature",
    );
    check_error(
        "$range(1, 2, 1, 1)",
        "T0410: Argument 4 of function \"range\" does not match function signature",
    );
    check(
        "$range(0, 9000000000, 1)",
        "threw an error during evaluation: Expression evaluation memory limit exceeded: \
         Check for excessive memory usage",
    );
}

#[test]
fn hash_writes_lower_case_digits() {
    check(
        "$hash('input', 'SHA-1')",
        "\"140f86aae51ab9e1cda9b4254fe98a74eb54c1a1\"",
    );
    check("$hash('input', 'MD5')", "\"a43c1b0aa53a0c908810c06ab1ff3967\"");
    check(
        "$hash('input', 'SHA-256')",
        "\"c96c6d5be8d08a12e7b5cdc1b207fa6b2430974c86803d8891675e76fd992c20\"",
    );
    check("$length($hash('input', 'SHA-384'))", "96");
    check("$length($hash('input', 'SHA-512'))", "128");
    check_undefined("$hash('input')");
}

#[test]
fn hash_refuses_wrong_arguments() {
    check_error(
        "$hash('input', 'sha-1')",
        "D3137: Hash algorithm 'sha-1' must be one of SHA-1, SHA-384, SHA-256, SHA-512, MD5",
    );
    check_error(
        "$hash(1, 'MD5')",
        "T0410: Argument 1 of function \"hash\" does not match function signature",
    );
    check_error(
        "$hash()",
        "T0410: Argument 1 of function \"hash\" does not match function signature",
    );
    check_error(
        "$hash('a', 1)",
        "T0410: Argument 2 of function \"hash\" does not match function signature",
    );
    check_error(
        "$hash('a', 'MD5', 1)",
        "T0410: Argument 3 of function \"hash\" does not match function signature",
    );
}

#[test]
fn random_with_a_seed_is_that_of_java() {
    check("$random(42)", "0.7275636800328681");
    check("$random(42.9)", "0.7275636800328681");
    check("$random(42) = $random(42)", "true");
    check_error(
        "$random('a')",
        "T0410: Argument 1 of function \"random\" does not match function signature",
    );
    check_error(
        "$random(1, 2)",
        "T0410: Argument 2 of function \"random\" does not match function signature",
    );
}

#[test]
fn random_throws_the_dice_of_the_scope() {
    let scope = TestScope::default();
    check("($r := $random(); $r >= 0 and $r < 1)", "true");
    let first = outcome_in("$random()", &scope);
    assert_ne!(first, outcome_in("$random()", &scope));
    assert_eq!(first, outcome("$random()"));
    check("$random() = $random()", "false");
}

#[test]
fn dice_rest_where_nothing_is_random() {
    let scope = TestScope::default();
    outcome_in("$hash('a', 'MD5') & $sum([1, 2])", &scope);
    assert_eq!(scope.thrown.get(), 0);
    outcome_in("$shuffle([1, 2, 3])", &scope);
    outcome_in("$uuid() & $uuid()", &scope);
    assert_eq!(scope.thrown.get(), 2);
}

#[test]
fn uuid_is_of_version_4() {
    check(
        "$contains($uuid(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)",
        "true",
    );
    check("$uuid() = $uuid()", "false");
    check_error(
        "$uuid(1)",
        "T0410: Argument 1 of function \"uuid\" does not match function signature",
    );
}

#[test]
fn parse_reads_json() {
    check("$parse('-0')", "0");
    check("$parse('1.1')", "1.1");
    check("$parse('true')", "true");
    check("$parse('[1, 2, \"HelloWorld\"]')", "[1,2,\"HelloWorld\"]");
    check("$parse('{\"Arg1\": 1, \"Arg2\": []}')", "{\"Arg1\":1,\"Arg2\":[]}");
    check("$parse('{\"a\": {\"b\": 2}}').a.b", "2");
    check("$parse('null')", "null");
    check("$exists($parse('null'))", "true");
    check("$parse('[1]')", "[1]");
    check("$map(['1', '[2]'], $parse)", "[1,[2]]");
    check_undefined("$parse()");
    check_undefined("$parse($nowhere)");
}

#[test]
fn parse_is_strict() {
    for text in ["", " ", "1 2", "{\"a\":1,\"a\":2}", "[1,]", "{a:1}", "NaN"] {
        check_error(&format!("$parse('{text}')"), "D3137: Invalid JSON");
    }
    check_error(
        "$parse(1)",
        "T0410: Argument 1 of function \"parse\" does not match function signature",
    );
    check_error(
        "$parse('1', 2)",
        "T0410: Argument 2 of function \"parse\" does not match function signature",
    );
}
