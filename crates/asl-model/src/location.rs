//! Places inside a definition, written as Step Functions writes them.

use std::fmt;
use std::sync::Arc;

use asl_json::Step;

/// A place inside a definition. Displays as AWS does: `/` for the root, else `/States/A/Choices[0]/Next`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location(Arc<[Step]>);

impl Location {
    /// Returns the place of the whole definition.
    pub fn root() -> Location {
        Location::default()
    }

    /// Returns the place of the member of that name inside this one.
    pub fn member(&self, name: impl Into<Arc<str>>) -> Location {
        self.join(Step::Member(name.into()))
    }

    /// Returns the place of the item of that zero-based index inside this one.
    pub fn item(&self, index: usize) -> Location {
        self.join(Step::Item(index))
    }

    /// Returns the steps from the root down.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// Returns the place at the end of these steps from this one.
    pub(crate) fn inside(&self, way: &[Step]) -> Location {
        Location([self.steps(), way].concat().into())
    }

    fn join(&self, step: Step) -> Location {
        Location(self.0.iter().cloned().chain([step]).collect())
    }
}

/// Takes the steps from the root down.
impl From<&[Step]> for Location {
    fn from(steps: &[Step]) -> Location {
        Location(steps.into())
    }
}

impl fmt::Display for Location {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return out.write_str("/");
        }
        self.0.iter().try_for_each(|step| match step {
            Step::Member(name) => write!(out, "/{name}"),
            Step::Item(index) => write!(out, "[{index}]"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn displays_as_aws_does() {
        assert_eq!(Location::root().to_string(), "/");
        let rule = Location::root()
            .member("States")
            .member("A b")
            .member("Choices")
            .item(1);
        assert_eq!(rule.member("Next").to_string(), "/States/A b/Choices[1]/Next");
    }
}
