//! The context object: `$$` in JSONPath, `$states.context` in JSONata.

use super::Documentation;

/// An entry of the context object.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ContextEntry {
    /// The path from the context object, such as `Execution.Id`.
    pub(crate) path: &'static str,
    text: &'static str,
}

const fn entry(path: &'static str, text: &'static str) -> ContextEntry {
    ContextEntry { path, text }
}

static ENTRIES: [ContextEntry; 22] = [
    entry("Execution", "The execution that is going on."),
    entry("Execution.Id", "The ARN of the execution."),
    entry(
        "Execution.Input",
        "The input of the execution, whatever the state's input is.",
    ),
    entry("Execution.Name", "The name of the execution."),
    entry("Execution.RoleArn", "The role the state machine runs under."),
    entry("Execution.StartTime", "When the execution began, in ISO 8601."),
    entry(
        "Execution.RedriveCount",
        "How often the execution was redriven. Standard executions only.",
    ),
    entry("Execution.RedriveTime", "When the execution was redriven last."),
    entry("State", "The state that is being executed."),
    entry("State.Name", "The name of this state."),
    entry("State.EnteredTime", "When this state was entered, in ISO 8601."),
    entry(
        "State.RetryCount",
        "How many retries there have been. Task, Parallel and Map states only.",
    ),
    entry("StateMachine", "The state machine that is being executed."),
    entry("StateMachine.Id", "The ARN of the state machine."),
    entry("StateMachine.Name", "The name of the state machine."),
    entry("Task", "The task that is about to begin."),
    entry(
        "Task.Token",
        "The token with which somebody outside ends a task with .waitForTaskToken.",
    ),
    entry("Map", "The innermost Map around this place."),
    entry("Map.Item", "The item that is being processed."),
    entry("Map.Item.Index", "The number of the item, from 0."),
    entry("Map.Item.Value", "The item itself."),
    entry(
        "Map.Item.Key",
        "The name of the item, where the items are the entries of an object.",
    ),
];

impl ContextEntry {
    /// Returns what it holds.
    pub(crate) fn documentation(&self) -> Documentation {
        Documentation::new(self.text, "Step Functions Developer Guide, \"Context object\"")
    }

    /// Returns the last name of the path.
    pub(crate) fn name(&self) -> &'static str {
        self.path.rsplit('.').next().unwrap_or(self.path)
    }
}

/// Returns the entries directly below a path; below the context object itself where it is empty.
pub(crate) fn context_children(path: &str) -> impl Iterator<Item = &'static ContextEntry> {
    ENTRIES.iter().filter(move |entry| {
        let parent = entry.path.rsplit_once('.').map_or("", |(parent, _)| parent);
        parent == path
    })
}

/// Returns the entry at a path.
pub(crate) fn context_entry(path: &str) -> Option<&'static ContextEntry> {
    ENTRIES.iter().find(|entry| entry.path == path)
}
