//! A document as the page keeps it: the draft in storage, and an example.
//!
//! The shape is that of the documents in links (`asl_link`), with what only the page knows under `about`: `{"v": 1,
//! "title", "asl", "input", "mocks": [{"match": {"state"} or {"resource"}, "js"} or {"match", "steps": [{"return"} or
//! {"fail": {"Error", "Cause"}} or {"timeout": true} or {"waitForToken": true} or
//! {"noAnswer": true}, "delayMs"]}], "about"}`. Texts are verbatim,
//! so that formatting survives. Members that are unknown here are ignored.

use std::collections::BTreeMap;
use std::rc::Rc;

use asl_protocol::{ExecutionType, StateMachineText};
use serde::{Deserialize, Serialize};

use crate::by_ptr::ByPtr;

use super::mocks::{AnswerKind, KeyOf, MockDraft, MockKind, Mocks, StepDraft, key_of, seconds_text, target_key};

/// The version that is written.
pub(crate) const VERSION: u32 = 1;

/// A document as it is kept and shared.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Snapshot {
    /// Version of the format.
    #[serde(default)]
    pub v: u32,
    /// What the toolbar calls it.
    #[serde(default)]
    pub title: String,
    /// Text of the definition.
    #[serde(rename = "asl", default)]
    pub definition: String,
    /// Text of the execution input.
    #[serde(default)]
    pub input: String,
    /// Mocks that differ from an echo.
    #[serde(default)]
    pub mocks: Vec<SavedMock>,
    /// What there is to know besides.
    #[serde(skip_serializing_if = "About::is_default", default)]
    pub about: About,
}

/// What there is to know about a document besides its texts and its mocks.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct About {
    /// Whether it is an EXPRESS state machine.
    pub is_express: bool,
    /// The instant at which its runs start, RFC 3339; empty for now.
    pub start: String,
    /// Seed of its runs, where it has one.
    pub seed: Option<u64>,
    /// Name of its executions; a name made from the seed where it is empty.
    pub name: String,
    /// Names of the states that its runs pause at. The definition may have lost some of them.
    pub breakpoints: Vec<String>,
    /// Other state machines that its tasks may start. They stay in this browser: a link does not carry them.
    pub machines: Vec<OtherMachine>,
    /// What a later version wrote into it, as text of a JSON object.
    pub unknown: String,
    /// Where its JavaScript came from, `link:` or `file:` and the digest of its content; empty for the reader's own.
    pub origin: String,
    /// Whether it is larger than the service takes, so that it is only shown.
    pub is_read_only: bool,
}

/// A state machine that tasks may start.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct OtherMachine {
    /// Its ARN, or its name in the playground's own account and region.
    pub name: String,
    /// Text of its definition.
    pub asl: String,
}

impl About {
    /// Returns the other state machines as the engine wants them.
    pub(crate) fn machine_texts(&self) -> Vec<StateMachineText> {
        let text = |machine: &OtherMachine| StateMachineText {
            name: machine.name.clone(),
            text: machine.asl.clone(),
        };
        self.machines.iter().map(text).collect()
    }

    /// Returns the type of the state machine.
    pub(crate) fn execution_type(&self) -> ExecutionType {
        if self.is_express {
            ExecutionType::Express
        } else {
            ExecutionType::Standard
        }
    }

    fn is_default(&self) -> bool {
        *self == About::default()
    }
}

/// A mock as it is kept and shared.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct SavedMock {
    /// Whose tasks it answers.
    #[serde(rename = "match", default)]
    pub matches: SavedMatch,
    /// JavaScript, where it is a snippet.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub js: Option<String>,
    /// Responses in order, where it is not.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub steps: Vec<SavedStep>,
}

/// Whose tasks a mock answers: one of the two members is there.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct SavedMatch {
    /// Name of a Task state.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub state: Option<String>,
    /// A pattern of resources, `*:function:NAME`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub resource: Option<String>,
}

/// One response.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct SavedStep {
    /// The result, as a value.
    #[serde(rename = "return", skip_serializing_if = "Option::is_none", default)]
    pub result: Option<serde_json::Value>,
    /// The result as text, where a value would lose the reader's formatting or the text is no JSON.
    #[serde(rename = "returnText", skip_serializing_if = "Option::is_none", default)]
    pub result_text: Option<String>,
    /// The failure.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub fail: Option<SavedFailure>,
    /// Whether the function runs out of its own time.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub timeout: bool,
    /// Whether nothing ever comes.
    #[serde(rename = "noAnswer", skip_serializing_if = "std::ops::Not::not", default)]
    pub no_answer: bool,
    /// Whether the reader answers by the task token.
    #[serde(rename = "waitForToken", skip_serializing_if = "std::ops::Not::not", default)]
    pub wait_for_token: bool,
    /// Virtual milliseconds before the answer.
    #[serde(rename = "delayMs", skip_serializing_if = "is_zero", default)]
    pub delay_ms: u64,
}

/// A failure.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct SavedFailure {
    #[serde(default)]
    pub error: String,
    #[serde(default)]
    pub cause: String,
}

#[cfg_attr(
    target_pointer_width = "64",
    expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")
)]
fn is_zero(number: &u64) -> bool {
    *number == 0
}

impl Snapshot {
    /// Returns whether it brings JavaScript.
    pub(crate) fn has_java_script(&self) -> bool {
        self.mocks.iter().any(|mock| mock.js.is_some())
    }

