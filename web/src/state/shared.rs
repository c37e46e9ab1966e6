//! Documents as links and files carry them, to and from the page's own.

use asl_protocol::{ExecutionType, Mock, MockAnswer, MockBehavior, MockMatch, MockStep, SharedDocument};

use super::mocks::{KeyOf, Mocks, key_of};
use super::snapshot::{About, SavedFailure, SavedMock, SavedStep, Snapshot, VERSION};

/// What a document from outside may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// It came with a link.
    Link,
    /// It came as a file.
    File,
}

impl Source {
    /// Returns the word in front of a digest.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Source::Link => "link",
            Source::File => "file",
        }
    }
}

impl Snapshot {
    /// Returns the page's document for one from outside. `digest` names its content.
    pub(crate) fn from_shared(shared: SharedDocument, source: Source, digest: &str, is_read_only: bool) -> Snapshot {
        let mut mocks: Vec<SavedMock> = Vec::new();
        for mock in shared.mocks {
            let mock = SavedMock::from_shared(mock);
            // The first that matches a task counts.
            if mocks.iter().all(|known| known.matches != mock.matches) {
                mocks.push(mock);
            }
        }
        // What brings no JavaScript needs no permission, now or later.
        let brings_java_script = mocks.iter().any(|mock| mock.js.is_some());
        let origin = if brings_java_script {
            [source.as_str(), ":", digest].concat()
        } else {
            String::new()
        };
        Snapshot {
            v: VERSION,
            title: shared.title,
            definition: shared.definition,
            input: shared.input,
            mocks,
            about: About {
                is_express: shared.execution_type == ExecutionType::Express,
                start: shared.start,
                seed: shared.seed,
                unknown: shared.unknown,
                origin,
                is_read_only,
                ..About::default()
            },
        }
    }
}

impl SavedMock {
    fn from_shared(mock: Mock) -> SavedMock {
        let mut saved = SavedMock::default();
        match mock.matches {
            MockMatch::State(name) => saved.matches.state = Some(name),
            MockMatch::Resource(pattern) => saved.matches.resource = Some(pattern),
        }
        match mock.behavior {
            MockBehavior::JavaScript(code) => saved.js = Some(code),
            MockBehavior::Steps(steps) => saved.steps = steps.into_iter().map(SavedStep::from_shared).collect(),
        }
        saved
    }
}

impl SavedStep {
    fn from_shared(step: MockStep) -> SavedStep {
        let mut saved = SavedStep {
            delay_ms: step.delay_ms,
            ..SavedStep::default()
        };
        match step.answer {
            MockAnswer::Return(text) => saved.result_text = Some(text),
            MockAnswer::Fail { error, cause } => saved.fail = Some(SavedFailure { error, cause }),
            MockAnswer::TimeOut => saved.timeout = true,
            MockAnswer::WaitForToken => saved.wait_for_token = true,
            MockAnswer::NoAnswer => saved.no_answer = true,
        }
        saved
    }
}

impl Mocks {
    /// Returns the mocks that differ from an echo, each with the states that it answers.
    pub(crate) fn to_shared(&self) -> Vec<(Mock, Vec<String>)> {
        let shared = self
            .drafts
            .iter()
            .filter(|(_, draft)| !draft.is_echo())
            .map(|(key, draft)| {
                let matches = match key_of(key) {
                    KeyOf::Function(name) => MockMatch::Resource(["*:function:", name].concat()),
                    KeyOf::State(name) => MockMatch::State(name.to_owned()),
                };
                let target = self.targets.iter().find(|target| target.key == *key);
                let states = target.map(|target| target.states.iter().map(ToString::to_string).collect());
                let mock = Mock {
                    matches,
                    behavior: draft.to_behavior(),
                };
                (mock, states.unwrap_or_default())
            });
        shared.collect()
    }

    /// Returns the key and the draft of a mock from outside.
    pub(crate) fn draft_of(mock: Mock) -> Option<(std::rc::Rc<str>, super::MockDraft)> {
        let saved = SavedMock::from_shared(mock);
        Some((saved.key()?, saved.draft()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shared() -> SharedDocument {
        let step = |answer| MockStep { answer, delay_ms: 1500 };
        let steps = vec![
            step(MockAnswer::Return("{\"a\":1}".into())),
            step(MockAnswer::Fail {
                error: "E".into(),
                cause: "C".into(),
            }),
            step(MockAnswer::TimeOut),
            step(MockAnswer::NoAnswer),
        ];
        let mock = |matches, behavior| Mock { matches, behavior };
        SharedDocument {
            definition: "{}".into(),
            mocks: vec![
                mock(
                    MockMatch::Resource("*:function:F".into()),
                    MockBehavior::JavaScript("() => 1".into()),
                ),
                mock(MockMatch::State("S".into()), MockBehavior::Steps(steps)),
            ],
            ..SharedDocument::default()
        }
    }

    fn mocks_of(shared: SharedDocument) -> Mocks {
        let snapshot = Snapshot::from_shared(shared, Source::Link, "0", false);
        Mocks {
            drafts: snapshot.drafts(),
            ..Mocks::default()
        }
    }

    #[test]
    fn mocks_survive_the_way_through_the_page() {
        let again: Vec<Mock> = mocks_of(shared())
            .to_shared()
            .into_iter()
            .map(|(mock, _)| mock)
            .collect();
        assert_eq!(again, shared().mocks);
    }

    #[test]
    fn of_two_mocks_for_the_same_tasks_the_first_counts() {
        let mut twice = shared();
        twice.mocks.push(Mock {
            matches: MockMatch::State("S".into()),
            behavior: MockBehavior::JavaScript("() => 2".into()),
        });
        assert_eq!(mocks_of(twice).to_shared().len(), 2);
        assert!(matches!(
            mocks_of(shared()).to_shared()[1].0.behavior,
            MockBehavior::Steps(_)
        ));
    }
}
