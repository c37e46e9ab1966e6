//! Instants of virtual time.

use std::fmt;
use std::ops::Add;

/// Milliseconds since the Unix epoch. The host gives it; nothing here reads a clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(pub i64);

impl Add<i64> for Timestamp {
    type Output = Timestamp;

    /// Adds milliseconds.
    fn add(self, milliseconds: i64) -> Timestamp {
        Timestamp(self.0.saturating_add(milliseconds))
    }
}

/// Writes RFC 3339 in UTC with milliseconds, as the context object does: `2026-01-01T00:00:00.000Z`.
impl fmt::Display for Timestamp {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let days = self.0.div_euclid(86_400_000);
        let in_day = self.0.rem_euclid(86_400_000);
        let (year, month, day) = civil_from_days(days);
        let (hour, minute) = (in_day / 3_600_000, in_day / 60_000 % 60);
        let (second, millisecond) = (in_day / 1000 % 60, in_day % 1000);
        write!(
            out,
            "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{millisecond:03}Z"
        )
    }
}

impl Timestamp {
    /// Parses RFC 3339 as Step Functions reads it, rounding down to milliseconds: uppercase `T`, and `Z` or an offset.
    pub fn parse(text: &str) -> Option<Timestamp> {
        let Instant { seconds, nanoseconds } = Instant::parse(text)?;
        Some(Timestamp(seconds * 1000 + i64::from(nanoseconds / 1_000_000)))
    }
}

/// An instant as a text names it, to the nanosecond.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Instant {
    /// Since the Unix epoch.
    seconds: i64,
    nanoseconds: u32,
}

impl Instant {
    /// Parses RFC 3339 as Step Functions reads it.
    pub(crate) fn parse(text: &str) -> Option<Instant> {
        let bytes = text.as_bytes();
        let field = |range: std::ops::Range<usize>| digits(bytes.get(range)?);
        let separators = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')];
        if separators
            .iter()
            .any(|(at, separator)| bytes.get(*at) != Some(separator))
        {
            return None;
        }
        let (year, month, day) = (field(0..4)?, field(5..7)?, field(8..10)?);
        let (hour, minute, second) = (field(11..13)?, field(14..16)?, field(17..19)?);
        if !(1..=12).contains(&month) || !(1..=days_in(year, month)).contains(&day) {
            return None;
        }
        if hour > 23 || minute > 59 || second > 59 {
            return None;
        }
        let (nanoseconds, zone) = fraction(&bytes[19..])?;
        let seconds = days_from_civil(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second;
        Some(Instant {
            seconds: seconds - offset_seconds(zone)?,
            nanoseconds,
        })
    }
}

fn digits(bytes: &[u8]) -> Option<i64> {
    let digit = |value: i64, byte: &u8| byte.is_ascii_digit().then(|| value * 10 + i64::from(byte - b'0'));
    bytes.iter().try_fold(0, digit)
}

/// Reads the fraction of a second, up to nine digits, and returns it in nanoseconds with what follows.
fn fraction(rest: &[u8]) -> Option<(u32, &[u8])> {
    let Some(tail) = rest.strip_prefix(b".") else {
        return Some((0, rest));
    };
    let length = tail.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if !(1..=9).contains(&length) {
        return None;
    }
    let scale = 10_i64.pow(9 - u32::try_from(length).ok()?);
    let nanoseconds = digits(&tail[..length])? * scale;
    Some((u32::try_from(nanoseconds).ok()?, &tail[length..]))
}

fn offset_seconds(zone: &[u8]) -> Option<i64> {
    match zone {
        b"Z" => Some(0),
        [sign @ (b'+' | b'-'), hours @ .., b':', tens, ones] if hours.len() == 2 => {
            let (hours, minutes) = (digits(hours)?, digits(&[*tens, *ones])?);
            if hours > 18 || minutes > 59 {
                return None;
            }
            let offset = hours * 3600 + minutes * 60;
            Some(if *sign == b'-' { -offset } else { offset })
        }
        _ => None,
    }
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The day counted from 1970-01-01 in the proleptic Gregorian calendar.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// Year, month and day of a day counted from 1970-01-01 in the proleptic Gregorian calendar.
fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_step_functions_reads() {
        for (text, milliseconds) in [
            ("2026-01-01T00:00:00Z", Some(1_767_225_600_000)),
            ("2026-01-01T02:00:00.123456789+02:00", Some(1_767_225_600_123)),
            ("2000-02-29T23:59:59-00:30", Some(951_870_599_000)),
            ("1969-12-31T23:59:59.999Z", Some(-1)),
            ("2026-01-01t00:00:00Z", None),
            ("2026-01-01T00:00:00z", None),
            ("2026-01-01T00:00Z", None),
            ("2026-01-01T00:00:00", None),
            ("2026-01-01T00:00:00+0100", None),
            ("2026-13-01T00:00:00Z", None),
            ("2026-02-29T00:00:00Z", None),
            ("2026-01-01T25:00:00Z", None),
            ("", None),
        ] {
            assert_eq!(Timestamp::parse(text), milliseconds.map(Timestamp), "{text}");
        }
    }

    #[test]
    fn writes_utc_with_milliseconds() {
        for (milliseconds, text) in [
            (0, "1970-01-01T00:00:00.000Z"),
            (1_767_225_600_000, "2026-01-01T00:00:00.000Z"),
            (951_782_399_999, "2000-02-28T23:59:59.999Z"),
            (-1, "1969-12-31T23:59:59.999Z"),
        ] {
            assert_eq!(Timestamp(milliseconds).to_string(), text);
        }
    }
}
