//! A JSON value line by line, with what differs from another value marked.

use asl_json::Value;

/// Lines beyond which unchanged ones are left out, and lines that are given at most.
const MOST_LINES: usize = 300;
/// Unchanged lines that stay beside a changed one where others are left out.
const CONTEXT: usize = 2;
/// Characters of a scalar that are given.
const MOST_CHARS: usize = 300;
/// Levels that get lines of their own; what nests deeper stays on its line.
const MOST_LEVELS: usize = 48;

/// How a line stands to the value before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// It is in both.
    Same,
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It is in both with another scalar.
    Changed,
    /// It stands for lines that are left out.
    Omitted,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiffLine {
    /// How it stands to the value before.
    pub sign: Sign,
    /// The line, indented by two spaces a level.
    pub text: String,
    /// The scalar before; empty where nothing changed.
    pub was: String,
}

/// Returns the lines of `after`, marked by what differs from `before`; all unchanged where there is none.
pub fn diff_values(before: Option<&Value>, after: &Value) -> Vec<DiffLine> {
    let mut writer = Writer::default();
    match before {
        Some(before) => writer.compare(0, Member::top(before), Member::top(after)),
        None => writer.write(0, Sign::Same, Member::top(after)),
    }
    shortened(writer.lines)
}

/// A value with its name and what follows it.
#[derive(Clone, Copy)]
struct Member<'a> {
    name: Option<&'a str>,
    value: &'a Value,
    is_last: bool,
}

impl<'a> Member<'a> {
    fn top(value: &'a Value) -> Member<'a> {
        Member {
            name: None,
            value,
            is_last: true,
        }
    }

    fn comma(self) -> &'static str {
        if self.is_last { "" } else { "," }
    }
}

#[derive(Default)]
struct Writer {
    lines: Vec<DiffLine>,
}

impl Writer {
    fn line(&mut self, level: usize, sign: Sign, name: Option<&str>, text: &str) {
        let name = name.map_or(String::new(), |name| format!("{}: ", Value::from(name)));
        self.lines.push(DiffLine {
            sign,
            text: format!("{}{name}{text}", "  ".repeat(level)),
            was: String::new(),
        });
    }

    /// Writes all of a value with one sign.
    fn write(&mut self, level: usize, sign: Sign, member: Member<'_>) {
        let (open, close) = match member.value {
            Value::Object(members) if !members.is_empty() && level < MOST_LEVELS => ("{", "}"),
            Value::Array(items) if !items.is_empty() && level < MOST_LEVELS => ("[", "]"),
            scalar => {
                let text = format!("{}{}", scalar_text(scalar), member.comma());
                return self.line(level, sign, member.name, &text);
            }
        };
        self.line(level, sign, member.name, open);
        for inner in members(member.value) {
            self.write(level + 1, sign, inner);
        }
        self.line(level, sign, None, &format!("{close}{}", member.comma()));
    }

    fn compare(&mut self, level: usize, before: Member<'_>, after: Member<'_>) {
        if before.value == after.value {
            return self.write(level, Sign::Same, after);
        }
        let brackets = match (before.value, after.value) {
            (Value::Object(_), Value::Object(_)) => Some(("{", "}")),
            (Value::Array(_), Value::Array(_)) => Some(("[", "]")),
            _ => None,
        };
        match brackets {
            Some((open, close)) if level < MOST_LEVELS => {
                self.line(level, Sign::Same, after.name, open);
                self.compare_inside(level + 1, before.value, after.value);
                self.line(level, Sign::Same, None, &format!("{close}{}", after.comma()));
            }
            None if is_scalar(before.value) && is_scalar(after.value) => {
                let text = format!("{}{}", scalar_text(after.value), after.comma());
                self.line(level, Sign::Changed, after.name, &text);
                if let Some(line) = self.lines.last_mut() {
                    line.was = scalar_text(before.value);
                }
            }
            _ => {
                self.write(level, Sign::Removed, before);
                self.write(level, Sign::Added, after);
            }
        }
    }

    /// Compares members by name, items by position. What is gone comes last.
    fn compare_inside(&mut self, level: usize, before: &Value, after: &Value) {
        let old = members(before);
        for (position, member) in members(after).into_iter().enumerate() {
            let twin = match member.name {
                Some(name) => old.iter().find(|other| other.name == Some(name)),
                None => old.get(position),
            };
            match twin {
                Some(twin) => self.compare(level, *twin, member),
                None => self.write(level, Sign::Added, member),
            }
        }
        let count = members(after).len();
        for (position, member) in old.into_iter().enumerate() {
            let is_gone = match member.name {
                Some(name) => after.get(name).is_none(),
                None => position >= count,
            };
            if is_gone {
                self.write(level, Sign::Removed, member);
            }
        }
    }
}

