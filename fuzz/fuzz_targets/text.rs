//! Any text as a definition, a path, an expression: parsers, validation and layout answer, whatever it is.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let parsed = asl_model::parse(text);
    if let Some(definition) = &parsed.definition {
        let _ = asl_view::Diagram::lay_out(definition, &asl_view::LayoutOptions::default());
    }
    let _ = asl_jsonpath::Path::parse(text);
    let _ = asl_jsonpath::Intrinsic::parse(text);
    let _ = asl_jsonata::Expression::parse(text);
    assert_eq!(asl_json::parse_value(text).is_ok(), asl_json::Document::parse(text).errors().is_empty());
});
