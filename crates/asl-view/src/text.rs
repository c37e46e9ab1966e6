//! Measuring and shortening text without a font at hand.

use asl_drawing::GridUnits;

/// Returns about how wide a text is in a common sans-serif face, rather more than less.
pub(crate) fn width(text: &str, font_size: GridUnits) -> GridUnits {
    let thousandths: i32 = text.chars().map(advance).sum();
    (thousandths.saturating_mul(font_size) + 999) / 1000
}

/// Returns about how wide a text is in semibold.
pub(crate) fn bold_width(text: &str, font_size: GridUnits) -> GridUnits {
    width(text, font_size) * 11 / 10
}

/// Returns the advance of a character in thousandths of the font size.
fn advance(character: char) -> i32 {
    match character {
        'i' | 'j' | 'l' | '\'' | '|' | '!' | '.' | ',' | ':' | ';' => 300,
        'f' | 't' | 'r' | 'I' | '(' | ')' | '[' | ']' | '{' | '}' | '/' | ' ' | '"' | '-' => 400,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 960,
        'A'..='Z' => 720,
        '<' | '>' | '=' | '+' | '~' => 830,
        '\u{0}'..='\u{7f}' => 625,
        '\u{80}'..='\u{2e7f}' => 680,
        _ => 1050,
    }
}

/// Returns the text, cut at its end to at most so many characters, `...` included.
pub(crate) fn shorten(text: &str, max_chars: usize) -> String {
    if text.chars().count() <= max_chars {
        return text.to_owned();
    }
    let kept: String = text.chars().take(max_chars.saturating_sub(3)).collect();
    format!("{}...", kept.trim_end())
}

/// Returns the text, cut in its middle so that it fits the width.
pub(crate) fn fit_middle(text: &str, font_size: GridUnits, max_width: GridUnits) -> String {
    if width(text, font_size) <= max_width {
        return text.to_owned();
    }
    let chars: Vec<char> = text.chars().collect();
    let room = max_width.saturating_mul(1000) / font_size.max(1) - 1000;
    let (mut head, mut tail, mut used) = (0, chars.len(), 0);
    while head < tail {
        let next = if head <= chars.len() - tail {
            chars[head]
        } else {
            chars[tail - 1]
        };
        used += advance(next);
        if used > room {
            break;
        }
        if head <= chars.len() - tail {
            head += 1;
        } else {
            tail -= 1;
        }
    }
    let (head, tail): (String, String) = (chars[..head].iter().collect(), chars[tail..].iter().collect());
    format!("{head}…{tail}")
}

/// Returns `1 rule` or `3 rules`.
pub(crate) fn counted(count: usize, one: &str) -> String {
    let plural = match one {
        "branch" => "branches".to_owned(),
        "retry" => "retries".to_owned(),
        _ => format!("{one}s"),
    };
    format!("{count} {}", if count == 1 { one } else { plural.as_str() })
}

/// Returns seconds without needless zeros: `2.5 s`.
pub(crate) fn seconds(milliseconds: i64) -> String {
    let (whole, rest) = (milliseconds / 1000, (milliseconds % 1000).abs());
    let fraction = format!("{rest:03}");
    match fraction.trim_end_matches('0') {
        "" => format!("{whole} s"),
        digits => format!("{whole}.{digits} s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortens_at_the_end_and_in_the_middle() {
        assert_eq!(shorten("abcdef", 6), "abcdef");
        assert_eq!(shorten("abcdefg", 6), "abc...");
        let fitted = fit_middle("ChargeTheCustomersCreditCardNow", 14, 120);
        assert!(
            fitted.starts_with("Charge") && fitted.ends_with("Now") && fitted.contains('…'),
            "{fitted}"
        );
        assert!(width(&fitted, 14) <= 120);
    }

    #[test]
    fn writes_seconds() {
        assert_eq!(seconds(4000), "4 s");
        assert_eq!(seconds(2500), "2.5 s");
        assert_eq!(seconds(30), "0.03 s");
    }
}
