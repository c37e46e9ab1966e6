//! Guesses what the author meant.

/// Returns the known name nearest to a misspelled one, where one is near enough: the first of those equally near.
pub(super) fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let length = name.chars().count();
    let allowed = (length / 3).max(1);
    let (name, used) = (lowercase(name).collect::<Vec<_>>(), letters(name));
    let mut nearest = None;
    // A distance from here on is too far.
    let mut end = allowed + 1;
    for candidate in known.filter(|candidate| candidate.chars().count().abs_diff(length) <= allowed) {
        // Measuring is dear, and each letter of the candidate that the name does not have counts at least once.
        if (letters(candidate) & !used).count_ones() as usize >= end {
            continue;
        }
        if let Some(nearer) = distance_below(end, &name, candidate) {
            (nearest, end) = (Some(candidate), nearer);
        }
    }
    nearest
}

/// Returns the sentence that asks whether the author meant it, with a leading space; empty for no guess.
pub(super) fn did_you_mean<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> String {
    question(nearest(name, known))
}

/// Returns the same for a guess that has been made.
pub(super) fn question(guess: Option<&str>) -> String {
    guess
        .map(|guess| format!(" Did you mean \"{guess}\"?"))
        .unwrap_or_default()
}

/// Returns how many letters must be inserted, removed or replaced, disregarding case; `None` where not fewer than `end`.
fn distance_below(end: usize, name: &[char], candidate: &str) -> Option<usize> {
    let mut row: Vec<usize> = (0..=name.len()).collect();
    for (above, a) in lowercase(candidate).enumerate() {
        let mut diagonal = above;
        row[0] = above + 1;
        let mut least = row[0];
        for (column, b) in name.iter().enumerate() {
            let replaced = diagonal + usize::from(a != *b);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(diagonal + 1).min(row[column] + 1);
            least = least.min(row[column + 1]);
        }
        // No row is nearer than the one above it.
        if least >= end {
            return None;
        }
    }
    row.last().copied().filter(|distance| *distance < end)
}

/// Returns a bit for each letter that occurs; letters may share one.
fn letters(text: &str) -> u64 {
    lowercase(text).fold(0, |found, letter| found | 1 << (u32::from(letter) % u64::BITS))
}

fn lowercase(text: &str) -> impl Iterator<Item = char> {
    text.chars().flat_map(char::to_lowercase)
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
        assert_eq!(
            nearest("abcdef", ["abcxyf", "abcdxf", "abcdeg"].into_iter()),
            Some("abcdxf")
        );
    }
}
