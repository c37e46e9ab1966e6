//! Shared values that are compared by address.

use std::ops::Deref;
use std::rc::Rc;

/// A shared value that equals another only where both are the same allocation.
///
/// `Rc<T>` walks the contents to compare; large props (a diagram, a log) must not pay that on every render.
#[derive(Debug)]
pub(crate) struct ByPtr<T: ?Sized>(Rc<T>);

impl<T> ByPtr<T> {
    /// Shares a value.
    pub(crate) fn new(value: T) -> ByPtr<T> {
        ByPtr(Rc::new(value))
    }
}

impl<T: ?Sized> Clone for ByPtr<T> {
    fn clone(&self) -> ByPtr<T> {
        ByPtr(Rc::clone(&self.0))
    }
}

impl<T: ?Sized> PartialEq for ByPtr<T> {
    fn eq(&self, other: &ByPtr<T>) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T: ?Sized> Eq for ByPtr<T> {}

impl<T: ?Sized> Deref for ByPtr<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: Default> Default for ByPtr<T> {
    fn default() -> ByPtr<T> {
        ByPtr::new(T::default())
    }
}
