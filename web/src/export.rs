//! The diagram as a file, or on the clipboard.

use asl_protocol::DiagramFormat;

use crate::interop::{clipboard, file, image};

/// What a diagram can be written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ExportFormat {
    /// A picture of lines.
    Svg,
    /// A picture of pixels.
    Png,
    /// A Mermaid flowchart.
    Mermaid,
    /// A graph for Graphviz.
    Dot,
}

impl ExportFormat {
    /// Every format, in the order of the menu.
    pub(crate) const ALL: [ExportFormat; 4] = [
        ExportFormat::Svg,
        ExportFormat::Png,
        ExportFormat::Mermaid,
        ExportFormat::Dot,
    ];

    /// Returns what the menu says.
    pub(crate) fn label(self) -> &'static str {
        match self {
            ExportFormat::Svg => "SVG",
            ExportFormat::Png => "PNG",
            ExportFormat::Mermaid => "Mermaid",
            ExportFormat::Dot => "Graphviz DOT",
        }
    }

    /// Returns what the engine writes for it.
    pub(crate) fn written_as(self) -> DiagramFormat {
        match self {
            ExportFormat::Svg | ExportFormat::Png => DiagramFormat::Svg,
            ExportFormat::Mermaid => DiagramFormat::Mermaid,
            ExportFormat::Dot => DiagramFormat::Dot,
        }
    }

    fn extension(self) -> &'static str {
        match self {
            ExportFormat::Svg => "svg",
            ExportFormat::Png => "png",
            ExportFormat::Mermaid => "mmd",
            ExportFormat::Dot => "dot",
        }
    }

    fn media_type(self) -> &'static str {
        match self {
            ExportFormat::Svg => "image/svg+xml",
            _ => "text/plain;charset=utf-8",
        }
    }
}

/// Where an export goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Destination {
    /// A file.
    File,
    /// The clipboard.
    Clipboard,
}

/// Hands over what the engine has written; returns whether that worked.
pub(crate) async fn deliver(text: &str, format: ExportFormat, destination: Destination, title: &str) -> bool {
    match (format, destination) {
        (ExportFormat::Png, _) => match (image::png(text).await, destination) {
            (Some(png), Destination::File) => file::download(&png, &file_name(title, format)),
            (Some(png), Destination::Clipboard) => clipboard::copy_image(&png).await,
            (None, _) => false,
        },
        (_, Destination::Clipboard) => clipboard::copy(text).await,
        (_, Destination::File) => file::blob(text, format.media_type())
            .is_some_and(|content| file::download(&content, &file_name(title, format))),
    }
}

/// Longest name of a file without its extension, in characters.
const LONGEST_NAME: usize = 60;

/// Returns the title as a name of `a-z`, `0-9` and hyphens, with the extension: titles come from anyone.
fn file_name(title: &str, format: ExportFormat) -> String {
    let words = title.split(|character: char| !character.is_ascii_alphanumeric());
    let words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    let mut name = words.join("-");
    name.truncate(LONGEST_NAME);
    let name = match name.trim_end_matches('-') {
        "" => "state-machine",
        name => name,
    };
    [name, ".", format.extension()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_after_the_document() {
        assert_eq!(
            file_name("Two Lambdas: in/out", ExportFormat::Dot),
            "two-lambdas-in-out.dot"
        );
        assert_eq!(file_name("../", ExportFormat::Png), "state-machine.png");
        assert_eq!(file_name("Gr\u{f6}\u{df}e <b>", ExportFormat::Svg), "gr-e-b.svg");
        assert_eq!(file_name(&"a".repeat(99), ExportFormat::Svg).len(), 64);
    }
}
