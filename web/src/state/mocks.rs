//! What answers the tasks: one mock per Lambda function, and per state for every other task.

use std::collections::BTreeMap;
use std::rc::Rc;

use asl_protocol::{Analysis, Mock, MockAnswer, MockBehavior, MockMatch, MockStep, MockableTask, TaskKind};

use crate::by_ptr::ByPtr;

use super::snapshot::Snapshot;

/// The mocks and what they answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Mocks {
    /// What the definition asks for, in its order.
    pub targets: ByPtr<Vec<MockTarget>>,
    /// Whether the targets are those of the document before: the definition of this one has not been read yet.
    pub is_unread: bool,
    /// What the reader wrote, by key of the target. A target without one echoes its input.
    pub drafts: BTreeMap<Rc<str>, ByPtr<MockDraft>>,
    /// Key of the target whose mock is shown; the first where it is none or gone.
    pub open: Option<Rc<str>>,
    /// Counts the documents; editors write their text anew when it changes.
    pub epoch: u32,
    /// Whether their JavaScript may run.
    pub trust: Trust,
}

/// Whether the JavaScript of the mocks may run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Trust {
    /// It is the reader's own, or was allowed.
    #[default]
    Allowed,
    /// It came with a link and the reader has not allowed it yet.
    Withheld,
    /// The reader is being asked.
    Asked,
    /// Stand-ins take its place, as the reader wanted.
    StandIns,
}

/// A function or a state that a mock answers for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct MockTarget {
    /// `function:NAME` or `state:NAME`.
    pub key: Rc<str>,
    /// Name of the function or the state.
    pub label: Rc<str>,
    /// The resource as written in the first state that names it.
    pub resource: Rc<str>,
    /// The states it answers for.
    pub states: Vec<Rc<str>>,
    /// What kind of task it is.
    pub kind: TaskKind,
}

/// A mock as it is edited. Both kinds are kept while the reader switches between them.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct MockDraft {
    /// Which of the two answers.
    pub kind: MockKind,
    /// The snippet.
    pub code: Rc<str>,
    /// The responses, one per invocation; the last one repeats.
    pub steps: Vec<StepDraft>,
}

/// How a mock answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum MockKind {
    /// By a snippet.
    #[default]
    JavaScript,
    /// By responses in order.
    Responses,
}

/// One response as it is edited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StepDraft {
    /// Which fields count.
    pub answer: AnswerKind,
    /// The result, JSON text.
    pub result: String,
    /// Name of the error.
    pub error: String,
    /// Cause of the error.
    pub cause: String,
    /// Virtual seconds before the answer, as typed.
    pub delay_seconds: String,
}

/// Kinds of responses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum AnswerKind {
    /// A result.
    #[default]
    Return,
    /// An error.
    Fail,
    /// The function runs out of its own time.
    TimeOut,
    /// The reader answers by the task token.
    WaitForToken,
    /// Nothing ever comes.
    NoAnswer,
}

/// The snippet that a new mock begins with. It gives back what it gets.
pub(crate) const ECHO: &str = "\
export const handler = async (event, context) => {
  return event;
};
";

/// Longest delay of a response: a year, the service's longest execution.
const LONGEST_DELAY_MS: u64 = 31_536_000_000;
/// Digits that are read of a delay in milliseconds; leading zeros count.
const LONGEST_DIGITS: i32 = 400;

impl Default for MockDraft {
    fn default() -> MockDraft {
        MockDraft {
            kind: MockKind::JavaScript,
            code: ECHO.into(),
            steps: vec![StepDraft::default()],
        }
    }
}

impl Default for StepDraft {
    fn default() -> StepDraft {
        StepDraft {
            answer: AnswerKind::Return,
            result: "{}".into(),
            error: "States.TaskFailed".into(),
            cause: String::new(),
            delay_seconds: String::new(),
        }
    }
}

impl AnswerKind {
    /// Every kind, in the order of the menu.
    pub(crate) const ALL: [AnswerKind; 5] = [
        AnswerKind::Return,
        AnswerKind::Fail,
        AnswerKind::TimeOut,
        AnswerKind::WaitForToken,
        AnswerKind::NoAnswer,
    ];

