//! JSONata as AWS Step Functions runs it.
//!
//! Expressions are parsed once ([`Expression`], [`Template`]) and evaluated against a [`Scope`], which hands out
//! `$states`, variables, time and dice; this crate has no clock and no dice of its own. Two runs with equal scopes give
//! equal results. The engine underneath is `jlens-core`; none of its types shows here.
//!
//! The crate knows nothing of states: it cannot tell whether `$states.result` may be read in some field, it only says
//! that an expression reads it ([`Expression::states_members`]).
//!
//! Read [`Expression`], [`Template`] and [`EvalError`] first.
//!
//! ```
//! use asl_json::Value;
//! use asl_jsonata::{Expression, Scope};
//!
//! struct Input(Value);
//!
//! impl Scope for Input {
//!     fn states(&self) -> Value {
//!         Value::object([("input", self.0.clone())])
//!     }
//!     fn variable(&self, _name: &str) -> Option<Value> {
//!         None
//!     }
//!     fn random(&self) -> u64 {
//!         42
//!     }
//!     fn now_ms(&self) -> i64 {
//!         0
//!     }
//! }
//!
//! let expression = Expression::parse("$states.input.price * 2").unwrap();
//! let scope = Input(asl_json::parse_value(r#"{"price": 21}"#).unwrap());
//! assert_eq!(expression.evaluate(&scope).unwrap(), Value::from(42));
//! ```

mod arithmetic;
mod backtracking;
mod catalog;
mod engine;
mod error;
mod evaluation;
mod expression;
mod function;
mod limits;
mod lookup;
mod payload;
mod profile;
mod program;
mod references;
mod scope;
mod template;
mod uses;
mod walk;

pub use catalog::FunctionInfo;
#[cfg(feature = "on-demand")]
pub use engine::arrived;
pub use engine::{Engine, functions};
pub use error::{EvalError, SyntaxError, SyntaxErrorKind};
pub use expression::{Document, Expression};
pub use limits::Limits;
pub use profile::Profile;
pub use scope::Scope;
pub use template::{Template, TemplateError, TemplateSyntaxError, expression_text};

#[cfg(test)]
mod scope_for_tests;
