//! YAML whose aliases unfold to more than a file may hold, found before anything is unfolded.

use std::collections::HashMap;

use asl_json::Span;
use saphyr_parser::{Event, Parser};

use crate::yaml::{MAX_DEPTH, YamlError, span_of_characters};

/// Most scalars, lists and maps in one document, aliases unfolded.
const MAX_NODES: usize = 500_000;

/// Refuses a text that nests too deeply or unfolds to too much. Text that is no YAML is left to the reader.
pub(crate) fn refuse_bombs(text: &str) -> Result<(), YamlError> {
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut sizes: HashMap<usize, usize> = HashMap::new();
    let mut total = 0_usize;
    for event in Parser::new_from_str(text) {
        let Ok((event, place)) = event else { break };
        let size = match event {
            Event::SequenceStart(anchor, _) | Event::MappingStart(anchor, _) => {
                open.push((anchor, total));
                1
            }
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some((anchor, before)) = open.pop() {
                    sizes.insert(anchor, total - before);
                }
                0
            }
            Event::Scalar(_, _, anchor, _) => {
                sizes.insert(anchor, 1);
                1
            }
            Event::Alias(anchor) => sizes.get(&anchor).copied().unwrap_or(1),
            _ => 0,
        };
        total = total.saturating_add(size);
        let message = if open.len() > MAX_DEPTH {
            "This nests too deeply"
        } else if total > MAX_NODES {
            "The aliases of this file unfold to too much"
        } else {
            continue;
        };
        let span: Span = span_of_characters(text, place.start.index(), place.end.index());
        return Err(YamlError {
            message: message.to_owned(),
            span,
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::YamlDefinition;

    #[test]
    fn a_billion_laughs_are_not_laughed() {
        let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..12 {
            let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
            text.extend([format!("a{level}: &a{level} [{aliases}]\n")]);
        }
        let error = YamlDefinition::parse(&text).err().unwrap();
        assert_eq!(error.message, "The aliases of this file unfold to too much");
    }

    #[test]
    fn depth_is_bounded_before_anything_is_built() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(YamlDefinition::parse(&nested(MAX_DEPTH)).is_ok());
        let error = YamlDefinition::parse(&nested(MAX_DEPTH + 1)).err().unwrap();
        assert_eq!(error.message, "This nests too deeply");
        assert!(YamlDefinition::parse(&nested(200_000)).is_err());
    }

    #[test]
    fn aliases_in_measure_are_welcome() {
        let yaml = YamlDefinition::parse("a: &x {b: 1}\nc: *x\n").unwrap();
        assert_eq!(yaml.to_json().unwrap().to_string(), r#"{"a":{"b":1},"c":{"b":1}}"#);
    }
}
