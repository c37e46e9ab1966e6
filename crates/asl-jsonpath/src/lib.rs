//! JSONPath as Step Functions speaks it: paths, reference paths, payload templates and intrinsic functions.
//!
//! It knows nothing about states and time, and owns no dice. Everything is parsed once and evaluated often, against a
//! [`Scope`], and every evaluation is counted in steps of fuel. Read [`Path`], [`Template`] and [`Intrinsic`] first.
//!
//! ```
//! use asl_json::{Value, parse_value};
//! use asl_jsonpath::{OutOfFuel, Scope, Template};
//!
//! struct Input(Value);
//!
//! impl Scope for Input {
//!     fn input(&self) -> &Value { &self.0 }
//!     fn context(&self) -> Value { Value::empty_object() }
//!     fn variable(&self, _name: &str) -> Option<Value> { None }
//!     fn random(&self) -> u64 { 4 }
//!     fn spend(&self, _steps: u64) -> Result<(), OutOfFuel> { Ok(()) }
//! }
//!
//! let template = parse_value(r#"{"text.$": "States.Format('{} orders', $.orders.length())"}"#).unwrap();
//! let template = Template::compile(&template).unwrap();
//! let input = Input(parse_value(r#"{"orders": [1, 2]}"#).unwrap());
//! assert_eq!(template.evaluate(&input).unwrap().to_string(), r#"{"text":"2 orders"}"#);
//! ```

mod cursor;
mod error;
mod intrinsic;
mod path;
mod reference_path;
mod scope;
mod template;
#[cfg(test)]
mod test_scope;

pub use error::{PathError, SyntaxError, VariableReference};
pub use intrinsic::{Intrinsic, IntrinsicError, IntrinsicErrorKind};
pub use path::{Path, Root};
pub use reference_path::{ReferencePath, ReferencePathConflict};
pub use scope::{OutOfFuel, Scope};
pub use template::{Template, TemplateError, TemplateErrorKind, TemplateField, TemplateSyntaxError};
