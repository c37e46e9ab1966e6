//! The room between two layers, where lines change their place across the flow.
//!
//! Lines that lead to the same target form a net and share one track. Nets are put on tracks so that few of them cross,
//! and so that a line coming down never lies on one going down further.

use std::collections::{BTreeMap, BTreeSet};

use asl_drawing::GridUnits;

/// Pins closer than this would look like one line.
const PIN_WIDTH: GridUnits = 8;

/// The room above a layer (or below the last one).
#[derive(Debug, Default)]
pub(super) struct Channel {
    nets: BTreeMap<usize, Net>,
}

/// An end of a line in a channel: where it is, and whether it goes on upward or downward.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pin {
    pub(super) line: GridUnits,
    pub(super) is_upper: bool,
}

#[derive(Debug, Default)]
struct Net {
    upper: BTreeSet<GridUnits>,
    lower: BTreeSet<GridUnits>,
    bends: bool,
}

/// The tracks of a channel, numbered from the top.
#[derive(Debug, Default)]
pub(super) struct Tracks {
    pub(super) count: GridUnits,
    by_net: BTreeMap<usize, GridUnits>,
}

impl Tracks {
    /// Returns the track of the net, where it bends here.
    pub(super) fn of(&self, net: usize) -> GridUnits {
        self.by_net.get(&net).copied().unwrap_or(0)
    }
}

impl Channel {
    /// Adds a line of the net between two pins.
    pub(super) fn connect(&mut self, net: usize, pins: [Pin; 2]) {
        let net = self.nets.entry(net).or_default();
        net.bends |= pins[0].line != pins[1].line || pins[0].is_upper == pins[1].is_upper;
        for pin in pins {
            let side = if pin.is_upper { &mut net.upper } else { &mut net.lower };
            side.insert(pin.line);
        }
    }

    /// Returns a track for every net that bends.
    pub(super) fn tracks(&self) -> Tracks {
        let mut bent: Vec<(usize, &Net)> = self
            .nets
            .iter()
            .filter(|(_, net)| net.bends)
            .map(|(id, net)| (*id, net))
            .collect();
        bent.sort_by_key(|(id, net)| (net.preference(), *id));
        let mut tracks = Tracks::default();
        let mut placed: Vec<(GridUnits, GridUnits, GridUnits)> = Vec::with_capacity(bent.len());
        for at in top_to_bottom(&bent) {
            let (id, net) = bent[at];
            let (low, high) = net.reach();
            let overlapping = placed
                .iter()
                .filter(|(from, to, _)| *from < high + PIN_WIDTH && low < to + PIN_WIDTH);
            let track = overlapping.map(|(.., track)| track + 1).max().unwrap_or(0);
            placed.push((low, high, track));
            tracks.by_net.insert(id, track);
            tracks.count = tracks.count.max(track + 1);
        }
        tracks
    }
}

impl Net {
    fn reach(&self) -> (GridUnits, GridUnits) {
        let lows = [self.upper.first(), self.lower.first()];
        let highs = [self.upper.last(), self.lower.last()];
        let low = lows.into_iter().flatten().min().copied().unwrap_or(0);
        (low, highs.into_iter().flatten().max().copied().unwrap_or(low))
    }

    /// Returns a key by which nets, sorted from top to bottom, cross little: turns back up first, narrow before wide;
    /// then lines going down, of those to the right the rightmost first; then turns from below, wide before narrow.
    fn preference(&self) -> (u8, GridUnits) {
        let (low, high) = self.reach();
        let mean = |pins: &BTreeSet<GridUnits>| {
            let count = GridUnits::try_from(pins.len()).unwrap_or(GridUnits::MAX);
            pins.iter().sum::<GridUnits>().checked_div(count)
        };
        match (mean(&self.upper), mean(&self.lower)) {
            (Some(from), Some(to)) if to > from => (1, -from),
            (Some(from), Some(_)) => (1, from),
            (Some(_), None) => (0, high - low),
            _ => (2, low - high),
        }
    }
}

/// Returns the positions of the nets in an order that keeps a net that comes from above a place higher than the nets that
/// leave downward from there. Circles are cut at their preferred net.
fn top_to_bottom(nets: &[(usize, &Net)]) -> Vec<usize> {
    let mut leaving: Vec<(GridUnits, usize)> = Vec::new();
    for (at, (_, net)) in nets.iter().enumerate() {
        leaving.extend(net.lower.iter().map(|line| (*line, at)));
    }
    leaving.sort_unstable();
    let mut lower_of = vec![Vec::new(); nets.len()];
    let mut waits_for = vec![0_usize; nets.len()];
    for (at, (_, net)) in nets.iter().enumerate() {
        for line in &net.upper {
            let first = leaving.partition_point(|(other, _)| *other <= line - PIN_WIDTH);
            let near = leaving[first..]
                .iter()
                .take_while(|(other, _)| *other < line + PIN_WIDTH);
            for &(_, other) in near.filter(|(_, other)| *other != at) {
                lower_of[at].push(other);
                waits_for[other] += 1;
            }
        }
    }
    let mut ready: BTreeSet<usize> = (0..nets.len()).filter(|at| waits_for[*at] == 0).collect();
    let mut waiting: BTreeSet<usize> = (0..nets.len()).filter(|at| waits_for[*at] > 0).collect();
    let mut order = Vec::with_capacity(nets.len());
    while let Some(at) = ready.pop_first().or_else(|| waiting.pop_first()) {
        order.push(at);
        for &other in &lower_of[at] {
            waits_for[other] = waits_for[other].saturating_sub(1);
            if waits_for[other] == 0 && waiting.remove(&other) {
                ready.insert(other);
            }
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    fn down(channel: &mut Channel, net: usize, from: GridUnits, to: GridUnits) {
        let pin = |line, is_upper| Pin { line, is_upper };
        channel.connect(net, [pin(from, true), pin(to, false)]);
    }

    #[test]
    fn straight_lines_need_no_track_and_far_ones_share_one() {
        let mut channel = Channel::default();
        down(&mut channel, 0, 10, 10);
        down(&mut channel, 1, 0, 50);
        down(&mut channel, 2, 100, 150);
        assert_eq!(channel.tracks().count, 1);
    }

    #[test]
    fn a_line_coming_down_stays_above_one_leaving_there() {
        let mut channel = Channel::default();
        down(&mut channel, 0, 0, 100);
        down(&mut channel, 1, 100, 300);
        let tracks = channel.tracks();
        assert!(tracks.of(1) < tracks.of(0));
    }
}
