//! Account ids, which authors paste with their ARNs and may not want to publish.

use std::borrow::Cow;

use crate::document::{Document, Mock, MockBehavior, MockTarget, Step, StepAnswer};

/// The account id that AWS's own documentation uses.
pub const STAND_IN_ACCOUNT: &str = "123456789012";

/// Returns whether a document names an account id: twelve digits that stand alone.
pub fn has_account_ids(document: &Document) -> bool {
    let mut texts = vec![document.asl.as_str(), document.input.as_str()];
    for mock in &document.mocks {
        texts.push(mock.target.name());
        match &mock.behavior {
            MockBehavior::JavaScript(js) => texts.push(js),
            MockBehavior::Steps(steps) => texts.extend(steps.iter().flat_map(texts_of_step)),
        }
    }
    texts.into_iter().any(|text| matches!(replaced(text), Cow::Owned(_)))
}

fn texts_of_step(step: &Step) -> Vec<&str> {
    match &step.answer {
        StepAnswer::Return(text) => vec![text],
        StepAnswer::Fail(failure) => vec![&failure.error, &failure.cause],
        StepAnswer::TimeOut | StepAnswer::WaitForToken | StepAnswer::NoAnswer => Vec::new(),
    }
}

/// Returns the document with the stand-in in place of every account id.
pub fn redacted(document: Document) -> Document {
    let text = |text: String| replaced(&text).into_owned();
    let mock = |mock: Mock| Mock {
        target: match mock.target {
            MockTarget::State(name) => MockTarget::State(text(name)),
            MockTarget::Resource(name) => MockTarget::Resource(text(name)),
        },
        behavior: match mock.behavior {
            MockBehavior::JavaScript(js) => MockBehavior::JavaScript(text(js)),
            MockBehavior::Steps(steps) => MockBehavior::Steps(steps.into_iter().map(redacted_step).collect()),
        },
    };
    Document {
        asl: text(document.asl),
        input: text(document.input),
        mocks: document.mocks.into_iter().map(mock).collect(),
        ..document
    }
}

fn redacted_step(mut step: Step) -> Step {
    let redact = |text: &mut String| *text = replaced(text).into_owned();
    match &mut step.answer {
        StepAnswer::Return(text) => redact(text),
        StepAnswer::Fail(failure) => {
            redact(&mut failure.error);
            redact(&mut failure.cause);
        }
        StepAnswer::TimeOut | StepAnswer::WaitForToken | StepAnswer::NoAnswer => {}
    }
    step
}

/// Returns the text with the stand-in in place of every run of exactly twelve digits that is no part of a word; borrowed
/// where there is none.
fn replaced(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut rest = text;
    let mut before = None;
    while let Some(at) = rest.find(|character: char| character.is_ascii_digit()) {
        let before_digits = rest[..at].chars().next_back().or(before);
        let length = rest[at..].bytes().take_while(u8::is_ascii_digit).count();
        let (digits, behind) = rest[at..].split_at(length);
        let is_word = |character: Option<char>| character.is_some_and(char::is_alphanumeric);
        let is_account = length == 12 && !is_word(before_digits) && !is_word(behind.chars().next());
        let is_new = is_account && digits != STAND_IN_ACCOUNT && !is_fraction(before_digits, behind);
        out.push_str(&rest[..at]);
        out.push_str(if is_new { STAND_IN_ACCOUNT } else { digits });
        before = Some('0');
        rest = behind;
    }
    out.push_str(rest);
    if out == text {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(out)
    }
}

/// Returns whether the digits are part of a number with a fraction.
fn is_fraction(before: Option<char>, behind: &str) -> bool {
    before == Some('.') || behind.starts_with('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn account_ids_are_twelve_digits_that_stand_alone() {
        for (text, expected) in [
            (
                "arn:aws:lambda:eu-west-1:987654321098:function:F",
                "arn:aws:lambda:eu-west-1:123456789012:function:F",
            ),
            ("\"https://sqs/111122223333/q\"", "\"https://sqs/123456789012/q\""),
            ("1234567890123", "1234567890123"),
            ("a987654321098", "a987654321098"),
            ("0.987654321098", "0.987654321098"),
            ("987654321098", "123456789012"),
            ("123456789012", "123456789012"),
            ("é987654321098 987654321098", "é987654321098 123456789012"),
        ] {
            assert_eq!(replaced(text), expected);
        }
    }

    #[test]
    fn a_redacted_document_has_none_left() {
        let document = Document {
            asl: "arn:aws:states:::987654321098".into(),
            mocks: vec![Mock {
                target: MockTarget::Resource("arn:aws:lambda:r:987654321098:function:F".into()),
                behavior: MockBehavior::Steps(vec![Step {
                    answer: StepAnswer::Return("\"987654321098\"".into()),
                    delay_ms: 0,
                }]),
            }],
            ..Document::default()
        };
        assert!(has_account_ids(&document));
        let redacted = redacted(document);
        assert!(!has_account_ids(&redacted));
        assert_eq!(
            redacted.mocks[0].target.name(),
            "arn:aws:lambda:r:123456789012:function:F"
        );
    }
}
