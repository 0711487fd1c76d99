//! Whether somebody who registers is a guardian whom the roster knows (rows REG-11 to REG-19): pure, and forgiving where
//! families and registers write the same thing differently.

use crate::domain::{EstablishmentId, GuardianClaim, PersonId, Standing, fold, fold_name};

/// What was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registrant {
    /// Given name.
    pub given_name: String,
    /// Family name.
    pub family_name: String,
    /// The youngest child's birth date, ISO 8601.
    pub born: String,
    /// That child's school.
    pub school: EstablishmentId,
    /// Numéro civique du domicile.
    pub civic_number: String,
}

/// Who it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A legal guardian.
    Guardian(PersonId),
    /// A contact without authority, or somebody whom a court keeps away (row REG-19).
    WithoutAuthority(PersonId),
    /// Nobody, whatever it was that did not agree.
    Nobody,
}

/// Compares what was typed with what the roster holds for an address. The child must be the youngest at this network, or any
/// where the portal takes any (row REG-16); of twins, either (row REG-15).
#[must_use]
pub fn registrant(claims: &[GuardianClaim], told: &Registrant, any_child: bool) -> Found {
    let is_them = |claim: &&GuardianClaim| {
        names_agree((&claim.given_name, &claim.family_name), (&told.given_name, &told.family_name))
            && claim.civic_number.as_deref().is_some_and(|known| civic_numbers_agree(known, &told.civic_number))
    };
    let theirs: Vec<&GuardianClaim> = claims.iter().filter(is_them).collect();
    let of = |is_legal: bool| {
        theirs.iter().find(|claim| {
            let siblings = theirs.iter().filter(|other| {
                other.guardian_id == claim.guardian_id && (other.standing == Standing::Legal) == is_legal
            });
            let youngest = siblings.filter_map(|other| other.born.as_deref()).max();
            (claim.standing == Standing::Legal) == is_legal
                && claim.born.as_deref() == Some(told.born.as_str())
                && (any_child || claim.born.as_deref() == youngest)
                && claim.school.as_ref() == Some(&told.school)
        })
    };
    match (of(true), of(false)) {
        (Some(claim), _) => Found::Guardian(claim.guardian_id.clone()),
        (None, Some(claim)) => Found::WithoutAuthority(claim.guardian_id.clone()),
        (None, None) => Found::Nobody,
    }
}

/// Words that belong to a name and come and go.
const PARTICLES: [&str; 21] = [
    "d", "de", "du", "des", "l", "la", "le", "les", "da", "do", "dos", "di", "del", "van", "von", "der", "den", "ter",
    "el", "al", "ben",
];

/// Names agree whatever their case, accents, hyphens, particles and order: every word of the shorter stands in the longer,
/// and one word of each name at least is there (row REG-13).
fn names_agree(known: (&str, &str), typed: (&str, &str)) -> bool {
    let (known_given, known_family) = (words(known.0), words(known.1));
    let known_all: Vec<&String> = known_given.iter().chain(&known_family).collect();
    let (typed_given, typed_family) = (words(typed.0), words(typed.1));
    let typed_all: Vec<&String> = typed_given.iter().chain(&typed_family).collect();
    // "Le Fèvre" and "Lefèvre", "D'Amours" and "Damours": as one word.
    let joined = |given: &str, family: &str| (fold_name(given), fold_name(family));
    let (known_joined, typed_joined) = (joined(known.0, known.1), joined(typed.0, typed.1));
    if known_joined == typed_joined || (known_joined.1.clone(), known_joined.0.clone()) == typed_joined {
        return true;
    }
    let within = |few: &[&String], many: &[&String]| !few.is_empty() && few.iter().all(|word| many.contains(word));
    let names = |part: &[String]| part.is_empty() || part.iter().any(|word| typed_all.contains(&word));
    (within(&typed_all, &known_all) || within(&known_all, &typed_all))
        && names(&known_given)
        && names(&known_family)
        && !typed_family.is_empty()
}

/// The words of a name without its particles; all of them where it has nothing else.
fn words(name: &str) -> Vec<String> {
    let all: Vec<String> =
        name.split(|sign: char| !sign.is_alphanumeric()).map(fold_name).filter(|word| !word.is_empty()).collect();
    let strong: Vec<String> = all.iter().filter(|word| !PARTICLES.contains(&word.as_str())).cloned().collect();
    if strong.is_empty() { all } else { strong }
}

/// Civic numbers agree where number and letter do; a letter or an apartment that one side leaves out is forgiven: `2445`,
/// `2445-A`, `2445 a`, `12 bis`, `3-2445` (apartment 3 of 2445; row REG-14).
fn civic_numbers_agree(known: &str, typed: &str) -> bool {
    match (civic_number(known), civic_number(typed)) {
        (Some(known), Some(typed)) => {
            let forgiven = |one: &str, other: &str| one.is_empty() || other.is_empty() || one == other;
            known.number == typed.number
                && forgiven(&known.letter, &typed.letter)
                && forgiven(&known.apartment, &typed.apartment)
        }
        _ => false,
    }
}

#[derive(Debug, PartialEq, Eq)]
struct CivicNumber {
    number: String,
    letter: String,
    apartment: String,
}

