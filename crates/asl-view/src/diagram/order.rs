//! Orders each layer so that few edges cross, starting from the order of the definition.
//!
//! Edges that span several layers pass through dummies. All edges to one target share them, so that a state that many lead
//! to has one trunk, and the number of dummies stays in proportion to the size of the definition.

use super::rank::{Group, Link, LinkForm, Ranked};

/// Sweeps over all layers at most.
const MAX_SWEEPS: usize = 8;

/// Vertices and dummies on ordered layers. Dummies are numbered after all vertices.
#[derive(Debug, Default)]
pub(super) struct Layers {
    /// The items of each layer, left to right.
    pub(super) rows: Vec<Vec<usize>>,
    /// Layer of each item.
    pub(super) layer: Vec<usize>,
    /// Place of each item in its layer.
    pub(super) place: Vec<usize>,
    /// Neighbors of each item in the layer above.
    pub(super) above: Vec<Vec<usize>>,
    /// Neighbors of each item in the layer below.
    pub(super) below: Vec<Vec<usize>>,
    /// Number of items that are vertices.
    pub(super) vertices: usize,
    /// For each link the dummies it passes, or `None` where it does not go through the layers.
    pub(super) chains: Vec<Option<Vec<usize>>>,
    group: Vec<Group>,
    met: Vec<usize>,
}

impl Layers {
    /// Returns the layers, ordered.
    pub(super) fn new(ranked: &Ranked) -> Layers {
        let mut layers = Layers::unordered(ranked);
        layers.sort_as_met();
        layers.reduce_crossings();
        layers
    }

    /// Returns true for a place that an edge passes through.
    pub(super) fn is_dummy(&self, item: usize) -> bool {
        item >= self.vertices
    }

    /// Returns true where two neighbors may want to stand in one line: an error path never bends the main path.
    pub(super) fn may_align(&self, left: usize, right: usize) -> bool {
        self.group[left] == self.group[right]
    }

    /// Returns true for the last item of its layer.
    pub(super) fn is_last(&self, item: usize) -> bool {
        self.place[item] + 1 == self.rows[self.layer[item]].len()
    }

    fn unordered(ranked: &Ranked) -> Layers {
        let count = ranked.layer.len();
        let mut layers = Layers {
            vertices: count,
            layer: ranked.layer.clone(),
            group: ranked.group.clone(),
            met: ranked.met.clone(),
            above: vec![Vec::new(); count],
            below: vec![Vec::new(); count],
            chains: vec![None; ranked.links.len()],
            ..Layers::default()
        };
        let mut by_target: Vec<Vec<usize>> = vec![Vec::new(); count];
        for (at, link) in ranked.links.iter().enumerate() {
            if link.form == LinkForm::Forward {
                by_target[link.to].push(at);
            }
        }
        let mut budget = 8 * count + 4000;
        for links in &mut by_target {
            layers.add_trunk(&ranked.links, links, &mut budget);
        }
        layers
    }

    /// Connects all sources of one target, in the order of their layers, through shared dummies.
    fn add_trunk(&mut self, all: &[Link], links: &mut [usize], budget: &mut usize) {
        links.sort_by_key(|at| self.layer[all[*at].from]);
        let mut trunk: Vec<usize> = Vec::new();
        for &at in &*links {
            let Link { from, to, .. } = all[at];
            let (first, last) = (self.layer[from] + 1, self.layer[to]);
            let needed = last - first;
            if trunk.is_empty() {
                if needed > *budget {
                    continue;
                }
                *budget -= needed;
                trunk = (first..last).map(|layer| self.add_dummy(layer, from, to)).collect();
                for pair in trunk.windows(2) {
                    self.connect(pair[0], pair[1]);
                }
                if let Some(&dummy) = trunk.last() {
                    self.connect(dummy, to);
                }
            }
            let passed = trunk[trunk.len() - needed..].to_vec();
            self.connect(from, passed.first().copied().unwrap_or(to));
            self.chains[at] = Some(passed);
        }
    }

