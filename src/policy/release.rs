//! What services learn: the one place that makes claims of facts, for OpenID Connect and CAS alike.
//!
//! A claim says nothing where the fact is missing: no empty text, no null (OpenID Connect Core §5.3.2).

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::domain::{ChildFact, Claim, Facts, Function, PersonId, Profile, SubjectId};

/// The claims that a scope stands for (OpenID Connect Core §5.4; `school` is our own). Unknown scopes stand for none.
#[must_use]
pub fn claims_of_scope(scope: &str) -> &'static [Claim] {
    match scope {
        "openid" => &[Claim::Subject],
        "profile" => &[
            Claim::Name,
            Claim::FamilyName,
            Claim::GivenName,
            Claim::MiddleName,
            Claim::Nickname,
            Claim::PreferredUsername,
            Claim::ProfilePage,
            Claim::Picture,
            Claim::Website,
            Claim::Gender,
            Claim::Birthdate,
            Claim::Zoneinfo,
            Claim::Locale,
            Claim::UpdatedAt,
        ],
        "email" => &[Claim::Email, Claim::EmailVerified],
        "address" => &[Claim::Address],
        "phone" => &[Claim::PhoneNumber, Claim::PhoneNumberVerified],
        "school" => &[
            Claim::Profiles,
            Claim::NationalProfiles,
            Claim::NumericProfiles,
            Claim::Functions,
            Claim::Establishments,
            Claim::EstablishmentCodes,
            Claim::Classes,
            Claim::ClassNames,
            Claim::Levels,
            Claim::Children,
            Claim::ChildrenNames,
            Claim::ChildrenIdentifiers,
        ],
        _ => &[],
    }
}

/// The scopes of OpenID Connect that stand for claims: a claim of one of them waits for its scope. All other claims are
/// the school's own: what a service's file names of them comes with `openid`.
pub const STANDARD_SCOPES: [&str; 4] = ["profile", "email", "address", "phone"];

/// The claims that a request with these scopes may learn at `UserInfo`, of those that the service's registration releases.
#[must_use]
pub fn granted(released: &BTreeSet<Claim>, scopes: &[&str]) -> BTreeSet<Claim> {
    let asked = |claim: &Claim| scopes.iter().any(|scope| claims_of_scope(scope).contains(claim));
    let is_standard = |claim: &Claim| STANDARD_SCOPES.iter().any(|scope| claims_of_scope(scope).contains(claim));
    released.iter().copied().filter(|claim| asked(claim) || !is_standard(claim)).collect()
}

/// What a claim says of a person; nothing where the fact is missing. `subject` is the one of the service's sector.
#[must_use]
pub fn value(claim: Claim, facts: &Facts, subject: Option<&SubjectId>) -> Option<Value> {
    let said = match claim {
        Claim::Subject => return subject.map(|subject| json!(subject)),
        Claim::Identifier | Claim::PreferredUsername => json!(facts.account.identifier),
        Claim::Name => json!(facts.person.full_name()),
        Claim::GivenName => json!(facts.person.given_name),
        Claim::FamilyName => json!(facts.person.family_name),
        Claim::Email => json!(facts.account.email.as_ref()?),
        Claim::EmailVerified => json!(facts.account.email.is_some()),
        Claim::Birthdate => json!(facts.person.birth_date.as_ref()?),
        Claim::Locale => json!(facts.account.language),
        Claim::UpdatedAt => json!(facts.updated_at.seconds()),
        Claim::PhoneNumber => json!(facts.person.phone.as_ref()?),
        Claim::Zoneinfo => match detail(facts, claim) {
            Some(zone) => zone,
            None => json!(facts.affiliations.first()?.2.time_zone),
        },
        Claim::JoinKey => json!(facts.person.join_key.as_ref()?),
        Claim::PupilNumber => json!(facts.person.pupil_number.as_ref()?),
        Claim::Children | Claim::ChildrenNames | Claim::ChildrenIdentifiers => children(claim, facts),
        Claim::PhoneNumberVerified => detail(facts, claim).unwrap_or(Value::Bool(false)),
        Claim::MiddleName
        | Claim::Nickname
        | Claim::ProfilePage
        | Claim::Picture
        | Claim::Website
        | Claim::Gender
        | Claim::Address => detail(facts, claim)?,
        of_school => school(of_school, facts),
    };
    let is_empty = match &said {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        _ => false,
    };
    // Whether a number is verified says nothing without the number.
    let is_pointless = (claim == Claim::PhoneNumberVerified && facts.person.phone.is_none())
        || (claim == Claim::EmailVerified && facts.account.email.is_none());
    (!is_empty && !is_pointless).then_some(said)
}

fn detail(facts: &Facts, claim: Claim) -> Option<Value> {
    facts.details.get(claim.name()).cloned()
}

