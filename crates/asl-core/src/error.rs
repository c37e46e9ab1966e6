//! The one place that turns what evaluators report into `States.*` errors with AWS's cause texts.

use std::sync::Arc;

use asl_jsonpath::{
    IntrinsicError, IntrinsicErrorKind, Path, PathError, ReferencePathConflict, TemplateError, TemplateErrorKind,
};

use crate::history::EventId;

/// Error name: a data-flow exception. Never retried, never caught.
pub(crate) const RUNTIME: &str = "States.Runtime";
/// Error name: a task ran out of time or missed a heartbeat.
pub(crate) const TIMEOUT: &str = "States.Timeout";
/// Matcher for missed heartbeats, whose error name is [`TIMEOUT`].
pub(crate) const HEARTBEAT_TIMEOUT: &str = "States.HeartbeatTimeout";
/// Error name: a payload beyond its quota.
pub(crate) const DATA_LIMIT_EXCEEDED: &str = "States.DataLimitExceeded";
/// Error name: a JSONata expression failed.
pub(crate) const QUERY_EVALUATION_ERROR: &str = "States.QueryEvaluationError";

/// An error of a state, on its way through Retry and Catch.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct StateError {
    pub(crate) error: Option<Arc<str>>,
    pub(crate) cause: Option<Arc<str>>,
    /// Set where an `EvaluationFailed` event records the error.
    pub(crate) evaluation: Option<Evaluation>,
    /// Whether it is a missed heartbeat.
    pub(crate) missed_heartbeat: bool,
}

/// What an `EvaluationFailed` event tells besides error and cause.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Evaluation {
    /// The field that failed, where there is one.
    pub(crate) location: Option<Arc<str>>,
}

impl StateError {
    /// Returns true for the exceptions that nothing retries or catches.
    pub(crate) fn is_runtime(&self) -> bool {
        self.error.as_deref() == Some(RUNTIME)
    }

    /// Returns a time-out: it has a name and no cause.
    pub(crate) fn timeout(missed_heartbeat: bool) -> StateError {
        StateError {
            error: Some(TIMEOUT.into()),
            missed_heartbeat,
            ..StateError::default()
        }
    }
}

/// What an evaluation reports, before it is known which state to blame.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Fault {
    /// An error of the interpreter: its cause begins with the state and the event that entered it.
    Interpreter { error: &'static str, message: String },
    /// A failed JSONata evaluation: likewise, and recorded by an `EvaluationFailed` event.
    Query { message: String, location: Option<String> },
    /// An error whose cause stands as it is.
    Plain { error: &'static str, cause: String },
}

impl Fault {
    pub(crate) fn runtime(message: impl Into<String>) -> Fault {
        Fault::Interpreter {
            error: RUNTIME,
            message: message.into(),
        }
    }

    pub(crate) fn query(message: impl Into<String>, location: Option<&str>) -> Fault {
        Fault::Query {
            message: message.into(),
            location: location.map(str::to_owned),
        }
    }

    /// Returns the fault of a payload beyond its quota, made by the state or resource of that name.
    pub(crate) fn data_limit(name: &str) -> Fault {
        Fault::Plain {
            error: DATA_LIMIT_EXCEEDED,
            cause: format!(
                "The state/task '{name}' returned a result with a size exceeding the maximum number of bytes service limit."
            ),
        }
    }

    /// Returns the fault of a path field that finds nothing.
    pub(crate) fn path(path: &Path, error: &PathError) -> Fault {
        Fault::runtime(format!("Invalid path '{}' : {error}", path.text()))
    }

    /// Returns the fault of a result path that does not apply, under the name that behavior prescribes.
    pub(crate) fn conflict(error: &'static str, conflict: &ReferencePathConflict) -> Fault {
        Fault::Interpreter {
            error,
            message: conflict.to_string(),
        }
    }

    /// Returns the error of the state that was entered at `entered`.
    pub(crate) fn in_state(self, state: &str, entered: EventId) -> StateError {
        let entered = entered.0;
        self.prefixed_by(&format!(
            "An error occurred while executing the state '{state}' (entered at the event id #{entered}). "
        ))
    }

    /// Returns the error without a word on the state it occurred in.
    pub(crate) fn without_state(self) -> StateError {
        self.prefixed_by("")
    }

    fn prefixed_by(self, prefix: &str) -> StateError {
        let prefixed = |message: String| -> Arc<str> { format!("{prefix}{message}").into() };
        let (error, cause, evaluation) = match self {
            Fault::Interpreter { error, message } => (error, prefixed(message), None),
            Fault::Query { message, location } => (
                QUERY_EVALUATION_ERROR,
                prefixed(message),
                Some(Evaluation {
                    location: location.map(Arc::from),
                }),
            ),
            Fault::Plain { error, cause } => (error, cause.into(), None),
        };
        StateError {
            error: Some(error.into()),
            cause: Some(cause),
            evaluation,
            missed_heartbeat: false,
        }
    }
}

impl From<TemplateError> for Fault {
    fn from(error: TemplateError) -> Fault {
        match &error.kind {
            TemplateErrorKind::Intrinsic(intrinsic) => Fault::from(intrinsic.clone()),
            TemplateErrorKind::Path(_) => Fault::runtime(error.to_string()),
        }
    }
}

impl From<IntrinsicError> for Fault {
    fn from(error: IntrinsicError) -> Fault {
        let name = match error.kind {
            IntrinsicErrorKind::Failure => "States.IntrinsicFailure",
            IntrinsicErrorKind::Argument | IntrinsicErrorKind::OutOfFuel => RUNTIME,
        };
        Fault::Interpreter {
            error: name,
            message: error.to_string(),
        }
    }
}

impl From<asl_jsonata::TemplateError> for Fault {
    fn from(error: asl_jsonata::TemplateError) -> Fault {
        Fault::query(error.to_string(), Some(&error.location))
    }
}
