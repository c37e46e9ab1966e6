//! Numbers as JSON text writes them: exact integers of any size, and doubles.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// A JSON number.
///
/// Integers are exact whatever their size; everything written with a fraction or an exponent is a double. Two numbers
/// are equal when they are the same by value, so `0` equals `0.0`.
#[derive(Clone, Debug)]
pub struct Number(Repr);

#[derive(Clone, Debug)]
enum Repr {
    Integer(i64),
    /// Digits of an integer outside the range of `i64`, with a leading `-` where negative.
    Big(Arc<str>),
    Double(f64),
}

impl Number {
    /// Returns the number of a finite double, or `None` for an infinity or NaN, which JSON cannot write.
    pub fn from_f64(value: f64) -> Option<Number> {
        value.is_finite().then_some(Number(Repr::Double(value)))
    }

    /// Returns the number that JSON text such as `-1.5e3` writes, or `None` where the text is not a JSON number or its
    /// magnitude is beyond a double.
    pub fn from_text(text: &str) -> Option<Number> {
        if !is_json_number(text) {
            return None;
        }
        if text.contains(['.', 'e', 'E']) {
            return Number::from_f64(text.parse().ok()?);
        }
        Some(Number(
            text.parse().map_or_else(|_| Repr::Big(text.into()), Repr::Integer),
        ))
    }

    /// Returns the value as an `i64` where it is written as an integer within range.
    pub fn as_i64(&self) -> Option<i64> {
        match self.0 {
            Repr::Integer(value) => Some(value),
            Repr::Big(_) | Repr::Double(_) => None,
        }
    }

    /// Returns the nearest double.
    #[expect(clippy::cast_precision_loss, reason = "the nearest double is what is asked for")]
    pub fn as_f64(&self) -> f64 {
        match &self.0 {
            Repr::Integer(value) => *value as f64,
            Repr::Big(digits) => digits.parse().unwrap_or(f64::MAX),
            Repr::Double(value) => *value,
        }
    }

    /// Returns true where the number is written without a fraction and without an exponent.
    pub fn is_integer(&self) -> bool {
        !matches!(self.0, Repr::Double(_))
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Number {
        Number(Repr::Integer(value))
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Number) -> bool {
        match (&self.0, &other.0) {
            (Repr::Integer(a), Repr::Integer(b)) => a == b,
            (Repr::Big(a), Repr::Big(b)) => a == b,
            _ => self.as_f64() == other.as_f64(),
        }
    }
}

impl Hash for Number {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.as_f64() + 0.0).to_bits().hash(state);
    }
}

/// Writes the number as Java's Jackson does: integers as digits, doubles in the shortest form that reads back, with at
/// least one fraction digit, and with an exponent `E` below 10^-3 and from 10^7 on (`1.0E10`).
impl fmt::Display for Number {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Repr::Integer(value) => write!(out, "{value}"),
            Repr::Big(digits) => out.write_str(digits),
            Repr::Double(value) => write_double(*value, out),
        }
    }
}

fn write_double(value: f64, out: &mut fmt::Formatter<'_>) -> fmt::Result {
    let magnitude = value.abs();
    if magnitude == 0.0 || (1e-3..1e7).contains(&magnitude) {
        return write!(out, "{value:?}");
    }
    let text = format!("{value:e}");
    let (mantissa, exponent) = text.split_once('e').expect("the form {:e} always has an exponent");
    let point = if mantissa.contains('.') { "" } else { ".0" };
    write!(out, "{mantissa}{point}E{exponent}")
}

fn is_json_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (integer, fraction) = match mantissa.split_once('.') {
        Some((integer, fraction)) => (integer, Some(fraction)),
        None => (mantissa, None),
    };
    digits(integer)
        && (integer == "0" || !integer.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|exponent| digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_as_jackson_does() {
        for (text, written) in [
            ("1.1", "1.1"),
            ("1.0", "1.0"),
            ("1e2", "100.0"),
            ("1e10", "1.0E10"),
            ("0.0001", "1.0E-4"),
            ("12345678.9", "1.23456789E7"),
            ("-0", "0"),
            ("123456789012345678901234567890", "123456789012345678901234567890"),
        ] {
            assert_eq!(Number::from_text(text).unwrap().to_string(), written, "{text}");
        }
    }

    #[test]
    fn refuses_what_json_does_not_write() {
        for text in ["", "-", "01", "1.", ".5", "1e", "+1", "1e400", "NaN", "0x1"] {
            assert!(Number::from_text(text).is_none(), "{text}");
        }
    }

    #[test]
    fn equal_by_value() {
        assert_eq!(Number::from(0), Number::from_f64(0.0).unwrap());
        assert_ne!(Number::from(1), Number::from_f64(1.5).unwrap());
    }
}
