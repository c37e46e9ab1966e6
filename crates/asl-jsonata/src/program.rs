//! What the engine is given to run, and how a run ends.
//!
//! The engine has one input document and no way to hand it variables without converting them whole. So the scope is the
//! input document, read field by field, and the program begins by binding every variable that the expression names.

use std::fmt::Write;
use std::rc::Rc;
use std::sync::Arc;

use asl_json::Value;
use jlens_core::{Bindings, Error, Options};

use crate::backtracking;
use crate::function::Dice;
use crate::limits::Limits;
use crate::payload::{Payloads, STATES_NAME, ValueBuilder, to_engine};
use crate::references::References;
use crate::uses::Uses;

/// The first budget of steps for expressions with regular expressions; each further one is twice as large. A thousand
/// steps back within a match cost one step here, as a node does, and some two hundred times its time: 4,000 of them take
/// about 60 ms.
const FIRST_REGEX_BUDGET: u64 = 4_000;

/// An expression and the functions it calls, ready to run.
#[derive(Debug)]
pub(crate) struct Program {
    engine: jlens_core::Expression,
    bindings: Bindings,
    /// The variables that the program begins by binding.
    variables: Vec<Arc<str>>,
    /// How many levels of evaluation the expression itself is nested in.
    depth: usize,
}

/// What one run is given besides what it reads.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settings {
    pub(crate) now_ms: i64,
    /// The seed of everything random.
    pub(crate) seed: u64,
    pub(crate) limits: Limits,
}

impl Settings {
    /// Returns what the engine is told, for a program that nests its expression `depth` levels deep.
    fn options(&self, max_steps: u64, depth: usize) -> Options {
        Options::new()
            .now(self.now_ms)
            .seed(self.seed)
            .max_steps(max_steps)
            .max_depth(self.limits.max_depth.saturating_add(depth))
            .max_string_length(self.limits.max_string_bytes)
            .max_array_length(self.limits.max_array_items)
            .max_result_size(self.limits.max_result_bytes)
    }
}

/// How a run ended.
pub(crate) struct Ending {
    /// The result, or `None` where it is undefined or a function.
    pub(crate) result: Option<Value>,
    /// Whether a `null` was written where the result may hold a number that is not one.
    pub(crate) wrote_null: bool,
}

impl Program {
    /// Returns the program of an expression as it stands, with an input document of its own.
    pub(crate) fn plain(engine: jlens_core::Expression) -> Program {
        Program {
            engine,
            bindings: Bindings::new(),
            variables: Vec::new(),
            depth: 0,
        }
    }

    /// Returns the program of an expression without an input document, which reads a scope.
    pub(crate) fn scoped(
        text: &str,
        references: &References,
        uses: &Uses,
        bindings: Bindings,
    ) -> Result<Program, Error> {
        let mut source = prelude(references, uses);
        let close = if uses.missing_context {
            // A function remembers the item it was made at, which is all that hides the scope itself.
            source.push_str("$asl_none:=null;$asl_body:=$asl_none.(function(){");
            "\n});$asl_body())"
        } else {
            "\n)"
        };
        source.push('\n');
        source.push_str(text);
        source.push_str(close);
        Ok(Program {
            engine: jlens_core::Expression::compile(&source)?,
            bindings,
            variables: references.variables.clone(),
            depth: 1 + usize::from(uses.missing_context),
        })
    }

    /// Runs the program over what `payloads` hands out.
    pub(crate) fn run(&self, payloads: &Rc<Payloads<'_>>, settings: &Settings, uses: &Uses) -> Result<Ending, Error> {
        let bindings = self.throw_dice(settings.seed, uses);
        let bindings = bindings.as_ref().unwrap_or(&self.bindings);
        let run = |max_steps| self.run_within(payloads, bindings, &settings.options(max_steps, self.depth));
        let limit = settings.limits.max_steps;
        let mut budget = FIRST_REGEX_BUDGET;
        while uses.regex && budget < limit {
            match run(budget) {
                Err(error) if error.code() == "U1006" => {
                    let input = payloads.copied(&self.variables);
                    let options = settings.options(budget, self.depth);
                    if backtracking::is_runaway(&self.engine, &input, bindings, &options, budget) {
                        return Err(error);
                    }
                }
                ended => return ended,
            }
            budget *= 2;
        }
        run(limit)
    }

    /// Runs the program over the document in `payloads`, with variables beside it.
    pub(crate) fn run_document(
        &self,
        variables: &[(String, Value)],
        payloads: &Rc<Payloads<'_>>,
        settings: &Settings,
    ) -> Result<Ending, Error> {
        let bind = |bindings: Bindings, (name, value): &(String, Value)| bindings.var(name, to_engine(value));
        let bindings = variables.iter().fold(self.bindings.clone(), bind);
        self.run_within(
            payloads,
            &bindings,
            &settings.options(settings.limits.max_steps, self.depth),
        )
    }

    fn run_within(&self, payloads: &Rc<Payloads<'_>>, bindings: &Bindings, options: &Options) -> Result<Ending, Error> {
        let mut builder = ValueBuilder::new(payloads);
        let result = self
            .engine
            .evaluate_source_to(&**payloads, bindings, options, |output| output.write(&mut builder))?;
        Ok(Ending {
            result,
            wrote_null: builder.wrote_null,
        })
    }

    /// Returns the functions with dice of this run's own, where the expression throws any.
    fn throw_dice(&self, seed: u64, uses: &Uses) -> Option<Bindings> {
        let dice = Arc::new(Dice::new(seed));
        let random = uses.functions.iter().filter(|function| function.is_random());
        random.fold(None, |bindings, function| {
            Some(function.bind(bindings.unwrap_or_else(|| self.bindings.clone()), &dice))
        })
    }
}

/// Returns the functions of AWS that an expression calls and that throw no dice.
pub(crate) fn functions(uses: &Uses) -> Bindings {
    let dice = Arc::new(Dice::default());
    let steady = uses.functions.iter().filter(|function| !function.is_random());
    steady.fold(Bindings::new(), |bindings, function| function.bind(bindings, &dice))
}

/// Returns the start of a program: every name from outside bound to its field of the scope.
fn prelude(references: &References, uses: &Uses) -> String {
    // Right after a parenthesis the parser takes the `/` of a regular expression for a division.
    let mut source = String::from(if uses.regex { "(null;" } else { "(" });
    let mut bind = |name: &str, value: &str| {
        let written = write!(source, "${name}:={value};");
        written.expect("writing to a string does not fail");
    };
    if references.states {
        bind("states", &format!("$$.{STATES_NAME}"));
    }
    if uses.eval {
        bind("eval", "null");
    }
    for name in &references.variables {
        let field = format!("$$.{}", Value::String(name.clone()));
        if crate::function::is_function(name) {
            // A function named without being called: a variable of that name hides it.
            bind(name, &format!("$exists({field})?{field}:${name}"));
        } else {
            bind(name, &field);
        }
    }
    source
}
