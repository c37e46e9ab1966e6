//! A parsed path and the questions one may ask it.

mod filter;
mod function;
mod literal;
pub(crate) mod parse;
mod search;
mod segment;
#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;

use asl_json::Value;

use crate::cursor::Cursor;
use crate::error::{PathError, SyntaxError, VariableReference};
use crate::scope::Scope;
pub(crate) use search::position;
use search::{Search, Stop};
pub(crate) use segment::Segment;
use segment::Steps;

/// What a path starts from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Root {
    /// `$`, the input.
    Input,
    /// `$$`, the context object.
    Context,
    /// `$name`, a variable.
    Variable(Arc<str>),
}

/// A path such as `$.orders[0].id`, `$$.Execution.Name` or `$customer.name`, parsed once and evaluated often.
///
/// ```
/// let path = asl_jsonpath::Path::parse("$.orders[?(@.paid)].id")?;
/// assert!(!path.is_definite());
/// # Ok::<(), asl_jsonpath::SyntaxError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Path {
    text: Arc<str>,
    root: Root,
    steps: Steps,
    variable: Option<VariableReference>,
}

impl Path {
    /// Parses a whole text as a path; blanks behind it do not count.
    ///
    /// # Errors
    /// Names the first part that does not fit.
    pub fn parse(text: &str) -> Result<Path, SyntaxError> {
        let mut cursor = Cursor::new(text);
        let path = parse::path(&mut cursor)?;
        let end = cursor.clone();
        cursor.skip_blanks();
        if cursor.is_at_end() {
            Ok(path)
        } else {
            Err(end.unexpected("The path ends here or goes on with \".\" or \"[\""))
        }
    }

    /// Returns the text the path was parsed from.
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// Returns what the path starts from.
    pub fn root(&self) -> &Root {
        &self.root
    }

    /// Returns true where the path names one place: it has a value or it fails. Other paths gather an array.
    pub fn is_definite(&self) -> bool {
        self.steps.definite
    }

    /// Returns true where the path consists of names and single indexes only, as a Reference Path does.
    pub fn is_reference(&self) -> bool {
        let mut segments = self.steps.segments.iter();
        segments.all(|segment| matches!(segment, Segment::Name(_) | Segment::Index(_)))
    }

    /// Returns the path in Jayway's normalized form, such as `$['orders'][0]['id']`; the root is always `$`.
    pub fn normalized(&self) -> String {
        self.steps.normalized(self.steps.segments.len())
    }

    /// Returns the parts after the root.
    pub(crate) fn segments(&self) -> &[Segment] {
        &self.steps.segments
    }

    /// Returns the variables the path mentions: none, or the one it starts from.
    pub fn variables(&self) -> &[VariableReference] {
        self.variable.as_slice()
    }

    /// Returns what is at the path, as fields such as `InputPath` and payload templates see it: an index beyond the end
    /// of an array gives `null`, an indefinite path without a match `[]`.
    ///
    /// # Errors
    /// A definite path fails where nothing is there.
    pub fn evaluate(&self, scope: &dyn Scope) -> Result<Value, PathError> {
        Ok(self.find(scope)?.unwrap_or_default())
    }

    /// Returns what is at the path, or `None` where its last step is an index beyond the end of an array.
    ///
    /// # Errors
    /// A definite path fails where nothing is there.
    pub fn find(&self, scope: &dyn Scope) -> Result<Option<Value>, PathError> {
        match &self.root {
            Root::Input => self.find_in(scope.input(), scope),
            Root::Context => self.find_in(&scope.context(), scope),
            Root::Variable(name) => match scope.variable(name) {
                Some(value) => self.find_in(&value, scope),
                None => Err(PathError::UndefinedVariable(Arc::clone(name))),
            },
        }
    }

    /// Returns true where something, be it `null`, is at the path. An indefinite path always has an array, be it empty.
    ///
    /// # Errors
    /// Fails where the search takes too long or too deep, never because nothing is there.
    pub fn is_present(&self, scope: &dyn Scope) -> Result<bool, PathError> {
        match self.find(scope) {
            Ok(found) => Ok(found.is_some()),
            Err(error @ (PathError::OutOfFuel | PathError::TooDeep)) => Err(error),
            Err(_) => Ok(false),
        }
    }

    fn find_in(&self, document: &Value, scope: &dyn Scope) -> Result<Option<Value>, PathError> {
        if self.steps.segments.is_empty() {
            scope.spend(1)?;
            return Ok(Some(document.clone()));
        }
        let search = Search::new(scope, document);
        let found = search.find(&self.steps, document);
        search.settle()?;
        match found {
            Ok(value) => Ok(Some(value)),
            Err(Stop::Miss { segment, found }) => self.missed(segment, found.as_ref()),
            Err(Stop::Failed(error)) => Err(error),
        }
    }

    /// Words a miss at a segment, where the walk had `found` something that the segment does not apply to.
    fn missed(&self, segment: usize, found: Option<&Value>) -> Result<Option<Value>, PathError> {
        let missing = &self.steps.segments[segment];
        let is_last = segment + 1 == self.steps.segments.len();
        Err(match (missing, found) {
            (Segment::Index(_), None) if is_last => return Ok(None),
            (Segment::Name(_), None) if !is_last => PathError::MissingProperty(self.steps.normalized(segment + 1)),
            (_, None) => PathError::NoResults(self.normalized()),
            (Segment::Index(_), Some(found)) => PathError::NotAnArray(format!(
                "Filter: {missing} can only be applied to arrays. Current context is: {found}"
            )),
            (_, Some(_)) => PathError::NotAnObject(format!(
                "Property {missing} not found in path {}",
                self.steps.normalized(segment)
            )),
        })
    }
}

/// Writes the path as it was written.
impl fmt::Display for Path {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text)
    }
}
