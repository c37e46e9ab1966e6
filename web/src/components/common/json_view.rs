//! JSON text in colors.

use yew::prelude::*;

/// Lines that are shown before the reader asks for more.
const FIRST_LINES: usize = 400;

/// What a piece of JSON text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token {
    Plain,
    Key,
    Text,
    Number,
    Word,
}

impl Token {
    fn class(self) -> &'static str {
        match self {
            Token::Plain => "",
            Token::Key => "json-key",
            Token::Text => "json-string",
            Token::Number => "json-number",
            Token::Word => "json-word",
        }
    }
}

/// Props of [`JsonView`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct JsonViewProps {
    /// The text, with line breaks.
    pub text: AttrValue,
    /// Accessible name.
    pub label: AttrValue,
}

/// The text, its strings, numbers and keys told apart by color; long text is cut until the reader wants
/// it all. Every line is an element of its own, so that what wraps stays right of where it began.
#[component]
pub(crate) fn JsonView(props: &JsonViewProps) -> Html {
    let whole = use_state(|| false);
    {
        let whole = whole.clone();
        use_effect_with(props.text.clone(), move |_| whole.set(false));
    }
    let cut = props
        .text
        .match_indices('\n')
        .nth(FIRST_LINES)
        .map(|(at, _)| at)
        .filter(|_| !*whole);
    let shown = &props.text[..cut.unwrap_or(props.text.len())];
    let line = |line: &str| {
        let text = line.trim_start_matches(' ');
        let style = format!("--indent: {}", line.len() - text.len());
        html! { <div class="json-line" {style}>{ json_pieces(text) }</div> }
    };
    let on_more = Callback::from(move |_| whole.set(true));
    html! {
        <div class="json-view">
            <div class="json" tabindex="0" role="group" aria-label={props.label.clone()}>
                { for shown.lines().map(line) }
            </div>
            if cut.is_some() {
                <button type="button" class="button button-quiet button-small" onclick={on_more}>{ "Show all" }</button>
            }
        </div>
    }
}

/// Returns a piece of JSON text in colors.
pub(super) fn json_pieces(text: &str) -> Html {
    let piece = |(token, text): (Token, &str)| match token {
        Token::Plain => html! { { text.to_owned() } },
        // Text without a space may break anywhere; other text breaks between words.
        Token::Text if !text.contains(' ') => {
            html! { <span class="json-string json-solid">{ text.to_owned() }</span> }
        }
        token => html! { <span class={token.class()}>{ text.to_owned() }</span> },
    };
    html! { <>{ for tokens(text).into_iter().map(piece) }</> }
}

/// Cuts well-formed JSON text into pieces; other text comes back in pieces too, merely with other colors.
fn tokens(text: &str) -> Vec<(Token, &str)> {
    let bytes = text.as_bytes();
    let mut pieces = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let (token, end) = match bytes[at] {
            b'"' => {
                let end = string_end(bytes, at);
                let is_key = text[end..].trim_start().starts_with(':');
                (if is_key { Token::Key } else { Token::Text }, end)
            }
            b'-' | b'0'..=b'9' => (
                Token::Number,
                run_end(bytes, at, |byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte)),
            ),
            b'a'..=b'z' => (Token::Word, run_end(bytes, at, |byte| byte.is_ascii_alphabetic())),
            _ => (
                Token::Plain,
                run_end(bytes, at, |byte| {
                    byte != b'"' && byte != b'-' && !byte.is_ascii_digit() && !byte.is_ascii_lowercase()
                }),
            ),
        };
        pieces.push((token, &text[at..end]));
        at = end;
    }
    pieces
}

/// Returns where the string that begins at `start` ends, past its closing quote.
fn string_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// Returns where a run of such bytes ends; it holds at least one byte.
fn run_end(bytes: &[u8], start: usize, belongs: impl Fn(u8) -> bool) -> usize {
    let rest = &bytes[start + 1..];
    let length = rest.iter().position(|byte| !belongs(*byte)).unwrap_or(rest.len());
    start + 1 + length
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_strings_are_told_apart() {
        let pieces = tokens("{\"a\\\"b\": [\"c\", -1.5e+3, true]}");
        let named: Vec<_> = pieces
            .iter()
            .filter(|(token, _)| *token != Token::Plain)
            .copied()
            .collect();
        assert_eq!(
            named,
            [
                (Token::Key, "\"a\\\"b\""),
                (Token::Text, "\"c\""),
                (Token::Number, "-1.5e+3"),
                (Token::Word, "true"),
            ]
        );
    }

    #[test]
    fn no_text_is_lost_whatever_it_is() {
        for text in [
            "",
            "\"open",
            "\"\\",
            "not JSON: é1",
            "{\n  \"a\": null\n}",
            "-",
            "\u{1f980}\"x\"",
        ] {
            let joined: String = tokens(text).into_iter().map(|(_, piece)| piece).collect();
            assert_eq!(joined, text);
        }
    }
}
