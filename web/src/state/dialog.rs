//! What lies over the page: one dialog at a time, or the page of a link.

use std::rc::Rc;

use asl_protocol::{FileRefusal, TemplateMachine, TestCase};

use crate::by_ptr::ByPtr;

/// A dialog.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Dialog {
    /// The link to this document, and what else it can be handed on as.
    Share,
    /// Files to open and to save, with what the newest file held.
    Files(FileFound),
    /// What the next run begins with.
    RunSettings,
    /// Commands and templates that bring the state machine to AWS.
    GoLive,
    /// The executions so far, and two of them side by side.
    Executions,
    /// A history to open.
    History,
}

/// What a file held.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum FileFound {
    /// No file was looked at.
    Nothing,
    /// It is being read.
    Reading,
    /// It does not open.
    Refused(Rc<FileRefusal>),
    /// State machines to choose from.
    Machines(ByPtr<Vec<TemplateMachine>>),
    /// Test cases to choose from.
    TestCases(ByPtr<Vec<TestCase>>),
}

/// The page of a link, in place of the panes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum LinkPage {
    /// The link is being read.
    Reading,
    /// It does not open.
    Refused(Rc<FileRefusal>),
}
