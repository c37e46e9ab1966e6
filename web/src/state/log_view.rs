//! Which rows of the log are seen, and how.

use std::rc::Rc;

use asl_protocol::{FilteredLog, LogFilter};

use crate::by_ptr::ByPtr;

/// The filter of the log, with the rows that pass it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct LogView {
    /// What the reader wants to see.
    pub filter: LogFilter,
    /// The rows that pass, as the engine said last; none where every event is seen.
    pub filtered: Option<ByPtr<FilteredLog>>,
    /// Whether times count from the row before instead of the start.
    pub is_delta: bool,
}

impl LogView {
    /// Takes note of another filter. What was seen stays until the engine has answered.
    pub(crate) fn filter_changed(self: &Rc<LogView>, filter: LogFilter) -> Rc<LogView> {
        let is_other_kind = filter.kind != self.filter.kind;
        let filtered = self.filtered.clone();
        Rc::new(LogView {
            filtered: filtered.filter(|_| !filter.is_open() && !is_other_kind),
            filter,
            is_delta: self.is_delta,
        })
    }

    /// Takes note of an answer; one to an older question changes nothing.
    pub(crate) fn filtered(self: &Rc<LogView>, filtered: FilteredLog) -> Rc<LogView> {
        if filtered.filter != self.filter || self.filter.is_open() {
            return Rc::clone(self);
        }
        Rc::new(LogView {
            filtered: Some(ByPtr::new(filtered)),
            ..LogView::clone(self)
        })
    }

    /// Takes note of another recording, of which nothing is known yet.
    pub(crate) fn recording_changed(self: &Rc<LogView>) -> Rc<LogView> {
        if self.filtered.is_none() {
            return Rc::clone(self);
        }
        Rc::new(LogView {
            filtered: None,
            ..LogView::clone(self)
        })
    }

    /// Takes note of how times are counted.
    pub(crate) fn times_chosen(self: &Rc<LogView>, is_delta: bool) -> Rc<LogView> {
        Rc::new(LogView {
            is_delta,
            ..LogView::clone(self)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use asl_protocol::LogKind;

    fn filter(kind: LogKind, text: &str) -> LogFilter {
        LogFilter {
            kind,
            text: text.into(),
        }
    }

    fn answer(filter: &LogFilter, rows: Vec<u32>) -> FilteredLog {
        FilteredLog {
            filter: filter.clone(),
            rows,
            ..FilteredLog::default()
        }
    }

    #[test]
    fn rows_stay_while_the_reader_types_and_go_with_the_filter() {
        let (short, long) = (filter(LogKind::Tasks, "pa"), filter(LogKind::Tasks, "pack"));
        let typed = Rc::new(LogView::default()).filter_changed(short.clone());
        let seen = typed.filtered(answer(&short, vec![2, 3]));
        let typed_on = seen.filter_changed(long.clone());
        assert_eq!(typed_on.filtered.as_ref().map(|rows| rows.rows.len()), Some(2));
        assert!(
            Rc::ptr_eq(&typed_on, &typed_on.filtered(answer(&short, vec![9]))),
            "stale"
        );
        let open = typed_on.filter_changed(LogFilter::default());
        assert!(open.filtered.is_none());
        assert!(Rc::ptr_eq(
            &open,
            &open.filtered(answer(&LogFilter::default(), vec![1]))
        ));
    }

    #[test]
    fn lines_of_the_console_are_no_events() {
        let tasks = filter(LogKind::Tasks, "");
        let seen = Rc::new(LogView::default())
            .filter_changed(tasks.clone())
            .filtered(answer(&tasks, vec![2]));
        assert!(seen.filter_changed(filter(LogKind::Console, "")).filtered.is_none());
    }
}
