//! Questions to answers.

use asl_deploy::{Deployment, Format};
use asl_files::{FileError, MachineSource, Opened, file_name};
use asl_link::limits::{MAX_DEFINITION_BYTES, MAX_INPUT_BYTES};
use asl_link::{Codec, Document, LinkError, MockTarget};
use asl_protocol::{
    DeploymentText, FileKind, FileRefusal, FilesReply, FilesRequest, SharedDocument, Substitution, TemplateMachine,
    TestCase,
};

use crate::convert::{execution_type, from_page, mock_to_page, to_page};
use crate::rating::rating;

/// Answers a question.
pub fn answer(request: FilesRequest) -> FilesReply {
    match request {
        FilesRequest::ReadLink(fragment) => read_link(&fragment),
        FilesRequest::WriteLink {
            document,
            shorten,
            redact,
        } => write_link(from_page(document), shorten, redact),
        FilesRequest::ReadFile(bytes) => read_file(&bytes),
        FilesRequest::WriteFile { document, kind, states } => write_file(from_page(document), kind, &states),
        FilesRequest::Deploy(document) => deploy(&document),
    }
}

fn refused(title: &str, text: &str) -> FilesReply {
    FilesReply::Refused(FileRefusal {
        title: title.to_owned(),
        text: text.to_owned(),
        can_reload: false,
    })
}

fn read_link(fragment: &str) -> FilesReply {
    match asl_link::read_link(fragment) {
        Some(Ok(document)) => opened(document),
        Some(Err(error)) => FilesReply::Refused(FileRefusal {
            title: error.title().to_owned(),
            text: error.to_string(),
            can_reload: matches!(error, LinkError::Newer(_)),
        }),
        None => refused(
            LinkError::Unreadable.title(),
            "Its form is none that the playground knows.",
        ),
    }
}

fn opened(document: Document) -> FilesReply {
    let mut notes = Vec::new();
    let is_too_large = document.asl.len() > MAX_DEFINITION_BYTES || document.input.len() > MAX_INPUT_BYTES;
    if document.asl.len() > MAX_DEFINITION_BYTES {
        notes.push("The definition is larger than the 1 MiB that AWS accepts, so it is shown and cannot be edited.");
    }
    if document.input.len() > MAX_INPUT_BYTES {
        notes.push("The input is larger than the 256 KiB that AWS accepts, so it is shown and cannot be edited.");
    }
    FilesReply::Opened {
        digest: asl_link::digest(&document),
        document: Box::new(to_page(document)),
        note: notes.join(" "),
        is_too_large,
    }
}

fn write_link(document: Document, shorten: bool, redact: bool) -> FilesReply {
    let has_account_ids = asl_link::has_account_ids(&document);
    let document = if redact { asl_link::redacted(document) } else { document };
    let document = if shorten {
        asl_link::shortened(document)
    } else {
        document
    };
    let fragment = asl_link::write_link(&document, Codec::Deflate).ok();
    let (rating, is_short) = rating(fragment.as_ref().map(String::len));
    let fragment = fragment.unwrap_or_default();
    FilesReply::LinkWritten {
        length: u32::try_from(fragment.len()).unwrap_or(u32::MAX),
        fragment,
        rating,
        is_short,
        has_account_ids,
    }
}

fn read_file(bytes: &[u8]) -> FilesReply {
    match asl_files::open(bytes) {
        Ok(Opened::Playground(document)) => opened(*document),
        Ok(Opened::Definition {
            text,
            was_yaml,
            problem,
        }) => definition(text, was_yaml, problem),
        Ok(Opened::Template(machines)) => FilesReply::Template(machines.into_iter().map(machine).collect()),
        Ok(Opened::Mocks(cases)) => FilesReply::TestCases(cases.into_iter().map(test_case).collect()),
        Err(FileError(text)) => refused("This file does not open", &text),
    }
}

fn definition(text: String, was_yaml: bool, problem: Option<String>) -> FilesReply {
    let document = Document {
        asl: text,
        ..Document::default()
    };
    let note = match problem {
        Some(problem) => format!("The file is no JSON yet: {problem} It is open as it is, to be mended."),
        None if was_yaml => "The definition was YAML. It is converted to JSON; comments are not kept.".to_owned(),
        None => String::new(),
    };
    match opened(document) {
        FilesReply::Opened {
            document,
            digest,
            note: too_large,
            is_too_large,
        } => FilesReply::Opened {
            document,
            digest,
            note: [note, too_large].join(" ").trim().to_owned(),
            is_too_large,
        },
        other => other,
    }
}

