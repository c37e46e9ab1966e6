//! Glyphs of our own drawing, as SVG path data.
//!
//! All are meant to be stroked, not filled: 1.75 wide with round caps and joins at their own size.

use crate::status::Status;

/// Glyphs in a box of 24 by 24.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Icon {
    Lambda,
    DynamoDb,
    S3,
    Sqs,
    Sns,
    Events,
    StepFunctions,
    Http,
    Activity,
    /// Any other service.
    AwsSdk,
    Pass,
    Choice,
    Wait,
    Succeed,
    Fail,
    Parallel,
    Map,
    Unknown,
    Start,
    End,
}

impl Icon {
    /// Every glyph.
    pub const ALL: [Icon; 20] = [
        Icon::Lambda,
        Icon::DynamoDb,
        Icon::S3,
        Icon::Sqs,
        Icon::Sns,
        Icon::Events,
        Icon::StepFunctions,
        Icon::Http,
        Icon::Activity,
        Icon::AwsSdk,
        Icon::Pass,
        Icon::Choice,
        Icon::Wait,
        Icon::Succeed,
        Icon::Fail,
        Icon::Parallel,
        Icon::Map,
        Icon::Unknown,
        Icon::Start,
        Icon::End,
    ];

    /// Returns a word for it, such as `lambda` or `aws-sdk`, for class names and keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Icon::Lambda => "lambda",
            Icon::DynamoDb => "dynamodb",
            Icon::S3 => "s3",
            Icon::Sqs => "sqs",
            Icon::Sns => "sns",
            Icon::Events => "events",
            Icon::StepFunctions => "states",
            Icon::Http => "http",
            Icon::Activity => "activity",
            Icon::AwsSdk => "aws-sdk",
            Icon::Pass => "pass",
            Icon::Choice => "choice",
            Icon::Wait => "wait",
            Icon::Succeed => "succeed",
            Icon::Fail => "fail",
            Icon::Parallel => "parallel",
            Icon::Map => "map",
            Icon::Unknown => "unknown",
            Icon::Start => "start",
            Icon::End => "end",
        }
    }

    /// Returns the glyph with that word.
    pub fn from_name(name: &str) -> Option<Icon> {
        Icon::ALL.into_iter().find(|icon| icon.as_str() == name)
    }
}

/// Returns path data of the glyph in a box of 24 by 24, to be stroked.
pub fn icon(icon: Icon) -> &'static str {
    match icon {
        Icon::Lambda => "M7 4.5h2.2c.9 0 1.5.4 1.9 1.3l5.2 12.4c.3.8.8 1.3 1.7 1.3h1M11.3 10.5 6.5 19.5",
        Icon::DynamoDb => {
            "M12 3.5c4 0 7 1.1 7 2.6s-3 2.6-7 2.6-7-1.1-7-2.6 3-2.6 7-2.6ZM5 6.1v11.8c0 1.5 3 2.6 7 2.6s7-1.1 7-2.6V6.1M5 12c0 1.5 3 2.6 7 2.6s7-1.1 7-2.6"
        }
        Icon::S3 => "M4.5 6h15l-2 13.2c-.1.7-.6 1.3-1.3 1.3H7.8c-.7 0-1.2-.6-1.3-1.3ZM3.5 6h17M8.5 11.5h7",
        Icon::Sqs => "M3.5 7h11v10h-11ZM7 7v10M11 7v10M17 12h4M19 9.5l2.5 2.5-2.5 2.5",
        Icon::Sns => "M4 10v4h3l6 4.5v-13L7 10ZM16.5 9c1.3 1.6 1.3 4.4 0 6M19 6.5c2.7 3 2.7 8 0 11",
        Icon::Events => "M12 3.5v4M12 16.5v4M3.5 12h4M16.5 12h4M12 8.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7Z",
        Icon::StepFunctions => "M9 3.5h6v4.5H9ZM4 16h6v4.5H4ZM14 16h6v4.5h-6ZM12 8v4M7 16v-4h10v4",
        Icon::Http => {
            "M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17ZM3.5 12h17M12 3.5c5 5 5 12 0 17M12 3.5c-5 5-5 12 0 17"
        }
        Icon::Activity => {
            "M12 3.5a3.8 3.8 0 1 1 0 7.6 3.8 3.8 0 0 1 0-7.6ZM4.5 20.5c.4-4 3.4-6.3 7.5-6.3s7.1 2.3 7.5 6.3"
        }
        Icon::AwsSdk => "M13.5 3.5 5.5 13.5h6l-1 7 8-10h-6Z",
        Icon::Pass => "M3.5 12h11.5M11 7.5l4.5 4.5-4.5 4.5M20 5v14",
        Icon::Choice => "M12 3.5 20.5 12 12 20.5 3.5 12ZM12 8.5V12.5M12 15.3v.2",
        Icon::Wait => "M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17ZM12 7.5V12l3.2 2.3",
        Icon::Succeed => "M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17ZM8 12.3l2.8 2.8L16 9.5",
        Icon::Fail => "M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17ZM9 9l6 6M15 9l-6 6",
        Icon::Parallel => "M8.5 4v16M15.5 4v16",
        Icon::Map => "M4 9.5h11v11H4ZM7 6.5h11v11M10 3.5h11v11",
        Icon::Unknown => "M8.5 9a3.5 3.5 0 1 1 5 3.2c-1 .5-1.5 1.1-1.5 2.3M12 18.3v.2",
        Icon::Start => "M12 7.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9Z",
        Icon::End => "M12 5a7 7 0 1 1 0 14 7 7 0 0 1 0-14ZM12 9.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5Z",
    }
}

/// Returns path data of a status's glyph in a box of 16 by 16, to be stroked; empty for a state that has not run.
pub fn status_glyph(status: Status) -> &'static str {
    match status {
        Status::NotRun => "",
        Status::Running => "M8 2.5A5.5 5.5 0 1 1 2.5 8",
        Status::Waiting => "M4 2.5h8M4 13.5h8M5 2.5v2.2L8 8l3-3.3V2.5M5 13.5v-2.2L8 8l3 3.3v2.2",
        Status::Retrying => "M13 8a5 5 0 1 1-1.6-3.7M13.2 2v2.8h-2.8",
        Status::Succeeded => "M2.8 8.4 6.3 12 13.2 4.3",
        Status::Failed => "M3.5 3.5l9 9M12.5 3.5l-9 9",
        Status::Caught => "M2.5 2.5l5 5M7.5 2.5l-5 5M5 10v1c0 1.2.8 2 2 2h6M10.5 10.5 13.3 13l-2.8 2.5",
        Status::Aborted => "M3.5 3.5h9v9h-9Z",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_glyph_has_its_own_shape_and_word() {
        for (at, left) in Icon::ALL.into_iter().enumerate() {
            assert_eq!(Icon::from_name(left.as_str()), Some(left));
            for right in Icon::ALL.into_iter().skip(at + 1) {
                assert_ne!(icon(left), icon(right), "{left:?} {right:?}");
            }
        }
    }
}
