//! Names for the service and for each language.

/// Longest name of a state machine.
const LONGEST_NAME: usize = 80;
const DEFAULT_NAME: &str = "StateMachine";

/// Returns a title as the name of a state machine: letters, digits, hyphens and underscores.
pub(crate) fn machine_name(title: &str) -> String {
    let mut name = String::new();
    for word in words(title) {
        let (first, rest) = word.split_at(1);
        name.push_str(&first.to_ascii_uppercase());
        name.push_str(rest);
    }
    name.truncate(LONGEST_NAME);
    if name.is_empty() { DEFAULT_NAME.to_owned() } else { name }
}

/// Returns a name as an identifier such as `order_saga`.
pub(crate) fn snake(name: &str) -> String {
    let mut out = String::new();
    for character in name.chars() {
        if character.is_ascii_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.push(character.to_ascii_lowercase());
    }
    identifier(out)
}

/// Returns a name as an identifier such as `OrderSaga`.
pub(crate) fn pascal(name: &str) -> String {
    identifier(name.to_owned())
}

/// Returns a name as that of a file: `order-saga.asl.json`.
pub(crate) fn definition_file(name: &str) -> String {
    format!("{}.asl.json", snake(name).replace('_', "-").trim_start_matches('-'))
}

fn identifier(name: String) -> String {
    if name.starts_with(|first: char| first.is_ascii_digit()) {
        format!("M{name}")
    } else {
        name
    }
}

fn words(title: &str) -> impl Iterator<Item = &str> {
    let words = title.split(|character: char| !character.is_ascii_alphanumeric());
    words.filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_hold_what_every_language_allows() {
        for (title, name, snake_name, file) in [
            ("Order saga", "OrderSaga", "order_saga", "order-saga.asl.json"),
            ("$(rm -rf ~) `x` ${y}", "RmRfXY", "rm_rf_x_y", "rm-rf-x-y.asl.json"),
            ("3 steps", "3Steps", "M3_steps", "M3-steps.asl.json"),
            ("", "StateMachine", "state_machine", "state-machine.asl.json"),
        ] {
            let made = machine_name(title);
            assert_eq!((made.as_str(), snake(&made).as_str()), (name, snake_name));
            assert_eq!(definition_file(&made), file);
        }
        assert_eq!(pascal("3Steps"), "M3Steps");
        assert_eq!(machine_name(&"a".repeat(200)).len(), LONGEST_NAME);
    }
}
