//! What the inspector says about one visit to a state, in words and marked lines: the page only draws it.

mod attempts;
mod choice_text;
mod failure_text;
mod value_diff;
mod variables;
mod visits;

pub use attempts::{Attempt, attempts};
pub use choice_text::{ConditionText, RuleText, explain_choice};
pub use failure_text::{ClauseText, ClauseVerdict, FailureText, explain_failures};
pub use value_diff::{DiffLine, Sign, diff_values};
pub use variables::{VariableRecord, variable_lines, variables_before};
pub use visits::{Visit, scope_text, visits};
