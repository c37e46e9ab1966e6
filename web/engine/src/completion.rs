//! Proposals for a place in the text, as a message.

use asl_model::CompletionKind as Kind;
use asl_protocol::{Completion, CompletionKind, Completions};

use crate::analysis::AnalyzedText;

/// Returns what may be written at an offset; nothing where the text is not known.
pub(crate) fn completions(text: Option<&AnalyzedText>, revision: u32, offset: u32) -> Completions {
    let found = text.and_then(|text| {
        let completions = asl_model::completions(text.definition.as_ref()?, text.places.offset(offset));
        Some((
            text.places.unit(completions.from),
            completions.items.into_iter().map(item).collect(),
        ))
    });
    let (from, items) = found.unwrap_or((offset, Vec::new()));
    Completions {
        revision,
        offset,
        from,
        items,
    }
}

fn item(completion: asl_model::Completion) -> Completion {
    Completion {
        label: completion.label,
        insert: completion.insert,
        detail: completion.detail.to_owned(),
        kind: match completion.kind {
            Kind::Field => CompletionKind::Field,
            Kind::State => CompletionKind::State,
            Kind::Word => CompletionKind::Word,
            Kind::Error => CompletionKind::Error,
            Kind::Function => CompletionKind::Function,
            Kind::Variable => CompletionKind::Variable,
        },
    }
}
