//! Writes a network into the store. Who is there already is left as they are, so the same network twice changes nothing
//! and a larger one adds.

use std::collections::HashSet;

use crate::{
    domain::{Account, AccountChange, AccountId, Actor, Credential, Fault, Person, PersonId, Presence},
    policy::{IdentifierRule, Identifiers},
    store::{Db, Tx, accounts, roster},
};

use super::{SchoolNetwork, Unit};

/// Units in one transaction: about 500 people.
const UNITS_AT_ONCE: usize = 160;

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seeded {
    /// People that were added.
    pub added: usize,
    /// People that were there already.
    pub kept: usize,
}

/// Writes the network: schools and classes first, then people with their accounts, none of which has a password.
///
/// # Errors
/// The engine did not answer, or something of the network (a school's code, a pupil number) belongs to somebody else.
pub async fn write(db: &Db, network: &SchoolNetwork, by: &Actor) -> Result<Seeded, Fault> {
    write_schools(db, network).await?;
    let holders = accounts::list_holders(db).await?;
    let known: HashSet<PersonId> = holders.iter().map(|(person_id, _)| person_id.clone()).collect();
    let taken = holders.into_iter().map(|(_, folded)| folded);
    let mut identifiers = Identifiers::new(IdentifierRule::GivenFamily, taken);
    let mut added = 0;
    for units in network.units.chunks(UNITS_AT_ONCE) {
        if units.iter().flat_map(|unit| &unit.people).all(|person| known.contains(&person.id)) {
            continue;
        }
        let mut tx = db.begin().await?;
        for unit in units {
            for person in unit.people.iter().filter(|person| !known.contains(&person.id)) {
                add(&mut tx, person, by, &mut identifiers).await?;
                added += 1;
            }
            relate(&mut tx, unit, &known).await?;
        }
        tx.commit().await?;
    }
    Ok(Seeded { added, kept: network.people().count() - added })
}

/// Writes schools and classes that are not there yet, so that people can be put in them.
///
/// # Errors
/// The engine did not answer, or a school's code belongs to another school.
pub async fn write_schools(db: &Db, network: &SchoolNetwork) -> Result<(), Fault> {
    let known: HashSet<_> = roster::list_establishments(db).await?.into_iter().map(|school| school.id).collect();
    let missing: Vec<_> = network.schools.iter().filter(|school| !known.contains(&school.id)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let mut tx = db.begin().await?;
    for school in missing {
        roster::put_establishment(&mut tx, school).await.map_err(|error| {
            Fault::new(format!("the school {} can't be added: {error}", school.code))
                .remedy("another seed may have made this network: use the same --seed, or an empty database")
        })?;
        for class in network.classes.iter().filter(|class| class.establishment_id == school.id) {
            roster::put_group(&mut tx, class).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}

/// A person and an account that nothing opens yet: a letter makes the password when it is printed.
async fn add(tx: &mut Tx, person: &Person, by: &Actor, identifiers: &mut Identifiers) -> Result<(), Fault> {
    // By the rule of the names alone: the same network is the same for every configuration.
    let identifier = identifiers.next(&person.given_name, &person.family_name, |_, _| person.id.to_string());
    roster::put_person(tx, person, &serde_json::Map::new(), by.now).await?;
    let account = Account {
        // A made-up person's account is as made-up as the person: the same name tells both.
        id: AccountId::new(format!("a{}", person.id)),
        person_id: person.id.clone(),
        identifier,
        email: None,
        credential: Credential::None,
        suspension: None,
        presence: Presence::OnRoster,
        language: "fr".into(),
        valid_since: by.now,
    };
    accounts::apply(tx, by, AccountChange::Created { account: Box::new(account) }).await?;
    Ok(())
}

async fn relate(tx: &mut Tx, unit: &Unit, known: &HashSet<PersonId>) -> Result<(), Fault> {
    for place in unit.places.iter().filter(|place| !known.contains(&place.person_id)) {
        roster::put_affiliation(tx, place).await?;
    }
    for (person, class, role) in unit.memberships.iter().filter(|(person, _, _)| !known.contains(person)) {
        roster::put_membership(tx, person, class, *role).await?;
    }
    for bond in unit.bonds.iter().filter(|bond| !known.contains(&bond.guardian_id)) {
        roster::put_guardianship(tx, bond).await?;
    }
    Ok(())
}
