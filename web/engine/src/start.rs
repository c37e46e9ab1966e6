//! From a request to a session: everything that is checked before a run begins.

use std::sync::Arc;

use asl_core::{ExecutionOptions, ExecutionType, StateMachine, Timestamp};
use asl_host::{Machines, RegisteredMachine, Session};
use asl_json::Value;
use asl_model::{Definition, MachineType, ParsedDefinition};
use asl_protocol as page;

use crate::analysis::{machine_type, messages};
use crate::callbacks::Callbacks;
use crate::mocks::{CountedMocks, MockUses, UnreadableMock};
use crate::text::TextPlaces;

/// A run that may begin.
pub(crate) struct Started {
    pub(crate) session: Session,
    pub(crate) definition: Definition,
    /// Other state machines, with the ARNs they are started by.
    pub(crate) machines: Vec<OtherMachine>,
    pub(crate) uses: MockUses,
    pub(crate) callbacks: Callbacks,
    pub(crate) name: String,
}

/// A state machine that tasks may start.
#[derive(Clone, Debug)]
pub(crate) struct OtherMachine {
    pub(crate) arn: Arc<str>,
    pub(crate) definition: Definition,
    pub(crate) text: Arc<str>,
}

/// Why a run may not begin.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) message: String,
    pub(crate) diagnostics: Vec<page::Diagnostic>,
}

/// Reads definition, input and mocks.
pub(crate) fn start(request: &page::RunRequest) -> Result<Started, Refusal> {
    let (definition, machine) = machine(&request.text, machine_type(request.options.execution_type))?;
    let input = input(&request.input)?;
    let uses = MockUses::default();
    let callbacks = Callbacks::default();
    let mocks = CountedMocks::new(&request.mocks, uses.clone(), callbacks.clone())
        .map_err(|UnreadableMock(why)| refusal(why))?;
    let options = options(&request.options);
    let name = options.name.to_string();
    let (machines, registered) = other_machines(&request.machines, &options.role_arn)?;
    let session = Session::start(machine, input, options, Box::new(mocks)).with_machines(registered);
    Ok(Started {
        session,
        definition,
        machines,
        uses,
        callbacks,
        name,
    })
}

/// Reads the other state machines; one that has errors is named.
fn other_machines(
    texts: &[page::StateMachineText],
    role_arn: &Arc<str>,
) -> Result<(Vec<OtherMachine>, Machines), Refusal> {
    let (mut machines, mut registered) = (Vec::new(), Machines::default());
    for other in texts {
        let (definition, machine) = machine(&other.text, MachineType::Standard).map_err(|problems| {
            let first = problems.diagnostics.first().map(|problem| problem.message.as_str());
            let first = first.unwrap_or_default();
            refusal(format!(
                "The state machine \"{}\", which tasks may start, has errors. {first}",
                other.name
            ))
        })?;
        let arn: Arc<str> = arn_of(&other.name).into();
        registered.register(
            arn.clone(),
            RegisteredMachine {
                machine,
                execution_type: ExecutionType::Standard,
                role_arn: role_arn.clone(),
            },
        );
        machines.push(OtherMachine {
            arn,
            definition,
            text: other.text.as_str().into(),
        });
    }
    Ok((machines, registered))
}

/// Returns the ARN of a state machine that may be named by its ARN or by its name alone.
fn arn_of(name: &str) -> String {
    if name.starts_with("arn:") {
        name.to_owned()
    } else {
        format!("arn:aws:states:us-east-1:123456789012:stateMachine:{name}")
    }
}

fn refusal(message: String) -> Refusal {
    Refusal {
        message,
        diagnostics: Vec::new(),
    }
}

fn machine(text: &str, machine_type: MachineType) -> Result<(Definition, Arc<StateMachine>), Refusal> {
    let ParsedDefinition {
        document,
        definition,
        diagnostics,
    } = asl_model::parse(text);
    let refuse = |diagnostics: &[asl_model::Diagnostic]| Refusal {
        message: "The definition has errors.".into(),
        diagnostics: messages(diagnostics, &document, &TextPlaces::new(text.into())),
    };
    let Some(definition) = definition else {
        return Err(refuse(&diagnostics));
    };
    let diagnostics = asl_model::validate(&definition, machine_type);
    if diagnostics.iter().any(asl_model::Diagnostic::is_error) {
        return Err(refuse(&diagnostics));
    }
    let machine = StateMachine::compile(&definition).map_err(|diagnostics| refuse(&diagnostics))?;
    Ok((definition, machine))
}

fn input(text: &str) -> Result<Value, Refusal> {
    if text.trim().is_empty() {
        return Ok(Value::empty_object());
    }
    asl_json::parse_value(text).map_err(|error| {
        let position = asl_json::LineIndex::new(text).position(error.offset);
        let (line, column) = (position.line, position.column);
        refusal(format!(
            "The input is not JSON: line {line}, column {column}: {}",
            error.message
        ))
    })
}

fn options(options: &page::RunOptions) -> ExecutionOptions {
    let defaults = ExecutionOptions::default();
    let id = execution_id(options.seed);
    let name = if options.name.is_empty() {
        id.clone()
    } else {
        options.name.clone()
    };
    let machine = defaults
        .state_machine_arn
        .rsplit(':')
        .next()
        .unwrap_or_default()
        .to_owned();
    let (execution_type, arn) = match options.execution_type {
        page::ExecutionType::Standard => (ExecutionType::Standard, format!("execution:{machine}:{name}")),
        page::ExecutionType::Express => (ExecutionType::Express, format!("express:{machine}:{name}:{id}")),
    };
    ExecutionOptions {
        execution_arn: format!("arn:aws:states:us-east-1:123456789012:{arn}").into(),
        name: name.into(),
        execution_type,
        start_time: Timestamp(options.start_time_ms),
        seed: options.seed,
        ..defaults
    }
}

/// Returns a version 4 UUID, the form of the names that the service gives, always the same for the same seed.
fn execution_id(seed: u64) -> String {
    let (high, low) = (mix(seed), mix(seed ^ u64::MAX));
    format!(
        "{:08x}-{:04x}-4{:03x}-8{:03x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xffff,
        high & 0xfff,
        low >> 52,
        low & 0xffff_ffff_ffff
    )
}

/// Spreads the bits of a number: the finalizer of "SplitMix64".
fn mix(seed: u64) -> u64 {
    let mut bits = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_made_from_the_seed() {
        assert_eq!(execution_id(1), execution_id(1));
        assert_ne!(execution_id(1), execution_id(2));
        assert_eq!(execution_id(7).len(), 36);
    }
}
