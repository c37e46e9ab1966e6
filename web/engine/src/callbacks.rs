//! Tasks that wait for somebody to call back, and the answers that the reader gives in their place.

use std::sync::{Arc, Mutex, PoisonError};

use asl_core::{Input, Integration, IntegrationPattern, TaskRequest, TaskToken, Timestamp};
use asl_host::{RunId, Session, SessionError, SessionInput};
use asl_protocol as page;

/// A task that nothing in the playground will answer.
#[derive(Clone, Debug)]
struct Waiting {
    task: TaskRequest,
    since: Timestamp,
    /// Whether time stands still for it, so that the reader can answer.
    holds: bool,
}

/// Tasks that nothing in the playground will answer, shared by what answers tasks and what shows the run.
#[derive(Clone, Debug, Default)]
pub(crate) struct Callbacks(Arc<Mutex<Vec<Waiting>>>);

/// Returns whether a task ends by a task token or by the worker of an activity.
pub(crate) fn is_callback(task: &TaskRequest) -> bool {
    match &task.integration {
        Integration::Activity => true,
        Integration::Service { pattern, .. } => *pattern == IntegrationPattern::WaitForTaskToken,
        Integration::LambdaFunction => false,
    }
}

impl Callbacks {
    /// Takes note of a task that waits.
    pub(crate) fn add(&self, task: &TaskRequest, since: Timestamp, holds: bool) {
        let task = task.clone();
        self.lock().push(Waiting { task, since, holds });
    }

    /// Returns the tasks that still wait, in the order in which they began.
    pub(crate) fn waiting(&self, session: &Session) -> Vec<page::WaitingTask> {
        let mut waiting = self.lock();
        waiting.retain(|waiting| run_of(session, &waiting.task.token).is_some());
        waiting.iter().map(message).collect()
    }

    /// Returns whether time stands still for one of them.
    pub(crate) fn hold(&self, session: &Session) -> bool {
        let waiting = self.lock();
        let mut held = waiting.iter().filter(|waiting| waiting.holds);
        held.any(|waiting| run_of(session, &waiting.task.token).is_some())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Waiting>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Hands an answer to the execution that waits for it.
pub(crate) fn answer(session: &mut Session, token: &str, answer: &page::TaskAnswer) -> Result<(), String> {
    let token = TaskToken(token.into());
    let Some(run) = run_of(session, &token) else {
        return Err("TaskTimedOut: no task waits with this token any more.".into());
    };
    let input = match answer {
        page::TaskAnswer::Success(output) => Input::TaskSuccess {
            token,
            output: asl_json::parse_value(output)
                .map_err(|error| format!("InvalidOutput: the output is not JSON: {}", error.message))?,
        },
        page::TaskAnswer::Failure { error, cause } => Input::TaskFailure {
            token,
            error: text(error),
            cause: text(cause),
        },
        page::TaskAnswer::Heartbeat => Input::TaskHeartbeat { token },
    };
    let handled = session.handle(SessionInput::ToRun(run, input));
    handled.map_err(|error| match error {
        SessionError::Execution(asl_core::HandleError::NotDrained) => {
            "The run is paused in the middle of something: let it go on first.".into()
        }
        error => error.to_string(),
    })
}

fn text(text: &str) -> Option<Arc<str>> {
    (!text.is_empty()).then(|| text.into())
}

fn run_of(session: &Session, token: &TaskToken) -> Option<RunId> {
    let waits = session.runs().iter().position(|run| run.execution.waits_for(token));
    waits.map(RunId)
}

fn message(waiting: &Waiting) -> page::WaitingTask {
    let task = &waiting.task;
    page::WaitingTask {
        token: task.token.0.to_string(),
        state: task.state.to_string(),
        resource: task.resource.to_string(),
        is_activity: task.integration == Integration::Activity,
        input: task.input.to_pretty_string("  "),
        iteration: task.item_index,
        since_ms: waiting.since.0,
        timeout_seconds: task.timeout_seconds,
        heartbeat_seconds: task.heartbeat_seconds,
    }
}
