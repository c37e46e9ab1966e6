//! What answers the tasks of a case: the recording first, then what functions and services do, then mocked responses.
//!
//! Mocked responses come last because the expectations were recorded from real functions and services.

use std::cell::RefCell;
use std::rc::Rc;

use asl_core::{TaskRequest, Timestamp};
use asl_host::{Answer, Answers, MockBehavior, MockFile, MockMatch, Mocks};
use asl_json::Value;

use crate::case::Case;
use crate::handlers::Handlers;
use crate::placeholders::Placeholders;
use crate::replay::Replay;

/// Remarks on tasks that were not answered as the case foresees; shared with whoever started the run.
pub type Remarks = Rc<RefCell<Vec<String>>>;

/// The answers of a case.
#[derive(Debug)]
pub struct CaseAnswers {
    replay: Replay,
    mocks: Mocks,
    handlers: Handlers,
    placeholders: Placeholders,
    remarks: Remarks,
}

impl CaseAnswers {
    /// Reads the answers of a case, whose execution starts at `start`.
    ///
    /// # Errors
    ///
    /// Where the mocked responses of the case cannot be read.
    pub fn new(case: &Case, start: Timestamp, remarks: Remarks) -> Result<CaseAnswers, String> {
        Ok(CaseAnswers {
            replay: Replay::new(case, start),
            mocks: mocks(case)?,
            handlers: Handlers::new(case),
            placeholders: Placeholders::read(&case.file.get("normalise").cloned().unwrap_or_default())?,
            remarks,
        })
    }

    fn remark(&self, task: &TaskRequest, remark: &str) {
        let remark = format!("task of state \"{}\" ({}): {remark}", task.state, task.resource);
        self.remarks.borrow_mut().push(remark);
    }
}

impl Answers for CaseAnswers {
    fn answer(&mut self, task: &TaskRequest, now: Timestamp) -> Answer {
        if let Some(recorded) = self.replay.take(task, now, &self.placeholders) {
            if !recorded.parameters_match {
                self.remark(task, &format!("no recorded attempt was sent {}", task.input));
            }
            return Answer::Deliver(recorded.deliveries);
        }
        if let Some(deliveries) = self.handlers.answer(task) {
            return Answer::Deliver(deliveries);
        }
        match self.mocks.answer(task, now) {
            Answer::Assume(_) => {
                self.remark(task, "nothing in the case answers it");
                Answer::Deliver(Vec::new())
            }
            answer => answer,
        }
    }
}

/// Reads `mockConfig`: mocked responses per state.
fn mocks(case: &Case) -> Result<Mocks, String> {
    let states = case.file.get("mockConfig").and_then(Value::as_object);
    let read = states
        .into_iter()
        .flat_map(asl_json::Object::iter)
        .map(|(state, responses)| {
            let responses = MockFile::read_responses(responses, &format!("/mockConfig/{state}"));
            Ok(asl_host::Mock {
                matches: MockMatch::State(state.clone()),
                behavior: MockBehavior::Responses(responses.map_err(|error| error.to_string())?),
            })
        });
    Ok(Mocks {
        mocks: read.collect::<Result<_, String>>()?,
    })
}

/// Returns the ARNs of the activities that exist while the case runs.
///
/// Where a complete recording has a state that calls an activity but no attempt that was scheduled, the test had deleted
/// the activity.
pub fn activities(case: &Case) -> Vec<std::sync::Arc<str>> {
    let complete = case.file.get("replayComplete").and_then(Value::as_bool) == Some(true);
    let arns = case.list("resources").iter().filter_map(|resource| {
        let is_activity = resource.get("kind").and_then(Value::as_str) == Some("activity");
        resource.get("arn").filter(|_| is_activity)?.as_str()
    });
    let scheduled = |arn: &str| {
        case.list("replay")
            .iter()
            .any(|entry| entry.get("resource").and_then(Value::as_str) == Some(arn))
    };
    arns.filter(|arn| !complete || scheduled(arn)).map(Into::into).collect()
}
