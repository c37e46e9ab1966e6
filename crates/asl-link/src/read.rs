//! JSON to a document.

use asl_json::{LineIndex, Object, Value, parse_value};

use crate::document::{
    Clock, Document, Failure, MachineType, Mock, MockBehavior, MockTarget, Step, StepAnswer, VERSION, View,
};
use crate::error::LinkError;
use crate::limits::{MAX_DEPTH, MAX_JAVASCRIPT_BYTES, MAX_MOCKS};
use crate::migrate;

/// Members that this version knows; every other one is kept as it is.
const KNOWN: [&str; 10] = [
    "v", "app", "title", "asl", "type", "input", "mocks", "clock", "seed", "ui",
];
const KNOWN_OF_CLOCK: [&str; 2] = ["start", "speed"];
const KNOWN_OF_UI: [&str; 4] = ["view", "select", "event", "fold"];
const KNOWN_OF_MOCK: [&str; 3] = ["match", "js", "steps"];

impl Document {
    /// Reads the text of a document.
    ///
    /// # Errors
    ///
    /// Names what is not as the format wants it, with the line and the column where the text is no JSON.
    pub fn from_json(text: &str) -> Result<Document, LinkError> {
        let value = parse_value(text).map_err(|error| {
            let place = LineIndex::new(text).position(error.offset);
            let (line, column) = (place.line, place.column);
            LinkError::NoDocument(format!(
                "The document is no JSON: {}, in line {line}, column {column}.",
                error.message
            ))
        })?;
        if let Some(offset) = too_deep(text) {
            let place = LineIndex::new(text).position(offset);
            return Err(LinkError::NoDocument(format!(
                "The document nests more than {MAX_DEPTH} levels deep, in line {}, column {}.",
                place.line, place.column
            )));
        }
        Document::from_value(&value)
    }

    /// Reads a document.
    ///
    /// # Errors
    ///
    /// Names what is not as the format wants it.
    pub fn from_value(value: &Value) -> Result<Document, LinkError> {
        let Some(object) = value.as_object() else {
            return wrong("The document is no JSON object.");
        };
        let version = object
            .get("v")
            .and_then(Value::as_i64)
            .and_then(|v| u64::try_from(v).ok());
        let version = match version {
            Some(version) if version > VERSION => return Err(LinkError::Newer(version)),
            Some(version) if version > 0 => version,
            _ => return wrong("The document does not say its format: \"v\", a whole number from 1 on, is required."),
        };
        let mut object = object.clone();
        migrate::forward(&mut object, version, migrate::MIGRATIONS);
        read(&object)
    }
}

fn wrong<T>(problem: impl Into<String>) -> Result<T, LinkError> {
    Err(LinkError::NoDocument(problem.into()))
}

fn read(object: &Object) -> Result<Document, LinkError> {
    let machine_type = match object.get("type").and_then(Value::as_str) {
        Some("EXPRESS") => MachineType::Express,
        _ => MachineType::Standard,
    };
    let empty = Object::new();
    let part = |name: &str| object.get(name).and_then(Value::as_object).unwrap_or(&empty).clone();
    let (clock, ui) = (part("clock"), part("ui"));
    let event = ui.get("event").and_then(Value::as_i64);
    Ok(Document {
        title: text(object, "title").unwrap_or_default(),
        asl: json_text(object, "asl"),
        machine_type,
        input: json_text(object, "input"),
        mocks: read_mocks(object.get("mocks"))?,
        clock: Clock {
            start: text(&clock, "start"),
            speed: text(&clock, "speed"),
        },
        seed: object
            .get("seed")
            .and_then(Value::as_i64)
            .and_then(|seed| u64::try_from(seed).ok()),
        view: View {
            view: text(&ui, "view"),
            select: text(&ui, "select"),
            event: event.and_then(|event| u32::try_from(event).ok()),
            fold: names(ui.get("fold")),
        },
        unknown: unknown_of(object, &clock, &ui),
    })
}

fn text(object: &Object, name: &str) -> Option<String> {
    object.get(name).and_then(Value::as_str).map(str::to_owned)
}

/// Returns a member that holds JSON as text. Programs that write links by hand may leave it as a value.
fn json_text(object: &Object, name: &str) -> String {
    match object.get(name) {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.to_string(),
        Some(value) => value.to_pretty_string("  "),
    }
}

fn names(value: Option<&Value>) -> Vec<String> {
    let items = value.and_then(Value::as_array).map(|items| items.iter());
    let names = items.into_iter().flatten().filter_map(Value::as_str);
    names.map(str::to_owned).collect()
}

