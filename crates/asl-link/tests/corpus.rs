//! Links of every released version open for ever: `tests/links` holds them.

#![expect(clippy::unwrap_used, reason = "a test without its files has nothing else to say")]

use std::fs;
use std::path::{Path, PathBuf};

use asl_json::Value;
use asl_link::{Codec, Document, read_link, write_link};

fn links() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/links");
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut links: Vec<PathBuf> = entries
        .filter(|path| path.extension().is_some_and(|extension| extension == "link"))
        .collect();
    links.sort();
    assert!(links.len() >= 13, "links are missing");
    links
}

fn opened(path: &Path) -> Document {
    let link = fs::read_to_string(path).unwrap();
    read_link(&link)
        .unwrap()
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Without the version of the program, which every release writes anew.
fn json_of(document: &Document) -> Value {
    let Value::Object(mut object) = document.to_value() else {
        panic!("a document is an object")
    };
    object.remove("app");
    Value::from(object)
}

#[test]
fn every_released_link_holds_its_document() {
    for path in links() {
        let expected = path.with_extension("json");
        let json = format!("{}\n", json_of(&opened(&path)).to_pretty_string("  "));
        if std::env::var_os("UPDATE_EXPECT").is_some() && !expected.exists() {
            fs::write(&expected, &json).unwrap();
        }
        assert_eq!(json, fs::read_to_string(&expected).unwrap(), "{}", path.display());
    }
}

#[test]
fn what_is_opened_and_shared_again_is_the_same_document() {
    for path in links() {
        let document = opened(&path);
        for codec in [Codec::Deflate, Codec::Json] {
            let again = read_link(&write_link(&document, codec).unwrap()).unwrap().unwrap();
            assert_eq!(json_of(&again), json_of(&document), "{}", path.display());
        }
    }
}
