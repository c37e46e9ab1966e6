//! Which part of the diagram is in sight, and how large. Pure arithmetic.

use asl_protocol::Direction;

/// Smallest scale.
const SMALLEST: f64 = 0.1;
/// Largest scale.
const LARGEST: f64 = 3.0;
/// Scale at which a picture that is far too large is shown first: names can be read.
const READABLE: f64 = 0.5;
/// Smallest scale at which a picture is shown whole first: its shape tells more than readable names of a part would.
const WHOLE: f64 = 0.38;
/// Screen pixels left free around a picture that is fitted.
const MARGIN: f64 = 28.0;
/// Side of the squares that the window in sight is rounded to, in layout units; keeps the scene from being compared
/// on every step of a pan.
const TILE: f64 = 512.0;

/// Screen position = position in the diagram × `scale` + offset.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Viewport {
    pub x: f64,
    pub y: f64,
    pub scale: f64,
}

/// A box in layout units, rounded outward to whole tiles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Window {
    pub left: i32,
    pub top: i32,
    pub right: i32,
    pub bottom: i32,
}

impl Viewport {
    /// Returns the view that shows a picture of that size whole, no larger than life.
    pub(super) fn fit(picture: (f64, f64), screen: (f64, f64)) -> Viewport {
        let room = |screen: f64| (screen - 2.0 * MARGIN).max(1.0);
        let scale = (room(screen.0) / picture.0.max(1.0))
            .min(room(screen.1) / picture.1.max(1.0))
            .clamp(SMALLEST, 1.0);
        Viewport {
            x: (screen.0 - picture.0 * scale) / 2.0,
            y: ((screen.1 - picture.1 * scale) / 2.0).max(0.0),
            scale,
        }
    }

    /// Returns the view that a picture is shown in first: whole, or where it is far too large for that, its start
    /// (a point in layout units) at the edge that the flow comes from.
    pub(super) fn opening(
        picture: (f64, f64),
        start: (f64, f64),
        direction: Direction,
        screen: (f64, f64),
    ) -> Viewport {
        let whole = Viewport::fit(picture, screen);
        if whole.scale >= WHOLE {
            return whole;
        }
        let (x, y) = (start.0 * READABLE, start.1 * READABLE);
        let (x, y) = match direction {
            Direction::TopDown => (screen.0 / 2.0 - x, MARGIN - y),
            Direction::LeftRight => (MARGIN - x, screen.1 / 2.0 - y),
        };
        Viewport { x, y, scale: READABLE }
    }

    /// Returns where on the screen a point of the diagram is.
    pub(super) fn on_screen(self, x: i32, y: i32) -> (f64, f64) {
        (f64::from(x) * self.scale + self.x, f64::from(y) * self.scale + self.y)
    }

    /// Returns the view of the same scale with a point of the diagram in the middle.
    pub(super) fn centered(self, x: f64, y: f64, screen: (f64, f64)) -> Viewport {
        Viewport {
            x: screen.0 / 2.0 - x * self.scale,
            y: screen.1 / 2.0 - y * self.scale,
            ..self
        }
    }

    /// Returns which point of the diagram is at a place of the screen.
    pub(super) fn in_diagram(self, x: f64, y: f64) -> (f64, f64) {
        ((x - self.x) / self.scale, (y - self.y) / self.scale)
    }

    /// Returns the view moved by screen pixels.
    pub(super) fn panned(self, dx: f64, dy: f64) -> Viewport {
        Viewport {
            x: self.x + dx,
            y: self.y + dy,
            ..self
        }
    }

    /// Returns the view scaled by a factor, with the screen position `at` staying where it is.
    pub(super) fn zoomed(self, factor: f64, at: (f64, f64)) -> Viewport {
        let scale = (self.scale * factor).clamp(SMALLEST, LARGEST);
        let ratio = scale / self.scale;
        Viewport {
            x: at.0 - (at.0 - self.x) * ratio,
            y: at.1 - (at.1 - self.y) * ratio,
            scale,
        }
    }

