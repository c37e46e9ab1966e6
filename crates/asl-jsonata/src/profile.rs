//! Which JSONata an expression is written in, and what Step Functions refuses of it.

use jlens_core::ast::{Ast, FallbackOp, Node, NodeKind};

use crate::error::{SyntaxError, SyntaxErrorKind};
use crate::walk::{Context, Visitor, walk};

/// Which JSONata an expression is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Profile {
    /// What Step Functions runs: JSONata 2.0.6 without `$eval`, with the functions of AWS, and without an input
    /// document: `$$` is refused everywhere, and `$` and bare names wherever nothing gives them a context item.
    #[default]
    StepFunctions,
    /// JSONata as jsonata-js runs it, with an input document. The official test suite is written in it.
    Standard,
}

/// Returns why Step Functions refuses an expression that parses, if it does.
pub(crate) fn refusal(ast: &Ast) -> Option<SyntaxError> {
    let mut search = Search { refused: None };
    walk(&ast.root, &mut search);
    search.refused
}

/// A search for the first part, in the order of the text, that is refused.
struct Search {
    refused: Option<SyntaxError>,
}

impl Visitor for Search {
    fn visit(&mut self, node: &Node, context: Context) {
        if self.refused.is_none() {
            self.refused = newer_operator(node).or_else(|| missing_context(node, context));
        }
    }
}

/// Returns what the parser of JSONata 2.0.6 says of an operator that came with 2.1.
fn newer_operator(node: &Node) -> Option<SyntaxError> {
    let NodeKind::Fallback { op, lhs, .. } = &node.kind else {
        return None;
    };
    let symbol = match op {
        FallbackOp::Default => ":",
        FallbackOp::Coalesce => "?",
    };
    Some(SyntaxError {
        kind: SyntaxErrorKind::Invalid,
        code: Some("S0211".to_owned()),
        message: format!("The symbol \"{symbol}\" cannot be used as a unary operator"),
        span: lhs.span.end..node.span.end,
    })
}

/// Returns why a reference to the context item, or to the input document, cannot be followed.
fn missing_context(node: &Node, context: Context) -> Option<SyntaxError> {
    let span = node.span.start..node.span.end;
    let name = match &node.kind {
        NodeKind::Variable { name } if name == "$" => {
            return Some(SyntaxError::unsupported(
                "Reference to '$$' is not supported.".to_owned(),
                span,
            ));
        }
        _ if context != Context::None => return None,
        NodeKind::Variable { name } if name.is_empty() => "$",
        NodeKind::Name { name } => name,
        NodeKind::Wildcard => "*",
        NodeKind::Descendant => "**",
        _ => return None,
    };
    let message = format!("Reference to '{name}' at the top level is not supported.");
    Some(SyntaxError::unsupported(message, span))
}
