use std::collections::{HashMap, HashSet};

use super::*;
use crate::{
    domain::{Actor, Function, Instant, Profile, Standing},
    policy::pupil_number_fits,
    store::{Db, Opening, accounts},
};

fn everybody(network: &SchoolNetwork) -> HashMap<&PersonId, &Person> {
    network.people().map(|person| (&person.id, person)).collect()
}

#[test]
fn the_same_seed_makes_the_same_network_and_another_another() {
    let network = SchoolNetwork::made_up(300, 7);
    assert_eq!(network, SchoolNetwork::made_up(300, 7));
    let ids: HashSet<_> = network.people().map(|person| person.id.clone()).collect();
    assert!(SchoolNetwork::made_up(300, 8).people().all(|person| !ids.contains(&person.id)));
}

#[test]
fn a_network_has_exactly_the_people_asked_for() {
    for people in [0, 1, 2, 7, 99, 2_000, 2_001, 5_000] {
        assert_eq!(SchoolNetwork::made_up(people, 1).people().count(), people);
    }
    assert_eq!(SchoolNetwork::made_up(PEOPLE, SEED).schools.len(), 4);
}

#[test]
fn the_network_has_all_kinds_of_families() {
    let network = SchoolNetwork::made_up(PEOPLE, SEED);
    let people = everybody(&network);
    let (mut sizes, mut one_address, mut apart, mut barred, mut teachers) = (HashSet::new(), 0, 0, 0, 0);
    let mut schools_of_one_family = HashSet::new();
    for unit in network.units.iter().filter(|unit| !unit.bonds.is_empty()) {
        let legal: Vec<_> = unit.bonds.iter().filter(|bond| bond.standing == Standing::Legal).collect();
        let parents: HashSet<_> = legal.iter().map(|bond| &bond.guardian_id).collect();
        let children: HashSet<_> = legal.iter().map(|bond| &bond.pupil_id).collect();
        sizes.insert(children.len());
        let emails: Vec<_> = parents.iter().filter_map(|id| people[*id].email.as_ref()).collect();
        let homes: HashSet<_> = parents.iter().map(|id| &people[*id].civic_number).collect();
        one_address += usize::from(emails.len() == 2 && emails[0] == emails[1]);
        apart += usize::from(homes.len() == 2 && (emails.len() < 2 || emails[0] != emails[1]));
        barred += unit.bonds.iter().filter(|bond| bond.standing == Standing::Barred).count();
        let is_staff = |place: &&Affiliation| place.profile.is_staff() && parents.contains(&place.person_id);
        teachers += unit.places.iter().filter(is_staff).count();
        let schools: HashSet<_> =
            unit.places.iter().filter(|place| place.profile == Profile::Pupil).map(|p| &p.establishment_id).collect();
        schools_of_one_family.insert(schools.len());
    }
    assert_eq!(sizes, HashSet::from([1, 2, 3, 4]));
    assert!(schools_of_one_family.contains(&2) && schools_of_one_family.contains(&3));
    for (count, what) in [(one_address, "one address"), (apart, "apart"), (barred, "barred"), (teachers, "teachers")] {
        assert!(count >= 5, "{what}: {count}");
    }
    let names: Vec<_> = network.people().map(Person::sort_name).collect();
    assert!(names.len() - names.iter().collect::<HashSet<_>>().len() >= 10, "namesakes");
    let places: Vec<_> = network.units.iter().flat_map(|unit| &unit.places).collect();
    for profile in Profile::ALL {
        assert!(places.iter().any(|place| place.profile == profile), "{profile:?}");
    }
    assert!(places.iter().filter(|place| place.function == Some(Function::Head)).count() == 4);
}

#[test]
fn pupils_are_of_the_age_of_their_class() {
    let network = SchoolNetwork::made_up(PEOPLE, SEED);
    let people = everybody(&network);
    let levels: HashMap<_, _> = network.classes.iter().map(|class| (&class.id, class.level.as_str())).collect();
    let pupils =
        network.units.iter().flat_map(|unit| &unit.memberships).filter(|(_, _, role)| *role == Membership::Pupil);
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for (person, class, _) in pupils {
        let born: i64 = people[person].birth_date.as_ref().expect("a birth date")[..4].parse().expect("a year");
        let age = schools::YEAR - born;
        let usual = match levels[class] {
            "CP" => 6,
            "CM2" => 10,
            "6e" => 11,
            "Tle" | "12e année" => 17,
            _ => continue,
        };
        assert!((usual..=usual + 1).contains(&age), "{age} in {}", levels[class]);
        *counts.entry(levels[class]).or_default() += 1;
    }
    assert_eq!(counts.len(), 5, "{counts:?}");
}

#[test]
fn prv_02_pupil_numbers_are_unique_and_of_their_countrys_shape() {
    let network = SchoolNetwork::made_up(5_000, SEED);
    let countries: HashMap<_, _> = network.schools.iter().map(|school| (&school.id, school.country.as_str())).collect();
    let people = everybody(&network);
    let mut seen = HashSet::new();
    for place in network.units.iter().flat_map(|unit| &unit.places).filter(|place| place.profile == Profile::Pupil) {
        let number = people[&place.person_id].pupil_number.as_deref().expect("a pupil number");
        assert!(pupil_number_fits(countries[&place.establishment_id], number), "{number}");
        assert!(seen.insert(number), "{number} twice");
    }
}

#[test]
fn nobodys_address_is_anybodys() {
    for person in SchoolNetwork::made_up(PEOPLE, SEED).people() {
        if let Some(email) = &person.email {
            let domain = email.as_str().rsplit('@').next().expect("a domain");
            assert!(["example.org", "example.net"].contains(&domain) || domain.ends_with(".example"), "{domain}");
        }
        if let Some(phone) = &person.phone {
            assert!(phone.starts_with("+3363998") || phone.starts_with("+190255501"), "{phone}");
        }
    }
}

#[tokio::test]
async fn writing_twice_changes_nothing_and_a_larger_network_adds() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite:{}", folder.path().join("seed.db").display());
    let db = Db::open(&url, Opening::Migrate).await.expect("a database");
    let first = Actor::command(Instant::from_seconds(1_790_000_000));
    let later = Actor::command(Instant::from_seconds(1_790_000_100));
    let network = SchoolNetwork::made_up(400, SEED);
    let started = std::time::Instant::now();
    assert_eq!(write(&db, &network, &first).await.expect("written"), Seeded { added: 400, kept: 0 });
    println!("400 people in {:?}", started.elapsed());
    let before = accounts::list_holders(&db).await.expect("holders");
    assert_eq!(write(&db, &network, &later).await.expect("written"), Seeded { added: 0, kept: 400 });
    assert_eq!(accounts::list_holders(&db).await.expect("holders"), before);
    let larger = write(&db, &SchoolNetwork::made_up(500, SEED), &later).await.expect("written");
    assert!(larger.kept >= 395 && larger.added + larger.kept == 500, "{larger:?}");
    db.close().await;
}
