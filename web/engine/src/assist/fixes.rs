//! What would mend a problem.

use asl_json::Document;
use asl_protocol as page;

use crate::text::TextPlaces;

/// Returns the changes that would mend a problem of a text, best first.
pub(crate) fn fixes(document: &Document, diagnostic: &asl_model::Diagnostic, places: &TextPlaces) -> Vec<page::Fix> {
    let found = asl_assist::quick_fixes(document, diagnostic);
    let fixes = found.into_iter().map(|fix| page::Fix {
        title: fix.title,
        edits: fix
            .edits
            .into_iter()
            .map(|edit| page::TextEdit {
                from: places.unit(edit.span.start),
                to: places.unit(edit.span.end),
                insert: edit.insert,
            })
            .collect(),
    });
    fixes.collect()
}
