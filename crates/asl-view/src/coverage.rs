//! Coverage: which states, transitions, catchers and Choice rules some executions have taken. A fold over histories.

use std::collections::BTreeMap;
use std::sync::Arc;

use asl_core::{EventId, HistoryEvent};
use asl_model::{Body, Definition, State, StateKind, Transition};

use crate::NodeKind;
use crate::diagram::EdgeKey;
use crate::facts::MAX_NESTING;
use crate::rule_text::short_rule;
use crate::timeline::{Place, Role, Timeline, role};
use crate::topology::Outcome;

/// What executions of one state machine have taken so far. Two are of the same machine where their items are the same.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coverage {
    /// Executions that were folded in, for the caller to count: one may have the histories of children too.
    pub runs: u32,
    /// Everything that can be taken, in the order of the definition.
    items: Vec<CoverageItem>,
    by_key: BTreeMap<ItemKey, usize>,
}

/// Something that an execution may take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoverageItem {
    /// What it is.
    pub key: ItemKey,
    /// The state it belongs to; none for the start.
    pub state: Option<Arc<str>>,
    /// A line for the reader: `Pack → Ship`, `rule 1: total > 100 → Review`.
    pub label: String,
    /// How often it was taken.
    pub times: u32,
}

/// Names what an execution may take.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemKey {
    /// A state.
    State(Arc<str>),
    /// A transition, as the diagram draws it.
    Transition(EdgeKey),
    /// A catcher of a state, from 0.
    Catcher(Arc<str>, u32),
    /// A rule of a Choice state, from 0; none for `Default`.
    Rule(Arc<str>, Option<u32>),
}

/// Which rule a visit to a Choice state took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleTaken {
    /// The rule at this position, from 0.
    Rule(u32),
    /// `Default`.
    Default,
    /// The history alone has to tell.
    Unknown,
}

impl Coverage {
    /// Returns the coverage of a definition before any execution.
    pub fn new(definition: &Definition) -> Coverage {
        let mut coverage = Coverage::default();
        coverage.add_body(&definition.body, 0);
        coverage
    }

    /// Returns whether both are of machines with the same states, transitions, catchers and rules.
    pub fn is_of_same_machine(&self, other: &Coverage) -> bool {
        let shape = |coverage: &Coverage| -> Vec<(ItemKey, String)> {
            let items = coverage.items.iter();
            items.map(|item| (item.key.clone(), item.label.clone())).collect()
        };
        shape(self) == shape(other)
    }

    /// Returns everything that can be taken, in the order of the definition, and how often it was.
    pub fn items(&self) -> &[CoverageItem] {
        &self.items
    }

    /// Returns how often each item was taken, in the order of [`Coverage::items`].
    pub fn times(&self) -> Vec<u32> {
        self.items.iter().map(|item| item.times).collect()
    }

    /// Adds what another coverage has taken; `before` are its times as far as they were added already.
    pub fn add_growth(&mut self, of: &Coverage, before: &[u32]) {
        for (at, item) in of.items.iter().enumerate() {
            let more = item.times - before.get(at).copied().unwrap_or(0).min(item.times);
            if let Some(own) = self.by_key.get(&item.key) {
                self.items[*own].times += more;
            }
        }
    }

    /// Forgets what was taken.
    pub fn reset(&mut self) {
        self.runs = 0;
        self.items.iter_mut().for_each(|item| item.times = 0);
    }

    /// Folds in one history. `rule_of` tells which rule a visit to a Choice state took, where that is known by more than
    /// the history.
    pub fn add(&mut self, timeline: &Timeline, history: &[HistoryEvent], rule_of: impl Fn(EventId) -> RuleTaken) {
        // Per scope and state: where it was entered, and the catcher that took its newest error.
        let mut open: BTreeMap<(u32, u32), (EventId, Option<u32>)> = BTreeMap::new();
        for event in history {
            let Some(place) = timeline.place(event.id) else {
                continue;
            };
            let Some(state) = place.state else { continue };
            let Some(entry) = timeline.topology().state(state) else {
                continue;
            };
            match role(place.event_type) {
                Role::Enter => {
                    self.take(&ItemKey::State(entry.name.clone()));
                    open.insert((place.scope, state), (event.id, None));
                    let left = left_before(timeline, event, place, &open);
                    if let Some((from, entered)) = left {
                        self.take_rule(timeline, from, &entry.name, rule_of(entered));
                    }
                }
                Role::Exit => {
                    let visit = open.get(&(place.scope, state));
                    if let Some((_, Some(catcher))) = visit.filter(|_| place.is_caught) {
                        self.take(&ItemKey::Catcher(entry.name.clone(), *catcher));
                    }
                }
                _ => {
                    if let (Outcome::Caught(catcher), Some(visit)) =
                        (place.outcome, open.get_mut(&(place.scope, state)))
                    {
                        visit.1 = Some(catcher);
                    }
                }
            }
        }
        for (edge, times) in &timeline.view().edges {
            for _ in 0..*times {
                self.take(&ItemKey::Transition(edge.clone()));
            }
        }
    }

