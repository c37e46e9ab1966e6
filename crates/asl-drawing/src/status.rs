//! How a state or a run stands.

/// Statuses that look different on the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Nothing happened yet.
    #[default]
    NotRun,
    /// At work.
    Running,
    /// In a Wait state, or until somebody returns a task token.
    Waiting,
    /// An attempt failed and another one is due.
    Retrying,
    /// Done.
    Succeeded,
    /// An error went past every retrier and catcher.
    Failed,
    /// An error was caught.
    Caught,
    /// Given up because something else failed or the run was stopped.
    Aborted,
}

impl Status {
    /// Every status.
    pub const ALL: [Status; 8] = [
        Status::NotRun,
        Status::Running,
        Status::Waiting,
        Status::Retrying,
        Status::Succeeded,
        Status::Failed,
        Status::Caught,
        Status::Aborted,
    ];

    /// Returns the word that stands beside the glyph, such as `not run`.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::NotRun => "not run",
            Status::Running => "running",
            Status::Waiting => "waiting",
            Status::Retrying => "retrying",
            Status::Succeeded => "succeeded",
            Status::Failed => "failed",
            Status::Caught => "caught",
            Status::Aborted => "aborted",
        }
    }

    /// Returns the word with hyphens, for a class name.
    pub fn class_name(self) -> &'static str {
        match self {
            Status::NotRun => "not-run",
            status => status.as_str(),
        }
    }

    /// Returns true while more is to come.
    pub fn is_open(self) -> bool {
        matches!(self, Status::Running | Status::Waiting | Status::Retrying)
    }
}
