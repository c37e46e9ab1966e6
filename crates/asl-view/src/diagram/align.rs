//! Finds the place of each item across the flow: straight chains, parents over the middle of their children.
//!
//! Method: U. Brandes and B. Köpf, "Fast and Simple Horizontal Coordinate Assignment" (2001), with items of different
//! sizes: four extreme placements, of which each item takes the mean of the middle two. Linear time.

use std::collections::BTreeSet;

use super::order::Layers;
use asl_drawing::GridUnits;

/// How far an item reaches to either side of its center line, and how long it is along the flow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Extent {
    pub(super) before: GridUnits,
    pub(super) after: GridUnits,
    pub(super) length: GridUnits,
}

/// Least room between two neighbors.
const NODE_GAP: GridUnits = 40;
/// The same where one of them is an edge passing by, or both are labels.
const DUMMY_GAP: GridUnits = 22;

/// Returns the center line of each item.
pub(super) fn center_lines(layers: &Layers, extents: &[Extent]) -> Vec<GridUnits> {
    let conflicts = conflicts(layers);
    let mut placements = Vec::with_capacity(4);
    for is_upward in [false, true] {
        for is_mirrored in [false, true] {
            let run = Run {
                layers,
                extents,
                conflicts: &conflicts,
                is_upward,
                is_mirrored,
            };
            placements.push((run.placement(), is_mirrored));
        }
    }
    balance(&placements, extents)
}

/// Moves all placements to the sides of the narrowest and takes the mean of the middle two.
fn balance(placements: &[(Vec<GridUnits>, bool)], extents: &[Extent]) -> Vec<GridUnits> {
    let bounds = |lines: &[GridUnits]| {
        let edges = lines.iter().zip(extents);
        let low = edges
            .clone()
            .map(|(line, extent)| line - extent.before)
            .min()
            .unwrap_or(0);
        let high = edges.map(|(line, extent)| line + extent.after).max().unwrap_or(0);
        (low, high)
    };
    let all: Vec<(GridUnits, GridUnits)> = placements.iter().map(|(lines, _)| bounds(lines)).collect();
    let narrowest = all
        .iter()
        .copied()
        .min_by_key(|(low, high)| high - low)
        .unwrap_or((0, 0));
    let shifts: Vec<GridUnits> = placements
        .iter()
        .zip(&all)
        .map(|((_, is_mirrored), (low, high))| {
            if *is_mirrored {
                narrowest.1 - high
            } else {
                narrowest.0 - low
            }
        })
        .collect();
    (0..extents.len())
        .map(|item| {
            let mut lines: Vec<GridUnits> = placements
                .iter()
                .zip(&shifts)
                .map(|((lines, _), shift)| lines[item] + shift)
                .collect();
            lines.sort_unstable();
            (lines[1] + lines[2]).div_euclid(2)
        })
        .collect()
}

/// Finds edges that cross the straight middle of a long edge; those give way. Pairs are (upper, lower).
fn conflicts(layers: &Layers) -> BTreeSet<(usize, usize)> {
    let mut found = BTreeSet::new();
    for pair in layers.rows.windows(2) {
        let (upper, lower) = (&pair[0], &pair[1]);
        let (mut low, mut scanned) = (0, 0);
        for (place, &item) in lower.iter().enumerate() {
            let inner = inner_neighbor(layers, item);
            if inner.is_none() && place + 1 < lower.len() {
                continue;
            }
            let high = inner.map_or(upper.len(), |above| layers.place[above]);
            for &between in &lower[scanned..=place] {
                for &above in &layers.above[between] {
                    let is_inner = layers.is_dummy(above) && layers.is_dummy(between);
                    let at = layers.place[above];
                    if (at < low || at > high) && !is_inner {
                        found.insert((above, between));
                    }
                }
            }
            scanned = place + 1;
            low = high;
        }
    }
    found
}

fn inner_neighbor(layers: &Layers, item: usize) -> Option<usize> {
    if !layers.is_dummy(item) {
        return None;
    }
    layers.above[item].iter().copied().find(|above| layers.is_dummy(*above))
}

