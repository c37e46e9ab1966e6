//! What the page asks of the files Worker: links, files, and texts that bring a state machine to AWS.
//!
//! Each question has one answer. The Worker is started with the first question and keeps nothing between two.

use serde::{Deserialize, Serialize};

use crate::mock::Mock;
use crate::request::ExecutionType;

/// Largest file that is read, in bytes: the page does not even load a larger one.
pub const MAX_FILE_BYTES: u32 = 4 * 1024 * 1024;

/// A question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FilesRequest {
    /// What does this fragment hold? Answered by `Opened` or `Refused`.
    ReadLink(String),
    /// Which link holds this document? Answered by `LinkWritten`.
    WriteLink {
        /// The document, with what the reader chose to include.
        document: SharedDocument,
        /// Leaves out white space of the definition and the input.
        shorten: bool,
        /// Writes a stand-in for account ids.
        redact: bool,
    },
    /// What does this file hold? Answered by `Opened`, `Template`, `TestCases` or `Refused`.
    ReadFile(Vec<u8>),
    /// How is this document written as a file? Answered by `FileWritten` or `Refused`.
    WriteFile {
        /// The document.
        document: SharedDocument,
        /// Which file.
        kind: FileKind,
        /// The states that each mock of a function answers, in the order of `document.mocks`.
        states: Vec<Vec<String>>,
    },
    /// How is this document brought to AWS? Answered by `Deployment` or `Refused`.
    Deploy(SharedDocument),
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FilesReply {
    /// It holds a document.
    Opened {
        /// The document.
        document: Box<SharedDocument>,
        /// SHA-256 of its content, in hexadecimal digits.
        digest: String,
        /// What the reader should know, in sentences; empty for nothing.
        note: String,
        /// Whether a text is larger than the service takes, so that it is to be shown and not edited.
        is_too_large: bool,
    },
    /// It cannot be opened, or written.
    Refused(FileRefusal),
    /// A link is written.
    LinkWritten {
        /// The fragment without `#`; empty where the document is too large for any.
        fragment: String,
        /// Characters of the fragment.
        length: u32,
        /// Where such a link works, or why there is none.
        rating: String,
        /// Whether it is short enough for everywhere.
        is_short: bool,
        /// Whether the document names account ids that the reader may not want to publish.
        has_account_ids: bool,
    },
    /// The state machines of a template.
    Template(Vec<TemplateMachine>),
    /// The test cases of a mock file.
    TestCases(Vec<TestCase>),
    /// A file is written.
    FileWritten {
        /// Its name.
        name: String,
        /// Its content.
        text: String,
    },
    /// Texts that bring the document to AWS.
    Deployment(Vec<DeploymentText>),
}

/// Why something cannot be opened or written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRefusal {
    /// A few words.
    pub title: String,
    /// What is wrong and the way out, in sentences.
    pub text: String,
    /// Whether another try with a newer page helps.
    pub can_reload: bool,
}

/// A document as it is shared.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SharedDocument {
    /// What it is called.
    pub title: String,
    /// Text of the definition.
    pub definition: String,
    /// The type of the state machine.
    pub execution_type: ExecutionType,
    /// Text of the execution input.
    pub input: String,
    /// What answers the tasks.
    pub mocks: Vec<Mock>,
    /// The instant at which a run starts, RFC 3339, where it is fixed; empty where it is not.
    pub start: String,
    /// How time passes: `virtual`, `10x`, `real`, or empty for the reader's choice.
    pub speed: String,
    /// Seed of everything random.
    pub seed: Option<u64>,
    /// What the reader is to look at.
    pub moment: SharedMoment,
    /// What a later version wrote, as JSON text of an object; empty for nothing.
    pub unknown: String,
}

/// What the reader of a link is to look at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedMoment {
    /// The part of the page in front: `diagram`, `code`, `log`, or empty.
    pub view: String,
    /// Name of the selected state; empty for none.
    pub state: String,
    /// Id of the event to which a run is looked at.
    pub event: Option<u32>,
    /// Names of the Map and Parallel states whose inside is hidden.
    pub folded: Vec<String>,
}

/// Which file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FileKind {
    /// The definition as JSON: `.asl.json`.
    DefinitionJson,
    /// The definition as YAML: `.asl.yaml`.
    DefinitionYaml,
    /// The mocks, for Step Functions Local: `.mocks.json`.
    MockFile,
    /// Everything: `.aslplay.json`.
    Playground,
}

/// A state machine in a template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateMachine {
    /// Its name in the template.
    pub name: String,
    /// The type of the state machine.
    pub execution_type: ExecutionType,
    /// Text of the definition with its `${...}`; empty where it is not in the template.
    pub written: String,
    /// Text of the definition with a value for every `${...}` that has one.
    pub filled: String,
    /// Every `${...}`.
    pub substitutions: Vec<Substitution>,
    /// Why there is no definition, in a sentence; empty where there is one.
    pub note: String,
}

/// A `${...}` of a template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Substitution {
    /// The name in braces.
    pub name: String,
    /// What the template says about it; may be empty.
    pub definition: String,
    /// What is filled in; empty where there is no telling.
    pub value: String,
}

/// A test case of a mock file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TestCase {
    /// Name of the state machine in the file.
    pub machine: String,
    /// Name of the test case.
    pub name: String,
    /// Its mocks.
    pub mocks: Vec<Mock>,
}

/// A text that brings a state machine to AWS.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeploymentText {
    /// What it is for, in a word or two.
    pub label: String,
    /// What to do with it, in a sentence.
    pub about: String,
    /// Name of the file.
    pub file_name: String,
    /// The text.
    pub text: String,
}
