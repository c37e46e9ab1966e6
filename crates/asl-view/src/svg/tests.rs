use super::*;
use crate::{LayoutOptions, RunView};

fn svg_of(text: &str, options: &SvgOptions) -> String {
    let definition = asl_model::parse(text).definition.unwrap();
    write_svg(&Diagram::lay_out(&definition, &LayoutOptions::default()), options)
}

const HOSTILE: &str = r#"{"StartAt": "<script>alert(1)</script>", "States": {
    "<script>alert(1)</script>": {"Type": "Task", "Resource": "\"><image href='x'/>", "Next": "]]>&amp;\u0001",
        "Catch": [{"ErrorEquals": ["</text><foreignObject>"], "Next": "]]>&amp;\u0001"}]},
    "]]>&amp;\u0001": {"Type": "Fail", "Error": "<b>"}}}"#;

#[test]
fn nothing_of_the_definition_becomes_markup() {
    let svg = svg_of(
        HOSTILE,
        &SvgOptions {
            title: "</title><script>",
            id_prefix: "\"",
            run: None,
        },
    );
    for tag in [
        "<script",
        "<image",
        "<foreignObject",
        "<b>",
        "href",
        "http://x",
        "\u{1}",
    ] {
        let found = svg.matches(tag).count();
        let expected = usize::from(tag == "href" && svg.contains("&lt;image href=&#39;x"));
        assert!(found == expected || tag == "href" && !svg.contains(" href=\""), "{tag}");
    }
    assert!(svg.contains("&lt;script&gt;"));
    let opened = svg.matches("<g").count();
    assert_eq!(opened, svg.matches("</g>").count());
}

#[test]
fn a_run_shows_as_class_glyph_and_words() {
    let text = r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Fail"}}}"#;
    let recorded = crate::testing::record(text, "{}", |_| Ok(asl_json::Value::Null));
    let timeline = recorded.timeline();
    let view: &RunView = timeline.view();
    let svg = svg_of(
        text,
        &SvgOptions {
            run: Some(view),
            ..SvgOptions::default()
        },
    );
    assert!(svg.contains("node status-succeeded tinted") && svg.contains("node status-failed tinted"));
    assert!(svg.contains("Status: failed."));
    assert_eq!(svg.matches("edge taken").count(), 2);
    assert_eq!(svg.matches("status-glyph\" d=").count(), 2);
}
