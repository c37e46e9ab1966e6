//! The executions so far: what the engine keeps, two of them side by side, and a history that is being opened.

use std::rc::Rc;

use asl_protocol::{Comparison, RecordingSummary};

use crate::by_ptr::ByPtr;

/// The recordings that the engine keeps.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Recordings {
    /// What there is, in the order of their numbers.
    pub list: ByPtr<Vec<RecordingSummary>>,
    /// Two of them side by side, while the reader looks at that.
    pub comparison: Option<ByPtr<Comparison>>,
    /// Why the newest history could not be opened.
    pub problem: Option<Rc<str>>,
}

impl Recordings {
    /// Takes note of what there is.
    pub(crate) fn listed(self: &Rc<Recordings>, list: Vec<RecordingSummary>) -> Rc<Recordings> {
        Rc::new(Recordings {
            list: ByPtr::new(list),
            ..Recordings::clone(self)
        })
    }

    /// Takes note of a comparison, or of its end.
    pub(crate) fn compared(self: &Rc<Recordings>, comparison: Option<Comparison>) -> Rc<Recordings> {
        Rc::new(Recordings {
            comparison: comparison.map(ByPtr::new),
            ..Recordings::clone(self)
        })
    }

    /// Takes note of a history that could not be opened, or of another try.
    pub(crate) fn refused(self: &Rc<Recordings>, problem: Option<Rc<str>>) -> Rc<Recordings> {
        if self.problem == problem {
            return Rc::clone(self);
        }
        Rc::new(Recordings {
            problem,
            ..Recordings::clone(self)
        })
    }
}
