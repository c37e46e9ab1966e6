//! Buckets in memory: what item readers read and result writers write. Pure data, no I/O.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::timestamp::Timestamp;

/// Buckets with objects, in the order of their names.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ObjectStore {
    buckets: BTreeMap<Arc<str>, BTreeMap<Arc<str>, StoredObject>>,
}

/// One object of a bucket.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredObject {
    /// The content.
    pub body: Arc<[u8]>,
    /// Entity tag, quotes included where it has them.
    pub etag: Arc<str>,
    /// When it was last written.
    pub last_modified: Timestamp,
}

impl ObjectStore {
    /// Creates an empty bucket where there is none of that name.
    pub fn create_bucket(&mut self, bucket: impl Into<Arc<str>>) {
        self.buckets.entry(bucket.into()).or_default();
    }

    /// Writes an object, its bucket too where that is missing. The entity tag is derived from the content.
    pub fn put(
        &mut self,
        bucket: impl Into<Arc<str>>,
        key: impl Into<Arc<str>>,
        body: impl Into<Arc<[u8]>>,
        last_modified: Timestamp,
    ) {
        let body = body.into();
        let object = StoredObject {
            etag: entity_tag(&body),
            body,
            last_modified,
        };
        self.buckets
            .entry(bucket.into())
            .or_default()
            .insert(key.into(), object);
    }

    /// Returns true where the bucket exists.
    pub fn has_bucket(&self, bucket: &str) -> bool {
        self.buckets.contains_key(bucket)
    }

    /// Returns an object.
    pub fn object(&self, bucket: &str, key: &str) -> Option<&StoredObject> {
        self.buckets.get(bucket)?.get(key)
    }

    /// Returns the names of all buckets in order.
    pub fn buckets(&self) -> impl Iterator<Item = &Arc<str>> {
        self.buckets.keys()
    }

    /// Returns the objects of a bucket whose keys start with `prefix`, in the order of their keys.
    pub fn list<'a>(&'a self, bucket: &str, prefix: &'a str) -> impl Iterator<Item = (&'a Arc<str>, &'a StoredObject)> {
        let objects = self.buckets.get(bucket).into_iter().flatten();
        objects.filter(move |(key, _)| key.starts_with(prefix))
    }
}

/// Returns a tag in the form of an entity tag: 32 hexadecimal digits in quotes, equal for equal content.
fn entity_tag(body: &[u8]) -> Arc<str> {
    let fold = |start: u64| {
        body.iter().fold(start, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
        })
    };
    format!(
        "\"{:016x}{:016x}\"",
        fold(0xcbf2_9ce4_8422_2325),
        fold(0x8422_2325_cbf2_9ce4)
    )
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_by_prefix_in_the_order_of_keys() {
        let mut store = ObjectStore::default();
        for key in ["b/2", "a/1", "b/1"] {
            store.put("bucket", key, key.as_bytes(), Timestamp(0));
        }
        let keys: Vec<&str> = store.list("bucket", "b/").map(|(key, _)| &**key).collect();
        assert_eq!(keys, ["b/1", "b/2"]);
        assert!(store.object("bucket", "c").is_none());
        assert!(!store.has_bucket("other"));
    }
}
