//! What the reader chooses about runs: breakpoints, and names that the API takes.

use super::snapshot::About;

impl About {
    /// Moves the breakpoint of a state that has another name now.
    pub(crate) fn state_renamed(&self, from: &str, to: &str) -> About {
        let mut next = self.clone();
        for name in next.breakpoints.iter_mut().filter(|name| *name == from) {
            to.clone_into(name);
        }
        next
    }

    /// Sets a breakpoint on a state, or takes it away.
    pub(crate) fn breakpoint_toggled(&self, state: &str) -> About {
        let mut next = self.clone();
        next.breakpoints.retain(|name| name != state);
        if next.breakpoints.len() == self.breakpoints.len() {
            next.breakpoints.push(state.to_owned());
        }
        next
    }
}

/// Returns why the API would refuse the name of an execution; none where it is good or left to the playground.
/// Source: Step Functions API, `StartExecution`.
pub(crate) fn name_problem(name: &str) -> Option<&'static str> {
    let is_refused =
        |sign: char| sign.is_whitespace() || sign.is_control() || "<>{}[]?*\"#%\\^|~`$&,;:/".contains(sign);
    if name.chars().count() > 80 {
        Some("A name has at most 80 characters.")
    } else if name.chars().any(is_refused) {
        Some("A name has no spaces, brackets, wildcards or special characters: use letters, digits, - and _.")
    } else {
        None
    }
}

/// Returns why a text is no seed; none where it is one or left to the playground.
pub(crate) fn seed_problem(seed: &str) -> Option<&'static str> {
    let is_seed = seed.trim().is_empty() || seed.trim().parse::<u64>().is_ok();
    (!is_seed).then_some("A seed is a whole number from 0 to 18446744073709551615.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_breakpoint_comes_and_goes() {
        let set = About::default().breakpoint_toggled("Pack");
        assert_eq!(set.breakpoints, ["Pack"]);
        assert_eq!(set.breakpoint_toggled("Pack"), About::default());
    }

    #[test]
    fn a_breakpoint_goes_along_with_its_state() {
        let set = About::default().breakpoint_toggled("Pack");
        assert_eq!(set.state_renamed("Pack", "Send").breakpoints, ["Send"]);
        assert_eq!(set.state_renamed("Ship", "Send"), set);
    }

    #[test]
    fn names_are_those_that_the_api_takes() {
        assert_eq!(name_problem(""), None);
        assert_eq!(name_problem("order-42_b"), None);
        assert!(name_problem("order 42").is_some());
        assert!(name_problem("a:b").is_some());
        assert!(name_problem(&"a".repeat(81)).is_some());
    }

    #[test]
    fn seeds_are_whole_numbers() {
        assert_eq!(seed_problem(" 7 "), None);
        assert_eq!(seed_problem(""), None);
        assert!(seed_problem("seven").is_some());
        assert!(seed_problem("-1").is_some());
    }
}
