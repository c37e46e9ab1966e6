//! Catchers: the objects in `Catch`.

use std::sync::Arc;

use asl_json::Value;

use crate::dynamic::PathField;

/// One object of a `Catch` array.
#[derive(Clone, Debug, PartialEq)]
pub struct Catcher {
    /// Error names and wildcards, in order.
    pub error_equals: Vec<Arc<str>>,
    /// The state to go on with.
    pub next: Arc<str>,
    /// `ResultPath` (JSONPath): where the Error Output goes in the state's raw input.
    pub result_path: PathField,
    /// `Output` (JSONata): a template.
    pub output: Option<Value>,
    /// `Assign`: an object whose names are variables.
    pub assign: Option<Value>,
    /// `Comment`
    pub comment: Option<Arc<str>>,
}