fn civic_number(text: &str) -> Option<CivicNumber> {
    let mut parts: Vec<String> = Vec::new();
    let mut before = ' ';
    for sign in fold(text).chars() {
        if sign.is_alphanumeric() {
            let goes_on = before.is_alphanumeric() && before.is_ascii_digit() == sign.is_ascii_digit();
            match parts.last_mut().filter(|_| goes_on) {
                Some(part) => part.push(sign),
                None => parts.push(sign.to_string()),
            }
        }
        before = sign;
    }
    let is_number = |part: &&String| part.starts_with(|sign: char| sign.is_ascii_digit());
    let numbers: Vec<&String> = parts.iter().filter(is_number).collect();
    let letter: String = parts.iter().filter(|part| !is_number(part)).map(String::as_str).collect();
    let plain = |number: &str| number.trim_start_matches('0').to_owned();
    match numbers.as_slice() {
        [number] => Some(CivicNumber { number: plain(number), letter, apartment: String::new() }),
        [apartment, number] => Some(CivicNumber { number: plain(number), letter, apartment: plain(apartment) }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(guardian: &str, names: (&str, &str), born: &str, standing: Standing) -> GuardianClaim {
        GuardianClaim {
            guardian_id: PersonId::new(guardian),
            given_name: names.0.into(),
            family_name: names.1.into(),
            civic_number: Some("2445".into()),
            standing,
            born: Some(born.into()),
            school: Some(EstablishmentId::new("s")),
        }
    }

    fn told(names: (&str, &str), born: &str) -> Registrant {
        Registrant {
            given_name: names.0.into(),
            family_name: names.1.into(),
            born: born.into(),
            school: EstablishmentId::new("s"),
            civic_number: "2445".into(),
        }
    }

    #[test]
    fn reg_13_names_are_forgiven_case_accents_hyphens_particles_and_order() {
        for (known, typed) in [
            (("Élise", "D’Amours"), ("elise", "DAMOURS")),
            (("Élise", "D’Amours"), ("Elise", "d amours")),
            (("Anne-Marie", "Lévesque-Roy"), ("ANNE MARIE", "levesque roy")),
            (("Anne-Marie", "Lévesque-Roy"), ("Anne", "Lévesque")),
            (("Jan", "van der Berg"), ("Jan", "Berg")),
            (("Jan", "van der Berg"), ("Jan", "Vanderberg")),
            (("Paul", "Le Fèvre"), ("Paul", "Lefevre")),
            (("Nadia", "Roux"), ("Roux", "Nadia")),
            (("Cœur", "Œuvre"), ("Coeur", "Oeuvre")),
            (("Marie", "Roux"), ("Anne-Marie", "Le Roux Petit Jean Paul")),
        ] {
            assert!(names_agree(known, typed), "{known:?} {typed:?}");
        }
        for (known, typed) in [
            (("Nadia", "Roux"), ("Nadia", "Rousseau")),
            (("Nadia", "Roux"), ("Karim", "Roux")),
            (("Nadia", "Roux"), ("Nadia", "")),
            (("Nadia", "Roux"), ("", "de")),
        ] {
            assert!(!names_agree(known, typed), "{known:?} {typed:?}");
        }
    }

    #[test]
    fn reg_14_civic_numbers_are_compared_as_people_write_them() {
        for (known, typed) in [
            ("2445", "2445 "),
            ("2445A", "2445-A"),
            ("2445A", "2445 a"),
            ("2445A", "2445"),
            ("12 bis", "12BIS"),
            ("3-2445", "2445"),
            ("3-2445", "3 - 2445"),
            ("2445", "２４４５"),
            ("0012", "12"),
        ] {
            assert!(civic_numbers_agree(known, typed), "{known} {typed}");
        }
        for (known, typed) in
            [("2445", "2446"), ("2445A", "2445B"), ("3-2445", "4-2445"), ("2445", ""), ("2445", "rue")]
        {
            assert!(!civic_numbers_agree(known, typed), "{known} {typed}");
        }
    }

    #[test]
    fn reg_15_reg_16_the_youngest_is_asked_for_and_of_twins_either() {
        let names = ("Nadia", "Roux");
        let claims = [
            claim("nadia", names, "2012-03-01", Standing::Legal),
            claim("nadia", names, "2016-05-09", Standing::Legal),
            claim("nadia", names, "2016-05-09", Standing::Legal),
        ];
        let nadia = Found::Guardian(PersonId::new("nadia"));
        assert_eq!(registrant(&claims, &told(names, "2016-05-09"), false), nadia);
        assert_eq!(registrant(&claims, &told(names, "2012-03-01"), false), Found::Nobody, "an elder child");
        assert_eq!(registrant(&claims, &told(names, "2012-03-01"), true), nadia, "a portal may take any");
        let elsewhere = Registrant { school: EstablishmentId::new("other"), ..told(names, "2016-05-09") };
        assert_eq!(registrant(&claims, &elsewhere, true), Found::Nobody);
    }

    #[test]
    fn reg_19_a_contact_without_authority_is_told_apart_for_the_school_alone() {
        let names = ("Karim", "Roux");
        let claims = [
            claim("karim", names, "2012-03-01", Standing::Legal),
            claim("karim", names, "2016-05-09", Standing::Barred),
        ];
        let barred = Found::WithoutAuthority(PersonId::new("karim"));
        assert_eq!(registrant(&claims, &told(names, "2016-05-09"), false), barred);
        let guardian = Found::Guardian(PersonId::new("karim"));
        assert_eq!(registrant(&claims, &told(names, "2012-03-01"), false), guardian, "the youngest of their own");
    }
}
