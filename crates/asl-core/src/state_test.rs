//! What `TestState` prescribes when it runs a single state: a context object, how often a retrier has been used, and what a
//! Map or Parallel gives without running what is inside it.

use std::sync::Arc;

use asl_json::Value;

use crate::dataflow;
use crate::error::{Fault, StateError};
use crate::frame::FrameId;
use crate::interpreter::Ctx;
use crate::machine::State;
use crate::recover;

/// The circumstances of a tested state.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StateTest {
    /// Stands in for the whole context object.
    pub context: Option<Value>,
    /// How often the retrier that matches has been used already.
    pub retrier_retry_count: u32,
    /// What a Map or Parallel gives.
    pub region: Option<MockedRegion>,
}

/// What a Map or Parallel gives without running what is inside it.
#[derive(Clone, Debug, PartialEq)]
pub enum MockedRegion {
    /// The outputs of the iterations or branches.
    Result {
        /// An array, or what a result writer would give.
        result: Value,
        /// How many iterations of a Map failed.
        failed: u32,
    },
    /// An iteration or branch failed so that the state does.
    Failure {
        /// Name of the error.
        error: Option<Arc<str>>,
        /// Its cause.
        cause: Option<Arc<str>>,
    },
}

/// How many failures a tested Map tolerates: all of them where it does not say. Source: recordings.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tolerance {
    pub(crate) count: Option<i64>,
    pub(crate) percentage: Option<f64>,
}

impl Tolerance {
    fn is_exceeded(self, failed: u32, items: usize) -> bool {
        let by_count = match (self.count, self.percentage) {
            (Some(count), _) => i64::from(failed) > count,
            (None, _) => false,
        };
        #[expect(clippy::cast_precision_loss, reason = "numbers of items are small")]
        let share = f64::from(failed) * 100.0 / items.max(1) as f64;
        by_count || self.percentage.is_some_and(|percentage| share > percentage)
    }
}

/// Ends a Map or Parallel as the test prescribes. Returns false where it prescribes nothing.
pub(crate) fn end_region(ctx: &mut Ctx, frame: FrameId, state: &State, tolerance: Tolerance) -> Result<bool, Fault> {
    let test = ctx.options.test.as_ref();
    let Some(region) = test.and_then(|test| test.region.clone()) else {
        return Ok(false);
    };
    match region {
        MockedRegion::Result { result, failed } => {
            let items = result.as_array().map_or(0, |items| items.len());
            if tolerance.is_exceeded(failed, items) {
                return Err(Fault::Plain {
                    error: "States.ExceedToleratedFailureThreshold",
                    cause: "The specified tolerated failure threshold was exceeded".to_owned(),
                });
            }
            let exit = dataflow::exit_with_result(ctx, frame, state, &result)?;
            ctx.leave(frame, state, exit)?;
        }
        MockedRegion::Failure { error, cause } => {
            let error = StateError {
                error,
                cause,
                ..StateError::default()
            };
            recover::fail(ctx, frame, error);
        }
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::Tolerance;

    #[test]
    fn count_and_percentage_each_set_a_limit() {
        let exceeded = |count, percentage, failed| Tolerance { count, percentage }.is_exceeded(failed, 4);
        assert!(!exceeded(None, None, 4));
        assert!(!exceeded(Some(1), None, 1));
        assert!(exceeded(Some(1), None, 2));
        assert!(!exceeded(None, Some(50.0), 2));
        assert!(exceeded(None, Some(50.0), 3));
        assert!(exceeded(Some(4), Some(25.0), 2));
    }
}
