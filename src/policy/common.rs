//! Whether a password is one of the first that a guesser tries: a word of the list, of the school or of the town, a row of
//! keys, a year, or one of these dressed up with digits and signs (row POL-03). Pure; two words or more are nobody's first
//! guess, so a sentence of common words is fine.

use crate::domain::{Password, fold};

use super::deny::is_listed;

/// Rows of keys on the keyboards of France, Canada and Switzerland, the alphabet and the digits; folded.
const ROWS: [&str; 13] = [
    "azertyuiop",
    "qsdfghjklm",
    "wxcvbn",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qwertzuiop",
    "yxcvbnm",
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    // The digits' row of AZERTY without the shift key: & é " ' ( - è _ ç à
    "&e\"'(-e_ca",
    "1q2w3e4r5t6y7u8i9o0p",
    "1a2z3e4r5t6y7u8i9o0p",
];
/// The shortest run of keys that counts; shorter ones stand in ordinary words.
const RUN: usize = 4;
/// The shortest run of digits or of one key again and again.
const SHORT_RUN: usize = 3;
/// The shortest word of a name that counts.
pub(super) const WORD: usize = 4;
/// What stands between the words of a school's or a town's name.
const LINKS: [&str; 12] = ["a", "au", "aux", "d", "de", "des", "du", "en", "la", "le", "les", "sur"];
/// As many signs as are still a decoration.
const DECORATION: usize = 2;

/// Whether it would be guessed soon. `names` are those of the schools and towns that everybody knows of this person.
pub(super) fn is_common(password: &Password, names: &[&str]) -> bool {
    let folded = fold(password.reveal());
    if is_listed(&folded) || is_word(&only_letters_and_digits(&folded)) {
        return true;
    }
    let typed: Vec<char> = folded.chars().collect();
    let words: Vec<Vec<char>> =
        names.iter().flat_map(|name| words_of(name)).map(|word| word.chars().collect()).collect();
    let left = without_patterns(&typed, &words);
    let core = only_letters_and_digits(left.trim_matches(|c: char| !c.is_alphabetic()));
    only_letters_and_digits(&left).chars().count() <= DECORATION
        || LINKS.contains(&core.as_str())
        || is_word(&core)
        || is_word(&only_letters_and_digits(&read_as_letters(undecorated(&folded))))
}

fn only_letters_and_digits(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The words of a name that are long enough to count, folded.
pub(super) fn words_of(name: &str) -> Vec<String> {
    let folded = fold(name);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= WORD);
    words.map(str::to_owned).collect()
}

/// A word of the list, or one again and again.
fn is_word(text: &str) -> bool {
    let length = text.chars().count();
    is_listed(text)
        || (1..=length / 2).filter(|part| length.is_multiple_of(*part)).any(|part| {
            let once: String = text.chars().take(part).collect();
            once.repeat(length / part) == text && (part < WORD || is_listed(&once))
        })
}

/// What is left without runs of keys, years and the words of names.
fn without_patterns(typed: &[char], words: &[Vec<char>]) -> String {
    let mut left = String::new();
    let mut rest = typed;
    while let Some((first, others)) = rest.split_first() {
        let pattern = run(rest).max(year(rest)).max(named(rest, words));
        if pattern == 0 {
            left.push(*first);
            rest = others;
        } else {
            rest = rest.get(pattern..).unwrap_or_default();
        }
    }
    left
}

/// The length of the run of keys that it begins with; 0 where there is none that counts.
fn run(text: &[char]) -> usize {
    let same = text.iter().take_while(|c| Some(*c) == text.first()).count();
    let along = ROWS.iter().map(|row| along(text, row.chars()).max(along(text, row.chars().rev()))).max().unwrap_or(0);
    let of_digits = text.iter().take(along).all(char::is_ascii_digit);
    let least = if of_digits { SHORT_RUN } else { RUN };
    [(same, SHORT_RUN), (along, least)]
        .into_iter()
        .filter(|(length, least)| length >= least)
        .map(|(length, _)| length)
        .max()
        .unwrap_or(0)
}

/// How many of the first signs lie beside one another on a row.
fn along(text: &[char], row: impl Iterator<Item = char>) -> usize {
    let row: Vec<char> = row.collect();
    let from = |start: usize| text.iter().zip(row.iter().skip(start)).take_while(|(typed, key)| typed == key).count();
    (0..row.len()).map(from).max().unwrap_or(0)
}

/// Four digits from 1900 to 2099.
fn year(text: &[char]) -> usize {
    let is_year =
        matches!(text, ['1', '9', a, b, ..] | ['2', '0', a, b, ..] if a.is_ascii_digit() && b.is_ascii_digit());
    if is_year { 4 } else { 0 }
}

/// The longest of the words that it begins with.
fn named(text: &[char], words: &[Vec<char>]) -> usize {
    words.iter().filter(|word| text.starts_with(word)).map(Vec::len).max().unwrap_or(0)
}

/// Without digits and the commonest signs at both ends.
fn undecorated(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_ascii_digit() || "!?.,;:*-_ #+=/".contains(c))
}

/// `p@ssw0rd` as `password`.
fn read_as_letters(text: &str) -> String {
    let letter = |c| match c {
        '0' => 'o',
        '1' | '!' | '|' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        other => other,
    };
    text.chars().map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn common(text: &str) -> bool {
        let names = ["Collège des Tilleuls", "Saint-Œuf-sur-Loire", "L’Échelotte"];
        is_common(&Password::typed(text).expect("a password"), &names)
    }

    #[test]
    fn pol_03_what_is_guessed_first_is_common_however_it_is_dressed_up() {
        for guessed in [
            "motdepasse",
            "MotDePasse",
            "Motdepasse2024!",
            "p@ssw0rd",
            "P@ssw0rd2026",
            "Marseille13",
            "soleil-2009",
            "Chocolat!!",
            "camille12345",
            "doudoudoudou",
            "!!Soleil!!",
            "Sol3il2024",
            "jetaime1234567",
            "Azerty-123456",
        ] {
            assert!(common(guessed), "{guessed}");
        }
    }

    #[test]
    fn pol_03_rows_of_keys_are_common_on_three_keyboards_and_both_ways() {
        for walked in [
            "azertyuiop",
            "poiuytreza",
            "qsdfghjklm",
            "wxcvbn123456",
            "qwertyuiop",
            "qwertzuiop",
            "yxcvbnm789",
            "azertyqsdfgh",
            "1234567890123456",
            "9876543210987654",
            "&é\"'(-è_çà",
            "aaaaaaaaaaaa",
            "abcdefghijkl",
            "1q2w3e4r5t6y",
            "azer1234qsdf",
            "111222333444",
            "abcabcabcabc",
        ] {
            assert!(common(walked), "{walked}");
        }
    }

    #[test]
    fn pol_03_the_school_the_town_and_a_year_are_common() {
        for known in [
            "Tilleuls2026!",
            "collegedestilleuls",
            "College des Tilleuls 1",
            "SAINTŒUF2024",
            "Échelotte-2010",
            "20242025",
        ] {
            assert!(common(known), "{known}");
        }
    }

    #[test]
    fn a_sentence_and_what_nobody_guesses_are_fine() {
        for fine in [
            "étoile 4 lune",
            "soleil lune cheval",
            "correct horse battery",
            "7391846205738194",
            "kT9$wq2Lm",
            "vélo bleu du mardi",
            "les tilleuls sentent bon",
            "Grenouille verte 9",
            "xkcdmzprtwo",
        ] {
            assert!(!common(fine), "{fine}");
        }
    }
}