    /// Returns what the menu says.
    pub(crate) fn label(self) -> &'static str {
        match self {
            AnswerKind::Return => "Return a result",
            AnswerKind::Fail => "Fail",
            AnswerKind::TimeOut => "Time out",
            AnswerKind::WaitForToken => "Wait for a token",
            AnswerKind::NoAnswer => "Never answer",
        }
    }
}

impl StepDraft {
    /// Returns the delay in virtual milliseconds; text that is no positive number counts as none.
    pub(crate) fn delay_ms(&self) -> u64 {
        milliseconds(self.delay_seconds.trim())
            .unwrap_or(0)
            .min(LONGEST_DELAY_MS)
    }

    pub(crate) fn to_request(&self) -> MockStep {
        let answer = match self.answer {
            AnswerKind::Return => MockAnswer::Return(self.result.clone()),
            AnswerKind::Fail => MockAnswer::Fail {
                error: self.error.clone(),
                cause: self.cause.clone(),
            },
            AnswerKind::TimeOut => MockAnswer::TimeOut,
            AnswerKind::WaitForToken => MockAnswer::WaitForToken,
            AnswerKind::NoAnswer => MockAnswer::NoAnswer,
        };
        MockStep {
            answer,
            delay_ms: self.delay_ms(),
        }
    }
}

impl From<&MockStep> for StepDraft {
    fn from(step: &MockStep) -> StepDraft {
        let mut draft = StepDraft {
            delay_seconds: seconds_text(step.delay_ms),
            ..StepDraft::default()
        };
        match &step.answer {
            MockAnswer::Return(result) => draft.result.clone_from(result),
            MockAnswer::Fail { error, cause } => {
                draft.answer = AnswerKind::Fail;
                draft.error.clone_from(error);
                draft.cause.clone_from(cause);
            }
            MockAnswer::TimeOut => draft.answer = AnswerKind::TimeOut,
            MockAnswer::WaitForToken => draft.answer = AnswerKind::WaitForToken,
            MockAnswer::NoAnswer => draft.answer = AnswerKind::NoAnswer,
        }
        draft
    }
}