fn read_mocks(value: Option<&Value>) -> Result<Vec<Mock>, LinkError> {
    let Some(value) = value else { return Ok(Vec::new()) };
    let Some(items) = value.as_array() else {
        return wrong("The mocks of the document are no array.");
    };
    if items.len() > MAX_MOCKS {
        return wrong(format!(
            "The document has {} mocks, and may have {MAX_MOCKS}.",
            items.len()
        ));
    }
    items
        .iter()
        .zip(1..)
        .map(|(item, number)| read_mock(item, number))
        .collect()
}

fn read_mock(value: &Value, number: usize) -> Result<Mock, LinkError> {
    let matches = value.get("match");
    let named = |name| matches.and_then(|matches| matches.get(name)).and_then(Value::as_str);
    let target = match (named("state"), named("resource")) {
        (Some(state), _) => MockTarget::State(state.to_owned()),
        (None, Some(resource)) => MockTarget::Resource(resource.to_owned()),
        (None, None) => {
            let rule = "\"match\" names neither a \"state\" nor a \"resource\".".to_owned();
            return Err(LinkError::Mock(format!("number {number}"), rule));
        }
    };
    let refuse = |rule: String| Err(LinkError::Mock(format!("of {}", target.name()), rule));
    if let Some(js) = value.get("js") {
        return match js.as_str() {
            None => refuse("\"js\" is no text.".into()),
            Some(js) if js.len() > MAX_JAVASCRIPT_BYTES => refuse(format!(
                "its JavaScript has {} bytes, and may have {MAX_JAVASCRIPT_BYTES}.",
                js.len()
            )),
            Some(js) => Ok(Mock {
                behavior: MockBehavior::JavaScript(js.to_owned()),
                target,
            }),
        };
    }
    let steps = value.get("steps").and_then(Value::as_array).map(|steps| steps.iter());
    let steps = steps.into_iter().flatten().map(read_step).collect();
    Ok(Mock {
        behavior: MockBehavior::Steps(steps),
        target,
    })
}

fn read_step(value: &Value) -> Step {
    let is_set = |name| value.get(name).and_then(Value::as_bool) == Some(true);
    let member = |value: &Value, name| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let answer = if let Some(failure) = value.get("fail") {
        StepAnswer::Fail(Failure {
            error: member(failure, "Error"),
            cause: member(failure, "Cause"),
        })
    } else if is_set("timeout") {
        StepAnswer::TimeOut
    } else if is_set("waitForToken") {
        StepAnswer::WaitForToken
    } else if is_set("noAnswer") || is_set("heartbeat") {
        StepAnswer::NoAnswer
    } else if let Some(text) = value.get("returnText").and_then(Value::as_str) {
        StepAnswer::Return(text.to_owned())
    } else {
        let result = value.get("return").unwrap_or(&Value::Null);
        StepAnswer::Return(result.to_pretty_string("  "))
    };
    let delay_ms = value.get("delayMs").and_then(Value::as_i64);
    Step {
        answer,
        delay_ms: delay_ms.and_then(|delay| u64::try_from(delay).ok()).unwrap_or(0),
    }
}

fn unknown_of(object: &Object, clock: &Object, ui: &Object) -> Object {
    let mut unknown = without(object, &KNOWN);
    for (name, part) in [
        ("clock", without(clock, &KNOWN_OF_CLOCK)),
        ("ui", without(ui, &KNOWN_OF_UI)),
    ] {
        if !part.is_empty() {
            unknown.insert(name, Value::from(part));
        }
    }
    let mocks = object.get("mocks").and_then(Value::as_array).map(|mocks| mocks.iter());
    let mocks = mocks.into_iter().flatten().filter_map(Value::as_object);
    let mocks: Vec<Value> = mocks.filter_map(unknown_of_mock).collect();
    if !mocks.is_empty() {
        unknown.insert("mocks", Value::from(mocks));
    }
    unknown
}

/// Returns the unknown members of a mock behind its `match`, which says where they belong.
fn unknown_of_mock(mock: &Object) -> Option<Value> {
    let rest = without(mock, &KNOWN_OF_MOCK);
    if rest.is_empty() {
        return None;
    }
    let mut kept = Object::new();
    kept.insert("match", mock.get("match")?.clone());
    for (name, value) in rest.iter() {
        kept.insert(name.clone(), value.clone());
    }
    Some(Value::from(kept))
}

fn without(object: &Object, known: &[&str]) -> Object {
    let mut rest = object.clone();
    for name in known {
        rest.remove(name);
    }
    rest
}

