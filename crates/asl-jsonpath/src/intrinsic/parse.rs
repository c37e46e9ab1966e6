//! Text of an intrinsic call to [`Call`].

use asl_json::{Number, Value};

use super::function::Function;
use super::string::FormatTemplate;
use super::{Argument, Call};
use crate::cursor::Cursor;
use crate::error::{SyntaxError, VariableReference};
use crate::path;

/// How many functions one expression may call. Source: Step Functions Developer Guide, "Intrinsic functions".
const MAX_CALLS: usize = 10;

struct Parser<'c, 't> {
    cursor: &'c mut Cursor<'t>,
    calls: usize,
    variables: Vec<VariableReference>,
}

/// Reads the call that comes next.
pub(super) fn call(cursor: &mut Cursor) -> Result<(Call, Vec<VariableReference>), SyntaxError> {
    let mut parser = Parser {
        cursor,
        calls: 0,
        variables: Vec::new(),
    };
    let call = parser.call()?;
    Ok((call, parser.variables))
}

impl Parser<'_, '_> {
    fn call(&mut self) -> Result<Call, SyntaxError> {
        let start = self.cursor.at();
        let name = self.cursor.eat_while(|c| c.is_ascii_alphanumeric() || c == '.');
        if name.is_empty() {
            return Err(self.cursor.unexpected("The name of an intrinsic function is expected"));
        }
        let Some(function) = Function::named(name) else {
            let message = format!("There is no intrinsic function \"{name}\"");
            return Err(self.cursor.error_since(start, message));
        };
        self.calls += 1;
        if self.calls > MAX_CALLS {
            let message = format!("An expression calls more than {MAX_CALLS} intrinsic functions");
            return Err(self.cursor.error_since(start, message));
        }
        if !self.cursor.eat("(") {
            return Err(self
                .cursor
                .unexpected("\"(\" is expected right after the name of the function"));
        }
        self.cursor.skip_blanks();
        let template = if function.name == "States.Format" && self.cursor.peek() == Some('\'') {
            Some(FormatTemplate::new(self.quoted()?))
        } else {
            None
        };
        let arguments = self.arguments(template.is_some())?;
        let given = arguments.len() + usize::from(template.is_some());
        if !function.arity.contains(&given) {
            let message = format!("{name} takes {}, not {given}", function.arity_text());
            return Err(self.cursor.error_since(start, message));
        }
        Ok(Call {
            function,
            template,
            arguments: arguments.into(),
        })
    }

    /// Reads arguments up to the closing parenthesis; `goes_on` says that one has been read already.
    fn arguments(&mut self, mut goes_on: bool) -> Result<Vec<Argument>, SyntaxError> {
        let mut arguments = Vec::new();
        loop {
            self.cursor.skip_blanks();
            if self.cursor.eat(")") {
                return Ok(arguments);
            }
            if goes_on {
                self.cursor.expect(",")?;
                self.cursor.skip_blanks();
            }
            arguments.push(self.argument()?);
            goes_on = true;
        }
    }

    fn argument(&mut self) -> Result<Argument, SyntaxError> {
        match self.cursor.peek() {
            Some('\'') => Ok(Argument::Literal(unescaped(self.quoted()?).into())),
            Some('$') => {
                let path = path::parse::path(self.cursor)?;
                self.variables.extend_from_slice(path.variables());
                Ok(Argument::Path(path))
            }
            Some('-' | '0'..='9') => self.number(),
            _ => self.word_or_call(),
        }
    }

    /// Reads a string in single quotes and returns what is between them, escapes as written.
    fn quoted(&mut self) -> Result<&str, SyntaxError> {
        let start = self.cursor.at();
        self.cursor.next();
        loop {
            let at = self.cursor.at();
            match self.cursor.next() {
                Some('\'') => {
                    let quoted = self.cursor.since(start);
                    return Ok(&quoted[1..quoted.len() - 1]);
                }
                Some('\\') => {
                    if !matches!(self.cursor.next(), Some('\'' | '{' | '}' | '\\')) {
                        let message = "A backslash escapes only ', {, } and \\";
                        return Err(self.cursor.error_since(at, message));
                    }
                }
                Some(_) => {}
                None => return Err(self.cursor.error_since(start, "The string does not end")),
            }
        }
    }

    fn number(&mut self) -> Result<Argument, SyntaxError> {
        let start = self.cursor.at();
        let belongs = |c| matches!(c, '0'..='9' | '+' | '-' | '.' | 'e' | 'E');
        let text = self.cursor.eat_while(belongs);
        match Number::from_text(text) {
            Some(number) => Ok(Argument::Literal(number.into())),
            None => Err(self.cursor.error_since(start, format!("\"{text}\" is not a number"))),
        }
    }

    fn word_or_call(&mut self) -> Result<Argument, SyntaxError> {
        let mut ahead = self.cursor.clone();
        let literal = match ahead.eat_while(|c| c.is_ascii_alphanumeric() || c == '.') {
            "" => return Err(self.cursor.unexpected("An argument is expected")),
            "null" => Value::Null,
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            _ => return Ok(Argument::Call(self.call()?)),
        };
        *self.cursor = ahead;
        Ok(Argument::Literal(literal))
    }
}

fn unescaped(quoted: &str) -> String {
    let mut text = String::with_capacity(quoted.len());
    let mut characters = quoted.chars();
    while let Some(next) = characters.next() {
        text.extend(if next == '\\' { characters.next() } else { Some(next) });
    }
    text
}
