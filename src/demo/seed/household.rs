//! Families: one to four children, in different schools; parents together, apart or alone; one address for two; a
//! teacher who is a parent; a father and a son of the same name; an adult whom a court keeps away.

use crate::domain::{Affiliation, Function, Guardianship, Membership, Person, Profile, Standing};

use super::{
    Unit, distinct,
    draw::{Draw, Taken},
    names::{FAMILY_CA, FAMILY_FR, GIVEN_CA, GIVEN_FR},
    schools::{Block, Country, School, YEAR},
};

/// Domains of families' addresses (RFC 2606): nobody's.
const DOMAINS: [&str; 4] = ["example.org", "example.org", "example.net", "courriel.example"];

/// How the adults of a household live.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Life {
    /// Two parents under one roof.
    Together,
    /// Two parents, one address between them.
    OneAddress,
    /// Two homes, two addresses, perhaps a new partner.
    Apart,
    /// One parent.
    Alone,
    /// Together, and one of them teaches in one of the schools.
    Teacher,
    /// Apart, and a court keeps one of them away.
    Barred,
}

impl Life {
    fn drawn(draw: &Draw) -> Self {
        match draw.below(100) {
            0..=46 => Self::Together,
            47..=54 => Self::OneAddress,
            55..=76 => Self::Apart,
            77..=92 => Self::Alone,
            93..=96 => Self::Teacher,
            _ => Self::Barred,
        }
    }
}

/// A whole household.
pub(super) fn household(draw: &Draw, block: &Block, taken: &mut Taken) -> Unit {
    let country = if draw.percent(25) { Country::Canada } else { Country::France };
    let life = Life::drawn(draw);
    let (mut mother, mut father) = (adult(draw, country), adult(draw, country));
    let home = draw.civic_number(country);
    let family_name = children_name(draw, &mother, &father, life);
    let mut unit = Unit::default();
    let mut schools = Vec::new();
    for age in ages(draw, country) {
        let given_name = given_name(draw, country);
        schools.extend(child(draw, (given_name, &family_name, &home), (country, age), (block, taken), &mut unit));
    }
    if draw.percent(2)
        && let Some(eldest) = unit.people.first_mut()
    {
        eldest.given_name.clone_from(&father.given_name);
        father.family_name.clone_from(&eldest.family_name);
    }
    mother.civic_number = Some(home.clone());
    let apart = matches!(life, Life::Apart | Life::Barred);
    father.civic_number = Some(if apart { draw.civic_number(country) } else { home });
    mother.email = address(draw, &mother, taken);
    father.email = if life == Life::OneAddress { mother.email.clone() } else { address(draw, &father, taken) };
    let of_father = if life == Life::Barred { Standing::Barred } else { Standing::Legal };
    if life == Life::Teacher
        && let Some(school) = schools.first().copied()
    {
        mother.email = taken.email(&mother, school.domain);
        teaches(&mother, school, &mut unit);
    }
    let with_partner = life == Life::Apart && draw.percent(25);
    join(mother, Standing::Legal, &schools, &mut unit);
    if life != Life::Alone {
        join(father, of_father, &schools, &mut unit);
    }
    if with_partner {
        let mut partner = adult(draw, country);
        partner.email = address(draw, &partner, taken);
        join(partner, Standing::Contact, &schools, &mut unit);
    }
    unit
}

/// How old the children turn this year, the eldest first; twins now and then.
fn ages(draw: &Draw, country: Country) -> Vec<i64> {
    let (youngest, number) = match country {
        Country::France => (3, draw.below(100)),
        Country::Canada => (5, draw.below(100)),
    };
    let number = match number {
        0..=37 => 1,
        38..=75 => 2,
        76..=92 => 3,
        _ => 4,
    };
    let mut ages = vec![draw.between(youngest, 17)];
    while ages.len() < number {
        let last = ages.last().copied().unwrap_or(youngest);
        let gap = if draw.percent(5) { 0 } else { draw.between(1, 4) };
        ages.push(if last - gap < youngest { last + gap.min(17 - last) } else { last - gap });
    }
    ages
}

