use proptest::prelude::*;

use super::*;
use crate::test_scope::TestScope;

const STORE: &str = r#"{"store":{"book":[
    {"title":"A","price":8.95,"tags":["x","y"],"isbn":"1"},
    {"title":"B","price":12.99,"tags":[],"isbn":null},
    {"title":"Cc","price":8.99,"tags":["y"],"q":5}],
  "bicycle":{"color":"red","price":19.95}},"limit":10,"names":["A","B"]}"#;

/// Checks the value of a path, or, where `expected` begins with `!`, the text of its error.
#[track_caller]
fn check(path: &str, input: &str, expected: &str) {
    let path = Path::parse(path).unwrap();
    let shown = match path.evaluate(&TestScope::new(input)) {
        Ok(value) => value.to_string(),
        Err(error) => format!("!{error}"),
    };
    assert_eq!(shown, expected, "{path}");
}

#[track_caller]
fn refuse(path: &str, span: std::ops::Range<usize>) {
    assert_eq!(Path::parse(path).unwrap_err().span, span, "{path}");
}

#[test]
fn names() {
    check("$", "[1]", "[1]");
    check("$.a", r#"{"a":1}"#, "1");
    check("$.detail-type", r#"{"detail-type":1}"#, "1");
    check("$.größe.Ж中", r#"{"größe":{"Ж中":2}}"#, "2");
    check("$.&Ж中.a:b", r#"{"&Ж中":{"a:b":2}}"#, "2");
    check("$['a b']", r#"{"a b":1}"#, "1");
    check("$[ \"a.b\" ]['c']", r#"{"a.b":{"c":1}}"#, "1");
    check("$.['a']", r#"{"a":1}"#, "1");
    check(
        r"$.foo\@bar.baz\[\[.\?pretty",
        r#"{"foo@bar":{"baz[[":{"?pretty":7}}}"#,
        "7",
    );
    check("$.a", r#"{"a":null}"#, "null");
    check("$.a ", r#"{"a":1}"#, "1");
}

#[test]
fn a_backslash_in_quotes_escapes_the_quote_only() {
    check(r#"$['Test\""Name"']"#, r#"{"Test\\\"\"Name\"":1}"#, "1");
    check(r"$['it\'s']", r#"{"it's":1}"#, "1");
    check(r"$['a\\b']", r#"{"a\\b":1}"#, "1");
}

#[test]
fn roots() {
    check("$$.Execution.Name", "{}", "\"run-1\"");
    check("$x", "{}", "42");
    check("$order.items[1]", "{}", "2");
    check("$größe", "{}", "\"L\"");
    check("$nobody.a", "{}", "!The variable '$nobody' is not defined");
}

#[test]
fn indexes() {
    let input = r#"{"a":[0,1,2,3,4]}"#;
    check("$.a[1]", input, "1");
    check("$.a[-1]", input, "4");
    check("$.a[0,2]", input, "[0,2]");
    check("$.a[1:]", input, "[1,2,3,4]");
    check("$.a[:2]", input, "[0,1]");
    check("$.a[1:3]", input, "[1,2]");
    check("$.a[-2:]", input, "[3,4]");
    check("$.a[:-3]", input, "[0,1]");
    check("$.a[-3:-1]", input, "[2,3]");
    check("$.a[1:-1]", input, "[]");
    check("$.a[0:9:2]", input, "[0,1,2,3,4]");
    check("$.a[9:]", input, "[]");
}

#[test]
fn a_missing_place_is_an_error_in_jayways_words() {
    check("$.NoSuch", "{}", "!No results for path: $['NoSuch']");
    check("$.a.b", r#"{"a":{}}"#, "!No results for path: $['a']['b']");
    check("$.no.such.path", "{}", "!Missing property in path $['no']");
    check("$.a.b", r#"{"a":[]}"#, "!Property ['b'] not found in path $['a']");
    check(
        "$.a[0]",
        r#"{"a":1}"#,
        "!Filter: [0] can only be applied to arrays. Current context is: 1",
    );
    check("$.a[5].b", r#"{"a":[]}"#, "!No results for path: $['a'][5]['b']");
}

#[test]
fn an_index_beyond_the_end_is_null_and_not_present() {
    let scope = TestScope::new(r#"{"a":[1],"b":null}"#);
    let present = |path: &str| Path::parse(path).unwrap().is_present(&scope).unwrap();
    check("$.a[5]", r#"{"a":[1]}"#, "null");
    assert_eq!(Path::parse("$.a[5]").unwrap().find(&scope), Ok(None));
    assert!(present("$.b") && present("$.a[0]"));
    assert!(!present("$.a[5]") && !present("$.c") && !present("$.b.c") && !present("$nobody"));
}

#[test]
fn an_indefinite_path_without_a_match_is_empty() {
    for path in [
        "$[*]",
        "$.items[*]",
        "$.items[1:]",
        "$.item.items[1:5].x",
        "$..x",
        "$.a[?(@.b)]",
        "$.a[0,1]",
    ] {
        check(path, "{}", "[]");
        assert!(!Path::parse(path).unwrap().is_definite());
    }
}

#[test]
fn wildcards_unions_and_descent() {
    check("$.store.book[*].title", STORE, r#"["A","B","Cc"]"#);
    check("$.store.bicycle.*", STORE, r#"["red",19.95]"#);
    check(
        "$.store.bicycle['color','price']",
        STORE,
        r#"{"color":"red","price":19.95}"#,
    );
    check(
        "$.store.book[*]['title','q']",
        STORE,
        r#"[{"title":"A"},{"title":"B"},{"title":"Cc","q":5}]"#,
    );
    check("$['limit','names'][0]", STORE, r#"["A"]"#);
    check("$..price", STORE, "[8.95,12.99,8.99,19.95]");
    check("$..v", r#"{"a":{"v":1},"v":2}"#, "[2,1]");
    check("$..*", r#"{"a":{"b":1}}"#, r#"[{"b":1},1]"#);
    check("$..book[0].title", STORE, r#"["A"]"#);
    check("$..[0]", r#"{"a":[[1],2]}"#, "[[1],1]");
}

#[test]
fn filters_compare() {
    let titles = |filter: &str, expected: &str| check(&format!("$.store.book[?({filter})].title"), STORE, expected);
    titles("@.price < 10", r#"["A","Cc"]"#);
    titles("@.price<10&&@.title=='A'", r#"["A"]"#);
    titles("@.price <= $.limit", r#"["A","Cc"]"#);
    titles("@.price > 10 || @.q == 5.0", r#"["B","Cc"]"#);
    titles("@['price'] >= 8.99", r#"["B","Cc"]"#);
    titles("@.title != 'A'", r#"["B","Cc"]"#);
    titles("@.q != 5", r#"["A","B"]"#);
    titles("@.q == '5'", r#"["Cc"]"#);
    titles("@.q === '5'", "[]");
    titles("@.title > 'B'", r#"["Cc"]"#);
    titles("@.price < 'x'", "[]");
    titles("@.tags == [ \"y\" ]", r#"["Cc"]"#);
    titles("!(@.price < 10)", r#"["B"]"#);
    titles("(@.price < 10 || @.q == 5) && @.title == 'Cc'", r#"["Cc"]"#);
}

#[test]
fn a_word_in_a_filter_is_a_string() {
    let orders = r#"[{"s":"FAILED","n":1},{"s":"true-ish","n":2},{"s":true,"n":3}]"#;
    check("$[?(@.s==FAILED)].n", orders, "[1]");
    check("$[?(@.s == true-ish || @.s == FAILED)].n", orders, "[1,2]");
    check("$[?(@.s in [FAILED, true])].n", orders, "[1,3]");
}

#[test]
fn filters_test_for_something_other_than_null() {
    check("$.store.book[?(@.isbn)].title", STORE, r#"["A"]"#);
    check("$.store.book[?(!@.isbn)].title", STORE, r#"["B","Cc"]"#);
    check("$.store.book[?(@.isbn == null)].title", STORE, r#"["B"]"#);
    check("$.store.book[?(@.tags[*])].title", STORE, r#"["A","Cc"]"#);
}

#[test]
fn filters_know_lists_and_patterns() {
    let titles = |filter: &str, expected: &str| check(&format!("$.store.book[?({filter})].title"), STORE, expected);
    titles("@.title in ['A','Cc']", r#"["A","Cc"]"#);
    titles("@.title in $.names", r#"["A","B"]"#);
    titles("@.title NIN ['A']", r#"["B","Cc"]"#);
    titles("@.tags subsetof ['y','z']", r#"["B","Cc"]"#);
    titles("@.tags anyof ['x']", r#"["A"]"#);
    titles("@.tags noneof ['x']", r#"["B","Cc"]"#);
    titles("@.tags all ['x','y']", r#"["A"]"#);
    titles("@.tags contains 'y'", r#"["A","Cc"]"#);
    titles("@.tags size 2", r#"["A"]"#);
    titles("@.tags empty true", r#"["B"]"#);
    titles("@.title =~ /c/i", "[]");
    titles("@.title =~ /c+/i", r#"["Cc"]"#);
    titles(r"@.title =~ /\w\/?/", r#"["A","B"]"#);
}

#[test]
fn a_filter_on_an_object_tests_the_object() {
    check("$.store.bicycle[?(@.color == 'red')].price", STORE, "[19.95]");
    check("$..[?(@.price > 10)].price", STORE, "[12.99,19.95]");
    check("$.a[?(@ > 1)]", r#"{"a":[1,2,3]}"#, "[2,3]");
}

#[test]
fn functions() {
    check("$.a.length()", r#"{"a":[1,2]}"#, "2");
    check("$.length()", r#"{"a":1}"#, "1");
    check("$.a.sum()", r#"{"a":[1,2,"x"]}"#, "3.0");
    check("$.a.min()", r#"{"a":[3,2]}"#, "2.0");
    check("$.a.max()", r#"{"a":[3,2]}"#, "3.0");
    check("$.a.avg()", r#"{"a":[1,2]}"#, "1.5");
    check("$.a.stddev()", r#"{"a":[1,3]}"#, "1.0");
    check("$.keys()", r#"{"a":1,"b":2}"#, r#"["a","b"]"#);
    check("$.a.concat('-', $.b)", r#"{"a":["x","y"],"b":"z"}"#, "\"xy-z\"");
    check("$.a.append(3)", r#"{"a":[1]}"#, "[1,3]");
    check("$.a.first()", r#"{"a":[1,2]}"#, "1");
    check("$.a.last()", r#"{"a":[1,2]}"#, "2");
    check("$.a.index(-2)", r#"{"a":[1,2]}"#, "1");
    check("$..n.sum()", r#"{"a":{"n":1},"n":2}"#, "3.0");
    check(
        "$.a[?(@.b.length() > 1)].b",
        r#"{"a":[{"b":[1]},{"b":[1,2]}]}"#,
        "[[1,2]]",
    );
    check(
        "$.a.min()",
        r#"{"a":[]}"#,
        "!Aggregation function attempted to calculate value using empty array",
    );
}

#[test]
fn syntax_errors_have_their_place() {
    refuse("", 0..0);
    refuse("a.b", 0..1);
    refuse("$.", 2..2);
    refuse("$.a.", 4..4);
    refuse("$.a b", 3..4);
    refuse("$..", 3..3);
    refuse("$.a...b", 5..6);
    refuse("$.a[", 4..4);
    refuse("$.a[]", 4..5);
    refuse("$.a['b", 4..6);
    refuse("$.a[0", 5..5);
    refuse("$.a[99999999999]", 4..15);
    refuse("$.a[:]", 4..5);
    refuse("$.a.nope()", 4..8);
    refuse("$.a[?(@.b == )]", 13..14);
    refuse("$.a[?(1)]", 6..7);
    refuse("$.a[?(@.b =~ /(/)]", 13..16);
    refuse("$1", 1..2);
    refuse("$.a]", 3..4);
}

#[test]
fn reference_paths_have_names_and_indexes_only() {
    for (path, is_reference) in [
        ("$", true),
        ("$.ledgers[0][22].foo", true),
        ("$x['a']", true),
        ("$.a[*]", false),
        ("$..a", false),
        ("$.a.length()", false),
    ] {
        assert_eq!(Path::parse(path).unwrap().is_reference(), is_reference, "{path}");
    }
}

#[test]
fn variables_have_their_place() {
    let reference = VariableReference {
        name: "order".into(),
        span: 0..6,
    };
    assert_eq!(Path::parse("$order.items").unwrap().variables(), [reference]);
    assert_eq!(Path::parse("$$.a").unwrap().variables(), []);
}

#[test]
fn normalized_text() {
    let path = Path::parse("$x.a['b c'][0][1:]..d[*][?(@.e)].length()").unwrap();
    assert_eq!(path.normalized(), "$['a']['b c'][0][1:]..['d'][*][?].length()");
}

#[test]
fn fuel_is_spent_and_ends_hostile_searches() {
    let scope = TestScope::new(r#"{"a":{"b":1}}"#).with_fuel(10);
    Path::parse("$.a.b").unwrap().evaluate(&scope).unwrap();
    assert_eq!(scope.fuel_left(), 8);

    let wide = format!("[{}]", vec!["[[1,2,3],[4,5,6]]"; 200].join(","));
    let scope = TestScope::new(&wide).with_fuel(4_000);
    let error = Path::parse("$..*..*").unwrap().evaluate(&scope).unwrap_err();
    assert_eq!(error, PathError::OutOfFuel);
}

#[test]
fn hostile_nesting_is_an_error() {
    let deep = format!("{}1{}", "[".repeat(500), "]".repeat(500));
    check("$..*.x", &deep, "[]");
    let filters = format!("$[?({}@.a{})]", "(".repeat(40), ")".repeat(40));
    assert!(Path::parse(&filters).is_err());
    assert!(Path::parse(&format!("$[?({}@.a)]", "!".repeat(40))).is_err());
    assert!(Path::parse(&format!("${}", ".a".repeat(200))).is_err());

    let mut value = Value::from(1);
    for _ in 0..1_000 {
        value = Value::array([value]);
    }
    let scope = TestScope::new("1").with_input(value);
    assert_eq!(Path::parse("$..x").unwrap().evaluate(&scope), Err(PathError::TooDeep));
}

proptest! {
    #[test]
    fn arbitrary_text_never_panics(text in r#"[$@.\[\]()?*:,'"\\/!&|<>=~ a-d0-3{}-]{0,40}|\PC{0,20}"#) {
        for text in [text.clone(), format!("${text}"), format!("$.a[?({text})]")] {
            if let Ok(path) = Path::parse(&text) {
                let _ = path.evaluate(&TestScope::new(STORE));
            }
        }
    }

    #[test]
    fn what_is_written_to_a_place_is_found_there(names in prop::collection::vec("[a-z' \"]{1,6}", 1..5)) {
        let mut value = Value::from(1);
        for name in names.iter().rev() {
            value = Value::object([(name.as_str(), value)]);
        }
        let steps: Vec<String> = names.iter().map(|name| format!("['{}']", name.replace('\'', "\\'"))).collect();
        let path = Path::parse(&format!("${}", steps.concat())).unwrap();
        prop_assert_eq!(path.evaluate(&TestScope::new("{}").with_input(value)), Ok(Value::from(1)));
    }
}
