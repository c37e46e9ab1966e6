//! Virtual time as people read it.

/// Returns virtual time since the start: `+00:02.500`, with hours and days where there are some.
pub(crate) fn elapsed(milliseconds: i64) -> String {
    let milliseconds = milliseconds.max(0);
    let (seconds, rest) = (milliseconds / 1000, milliseconds % 1000);
    let (minutes, hours, days) = (seconds / 60 % 60, seconds / 3600 % 24, seconds / 86_400);
    let clock = format!("{minutes:02}:{:02}.{rest:03}", seconds % 60);
    match (days, hours) {
        (0, 0) => format!("+{clock}"),
        (0, _) => format!("+{hours}:{clock}"),
        _ => format!("+{days}d {hours}:{clock}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elapsed_time_grows_with_its_size() {
        for (milliseconds, text) in [
            (0, "+00:00.000"),
            (2500, "+00:02.500"),
            (3_600_000, "+1:00:00.000"),
            (90_061_001, "+1d 1:01:01.001"),
            (-5, "+00:00.000"),
        ] {
            assert_eq!(elapsed(milliseconds), text);
        }
    }
}
