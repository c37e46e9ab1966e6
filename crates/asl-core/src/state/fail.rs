//! Fail: ends the execution, branch or iteration with an error.

use std::sync::Arc;

use asl_json::Value;

use crate::error::{Fault, StateError};
use crate::frame::FrameId;
use crate::interpreter::Ctx;
use crate::machine::Text;
use crate::query::{Scope, unexpected};
use crate::recover;

/// Computes `Error` and `Cause` and fails with them, as they are.
pub(crate) fn enter(ctx: &mut Ctx, frame: FrameId, error: Option<&Text>, cause: Option<&Text>) -> Result<(), Fault> {
    let input = ctx.frames[frame].input.clone();
    let made = {
        let scope = Scope::new(ctx, frame, &input);
        StateError {
            error: error
                .map(|text| evaluate(&scope, "ErrorPath", text, &input))
                .transpose()?,
            cause: cause
                .map(|text| evaluate(&scope, "CausePath", text, &input))
                .transpose()?,
            ..StateError::default()
        }
    };
    recover::fail(ctx, frame, made);
    Ok(())
}

fn evaluate(scope: &Scope<'_>, field: &str, text: &Text, input: &Value) -> Result<Arc<str>, Fault> {
    let value = match text {
        Text::Literal(text) => return Ok(Arc::clone(text)),
        Text::Path(path) => scope.look_up(path).map_err(|_| {
            Fault::runtime(format!(
                "The JSONPath '{}' specified for the field '{field}' could not be found in the input '{input}'",
                path.text()
            ))
        })?,
        Text::Intrinsic(intrinsic) => intrinsic.evaluate(scope)?,
        Text::Expression(template) => {
            let value = template.evaluate(scope)?;
            match value {
                Value::String(text) => return Ok(text),
                value => return Err(unexpected(template, "string", &value)),
            }
        }
    };
    match value {
        Value::String(text) => Ok(text),
        value => Err(Fault::runtime(format!(
            "The field '{field}' must be a string but was: {value}"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::testing::Run;

    #[test]
    fn an_empty_one_fails_without_error_and_cause() {
        expect![[r#"
            1<-0 ExecutionStarted
            2<-0 FailStateEntered A {}
            3<-2 ExecutionFailed
        "#]]
        .assert_eq(&Run::states(r#"{"A": {"Type": "Fail"}}"#).history());
    }

    #[test]
    fn its_own_cause_stands_as_it_is() {
        let run = Run::states(
            r#"{"A": {"Type": "Fail", "ErrorPath": "$.e", "CausePath": "States.Format('{}!', $$.State.Name)"}}"#,
        );
        expect![[r#"
            1<-0 ExecutionStarted
            2<-0 FailStateEntered A {"e":"Oops"}
            3<-2 ExecutionFailed Oops: A!
        "#]]
        .assert_eq(&run.input(r#"{"e":"Oops"}"#).history());
    }

    #[test]
    fn a_path_to_nothing_is_a_runtime_error() {
        expect![[r#"
            1<-0 ExecutionStarted
            2<-0 FailStateEntered A {}
            3<-2 ExecutionFailed States.Runtime: An error occurred while executing the state 'A' (entered at the event id #2). The JSONPath '$.e' specified for the field 'ErrorPath' could not be found in the input '{}'
        "#]].assert_eq(&Run::states(r#"{"A": {"Type": "Fail", "ErrorPath": "$.e"}}"#).history());
    }
}
