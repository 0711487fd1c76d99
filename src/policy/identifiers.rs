//! How an identifier is made from a name: `prenom.nom` in small ASCII letters, numbered from 2 where it is taken
//! (rows PRV-04, PRV-08). Made once and kept for life: a corrected name does not change it.

use std::collections::HashSet;

use any_ascii::any_ascii;

use crate::domain::Identifier;

use super::HANDED_SIGNS;

/// The most characters of a given name, or of a family name, that enter an identifier: it is typed on a phone.
const MOST_CHARACTERS: usize = 30;
/// For somebody of whose name no letter can be written in ASCII.
const NAMELESS: &str = "personne";
/// How many signs an identifier has that says nothing: 35 bits.
const LENGTH: usize = 8;

/// The rule by which identifiers are made (`identifiers.rule`). One dot stands between the parts; the hyphens of a name
/// stay, its blanks and apostrophes go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub enum IdentifierRule {
    /// `nadia.roux`
    #[default]
    #[serde(rename = "given.family")]
    GivenFamily,
    /// `n.roux`
    #[serde(rename = "g.family")]
    InitialFamily,
    /// `roux.nadia`
    #[serde(rename = "family.given")]
    FamilyGiven,
    /// `k7m4hr2x`: says nothing of the person.
    #[serde(rename = "opaque")]
    Opaque,
}

/// Gives identifiers by a rule, never one twice.
#[derive(Clone, Debug)]
pub struct Identifiers {
    rule: IdentifierRule,
    taken: HashSet<String>,
}

impl Identifiers {
    /// Beside those that are taken, in their folded form.
    pub fn new(rule: IdentifierRule, taken: impl IntoIterator<Item = String>) -> Self {
        Self { rule, taken: taken.into_iter().collect() }
    }

    /// Keeps an identifier that was given elsewhere: imported ones stay as they are.
    pub fn keep(&mut self, identifier: &Identifier) {
        self.taken.insert(identifier.folded());
    }

    /// The identifier of somebody of that name: the first of `prenom.nom`, `prenom.nom2`, `prenom.nom3`… that is free.
    /// `drawn` gives so many signs of an alphabet by chance. It has small letters, digits, hyphens and one dot at the
    /// most, so it never looks like an e-mail address and folds to itself.
    pub fn next(&mut self, given_name: &str, family_name: &str, drawn: impl Fn(&str, usize) -> String) -> Identifier {
        let base = match self.rule {
            IdentifierRule::Opaque => None,
            rule => Some(plain(rule, given_name, family_name)),
        };
        let mut number: u64 = 1;
        let free = loop {
            let candidate = match &base {
                None => drawn(HANDED_SIGNS, LENGTH),
                Some(base) if number == 1 => base.clone(),
                Some(base) => format!("{base}{number}"),
            };
            if self.taken.insert(candidate.clone()) {
                break candidate;
            }
            number += 1;
        };
        Identifier::new(&free)
    }
}

/// `prenom.nom` as it is before anybody else has it; a single name stands alone.
#[must_use]
pub fn plain_identifier(given_name: &str, family_name: &str) -> String {
    plain(IdentifierRule::GivenFamily, given_name, family_name)
}

fn plain(rule: IdentifierRule, given_name: &str, family_name: &str) -> String {
    let (given, family) = (written(given_name), written(family_name));
    let given = match rule {
        IdentifierRule::InitialFamily if !family.is_empty() => given.chars().take(1).collect(),
        _ => given,
    };
    let parts = if rule == IdentifierRule::FamilyGiven { [family, given] } else { [given, family] };
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
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

    fn next(identifiers: &mut Identifiers, given_name: &str, family_name: &str) -> String {
        let drawn = |signs: &str, length| signs.chars().take(1).collect::<String>().repeat(length);
        identifiers.next(given_name, family_name, drawn).to_string()
    }

    fn of(given_name: &str, family_name: &str) -> String {
        next(&mut Identifiers::new(IdentifierRule::GivenFamily, []), given_name, family_name)
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
            let identifier = Identifier::new(&of(name, name));
            let fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '.' || c == '-';
            assert!(!identifier.as_str().is_empty() && identifier.as_str().chars().all(fine), "{name}: {identifier}");
            assert_eq!(identifier.folded(), identifier.as_str());
        }
    }

    #[test]
    fn prv_04_namesakes_get_the_smallest_free_number_from_two() {
        let mut identifiers = Identifiers::new(IdentifierRule::GivenFamily, ["lea.roy3".to_owned()]);
        identifiers.keep(&Identifier::new("LEA.ROY4"));
        let given: Vec<String> = (0..4).map(|_| next(&mut identifiers, "Léa", "Roy")).collect();
        assert_eq!(given, ["lea.roy", "lea.roy2", "lea.roy5", "lea.roy6"]);
    }

    #[test]
    fn prv_04_the_rule_is_a_setting() {
        let by = |rule| next(&mut Identifiers::new(rule, []), "Marie-Ève", "D’Amours");
        assert_eq!(by(IdentifierRule::GivenFamily), "marie-eve.damours");
        assert_eq!(by(IdentifierRule::InitialFamily), "m.damours");
        assert_eq!(by(IdentifierRule::FamilyGiven), "damours.marie-eve");
        assert_eq!(by(IdentifierRule::Opaque), "cccccccc");
        assert_eq!(next(&mut Identifiers::new(IdentifierRule::InitialFamily, []), "Zoé", ""), "zoe");
    }

    #[test]
    fn an_opaque_identifier_that_is_taken_is_drawn_again() {
        let mut identifiers = Identifiers::new(IdentifierRule::Opaque, ["first".to_owned()]);
        let count = std::cell::Cell::new(0);
        let drawn = |_: &str, _: usize| {
            count.set(count.get() + 1);
            if count.get() == 1 { "first".to_owned() } else { "second".to_owned() }
        };
        assert_eq!(identifiers.next("Léa", "Roy", drawn).as_str(), "second");
    }
}
