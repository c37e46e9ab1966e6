//! An Express machine waits for something: it can neither run jobs, wait for task tokens, have
//! activities, nor start child executions of a distributed Map.
//!
//! Wrong:
//!
//! ```json
//! {
//!   "Type": "Task",
//!   "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
//!   "Parameters": { "QueueUrl": "https://sqs.us-east-1.amazonaws.com/123456789012/orders", "MessageBody.$": "$$.Task.Token" },
//!   "Next": "Z"
//! }
//! ```
//!
//! Right:
//!
//! ```json
//! {
//!   "Type": "Task",
//!   "Resource": "arn:aws:states:::sqs:sendMessage",
//!   "Parameters": { "QueueUrl": "https://sqs.us-east-1.amazonaws.com/123456789012/orders", "MessageBody.$": "$$.Task.Token" },
//!   "Next": "Z"
//! }
//! ```

use super::Context;
use crate::definition::{Body, MachineType};
use crate::diagnostic::Diagnostic;
use crate::resource::{IntegrationPattern, ResourceKind};
use crate::state::{ProcessorMode, State, StateKind, TaskState};

/// The children of a distributed Map have a type of their own.
pub(super) fn check(context: &Context) -> Vec<Diagnostic> {
    let mut waiting: Vec<(&Body, MachineType)> = vec![(&context.definition.body, context.machine_type)];
    let mut found = Vec::new();
    while let Some((body, machine_type)) = waiting.pop() {
        for state in body.states.values() {
            waiting.extend(
                state
                    .bodies()
                    .into_iter()
                    .map(|inner| (inner, type_inside(state, machine_type))),
            );
            if machine_type == MachineType::Express {
                found.extend(complaint(context, state));
            }
        }
    }
    found
}

fn type_inside(state: &State, machine_type: MachineType) -> MachineType {
    match &state.kind {
        StateKind::Map(map) if map.item_processor.mode == ProcessorMode::Distributed => {
            map.item_processor.execution_type.unwrap_or_default()
        }
        _ => machine_type,
    }
}

fn complaint(context: &Context, state: &State) -> Option<Diagnostic> {
    match &state.kind {
        StateKind::Task(task) => task_complaint(context, state, task),
        StateKind::Map(map) if map.item_processor.mode == ProcessorMode::Distributed => {
            let at = map
                .item_processor
                .body
                .location
                .member("ProcessorConfig")
                .member("Mode");
            let message = "Express state machine does not support Map state with mode 'DISTRIBUTED'";
            Some(context.schema(
                &at,
                message,
                "Use the mode \"INLINE\", or make it a Standard state machine.",
            ))
        }
        _ => None,
    }
}

fn task_complaint(context: &Context, state: &State, task: &TaskState) -> Option<Diagnostic> {
    // The blank at the end of the second message is AWS's.
    let message = match &task.resource.kind {
        ResourceKind::Activity { .. } => "Express state machine does not support Activity ARN",
        ResourceKind::Integration(integration) => match integration.pattern {
            IntegrationPattern::Sync | IntegrationPattern::Sync2 => {
                "Express state machine does not support '.sync' service integration"
            }
            IntegrationPattern::WaitForTaskToken => {
                "Express state machine does not support '.waitForTaskToken' service integration "
            }
            IntegrationPattern::RequestResponse => return None,
        },
        _ => return None,
    };
    let help = "Use the plain call, or make it a Standard state machine.";
    Some(context.schema(&state.location.member("Resource"), message, help))
}

#[cfg(test)]
mod tests {
    use crate::rules::with_state;
    use crate::{Diagnostic, MachineType, validate_text};

    #[track_caller]
    fn check(resource: &str, expected: &str) {
        let text = with_state(&format!(r#"{{"Type": "Task", "Resource": "{resource}", "Next": "Z"}}"#));
        let found_in = |machine_type| {
            let mut found = validate_text(&text, machine_type);
            found.retain(|diagnostic| diagnostic.rule == "express");
            found
        };
        let found = found_in(MachineType::Express);
        let written: Vec<String> = found.iter().map(Diagnostic::to_string).collect();
        assert_eq!(written.join("\n"), expected);
        assert_eq!(found_in(MachineType::Standard), []);
    }

    #[test]
    fn distributed_maps_need_a_standard_machine() {
        let text = with_state(
            r#"{"Type": "Map", "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"},
                "StartAt": "I", "States": {"I": {"Type": "Pass", "End": true}}}, "Next": "Z"}"#,
        );
        assert_eq!(validate_text(&text, MachineType::Express).len(), 1);
        assert_eq!(validate_text(&text, MachineType::Standard), []);
    }

    #[test]
    fn samples() {
        let at = "at /States/S/Resource";
        check("arn:aws:states:::sqs:sendMessage", "");
        check(
            "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
            &format!(
                "SCHEMA_VALIDATION_FAILED: Express state machine does not support '.waitForTaskToken' service integration  {at}"
            ),
        );
        check(
            "arn:aws:states:::states:startExecution.sync:2",
            &format!(
                "SCHEMA_VALIDATION_FAILED: Express state machine does not support '.sync' service integration {at}"
            ),
        );
        check(
            "arn:aws:states:us-east-1:123456789012:activity:a",
            &format!("SCHEMA_VALIDATION_FAILED: Express state machine does not support Activity ARN {at}"),
        );
    }
}
