//! What an expression names: enough to check it, at half the cost of making it ready to run.

use std::sync::Arc;

use crate::error::SyntaxError;
use crate::profile;
use crate::references::References;

/// The names in an expression that is not run.
#[derive(Clone, Debug)]
pub struct Names(References);

impl Names {
    /// Reads the text between `{%` and `%}` in the profile of Step Functions.
    ///
    /// # Errors
    ///
    /// Returns why AWS would refuse the expression.
    pub fn of(text: &str) -> Result<Names, SyntaxError> {
        let ast = jlens_core::parse(text.trim()).map_err(|error| SyntaxError::of_engine(&error))?;
        match profile::refusal(&ast) {
            Some(refusal) => Err(refusal),
            None => Ok(Names(References::of(&ast))),
        }
    }

    /// Returns the names of the variables, as [`crate::Expression::references`] does.
    pub fn references(&self) -> &[Arc<str>] {
        &self.0.variables
    }

    /// Checks the members of `$states`, as [`crate::Expression::check_states_members`] does.
    ///
    /// # Errors
    ///
    /// Returns the error of the first that is not among those available, as AWS words it.
    pub fn check_states_members(&self, available: &[&str]) -> Result<(), SyntaxError> {
        self.0.check_states_members(available)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Expression;

    #[test]
    fn says_what_a_whole_expression_says() {
        for text in [
            "$a + $sum($b) + $states.input.c",
            "$states.result",
            "phone",
            "(",
            "$a ~> function($x){$x+$y}",
        ] {
            let (names, whole) = (Names::of(text), Expression::parse(text));
            assert_eq!(names.as_ref().err(), whole.as_ref().err(), "{text}");
            if let (Ok(names), Ok(whole)) = (names, whole) {
                assert_eq!(names.references(), whole.references());
                let available = ["input"];
                assert_eq!(
                    names.check_states_members(&available),
                    whole.check_states_members(&available)
                );
            }
        }
    }
}
