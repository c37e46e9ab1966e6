//! One expression: parsed once, evaluated many times.

use std::rc::Rc;
use std::sync::{Arc, OnceLock};

use asl_json::Value;
use jlens_core::ast::Ast;

use crate::arithmetic;
use crate::error::{EvalError, SyntaxError};
use crate::limits::Limits;
use crate::lookup::Lookup;
use crate::payload::{Origin, Payloads};
use crate::profile::{self, Profile};
use crate::program::{self, Ending, Program, Settings};
use crate::references::References;
use crate::scope::Scope;
use crate::uses::Uses;

/// An expression of JSONata, ready to be evaluated. Cloning is cheap.
#[derive(Clone, Debug)]
pub struct Expression(Arc<Parsed>);

#[derive(Debug)]
struct Parsed {
    text: Arc<str>,
    references: References,
    uses: Uses,
    /// The way to the value, for an expression that only looks something up.
    lookup: Option<Lookup>,
    program: Program,
    /// The program with arithmetic that gives strings for numbers JSON cannot write; made when first needed.
    rewritten: OnceLock<Option<Program>>,
}

/// What an expression of [`Profile::Standard`] is evaluated over.
#[derive(Clone, Copy, Debug)]
pub struct Document<'a> {
    /// The input document, `$$`; without one it is undefined.
    pub input: Option<&'a Value>,
    /// Variables by name, without `$`.
    pub variables: &'a [(String, Value)],
    /// The time as `$millis()` gives it.
    pub now_ms: i64,
    /// The seed of everything random.
    pub seed: u64,
    /// How much the evaluation may spend.
    pub limits: Limits,
}

impl Expression {
    /// Parses the text between `{%` and `%}` in the profile of Step Functions.
    ///
    /// # Errors
    ///
    /// Returns why AWS would refuse the expression.
    pub fn parse(text: &str) -> Result<Expression, SyntaxError> {
        Expression::parse_in(text, Profile::StepFunctions)
    }

    /// Parses an expression in the given profile.
    ///
    /// # Errors
    ///
    /// Returns why the expression is refused.
    pub fn parse_in(text: &str, profile: Profile) -> Result<Expression, SyntaxError> {
        let text = text.trim();
        let ast = jlens_core::parse(text).map_err(|error| SyntaxError::of_engine(&error))?;
        let parsed = match profile {
            Profile::StepFunctions => Parsed::in_scope(text, &ast),
            Profile::Standard => Parsed::on_document(text),
        };
        Ok(Expression(Arc::new(parsed?)))
    }

    /// Returns the trimmed text.
    pub fn text(&self) -> &Arc<str> {
        &self.0.text
    }

    /// Returns the names of the variables that the expression reads and does not bind itself, without `$` and without
    /// `states`; each once, in the order of the text.
    pub fn references(&self) -> &[Arc<str>] {
        &self.0.references.variables
    }

    /// Returns the members of `$states` that the expression names, each once, in the order of the text.
    pub fn states_members(&self) -> impl Iterator<Item = &Arc<str>> {
        self.0.references.states_members.iter().map(|member| &member.name)
    }

    /// Checks that the expression names no other members of `$states` than these.
    ///
    /// # Errors
    ///
    /// Returns the error of the first that is not among them, as AWS words it.
    pub fn check_states_members(&self, available: &[&str]) -> Result<(), SyntaxError> {
        self.0.references.check_states_members(available)
    }

    /// Returns the value of the expression.
    ///
    /// # Errors
    ///
    /// Returns why there is no value; an undefined result is an error on AWS.
    pub fn evaluate(&self, scope: &dyn Scope) -> Result<Value, EvalError> {
        if let Some(found) = self.0.lookup.as_ref().and_then(|lookup| lookup.follow(scope)) {
            return found;
        }
        let payloads = Payloads::new(Origin::Scope(scope));
        let settings = Settings {
            now_ms: scope.now_ms(),
            seed: if self.0.uses.random { scope.random() } else { 0 },
            limits: scope.limits(),
        };
        self.0.evaluate(&payloads, &settings)
    }

