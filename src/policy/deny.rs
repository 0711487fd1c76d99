//! The passwords that are guessed first: a list that is compiled in, sorted and folded (docs/third-party.md says whence).

use std::cmp::Ordering;

/// One folded entry a line, sorted by bytes, ASCII. Made by scripts/deny-list.
const LIST: &str = include_str!("deny-list.txt");

/// Whether a folded word is on the list. A search by halves in the text itself: no start-up cost, no table.
pub(super) fn is_listed(word: &str) -> bool {
    let (mut first, mut beyond) = (0, LIST.len());
    while first < beyond {
        let middle = first.midpoint(beyond);
        let start = LIST.get(first..middle).and_then(|before| before.rfind('\n')).map_or(first, |at| first + at + 1);
        let end = LIST.get(middle..beyond).and_then(|after| after.find('\n')).map_or(beyond, |at| middle + at);
        match LIST.get(start..end).map(|line| line.cmp(word)) {
            Some(Ordering::Less) => first = end + 1,
            Some(Ordering::Greater) => beyond = start,
            Some(Ordering::Equal) => return true,
            None => return false,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fold;

    #[test]
    fn pol_03_the_list_is_long_enough_sorted_folded_and_french_as_well() {
        let lines: Vec<&str> = LIST.lines().collect();
        assert!(lines.len() >= 20_000, "{}", lines.len());
        assert!(lines.is_sorted_by(|one, other| one < other), "sorted, without doubles");
        assert!(lines.iter().all(|line| fold(line) == **line && line.is_ascii()));
        for french in ["motdepasse", "azertyuiop", "soleil", "doudou", "marseille", "jetaime", "camille", "chocolat"] {
            assert!(is_listed(french), "{french}");
        }
    }

    #[test]
    fn every_entry_is_found_and_nothing_else() {
        assert!(LIST.lines().all(is_listed));
        for absent in ["", "\n", "zzzzzzzzzz", "0", "etoile4lune", "motdepass\n", "~", "a"] {
            assert!(!is_listed(absent), "{absent:?}");
        }
    }
}