    /// Returns the view moved as little as shows a box (left, top, right, bottom in layout units), or none where the
    /// box is in sight already.
    pub(super) fn showing(self, shown: (f64, f64, f64, f64), screen: (f64, f64)) -> Option<Viewport> {
        let shift = |from: f64, to: f64, offset: f64, room: f64| {
            let (from, to) = (from * self.scale + offset, to * self.scale + offset);
            if from < MARGIN {
                MARGIN - from
            } else if to > room - MARGIN {
                (room - MARGIN - to).max(MARGIN - from)
            } else {
                0.0
            }
        };
        let dx = shift(shown.0, shown.2, self.x, screen.0);
        let dy = shift(shown.1, shown.3, self.y, screen.1);
        (dx.abs() + dy.abs() > 0.5).then(|| self.panned(dx, dy))
    }

    /// Returns the part of the diagram in sight, and half a screen around it.
    pub(super) fn window(self, screen: (f64, f64)) -> Window {
        let side = |offset: f64, room: f64, at: f64, round: fn(f64) -> f64| {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "layout units are far below the limits of i32"
            )]
            let tile = (round((at * room - offset) / self.scale / TILE) * TILE) as i32;
            tile
        };
        Window {
            left: side(self.x, screen.0, -0.5, f64::floor),
            top: side(self.y, screen.1, -0.5, f64::floor),
            right: side(self.x, screen.0, 1.5, f64::ceil),
            bottom: side(self.y, screen.1, 1.5, f64::ceil),
        }
    }
}

impl Window {
    /// Returns whether a box touches the window.
    pub(super) fn touches(&self, left: i32, top: i32, right: i32, bottom: i32) -> bool {
        left <= self.right && right >= self.left && top <= self.bottom && bottom >= self.top
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_picture_is_centered_and_a_large_one_shrunk() {
        let small = Viewport::fit((100.0, 100.0), (500.0, 300.0));
        assert_eq!((small.x, small.y, small.scale), (200.0, 100.0, 1.0));
        let large = Viewport::fit((1000.0, 100.0), (556.0, 300.0));
        assert!((large.scale - 0.5).abs() < 1e-9);
    }

    #[test]
    fn a_picture_too_large_to_be_read_whole_opens_at_its_start() {
        let (picture, start, screen) = ((300.0, 90_000.0), (150.0, 20.0), (600.0, 400.0));
        let view = Viewport::opening(picture, start, Direction::TopDown, screen);
        assert_eq!(view.on_screen(150, 20), (300.0, MARGIN));
        assert!((view.scale - READABLE).abs() < f64::EPSILON);
        let small = Viewport::opening((300.0, 200.0), start, Direction::TopDown, screen);
        assert_eq!(small, Viewport::fit((300.0, 200.0), screen));
    }

    #[test]
    fn zooming_keeps_the_point_under_the_pointer() {
        let before = Viewport {
            x: 10.0,
            y: 20.0,
            scale: 1.0,
        };
        let after = before.zoomed(2.0, (110.0, 120.0));
        assert_eq!((after.x, after.y, after.scale), (-90.0, -80.0, 2.0));
        assert!(before.zoomed(1e9, (0.0, 0.0)).scale <= LARGEST);
    }

    #[test]
    fn a_box_in_sight_moves_nothing() {
        let view = Viewport {
            x: 0.0,
            y: 0.0,
            scale: 1.0,
        };
        assert_eq!(view.showing((100.0, 100.0, 200.0, 150.0), (400.0, 400.0)), None);
        let moved = view.showing((100.0, 500.0, 200.0, 550.0), (400.0, 400.0)).unwrap();
        assert!((moved.y - (400.0 - MARGIN - 550.0)).abs() < 1e-9);
    }

    #[test]
    fn small_pans_leave_the_window_alone() {
        let view = Viewport {
            x: -100.0,
            y: -100.0,
            scale: 1.0,
        };
        assert_eq!(
            view.window((600.0, 400.0)),
            view.panned(-5.0, -5.0).window((600.0, 400.0))
        );
        assert!(view.window((600.0, 400.0)).touches(0, 0, 10, 10));
        assert!(!view.window((600.0, 400.0)).touches(9000, 0, 9010, 10));
    }
}
