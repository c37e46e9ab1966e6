//! A parsed path and the questions one may ask it.

use std::sync::Arc;

use asl_json::Value;

use crate::error::{PathError, SyntaxError, VariableReference};
use crate::scope::Scope;

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
#[derive(Clone, Debug)]
pub struct Path {
    text: Arc<str>,
    root: Root,
    definite: bool,
    variables: Vec<VariableReference>,
}

impl Path {
    /// Parses a whole text as a path.
    ///
    /// # Errors
    /// Names the first part that does not fit.
    pub fn parse(text: &str) -> Result<Path, SyntaxError> {
        if text != "$" {
            return Err(SyntaxError {
                message: "Only $ is known so far".into(),
                span: 0..text.len(),
            });
        }
        Ok(Path {
            text: text.into(),
            root: Root::Input,
            definite: true,
            variables: Vec::new(),
        })
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
        self.definite
    }

    /// Returns true where the path consists of names and single indexes only, as a Reference Path does.
    pub fn is_reference(&self) -> bool {
        self.definite
    }

    /// Returns the path in Jayway's normalized form, such as `$['orders'][0]['id']`; the root is always `$`.
    pub fn normalized(&self) -> String {
        self.text.to_string()
    }

    /// Returns the variables the path mentions, in order.
    pub fn variables(&self) -> &[VariableReference] {
        &self.variables
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
        Ok(Some(scope.input().clone()))
    }

    /// Returns true where something, be it `null`, is at the path. An indefinite path is there where it has a match.
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
}
