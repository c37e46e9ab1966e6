use asl_json::parse_value;

use super::*;
use crate::{Execution, Input, Output, StateMachine};

/// Runs a definition without tasks to its end.
fn run(definition: &str, input: &str) -> Execution {
    let definition = asl_model::parse(definition).definition.unwrap();
    let machine = StateMachine::compile(&definition).expect("the definition is valid");
    let mut execution = Execution::start(machine, parse_value(input).unwrap(), ExecutionOptions::default());
    loop {
        match execution.poll() {
            Output::Finished(_) => return execution,
            Output::Waiting { until: Some(until) } => execution.handle(Input::AdvanceTo(until)).unwrap(),
            _ => {}
        }
    }
}

fn moment(execution: &Execution, state: &str) -> Moment {
    let is_entered = |details: &Details| matches!(details, Details::StateEntered { name, .. } if &**name == state);
    let event = execution
        .history()
        .iter()
        .find(|event| is_entered(&event.details))
        .unwrap();
    let variables = Object::from_iter([("limit", Value::from(100))]);
    execution.moment(event.id, variables).unwrap()
}

const CHOICE: &str = r#"{"StartAt": "C", "States": {"C": {"Type": "Choice", "Choices": [
    {"And": [{"Variable": "$.kind", "StringEquals": "big"}, {"Variable": "$.total", "NumericGreaterThan": 1}], "Next": "E"},
    {"Not": {"Variable": "$.total", "NumericGreaterThanPath": "$.most"}, "Next": "E"},
    {"Variable": "$.gone", "IsPresent": true, "Next": "E"}], "Default": "E"}, "E": {"Type": "Succeed"}}}"#;

#[test]
fn each_rule_tells_what_it_compared_and_the_rest_was_not_looked_at() {
    let execution = run(CHOICE, r#"{"kind": "small", "total": 5, "most": 9}"#);
    let rules = moment(&execution, "C").choice().unwrap();
    let verdicts: Vec<_> = rules.iter().map(|rule| rule.verdict.clone()).collect();
    assert_eq!(verdicts, [Verdict::False, Verdict::True, Verdict::NotEvaluated]);
    assert_eq!(rules[0].inner[0].operands[0], ("$.kind".into(), Some("small".into())));
    assert_eq!(rules[0].inner[1].verdict, Verdict::NotEvaluated);
    let values: Vec<_> = rules[1].inner[0]
        .operands
        .iter()
        .map(|(_, value)| value.clone())
        .collect();
    assert_eq!(values, [Some(Value::from(5)), Some(Value::from(9))]);
    let entered = execution
        .history()
        .iter()
        .find(|event| event.event_type.as_str() == "ChoiceStateEntered")
        .unwrap();
    assert_eq!(execution.trace(entered.id).unwrap().rule, Some(1));
}

#[test]
fn a_rule_that_fails_says_why() {
    let execution = run(CHOICE, r#"{"kind": "big"}"#);
    let rules = moment(&execution, "C").choice().unwrap();
    assert!(
        matches!(&rules[0].verdict, Verdict::Failed(cause) if cause.contains("$.total")),
        "{:?}",
        rules[0]
    );
    assert_eq!(rules[1].verdict, Verdict::NotEvaluated);
}

#[test]
fn expressions_see_input_context_and_variables() {
    let execution = run(CHOICE, r#"{"kind": "small", "total": 5, "most": 9}"#);
    let moment = moment(&execution, "C");
    for (language, text, expected) in [
        (QueryLanguage::JsonPath, "$.total", "5"),
        (QueryLanguage::JsonPath, "$limit", "100"),
        (QueryLanguage::JsonPath, "$$.State.Name", "\"C\""),
        (QueryLanguage::JsonPath, "States.MathAdd($.total, 1)", "6"),
        (QueryLanguage::JsonPath, r#"{"a.$": "$.most"}"#, r#"{"a":9}"#),
        (QueryLanguage::Jsonata, "$states.input.total + $limit", "105"),
        (QueryLanguage::Jsonata, "{% $states.context.State.Name %}", "\"C\""),
    ] {
        let value = moment.evaluate(language, text, None).unwrap();
        assert_eq!(value.to_string(), expected, "{text}");
    }
    let other = parse_value(r#"{"total": 1}"#).unwrap();
    let value = moment.evaluate(QueryLanguage::JsonPath, "$.total", Some(&other));
    assert_eq!(value, Ok(Value::from(1)));
}

#[test]
fn what_is_no_expression_and_what_fails_are_told_apart() {
    let execution = run(CHOICE, r#"{"kind": "small", "total": 5, "most": 9}"#);
    let moment = moment(&execution, "C");
    let syntax = moment.evaluate(QueryLanguage::JsonPath, "total", None).unwrap_err();
    assert_eq!(syntax.error, None);
    let missing = moment.evaluate(QueryLanguage::JsonPath, "$.gone", None).unwrap_err();
    assert_eq!(missing.error.as_deref(), Some("States.Runtime"));
    let endless = "($f := function($n) { $f($n + 1) }; $f(1))";
    let endless = moment.evaluate(QueryLanguage::Jsonata, endless, None).unwrap_err();
    assert_eq!(endless.error.as_deref(), Some("States.QueryEvaluationError"));
}

#[test]
fn an_iteration_sees_its_item() {
    let execution = run(
        r#"{"StartAt": "M", "States": {"M": {"Type": "Map", "End": true, "ItemProcessor": {"StartAt": "P", "States": {
            "P": {"Type": "Pass", "End": true}}}}}}"#,
        r#"["a", "b"]"#,
    );
    let value = moment(&execution, "P").evaluate(QueryLanguage::JsonPath, "$$.Map.Item.Value", None);
    assert_eq!(value, Ok(Value::from("a")));
}
