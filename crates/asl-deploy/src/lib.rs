//! Commands and templates that bring a state machine to AWS: text out, nothing else.
//!
//! A definition may come from anyone, so each format writes it in a way in which nothing inside is ever evaluated: by a
//! shell, by a template engine, by TypeScript. Characters that a terminal or a reader's eye takes for something else are
//! written as JSON escapes. Read [`Deployment`] first, then one module per format.

mod aws_cli;
mod cdk;
mod cloudformation;
mod deployment;
mod functions;
mod names;
mod sam;
mod terraform;

pub use deployment::{Deployment, Format, NotReady};
