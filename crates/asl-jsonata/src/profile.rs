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

#[cfg(test)]
mod tests {
    use crate::Expression;

    fn refusal(expression: &str) -> String {
        Expression::parse(expression).unwrap_err().to_string()
    }

    fn check_unsupported(expression: &str, name: &str) {
        let expected =
            format!("UNSUPPORTED_JSONATA_EXPRESSION: Reference to '{name}' at the top level is not supported.");
        assert_eq!(refusal(expression), expected, "{expression}");
    }

    fn check_accepted(expression: &str) {
        assert!(Expression::parse(expression).is_ok(), "{expression}");
    }

    #[test]
    fn references_to_a_missing_context_item_are_refused() {
        check_unsupported("phone", "phone");
        check_unsupported("phone.x", "phone");
        check_unsupported("$", "$");
        check_unsupported("$.x", "$");
        check_unsupported("`a b`", "a b");
        check_unsupported("*", "*");
        check_unsupported("$sum(prices)", "prices");
        check_unsupported("{'a': states.input}", "states");
        check_unsupported("$x ? y : z", "y");
        check_unsupported("($x := y; $x)", "y");
        check_unsupported("y ~> $sum()", "y");
    }

    #[test]
    fn references_to_items_are_accepted() {
        check_accepted("$order[total > 10]");
        check_accepted("$order.total");
        check_accepted("$order.(total * $.count)");
        check_accepted("$map($xs, function($v) { $v })");
        check_accepted("$order^(>total)");
        check_accepted("$order{ id: $sum(total) }");
        check_accepted("$order ~> |lines|{'total': price * count}|");
        check_accepted("$order.lines.%.id");
        check_accepted("$order.*");
        check_accepted("[1..3].($ + 1)");
    }

    #[test]
    fn the_input_document_is_refused_everywhere() {
        let expected = "UNSUPPORTED_JSONATA_EXPRESSION: Reference to '$$' is not supported.";
        assert_eq!(refusal("$$"), expected);
        assert_eq!(refusal("$order[total > $$.limit]"), expected);
        assert_eq!(refusal("$map($xs, function($v) { $$ })"), expected);
    }

    #[test]
    fn newer_operators_are_refused() {
        let expected =
            |symbol| format!("INVALID_JSONATA_EXPRESSION: The symbol \"{symbol}\" cannot be used as a unary operator");
        assert_eq!(refusal("$a ?? 1"), expected("?"));
        assert_eq!(refusal("$a ?: 1"), expected(":"));
        assert_eq!(refusal("$map($xs, function($v) { $v ?? 0 })"), expected("?"));
        check_accepted("$a ? 1 : 2");
    }

    #[test]
    fn texts_that_do_not_parse_are_refused_without_a_code() {
        let check = |expression, message: &str| {
            assert_eq!(refusal(expression), format!("INVALID_JSONATA_EXPRESSION: {message}"));
        };
        check("", "Unexpected end of expression");
        check("  ", "Unexpected end of expression");
        check("1 +", "Unexpected end of expression");
        check("[1, 2", "Expected \"]\" before end of expression");
        check("[1 , 2 ) ", "Expected \"]\", got \")\"");
        check("'abc", "String literal must be terminated by a matching quote");
        check("}", "The symbol \"}\" cannot be used as a unary operator");
        check("/abc", "No terminating / in regular expression");
    }

    #[test]
    fn errors_point_into_the_text() {
        let error = Expression::parse("  1 + total ").unwrap_err();
        assert_eq!(&"1 + total"[error.span], "total");
    }
}