/// A child with its place, its class and its number; gives the school.
fn child<'a>(
    draw: &Draw,
    (given_name, family_name, home): (&str, &str, &str),
    (country, age): (Country, i64),
    (block, taken): (&'a Block, &mut Taken),
    unit: &mut Unit,
) -> Option<&'a School> {
    // A year older now and then than the class; never younger than the first one.
    let class_age = if draw.percent(4) { age - 1 } else { age };
    let found = block.class_for(country, class_age, draw).or_else(|| block.class_for(country, age, draw));
    let (school, class) = found?;
    let mut pupil = draw.person(given_name, family_name);
    pupil.birth_date = Some(draw.birth_date(YEAR - age));
    pupil.civic_number = Some(home.to_owned());
    pupil.pupil_number = Some(taken.pupil_number(draw, country));
    pupil.email = match country {
        Country::Canada => taken.email(&pupil, "eleves.cote-verte.example"),
        Country::France => None,
    };
    unit.places.push(Affiliation {
        person_id: pupil.id.clone(),
        profile: Profile::Pupil,
        establishment_id: school.establishment.id.clone(),
        function: None,
    });
    unit.memberships.push((pupil.id.clone(), class.group.id.clone(), Membership::Pupil));
    unit.people.push(pupil);
    Some(school)
}

/// An adult comes in: a parent of every child of the unit, in each of their schools.
fn join(adult: Person, standing: Standing, schools: &[&School], unit: &mut Unit) {
    let pupils: Vec<_> = unit.memberships.iter().filter(|(_, _, role)| *role == Membership::Pupil).collect();
    let bond = |(pupil_id, _, _): &&(crate::domain::PersonId, _, _)| Guardianship {
        guardian_id: adult.id.clone(),
        pupil_id: pupil_id.clone(),
        standing,
    };
    unit.bonds.extend(pupils.iter().map(bond));
    unit.places.extend(distinct(schools.iter().map(|school| school.establishment.id.clone())).into_iter().map(|id| {
        Affiliation { person_id: adult.id.clone(), profile: Profile::Parent, establishment_id: id, function: None }
    }));
    unit.people.push(adult);
}

/// The parent teaches where the eldest child goes to school.
fn teaches(adult: &Person, school: &School, unit: &mut Unit) {
    unit.places.push(Affiliation {
        person_id: adult.id.clone(),
        profile: super::staff::profile_of(school),
        establishment_id: school.establishment.id.clone(),
        function: Some(Function::Teacher),
    });
    if let Some(class) = school.classes.first() {
        unit.memberships.push((adult.id.clone(), class.group.id.clone(), Membership::Teacher));
    }
}

pub(super) fn adult(draw: &Draw, country: Country) -> Person {
    let mut adult = draw.person(given_name(draw, country), family_name(draw, country));
    adult.phone = draw.percent(85).then(|| draw.phone(country));
    adult
}

fn address(draw: &Draw, of: &Person, taken: &mut Taken) -> Option<crate::domain::Email> {
    if draw.percent(90) { taken.email(of, draw.one_of(&DOMAINS)) } else { None }
}

/// One parent's name, the other's, or both with a hyphen.
fn children_name(draw: &Draw, mother: &Person, father: &Person, life: Life) -> String {
    let both = || format!("{}-{}", mother.family_name, father.family_name);
    let is_short = mother.family_name.len() + father.family_name.len() < 24 && !both().contains(' ');
    match draw.below(10) {
        0 | 1 if is_short && life != Life::Alone => both(),
        2..=6 if life != Life::Alone => father.family_name.clone(),
        _ => mother.family_name.clone(),
    }
}

fn given_name(draw: &Draw, country: Country) -> &'static str {
    draw.one_of(if country == Country::France { GIVEN_FR } else { GIVEN_CA })
}

fn family_name(draw: &Draw, country: Country) -> &'static str {
    draw.one_of(if country == Country::France { FAMILY_FR } else { FAMILY_CA })
}
