//! JSONata between `{%` and `%}`.

use asl_json::{Span, Value};
use asl_jsonata::{Expression, FunctionInfo, functions};

use super::expression::{context_names, names, variables};
use super::jsonpath::escaped;
use super::value::is_jsonata;
use super::{Asked, Completion, CompletionKind, Completions, Slot};
use crate::catalog::Documentation;
use crate::place::Place;
use crate::query::{dollar_names, is_word, jsonata_bytes};
use crate::sample::{Data, members_of_states};
use crate::snippet::Insert;

impl Asked<'_> {
    /// Returns proposals for an expression. Outside of the marks it is only the marks, and only where nothing is
    /// written.
    pub(super) fn jsonata(&self, place: &Place<'_>, slot: &Slot) -> Option<Completions> {
        let Some(literal) = &slot.literal else {
            let is_empty = slot.replace.start == slot.replace.end;
            return (is_empty && is_jsonata(place) && takes_expression(place)).then(|| self.marks(slot));
        };
        let at = literal.offset(self.offset);
        let Some(bytes) = jsonata_bytes(&literal.text).filter(|bytes| bytes.start <= at && at <= bytes.end) else {
            return literal.text.is_empty().then(|| self.marks(slot));
        };
        let before = &literal.text[bytes.start..at];
        let data = Data::at(place, self.sample);
        let start = chain_start(before);
        let chain = &before[start..];
        let (from, items) = match chain.rfind('.') {
            Some(dot) => (start + dot + 1, members(place, &data, &chain[..dot])),
            None if is_in_string(before) => return None,
            None => (start, words(place, &data, &literal.text, bytes.clone())),
        };
        let from = bytes.start + from;
        let rest = &literal.text[at..bytes.end];
        let end = at + rest.find(|character| !is_word(character)).unwrap_or(rest.len());
        Some(Completions {
            word: literal.span(from..at),
            replace: Span::new(literal.span(from..from).start, literal.span(end..end).end),
            items: items.into_iter().map(escaped).collect(),
        })
    }

    fn marks(&self, slot: &Slot) -> Completions {
        let item = Completion::new(CompletionKind::Snippet, "{% %}")
            .detail("a JSONata expression")
            .inserting(slot.marked_string("{% «» %}"));
        self.in_slot(slot, vec![item])
    }
}

/// Returns true where the whole value, not only strings inside it, may be an expression.
fn takes_expression(place: &Place<'_>) -> bool {
    use asl_model::schema::Kind;
    !matches!(
        place.field.map(|field| field.kind),
        Some(Kind::Template | Kind::Text) | None
    )
}

/// Returns where the chain of names, indexes and quoted names before the caret begins.
fn chain_start(before: &str) -> usize {
    let mut start = before.len();
    let mut depth = 0_usize;
    let mut quoted = false;
    for (at, character) in before.char_indices().rev() {
        match character {
            '`' => quoted = !quoted,
            _ if quoted => {}
            ']' => depth += 1,
            '[' if depth > 0 => depth -= 1,
            _ if depth > 0 || is_word(character) || matches!(character, '$' | '.') => {}
            _ => break,
        }
        start = at;
    }
    start
}

fn is_in_string(before: &str) -> bool {
    let mut quote = None;
    let mut escaped = false;
    for character in before.chars() {
        match quote {
            _ if escaped => escaped = false,
            Some(_) if character == '\\' => escaped = true,
            Some(open) if open == character => quote = None,
            None if matches!(character, '"' | '\'') => quote = Some(character),
            _ => {}
        }
    }
    quote.is_some()
}

/// Returns the names that may follow a chain and a dot.
fn members(place: &Place<'_>, data: &Data, chain: &str) -> Vec<Completion> {
    let value = Expression::parse(chain)
        .ok()
        .and_then(|expression| expression.evaluate(data).ok());
    let value = value.map(first_of_array);
    let items = match chain.strip_prefix("$states") {
        Some("") => return states_members(place),
        Some(rest) if rest == ".context" || rest.starts_with(".context.") => {
            context_names(place, rest[".context".len()..].trim_start_matches('.'), value.as_ref())
        }
        Some(".errorOutput") => error_members(),
        _ => names(value.as_ref()),
    };
    let quoted = items.into_iter().map(|item| {
        let is_plain = item.label.chars().all(is_word) && !item.label.starts_with(|first: char| first.is_numeric());
        let text = if is_plain {
            item.label.clone()
        } else {
            format!("`{}`", item.label)
        };
        item.inserting(Insert::plain(text))
    });
    quoted.collect()
}

