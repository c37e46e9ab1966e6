//! Pass: passes its input on, changed or not.

use asl_json::Value;

/// A Pass state.
#[derive(Clone, Debug, PartialEq)]
pub struct PassState {
    /// `Result` (JSONPath): a literal, never evaluated. `null` counts as present.
    pub result: Option<Value>,
}
