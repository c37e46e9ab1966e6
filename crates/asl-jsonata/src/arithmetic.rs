//! Numbers that JSON cannot write.
//!
//! AWS carries an infinite number as far as the result and writes it there as a string, `"Infinity"`; the engine stops
//! with `D1001` at the operator that gives one, and writes `null` for what is not a number. Both are so rare that they
//! cost nothing until one occurs: then the expression runs again, rewritten so that its operators give such strings.

use jlens_core::ast::{BinaryOp, Node, NodeKind};
use jlens_core::{Bindings, Error, HostFunction};
use serde_json::Value as Json;

const OPERATE: &str = "asl_operate";
const NUMBER: &str = "asl_number";

/// Returns the text of an expression with its arithmetic done by the functions of [`bind`].
pub(crate) fn rewrite(text: &str, root: &Node) -> String {
    let mut edits = Vec::new();
    root.walk(&mut |node| edit(node, &mut edits));
    // What ends at a place comes before what begins there; of two that begin, the outer comes first: the sort is stable.
    edits.sort_by_key(|edit| (edit.from, edit.text != ")"));
    let mut rewritten = String::with_capacity(text.len() * 2);
    let mut copied = 0;
    for edit in &edits {
        rewritten.push_str(text.get(copied..edit.from).unwrap_or_default());
        rewritten.push_str(&edit.text);
        copied = copied.max(edit.to);
    }
    rewritten.push_str(text.get(copied..).unwrap_or_default());
    rewritten
}

/// A part of the text and what takes its place.
struct Edit {
    from: usize,
    to: usize,
    text: String,
}

fn edit(node: &Node, edits: &mut Vec<Edit>) {
    let mut replace = |from, to, text| edits.push(Edit { from, to, text });
    match &node.kind {
        NodeKind::Binary { op, lhs, rhs } if is_arithmetic(*op) => {
            replace(lhs.span.start, lhs.span.start, format!("${OPERATE}("));
            replace(lhs.span.end, rhs.span.start, format!(",\"{}\",", op.symbol()));
            replace(rhs.span.end, rhs.span.end, ")".to_owned());
        }
        NodeKind::Function { procedure, .. } if is_parse_integer(procedure) => {
            replace(node.span.start, node.span.start, format!("${NUMBER}("));
            replace(node.span.end, node.span.end, ")".to_owned());
        }
        _ => {}
    }
}

fn is_arithmetic(op: BinaryOp) -> bool {
    use BinaryOp::{Add, Div, Mod, Mul, Sub};
    matches!(op, Add | Sub | Mul | Div | Mod)
}

fn is_parse_integer(procedure: &Node) -> bool {
    matches!(&procedure.kind, NodeKind::Variable { name } if name == "parseInteger")
}

/// Binds the functions that a rewritten expression calls.
pub(crate) fn bind(bindings: Bindings) -> Bindings {
    let operate = HostFunction::new(3, |arguments, _call| match arguments {
        [lhs, Some(Json::String(symbol)), rhs] => operate(lhs.as_ref(), symbol, rhs.as_ref()),
        _ => Ok(None),
    });
    let number = HostFunction::new(1, |arguments, _call| match arguments {
        [Some(Json::Null)] => Ok(Some("NaN".into())),
        [argument] => Ok(argument.clone()),
        _ => Ok(None),
    });
    bindings.function(OPERATE, operate).function(NUMBER, number)
}

fn operate(lhs: Option<&Json>, symbol: &str, rhs: Option<&Json>) -> Result<Option<Json>, Error> {
    let lhs = operand(lhs, "T2001", symbol)?;
    let rhs = operand(rhs, "T2002", symbol)?;
    let (Some(lhs), Some(rhs)) = (lhs, rhs) else {
        return Ok(None);
    };
    let value = match symbol {
        "+" => lhs + rhs,
        "-" => lhs - rhs,
        "*" => lhs * rhs,
        "/" => lhs / rhs,
        _ => lhs % rhs,
    };
    Ok(Some(written(value)))
}

/// Returns an operand as a number, or `None` where it is undefined.
fn operand(value: Option<&Json>, mismatch: &str, symbol: &str) -> Result<Option<f64>, Error> {
    match value {
        None => Ok(None),
        Some(Json::Number(number)) => Ok(number.as_f64()),
        // What an operator before this one gave: it may be a result, but nothing can be done with it.
        Some(Json::String(text)) if text == "Infinity" || text == "-Infinity" => {
            Err(Error::new("D1001").with("value", text.as_str()))
        }
        Some(_) => Err(Error::new(mismatch).with("token", symbol)),
    }
}

fn written(value: f64) -> Json {
    if value.is_nan() {
        "NaN".into()
    } else if value == f64::INFINITY {
        "Infinity".into()
    } else if value == f64::NEG_INFINITY {
        "-Infinity".into()
    } else {
        value.into()
    }
}
