//! An expression that the engine has parsed, and how it is evaluated. Everything that needs the engine is behind here.

use std::rc::Rc;
use std::sync::{Arc, OnceLock};

use asl_json::Value;
use jlens_core::ast::Ast;

use crate::arithmetic;
use crate::error::{EvalError, SyntaxError};
use crate::expression::{Document, Evaluate, Expression};
use crate::lookup::Lookup;
use crate::payload::{Origin, Payloads};
use crate::profile::{self, Profile};
use crate::program::{self, Ending, Program, Settings};
use crate::references::References;
use crate::scope::Scope;
use crate::uses::Uses;

/// Parses a trimmed text.
pub(crate) fn parse(text: &str, profile: Profile) -> Result<Expression, SyntaxError> {
    let compiled = jlens_core::Expression::compile(text).map_err(|error| SyntaxError::of_engine(&error))?;
    match profile {
        Profile::StepFunctions => Parsed::in_scope(text, compiled.ast()),
        Profile::Standard => Ok(Parsed::on_document(text, compiled)),
    }
}

#[derive(Debug)]
struct Parsed {
    text: Arc<str>,
    references: Arc<References>,
    uses: Uses,
    /// The way to the value, for an expression that only looks something up.
    lookup: Option<Lookup>,
    /// Made when first needed: an expression that is only checked never is.
    program: OnceLock<Result<Program, jlens_core::Error>>,
    /// The program with arithmetic that gives strings for numbers JSON cannot write; made when first needed.
    rewritten: OnceLock<Option<Program>>,
}

impl Evaluate for Parsed {
    fn evaluate(&self, scope: &dyn Scope) -> Result<Value, EvalError> {
        if let Some(found) = self.lookup.as_ref().and_then(|lookup| lookup.follow(scope)) {
            return found;
        }
        let payloads = Payloads::new(Origin::Scope(scope));
        let settings = Settings {
            now_ms: scope.now_ms(),
            seed: if self.uses.random { scope.random() } else { 0 },
            limits: scope.limits(),
        };
        self.value(&payloads, &settings)
    }

    fn evaluate_document(&self, document: &Document<'_>) -> Result<Option<Value>, EvalError> {
        let payloads = Payloads::new(Origin::Document(document.input));
        let settings = Settings {
            now_ms: document.now_ms,
            seed: document.seed,
            limits: document.limits,
        };
        let program = self.program();
        let ending = program.and_then(|program| program.run_document(document.variables, &payloads, &settings));
        ending
            .map(|ending| ending.result)
            .map_err(|error| EvalError::of_engine(&error))
    }
}

impl Parsed {
    fn in_scope(text: &str, ast: &Ast) -> Result<Expression, SyntaxError> {
        if let Some(refusal) = profile::refusal(ast) {
            return Err(refusal);
        }
        Ok(Parsed {
            text: text.into(),
            references: Arc::new(References::of(ast)),
            uses: Uses::of(ast),
            lookup: Lookup::of(&ast.root),
            program: OnceLock::new(),
            rewritten: OnceLock::new(),
        }
        .into_expression())
    }

    fn on_document(text: &str, compiled: jlens_core::Expression) -> Expression {
        Parsed {
            text: text.into(),
            references: Arc::default(),
            uses: Uses::default(),
            lookup: None,
            program: OnceLock::from(Ok(Program::plain(compiled))),
            rewritten: OnceLock::new(),
        }
        .into_expression()
    }

    fn into_expression(self) -> Expression {
        Expression::new(Arc::clone(&self.text), Arc::clone(&self.references), Arc::new(self))
    }

    fn value(&self, payloads: &Rc<Payloads<'_>>, settings: &Settings) -> Result<Value, EvalError> {
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
        let program = self.program()?;
        let ending = program.run(payloads, settings, &self.uses);
        let unwritable = match &ending {
            Ok(ending) => ending.wrote_null && self.uses.not_a_number,
            Err(error) => error.code() == "D1001",
        };
        match unwritable.then(|| self.rewritten()).flatten() {
            Some(rewritten) => rewritten.run(payloads, settings, &self.uses),
            None => ending,
        }
    }

    fn program(&self) -> Result<&Program, jlens_core::Error> {
        let make = || Program::scoped(&self.text, &self.references, &self.uses, program::functions(&self.uses));
        self.program.get_or_init(make).as_ref().map_err(Clone::clone)
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
