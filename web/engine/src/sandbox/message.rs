//! The messages between the engine and the harness in the sandbox: strings of JSON, read into a closed enum.
//!
//! What a mock can influence comes through here, so nothing is trusted: too long, malformed or unknown messages are
//! [`Misbehaved`].

use std::sync::Arc;

use asl_json::Value;

/// Longest message that is read, in bytes.
pub(crate) const MAX_MESSAGE_BYTES: usize = 1 << 20;
/// Longest error name that is kept, in characters.
const MAX_ERROR_NAME: usize = 256;
/// Longest error message that is kept, in characters.
const MAX_ERROR_MESSAGE: usize = 4000;
/// Most console lines that are kept of one call.
const MAX_CONSOLE_LINES: usize = 200;

/// A message from the harness.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Message {
    /// The harness listens.
    Ready,
    /// A mock is loaded.
    Loaded {
        /// Number of the mock.
        mock: usize,
    },
    /// A mock does not load.
    LoadFailed {
        /// Number of the mock.
        mock: usize,
        /// Why.
        error: Thrown,
    },
    /// A call came back.
    Settled {
        /// Number of the call.
        call: u32,
        /// Virtual milliseconds that the mock let pass.
        elapsed_ms: i64,
        /// What it wrote to its console: level and text.
        console: Vec<(String, String)>,
        /// What it returned, or what it threw.
        outcome: Result<Value, Thrown>,
    },
}

/// What a mock threw.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Thrown {
    /// Name of the error.
    pub(crate) name: String,
    /// Its message.
    pub(crate) message: String,
    /// Places in the mock's text, innermost first, as `mocks/Name.js:3:9`.
    pub(crate) places: Vec<String>,
}

/// A message that the harness never sends: a mock got hold of the port, or there is a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Misbehaved;

/// Reads a message.
pub(crate) fn read(text: &str) -> Result<Message, Misbehaved> {
    if text.len() > MAX_MESSAGE_BYTES {
        return Err(Misbehaved);
    }
    let value = asl_json::parse_value(text).map_err(|_| Misbehaved)?;
    match string(&value, "t")? {
        "ready" => Ok(Message::Ready),
        "loaded" => Ok(Message::Loaded {
            mock: number(&value, "id")?,
        }),
        "loaderr" => Ok(Message::LoadFailed {
            mock: number(&value, "id")?,
            error: thrown(&value)?,
        }),
        "ok" => {
            let returned = asl_json::parse_value(string(&value, "out")?).map_err(|_| Misbehaved)?;
            settled(&value, Ok(returned))
        }
        "err" => settled(&value, Err(thrown(&value)?)),
        _ => Err(Misbehaved),
    }
}

fn settled(value: &Value, outcome: Result<Value, Thrown>) -> Result<Message, Misbehaved> {
    Ok(Message::Settled {
        call: number(value, "n")?,
        elapsed_ms: elapsed(value)?,
        console: console(value)?,
        outcome,
    })
}

/// Virtual milliseconds may have a fraction; a century is more than any state can wait.
fn elapsed(value: &Value) -> Result<i64, Misbehaved> {
    const CENTURY_MS: f64 = 3.2e12;
    let elapsed = value
        .get("elapsed")
        .and_then(Value::as_number)
        .ok_or(Misbehaved)?
        .as_f64();
    #[expect(clippy::cast_possible_truncation, reason = "the bounds are far inside of i64")]
    Ok(elapsed.clamp(0.0, CENTURY_MS).ceil() as i64)
}

fn console(value: &Value) -> Result<Vec<(String, String)>, Misbehaved> {
    let lines = value.get("logs").and_then(Value::as_array).ok_or(Misbehaved)?;
    let line = |line: &Value| {
        let pair = line.as_array().ok_or(Misbehaved)?;
        match &pair[..] {
            [Value::String(level), Value::String(text)] => Ok((level.to_string(), text.to_string())),
            _ => Err(Misbehaved),
        }
    };
    lines.iter().take(MAX_CONSOLE_LINES).map(line).collect()
}

fn thrown(value: &Value) -> Result<Thrown, Misbehaved> {
    Ok(Thrown {
        name: string(value, "name")?.chars().take(MAX_ERROR_NAME).collect(),
        message: string(value, "message")?.chars().take(MAX_ERROR_MESSAGE).collect(),
        places: string(value, "stack")?.lines().filter_map(place_in_mock).collect(),
    })
}

/// Returns the `mocks/Name.js:LINE:COLUMN` of one line of a stack. Browsers write stacks in different ways and name the
/// module by a URL that changes with every run; what is left is the same every time.
fn place_in_mock(line: &str) -> Option<String> {
    let from = &line[line.find("mocks/")?..];
    let is_part = |c: char| c.is_ascii_alphanumeric() || "/_-.:".contains(c);
    let place = &from[..from.find(|c| !is_part(c)).unwrap_or(from.len())];
    place.contains(".js:").then(|| place.to_owned())
}

