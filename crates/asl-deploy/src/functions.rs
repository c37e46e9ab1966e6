//! The Lambda functions that a definition calls: what its role must be allowed to do.

use asl_json::Value;

/// Most functions that are listed.
const MOST: usize = 20;

/// Returns the ARNs of Lambda functions in a definition, each once, in order of appearance.
pub(crate) fn called(definition: &Value) -> Vec<String> {
    let mut found = Vec::new();
    collect(definition, &mut found);
    found.truncate(MOST);
    found
}

/// Returns each ARN between two texts.
pub(crate) fn listed(functions: &[String], before: &str, after: &str) -> String {
    functions.iter().flat_map(|arn| [before, arn.as_str(), after]).collect()
}

fn collect(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) if is_function(text) && !found.iter().any(|known| **known == **text) => {
            found.push(text.to_string());
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        Value::Object(members) => members.values().for_each(|value| collect(value, found)),
        _ => {}
    }
}

/// Only characters that mean nothing in any format.
fn is_function(text: &str) -> bool {
    let mut parts = text.split(':');
    let is_arn = parts.next() == Some("arn") && parts.nth(1) == Some("lambda") && parts.nth(2) == Some("function");
    is_arn
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b":_-".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_found_once_and_look_alikes_are_not() {
        let definition = asl_json::parse_value(
            r#"{"States":{"A":{"Resource":"arn:aws:lambda:eu-west-1:123456789012:function:F:live"},
                "B":{"Parameters":{"FunctionName":"arn:aws:lambda:eu-west-1:123456789012:function:F:live"}},
                "C":{"Resource":"arn:aws:states:::lambda:invoke"},
                "D":{"Resource":"arn:aws:lambda:eu-west-1:123456789012:function:$(x)"}}}"#,
        );
        assert_eq!(
            called(&definition.unwrap()),
            ["arn:aws:lambda:eu-west-1:123456789012:function:F:live"]
        );
    }
}
