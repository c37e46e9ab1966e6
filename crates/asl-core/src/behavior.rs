//! The one place for behavior on which observations of the service differ.
//!
//! The default is the newest observation. [`Behavior::as_of`] gives what the service did at an earlier instant, so that an
//! older recorded history can be replayed event for event.

use crate::timestamp::Timestamp;

/// How the service behaves where it was seen behaving in more than one way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Behavior {
    /// Which event the `EvaluationFailed` of a state that did nothing before it points back to.
    pub evaluation_failed_previous: EvaluationFailedPrevious,
    /// Which event the `MapStateExited` of a distributed Map points back to.
    pub map_run_exit_previous: MapRunExitPrevious,
    /// Whether `States.ALL` matches `States.DataLimitExceeded`. Recorded so in 2024; the documentation denies it.
    pub states_all_matches_data_limit: bool,
    /// Error name of a Choice state without a matching rule and without `Default`. Measured `States.Runtime`; the
    /// specification says `States.NoChoiceMatched`.
    pub no_choice_matched_error: &'static str,
    /// Error name of a result path that cannot be applied. Observed `States.ReferencePathConflict`; the specification says
    /// `States.ResultPathMatchFailure`.
    pub result_path_error: &'static str,
    /// Whether the context object counts redrives, as it does since redriving was launched in November 2023.
    pub context_has_redrive_count: bool,
    /// Whether `Items` of a JSONata Map may be an object, as documented since 2025. Recordings of 2024 refuse it.
    pub items_may_be_object: bool,
}

/// See [`Behavior::evaluation_failed_previous`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EvaluationFailedPrevious {
    /// The state's own Entered event: observed from December 2024 on.
    Entered,
    /// The event before the state's Entered event: recorded in November 2024.
    BeforeEntered,
}

/// See [`Behavior::map_run_exit_previous`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MapRunExitPrevious {
    /// `MapRunStarted`: recorded from November 2024 on.
    MapRunStarted,
    /// `MapRunSucceeded`: recorded until August 2024.
    MapRunSucceeded,
}

/// 2023-11-15: redriving was launched.
const REDRIVE_LAUNCHED: Timestamp = Timestamp(1_700_006_400_000);
/// 2024-12-01: lies between the recordings of either behavior.
const EVALUATION_FAILED_CHANGED: Timestamp = Timestamp(1_733_011_200_000);
/// 2024-10-01: lies between the recordings of either behavior.
const MAP_RUN_EXIT_CHANGED: Timestamp = Timestamp(1_727_740_800_000);

impl Default for Behavior {
    fn default() -> Behavior {
        Behavior {
            evaluation_failed_previous: EvaluationFailedPrevious::Entered,
            map_run_exit_previous: MapRunExitPrevious::MapRunStarted,
            states_all_matches_data_limit: true,
            no_choice_matched_error: "States.Runtime",
            result_path_error: "States.ReferencePathConflict",
            context_has_redrive_count: true,
            items_may_be_object: false,
        }
    }
}

impl Behavior {
    /// Returns what the service did at that instant, as far as dated recordings tell.
    pub fn as_of(instant: Timestamp) -> Behavior {
        let mut behavior = Behavior::default();
        if instant < EVALUATION_FAILED_CHANGED {
            behavior.evaluation_failed_previous = EvaluationFailedPrevious::BeforeEntered;
        }
        if instant < MAP_RUN_EXIT_CHANGED {
            behavior.map_run_exit_previous = MapRunExitPrevious::MapRunSucceeded;
        }
        behavior.context_has_redrive_count = instant >= REDRIVE_LAUNCHED;
        behavior
    }
}