fn members(value: &Value) -> Vec<Member<'_>> {
    let mut members: Vec<Member<'_>> = match value {
        Value::Object(object) => object
            .iter()
            .map(|(name, value)| Member {
                name: Some(name),
                value,
                is_last: false,
            })
            .collect(),
        Value::Array(items) => items
            .iter()
            .map(|value| Member {
                name: None,
                value,
                is_last: false,
            })
            .collect(),
        _ => Vec::new(),
    };
    if let Some(last) = members.last_mut() {
        last.is_last = true;
    }
    members
}

fn is_scalar(value: &Value) -> bool {
    !matches!(value, Value::Object(_) | Value::Array(_))
}

fn scalar_text(value: &Value) -> String {
    crate::text::shorten(&value.to_string(), MOST_CHARS)
}

/// Leaves out unchanged lines far from changed ones, and what is too much then.
fn shortened(lines: Vec<DiffLine>) -> Vec<DiffLine> {
    if lines.len() <= MOST_LINES {
        return lines;
    }
    let is_changed: Vec<bool> = lines.iter().map(|line| line.sign != Sign::Same).collect();
    let has_changes = is_changed.contains(&true);
    let is_near = |at: usize| {
        let (from, to) = (at.saturating_sub(CONTEXT), (at + CONTEXT + 1).min(is_changed.len()));
        at < CONTEXT || is_changed[from..to].contains(&true)
    };
    let mut kept: Vec<DiffLine> = Vec::new();
    let mut left_out = 0;
    for (at, line) in lines.into_iter().enumerate() {
        let has_room = kept.len() < MOST_LINES;
        if has_room && (!has_changes || is_near(at)) {
            flush(&mut kept, &mut left_out);
            kept.push(line);
        } else {
            left_out += 1;
        }
    }
    flush(&mut kept, &mut left_out);
    kept
}

fn flush(kept: &mut Vec<DiffLine>, left_out: &mut usize) {
    if *left_out > 0 {
        kept.push(DiffLine {
            sign: Sign::Omitted,
            text: format!("\u{2026} {} more", crate::text::counted(*left_out, "line")),
            was: String::new(),
        });
        *left_out = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(before: &str, after: &str, expected: &[&str]) {
        let value = |text: &str| asl_json::parse_value(text).unwrap();
        let lines = diff_values(Some(&value(before)), &value(after));
        let shown: Vec<String> = lines
            .iter()
            .map(|line| {
                let sign = match line.sign {
                    Sign::Same => ' ',
                    Sign::Added => '+',
                    Sign::Removed => '-',
                    Sign::Changed => '~',
                    Sign::Omitted => '.',
                };
                let was = if line.was.is_empty() {
                    String::new()
                } else {
                    format!(" was {}", line.was)
                };
                format!("{sign} {}{was}", line.text)
            })
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn members_are_added_removed_and_changed() {
        check(
            r#"{"id": 1, "total": 5, "old": true}"#,
            r#"{"id": 1, "total": 6, "new": [1]}"#,
            &[
                "  {",
                "    \"id\": 1,",
                "~   \"total\": 6, was 5",
                "+   \"new\": [",
                "+     1",
                "+   ]",
                "-   \"old\": true",
                "  }",
            ],
        );
    }

    #[test]
    fn items_are_compared_by_position_and_other_kinds_take_each_others_place() {
        check(
            r#"{"a": [1, 2, 3], "b": {}}"#,
            r#"{"a": [1, 9], "b": "x"}"#,
            &[
                "  {",
                "    \"a\": [",
                "      1,",
                "~     9 was 2",
                "-     3",
                "    ],",
                "-   \"b\": {}",
                "+   \"b\": \"x\"",
                "  }",
            ],
        );
        check("7", "7", &["  7"]);
    }

    #[test]
    fn long_values_keep_what_changed() {
        let list = |last: i64| Value::array((0..400).map(Value::from).chain([Value::from(last)]));
        let lines = diff_values(Some(&list(1)), &list(2));
        assert!(lines.len() < 12, "{lines:?}");
        assert!(lines.iter().any(|line| line.sign == Sign::Omitted));
        assert_eq!(lines.iter().find(|line| line.sign == Sign::Changed).unwrap().was, "1");
        assert_eq!(diff_values(None, &list(1)).len(), MOST_LINES + 1);
    }
}
