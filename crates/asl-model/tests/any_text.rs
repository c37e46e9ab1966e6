//! No text makes validation panic, overflow its stack or point outside the text.

use asl_model::{MachineType, parse, validate_state_text, validate_text, variable_references};
use proptest::prelude::*;

/// Words of the language in JSON, right and wrong ones.
const SCALARS: &[&str] = &[
    "null",
    "true",
    "false",
    "0",
    "-1",
    "1.5",
    "1e300",
    "99999999999999999999",
    "\"\"",
    "\"A\"",
    "\"B\"",
    "\"$\"",
    "\"$.a\"",
    "\"$$\"",
    "\"$v\"",
    "\"$.a[\"",
    "\"States.UUID()\"",
    "\"States.ALL\"",
    "\"{% $states.input %}\"",
    "\"{% $v.a %}\"",
    "\"{% é[ %}\"",
    "\"{%%}\"",
    "\"{%}\"",
    "\"JSONata\"",
    "\"JSONPath\"",
    "\"Task\"",
    "\"Choice\"",
    "\"Map\"",
    "\"Parallel\"",
    "\"Wait\"",
    "\"Pass\"",
    "\"Fail\"",
    "\"arn:aws:states:::lambda:invoke.sync\"",
    "\"DISTRIBUTED\"",
    "\"2016-03-14T01:59:00Z\"",
];

const NAMES: &[&str] = &[
    "StartAt",
    "States",
    "A",
    "B",
    "Type",
    "Next",
    "End",
    "QueryLanguage",
    "InputPath",
    "ResultPath",
    "Parameters",
    "Arguments",
    "Output",
    "Assign",
    "Retry",
    "Catch",
    "ErrorEquals",
    "Choices",
    "Default",
    "And",
    "Not",
    "Variable",
    "StringEqualsPath",
    "TimestampEquals",
    "Condition",
    "Branches",
    "ItemProcessor",
    "Iterator",
    "ProcessorConfig",
    "Mode",
    "ItemReader",
    "ReaderConfig",
    "ItemBatcher",
    "ResultWriter",
    "MaxConcurrency",
    "Label",
    "Seconds",
    "Timestamp",
    "Resource",
    "Credentials",
    "Error",
    "CausePath",
    "x.$",
    "é",
];

fn json() -> impl Strategy<Value = String> {
    let scalar = prop::sample::select(SCALARS).prop_map(str::to_owned);
    scalar.prop_recursive(6, 80, 6, |inner| {
        let array = prop::collection::vec(inner.clone(), 0..4).prop_map(|items| format!("[{}]", items.join(",")));
        let member = (prop::sample::select(NAMES), inner).prop_map(|(name, value)| format!("\"{name}\":{value}"));
        let object = prop::collection::vec(member, 0..7).prop_map(|members| format!("{{{}}}", members.join(",")));
        prop_oneof![array, object]
    })
}

fn definition() -> impl Strategy<Value = String> {
    (json(), json()).prop_map(|(a, b)| format!("{{\"StartAt\":\"A\",\"States\":{{\"A\":{a},\"B\":{b}}}}}"))
}

fn check(text: &str) {
    let mut found = validate_text(text, MachineType::Express);
    found.extend(validate_state_text(text, MachineType::Standard));
    for diagnostic in found {
        assert!(
            text.get(diagnostic.span.start..diagnostic.span.end).is_some(),
            "{diagnostic} {text}"
        );
        assert!(
            !diagnostic.message.is_empty() && !diagnostic.help.is_empty(),
            "{diagnostic}"
        );
    }
    if let Some(definition) = parse(text).definition {
        variable_references(&definition);
    }
}

proptest! {
    #[test]
    fn any_text(text in ".*") {
        check(&text);
    }

    #[test]
    fn any_json(text in json()) {
        check(&text);
    }

    #[test]
    fn any_states(text in definition()) {
        check(&text);
    }
}

#[test]
fn deep_nesting() {
    let maps = "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Map\",\"ItemProcessor\":".repeat(200);
    check(&maps);
    let rules = "{\"Not\":".repeat(500);
    check(&format!(
        "{{\"StartAt\":\"A\",\"States\":{{\"A\":{{\"Type\":\"Choice\",\"Choices\":[{rules}"
    ));
    let closed = format!("{}1{}", "{\"Not\":".repeat(400), "}".repeat(400));
    check(&format!(
        "{{\"StartAt\":\"A\",\"States\":{{\"A\":{{\"Type\":\"Choice\",\"Choices\":[{closed}]}}}}}}"
    ));
    let arrays = format!("{}{}", "[".repeat(400), "]".repeat(400));
    check(&format!(
        "{{\"StartAt\":\"A\",\"States\":{{\"A\":{{\"Type\":\"Pass\",\"Parameters\":{arrays}}}}}}}"
    ));
}
