//! Coverage as a message.

use asl_protocol as page;
use asl_view::{Coverage, CoverageItem, ItemKey};

pub(super) fn message(coverage: &Coverage) -> page::Coverage {
    page::Coverage {
        runs: coverage.runs,
        items: coverage.items().iter().map(item).collect(),
    }
}

fn item(item: &CoverageItem) -> page::CoverageItem {
    let (kind, edge) = match &item.key {
        ItemKey::State(_) => (page::CoverageKind::State, None),
        ItemKey::Transition(key) => (page::CoverageKind::Transition, Some(crate::diagram::edge_key(key))),
        ItemKey::Catcher(..) => (page::CoverageKind::Catcher, None),
        ItemKey::Rule(..) => (page::CoverageKind::Rule, None),
    };
    page::CoverageItem {
        kind,
        state: item.state.as_deref().unwrap_or_default().to_owned(),
        label: item.label.clone(),
        edge,
        times: item.times,
    }
}
