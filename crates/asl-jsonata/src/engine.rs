//! Where the engine comes from: linked in, or handed over once it has arrived.
//!
//! The engine is large, and a state machine in JSONPath needs none of it. A host that loads code on demand builds this
//! crate with the feature `on-demand`, fetches what [`Engine::linked`] reaches, and hands it to [`arrived`].

use crate::error::SyntaxError;
use crate::evaluation;
use crate::expression::Expression;
use crate::profile::Profile;

/// The engine, as it is handed over.
#[derive(Clone, Copy, Debug)]
pub struct Engine {
    parse: fn(&str, Profile) -> Result<Expression, SyntaxError>,
}

impl Engine {
    /// Returns the engine. Whatever calls this has all of its code linked in.
    pub fn linked() -> Engine {
        Engine {
            parse: evaluation::parse,
        }
    }
}

#[cfg(not(feature = "on-demand"))]
pub(crate) fn parse(text: &str, profile: Profile) -> Result<Expression, SyntaxError> {
    (Engine::linked().parse)(text, profile)
}

#[cfg(feature = "on-demand")]
pub use on_demand::arrived;
#[cfg(feature = "on-demand")]
pub(crate) use on_demand::parse;

#[cfg(feature = "on-demand")]
mod on_demand {
    use std::sync::OnceLock;

    use super::Engine;
    use crate::error::{SyntaxError, SyntaxErrorKind};
    use crate::expression::Expression;
    use crate::profile::Profile;

    static ENGINE: OnceLock<Engine> = OnceLock::new();

    /// Takes in the engine. Expressions parse from now on.
    pub fn arrived(engine: Engine) {
        ENGINE.get_or_init(|| engine);
    }

    pub(crate) fn parse(text: &str, profile: Profile) -> Result<Expression, SyntaxError> {
        match ENGINE.get() {
            Some(engine) => (engine.parse)(text, profile),
            None => Err(SyntaxError {
                kind: SyntaxErrorKind::Invalid,
                code: None,
                message: "JSONata could not be loaded. Check the network, then edit the text or run again.".to_owned(),
                span: 0..text.len(),
            }),
        }
    }
}
