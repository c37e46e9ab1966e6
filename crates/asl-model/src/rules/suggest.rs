//! Guesses what the author meant.

/// Returns the known name nearest to a misspelled one, where one is near enough.
pub(super) fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let length = name.chars().count();
    let allowed = (length / 3).max(1);
    let of_like_length = known.filter(|candidate| candidate.chars().count().abs_diff(length) <= allowed);
    let measured = of_like_length.map(|candidate| (distance(name, candidate), candidate));
    measured
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// Returns the sentence that asks whether the author meant it, with a leading space; empty for no guess.
pub(super) fn did_you_mean<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> String {
    nearest(name, known)
        .map(|guess| format!(" Did you mean \"{guess}\"?"))
        .unwrap_or_default()
}

/// Returns how many letters must be inserted, removed or replaced, disregarding case.
fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.to_lowercase().chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (above, a) in left.to_lowercase().chars().enumerate() {
        let mut diagonal = above;
        row[0] = above + 1;
        for (column, b) in right.iter().enumerate() {
            let replaced = diagonal + usize::from(a != *b);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guesses_only_near_names() {
        let known = ["Shipped", "Packed"];
        assert_eq!(nearest("Ship", known.into_iter()), None);
        assert_eq!(nearest("Shiped", known.into_iter()), Some("Shipped"));
        assert_eq!(nearest("packed", known.into_iter()), Some("Packed"));
        assert_eq!(nearest("", known.into_iter()), None);
    }
}
