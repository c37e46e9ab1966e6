//! Points, boxes and lines in integer layout units.

use std::fmt::Write as _;

/// Layout unit: one CSS pixel at 100 %.
pub type GridUnits = i32;

/// A point; y grows downward.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Point {
    pub x: GridUnits,
    pub y: GridUnits,
}

/// A box: its upper left corner and its size.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Rect {
    pub x: GridUnits,
    pub y: GridUnits,
    pub width: GridUnits,
    pub height: GridUnits,
}

impl Point {
    /// Returns the point at these coordinates.
    pub fn new(x: GridUnits, y: GridUnits) -> Point {
        Point { x, y }
    }
}

impl Rect {
    /// Returns the box with that corner and size.
    pub fn new(x: GridUnits, y: GridUnits, width: GridUnits, height: GridUnits) -> Rect {
        Rect { x, y, width, height }
    }

    /// Returns the x just right of the box.
    pub fn right(&self) -> GridUnits {
        self.x + self.width
    }

    /// Returns the y just below the box.
    pub fn bottom(&self) -> GridUnits {
        self.y + self.height
    }

    /// Returns the middle.
    pub fn center(&self) -> Point {
        Point::new(self.x + self.width / 2, self.y + self.height / 2)
    }

    /// Returns true where both boxes share some area; touching sides do not count.
    pub fn overlaps(&self, other: &Rect) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }

    /// Returns true where the other box lies inside this one.
    pub fn contains(&self, other: &Rect) -> bool {
        self.x <= other.x && self.y <= other.y && other.right() <= self.right() && other.bottom() <= self.bottom()
    }

    /// Returns true where the straight line between two points, which must be level or upright, enters the inside.
    pub fn is_crossed_by(&self, from: Point, to: Point) -> bool {
        let line = Rect::new(
            from.x.min(to.x),
            from.y.min(to.y),
            (from.x - to.x).abs(),
            (from.y - to.y).abs(),
        );
        self.x < line.right() && line.x < self.right() && self.y < line.bottom() && line.y < self.bottom()
            || line.width == 0
                && self.x < line.x
                && line.x < self.right()
                && self.y < line.bottom()
                && line.y < self.bottom()
            || line.height == 0
                && self.y < line.y
                && line.y < self.bottom()
                && self.x < line.right()
                && line.x < self.right()
    }

    /// Returns the box moved by so much.
    #[must_use]
    pub fn moved(self, dx: GridUnits, dy: GridUnits) -> Rect {
        Rect {
            x: self.x + dx,
            y: self.y + dy,
            ..self
        }
    }
}

/// Returns SVG path data of the line through the points, its corners rounded by up to `radius`.
///
/// Corners of short segments are rounded less, so that two neighboring arcs never overlap.
pub fn rounded_path(points: &[Point], radius: GridUnits) -> String {
    let mut path = String::new();
    let Some(first) = points.first() else {
        return path;
    };
    let _ = write!(path, "M{} {}", first.x, first.y);
    for corner in points.windows(3) {
        let &[before, at, after] = corner else { continue };
        let reach = radius.min(distance(before, at) / 2).min(distance(at, after) / 2);
        let (enter, leave) = (toward(at, before, reach), toward(at, after, reach));
        let _ = write!(
            path,
            "L{} {}Q{} {} {} {}",
            enter.x, enter.y, at.x, at.y, leave.x, leave.y
        );
    }
    if let [_, .., last] = points {
        let _ = write!(path, "L{} {}", last.x, last.y);
    }
    path
}

fn distance(a: Point, b: Point) -> GridUnits {
    (a.x - b.x).abs() + (a.y - b.y).abs()
}

/// Returns the point that lies `reach` from `from` on an upright or level line to `to`.
fn toward(from: Point, to: Point, reach: GridUnits) -> Point {
    Point::new(
        from.x + (to.x - from.x).signum() * reach,
        from.y + (to.y - from.y).signum() * reach,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corners_are_rounded_no_further_than_half_a_segment() {
        let points = [Point::new(0, 0), Point::new(0, 20), Point::new(6, 20)];
        assert_eq!(rounded_path(&points, 8), "M0 0L0 17Q0 20 3 20L6 20");
        assert_eq!(rounded_path(&points[..2], 8), "M0 0L0 20");
    }

    #[test]
    fn a_line_along_a_side_does_not_cross() {
        let node = Rect::new(0, 0, 10, 10);
        assert!(node.is_crossed_by(Point::new(5, -5), Point::new(5, 5)));
        assert!(node.is_crossed_by(Point::new(-5, 5), Point::new(50, 5)));
        assert!(!node.is_crossed_by(Point::new(0, -5), Point::new(0, 50)));
        assert!(!node.is_crossed_by(Point::new(5, -5), Point::new(5, 0)));
    }
}
