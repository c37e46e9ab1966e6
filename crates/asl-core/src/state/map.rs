//! Map: runs the same states for each of many items.

use std::sync::Arc;

use asl_json::Value;
use asl_jsonpath::{Path, PathError};
use asl_model::QueryLanguage;

use crate::dataflow;
use crate::error::Fault;
use crate::frame::{FrameId, Item, Phase};
use crate::history::{Details, EventType};
use crate::interpreter::Ctx;
use crate::machine::{Map, Scalar, State};
use crate::map_run;
use crate::query::{Scope, integer_of, unexpected};
use crate::region::{self, Region};

/// How many iterations of an inline Map run at the same time at most. Source: Developer Guide, "Map state".
const INLINE_CEILING: usize = 40;

/// Finds the items and starts the first iterations, as many as may run at the same time.
pub(crate) fn enter(ctx: &mut Ctx, frame: FrameId, state: &State, map: &Map) -> Result<(), Fault> {
    region::discard_inside(ctx, frame);
    let effective = dataflow::effective_input(ctx, frame, state)?;
    if map.distributed.is_some() {
        let concurrency = max_concurrency(ctx, frame, map, &effective)?;
        return map_run::enter(ctx, frame, state, map, &effective, concurrency);
    }
    let items = items(ctx, frame, state, map, &effective)?;
    let concurrency = max_concurrency(ctx, frame, map, &effective)?;
    let size = items.len();
    let length = u32::try_from(size).unwrap_or(u32::MAX);
    let previous = ctx.log(frame, EventType::MapStateStarted, Details::MapStateStarted { length });
    ctx.frames[frame].region = Some(Box::new(Region {
        items,
        effective,
        ..Region::of(size)
    }));
    if size == 0 {
        ctx.queue(frame, Phase::Joined);
        return Ok(());
    }
    ctx.set_phase(frame, Phase::Joining);
    for _ in 0..size.min(concurrency.unwrap_or(INLINE_CEILING).min(INLINE_CEILING)) {
        if let Err(fault) = region::start_iteration(ctx, frame, state, previous) {
            region::abort_children(ctx, frame, None, previous);
            return Err(fault);
        }
    }
    Ok(())
}

/// Leaves with the outputs of the iterations, in the order of the items.
pub(crate) fn resume(ctx: &mut Ctx, frame: FrameId, state: &State, map: &Map) -> Result<(), Fault> {
    if map.distributed.is_some() {
        return map_run::join(ctx, frame, state, map);
    }
    region::join(ctx, frame, state, EventType::MapStateSucceeded)
}

/// Returns how many iterations may run at the same time; `None` where only the service's ceiling counts.
pub(crate) fn max_concurrency(
    ctx: &mut Ctx,
    frame: FrameId,
    map: &Map,
    effective: &Value,
) -> Result<Option<usize>, Fault> {
    let Some(scalar) = &map.max_concurrency else {
        ctx.trace(frame, |trace| trace.max_concurrency = Some(0));
        return Ok(None);
    };
    let value =
        Scope::new(ctx, frame, effective).integer(scalar, |path, value| whole("MaxConcurrencyPath", path, &value))?;
    if value < 0 {
        return Err(Fault::runtime("MaxConcurrency cannot be negative."));
    }
    ctx.trace(frame, |trace| trace.max_concurrency = Some(value));
    Ok((value > 0).then(|| usize::try_from(value).unwrap_or(usize::MAX)))
}

/// Returns the whole number at a path; a string that writes one counts.
pub(crate) fn whole(field: &str, path: &Path, value: &Value) -> Result<i64, Fault> {
    let written = value.as_str().and_then(|text| text.parse().ok());
    integer_of(value)
        .or(written)
        .ok_or_else(|| invalid(field, "integer", path, value))
}

/// Returns the number at a path; a string that writes one counts.
pub(crate) fn float(field: &str, path: &Path, value: &Value) -> Result<f64, Fault> {
    let number = value.as_number().map(asl_json::Number::as_f64);
    let written = value.as_str().and_then(|text| text.parse().ok());
    number.or(written).ok_or_else(|| invalid(field, "float", path, value))
}