/// What the roster says of schools and classes.
fn school(claim: Claim, facts: &Facts) -> Value {
    let places = &facts.affiliations;
    match claim {
        Claim::Profiles => each(places.iter().map(|(profile, ..)| profile.name().to_owned())),
        Claim::NationalProfiles => each(places.iter().filter_map(|(profile, job, _)| national(*profile, *job)).map(str::to_owned)),
        Claim::NumericProfiles => each(places.iter().filter_map(|(profile, job, _)| numeric(*profile, *job)).map(str::to_owned)),
        Claim::Functions => each(places.iter().filter_map(|(_, job, _)| job.map(|job| job.name().to_owned()))),
        Claim::EstablishmentCodes => each(places.iter().map(|(.., school)| school.code.clone())),
        Claim::Establishments => {
            let mut seen = BTreeSet::new();
            places
                .iter()
                .filter(|(.., school)| seen.insert(&school.code))
                .map(|(.., school)| json!({ "code": school.code, "name": school.name, "kind": school.kind, "town": school.town }))
                .collect()
        }
        Claim::Classes => facts
            .classes
            .iter()
            .map(|class| json!({ "name": class.name, "level": class.level, "kind": class.kind, "role": class.role, "establishment": class.code }))
            .collect(),
        Claim::ClassNames => each(facts.classes.iter().map(|class| class.name.clone())),
        Claim::Levels => each(facts.classes.iter().map(|class| class.level.clone())),
        _ => Value::Null,
    }
}

/// A list without repetition, in the order of the facts.
fn each(texts: impl Iterator<Item = String>) -> Value {
    let mut seen = BTreeSet::new();
    texts.filter(|text| seen.insert(text.clone())).map(Value::String).collect()
}

/// A parent's children: one entry each, with every class.
fn children(claim: Claim, facts: &Facts) -> Value {
    let mut ids = Vec::new();
    for child in &facts.children {
        if !ids.contains(&&child.id) {
            ids.push(&child.id);
        }
    }
    let name = |child: &ChildFact| format!("{} {}", child.given_name, child.family_name).trim().to_owned();
    ids.into_iter()
        .filter_map(|id| {
            let first = of(facts, id).next()?;
            Some(match claim {
                Claim::ChildrenNames => json!(name(first)),
                Claim::ChildrenIdentifiers => json!(first.identifier.as_ref()?),
                _ => {
                    let classes: Vec<Value> = of(facts, id)
                        .filter_map(|child| {
                            Some(json!({
                                "name": child.class.as_ref()?, "level": child.level, "establishment": child.code,
                                "establishment_name": child.school,
                            }))
                        })
                        .collect();
                    json!({
                        "name": name(first), "given_name": first.given_name, "family_name": first.family_name,
                        "identifier": first.identifier, "classes": classes,
                    })
                }
            })
        })
        .collect()
}

/// A child's entries: one for each class.
fn of<'a>(facts: &'a Facts, id: &'a PersonId) -> impl Iterator<Item = &'a ChildFact> {
    facts.children.iter().filter(move |child| child.id == *id)
}

/// SDET's code of today.
const fn national(profile: Profile, job: Option<Function>) -> Option<&'static str> {
    Some(match (profile, job) {
        (Profile::Pupil, _) => "National_ELV",
        (Profile::Parent, _) => "National_TUT",
        (Profile::Guest, None) => return None,
        (_, Some(Function::Teacher)) => "National_ENS",
        (_, Some(Function::Librarian)) => "National_DOC",
        (_, Some(Function::Head)) => "National_DIR",
        (_, Some(Function::SchoolLife)) => "National_EVS",
        (_, Some(Function::Academic)) => "National_ACA",
        (_, Some(Function::LocalAuthority)) | (Profile::LocalAuthorityStaff, None) => "National_COL",
        (_, Some(Function::SchoolStaff) | None) => "National_ETA",
    })
}

/// SDET's old code.
fn numeric(profile: Profile, job: Option<Function>) -> Option<&'static str> {
    Some(match national(profile, job)? {
        "National_ELV" => "National_1",
        "National_TUT" => "National_2",
        "National_ENS" | "National_DOC" => "National_3",
        "National_DIR" | "National_COL" => "National_4",
        "National_EVS" => "National_5",
        "National_ETA" => "National_6",
        _ => "National_7",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn standard_claims_wait_for_their_scope_and_the_schools_own_come_with_openid() {
        let released = BTreeSet::from([Claim::Name, Claim::Email, Claim::Profiles]);
        assert_eq!(granted(&released, &["openid"]), BTreeSet::from([Claim::Profiles]));
        assert_eq!(granted(&released, &["openid", "email"]), BTreeSet::from([Claim::Email, Claim::Profiles]));
        assert_eq!(granted(&BTreeSet::new(), &["openid", "profile", "unknown"]), BTreeSet::new(), "least by default");
    }

    #[test]
    fn both_vocabularies_of_profiles_are_spoken() {
        assert_eq!(national(Profile::NationalStaff, Some(Function::Librarian)), Some("National_DOC"));
        assert_eq!(numeric(Profile::NationalStaff, Some(Function::Librarian)), Some("National_3"));
        assert_eq!(numeric(Profile::Pupil, None), Some("National_1"));
        assert_eq!(national(Profile::Guest, None), None);
    }
}