    /// Counts the rule that was taken: the known one, else the only one or the first that leads there.
    fn take_rule(&mut self, timeline: &Timeline, choice: u32, to: &Arc<str>, known: RuleTaken) {
        let Some(entry) = timeline.topology().state(choice) else {
            return;
        };
        let first = || entry.rules.iter().position(|(next, _)| next == to);
        let rule = match known {
            RuleTaken::Rule(position) => Some(position),
            RuleTaken::Default => None,
            RuleTaken::Unknown => first().and_then(|position| u32::try_from(position).ok()),
        };
        self.take(&ItemKey::Rule(entry.name.clone(), rule));
    }

    fn take(&mut self, key: &ItemKey) {
        if let Some(at) = self.by_key.get(key) {
            self.items[*at].times += 1;
        }
    }

    fn add_body(&mut self, body: &Body, depth: usize) {
        if depth > MAX_NESTING {
            return;
        }
        self.add_transition(None, Some(&body.start_at), false);
        for state in body.states.values() {
            self.add_state(state);
            for inner in state.bodies() {
                self.add_body(inner, depth + 1);
            }
        }
    }

    fn add_state(&mut self, state: &State) {
        let name = &state.name;
        self.add_item(ItemKey::State(name.clone()), Some(name), name.to_string());
        match (&state.kind, &state.transition) {
            (StateKind::Choice(choice), _) => {
                for (number, rule) in (0..).zip(&choice.choices) {
                    self.add_transition(Some(name), Some(&rule.next), false);
                    let text = short_rule(&rule.condition);
                    let label = format!("{name}: rule {}, {text} \u{2192} {}", number + 1, rule.next);
                    self.add_item(ItemKey::Rule(name.clone(), Some(number)), Some(name), label);
                }
                if let Some(default) = &choice.default {
                    self.add_transition(Some(name), Some(default), false);
                    let label = format!("{name}: Default \u{2192} {default}");
                    self.add_item(ItemKey::Rule(name.clone(), None), Some(name), label);
                }
            }
            (StateKind::Succeed(_), _) | (_, Some(Transition::End)) => self.add_transition(Some(name), None, false),
            (_, Some(Transition::Next(next))) => self.add_transition(Some(name), Some(next), false),
            (_, None) => {}
        }
        for (number, catcher) in (0..).zip(&state.catch) {
            self.add_transition(Some(name), Some(&catcher.next), true);
            let names = catcher.error_equals.join(", ");
            let label = format!("{name}: catcher {}, {names} \u{2192} {}", number + 1, catcher.next);
            self.add_item(ItemKey::Catcher(name.clone(), number), Some(name), label);
        }
    }

    fn add_transition(&mut self, from: Option<&Arc<str>>, to: Option<&Arc<str>>, is_catch: bool) {
        let end = |name: Option<&Arc<str>>, terminal: &str| name.map_or(terminal.to_owned(), ToString::to_string);
        let catch = if is_catch { " (caught)" } else { "" };
        let label = format!("{} \u{2192} {}{catch}", end(from, "Start"), end(to, "End"));
        let key = EdgeKey {
            from: from.cloned(),
            to: to.cloned(),
            is_catch,
        };
        self.add_item(ItemKey::Transition(key), from, label);
    }

