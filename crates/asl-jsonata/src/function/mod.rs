//! The functions that Step Functions adds to JSONata.
//!
//! One file per function. Each checks its arguments as AWS does: what is missing, of the wrong type or one too many is
//! an error of its own, `T0410`; what is of the right type but of no use is `D3137`, or undefined.

mod hash;
mod parse;
mod partition;
mod random;
mod range;
mod uuid;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};

use jlens_core::{Bindings, Error, HostFunction};
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value as Json;

/// An argument or a result; `None` is undefined.
type Maybe = Option<Json>;

/// The functions of the engine by name, and those of AWS.
static NAMES: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    let engine = jlens_core::function_catalog().into_iter().map(|function| function.name);
    engine.chain(Function::ALL.map(Function::name)).collect()
});

/// The functions of the engine that take the context item for an argument left out, with how many arguments they have.
static CONTEXTUAL: LazyLock<FxHashMap<&'static str, usize>> = LazyLock::new(|| {
    let engine = jlens_core::function_catalog().into_iter();
    let contextual = engine.filter(|function| function.signature.contains('-'));
    contextual
        .map(|function| (function.name, function.params.len()))
        .collect()
});

/// Returns true where `$name` is a function of the language.
pub(crate) fn is_function(name: &str) -> bool {
    NAMES.contains(name)
}

/// Returns true where `$name`, called with so many arguments, may take the context item for one left out.
pub(crate) fn takes_context(name: &str, arguments: usize) -> bool {
    CONTEXTUAL.get(name).is_some_and(|parameters| arguments < *parameters)
}

/// A function that Step Functions adds, or changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Function {
    Hash,
    Parse,
    Partition,
    Random,
    Range,
    Uuid,
}

impl Function {
    pub(crate) const ALL: [Function; 6] = [
        Function::Hash,
        Function::Parse,
        Function::Partition,
        Function::Random,
        Function::Range,
        Function::Uuid,
    ];

    /// Returns the function called `$name`.
    pub(crate) fn named(name: &str) -> Option<Function> {
        Function::ALL.into_iter().find(|function| function.name() == name)
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Function::Hash => "hash",
            Function::Parse => "parse",
            Function::Partition => "partition",
            Function::Random => "random",
            Function::Range => "range",
            Function::Uuid => "uuid",
        }
    }

    /// Returns true where the function throws dice.
    pub(crate) fn is_random(self) -> bool {
        matches!(self, Function::Random | Function::Uuid)
    }

    fn arity(self) -> usize {
        match self {
            Function::Uuid => 0,
            Function::Parse | Function::Random => 1,
            Function::Hash | Function::Partition => 2,
            Function::Range => 3,
        }
    }

    /// Binds the function; `dice` is thrown by those that need it.
    pub(crate) fn bind(self, bindings: Bindings, dice: &Arc<Dice>) -> Bindings {
        let dice = dice.clone();
        let function = HostFunction::new(self.arity(), move |arguments, _call| {
            let call = Arguments {
                function: self,
                given: arguments,
            };
            call.refuse_surplus()?;
            match self {
                Function::Hash => hash::hash(&call),
                Function::Parse => parse::parse(&call),
                Function::Partition => partition::partition(&call),
                Function::Random => random::random(&call, &dice),
                Function::Range => range::range(&call),
                Function::Uuid => Ok(Some(uuid::uuid(&dice))),
            }
        });
        bindings.function(self.name(), function)
    }
}

/// The arguments of one call.
struct Arguments<'a> {
    function: Function,
    given: &'a [Maybe],
}

impl<'a> Arguments<'a> {
    /// Returns the argument at a position from 0, or `None` where it is undefined or left out.
    fn at(&self, index: usize) -> Option<&'a Json> {
        self.given.get(index)?.as_ref()
    }

    fn refuse_surplus(&self) -> Result<(), Error> {
        let arity = self.function.arity();
        if self.given.len() > arity {
            return Err(self.mismatch(arity));
        }
        Ok(())
    }

    /// Returns a number without its fraction, as a Java cast to `long` does it.
    #[expect(clippy::cast_possible_truncation, reason = "the cast saturates, as it does in Java")]
    fn integer(&self, index: usize) -> Result<i64, Error> {
        let number = self.at(index).and_then(Json::as_f64);
        Ok(number.ok_or_else(|| self.mismatch(index))? as i64)
    }

    fn text(&self, index: usize) -> Result<&'a str, Error> {
        self.at(index)
            .and_then(Json::as_str)
            .ok_or_else(|| self.mismatch(index))
    }

    /// Returns the error of an argument that the signature does not allow.
    fn mismatch(&self, index: usize) -> Error {
        Error::new("T0410")
            .with("index", index + 1)
            .with("token", self.function.name())
    }
}

/// Returns the error of an argument that has the right type and no use.
fn refusal(message: impl Into<String>) -> Error {
    Error::new("D3137").with("message", message.into())
}

/// A stream of random bits that depends on nothing but its seed: SplitMix64.
#[derive(Debug, Default)]
pub(crate) struct Dice(AtomicU64);

impl Dice {
    /// Returns the stream of a seed.
    pub(crate) fn new(seed: u64) -> Dice {
        Dice(AtomicU64::new(seed))
    }

    /// Returns the next 64 bits.
    fn throw(&self) -> u64 {
        const STEP: u64 = 0x9E37_79B9_7F4A_7C15;
        let state = self.0.fetch_add(STEP, Ordering::Relaxed).wrapping_add(STEP);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }
}

#[cfg(test)]
mod tests;
