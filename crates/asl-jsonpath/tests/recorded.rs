//! Templates and paths against answers recorded from Step Functions.
//!
//! The recordings are not part of the repository. Where they are absent the test says so on standard error and does
//! nothing.

use std::fs;
use std::path::PathBuf;

use asl_json::{Value, parse_value};
use asl_jsonpath::{OutOfFuel, Path, Scope, Template};

/// A scope with an input and the little of the context object that the recorded templates look at.
struct Recorded {
    input: Value,
    context: Value,
}

impl Scope for Recorded {
    fn input(&self) -> &Value {
        &self.input
    }

    fn context(&self) -> Value {
        self.context.clone()
    }

    fn variable(&self, _: &str) -> Option<Value> {
        None
    }

    fn random(&self) -> u64 {
        0
    }

    fn spend(&self, _: u64) -> Result<(), OutOfFuel> {
        Ok(())
    }
}

fn at<'v>(value: &'v Value, way: &[&str]) -> Option<&'v Value> {
    way.iter().try_fold(value, |value, name| value.get(name))
}

fn text<'v>(value: &'v Value, way: &[&str]) -> &'v str {
    at(value, way).and_then(Value::as_str).unwrap_or_default()
}

fn recorded(case: &Value) -> Recorded {
    let environment = |name: &str| Value::from(text(case, &["environment", name]));
    let machine = text(case, &["environment", "stateMachineArn"]);
    let machine_name = machine.rsplit(':').next().unwrap_or_default();
    let input = at(case, &["input"]).cloned().unwrap_or_default();
    let execution = [
        ("Id", environment("executionArn")),
        ("Name", environment("executionName")),
        ("Input", input.clone()),
    ];
    let context = Value::object([
        ("Execution", Value::object(execution)),
        (
            "StateMachine",
            Value::object([("Id", Value::from(machine)), ("Name", Value::from(machine_name))]),
        ),
    ]);
    Recorded { input, context }
}

/// Returns the only state where the definition is a single Pass state with `Parameters` or `InputPath` alone.
fn single_pass_state(case: &Value) -> Option<&Value> {
    let states = at(case, &["definition", "States"])?.as_object()?;
    let state = states.values().next().filter(|_| states.len() == 1)?;
    let is_jsonata = at(case, &["definition"])?.get("QueryLanguage").is_some() || state.get("QueryLanguage").is_some();
    let other_fields = ["Assign", "Result", "ResultPath", "OutputPath"];
    let is_plain = text(state, &["Type"]) == "Pass" && other_fields.iter().all(|field| state.get(field).is_none());
    (is_plain && !is_jsonata).then_some(state)
}

/// Returns what the state makes of its input, or the cause of its failure without the part that names the state.
fn output(state: &Value, scope: &Recorded) -> Result<Value, String> {
    if let Some(path) = state.get("InputPath").and_then(Value::as_str) {
        let path = Path::parse(path).map_err(|error| error.to_string())?;
        return path
            .evaluate(scope)
            .map_err(|error| format!("Invalid path '{}' : {error}", path.text()));
    }
    let template =
        Template::compile(state.get("Parameters").unwrap_or(&Value::Null)).map_err(|errors| errors[0].to_string())?;
    template.evaluate(scope).map_err(|error| error.to_string())
}

/// Returns true where the recording holds values that differ from run to run.
fn is_random(case: &Value) -> bool {
    if at(case, &["definition"]).is_some_and(|definition| definition.to_string().contains("States.UUID")) {
        return true;
    }
    let text = at(case, &["expect"]).unwrap_or(&Value::Null).to_string();
    let tokens = at(case, &["normalise"]).and_then(Value::as_array);
    tokens.is_some_and(|tokens| tokens.iter().any(|token| text.contains(self::text(token, &["token"]))))
}

#[test]
fn single_pass_states_give_what_was_recorded() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/conformance/localstack/cases");
    let Ok(files) = fs::read_dir(&folder) else {
        eprintln!("SKIPPED: the recorded cases are not at {}", folder.display());
        return;
    };
    let mut checked = 0;
    for file in files {
        let text_of_case = fs::read_to_string(file.unwrap().path()).unwrap();
        let Ok(case) = parse_value(&text_of_case) else { continue };
        let Some(state) = single_pass_state(&case).filter(|_| text(&case, &["kind"]) == "execution") else {
            continue;
        };
        let id = text(&case, &["id"]);
        if is_random(&case) || (state.get("Parameters").is_none() && state.get("InputPath").is_none()) {
            continue;
        }
        checked += 1;
        match output(state, &recorded(&case)) {
            Ok(value) => assert_eq!(Some(&value), at(&case, &["expect", "output"]), "{id}"),
            Err(tail) => assert!(text(&case, &["expect", "cause"]).ends_with(&tail), "{id}: {tail}"),
        }
    }
    assert!(
        checked > 60,
        "only {checked} of the recorded cases are of the kind this test knows"
    );
}
