//! The intrinsic functions of JSONPath states.

use super::Documentation;

/// What an intrinsic function does.
#[derive(Clone, Copy, Debug)]
pub(crate) struct IntrinsicDoc {
    /// Such as `States.Format`.
    pub(crate) name: &'static str,
    /// The parameters, as one writes them between the parentheses.
    pub(crate) parameters: &'static str,
    text: &'static str,
    /// `ErrorPath` and `CausePath` accept it.
    pub(crate) returns_string: bool,
}

const fn value(name: &'static str, parameters: &'static str, text: &'static str) -> IntrinsicDoc {
    IntrinsicDoc {
        name,
        parameters,
        text,
        returns_string: false,
    }
}

const fn string(name: &'static str, parameters: &'static str, text: &'static str) -> IntrinsicDoc {
    IntrinsicDoc {
        returns_string: true,
        ..value(name, parameters, text)
    }
}

static INTRINSICS: [IntrinsicDoc; 18] = [
    string(
        "States.Format",
        "'{}', value, ...",
        "Puts each value in place of a {} of the text.",
    ),
    value("States.StringToJson", "string", "The value of a JSON text."),
    string("States.JsonToString", "value", "A value as JSON text."),
    value("States.Array", "value, ...", "An array of the arguments."),
    value(
        "States.ArrayPartition",
        "array, size",
        "The array cut into arrays of at most that many items.",
    ),
    value(
        "States.ArrayContains",
        "array, value",
        "Whether the array has an item equal to the value.",
    ),
    value(
        "States.ArrayRange",
        "start, end, step",
        "The numbers from start to end, both included, that many apart; at most 1000.",
    ),
    string(
        "States.ArrayGetItem",
        "array, index",
        "One item of the array; the first has index 0.",
    ),
    value("States.ArrayLength", "array", "How many items the array has."),
    value("States.ArrayUnique", "array", "The array without repeated items."),
    string(
        "States.Base64Encode",
        "string",
        "The string in Base64; at most 10,000 characters.",
    ),
    string(
        "States.Base64Decode",
        "string",
        "The text that a Base64 string stands for; at most 10,000 characters.",
    ),
    string(
        "States.Hash",
        "data, 'SHA-256'",
        "The digest of the data as lower-case hexadecimal, by MD5, SHA-1, SHA-256, SHA-384 or SHA-512.",
    ),
    value(
        "States.JsonMerge",
        "object, object, false",
        "One object of two; the second wins. Only the shallow merge, false, exists.",
    ),
    value(
        "States.MathRandom",
        "start, end",
        "A whole number from start up to but not including end. A third argument is the seed.",
    ),
    value(
        "States.MathAdd",
        "number, number",
        "The sum of two whole numbers; fractions are rounded first.",
    ),
    value(
        "States.StringSplit",
        "string, ','",
        "The pieces between any of the separating characters; empty pieces are left out.",
    ),
    string("States.UUID", "", "A random UUID of version 4."),
];

impl IntrinsicDoc {
    /// Returns the function with its parameters.
    pub(crate) fn signature(&self) -> String {
        format!("{}({})", self.name, self.parameters)
    }

    /// Returns what it does.
    pub(crate) fn documentation(&self) -> Documentation {
        Documentation::new(
            self.text,
            "Step Functions Developer Guide, \"Intrinsics for JSONPath states\"",
        )
    }
}

/// Returns all intrinsic functions.
pub(crate) fn intrinsics() -> &'static [IntrinsicDoc] {
    &INTRINSICS
}

/// Returns the intrinsic function of that name.
pub(crate) fn intrinsic_doc(name: &str) -> Option<&'static IntrinsicDoc> {
    INTRINSICS.iter().find(|function| function.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_returns_strings_is_what_the_parser_says() {
        for function in intrinsics() {
            let call = match function.name {
                "States.Format" => "States.Format('{}', $.a)".to_owned(),
                "States.Hash" => "States.Hash($.a, 'MD5')".to_owned(),
                name => {
                    let count = function
                        .parameters
                        .split(", ")
                        .filter(|part| !matches!(*part, "" | "..."))
                        .count();
                    format!("{name}({})", vec!["$.a"; count].join(", "))
                }
            };
            let parsed = asl_jsonpath::Intrinsic::parse(&call).expect(&call);
            assert_eq!(parsed.returns_string(), function.returns_string, "{call}");
        }
    }
}
