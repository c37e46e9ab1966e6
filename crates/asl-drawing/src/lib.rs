//! What pictures of a state machine are drawn from: glyphs, statuses, points, boxes and rounded lines.
//!
//! Both who lays a diagram out and who only shows it need these, so they depend on nothing: the page draws without linking
//! the interpreter.

mod geometry;
mod icon;
mod status;

pub use geometry::{GridUnits, Point, Rect, rounded_path};
pub use icon::{Icon, icon, status_glyph};
pub use status::Status;
