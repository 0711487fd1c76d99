//! How an identifier is made from a name: `prenom.nom` in small ASCII letters, numbered from 2 where it is taken
//! (rows PRV-04, PRV-08). Made once and kept for life: a corrected name does not change it.

use any_ascii::any_ascii;

use crate::domain::Identifier;

/// The most characters of a given name, or of a family name, that enter an identifier: it is typed on a phone.
const MOST_CHARACTERS: usize = 30;
/// For somebody of whose name no letter can be written in ASCII.
const NAMELESS: &str = "personne";

/// The identifier of somebody of that name: the first of `prenom.nom`, `prenom.nom2`, `prenom.nom3`… that is not taken.
/// It has small letters, digits, hyphens and one dot at the most, so it never looks like an e-mail address and folds to itself.
#[must_use]
pub fn identifier_for(given_name: &str, family_name: &str, is_taken: impl Fn(&str) -> bool) -> Identifier {
    let base = plain_identifier(given_name, family_name);
    let mut candidate = base.clone();
    let mut number: u64 = 2;
    while is_taken(&candidate) {
        candidate = format!("{base}{number}");
        number += 1;
    }
    Identifier::new(&candidate)
}

/// `prenom.nom` as it is before anybody else has it; a single name stands alone.
#[must_use]
pub fn plain_identifier(given_name: &str, family_name: &str) -> String {
    let parts: Vec<String> =
        [given_name, family_name].into_iter().map(written).filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { NAMELESS.to_owned() } else { parts.join(".") }
}

/// A name in small ASCII letters and digits. Hyphens stay between letters; blanks, apostrophes and everything else go.
fn written(name: &str) -> String {
    let ascii = any_ascii(name).to_ascii_lowercase();
    let kept: String = ascii.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    let joined = kept.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    joined.chars().take(MOST_CHARACTERS).collect::<String>().trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(given_name: &str, family_name: &str) -> String {
        identifier_for(given_name, family_name, |_| false).to_string()
    }

    #[test]
    fn prv_08_every_name_makes_a_valid_identifier() {
        for (given_name, family_name, expected) in [
            ("Françoise", "Lefèvre", "francoise.lefevre"),
            ("Cœline", "Œuvrard", "coeline.oeuvrard"),
            ("Łukasz", "Wałęsa-Łącki", "lukasz.walesa-lacki"),
            ("Jürgen", "Weiß", "jurgen.weiss"),
            ("Marie-Ève", "D’Amours", "marie-eve.damours"),
            ("Marie - Ève", "L'Écuyer", "marie-eve.lecuyer"),
            ("Jean de Dieu", "de La Tour", "jeandedieu.delatour"),
            ("Thị", "Nguyễn", "thi.nguyen"),
            ("", "Sukarno", "sukarno"),
            ("Zoé", "", "zoe"),
            ("", "", "personne"),
            ("-", "’", "personne"),
            ("Søren", "Ægir‑Þór", "soren.aegir-thor"),
        ] {
            assert_eq!(of(given_name, family_name), expected);
        }
    }

    #[test]
    fn prv_08_a_name_of_60_characters_stays_typeable() {
        let long = of(&"Maximilien-".repeat(6), &"Montgolfier ".repeat(5));
        assert!(long.len() <= 2 * MOST_CHARACTERS + 1, "{long}");
        assert_eq!(long, "maximilien-maximilien-maximili.montgolfiermontgolfiermontgolf");
        assert_eq!(of("Maximilien-Maximilien-Anastase-Éloi", "Roy"), "maximilien-maximilien-anastase.roy");
    }

    #[test]
    fn prv_08_whatever_the_name_the_identifier_is_ascii_and_folds_to_itself() {
        for name in ["李明", "Наталья", "محمد", "ç œ ł ß ’ -", "😀", "a@b.c", "\u{202e}Zoé\u{a0}"]
        {
            let identifier = identifier_for(name, name, |_| false);
            let fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '.' || c == '-';
            assert!(!identifier.as_str().is_empty() && identifier.as_str().chars().all(fine), "{name}: {identifier}");
            assert_eq!(identifier.folded(), identifier.as_str());
        }
    }

    #[test]
    fn namesakes_are_numbered_from_two_and_each_is_unique() {
        let mut taken: Vec<String> = Vec::new();
        for expected in ["lea.roy", "lea.roy2", "lea.roy3"] {
            let identifier = identifier_for("Léa", "Roy", |text| taken.iter().any(|known| known == text));
            assert_eq!(identifier.as_str(), expected);
            taken.push(identifier.to_string());
        }
    }
}