fn invalid(field: &str, kind: &str, path: &Path, value: &Value) -> Fault {
    let shown = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let path = path.text();
    Fault::runtime(format!(
        "The {field} field refers to value \"{shown}\" which is not a valid {kind}: {path}"
    ))
}

/// Returns the value of a field that tolerates failures, where the state has it.
pub(crate) fn scalar_of(
    ctx: &Ctx,
    frame: FrameId,
    field: &str,
    scalar: Option<&Scalar<i64>>,
    effective: &Value,
) -> Result<Option<i64>, Fault> {
    let scope = Scope::new(ctx, frame, effective);
    scalar
        .map(|scalar| scope.integer(scalar, |path, value| whole(field, path, &value)))
        .transpose()
}

/// Returns the items that the state's own data give.
pub(crate) fn items(
    ctx: &mut Ctx,
    frame: FrameId,
    state: &State,
    map: &Map,
    effective: &Value,
) -> Result<Vec<Item>, Fault> {
    let source = match state.query_language {
        QueryLanguage::JsonPath => at_items_path(ctx, frame, map, effective)?,
        QueryLanguage::Jsonata => computed(ctx, frame, map, effective)?,
    };
    Ok(items_of(&source, None))
}

fn at_items_path(ctx: &mut Ctx, frame: FrameId, map: &Map, effective: &Value) -> Result<Value, Fault> {
    let value = match &map.items_path {
        None => effective.clone(),
        Some(path) => Scope::new(ctx, frame, effective)
            .look_up(path)
            .map_err(|error| missing_items(path, &error, effective))?,
    };
    if is_iterable(ctx, &value) {
        ctx.trace(frame, |trace| trace.after_items_path = Some(value.clone()));
        return Ok(value);
    }
    // A path into the context object is written with one dollar sign here. Source: recordings.
    let text = map.items_path.as_ref().map_or("$", |path| path.text());
    let text = text
        .strip_prefix("$$")
        .map_or(text.to_owned(), |rest| format!("${rest}"));
    Err(Fault::runtime(format!(
        "Reference path \"{text}\" must point to array."
    )))
}

/// Returns the fault of an items path that finds nothing: the last step cannot be applied.
fn missing_items(path: &Path, error: &PathError, effective: &Value) -> Fault {
    let (PathError::NoResults(normalized) | PathError::MissingProperty(normalized)) = error else {
        return Fault::path(path, error);
    };
    let step = normalized.rsplit('[').next().unwrap_or_default();
    let step = step.trim_end_matches(']').trim_matches('\'');
    Fault::Interpreter {
        error: "States.ReferencePathConflict",
        message: format!("Unable to apply step \"{step}\" to input {effective}"),
    }
}

fn computed(ctx: &Ctx, frame: FrameId, map: &Map, effective: &Value) -> Result<Value, Fault> {
    let Some(template) = &map.items else {
        if is_iterable(ctx, effective) {
            return Ok(effective.clone());
        }
        return Err(Fault::query(
            format!("Map state input must be an array but was: {effective}"),
            None,
        ));
    };
    let value = template.evaluate(&Scope::new(ctx, frame, effective))?;
    if is_iterable(ctx, &value) {
        return Ok(value);
    }
    Err(unexpected(template, "array", &value))
}

fn is_iterable(ctx: &Ctx, value: &Value) -> bool {
    match value {
        Value::Array(_) => true,
        Value::Object(_) => ctx.options.behavior.items_may_be_object,
        _ => false,
    }
}

