//! The rows of the execution log: append-only and cheap to share.

use std::rc::Rc;

use asl_protocol::LogRow;

/// Rows in the order of their event ids, which go from 1 without gaps.
///
/// Every batch of the engine stays the allocation it came in, so that appending to a log of 25,000 rows copies a few
/// pointers and no row.
#[derive(Clone, Debug, Default)]
pub(crate) struct LogRows {
    batches: Vec<Batch>,
    len: usize,
}

/// Rows that arrived together.
#[derive(Clone, Debug)]
struct Batch {
    /// Position of the first.
    start: usize,
    rows: Rc<[LogRow]>,
}

impl LogRows {
    /// Returns the rows with more at the end.
    pub(crate) fn with(&self, rows: Vec<LogRow>) -> LogRows {
        let mut next = self.clone();
        if !rows.is_empty() {
            let start = self.len;
            next.len += rows.len();
            let rows = rows.into();
            next.batches.push(Batch { start, rows });
        }
        next
    }

    /// Returns how many rows there are.
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// Returns whether there is no row.
    pub(crate) fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Returns the row at a position, from 0.
    pub(crate) fn at(&self, index: usize) -> Option<&LogRow> {
        let after = self.batches.partition_point(|batch| batch.start <= index);
        let batch = &self.batches[after.checked_sub(1)?];
        batch.rows.get(index - batch.start)
    }

    /// Returns the row of an event.
    pub(crate) fn event(&self, id: u32) -> Option<&LogRow> {
        self.at(usize::try_from(id).ok()?.checked_sub(1)?)
    }

    /// Returns every row, oldest first.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &LogRow> {
        self.batches.iter().flat_map(|batch| batch.rows.iter())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: u32) -> LogRow {
        LogRow {
            id,
            ..LogRow::default()
        }
    }

    #[test]
    fn finds_rows_across_batches() {
        let rows = LogRows::default()
            .with(vec![row(1), row(2)])
            .with(Vec::new())
            .with(vec![row(3)]);
        assert_eq!(rows.len(), 3);
        assert_eq!(rows.at(2).map(|row| row.id), Some(3));
        assert_eq!(rows.event(2).map(|row| row.id), Some(2));
        assert!(rows.event(0).is_none());
        assert!(rows.at(3).is_none());
        assert_eq!(rows.iter().map(|row| row.id).collect::<Vec<_>>(), [1, 2, 3]);
    }
}