fn string<'a>(value: &'a Value, name: &str) -> Result<&'a str, Misbehaved> {
    value.get(name).and_then(Value::as_str).ok_or(Misbehaved)
}

fn number<T: TryFrom<i64>>(value: &Value, name: &str) -> Result<T, Misbehaved> {
    let number = value.get(name).and_then(Value::as_i64).ok_or(Misbehaved)?;
    number.try_into().map_err(|_| Misbehaved)
}

/// Returns the message that loads a mock.
pub(crate) fn load(mock: usize, state: &str, source: &str) -> String {
    let name: String = state
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .take(60)
        .collect();
    let id = i64::try_from(mock).unwrap_or(i64::MAX);
    let message = [
        ("t", "load".into()),
        ("id", id.into()),
        ("name", name.into()),
        ("src", source.into()),
    ];
    Value::object(message).to_string()
}

/// What a mock is called with.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct CallArguments {
    /// The first argument.
    pub(crate) event: Value,
    /// The second argument.
    pub(crate) context: Value,
    /// Virtual time, in milliseconds since the Unix epoch.
    pub(crate) now_ms: i64,
    /// Seed of the mock's dice.
    pub(crate) seed: u32,
}

/// Returns the message that calls a mock.
pub(crate) fn call(call: u32, mock: usize, arguments: &CallArguments) -> String {
    let text = |value: &Value| Value::from(Arc::<str>::from(value.to_string()));
    let id = i64::try_from(mock).unwrap_or(i64::MAX);
    Value::object([
        ("t", "call".into()),
        ("n", i64::from(call).into()),
        ("id", id.into()),
        ("now", arguments.now_ms.into()),
        ("seed", i64::from(arguments.seed).into()),
        ("input", text(&arguments.event)),
        ("ctx", text(&arguments.context)),
    ])
    .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_read() {
        assert_eq!(read(r#"{"t":"ready","v":1,"kept":""}"#), Ok(Message::Ready));
        assert_eq!(read(r#"{"t":"loaded","id":2}"#), Ok(Message::Loaded { mock: 2 }));
        let text = r#"{"t":"ok","n":4,"elapsed":1.5,"logs":[["log","hi"]],"out":"{\"a\":1}"}"#;
        let expected = Message::Settled {
            call: 4,
            elapsed_ms: 2,
            console: vec![("log".into(), "hi".into())],
            outcome: Ok(Value::object([("a", Value::from(1))])),
        };
        assert_eq!(read(text), Ok(expected));
    }

    #[test]
    fn a_result_may_have_any_key() {
        let text = r#"{"t":"ok","n":1,"elapsed":0,"logs":[],"out":"{\"__proto__\":{\"polluted\":1}}"}"#;
        let Ok(Message::Settled { outcome: Ok(value), .. }) = read(text) else {
            panic!("no result")
        };
        assert!(value.get("__proto__").is_some());
    }

    #[test]
    fn anything_else_is_misbehavior() {
        let two_mebibytes = format!(r#"{{"t":"ready","x":"{}"}}"#, "x".repeat(2 << 20));
        let deep = format!(
            r#"{{"t":"ok","n":1,"elapsed":0,"logs":[],"out":"{}"}}"#,
            "[".repeat(200_000)
        );
        for text in [
            "",
            "null",
            "[]",
            r#"{"t":"other"}"#,
            r#"{"t":"loaded","id":-1}"#,
            r#"{"t":"loaded","id":"1"}"#,
            r#"{"t":"ok","n":99999999999,"elapsed":0,"logs":[],"out":"1"}"#,
            r#"{"t":"ok","n":1,"elapsed":0,"logs":[],"out":"nonsense"}"#,
            r#"{"t":"ok","n":1,"elapsed":"0","logs":[],"out":"1"}"#,
            r#"{"t":"ok","n":1,"elapsed":0,"logs":[["log"]],"out":"1"}"#,
            r#"{"t":"err","n":1,"elapsed":0,"logs":[]}"#,
            &two_mebibytes,
            &deep,
        ] {
            assert_eq!(read(text), Err(Misbehaved), "{}", &text[..text.len().min(80)]);
        }
    }

    #[test]
    fn places_are_the_same_in_all_browsers() {
        for line in [
            "    at handler (mocks/Charge.js:3:9)",
            "handler@blob:null/0f2c-11#mocks/Charge.js:3:9",
            "default@mocks/Charge.js:3:9",
        ] {
            assert_eq!(place_in_mock(line).as_deref(), Some("mocks/Charge.js:3:9"), "{line}");
        }
        assert_eq!(place_in_mock("    at new Promise (<anonymous>)"), None);
    }

    #[test]
    fn names_of_states_cannot_leave_the_comment() {
        assert!(load(0, "a\n*/ evil()", "1").contains(r#""name":"a----evil--""#));
    }
}
