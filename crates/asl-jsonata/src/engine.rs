//! Where the engine comes from: linked in, or handed over once it has arrived.
//!
//! The engine is large, and a state machine in JSONPath needs none of it. A host that loads code on demand builds this
//! crate with the feature `on-demand`, fetches what [`Engine::linked`] reaches, and hands it to `arrived`.

use crate::catalog::{self, FunctionInfo};
use crate::error::SyntaxError;
use crate::evaluation;
use crate::expression::Expression;
use crate::profile::Profile;

/// The engine, as it is handed over.
#[derive(Clone, Copy, Debug)]
pub struct Engine {
    parse: fn(&str, Profile) -> Result<Expression, SyntaxError>,
    functions: fn() -> Vec<FunctionInfo>,
}

impl Engine {
    /// Returns the engine. Whatever calls this has all of its code linked in.
    pub fn linked() -> Engine {
        Engine {
            parse: evaluation::parse,
            functions: catalog::functions,
        }
    }
}

/// Returns every function that an expression may call, in the order of their names; none before the engine has arrived.
/// `$eval` is not among them: Step Functions disables it.
pub fn functions() -> Vec<FunctionInfo> {
    engine().map_or_else(Vec::new, |engine| (engine.functions)())
}

/// Parses a trimmed text.
pub(crate) fn parse(text: &str, profile: Profile) -> Result<Expression, SyntaxError> {
    match engine() {
        Some(engine) => (engine.parse)(text, profile),
        None => Err(SyntaxError::without_engine(text)),
    }
}

#[cfg(not(feature = "on-demand"))]
#[expect(
    clippy::unnecessary_wraps,
    reason = "with the feature `on-demand` there may be none yet"
)]
fn engine() -> Option<Engine> {
    Some(Engine::linked())
}

#[cfg(feature = "on-demand")]
pub use on_demand::arrived;
#[cfg(feature = "on-demand")]
use on_demand::engine;

#[cfg(feature = "on-demand")]
mod on_demand {
    use std::sync::OnceLock;

    use super::Engine;

    static ENGINE: OnceLock<Engine> = OnceLock::new();

    /// Takes in the engine. Expressions parse from now on.
    pub fn arrived(engine: Engine) {
        ENGINE.get_or_init(|| engine);
    }

    pub(super) fn engine() -> Option<Engine> {
        ENGINE.get().copied()
    }
}
