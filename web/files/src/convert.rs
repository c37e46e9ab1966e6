//! Between the documents of `asl_link` and those of the protocol.

use asl_json::{Object, Value, parse_value};
use asl_link::{Clock, Document, Failure, MachineType, Mock, MockBehavior, MockTarget, Step, StepAnswer, View};
use asl_protocol::{
    ExecutionType, Mock as PageMock, MockAnswer, MockBehavior as PageBehavior, MockMatch, MockStep, SharedDocument,
    SharedMoment,
};

/// Returns a document for the page.
pub(crate) fn to_page(document: Document) -> SharedDocument {
    SharedDocument {
        title: document.title,
        definition: document.asl,
        execution_type: execution_type(document.machine_type == MachineType::Express),
        input: document.input,
        mocks: document.mocks.into_iter().map(mock_to_page).collect(),
        start: document.clock.start.unwrap_or_default(),
        speed: document.clock.speed.unwrap_or_default(),
        seed: document.seed,
        moment: SharedMoment {
            view: document.view.view.unwrap_or_default(),
            state: document.view.select.unwrap_or_default(),
            event: document.view.event,
            folded: document.view.fold,
        },
        unknown: unknown_text(document.unknown),
    }
}

/// Returns a document of the page.
pub(crate) fn from_page(document: SharedDocument) -> Document {
    let some = |text: String| Some(text).filter(|text| !text.is_empty());
    let machine_type = match document.execution_type {
        ExecutionType::Standard => MachineType::Standard,
        ExecutionType::Express => MachineType::Express,
    };
    Document {
        title: document.title,
        asl: document.definition,
        machine_type,
        input: document.input,
        mocks: document.mocks.into_iter().map(mock_from_page).collect(),
        clock: Clock {
            start: some(document.start),
            speed: some(document.speed),
        },
        seed: document.seed,
        view: View {
            view: some(document.moment.view),
            select: some(document.moment.state),
            event: document.moment.event,
            fold: document.moment.folded,
        },
        unknown: unknown_object(&document.unknown),
    }
}

pub(crate) fn execution_type(is_express: bool) -> ExecutionType {
    if is_express {
        ExecutionType::Express
    } else {
        ExecutionType::Standard
    }
}

pub(crate) fn mock_to_page(mock: Mock) -> PageMock {
    PageMock {
        matches: match mock.target {
            MockTarget::State(name) => MockMatch::State(name),
            MockTarget::Resource(pattern) => MockMatch::Resource(pattern),
        },
        behavior: match mock.behavior {
            MockBehavior::JavaScript(code) => PageBehavior::JavaScript(code),
            MockBehavior::Steps(steps) => PageBehavior::Steps(steps.into_iter().map(step_to_page).collect()),
        },
    }
}

fn step_to_page(step: Step) -> MockStep {
    MockStep {
        answer: match step.answer {
            StepAnswer::Return(text) => MockAnswer::Return(text),
            StepAnswer::Fail(Failure { error, cause }) => MockAnswer::Fail { error, cause },
            StepAnswer::TimeOut => MockAnswer::TimeOut,
            StepAnswer::WaitForToken => MockAnswer::WaitForToken,
            StepAnswer::NoAnswer => MockAnswer::NoAnswer,
        },
        delay_ms: step.delay_ms,
    }
}

fn mock_from_page(mock: PageMock) -> Mock {
    Mock {
        target: match mock.matches {
            MockMatch::State(name) => MockTarget::State(name),
            MockMatch::Resource(pattern) => MockTarget::Resource(pattern),
        },
        behavior: match mock.behavior {
            PageBehavior::JavaScript(code) => MockBehavior::JavaScript(code),
            PageBehavior::Steps(steps) => MockBehavior::Steps(steps.into_iter().map(step_from_page).collect()),
        },
    }
}

fn step_from_page(step: MockStep) -> Step {
    Step {
        answer: match step.answer {
            MockAnswer::Return(text) => StepAnswer::Return(text),
            MockAnswer::Fail { error, cause } => StepAnswer::Fail(Failure { error, cause }),
            MockAnswer::TimeOut => StepAnswer::TimeOut,
            MockAnswer::WaitForToken => StepAnswer::WaitForToken,
            MockAnswer::NoAnswer => StepAnswer::NoAnswer,
        },
        delay_ms: step.delay_ms,
    }
}

fn unknown_text(unknown: Object) -> String {
    if unknown.is_empty() {
        String::new()
    } else {
        Value::from(unknown).to_string()
    }
}

fn unknown_object(text: &str) -> Object {
    match parse_value(text) {
        Ok(Value::Object(unknown)) => unknown,
        _ => Object::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_survives_the_way_to_the_page_and_back() {
        let json = r#"{"v":1,"title":"T","asl":"{ }","type":"EXPRESS","input":"{}","mocks":[{"match":{"resource":"*:function:F"},"js":"() => 1"},{"match":{"state":"S"},"steps":[{"fail":{"Error":"E","Cause":"C"}},{"return":{"b":1.5},"delayMs":1500},{"timeout":true},{"noAnswer":true}]}],"clock":{"start":"2026-01-01T00:00:00Z","speed":"real","later":1},"seed":7,"ui":{"view":"log","select":"S","event":12,"fold":["M"]},"expect":{}}"#;
        let document = Document::from_json(json).unwrap();
        assert_eq!(from_page(to_page(document.clone())), document);
    }
}