fn machine(machine: asl_files::TemplateMachine) -> TemplateMachine {
    let mut out = TemplateMachine {
        name: machine.name,
        execution_type: execution_type(machine.is_express),
        written: String::new(),
        filled: String::new(),
        substitutions: Vec::new(),
        note: String::new(),
    };
    match machine.source {
        MachineSource::Inline {
            written,
            filled,
            substitutions,
        } => {
            out.written = written;
            out.filled = filled;
            out.substitutions = substitutions
                .into_iter()
                .map(|substitution| Substitution {
                    name: substitution.name,
                    definition: substitution.definition,
                    value: substitution.value.unwrap_or_default(),
                })
                .collect();
        }
        MachineSource::Elsewhere(address) => {
            out.note = format!("Its definition is in another file: {address}. Open that file to see it.");
        }
        MachineSource::Unknown(why) => out.note = why,
    }
    out
}

fn test_case(case: asl_files::TestCase) -> TestCase {
    TestCase {
        machine: case.machine,
        name: case.name,
        mocks: case.mocks.into_iter().map(mock_to_page).collect(),
    }
}

fn write_file(document: Document, kind: FileKind, states: &[Vec<String>]) -> FilesReply {
    let base = file_name(&document.title);
    let (extension, text) = match kind {
        FileKind::DefinitionJson => ("asl.json", document.asl),
        FileKind::DefinitionYaml => {
            let Some(text) = asl_files::definition_yaml(&document.asl) else {
                let problem = "The definition is no JSON yet. Mend it, or save it as .asl.json, which takes any text.";
                return refused("There is no YAML of this definition", problem);
            };
            ("asl.yaml", text)
        }
        FileKind::MockFile => ("mocks.json", mock_file(&document, states)),
        FileKind::Playground => (
            "aslplay.json",
            format!("{}\n", document.to_value().to_pretty_string("  ")),
        ),
    };
    FilesReply::FileWritten {
        name: format!("{base}.{extension}"),
        text,
    }
}

fn mock_file(document: &Document, states: &[Vec<String>]) -> String {
    let states_of = |target: &MockTarget| {
        let at = document.mocks.iter().position(|mock| mock.target == *target);
        at.and_then(|at| states.get(at)).cloned().unwrap_or_default()
    };
    asl_files::mock_file_text(&file_name(&document.title), &document.mocks, states_of)
}

fn deploy(document: &SharedDocument) -> FilesReply {
    let is_express = document.execution_type == asl_protocol::ExecutionType::Express;
    match Deployment::new(&document.title, &document.definition, &document.input, is_express) {
        Ok(deployment) => FilesReply::Deployment(Format::ALL.map(|format| text(&deployment, format)).to_vec()),
        Err(error) => refused("Not ready to go live", &error.to_string()),
    }
}