    fn add_item(&mut self, key: ItemKey, state: Option<&Arc<str>>, label: String) {
        if self.by_key.contains_key(&key) {
            return;
        }
        self.by_key.insert(key.clone(), self.items.len());
        self.items.push(CoverageItem {
            key,
            state: state.cloned(),
            label,
            times: 0,
        });
    }
}

/// Returns the Choice state that an execution came from, and where that was entered.
fn left_before(
    timeline: &Timeline,
    event: &HistoryEvent,
    place: &Place,
    open: &BTreeMap<(u32, u32), (EventId, Option<u32>)>,
) -> Option<(u32, EventId)> {
    let previous = timeline.place(event.previous_event_id)?;
    let from = previous.state.filter(|_| role(previous.event_type) == Role::Exit)?;
    let is_choice = timeline.topology().state(from)?.kind == NodeKind::Choice;
    let (entered, _) = open.get(&(place.scope, from)).filter(|_| is_choice)?;
    Some((from, *entered))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::record;

    const MACHINE: &str = r#"{"StartAt": "T", "States": {
        "T": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:F", "Next": "C",
            "Catch": [{"ErrorEquals": ["A"], "Next": "E"}, {"ErrorEquals": ["B"], "Next": "E"}]},
        "C": {"Type": "Choice", "Choices": [
            {"Variable": "$", "NumericEquals": 1, "Next": "E"}, {"Variable": "$", "NumericEquals": 2, "Next": "E"}],
            "Default": "D"},
        "D": {"Type": "Pass", "End": true}, "E": {"Type": "Succeed"}}}"#;

    fn taken(coverage: &Coverage) -> Vec<String> {
        let items = coverage.items().iter();
        items
            .filter(|item| item.times > 0 && !matches!(item.key, ItemKey::State(_)))
            .map(|item| format!("{} x{}", item.label, item.times))
            .collect()
    }

    fn run(coverage: &mut Coverage, answer: Result<i64, &'static str>, rule: RuleTaken) {
        let recorded = record(MACHINE, "{}", |_| answer.map(asl_json::Value::from));
        coverage.add(&recorded.timeline(), &recorded.history, |_| rule);
    }

    fn empty() -> Coverage {
        Coverage::new(&asl_model::parse(MACHINE).definition.unwrap())
    }

    #[test]
    fn runs_add_up() {
        let mut coverage = empty();
        run(&mut coverage, Err("B"), RuleTaken::Unknown);
        assert_eq!(
            taken(&coverage),
            [
                "Start \u{2192} T x1",
                "T \u{2192} E (caught) x1",
                "T: catcher 2, B \u{2192} E x1",
                "E \u{2192} End x1"
            ]
        );
        run(&mut coverage, Ok(7), RuleTaken::Unknown);
        let now = taken(&coverage);
        assert!(now.contains(&"C: Default \u{2192} D x1".to_owned()), "{now:?}");
        assert!(now.contains(&"Start \u{2192} T x2".to_owned()), "{now:?}");
        coverage.reset();
        assert!(taken(&coverage).is_empty());
    }

    #[test]
    fn what_was_added_before_is_not_added_again() {
        let (mut all, mut own) = (empty(), empty());
        run(&mut own, Err("B"), RuleTaken::Unknown);
        all.add_growth(&own, &[]);
        let before = own.times();
        run(&mut own, Ok(7), RuleTaken::Unknown);
        all.add_growth(&own, &before);
        assert_eq!(taken(&all), taken(&own));
    }

    #[test]
    fn rules_with_the_same_target_are_told_apart_where_it_is_known() {
        let rule = |known| {
            let mut coverage = empty();
            run(&mut coverage, Ok(2), known);
            taken(&coverage).into_iter().find(|line| line.contains("rule")).unwrap()
        };
        assert!(rule(RuleTaken::Rule(1)).starts_with("C: rule 2"));
        assert!(rule(RuleTaken::Unknown).starts_with("C: rule 1"));
    }

    #[test]
    fn a_machine_with_other_states_is_another_machine() {
        let mut coverage = empty();
        run(&mut coverage, Ok(1), RuleTaken::Unknown);
        assert!(coverage.is_of_same_machine(&empty()));
        let other = asl_model::parse(&MACHINE.replace("\"D\"", "\"D2\""))
            .definition
            .unwrap();
        assert!(!coverage.is_of_same_machine(&Coverage::new(&other)));
    }
}