    fn add_dummy(&mut self, layer: usize, from: usize, to: usize) -> usize {
        self.layer.push(layer);
        self.group.push(self.group[to]);
        self.met.push(self.met[from]);
        self.above.push(Vec::new());
        self.below.push(Vec::new());
        self.layer.len() - 1
    }

    fn connect(&mut self, upper: usize, lower: usize) {
        self.below[upper].push(lower);
        self.above[lower].push(upper);
    }

    fn sort_as_met(&mut self) {
        let count = self.layer.iter().max().map_or(0, |last| last + 1);
        self.rows = vec![Vec::new(); count];
        for (item, layer) in self.layer.iter().enumerate() {
            self.rows[*layer].push(item);
        }
        for row in &mut self.rows {
            row.sort_by_key(|item| (self.group[*item], self.met[*item], *item));
        }
        self.place = vec![0; self.layer.len()];
        self.number_places();
    }

    fn number_places(&mut self) {
        for row in &self.rows {
            for (place, item) in row.iter().enumerate() {
                self.place[*item] = place;
            }
        }
    }

    /// Sorts by the mean place of neighbors, down and up in turn, and keeps the first of the best orders.
    fn reduce_crossings(&mut self) {
        let mut fewest = self.crossings();
        let mut best = self.rows.clone();
        for sweep in 0..MAX_SWEEPS {
            if fewest == 0 {
                break;
            }
            let layers = self.rows.len();
            if sweep % 2 == 0 {
                (1..layers).for_each(|layer| self.sort_by_neighbors(layer, true));
            } else {
                (0..layers.saturating_sub(1))
                    .rev()
                    .for_each(|layer| self.sort_by_neighbors(layer, false));
            }
            let crossings = self.crossings();
            if crossings < fewest {
                fewest = crossings;
                best.clone_from(&self.rows);
            }
        }
        self.rows = best;
        self.number_places();
    }

    /// Items without neighbors keep their place, and groups stay together.
    fn sort_by_neighbors(&mut self, layer: usize, by_above: bool) {
        let neighbors = if by_above { &self.above } else { &self.below };
        let row = &self.rows[layer];
        let mut keyed: Vec<(Group, usize, usize, usize)> = Vec::new();
        let mut slots = Vec::new();
        for (place, &item) in row.iter().enumerate() {
            let sum: usize = neighbors[item].iter().map(|other| self.place[*other]).sum();
            if let Some(mean) = (sum * 1024).checked_div(neighbors[item].len()) {
                slots.push(place);
                keyed.push((self.group[item], mean, place, item));
            }
        }
        keyed.sort_unstable();
        let row = &mut self.rows[layer];
        for (slot, (.., item)) in slots.into_iter().zip(keyed) {
            row[slot] = item;
            self.place[item] = slot;
        }
    }

    fn crossings(&self) -> usize {
        let rows = self.rows.windows(2);
        rows.map(|pair| self.crossings_between(&pair[0], pair[1].len())).sum()
    }

    /// Counts pairs of edges in opposite order with a Fenwick tree over the places of the lower layer.
    fn crossings_between(&self, upper: &[usize], lower_len: usize) -> usize {
        let mut tree = vec![0_usize; lower_len + 1];
        let (mut seen, mut crossings) = (0, 0);
        for item in upper {
            let mut places: Vec<usize> = self.below[*item].iter().map(|lower| self.place[*lower]).collect();
            places.sort_unstable();
            for &place in &places {
                let mut at = place + 1;
                let mut not_right = 0;
                while at > 0 {
                    not_right += tree[at];
                    at &= at - 1;
                }
                crossings += seen - not_right;
            }
            for place in places {
                let mut at = place + 1;
                while at <= lower_len {
                    tree[at] += 1;
                    at += at & at.wrapping_neg();
                }
                seen += 1;
            }
        }
        crossings
    }
}
