//! Where the states of a body lead, worked out once for all rules that ask.

use std::ops::Range;

use crate::definition::Body;

/// The transitions between the states of a body. States are told by their index.
pub(crate) struct Graph<'a> {
    pub(crate) body: &'a Body,
    /// How many states there are in the bodies before it.
    pub(crate) first_state: usize,
    /// For each state whether it can be reached from the first one.
    pub(crate) is_reached: Vec<bool>,
    /// For each state whether it names a state that the body does not have.
    pub(crate) leads_out: Vec<bool>,
    /// The targets of all states, one state after the other.
    edges: Vec<usize>,
    /// Which of them are those of a state.
    of_state: Vec<Range<usize>>,
}

impl<'a> Graph<'a> {
    pub(crate) fn new(body: &'a Body, first_state: usize) -> Graph<'a> {
        let mut graph = Graph {
            body,
            first_state,
            is_reached: vec![false; body.states.len()],
            leads_out: vec![false; body.states.len()],
            edges: Vec::with_capacity(body.states.len()),
            of_state: Vec::with_capacity(body.states.len()),
        };
        for (index, state) in body.states.values().enumerate() {
            let first = graph.edges.len();
            for name in state.targets().filter(|name| !name.is_empty()) {
                match body.states.get_index_of(name) {
                    Some(target) => graph.edges.push(target),
                    None => graph.leads_out[index] = true,
                }
            }
            graph.of_state.push(first..graph.edges.len());
        }
        graph.walk();
        graph
    }

    fn walk(&mut self) {
        let mut waiting: Vec<usize> = self.start().into_iter().collect();
        while let Some(index) = waiting.pop() {
            if !std::mem::replace(&mut self.is_reached[index], true) {
                waiting.extend(self.next(index));
            }
        }
    }

    /// Returns the first state.
    pub(crate) fn start(&self) -> Option<usize> {
        self.body.states.get_index_of(&self.body.start_at)
    }

    /// Returns the states that a state may go to.
    pub(crate) fn next(&self, index: usize) -> &[usize] {
        &self.edges[self.of_state[index].clone()]
    }

    /// Returns for each state the states that may go to it.
    pub(crate) fn predecessors(&self) -> Vec<Vec<usize>> {
        let mut before = vec![Vec::new(); self.body.states.len()];
        for index in 0..before.len() {
            for next in self.next(index) {
                before[*next].push(index);
            }
        }
        before
    }
}
