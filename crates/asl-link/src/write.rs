//! A document to JSON.

use asl_json::{Object, Value, parse_value};

use crate::document::{Document, MachineType, Mock, MockBehavior, MockTarget, Step, StepAnswer, VERSION};

impl Document {
    /// Returns the document as JSON, with what is unknown at the place it came from. What is left at its default is
    /// left out.
    pub fn to_value(&self) -> Value {
        let mut out = Object::new();
        out.insert("v", Value::from(i64::try_from(VERSION).unwrap_or(i64::MAX)));
        out.insert("app", Value::from(env!("CARGO_PKG_VERSION")));
        insert_text(&mut out, "title", &self.title);
        out.insert("asl", Value::from(self.asl.as_str()));
        if self.machine_type == MachineType::Express {
            out.insert("type", Value::from("EXPRESS"));
        }
        insert_text(&mut out, "input", &self.input);
        if !self.mocks.is_empty() {
            out.insert("mocks", Value::array(self.mocks.iter().map(|mock| self.mock(mock))));
        }
        insert_part(&mut out, "clock", self.clock(), &self.unknown);
        if let Some(seed) = self.seed.and_then(|seed| i64::try_from(seed).ok()) {
            out.insert("seed", Value::from(seed));
        }
        insert_part(&mut out, "ui", self.ui(), &self.unknown);
        for (name, value) in self.unknown.iter().filter(|(name, _)| !is_part(name)) {
            out.insert(name.clone(), value.clone());
        }
        Value::from(out)
    }

    fn clock(&self) -> Object {
        let mut clock = Object::new();
        for (name, value) in [("start", &self.clock.start), ("speed", &self.clock.speed)] {
            insert_text(&mut clock, name, value.as_deref().unwrap_or_default());
        }
        clock
    }

    fn ui(&self) -> Object {
        let mut ui = Object::new();
        for (name, value) in [("view", &self.view.view), ("select", &self.view.select)] {
            insert_text(&mut ui, name, value.as_deref().unwrap_or_default());
        }
        if let Some(event) = self.view.event {
            ui.insert("event", Value::from(i64::from(event)));
        }
        if !self.view.fold.is_empty() {
            let names = self.view.fold.iter().map(|name| Value::from(name.as_str()));
            ui.insert("fold", Value::array(names));
        }
        ui
    }

    fn mock(&self, mock: &Mock) -> Value {
        let (name, target) = match &mock.target {
            MockTarget::State(name) => ("state", name),
            MockTarget::Resource(name) => ("resource", name),
        };
        let mut out = Object::new();
        out.insert("match", Value::object([(name, Value::from(target.as_str()))]));
        match &mock.behavior {
            MockBehavior::JavaScript(js) => out.insert("js", Value::from(js.as_str())),
            MockBehavior::Steps(steps) => out.insert("steps", Value::array(steps.iter().map(step))),
        }
        let of_this = |kept: &&Object| {
            let matches = kept.get("match").and_then(|matches| matches.get(name));
            matches.and_then(Value::as_str) == Some(target)
        };
        let kept = self
            .unknown
            .get("mocks")
            .and_then(Value::as_array)
            .map(|kept| kept.iter());
        let kept = kept.into_iter().flatten().filter_map(Value::as_object).find(of_this);
        for (name, value) in kept.iter().flat_map(|kept| kept.iter()) {
            if !out.contains_key(name) {
                out.insert(name.clone(), value.clone());
            }
        }
        Value::from(out)
    }
}

/// Returns whether the unknown member of that name holds unknown members of a known one.
fn is_part(name: &str) -> bool {
    matches!(name, "clock" | "ui" | "mocks")
}

fn insert_text(object: &mut Object, name: &str, text: &str) {
    if !text.is_empty() {
        object.insert(name, Value::from(text));
    }
}

fn insert_part(out: &mut Object, name: &str, mut part: Object, unknown: &Object) {
    let more = unknown.get(name).and_then(Value::as_object);
    for (name, value) in more.iter().flat_map(|more| more.iter()) {
        part.insert(name.clone(), value.clone());
    }
    if !part.is_empty() {
        out.insert(name, Value::from(part));
    }
}

fn step(step: &Step) -> Value {
    let mut out = Object::new();
    match &step.answer {
        StepAnswer::Return(text) => match parse_value(text).ok().filter(|value| is_canonical(value, text)) {
            Some(value) => out.insert("return", value),
            None => out.insert("returnText", Value::from(text.as_str())),
        },
        StepAnswer::Fail(failure) => {
            let failure = [("Error", &failure.error), ("Cause", &failure.cause)];
            let failure = failure.map(|(name, text)| (name, Value::from(text.as_str())));
            out.insert("fail", Value::object(failure));
        }
        StepAnswer::TimeOut => out.insert("timeout", Value::Bool(true)),
        StepAnswer::WaitForToken => out.insert("waitForToken", Value::Bool(true)),
        StepAnswer::NoAnswer => out.insert("noAnswer", Value::Bool(true)),
    }
    if let Some(delay) = i64::try_from(step.delay_ms).ok().filter(|delay| *delay > 0) {
        out.insert("delayMs", Value::from(delay));
    }
    Value::from(out)
}

/// Returns whether reading the value again gives this very text.
fn is_canonical(value: &Value, text: &str) -> bool {
    value.to_pretty_string("  ") == text
}
