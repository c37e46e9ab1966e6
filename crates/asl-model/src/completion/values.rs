//! Proposals for values.

use std::collections::BTreeSet;
use std::sync::Arc;

use asl_json::{Step, Value};

use super::words::{ERRORS, INTRINSICS, JSONATA_FUNCTIONS, RESOURCES, TYPES};
use super::{Asked, Completion, CompletionKind, Completions, Slot, escaped};
use crate::definition::QueryLanguage;
use crate::schema::{self, Kind, Part};

impl Asked<'_> {
    /// Proposes values for the place these steps lead to.
    pub(super) fn value(&self, steps: &[Step], slot: &Slot) -> Completions {
        let words = self.words(steps);
        if words.is_empty() {
            return self.expression(steps, slot);
        }
        let open = if slot.is_bare { "\"" } else { "" };
        let from = if slot.is_bare { slot.from } else { slot.from + 1 };
        // The closing quote stays where the editor has written it already.
        let close = if self.document.text()[self.offset..].starts_with('"') || self.is_closed(steps) {
            ""
        } else {
            "\""
        };
        let items = words.into_iter().map(|(word, detail, kind)| {
            let is_literal = matches!(word.as_str(), "true" | "false");
            let insert = if is_literal {
                word.clone()
            } else {
                format!("{open}{}{close}", escaped(&word))
            };
            Completion {
                label: word,
                insert,
                detail,
                kind,
            }
        });
        Completions {
            from,
            items: items.collect(),
        }
    }

    /// Returns true where the string at these steps goes on after the place and is closed there.
    fn is_closed(&self, steps: &[Step]) -> bool {
        let Some(node) = self.document.node(steps).filter(|node| node.as_str().is_some()) else {
            return false;
        };
        let span = node.span();
        span.end > self.offset && self.document.text()[..span.end].ends_with('"')
    }

    /// Returns the words of which the value may be one.
    fn words(&self, steps: &[Step]) -> Vec<(String, &'static str, CompletionKind)> {
        let Some((object, field)) = field_of(steps) else {
            return Vec::new();
        };
        let listed = |words: &[&str], kind| words.iter().map(|word| ((*word).to_owned(), "", kind)).collect();
        match field {
            "Type" => return listed(&TYPES, CompletionKind::Word),
            "QueryLanguage" => return listed(&["JSONata", "JSONPath"], CompletionKind::Word),
            "ErrorEquals" => return listed(&ERRORS, CompletionKind::Error),
            "Resource" => return listed(&RESOURCES, CompletionKind::Word),
            "Next" | "Default" | "StartAt" => {
                let names = self.states_beside(steps);
                return names
                    .into_iter()
                    .map(|name| (name.to_string(), "state", CompletionKind::State))
                    .collect();
            }
            _ => {}
        }
        match self
            .part(object)
            .and_then(|part| part.field(field))
            .map(|field| field.kind)
        {
            Some(Kind::Word(words)) => listed(words, CompletionKind::Word),
            Some(Kind::Bool) => listed(&["true", "false"], CompletionKind::Word),
            _ => Vec::new(),
        }
    }

    /// Returns the states that a transition written here may go to: those of the innermost body around it.
    fn states_beside(&self, steps: &[Step]) -> Vec<Arc<str>> {
        let around = self
            .definition
            .bodies()
            .into_iter()
            .filter(|body| steps.starts_with(body.location.steps()));
        let Some(body) = around.max_by_key(|body| body.location.steps().len()) else {
            return Vec::new();
        };
        let own = steps.get(body.location.steps().len() + 1);
        let others = body
            .states
            .keys()
            .filter(|name| own != Some(&Step::Member((*name).clone())));
        others.cloned().collect()
    }

    /// Proposes variables and functions for the word that is being typed inside a string.
    fn expression(&self, steps: &[Step], slot: &Slot) -> Completions {
        let nothing = Completions {
            from: self.offset,
            items: Vec::new(),
        };
        let parts = schema::parts(self.definition);
        let around = parts.iter().filter(|part| steps.starts_with(part.location.steps()));
        let Some(part) = around
            .max_by_key(|part| part.location.steps().len())
            .filter(|_| !slot.is_bare)
        else {
            return nothing;
        };
        let field = steps.get(part.location.steps().len()).and_then(|step| match step {
            Step::Member(name) => part.field(name),
            Step::Item(_) => None,
        });
        let Some(field) = field.filter(|field| field.kind.is_evaluated() || field.kind.is_path()) else {
            return nothing;
        };
        let typed = &self.document.text()[slot.from + 1..self.offset];
        let word = typed
            .rfind(|c: char| !(c.is_alphanumeric() || matches!(c, '$' | '.' | '_')))
            .map_or(0, |at| at + typed[at..].chars().next().map_or(1, char::len_utf8));
        let from = slot.from + 1 + word;
        let proposals = self.proposals(&parts, part.language, part, field.name);
        let items = proposals.into_iter().map(|(label, kind)| Completion {
            insert: label.clone(),
            label,
            detail: "",
            kind,
        });
        Completions {
            from,
            items: items.collect(),
        }
    }

    fn proposals(
        &self,
        parts: &[Part],
        language: QueryLanguage,
        part: &Part,
        field: &str,
    ) -> Vec<(String, CompletionKind)> {
        let variables = assigned(parts).into_iter().map(|name| format!("${name}"));
        let (roots, functions): (Vec<String>, &[&str]) = match language {
            QueryLanguage::JsonPath => (vec!["$".to_owned(), "$$".to_owned()], &INTRINSICS),
            QueryLanguage::Jsonata => {
                let members = crate::rules::states_members(self.definition, part, field);
                (
                    members.iter().map(|member| format!("$states.{member}")).collect(),
                    &JSONATA_FUNCTIONS,
                )
            }
        };
        let roots = roots
            .into_iter()
            .chain(variables)
            .map(|text| (text, CompletionKind::Variable));
        roots
            .chain(
                functions
                    .iter()
                    .map(|name| ((*name).to_owned(), CompletionKind::Function)),
            )
            .collect()
    }
}

/// Returns the object that a value belongs to and the field it is in; an item belongs to the field of its array.
fn field_of(steps: &[Step]) -> Option<(&[Step], &str)> {
    let (last, outer) = steps.split_last()?;
    match last {
        Step::Member(name) => Some((outer, name)),
        Step::Item(_) => match outer.split_last()? {
            (Step::Member(name), object) => Some((object, name)),
            (Step::Item(_), _) => None,
        },
    }
}

/// Returns the names of all variables that are assigned somewhere.
fn assigned(parts: &[Part]) -> BTreeSet<String> {
    let objects = parts
        .iter()
        .filter_map(|part| part.raw.get("Assign").and_then(Value::as_object));
    let keys = objects.flat_map(asl_json::Object::keys);
    keys.map(|key| key.strip_suffix(".$").unwrap_or(key).to_owned())
        .collect()
}
