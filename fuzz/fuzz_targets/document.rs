//! Any text as JSON: the recovering parser agrees with the strict one and with serde_json, its spans lie in the text, and
//! editing help answers wherever it is asked.
#![no_main]

use asl_json::{Document, Node};
use libfuzzer_sys::fuzz_target;

/// serde_json promises nothing beyond this depth.
const DEPTH: usize = 100;

fuzz_target!(|text: &str| {
    let document = Document::parse(text);
    let is_json = document.errors().is_empty();
    assert_eq!(asl_json::parse_value(text).is_ok(), is_json);
    let value = document.value();
    let is_shallow = value.as_ref().is_none_or(|value| value.depth() < DEPTH);
    if let (Ok(theirs), true) = (serde_json::from_str::<serde_json::Value>(text), is_shallow) {
        assert!(is_json);
        assert_eq!(asl_json::parse_value(&theirs.to_string()).ok(), value);
    }
    document.root().into_iter().for_each(|root| check(&document, root));
    if let Ok(formatted) = asl_assist::format(&document) {
        assert_eq!(asl_assist::format(&Document::parse(formatted.as_str())), Ok(formatted));
    }
    let sample = asl_assist::Sample::default();
    for offset in (0..=text.len()).step_by(1 + text.len() / 16) {
        let found = asl_assist::complete(&document, offset, &sample);
        assert!(text.get(found.replace.start..found.replace.end).is_some());
        let _ = asl_assist::hover(&document, offset, &sample);
        let _ = asl_assist::rename(&document, offset, "Other");
    }
});

fn check(document: &Document, root: Node<'_>) {
    let mut waiting = vec![root];
    while let Some(node) = waiting.pop() {
        let span = node.span();
        assert!(document.text().get(span.start..span.end).is_some());
        waiting.extend(node.items());
        waiting.extend(node.members().filter_map(|member| member.value()));
    }
}
