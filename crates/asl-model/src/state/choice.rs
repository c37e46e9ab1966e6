//! Choice: goes on with one of several states.

use std::sync::Arc;

use crate::choice_rule::ChoiceRule;

/// A Choice state.
#[derive(Clone, Debug, PartialEq)]
pub struct ChoiceState {
    /// `Choices`, asked in order.
    pub choices: Vec<ChoiceRule>,
    /// `Default`: where to go when no rule holds.
    pub default: Option<Arc<str>>,
}
