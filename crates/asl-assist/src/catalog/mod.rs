//! What the help says: documentation of fields, words, functions, errors and integrations, as tables.
//!
//! The tables hold words only; what is legal where is for `asl_model::schema` to say.

mod context_object;
mod error_name;
mod field;
mod integration;
mod intrinsic;
mod operator;
mod word;

pub(crate) use context_object::{ContextEntry, context_children, context_entry};
pub(crate) use error_name::{error_doc, errors_of_service, reserved_errors};
pub(crate) use field::field_doc;
pub(crate) use integration::{
    ActionDoc, Parameter, ParameterKind, READER_ACTIONS, WRITER_ACTIONS, actions, parameters, resource_doc,
};
pub(crate) use intrinsic::{intrinsic_doc, intrinsics};
pub(crate) use operator::{operator_doc, operator_kind};
pub(crate) use word::{state_type_doc, word_doc};

/// A short explanation and where to read on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Documentation {
    /// One to three sentences.
    pub text: String,
    /// The section or page that has the rest.
    pub source: String,
}

impl Documentation {
    pub(crate) fn new(text: impl Into<String>, source: impl Into<String>) -> Documentation {
        Documentation {
            text: text.into(),
            source: source.into(),
        }
    }
}