/// Returns the items of an array, or of an object by its keys.
pub(crate) fn items_of(source: &Value, origin: Option<&Arc<str>>) -> Vec<Item> {
    let item = |index: usize, key: Option<&Arc<str>>, value: &Value| Item {
        index: u32::try_from(index).unwrap_or(u32::MAX),
        value: value.clone(),
        key: key.cloned(),
        source: origin.cloned(),
    };
    match source {
        Value::Array(array) => array
            .iter()
            .enumerate()
            .map(|(index, value)| item(index, None, value))
            .collect(),
        Value::Object(object) => object
            .iter()
            .enumerate()
            .map(|(index, (key, value))| item(index, Some(key), value))
            .collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::testing::{Answer, Run};

    const TASKS: &str = r#"{"M": {"Type": "Map", "End": true, "ItemProcessor": {"StartAt": "T", "States": {
        "T": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "TimeoutSeconds": 5, "End": true}}}}}"#;

    #[test]
    fn iterations_do_at_once_what_they_can_before_any_task_starts() {
        let hangs = [Answer::Hangs, Answer::Hangs, Answer::Hangs, Answer::Hangs];
        expect![[r#"
            1<-0 ExecutionStarted
            2<-0 MapStateEntered M [1,2,3,4]
            3<-2 MapStateStarted 4
            4<-3 MapIterationStarted M[0]
            5<-3 MapIterationStarted M[1]
            6<-3 MapIterationStarted M[2]
            7<-3 MapIterationStarted M[3]
            8<-4 TaskStateEntered T 1
            9<-8 TaskScheduled 1
            10<-5 TaskStateEntered T 2
            11<-10 TaskScheduled 2
            12<-6 TaskStateEntered T 3
            13<-12 TaskScheduled 3
            14<-7 TaskStateEntered T 4
            15<-14 TaskScheduled 4
            16<-9 TaskStarted
            17<-11 TaskStarted
            18<-13 TaskStarted
            19<-15 TaskStarted
            +5s
            20<-16 TaskTimedOut States.Timeout
            21<-17 TaskTimedOut States.Timeout
            22<-18 TaskTimedOut States.Timeout
            23<-19 TaskTimedOut States.Timeout
            24<-20 MapIterationFailed M[0]
            25<-20 TaskStateAborted
            26<-20 MapIterationAborted M[1]
            27<-20 TaskStateAborted
            28<-20 MapIterationAborted M[2]
            29<-20 TaskStateAborted
            30<-20 MapIterationAborted M[3]
            31<-20 TaskStateAborted
            32<-20 MapStateFailed
            33<-32 ExecutionFailed States.Timeout
        "#]]
        .assert_eq(&Run::states(TASKS).input("[1,2,3,4]").task("T", &hangs).history());
    }

    #[test]
    fn an_empty_array_gives_an_empty_array() {
        expect![[r#"
            1<-0 ExecutionStarted
            2<-0 MapStateEntered M []
            3<-2 MapStateStarted 0
            4<-3 MapStateSucceeded
            5<-3 MapStateExited M []
            6<-5 ExecutionSucceeded []
        "#]]
        .assert_eq(&Run::states(TASKS).input("[]").history());
    }

    #[test]
    fn one_at_a_time_goes_in_the_order_of_the_items() {
        let run = Run::states(
            r#"{"M": {"Type": "Map", "End": true, "MaxConcurrency": 1, "ItemsPath": "$.a",
                "ItemSelector": {"i.$": "$$.Map.Item.Index", "v.$": "$$.Map.Item.Value", "all.$": "$.k"},
                "ItemProcessor": {"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}}}"#,
        );
        expect![[r#"
            1<-0 ExecutionStarted
            2<-0 MapStateEntered M {"a":["x","y"],"k":0}
            3<-2 MapStateStarted 2
            4<-3 MapIterationStarted M[0]
            5<-4 PassStateEntered A {"i":0,"v":"x","all":0}
            6<-5 PassStateExited A {"i":0,"v":"x","all":0}
            7<-6 MapIterationSucceeded M[0]
            8<-6 MapIterationStarted M[1]
            9<-8 PassStateEntered A {"i":1,"v":"y","all":0}
            10<-9 PassStateExited A {"i":1,"v":"y","all":0}
            11<-10 MapIterationSucceeded M[1]
            12<-11 MapStateSucceeded
            13<-11 MapStateExited M [{"i":0,"v":"x","all":0},{"i":1,"v":"y","all":0}]
            14<-13 ExecutionSucceeded [{"i":0,"v":"x","all":0},{"i":1,"v":"y","all":0}]
        "#]]
        .assert_eq(&run.input(r#"{"a":["x","y"],"k":0}"#).history());
    }

    #[test]
    fn an_error_of_an_iteration_can_be_caught() {
        let run = Run::states(
            r#"{"M": {"Type": "Map", "End": true, "ItemProcessor": {"StartAt": "C", "States": {
                "C": {"Type": "Choice", "Choices": [{"Variable": "$", "NumericEquals": 2, "Next": "F"}], "Default": "W"},
                "W": {"Type": "Wait", "Seconds": 1, "End": true}, "F": {"Type": "Fail", "Error": "E"}}},
                "Catch": [{"ErrorEquals": ["E"], "Next": "Z"}]},
                "Z": {"Type": "Pass", "End": true}}"#,
        );
        expect![[r#"
            1<-0 ExecutionStarted
            2<-0 MapStateEntered M [1,2,3]
            3<-2 MapStateStarted 3
            4<-3 MapIterationStarted M[0]
            5<-3 MapIterationStarted M[1]
            6<-3 MapIterationStarted M[2]
            7<-4 ChoiceStateEntered C 1
            8<-7 ChoiceStateExited C 1
            9<-5 ChoiceStateEntered C 2
            10<-9 ChoiceStateExited C 2
            11<-6 ChoiceStateEntered C 3
            12<-11 ChoiceStateExited C 3
            13<-8 WaitStateEntered W 1
            14<-10 FailStateEntered F 2
            15<-14 MapIterationAborted M[0]
            16<-14 WaitStateAborted
            17<-14 MapIterationFailed M[1]
            18<-14 MapIterationAborted M[2]
            19<-14 MapStateFailed
            20<-19 MapStateExited M {"Error":"E","Cause":""}
            21<-20 PassStateEntered Z {"Error":"E","Cause":""}
            22<-21 PassStateExited Z {"Error":"E","Cause":""}
            23<-22 ExecutionSucceeded {"Error":"E","Cause":""}
        "#]]
        .assert_eq(&run.input("[1,2,3]").history());
    }

    #[test]
    fn variables_of_iterations_vanish_with_them() {
        let run = Run::states(
            r#"{"S": {"Type": "Pass", "Assign": {"x": 1}, "Next": "M"},
                "M": {"Type": "Map", "Next": "E", "MaxConcurrency": 1, "ItemProcessor": {"StartAt": "A", "States": {
                "A": {"Type": "Pass", "Assign": {"y.$": "States.MathAdd($x, $)"}, "Next": "B"},
                "B": {"Type": "Pass", "Parameters": {"y.$": "$y"}, "End": true}}}},
                "E": {"Type": "Pass", "Parameters": {"y.$": "$y"}, "End": true}}"#,
        );
        expect![[r#"
            1<-0 ExecutionStarted
            2<-0 PassStateEntered S [1,2]
            3<-2 PassStateExited S [1,2] $x=1
            4<-3 MapStateEntered M [1,2]
            5<-4 MapStateStarted 2
            6<-5 MapIterationStarted M[0]
            7<-6 PassStateEntered A 1
            8<-7 PassStateExited A 1 $y=2
            9<-8 PassStateEntered B 1
            10<-9 PassStateExited B {"y":2}
            11<-10 MapIterationSucceeded M[0]
            12<-10 MapIterationStarted M[1]
            13<-12 PassStateEntered A 2
            14<-13 PassStateExited A 2 $y=3
            15<-14 PassStateEntered B 2
            16<-15 PassStateExited B {"y":3}
            17<-16 MapIterationSucceeded M[1]
            18<-17 MapStateSucceeded
            19<-17 MapStateExited M [{"y":2},{"y":3}]
            20<-19 PassStateEntered E [{"y":2},{"y":3}]
            21<-20 ExecutionFailed States.Runtime: An error occurred while executing the state 'E' (entered at the event id #20). The JSONPath '$y' specified for the field 'y.$' could not be found in the input '[{"y":2},{"y":3}]'
        "#]].assert_eq(&run.input("[1,2]").history());
    }
}
