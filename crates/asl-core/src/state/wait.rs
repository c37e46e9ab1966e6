//! Wait: delays.

use std::sync::Arc;

use asl_json::Value;
use asl_jsonpath::Path;

use crate::dataflow;
use crate::error::Fault;
use crate::frame::{FrameId, Phase};
use crate::interpreter::Ctx;
use crate::machine::{Scalar, State, Wait};
use crate::query::{Scope, unexpected};
use crate::timestamp::Timestamp;

/// The longest delay: 2^31 - 1 seconds. Source: recordings (24,855 days pass, 24,856 do not).
const MAX_SECONDS: i64 = 2_147_483_647;

/// Computes the instant to wait for. One that has passed already does not delay.
pub(crate) fn enter(ctx: &mut Ctx, frame: FrameId, state: &State, wait: &Wait) -> Result<(), Fault> {
    let effective = dataflow::effective_input(ctx, frame, state)?;
    let due = match wait {
        Wait::Seconds(scalar) => seconds(ctx, frame, scalar, &effective)?,
        Wait::Timestamp(scalar) => instant(ctx, frame, scalar, &effective)?,
    };
    if due.0.saturating_sub(ctx.now.0) / 1000 > MAX_SECONDS {
        return Err(Fault::runtime("Wait state delay is too long."));
    }
    if due <= ctx.now {
        return resume(ctx, frame, state);
    }
    ctx.wait_until(frame, Phase::Waiting, due);
    Ok(())
}

/// Leaves, once the time has come.
pub(crate) fn resume(ctx: &mut Ctx, frame: FrameId, state: &State) -> Result<(), Fault> {
    let exit = dataflow::exit_with_input(ctx, frame, state)?;
    ctx.leave(frame, state, exit)
}

fn seconds(ctx: &Ctx, frame: FrameId, scalar: &Scalar<i64>, effective: &Value) -> Result<Timestamp, Fault> {
    let scope = Scope::new(ctx, frame, effective);
    let seconds = match scalar {
        Scalar::Path(path) => {
            let value = scope.look_up(path).map_err(|_| missing("SecondsPath", path))?;
            seconds_at(path, &value)?
        }
        scalar => scope.integer(scalar, |_, _| Ok(0))?,
    };
    if seconds < 0 {
        return Err(Fault::query(
            format!("The Seconds field must not be negative but was: {seconds}"),
            Some("Seconds"),
        ));
    }
    Ok(ctx.now + seconds.saturating_mul(1000))
}

fn seconds_at(path: &Path, value: &Value) -> Result<i64, Fault> {
    let path = path.text();
    match value.as_i64() {
        Some(seconds) if seconds < 0 => Err(Fault::runtime(format!(
            "The SecondsPath parameter references a negative value: {path} == {seconds}"
        ))),
        Some(seconds) => Ok(seconds),
        None => Err(Fault::runtime(format!(
            "The SecondsPath parameter cannot be parsed as a long value: {path} == {}",
            plain(value)
        ))),
    }
}

fn missing(field: &str, path: &Path) -> Fault {
    Fault::runtime(format!(
        "The {field} parameter does not reference an input value: {}",
        path.text()
    ))
}

/// Returns a value as a cause shows it: a string without quotes.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn instant(ctx: &Ctx, frame: FrameId, scalar: &Scalar<Arc<str>>, effective: &Value) -> Result<Timestamp, Fault> {
    let scope = Scope::new(ctx, frame, effective);
    match scalar {
        Scalar::Literal(text) => Timestamp::parse(text).ok_or_else(|| {
            Fault::runtime(format!(
                "The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: {text}"
            ))
        }),
        Scalar::Path(path) => {
            let value = scope.look_up(path).map_err(|_| missing("TimestampPath", path))?;
            value.as_str().and_then(Timestamp::parse).ok_or_else(|| {
                Fault::runtime(format!(
                    "The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format \
                     string: {} == {}",
                    path.text(),
                    plain(&value)
                ))
            })
        }
        Scalar::Expression(template) => {
            let value = template.evaluate(&scope)?;
            let Value::String(text) = &value else {
                return Err(unexpected(template, "string", &value));
            };
            Timestamp::parse(text).ok_or_else(|| {
                Fault::query(
                    format!(
                        "The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: \
                         {text}"
                    ),
                    Some("Timestamp"),
                )
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::testing::Run;

    #[test]
    fn virtual_time_passes() {
        let run = Run::states(
            r#"{"A": {"Type": "Wait", "SecondsPath": "$.s", "Next": "B"},
                "B": {"Type": "Wait", "Timestamp": "1970-01-01T00:01:00Z", "Next": "C"},
                "C": {"Type": "Wait", "Timestamp": "1970-01-01T00:00:10Z", "End": true}}"#,
        );
        expect![[r#"
            1<-0 ExecutionStarted
            2<-0 WaitStateEntered A {"s":5}
            +5s
            3<-2 WaitStateExited A {"s":5}
            4<-3 WaitStateEntered B {"s":5}
            +55s
            5<-4 WaitStateExited B {"s":5}
            6<-5 WaitStateEntered C {"s":5}
            7<-6 WaitStateExited C {"s":5}
            8<-7 ExecutionSucceeded {"s":5}
        "#]]
        .assert_eq(&run.input(r#"{"s":5}"#).history());
    }

    #[test]
    fn the_execution_timeout_cuts_it_short() {
        let run = Run::of(
            r#"{"TimeoutSeconds": 5, "StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": 60, "End": true}}}"#,
        );
        expect![[r#"
            1<-0 ExecutionStarted
            2<-0 WaitStateEntered A {}
            +5s
            3<-0 ExecutionTimedOut States.Timeout
        "#]]
        .assert_eq(&run.history());
    }

    #[test]
    fn what_a_path_finds_must_be_a_delay() {
        for (value, expected) in [
            ("-1", "The SecondsPath parameter references a negative value: $.s == -1"),
            (
                "1.5",
                "The SecondsPath parameter cannot be parsed as a long value: $.s == 1.5",
            ),
            ("2147483648", "Wait state delay is too long."),
        ] {
            let run = Run::states(r#"{"A": {"Type": "Wait", "SecondsPath": "$.s", "End": true}}"#);
            let input: &'static str = Box::leak(format!(r#"{{"s":{value}}}"#).into_boxed_str());
            let execution = run.input(input).execute();
            let cause = execution.record().cause.clone().unwrap();
            assert!(cause.ends_with(expected), "{cause}");
        }
    }
}
