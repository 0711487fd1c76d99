//! Who works in the schools: heads first, then teachers, and between them everybody else whom a school has.

use crate::domain::{Affiliation, EstablishmentKind, Function, Membership, Person, Profile};

use super::{
    Unit,
    draw::{Draw, Taken},
    household::adult,
    schools::{Block, School},
};

/// What the n-th member of staff of a school does. The first eight are what every school has; then teachers, mostly.
fn job(nth: u64, school: &School) -> (Profile, Option<Function>) {
    let national = profile_of(school);
    match nth {
        0 => (national, Some(Function::Head)),
        1 | 2 | 4 => (national, Some(Function::Teacher)),
        // The local administrators: an outsider with a hat, or somebody of the office.
        3 => (Profile::Guest, None),
        5 => (national, Some(Function::SchoolStaff)),
        6 => (Profile::LocalAuthorityStaff, Some(Function::LocalAuthority)),
        7 => (national, Some(Function::Librarian)),
        8 => (national, Some(Function::SchoolLife)),
        nth if nth.is_multiple_of(11) => (national, Some(Function::SchoolLife)),
        nth if nth.is_multiple_of(13) => (Profile::LocalAuthorityStaff, Some(Function::SchoolStaff)),
        nth if nth.is_multiple_of(17) => (national, Some(Function::Academic)),
        _ => (national, Some(Function::Teacher)),
    }
}

/// The profile of a teacher there: of agricultural education in the agricultural lycée.
pub(super) const fn profile_of(school: &School) -> Profile {
    match school.establishment.kind {
        EstablishmentKind::UpperSecondary if matches!(school.country, super::schools::Country::France) => {
            Profile::AgriculturalStaff
        }
        _ => Profile::NationalStaff,
    }
}

/// The n-th member of staff of a block.
pub(super) fn member(draw: &Draw, block: &Block, nth: u64, taken: &mut Taken) -> Unit {
    let Some(school) = block.school(nth) else { return Unit::default() };
    let nth = nth / 4;
    let (profile, function) = job(nth, school);
    let mut person = adult(draw, school.country);
    person.birth_date = Some(draw.birth_date(draw.between(1962, 2002)));
    person.email = taken.email(&person, school.domain);
    let mut unit = Unit::default();
    if function == Some(Function::Teacher) {
        teach(draw, &person, school, nth, &mut unit);
    }
    unit.places.push(place(&person, profile, school, function));
    // A few serve in two schools; what they do there is the same.
    if let Some(other) = block.school(nth + block.number() + 1)
        && draw.percent(8)
        && other.country == school.country
        && other.establishment.id != school.establishment.id
    {
        unit.places.push(place(&person, profile, other, function));
    }
    unit.people.push(person);
    unit
}

/// Somebody of the office, to fill the network up to its size.
pub(super) fn filler(draw: &Draw, block: &Block, taken: &mut Taken) -> Unit {
    let Some(school) = block.school(0) else { return Unit::default() };
    let mut person = adult(draw, school.country);
    person.email = taken.email(&person, school.domain);
    let places = vec![place(&person, Profile::NationalStaff, school, Some(Function::SchoolStaff))];
    Unit { people: vec![person], places, ..Unit::default() }
}

/// Three classes each, and one of them as main teacher as long as one is free.
fn teach(draw: &Draw, person: &Person, school: &School, nth: u64, unit: &mut Unit) {
    let count = school.classes.len();
    let own = usize::try_from(nth).ok().filter(|nth| *nth < count);
    let mut places: Vec<usize> = own.into_iter().chain((0..3).map(|_| draw.below(count))).collect();
    places.sort_unstable();
    places.dedup();
    for place in places {
        let Some(class) = school.classes.get(place) else { continue };
        let role = if Some(place) == own { Membership::MainTeacher } else { Membership::Teacher };
        unit.memberships.push((person.id.clone(), class.group.id.clone(), role));
    }
}

fn place(person: &Person, profile: Profile, school: &School, function: Option<Function>) -> Affiliation {
    Affiliation { person_id: person.id.clone(), profile, establishment_id: school.establishment.id.clone(), function }
}
