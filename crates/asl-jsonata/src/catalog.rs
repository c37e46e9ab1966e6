//! The functions an expression may call, for editors.

use std::collections::BTreeMap;

use crate::function::Function;

/// A function of the language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FunctionInfo {
    /// The name, without the dollar sign.
    pub name: &'static str,
    /// The names of the parameters, in order; those that may be left out end in `?`.
    pub parameters: Vec<String>,
    /// What it does, in a sentence.
    pub summary: &'static str,
    /// True for those that Step Functions adds to the language, or changes.
    pub is_of_step_functions: bool,
}

/// See [`crate::functions`].
pub(crate) fn functions() -> Vec<FunctionInfo> {
    let engine = jlens_core::function_catalog().into_iter();
    let standard = engine.filter(|function| function.name != "eval").map(|function| {
        let parameters = parameters(function.params, &function.signature);
        FunctionInfo {
            name: function.name,
            parameters,
            summary: function.summary,
            is_of_step_functions: false,
        }
    });
    let own = Function::ALL.into_iter().map(of_step_functions);
    let by_name: BTreeMap<&str, FunctionInfo> = standard.chain(own).map(|function| (function.name, function)).collect();
    by_name.into_values().collect()
}

/// Marks the parameters whose part of the signature may be left out. A signature is `<s-n?:s>`: a letter or a group in
/// brackets for each parameter, with `?` behind those that are optional. (`-` lets the context item stand in, which
/// Step Functions does not have at the top level.)
fn parameters(names: &[&str], signature: &str) -> Vec<String> {
    let inner = signature.trim_start_matches('<').split(':').next().unwrap_or_default();
    let mut optional: Vec<bool> = Vec::new();
    let mut depth = 0_usize;
    for letter in inner.chars() {
        match letter {
            '<' | '(' => depth += 1,
            '>' | ')' => {
                depth = depth.saturating_sub(1);
                if depth == 0 && letter == ')' {
                    optional.push(false);
                }
            }
            _ if depth > 0 => {}
            '?' => {
                if let Some(last) = optional.last_mut() {
                    *last = true;
                }
            }
            '-' | '+' => {}
            _ => optional.push(false),
        }
    }
    let marked = names.iter().enumerate().map(|(at, name)| {
        let mark = if optional.get(at) == Some(&true) { "?" } else { "" };
        format!("{name}{mark}")
    });
    marked.collect()
}

fn of_step_functions(function: Function) -> FunctionInfo {
    let (parameters, summary): (&[&str], _) = match function {
        Function::Hash => (
            &["str", "algorithm"],
            "The digest of a string as lower-case hexadecimal; the algorithm is MD5, SHA-1, SHA-256, SHA-384 or SHA-512",
        ),
        Function::Parse => (
            &["str"],
            "The value of a JSON text; stands in for $eval, which Step Functions disables",
        ),
        Function::Partition => (
            &["array", "size"],
            "The array cut into arrays of at most that many items",
        ),
        Function::Random => (
            &["seed?"],
            "A number from 0 up to but not including 1; the same one for the same whole-number seed",
        ),
        Function::Range => (
            &["start", "end", "step"],
            "The numbers from start to end, both included, that many apart",
        ),
        Function::Uuid => (&[], "A random UUID of version 4"),
    };
    FunctionInfo {
        name: function.name(),
        parameters: parameters.iter().map(|name| (*name).to_owned()).collect(),
        summary,
        is_of_step_functions: true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, parameters: &str) {
        let found = functions().into_iter().find(|function| function.name == name).unwrap();
        assert_eq!(found.parameters.join(", "), parameters);
        assert!(!found.summary.is_empty());
    }

    #[test]
    fn parameters_that_may_be_left_out_are_marked() {
        check("substring", "str, start, length?");
        check("replace", "str, pattern, replacement, limit?");
        check("uuid", "");
        check("partition", "array, size");
        assert!(functions().iter().all(|function| function.name != "eval"));
    }
}
