//! What the reader looks at: a state, an event, or both.

use std::rc::Rc;

/// The selected state and event. Selecting an event selects its state; selecting a state leaves no event of another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Selection {
    /// Name of the state.
    pub state: Option<Rc<str>>,
    /// Id of the event.
    pub event: Option<u32>,
}

impl Selection {
    /// Takes note of a state that was picked, or of none.
    pub(crate) fn state_selected(self: &Rc<Selection>, state: Option<Rc<str>>) -> Rc<Selection> {
        self.or_same(Selection { state, event: None })
    }

    /// Takes note of an event that was picked, with the state it belongs to.
    pub(crate) fn event_selected(self: &Rc<Selection>, event: Option<u32>, state: Option<Rc<str>>) -> Rc<Selection> {
        let state = if event.is_none() { self.state.clone() } else { state };
        self.or_same(Selection { state, event })
    }

    /// Takes note of a state that has another name now.
    pub(crate) fn state_renamed(self: &Rc<Selection>, from: &str, to: &Rc<str>) -> Rc<Selection> {
        match &self.state {
            Some(state) if **state == *from && self.event.is_none() => self.state_selected(Some(Rc::clone(to))),
            _ => Rc::clone(self),
        }
    }

    /// Takes note of the states there are; one that is gone is not selected any more.
    pub(crate) fn states_known(self: &Rc<Selection>, is_state: impl Fn(&str) -> bool) -> Rc<Selection> {
        match &self.state {
            Some(state) if self.event.is_none() && !is_state(state) => Rc::default(),
            _ => Rc::clone(self),
        }
    }

    fn or_same(self: &Rc<Selection>, next: Selection) -> Rc<Selection> {
        if **self == next { Rc::clone(self) } else { Rc::new(next) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_brings_its_state_and_a_state_drops_the_event() {
        let none = Rc::new(Selection::default());
        let event = none.event_selected(Some(3), Some("Pack".into()));
        assert_eq!((event.event, event.state.as_deref()), (Some(3), Some("Pack")));
        let closed = event.event_selected(None, None);
        assert_eq!((closed.event, closed.state.as_deref()), (None, Some("Pack")));
        assert_eq!(event.state_selected(Some("Ship".into())).event, None);
        assert!(Rc::ptr_eq(&none, &none.state_selected(None)));
    }

    #[test]
    fn a_selected_state_may_have_another_name() {
        let selection = Rc::new(Selection::default()).state_selected(Some("Ship".into()));
        let renamed = selection.state_renamed("Ship", &"Send".into());
        assert_eq!(renamed.state.as_deref(), Some("Send"));
        assert!(Rc::ptr_eq(&renamed, &renamed.state_renamed("Ship", &"Pack".into())));
    }
}