/// Returns where a JSON text goes deeper than it may.
fn too_deep(text: &str) -> Option<usize> {
    let (mut depth, mut is_text, mut is_escaped) = (0, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if is_text => is_escaped = true,
            b'"' => is_text = !is_text,
            b'{' | b'[' if !is_text => depth += 1,
            b'}' | b']' if !is_text => depth -= 1,
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Some(at);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error_of(json: &str) -> String {
        Document::from_json(json).unwrap_err().to_string()
    }

    fn again(json: &str) -> String {
        let mut value = Document::from_json(json).unwrap().to_value();
        if let Value::Object(object) = &mut value {
            object.remove("app");
        }
        value.to_string()
    }

    #[test]
    fn every_field_comes_back_as_it_was() {
        let json = r#"{"v":1,"title":"T","asl":"{ }","type":"EXPRESS","input":"{}","mocks":[{"match":{"resource":"*:function:F"},"js":"() => 1"},{"match":{"state":"S"},"steps":[{"fail":{"Error":"E","Cause":"C"}},{"return":{"b":1.5,"a":[]},"delayMs":1500},{"timeout":true},{"waitForToken":true},{"noAnswer":true},{"returnText":"not json"}]}],"clock":{"start":"2026-01-01T00:00:00Z","speed":"real"},"seed":7,"ui":{"view":"log","select":"S","event":12,"fold":["M"]}}"#;
        assert_eq!(again(json), json);
    }

    #[test]
    fn unknown_members_are_written_again_wherever_they_were() {
        let json = r#"{"v":1,"asl":"{}","mocks":[{"match":{"state":"S"},"js":"1","later":[1]}],"clock":{"zone":"UTC"},"ui":{"zoom":2},"expect":{"status":"SUCCEEDED"}}"#;
        assert_eq!(again(json), json);
    }

    #[test]
    fn everything_but_the_format_may_be_left_out_or_be_a_value() {
        assert_eq!(Document::from_json(r#"{"v":1}"#), Ok(Document::default()));
        let document = Document::from_json(r#"{"v":1,"asl":{"StartAt":"A"},"input":[1]}"#).unwrap();
        assert_eq!(document.asl, "{\n  \"StartAt\": \"A\"\n}");
        assert_eq!(asl_json::parse_value(&document.input), asl_json::parse_value("[1]"));
    }

    #[test]
    fn a_step_without_heartbeats_is_one_without_an_answer() {
        let json = r#"{"v":1,"mocks":[{"match":{"state":"S"},"steps":[{"heartbeat":true}]}]}"#;
        assert!(again(json).contains(r#"[{"noAnswer":true}]"#));
    }

    #[test]
    fn what_is_wrong_is_named_with_its_place() {
        for (json, expected) in [
            ("[]", "no JSON object"),
            ("{}", "\"v\", a whole number from 1 on, is required"),
            (r#"{"v":"1"}"#, "\"v\", a whole number"),
            (r#"{"v":0}"#, "\"v\", a whole number"),
            ("{\n\"v\" 1}", "in line 2, column 5"),
            (r#"{"v":2}"#, "format 2; this page reads up to format 1"),
            (r#"{"v":1,"mocks":{}}"#, "no array"),
            (r#"{"v":1,"mocks":[{"js":""}]}"#, "mock number 1 cannot be read"),
            (
                r#"{"v":1,"mocks":[{"match":{"state":"S"},"js":1}]}"#,
                "mock of S cannot be read: \"js\" is no text",
            ),
        ] {
            assert!(error_of(json).contains(expected), "{json}: {}", error_of(json));
        }
    }

    #[test]
    fn there_may_be_as_many_mocks_as_the_limit_and_no_more() {
        let mocks = |count| {
            format!(
                r#"{{"v":1,"mocks":[{}]}}"#,
                vec![r#"{"match":{"state":"S"}}"#; count].join(",")
            )
        };
        assert_eq!(Document::from_json(&mocks(MAX_MOCKS)).unwrap().mocks.len(), MAX_MOCKS);
        assert!(error_of(&mocks(MAX_MOCKS + 1)).contains("has 65 mocks, and may have 64"));
    }

    #[test]
    fn java_script_may_be_as_long_as_the_limit_and_no_longer() {
        let mock = |length| {
            format!(
                r#"{{"v":1,"mocks":[{{"match":{{"state":"S"}},"js":"{}"}}]}}"#,
                "x".repeat(length)
            )
        };
        assert_eq!(
            Document::from_json(&mock(MAX_JAVASCRIPT_BYTES))
                .unwrap()
                .java_script_count(),
            1
        );
        assert!(error_of(&mock(MAX_JAVASCRIPT_BYTES + 1)).starts_with("The mock of S cannot be read"));
    }

    #[test]
    fn a_document_may_nest_as_deeply_as_the_limit_and_no_deeper() {
        let nested = |depth: usize| {
            format!(
                r#"{{"v":1,"s":"[\"[[","x":{}{}}}"#,
                "[".repeat(depth),
                "]".repeat(depth)
            )
        };
        assert!(Document::from_json(&nested(MAX_DEPTH - 1)).is_ok());
        assert!(error_of(&nested(MAX_DEPTH)).contains("more than 128 levels deep, in line 1, column"));
    }
}