fn text(deployment: &Deployment, format: Format) -> DeploymentText {
    let (label, about, file_name) = match format {
        Format::AwsCli => (
            "AWS CLI",
            "Paste this into a POSIX shell such as bash or zsh, with your own role.",
            "deploy.sh",
        ),
        Format::CloudFormation => (
            "CloudFormation",
            "Save this as template.yaml, then: aws cloudformation deploy --template-file template.yaml --stack-name NAME \
             --capabilities CAPABILITY_NAMED_IAM",
            "template.yaml",
        ),
        Format::Sam => (
            "SAM",
            "Save this as template.yaml, then: sam deploy --guided",
            "template.yaml",
        ),
        Format::Cdk => (
            "CDK",
            "Add this to lib/ of a CDK app in TypeScript.",
            "state-machine-stack.ts",
        ),
        Format::Terraform => (
            "Terraform",
            "Add this to a configuration with the AWS provider.",
            "state_machine.tf",
        ),
    };
    DeploymentText {
        label: label.to_owned(),
        about: about.to_owned(),
        file_name: file_name.to_owned(),
        text: deployment.write(format),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shared(definition: &str) -> SharedDocument {
        SharedDocument {
            title: "Order saga".into(),
            definition: definition.into(),
            ..SharedDocument::default()
        }
    }

    fn link_of(document: SharedDocument, redact: bool) -> (String, bool) {
        let request = FilesRequest::WriteLink {
            document,
            shorten: false,
            redact,
        };
        match answer(request) {
            FilesReply::LinkWritten {
                fragment,
                has_account_ids,
                ..
            } => (fragment, has_account_ids),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_link_is_written_and_read() {
        let (fragment, has_account_ids) = link_of(shared("{ }"), false);
        assert!(!has_account_ids);
        let FilesReply::Opened {
            document, is_too_large, ..
        } = answer(FilesRequest::ReadLink(fragment))
        else {
            panic!("not opened")
        };
        assert_eq!((*document, is_too_large), (shared("{ }"), false));
    }

    #[test]
    fn account_ids_are_told_and_replaced_on_demand() {
        let document = shared("\"arn:aws:states:eu-west-1:999988887777:activity:A\"");
        assert!(link_of(document.clone(), false).1);
        let FilesReply::Opened { document, .. } = answer(FilesRequest::ReadLink(link_of(document, true).0)) else {
            panic!("not opened")
        };
        assert!(
            document.definition.contains(":123456789012:"),
            "{}",
            document.definition
        );
    }

    #[test]
    fn the_page_and_the_reader_agree_on_the_largest_file() {
        assert_eq!(asl_protocol::MAX_FILE_BYTES as usize, asl_files::MAX_FILE_BYTES);
    }

    #[test]
    fn texts_larger_than_the_service_takes_are_to_be_shown_only() {
        let is_too_large = |definition: usize, input: usize| {
            let document = Document {
                asl: " ".repeat(definition),
                input: " ".repeat(input),
                ..Document::default()
            };
            matches!(opened(document), FilesReply::Opened { is_too_large: true, note, .. } if note.contains("cannot be edited"))
        };
        assert!(!is_too_large(MAX_DEFINITION_BYTES, MAX_INPUT_BYTES));
        assert!(is_too_large(MAX_DEFINITION_BYTES + 1, 0));
        assert!(is_too_large(0, MAX_INPUT_BYTES + 1));
    }

    #[test]
    fn a_mock_of_a_function_is_saved_for_each_of_its_states() {
        let mut document = shared("{}");
        document.mocks = vec![asl_protocol::Mock {
            matches: asl_protocol::MockMatch::Resource("*:function:F".into()),
            behavior: asl_protocol::MockBehavior::Steps(vec![asl_protocol::MockStep {
                answer: asl_protocol::MockAnswer::Return("1".into()),
                delay_ms: 0,
            }]),
        }];
        let request = FilesRequest::WriteFile {
            document,
            kind: FileKind::MockFile,
            states: vec![vec!["A".into(), "B".into()]],
        };
        let FilesReply::FileWritten { name, text } = answer(request) else {
            panic!("not written")
        };
        assert_eq!(name, "order-saga.mocks.json");
        let FilesReply::TestCases(cases) = answer(FilesRequest::ReadFile(text.into_bytes())) else {
            panic!("not read")
        };
        assert_eq!(cases[0].mocks.len(), 2);
    }

    #[test]
    fn a_playground_file_opens_as_what_was_saved() {
        let request = FilesRequest::WriteFile {
            document: shared("{ }"),
            kind: FileKind::Playground,
            states: Vec::new(),
        };
        let FilesReply::FileWritten { name, text } = answer(request) else {
            panic!("not written")
        };
        assert_eq!(name, "order-saga.aslplay.json");
        let FilesReply::Opened { document, .. } = answer(FilesRequest::ReadFile(text.into_bytes())) else {
            panic!("not read")
        };
        assert_eq!(*document, shared("{ }"));
    }

    #[test]
    fn every_format_of_deployment_is_offered() {
        let FilesReply::Deployment(texts) = answer(FilesRequest::Deploy(shared(r#"{"StartAt":"A"}"#))) else {
            panic!("not deployed")
        };
        let labels: Vec<_> = texts.iter().map(|text| text.label.as_str()).collect();
        assert_eq!(labels, ["AWS CLI", "CloudFormation", "SAM", "CDK", "Terraform"]);
        assert!(matches!(
            answer(FilesRequest::Deploy(shared("{"))),
            FilesReply::Refused(_)
        ));
    }
}
