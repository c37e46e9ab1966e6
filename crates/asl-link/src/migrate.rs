//! Documents of older formats, carried forward one format at a time.
//!
//! Format 1 is the first, so there is no step yet. Format 2 comes with a function here that turns a document of format 1
//! into one of format 2, and with links of format 2 in `tests/links`.

use asl_json::{Object, Value};

/// Turns a document of one format into one of the next.
pub type Migration = fn(&mut Object);

/// The migrations in order: the first leads from format 1 to format 2.
pub const MIGRATIONS: &[Migration] = &[];

/// Carries a document of format `version`, at least 1, through every migration that is still ahead of it.
pub fn forward(document: &mut Object, version: u64, migrations: &[Migration]) {
    let done = usize::try_from(version.saturating_sub(1)).unwrap_or(usize::MAX);
    for (migration, next) in migrations.iter().zip(2_i64..).skip(done) {
        migration(document);
        document.insert("v", Value::from(next));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rename(document: &mut Object) {
        if let Some(value) = document.remove("old") {
            document.insert("new", value);
        }
    }

    fn double(document: &mut Object) {
        let value = document.get("new").and_then(Value::as_i64).unwrap_or_default();
        document.insert("new", Value::from(value * 2));
    }

    fn carried(text: &str, version: u64) -> String {
        let Ok(Value::Object(mut document)) = asl_json::parse_value(text) else {
            panic!("{text}")
        };
        forward(&mut document, version, &[rename, double]);
        Value::from(document).to_string()
    }

    #[test]
    fn each_document_takes_the_steps_that_are_ahead_of_it() {
        assert_eq!(carried(r#"{"v":1,"old":3}"#, 1), r#"{"v":3,"new":6}"#);
        assert_eq!(carried(r#"{"v":2,"new":3}"#, 2), r#"{"v":3,"new":6}"#);
        assert_eq!(carried(r#"{"v":3,"new":3}"#, 3), r#"{"v":3,"new":3}"#);
    }

    #[test]
    fn there_is_a_migration_for_every_format_before_the_newest() {
        assert_eq!(MIGRATIONS.len() as u64, crate::VERSION - 1);
    }
}
