//! Walks a definition once for all rules.

use super::context::{Context, PartVariables};
use crate::diagnostic::Diagnostic;
use crate::parallel::in_pieces;
use crate::schema::{self, Part};
use crate::state::State;

/// A rule: its name, which is that of its file and of its section of `docs/diagnostics.md`, and what it finds.
pub(super) struct Rule {
    pub(super) name: &'static str,
    pub(super) check: Check,
}

/// What a rule looks at, and the function that says what is wrong with it.
pub(super) enum Check {
    /// The definition as a whole.
    Definition(CheckDefinition),
    /// Every state.
    State(CheckState),
    /// Every object that has a table of fields.
    Part(CheckPart),
}

type CheckDefinition = fn(&Context) -> Vec<Diagnostic>;
type CheckState = fn(&Context, &State) -> Vec<Diagnostic>;
type CheckPart = fn(&Context, &Part) -> Vec<Diagnostic>;

/// The functions of some rules, each with the number of its rule.
#[derive(Default)]
struct Checks {
    definition: Vec<(usize, CheckDefinition)>,
    state: Vec<(usize, CheckState)>,
    part: Vec<(usize, CheckPart)>,
}

impl Checks {
    fn of(rules: &[&Rule]) -> Checks {
        let mut checks = Checks::default();
        for (number, rule) in rules.iter().enumerate() {
            match rule.check {
                Check::Definition(check) => checks.definition.push((number, check)),
                Check::State(check) => checks.state.push((number, check)),
                Check::Part(check) => checks.part.push((number, check)),
            }
        }
        checks
    }
}

/// Rules whose findings are told together.
pub(super) struct Group {
    pub(super) rules: &'static [Rule],
    /// Whether in the order of the text, instead of rule by rule.
    pub(super) in_text_order: bool,
}

impl Context<'_> {
    /// Returns what these rules find, group by group.
    pub(super) fn find(&mut self, groups: &[Group]) -> Vec<Diagnostic> {
        let rules: Vec<&Rule> = groups.iter().flat_map(|group| group.rules).collect();
        let mut by_rule = self.find_by_rule(&rules).into_iter();
        let mut found = Vec::new();
        for group in groups {
            let first = found.len();
            found.extend(by_rule.by_ref().take(group.rules.len()).flatten());
            if group.in_text_order {
                found[first..].sort_by_key(|diagnostic: &Diagnostic| diagnostic.span.start);
            }
        }
        found
    }

    /// Returns what each of these rules finds.
    ///
    /// The definition is walked once, not once for each rule: a large one does not fit into the processor's caches.
    fn find_by_rule(&mut self, rules: &[&Rule]) -> Vec<Vec<Diagnostic>> {
        let checks = Checks::of(rules);
        let mut found = Vec::new();
        for graph in &self.graphs {
            self.look_at_part(&checks, &schema::part_of_body(self.definition, graph.body), &mut found);
        }
        for (more, variables) in in_pieces(&self.states, |states| self.look(&checks, states)) {
            found.extend(more);
            self.variables.extend(variables);
        }
        for (rule, check) in checks.definition {
            found.extend(check(self).into_iter().map(|one| (rule, one)));
        }
        let mut by_rule = vec![Vec::new(); rules.len()];
        for (rule, found) in found {
            by_rule[rule].push(Diagnostic {
                rule: rules[rule].name,
                ..found
            });
        }
        by_rule
    }

    /// Returns what is found in some states, each with the number of its rule, and by state what it has to do with
    /// variables. Their objects are not kept: most of the time would go into memory.
    fn look(&self, checks: &Checks, states: &[&State]) -> (Vec<(usize, Diagnostic)>, Vec<Vec<PartVariables>>) {
        let mut found = Vec::new();
        let variables = states.iter().map(|state| {
            for (rule, check) in &checks.state {
                found.extend(check(self, state).into_iter().map(|one| (*rule, one)));
            }
            let parts = schema::parts_of_state(state).into_iter();
            let variables = parts.filter_map(|part| {
                self.look_at_part(checks, &part, &mut found);
                PartVariables::of(&part)
            });
            variables.collect()
        });
        let variables = variables.collect();
        (found, variables)
    }

    fn look_at_part(&self, checks: &Checks, part: &Part, found: &mut Vec<(usize, Diagnostic)>) {
        for (rule, check) in &checks.part {
            found.extend(check(self, part).into_iter().map(|one| (*rule, one)));
        }
    }
}
