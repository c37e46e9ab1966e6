//! The evaluation of steps: a straight walk for definite ones, a gathering one for the others.

use std::cell::Cell;

use asl_json::{Array, Object, Value};

use super::segment::{FunctionCall, Operand, Segment, Slice, Steps};
use crate::error::PathError;
use crate::scope::{OutOfFuel, Scope};

/// How deeply a search may go: into the data, and from filter into filter.
const MAX_DEPTH: usize = 640;

/// How many steps are counted before they are taken off the fuel.
const CHUNK: u64 = 256;

/// One evaluation of a path.
pub(super) struct Search<'a> {
    scope: &'a dyn Scope,
    /// What `$` stands for in filters.
    document: &'a Value,
    steps: Cell<u64>,
    depth: Cell<usize>,
}

/// Why a definite walk ended before its end.
pub(super) enum Stop {
    /// At this segment there was nothing, or, where given, something the segment does not apply to.
    Miss { segment: usize, found: Option<Value> },
    /// The evaluation cannot go on.
    Failed(PathError),
}

impl From<PathError> for Stop {
    fn from(error: PathError) -> Stop {
        Stop::Failed(error)
    }
}

impl<'a> Search<'a> {
    pub(super) fn new(scope: &'a dyn Scope, document: &'a Value) -> Search<'a> {
        Search {
            scope,
            document,
            steps: Cell::new(0),
            depth: Cell::new(0),
        }
    }

    /// Counts steps, and takes them off the fuel in chunks.
    pub(super) fn spend(&self, steps: u64) -> Result<(), OutOfFuel> {
        let counted = self.steps.get() + steps;
        if counted < CHUNK {
            self.steps.set(counted);
            return Ok(());
        }
        self.steps.set(0);
        self.scope.spend(counted)
    }

    /// Takes what has been counted off the fuel.
    pub(super) fn settle(&self) -> Result<(), OutOfFuel> {
        self.scope.spend(self.steps.take())
    }

    /// Returns what the steps lead to from `start`.
    pub(super) fn find(&self, steps: &Steps, start: &Value) -> Result<Value, Stop> {
        let gathered = if steps.gathered > 0 {
            Some(self.gathered(&steps.segments[..steps.gathered], start)?)
        } else {
            None
        };
        let start = gathered.as_ref().unwrap_or(start);
        if steps.definite {
            self.follow(steps, steps.gathered, start)
        } else {
            Ok(self.gathered(&steps.segments[steps.gathered..], start)?)
        }
    }

    /// Returns the value of an operand, or `None` where its path leads nowhere.
    pub(super) fn operand(&self, operand: &Operand, current: &Value) -> Result<Option<Value>, PathError> {
        let (start, steps) = match operand {
            Operand::Literal(value) => return Ok(Some(value.clone())),
            Operand::Path { from_current, steps } => (if *from_current { current } else { self.document }, steps),
        };
        match self.find(steps, start) {
            Ok(value) => Ok(Some(value)),
            Err(Stop::Miss { .. } | Stop::Failed(PathError::Function(_))) => Ok(None),
            Err(Stop::Failed(error)) => Err(error),
        }
    }

    /// Walks definite steps, beginning with segment `from`.
    fn follow(&self, steps: &Steps, from: usize, start: &Value) -> Result<Value, Stop> {
        let mut at = start;
        let segments = &steps.segments[from..];
        self.spend(segments.len() as u64).map_err(PathError::from)?;
        for (index, segment) in segments.iter().enumerate() {
            let segment_index = from + index;
            let miss = |found: Option<&Value>| Stop::Miss {
                segment: segment_index,
                found: found.cloned(),
            };
            at = match (segment, at) {
                (Segment::Name(name), Value::Object(object)) => object.get(name).ok_or_else(|| miss(None))?,
                (Segment::Index(index), Value::Array(items)) => item(items, *index).ok_or_else(|| miss(None))?,
                (Segment::Names(names), Value::Object(object)) => return Ok(merged(object, names)),
                (Segment::Function(call), found) => {
                    let result = self.call(call, found)?;
                    return self.follow(steps, segment_index + 1, &result);
                }
                (_, other) => return Err(miss(Some(other))),
            };
        }
        Ok(at.clone())
    }

    fn call(&self, call: &FunctionCall, found: &Value) -> Result<Value, PathError> {
        let mut arguments = Vec::with_capacity(call.arguments.len());
        for argument in &call.arguments {
            arguments.push(self.operand(argument, found)?.unwrap_or_default());
        }
        self.spend(1 + found.as_array().map_or(0, |items| items.len() as u64))?;
        call.function.apply(found, &arguments)
    }

    fn gathered(&self, segments: &[Segment], start: &Value) -> Result<Value, PathError> {
        let mut found = Vec::new();
        self.gather(segments, start, &mut found)?;
        Ok(found.into())
    }

    /// Adds everything the segments lead to from `at`; whatever a segment does not apply to is passed over.
    fn gather(&self, segments: &[Segment], at: &Value, found: &mut Vec<Value>) -> Result<(), PathError> {
        self.spend(1)?;
        let Some((first, rest)) = segments.split_first() else {
            found.push(at.clone());
            return Ok(());
        };
        self.deeper(|search| search.gather_segment(first, rest, at, found))
    }

    fn deeper(&self, go: impl FnOnce(&Self) -> Result<(), PathError>) -> Result<(), PathError> {
        let depth = self.depth.get();
        if depth == MAX_DEPTH {
            return Err(PathError::TooDeep);
        }
        self.depth.set(depth + 1);
        let result = go(self);
        self.depth.set(depth);
        result
    }

    fn gather_segment(
        &self,
        segment: &Segment,
        rest: &[Segment],
        at: &Value,
        found: &mut Vec<Value>,
    ) -> Result<(), PathError> {
        match (segment, at) {
            (Segment::Descendants, _) => self.descend(rest, at, found),
            (Segment::Function(call), _) => self.gather(rest, &self.call(call, at)?, found),
            (Segment::Filter(filter), Value::Object(_)) if filter.accepts(at, self)? => self.gather(rest, at, found),
            (Segment::Names(names), Value::Object(object)) if rest.is_empty() => {
                self.gather(rest, &merged(object, names), found)
            }
            (Segment::Name(name), Value::Object(object)) => self.gather_all(rest, object.get(name), found),
            (Segment::Names(names), Value::Object(object)) => {
                self.gather_all(rest, names.iter().filter_map(|name| object.get(name)), found)
            }
            (Segment::Wildcard, Value::Object(object)) => self.gather_all(rest, object.values(), found),
            (_, Value::Array(items)) => self.gather_items(segment, rest, items, found),
            _ => Ok(()),
        }
    }

    fn gather_items(
        &self,
        segment: &Segment,
        rest: &[Segment],
        items: &Array,
        found: &mut Vec<Value>,
    ) -> Result<(), PathError> {
        match segment {
            Segment::Index(index) => self.gather_all(rest, item(items, *index), found),
            Segment::Indexes(indexes) => {
                self.gather_all(rest, indexes.iter().filter_map(|index| item(items, *index)), found)
            }
            Segment::Slice(slice) => self.gather_all(rest, sliced(items, *slice), found),
            Segment::Wildcard => self.gather_all(rest, items.iter(), found),
            Segment::Filter(filter) => {
                for item in items.iter() {
                    if filter.accepts(item, self)? {
                        self.gather(rest, item, found)?;
                    }
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn gather_all<'v>(
        &self,
        rest: &[Segment],
        values: impl IntoIterator<Item = &'v Value>,
        found: &mut Vec<Value>,
    ) -> Result<(), PathError> {
        for value in values {
            self.gather(rest, value, found)?;
        }
        Ok(())
    }

    /// Tries the segments at this value and then at everything inside it, outer values first. A filter is tried on
    /// every object, hence not on the items of an array as well: that would find objects twice.
    fn descend(&self, rest: &[Segment], at: &Value, found: &mut Vec<Value>) -> Result<(), PathError> {
        match at {
            Value::Array(items) => {
                if !matches!(rest.first(), Some(Segment::Filter(_))) {
                    self.gather(rest, at, found)?;
                }
                for item in items.iter() {
                    self.deeper(|search| search.descend(rest, item, found))?;
                }
            }
            Value::Object(object) => {
                self.gather(rest, at, found)?;
                for value in object.values() {
                    self.deeper(|search| search.descend(rest, value, found))?;
                }
            }
            _ => self.spend(1)?,
        }
        Ok(())
    }
}

/// Returns the item at an index, counted from the end where it is negative.
pub(super) fn item(items: &[Value], index: i64) -> Option<&Value> {
    items.get(position(items.len(), index)?)
}

/// Returns the position that an index stands for, which may lie beyond the end.
pub(crate) fn position(length: usize, index: i64) -> Option<usize> {
    let from_end = || length.checked_sub(usize::try_from(index.unsigned_abs()).ok()?);
    usize::try_from(index).ok().or_else(from_end)
}

/// Returns the object of those members that exist among the names.
fn merged(object: &Object, names: &[std::sync::Arc<str>]) -> Value {
    let member = |name: &std::sync::Arc<str>| Some((name.clone(), object.get(name)?.clone()));
    Value::object(names.iter().filter_map(member))
}

/// Returns the items of a slice. As in Jayway, negative numbers count from the end where one end is open; between two
/// given ends the indexes in between are looked up one by one, so `[1:-1]` is empty.
fn sliced(items: &[Value], slice: Slice) -> impl Iterator<Item = &Value> {
    let length = i64::try_from(items.len()).unwrap_or(i64::MAX);
    let from_end = |index: i64| if index < 0 { length + index } else { index };
    let (from, to) = match slice {
        Slice::From(from) => (from_end(from).max(0), length),
        Slice::To(to) => (0, from_end(to).min(length)),
        Slice::Between(from, to) => (from.max(-length), to.min(length)),
    };
    (from..to).filter_map(|index| item(items, index))
}
