//! Counts that change seldom, for work that is not worth doing anew with every event.

/// Returns a count that changes some sixteen times while the real one doubles: whoever follows a growing log asks less often
/// the longer it gets.
pub(crate) fn coarse(count: usize) -> usize {
    let step = (count.next_power_of_two() / 32).max(1);
    count / step * step
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_growing_log_is_asked_about_less_often_the_longer_it_gets() {
        let asked = |counts: std::ops::Range<usize>| {
            let mut seen: Vec<usize> = counts.map(coarse).collect();
            seen.dedup();
            seen.len()
        };
        assert_eq!(asked(0..32), 32);
        assert_eq!(asked(16_385..32_769), 17, "sixteen steps, and the last count itself");
    }
}