/// JSONata looks into the items of an array when a name follows.
fn first_of_array(value: Value) -> Value {
    match value.as_array().and_then(|items| items.iter().next()) {
        Some(first) => first.clone(),
        None => value,
    }
}

/// What the members of `$states` hold.
const STATES_MEMBERS: [(&str, &str); 4] = [
    ("input", "The state's input."),
    (
        "context",
        "The context object: execution, state machine, state, task token, item of a Map.",
    ),
    (
        "result",
        "The raw result of the task, of the branches, or of the iterations.",
    ),
    ("errorOutput", "The error that was caught, as {\"Error\", \"Cause\"}."),
];

/// Returns what a member of `$states` holds.
pub(crate) fn states_member_doc(name: &str) -> Option<Documentation> {
    let (_, text) = STATES_MEMBERS.iter().find(|(known, _)| *known == name)?;
    Some(Documentation::new(
        *text,
        "Step Functions Developer Guide, \"Transforming data with JSONata\"",
    ))
}

fn states_members(place: &Place<'_>) -> Vec<Completion> {
    let items = members_of_states(place).into_iter().map(|name| {
        Completion::new(CompletionKind::Path, name)
            .documented(states_member_doc(name))
            .inserting(Insert::plain(name))
    });
    items.collect()
}

fn error_members() -> Vec<Completion> {
    ["Error", "Cause"]
        .map(|name| Completion::new(CompletionKind::Path, name))
        .into()
}

/// Returns what an expression may begin with: `$states`, variables, names it binds itself, functions.
fn words(place: &Place<'_>, data: &Data, text: &str, bytes: std::ops::Range<usize>) -> Vec<Completion> {
    let plain = |item: Completion| {
        let insert = Insert::plain(item.label.clone());
        item.inserting(insert)
    };
    let states = Completion::new(CompletionKind::Variable, "$states").detail("input, context, result, errorOutput");
    let mut items = vec![plain(states)];
    items.extend(variables(place, data).into_iter().map(plain));
    for name in bound(text, bytes) {
        let label = format!("${name}");
        if !items.iter().any(|item| item.label == label) {
            items.push(plain(
                Completion::new(CompletionKind::Variable, label).detail("of this expression"),
            ));
        }
    }
    items.extend(functions().iter().map(function));
    items
}

fn function(function: &FunctionInfo) -> Completion {
    let required = function.parameters.iter().filter(|name| !name.ends_with('?'));
    let places: Vec<String> = required.map(|name| format!("«{name}»")).collect();
    let inside = if places.is_empty() && !function.parameters.is_empty() {
        "«»".to_owned()
    } else {
        places.join(", ")
    };
    Completion::new(CompletionKind::Function, format!("${}", function.name))
        .detail(signature(function))
        .documented(Some(function_documentation(function)))
        .inserting(Insert::marked(&format!("${}({inside})", function.name)))
}

/// Returns a function with its parameters.
pub(crate) fn signature(function: &FunctionInfo) -> String {
    format!("${}({})", function.name, function.parameters.join(", "))
}

/// Returns what a function does.
pub(crate) fn function_documentation(function: &FunctionInfo) -> Documentation {
    let source = if function.is_of_step_functions {
        "Step Functions Developer Guide, \"JSONata functions provided by Step Functions\""
    } else {
        "JSONata documentation, \"Functions\""
    };
    Documentation::new(format!("{}.", function.summary), source)
}

/// Returns the names that the expression binds: parameters of its functions, and targets of `:=`.
fn bound(text: &str, bytes: std::ops::Range<usize>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for (name, place) in dollar_names(text, bytes.clone()) {
        let after = text[place.end..bytes.end].trim_start();
        let before = &text[bytes.start..place.start - 1];
        let in_parameters = before.rfind("function").is_some_and(|at| !before[at..].contains(')'));
        let in_short_form = before.rfind('λ').is_some_and(|at| !before[at..].contains(')'));
        if (after.starts_with(":=") || in_parameters || in_short_form) && !found.contains(&name) {
            found.push(name);
        }
    }
    found
}
