//! Whether two rows of the roster may be one person: asked before a second letter is added to an account.

use crate::domain::{Person, Profile, fold_name};

/// Whether two people may be one: every word of the shorter name stands in the longer one, birth dates agree where both are
/// known, and pupils are pupils only. Roster rows differ in second given names and married names; whoever they keep apart
/// is sent to the school.
#[must_use]
pub fn may_be_one((one, its): (&Person, &[Profile]), (other, theirs): (&Person, &[Profile])) -> bool {
    let is_pupil = |profiles: &[Profile]| profiles.contains(&Profile::Pupil);
    let born_alike = match (&one.birth_date, &other.birth_date) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    };
    is_pupil(its) == is_pupil(theirs) && born_alike && names_agree(one, other)
}

fn names_agree(one: &Person, other: &Person) -> bool {
    let words = |name: &str| -> Vec<String> {
        name.split(|sign: char| !sign.is_alphanumeric()).map(fold_name).filter(|word| !word.is_empty()).collect()
    };
    let within = |few: &[String], many: &[String]| !few.is_empty() && few.iter().all(|word| many.contains(word));
    let agree = |one: &str, other: &str| {
        let (one, other) = (words(one), words(other));
        within(&one, &other) || within(&other, &one) || (one.is_empty() && other.is_empty())
    };
    agree(&one.given_name, &other.given_name) && agree(&one.family_name, &other.family_name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::PersonId;

    fn person(given_name: &str, family_name: &str, birth_date: Option<&str>) -> Person {
        Person {
            id: PersonId::new("x"),
            family_name: family_name.into(),
            given_name: given_name.into(),
            birth_date: birth_date.map(str::to_owned),
            email: None,
            phone: None,
            civic_number: None,
            join_key: None,
            pupil_number: None,
        }
    }

    #[test]
    fn act_22_names_that_a_roster_writes_differently_are_one_and_others_are_not() {
        const PARENT: &[Profile] = &[Profile::Parent];
        for (one, other, is_one) in [
            (("Nadia", "Roux"), ("NADIA", "ROUX"), true),
            (("Nadia", "Roux"), ("Nadia", "Roux-Diallo"), true),
            (("Nadia Marie", "Roux"), ("Nadia", "Roux"), true),
            (("Zoé", "Lefèvre"), ("Zoe", "LEFEVRE"), true),
            (("Nadia", "Roux"), ("Karim", "Roux"), false),
            (("Nadia", "Roux"), ("Nadia", "Moreau"), false),
            (("Nadia", "Roux"), ("", "Roux"), false),
            (("", "Roux"), ("", "Roux"), true),
        ] {
            let (one, other) = (person(one.0, one.1, None), person(other.0, other.1, None));
            assert_eq!(may_be_one((&one, PARENT), (&other, PARENT)), is_one, "{one:?} {other:?}");
        }
    }

    #[test]
    fn act_22_a_father_and_a_son_of_one_name_stay_two() {
        let (father, son) = (person("Paul", "Roux", Some("1980-01-02")), person("Paul", "Roux", Some("2012-03-04")));
        assert!(!may_be_one((&father, &[Profile::Parent]), (&son, &[Profile::Parent])), "born on different days");
        let unknown = person("Paul", "Roux", None);
        assert!(!may_be_one((&unknown, &[Profile::Parent]), (&unknown, &[Profile::Pupil])), "pupils are pupils only");
        assert!(may_be_one((&unknown, &[Profile::Parent]), (&unknown, &[Profile::NationalStaff])));
        assert!(may_be_one((&unknown, &[Profile::Pupil]), (&unknown, &[Profile::Pupil])));
    }
}