    /// Returns the value of an expression of [`Profile::Standard`], or `None` where it is undefined.
    ///
    /// # Errors
    ///
    /// Returns why the evaluation failed.
    pub fn evaluate_document(&self, document: &Document<'_>) -> Result<Option<Value>, EvalError> {
        let payloads = Payloads::new(Origin::Document(document.input));
        let settings = Settings {
            now_ms: document.now_ms,
            seed: document.seed,
            limits: document.limits,
        };
        let ending = self.0.program.run_document(document.variables, &payloads, &settings);
        ending
            .map(|ending| ending.result)
            .map_err(|error| EvalError::of_engine(&error))
    }
}

impl Parsed {
    fn in_scope(text: &str, ast: &Ast) -> Result<Parsed, SyntaxError> {
        if let Some(refusal) = profile::refusal(ast) {
            return Err(refusal);
        }
        let references = References::of(ast);
        let uses = Uses::of(ast);
        let program = Program::scoped(text, &references, &uses, program::functions(&uses));
        Ok(Parsed {
            text: text.into(),
            lookup: Lookup::of(&ast.root),
            program: program.map_err(|error| SyntaxError::of_engine(&error))?,
            references,
            uses,
            rewritten: OnceLock::new(),
        })
    }

    fn on_document(text: &str) -> Result<Parsed, SyntaxError> {
        let program = Program::plain(text);
        Ok(Parsed {
            text: text.into(),
            lookup: None,
            program: program.map_err(|error| SyntaxError::of_engine(&error))?,
            references: References::default(),
            uses: Uses::default(),
            rewritten: OnceLock::new(),
        })
    }

    fn evaluate(&self, payloads: &Rc<Payloads<'_>>, settings: &Settings) -> Result<Value, EvalError> {
        let ending = self
            .run(payloads, settings)
            .map_err(|error| EvalError::of_engine(&error))?;
        match ending.result {
            Some(_) if self.uses.holds_function => Err(EvalError::UnsupportedResult),
            Some(value) => Ok(value),
            None if self.gives_function(payloads, settings) => Err(EvalError::UnsupportedResult),
            None => Err(EvalError::Undefined),
        }
    }

    /// Runs the program, and again with other arithmetic where it came upon a number that JSON cannot write.
    fn run(&self, payloads: &Rc<Payloads<'_>>, settings: &Settings) -> Result<Ending, jlens_core::Error> {
        let ending = self.program.run(payloads, settings, &self.uses);
        let unwritable = match &ending {
            Ok(ending) => ending.wrote_null && self.uses.not_a_number,
            Err(error) => error.code() == "D1001",
        };
        match unwritable.then(|| self.rewritten()).flatten() {
            Some(rewritten) => rewritten.run(payloads, settings, &self.uses),
            None => ending,
        }
    }

    fn rewritten(&self) -> Option<&Program> {
        let rewrite = || {
            let ast = jlens_core::parse(&self.text).ok()?;
            let text = arithmetic::rewrite(&self.text, &ast.root);
            let functions = arithmetic::bind(program::functions(&self.uses));
            Program::scoped(&text, &self.references, &self.uses, functions).ok()
        };
        self.rewritten.get_or_init(rewrite).as_ref()
    }

    /// Returns true where a result that the engine cannot write is a function rather than undefined.
    fn gives_function(&self, payloads: &Rc<Payloads<'_>>, settings: &Settings) -> bool {
        if !self.uses.function_values {
            return false;
        }
        let text = format!("$type((null;\n{}\n))", self.text);
        let functions = program::functions(&self.uses);
        let program = Program::scoped(&text, &self.references, &self.uses, functions);
        let ending = program.and_then(|program| program.run(payloads, settings, &self.uses));
        ending.is_ok_and(|ending| ending.result == Some("function".into()))
    }
}

#[cfg(test)]
mod tests;