/// Returns milliseconds as seconds without needless zeros; empty text for none.
pub(crate) fn seconds_text(milliseconds: u64) -> String {
    if milliseconds == 0 {
        return String::new();
    }
    let text = format!("{}.{:03}", milliseconds / 1000, milliseconds % 1000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Reads seconds such as `1.5`, `.5` or `1e3` in whole milliseconds, the nearest; none where the text is no such number.
///
/// Digits and powers of ten suffice: the standard library's reading of floats brings ten kilobytes of tables.
fn milliseconds(seconds: &str) -> Option<u64> {
    let (digits, exponent) = seconds.split_once(['e', 'E']).unwrap_or((seconds, "0"));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let shift = exponent.parse::<i32>().ok()?.saturating_add(3);
    let digits = format!("{whole}{fraction}");
    let split = i32::try_from(whole.len())
        .ok()?
        .saturating_add(shift)
        .clamp(-1, LONGEST_DIGITS);
    if digits.is_empty() || digits.bytes().any(|byte| !byte.is_ascii_digit()) {
        return None;
    }
    let digit = |at: i32| {
        usize::try_from(at)
            .ok()
            .and_then(|at| digits.as_bytes().get(at))
            .map_or(0, |byte| u64::from(byte - b'0'))
    };
    let milliseconds = (0..split).fold(0, |sum: u64, at| sum.saturating_mul(10).saturating_add(digit(at)));
    Some(milliseconds.saturating_add(u64::from(digit(split) >= 5)))
}

impl MockDraft {
    /// Returns whether it does what a missing mock does.
    pub(crate) fn is_echo(&self) -> bool {
        match self.kind {
            MockKind::JavaScript => &*self.code == ECHO || self.code.trim().is_empty(),
            MockKind::Responses => self.steps.is_empty(),
        }
    }

    /// Returns a word or two for the list.
    pub(crate) fn summary(&self) -> &'static str {
        match self.kind {
            _ if self.is_echo() => "echo",
            MockKind::JavaScript => "JS",
            MockKind::Responses => "data",
        }
    }

    pub(crate) fn to_behavior(&self) -> MockBehavior {
        match self.kind {
            MockKind::JavaScript => MockBehavior::JavaScript(self.code.to_string()),
            MockKind::Responses => MockBehavior::Steps(self.steps.iter().map(StepDraft::to_request).collect()),
        }
    }
}

/// Returns the key of a target: the function's where there is one, else the state's.
pub(crate) fn target_key(function: Option<&str>, state: &str) -> Rc<str> {
    match function {
        Some(function) => format!("function:{}", function_name(function)).into(),
        None => key_of_state(state),
    }
}

fn key_of_state(state: &str) -> Rc<str> {
    format!("state:{state}").into()
}

/// Returns the name within a function's ARN, or the text itself; a version or alias behind it does not count.
fn function_name(function: &str) -> &str {
    let name = function.rsplit_once(":function:").map_or(function, |(_, name)| name);
    name.split_once(':').map_or(name, |(name, _)| name)
}

/// Whose tasks a mock answers.
pub(super) enum KeyOf<'a> {
    /// Those that call the function of this name.
    Function(&'a str),
    /// Those of this state.
    State(&'a str),
}

/// Returns what [`target_key`] made a key of.
pub(super) fn key_of(key: &str) -> KeyOf<'_> {
    match key.strip_prefix("function:") {
        Some(name) => KeyOf::Function(name),
        None => KeyOf::State(key.strip_prefix("state:").unwrap_or(key)),
    }
}

/// Returns which tasks the mock of a key answers.
fn matches(key: &str) -> MockMatch {
    match key_of(key) {
        KeyOf::Function(name) => MockMatch::Resource(name.to_owned()),
        KeyOf::State(name) => MockMatch::State(name.to_owned()),
    }
}

impl Mocks {
    /// Returns the targets of the definition, and after them those of mocks that answer for no task any more.
    pub(crate) fn entries(&self) -> Vec<MockTarget> {
        let mut entries = self.targets.to_vec();
        for (key, draft) in &self.drafts {
            if !draft.is_echo() && entries.iter().all(|target| target.key != *key) {
                entries.push(MockTarget {
                    key: Rc::clone(key),
                    label: key.split_once(':').map_or("", |(_, name)| name).into(),
                    resource: "".into(),
                    states: Vec::new(),
                    kind: TaskKind::Other,
                });
            }
        }
        entries
    }

    /// Returns the target that answers for a state.
    pub(crate) fn target_of(&self, state: &str) -> Option<&MockTarget> {
        let answers = |target: &&MockTarget| target.states.iter().any(|name| &**name == state);
        self.targets.iter().find(answers)
    }

    /// Returns the mock of a target.
    pub(crate) fn draft(&self, key: &str) -> MockDraft {
        self.drafts
            .get(key)
            .map(|draft| MockDraft::clone(draft))
            .unwrap_or_default()
    }

    /// Returns the mocks that a run would ask, with their keys: those of the targets, and while nobody knows these, all.
    /// The first that fits a task answers it, so those of single states come before those of functions.
    fn asked_by_run(&self) -> impl Iterator<Item = (&Rc<str>, &MockDraft)> {
        let is_target = |key: &Rc<str>| self.targets.iter().any(|target| target.key == *key);
        let written = self.drafts.iter().rev().filter(|(_, draft)| !draft.is_echo());
        let asked = written.filter(move |(key, _)| self.is_unread || is_target(key));
        asked.map(|(key, draft)| (key, &**draft))
    }

    /// Returns how many snippets a run would execute.
    pub(crate) fn java_script_count(&self) -> usize {
        let drafts = self.asked_by_run();
        drafts.filter(|(_, draft)| draft.kind == MockKind::JavaScript).count()
    }

    /// Returns whether the reader has to allow the JavaScript before it runs.
    pub(crate) fn is_untrusted(&self) -> bool {
        matches!(self.trust, Trust::Withheld | Trust::Asked)
    }

    /// Returns whether a run would execute a snippet.
    pub(crate) fn has_java_script(&self) -> bool {
        self.java_script_count() > 0
    }

    /// Returns the mocks for a run. Targets that only echo are left to the engine, which needs no sandbox for them.
    pub(crate) fn to_request(&self) -> Vec<Mock> {
        let is_left_out = |draft: &MockDraft| self.trust == Trust::StandIns && draft.kind == MockKind::JavaScript;
        let asked = self.asked_by_run().filter(|(_, draft)| !is_left_out(draft));
        asked
            .map(|(key, draft)| Mock {
                matches: matches(key),
                behavior: draft.to_behavior(),
            })
            .collect()
    }

    /// Takes note of what a text asks for. Text that is not JSON says nothing about tasks.
    pub(crate) fn analyzed(self: &Rc<Mocks>, analysis: &Analysis) -> Rc<Mocks> {
        let targets = targets(&analysis.tasks, &self.drafts);
        let is_known = *self.targets == targets && !self.is_unread;
        if is_known || (targets.is_empty() && !analysis.is_json) {
            return Rc::clone(self);
        }
        // A mock whose task is gone does not stay in front by itself.
        let is_gone = |key: &Rc<str>| {
            let has = |targets: &[MockTarget]| targets.iter().any(|target| target.key == *key);
            has(&self.targets) && !has(&targets)
        };
        let open = self.open.clone().filter(|key| !is_gone(key));
        Rc::new(Mocks {
            targets: ByPtr::new(targets),
            is_unread: false,
            open,
            ..Mocks::clone(self)
        })
    }

    /// Takes note of an edit.
    pub(crate) fn edited(self: &Rc<Mocks>, key: Rc<str>, draft: MockDraft) -> Rc<Mocks> {
        let mut next = Mocks::clone(self);
        next.drafts.insert(key, ByPtr::new(draft));
        Rc::new(next)
    }

    /// Takes note of a mock that was put away.
    pub(crate) fn removed(self: &Rc<Mocks>, key: &str) -> Rc<Mocks> {
        let mut next = Mocks::clone(self);
        next.drafts.remove(key);
        Rc::new(next)
    }

    /// Takes note of a state that has another name now.
    pub(crate) fn state_renamed(self: &Rc<Mocks>, from: &str, to: &str) -> Rc<Mocks> {
        let (from, to) = (key_of_state(from), key_of_state(to));
        let mut next = Mocks::clone(self);
        if let Some(draft) = next.drafts.remove(&from) {
            next.drafts.insert(Rc::clone(&to), draft);
        }
        if next.open.as_ref() == Some(&from) {
            next.open = Some(to);
        }
        Rc::new(next)
    }

    /// Takes note of a target that was opened.
    pub(crate) fn opened(self: &Rc<Mocks>, key: Rc<str>) -> Rc<Mocks> {
        Rc::new(Mocks {
            open: Some(key),
            ..Mocks::clone(self)
        })
    }

    /// Shows the mock of a state's task, where there is one.
    pub(crate) fn state_selected(self: &Rc<Mocks>, state: &str) -> Rc<Mocks> {
        match self.target_of(state) {
            Some(target) if self.open.as_ref() != Some(&target.key) => self.opened(Rc::clone(&target.key)),
            _ => Rc::clone(self),
        }
    }

    /// Takes the mocks of another document.
    pub(crate) fn replaced(self: &Rc<Mocks>, snapshot: &Snapshot, untrusted: bool) -> Rc<Mocks> {
        Rc::new(Mocks {
            targets: self.targets.clone(),
            is_unread: true,
            drafts: snapshot.drafts(),
            open: None,
            epoch: self.epoch + 1,
            trust: if untrusted && snapshot.has_java_script() {
                Trust::Withheld
            } else {
                Trust::Allowed
            },
        })
    }

    /// Takes note that the JavaScript of a link may run, or that stand-ins take its place.
    pub(crate) fn trusted(self: &Rc<Mocks>, stand_ins: bool) -> Rc<Mocks> {
        Rc::new(Mocks {
            trust: if stand_ins { Trust::StandIns } else { Trust::Allowed },
            ..Mocks::clone(self)
        })
    }

    /// Takes note that the reader is being asked about the JavaScript of a link.
    pub(crate) fn asked(self: &Rc<Mocks>) -> Rc<Mocks> {
        Rc::new(Mocks {
            trust: Trust::Asked,
            ..Mocks::clone(self)
        })
    }
}

/// Returns a target per function, and one per state that calls none or has a mock of its own.
fn targets(tasks: &[MockableTask], drafts: &BTreeMap<Rc<str>, ByPtr<MockDraft>>) -> Vec<MockTarget> {
    let mut targets: Vec<MockTarget> = Vec::new();
    for task in tasks {
        let own = target_key(None, &task.state);
        let function = task.function.as_deref().filter(|_| !drafts.contains_key(&own));
        let key = target_key(function, &task.state);
        let state: Rc<str> = task.state.as_str().into();
        if let Some(target) = targets.iter_mut().find(|target| target.key == key) {
            target.states.push(state);
            continue;
        }
        targets.push(MockTarget {
            label: key.split_once(':').map_or("", |(_, name)| name).into(),
            key,
            resource: task.resource.as_str().into(),
            states: vec![state],
            kind: task.kind,
        });
    }
    targets
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task(state: &str, function: Option<&str>) -> MockableTask {
        MockableTask {
            state: state.into(),
            resource: "r".into(),
            function: function.map(str::to_owned),
            kind: TaskKind::LambdaFunction,
        }
    }

    fn analysis(tasks: Vec<MockableTask>, is_json: bool) -> Analysis {
        Analysis {
            revision: 1,
            diagnostics: Vec::new(),
            is_json,
            is_runnable: is_json,
            diagram: None,
            states: Vec::new(),
            tasks,
            took_us: 0,
        }
    }

    fn mocks() -> Rc<Mocks> {
        let tasks = vec![
            task("A", Some("arn:aws:lambda:us-east-1:1:function:F")),
            task("B", Some("F:live")),
            task("C", None),
        ];
        Rc::new(Mocks::default()).analyzed(&analysis(tasks, true))
    }

    #[test]
    fn states_that_call_the_same_function_share_a_mock() {
        let keys: Vec<_> = mocks().targets.iter().map(|target| target.key.to_string()).collect();
        assert_eq!(keys, ["function:F", "state:C"]);
        assert_eq!(mocks().targets[0].states.len(), 2);
    }

    #[test]
    fn only_written_mocks_go_to_the_engine() {
        let edited = MockDraft {
            code: "() => 1".into(),
            ..MockDraft::default()
        };
        let mocks = mocks()
            .edited("function:F".into(), edited)
            .edited("state:C".into(), MockDraft::default());
        let request = mocks.to_request();
        assert_eq!(request.len(), 1);
        assert_eq!(request[0].matches, MockMatch::Resource("F".into()));
        assert!(mocks.has_java_script());
    }

    #[test]
    fn a_run_before_the_definition_was_read_has_all_mocks() {
        let draft = |kind| MockDraft {
            kind,
            code: "() => 1".into(),
            ..MockDraft::default()
        };
        let written = Mocks::default();
        let written = Rc::new(written).edited("function:New".into(), draft(MockKind::JavaScript));
        let written = written.edited("state:Own".into(), draft(MockKind::Responses));
        let snapshot = Snapshot {
            mocks: Snapshot::mocks_of(&written),
            ..Snapshot::default()
        };
        let mocks = mocks().replaced(&snapshot, true);
        let asked: Vec<_> = mocks.to_request().into_iter().map(|mock| mock.matches).collect();
        let all = [MockMatch::State("Own".into()), MockMatch::Resource("New".into())];
        assert_eq!((asked.as_slice(), mocks.has_java_script()), (&all[..], true));
        let read = mocks.analyzed(&analysis(vec![task("A", Some("Other"))], true));
        assert!(read.to_request().is_empty());
    }

    #[test]
    fn a_state_with_a_mock_of_its_own_does_not_share_one() {
        let drafts = [("state:B".into(), ByPtr::new(MockDraft::default()))].into();
        let mocks = Rc::new(Mocks {
            drafts,
            ..Mocks::default()
        });
        let tasks = vec![task("A", Some("F")), task("B", Some("F"))];
        let mocks = mocks.analyzed(&analysis(tasks, true));
        let keys: Vec<_> = mocks.targets.iter().map(|target| target.key.to_string()).collect();
        assert_eq!(keys, ["function:F", "state:B"]);
    }

    #[test]
    fn stand_ins_take_the_place_of_snippets_and_of_nothing_else() {
        let edited = |code: &str, kind| MockDraft {
            code: code.into(),
            kind,
            ..MockDraft::default()
        };
        let mocks = mocks()
            .edited("function:F".into(), edited("() => 1", MockKind::JavaScript))
            .edited("state:C".into(), edited("", MockKind::Responses));
        assert_eq!((mocks.java_script_count(), mocks.to_request().len()), (1, 2));
        let request = mocks.trusted(true).to_request();
        assert_eq!(request.len(), 1);
        assert_eq!(request[0].matches, MockMatch::State("C".into()));
    }

    #[test]
    fn broken_text_keeps_the_targets() {
        let mocks = mocks();
        assert!(Rc::ptr_eq(&mocks, &mocks.analyzed(&analysis(Vec::new(), false))));
        assert!(mocks.analyzed(&analysis(Vec::new(), true)).targets.is_empty());
    }

    #[test]
    fn a_selected_state_shows_its_mock() {
        let mocks = mocks().state_selected("C");
        assert_eq!(mocks.open.as_deref(), Some("state:C"));
        assert!(Rc::ptr_eq(&mocks, &mocks.state_selected("no task")));
    }

    #[test]
    fn a_mock_goes_along_with_its_state() {
        let draft = edited("", MockKind::Responses);
        let mocks = mocks().edited("state:C".into(), draft.clone()).state_selected("C");
        let renamed = mocks.state_renamed("C", "D");
        assert_eq!(renamed.open.as_deref(), Some("state:D"));
        assert_eq!(renamed.drafts.keys().map(|key| &**key).collect::<Vec<_>>(), ["state:D"]);
        assert_eq!(*renamed.drafts["state:D"], draft);
    }

    #[test]
    fn a_mock_that_answers_for_no_task_stays_until_it_is_put_away() {
        let lost = MockDraft {
            kind: MockKind::Responses,
            ..MockDraft::default()
        };
        let mocks = mocks().edited("state:Gone".into(), lost);
        let last = mocks.entries().pop().unwrap();
        assert_eq!((&*last.label, last.states.len()), ("Gone", 0));
        assert_eq!(mocks.removed("state:Gone").entries().len(), 2);
    }

    #[test]
    fn steps_come_back_as_they_went() {
        for answer in AnswerKind::ALL {
            let step = StepDraft {
                answer,
                delay_seconds: "1.5".into(),
                ..StepDraft::default()
            };
            assert_eq!(StepDraft::from(&step.to_request()).to_request(), step.to_request());
        }
    }

    #[test]
    fn delays_are_seconds_and_nonsense_is_none() {
        for (text, milliseconds) in [
            ("1.5", 1500),
            (".5", 500),
            ("0.0014", 1),
            ("0.0015", 2),
            ("12e-1", 1200),
            ("1e-9", 0),
            ("", 0),
            ("-3", 0),
            ("soon", 0),
            ("NaN", 0),
            ("1e99", 31_536_000_000),
        ] {
            let step = StepDraft {
                delay_seconds: text.into(),
                ..StepDraft::default()
            };
            assert_eq!(step.delay_ms(), milliseconds, "{text}");
        }
    }
}
