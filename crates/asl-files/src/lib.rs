//! Files that the playground opens and writes. What a file is, its content says and not its name.
//!
//! Read [`open()`] first, then [`template`] for CloudFormation, SAM and the Serverless Framework.

mod bomb;
mod detect;
mod mock_file;
mod open;
mod resolve;
mod save;
pub mod template;
pub mod yaml;

pub use mock_file::{TestCase, mock_file_text};
pub use open::{FileError, MAX_FILE_BYTES, Opened, open};
pub use save::{definition_yaml, file_name};
pub use template::{MachineSource, Substitution, TemplateMachine};