/// One of the four extreme placements.
struct Run<'a> {
    layers: &'a Layers,
    extents: &'a [Extent],
    conflicts: &'a BTreeSet<(usize, usize)>,
    is_upward: bool,
    is_mirrored: bool,
}

impl Run<'_> {
    fn placement(&self) -> Vec<GridUnits> {
        let rows = self.rows();
        let root = self.aligned_roots(&rows);
        let lines = self.compacted(&rows, &root);
        if self.is_mirrored {
            lines.into_iter().map(|line| -line).collect()
        } else {
            lines
        }
    }

    fn rows(&self) -> Vec<Vec<usize>> {
        let mut rows = self.layers.rows.clone();
        if self.is_upward {
            rows.reverse();
        }
        if self.is_mirrored {
            for row in &mut rows {
                row.reverse();
            }
        }
        rows
    }

    /// Returns for each item the first item of its straight block.
    fn aligned_roots(&self, rows: &[Vec<usize>]) -> Vec<usize> {
        let count = self.extents.len();
        let mut root: Vec<usize> = (0..count).collect();
        let mut place = vec![0; count];
        for row in rows {
            for (at, item) in row.iter().enumerate() {
                place[*item] = at;
            }
        }
        let neighbors = if self.is_upward {
            &self.layers.below
        } else {
            &self.layers.above
        };
        for row in rows {
            let mut free_from = 0;
            for &item in row {
                let sides = neighbors[item].iter().copied();
                let mut sorted: Vec<usize> = sides.filter(|other| self.layers.may_align(*other, item)).collect();
                sorted.sort_unstable_by_key(|other| place[*other]);
                sorted.dedup();
                let Some(last) = sorted.len().checked_sub(1) else {
                    continue;
                };
                for &other in &sorted[last / 2..=sorted.len() / 2] {
                    if root[item] != item || place[other] < free_from || self.conflict(other, item) {
                        continue;
                    }
                    root[item] = root[other];
                    free_from = place[other] + 1;
                }
            }
        }
        root
    }

    fn conflict(&self, other: usize, item: usize) -> bool {
        let pair = if self.is_upward { (item, other) } else { (other, item) };
        self.conflicts.contains(&pair)
    }

    /// Puts each block as far left as its neighbors allow, then pulls it right toward those on its right.
    fn compacted(&self, rows: &[Vec<usize>], root: &[usize]) -> Vec<GridUnits> {
        let count = root.len();
        let mut right: Vec<Vec<(usize, GridUnits)>> = vec![Vec::new(); count];
        let mut waits_for = vec![0_usize; count];
        for row in rows {
            for pair in row.windows(2) {
                right[root[pair[0]]].push((root[pair[1]], self.separation(pair[0], pair[1])));
                waits_for[root[pair[1]]] += 1;
            }
        }
        let mut line = vec![0; count];
        let mut ready: Vec<usize> = (0..count)
            .filter(|item| root[*item] == *item && waits_for[*item] == 0)
            .collect();
        let mut order = Vec::with_capacity(count);
        while let Some(block) = ready.pop() {
            order.push(block);
            for &(other, room) in &right[block] {
                line[other] = line[other].max(line[block] + room);
                waits_for[other] -= 1;
                if waits_for[other] == 0 {
                    ready.push(other);
                }
            }
        }
        for &block in order.iter().rev() {
            if let Some(limit) = right[block].iter().map(|(other, room)| line[*other] - room).min() {
                line[block] = line[block].max(limit);
            }
        }
        (0..count).map(|item| line[root[item]]).collect()
    }

    fn separation(&self, left: usize, right: usize) -> GridUnits {
        let (left, right) = if self.is_mirrored { (right, left) } else { (left, right) };
        let is_edge = |item: usize| self.extents[item].length < 40;
        let gap = if is_edge(left) || is_edge(right) {
            DUMMY_GAP
        } else {
            NODE_GAP
        };
        self.extents[left].after + gap + self.extents[right].before
    }
}
