//! The members of an object, in the order in which they were first inserted.
//!
//! Nearly all objects are small, are copied far more often than they are searched, and live briefly. So the members lie in
//! one list that is searched from its start; only a longer one has an index beside it.

use std::collections::HashMap;
use std::sync::Arc;

use rustc_hash::FxBuildHasher;

use crate::value::Value;

/// Up to this length comparing names is cheaper than hashing one.
const MOST_WITHOUT_INDEX: usize = 8;

type Member = (Arc<str>, Value);

#[derive(Clone, Debug, Default)]
pub(crate) struct Members {
    list: Vec<Member>,
    /// Where in the list each name is; there is one where the list is longer than [`MOST_WITHOUT_INDEX`].
    /// Its own order is never seen.
    index: Option<HashMap<Arc<str>, usize, FxBuildHasher>>,
}

impl Members {
    fn with_capacity(capacity: usize) -> Members {
        Members {
            list: Vec::with_capacity(capacity),
            index: None,
        }
    }

    /// Returns members of which no two have the same name.
    pub(crate) fn of_distinct(members: impl Iterator<Item = Member>) -> Members {
        let (least, most) = members.size_hint();
        let mut distinct = Members::with_capacity(most.unwrap_or(least));
        distinct.list.extend(members);
        if distinct.list.len() > MOST_WITHOUT_INDEX {
            distinct.build_index();
        }
        distinct
    }

    pub(crate) fn as_slice(&self) -> &[Member] {
        &self.list
    }

    pub(crate) fn position(&self, name: &str) -> Option<usize> {
        match &self.index {
            Some(index) => index.get(name).copied(),
            None => self.list.iter().position(|(other, _)| **other == *name),
        }
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        self.position(name).map(|at| &self.list[at].1)
    }

    pub(crate) fn value_mut(&mut self, position: usize) -> &mut Value {
        &mut self.list[position].1
    }

    /// Sets a member; an existing one keeps its place and its name.
    pub(crate) fn insert(&mut self, name: Arc<str>, value: Value) {
        if let Some(at) = self.position(&name) {
            self.list[at].1 = value;
            return;
        }
        if let Some(index) = &mut self.index {
            index.insert(Arc::clone(&name), self.list.len());
        }
        self.list.push((name, value));
        if self.index.is_none() && self.list.len() > MOST_WITHOUT_INDEX {
            self.build_index();
        }
    }

    /// Removes a member; the order of the others stays.
    pub(crate) fn remove(&mut self, name: &str) -> Option<Value> {
        let at = self.position(name)?;
        let (_, value) = self.list.remove(at);
        if self.list.len() <= MOST_WITHOUT_INDEX {
            self.index = None;
        } else if let Some(index) = &mut self.index {
            index.remove(name);
            index
                .values_mut()
                .filter(|place| **place > at)
                .for_each(|place| *place -= 1);
        }
        Some(value)
    }

    /// Makes the index of a list that has grown too long to be searched.
    fn build_index(&mut self) {
        let names = self.list.iter().enumerate();
        self.index = Some(names.map(|(at, (name, _))| (Arc::clone(name), at)).collect());
    }
}

/// Equality ignores order.
impl PartialEq for Members {
    fn eq(&self, other: &Members) -> bool {
        let same = |(name, value): &Member| other.get(name) == Some(value);
        self.list.len() == other.list.len() && self.list.iter().all(same)
    }
}

impl FromIterator<Member> for Members {
    fn from_iter<I: IntoIterator<Item = Member>>(members: I) -> Members {
        let given = members.into_iter();
        // What may fail on the way promises no least number, so the most that may come counts, where it is small.
        let (least, most) = given.size_hint();
        let capacity = most.map_or(least, |most| least.max(most.min(MOST_WITHOUT_INDEX)));
        let mut members = Members::with_capacity(capacity);
        for (name, value) in given {
            members.insert(name, value);
        }
        members
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks the members "0" to "n-1", each with its number, against what is found by name.
    #[track_caller]
    fn check(members: &Members, expected: &[i64]) {
        let listed: Vec<i64> = members
            .as_slice()
            .iter()
            .filter_map(|(_, value)| value.as_i64())
            .collect();
        assert_eq!(listed, expected);
        for number in expected {
            assert_eq!(members.get(&number.to_string()), Some(&Value::from(*number)));
        }
        assert_eq!(members.get("missing"), None);
    }

    fn numbered(numbers: impl IntoIterator<Item = i64>) -> Members {
        numbers
            .into_iter()
            .map(|number| (number.to_string().into(), Value::from(number)))
            .collect()
    }

    #[test]
    fn names_are_found_in_short_and_long_lists() {
        for length in [0, 1, 8, 9, 10, 100] {
            let expected: Vec<i64> = (0..length).collect();
            check(&numbered(0..length), &expected);
        }
    }

    #[test]
    fn an_existing_member_keeps_its_place() {
        for length in [3, 20] {
            let mut members = numbered(0..length);
            members.insert("1".into(), Value::Null);
            assert_eq!(members.position("1"), Some(1));
            assert_eq!(members.get("1"), Some(&Value::Null));
            assert_eq!(members.as_slice().len(), numbered(0..length).as_slice().len());
        }
    }

    #[test]
    fn removing_keeps_the_order_of_the_others() {
        let mut members = numbered(0..10);
        assert_eq!(members.remove("4"), Some(Value::from(4)));
        check(&members, &[0, 1, 2, 3, 5, 6, 7, 8, 9]);
        assert_eq!(members.remove("0"), Some(Value::from(0)));
        check(&members, &[1, 2, 3, 5, 6, 7, 8, 9]);
        assert_eq!(members.remove("4"), None);
    }

    #[test]
    fn equality_ignores_order() {
        for length in [3, 20] {
            assert_eq!(numbered(0..length), numbered((0..length).rev()));
            assert_ne!(numbered(0..length), numbered(1..=length));
            assert_ne!(numbered(0..length), numbered(0..=length));
        }
    }
}