    /// Returns it as the page would write it again: the same document, one order of mocks.
    pub(crate) fn settled(&self) -> Snapshot {
        let mocks = Mocks {
            drafts: self.drafts(),
            ..Mocks::default()
        };
        Snapshot {
            v: VERSION,
            mocks: Snapshot::mocks_of(&mocks),
            ..self.clone()
        }
    }

    /// Returns the drafts of its mocks by the keys of their targets.
    pub(crate) fn drafts(&self) -> BTreeMap<Rc<str>, ByPtr<MockDraft>> {
        self.mocks
            .iter()
            .filter_map(|saved| Some((saved.key()?, ByPtr::new(saved.draft()))))
            .collect()
    }

    /// Returns the mocks of the page as they are kept.
    pub(crate) fn mocks_of(mocks: &Mocks) -> Vec<SavedMock> {
        mocks
            .drafts
            .iter()
            .filter(|(_, draft)| !draft.is_echo())
            .map(|(key, draft)| SavedMock::new(key, draft))
            .collect()
    }
}

impl SavedMock {
    fn new(key: &str, draft: &MockDraft) -> SavedMock {
        let matches = match key_of(key) {
            KeyOf::Function(name) => SavedMatch {
                resource: Some(format!("*:function:{name}")),
                ..SavedMatch::default()
            },
            KeyOf::State(name) => SavedMatch {
                state: Some(name.to_owned()),
                ..SavedMatch::default()
            },
        };
        let js = (draft.kind == MockKind::JavaScript).then(|| draft.code.to_string());
        let steps = match draft.kind {
            MockKind::JavaScript => Vec::new(),
            MockKind::Responses => draft.steps.iter().map(SavedStep::new).collect(),
        };
        SavedMock { matches, js, steps }
    }

    pub(super) fn key(&self) -> Option<Rc<str>> {
        if let Some(state) = &self.matches.state {
            return Some(target_key(None, state));
        }
        let pattern = self.matches.resource.as_deref()?;
        let function = pattern.rsplit_once(":function:").map_or(pattern, |(_, name)| name);
        Some(target_key(Some(function), ""))
    }

    pub(super) fn draft(&self) -> MockDraft {
        let mut draft = MockDraft::default();
        if let Some(js) = &self.js {
            draft.code = js.as_str().into();
        } else {
            draft.kind = MockKind::Responses;
            draft.steps = self.steps.iter().map(SavedStep::draft).collect();
        }
        draft
    }
}

impl SavedStep {
    fn new(step: &StepDraft) -> SavedStep {
        let mut saved = SavedStep {
            delay_ms: step.delay_ms(),
            ..SavedStep::default()
        };
        match step.answer {
            AnswerKind::Return => {
                let value = serde_json::from_str::<serde_json::Value>(&step.result).ok();
                match value.filter(|value| pretty(value) == step.result) {
                    Some(value) => saved.result = Some(value),
                    None => saved.result_text = Some(step.result.clone()),
                }
            }
            AnswerKind::Fail => {
                saved.fail = Some(SavedFailure {
                    error: step.error.clone(),
                    cause: step.cause.clone(),
                });
            }
            AnswerKind::TimeOut => saved.timeout = true,
            AnswerKind::WaitForToken => saved.wait_for_token = true,
            AnswerKind::NoAnswer => saved.no_answer = true,
        }
        saved
    }

    fn draft(&self) -> StepDraft {
        let mut step = StepDraft {
            delay_seconds: seconds_text(self.delay_ms),
            ..StepDraft::default()
        };
        if let Some(failure) = &self.fail {
            step.answer = AnswerKind::Fail;
            step.error.clone_from(&failure.error);
            step.cause.clone_from(&failure.cause);
        } else if self.timeout {
            step.answer = AnswerKind::TimeOut;
        } else if self.wait_for_token {
            step.answer = AnswerKind::WaitForToken;
        } else if self.no_answer {
            step.answer = AnswerKind::NoAnswer;
        } else if let Some(text) = &self.result_text {
            step.result.clone_from(text);
        } else {
            step.result = pretty(self.result.as_ref().unwrap_or(&serde_json::Value::Null));
        }
        step
    }
}

fn pretty(value: &serde_json::Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round_trip(json: &str) {
        let snapshot: Snapshot = serde_json::from_str(json).unwrap();
        let mocks = Mocks {
            drafts: snapshot.drafts(),
            ..Mocks::default()
        };
        let again = Snapshot {
            mocks: Snapshot::mocks_of(&mocks),
            ..snapshot
        };
        assert_eq!(serde_json::to_string(&again).unwrap(), json);
    }

    #[test]
    fn mocks_survive_the_way_through_the_page() {
        round_trip(
            r#"{"v":1,"title":"T","asl":"{ }","input":"{}","mocks":[{"match":{"resource":"*:function:F"},"js":"() => 1"},{"match":{"state":"S"},"steps":[{"fail":{"Error":"E","Cause":"C"}},{"return":{"b":1,"a":[]},"delayMs":1500},{"timeout":true},{"waitForToken":true},{"noAnswer":true},{"returnText":"not json"}]}]}"#,
        );
    }

    #[test]
    fn settling_twice_is_settling_once() {
        for example in super::super::examples::EXAMPLES {
            let settled = example.snapshot().settled();
            assert_eq!(settled, settled.settled(), "{}", example.slug);
        }
    }

    #[test]
    fn members_may_be_missing_or_unknown() {
        let snapshot: Snapshot = serde_json::from_str(r#"{"v":1,"asl":"{}","later":true}"#).unwrap();
        assert_eq!((snapshot.definition.as_str(), snapshot.mocks.len()), ("{}", 0));
    }
}
