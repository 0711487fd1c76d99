//! A made-up school network of any size, the same for the same seed: for the demo, for tests and for measurements.
//!
//! Everything is drawn unit by unit (a household, or a member of staff), each unit from a stream of its own, so that a
//! larger network holds the smaller one of the same seed. Nobody in it has a password, and no name, address, number or
//! domain belongs to anybody: mail domains are those of RFC 2606, telephone numbers those kept for fiction.

mod draw;
mod household;
mod names;
mod schools;
mod staff;
#[cfg(test)]
mod tests;
mod write;

use std::collections::HashSet;

use crate::domain::{Affiliation, Establishment, Group, GroupId, Guardianship, Membership, Person, PersonId};

use draw::{Draw, Taken};
use schools::Block;

pub use write::{Seeded, write, write_schools};

/// How many people there are where nobody says otherwise.
pub const PEOPLE: usize = 2_000;
/// The seed where nobody says otherwise.
pub const SEED: u64 = 1;

/// Households and staff that share four schools: a little over 2,000 people.
const UNITS_IN_BLOCK: u64 = 700;
/// One unit in so many is a member of staff.
const STAFF_EVERY: u64 = 5;
/// Where the units begin that fill the network up to its size with single people.
const FILLERS: u64 = 1 << 40;

/// A network, before it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchoolNetwork {
    /// The schools.
    pub schools: Vec<Establishment>,
    /// Their classes.
    pub classes: Vec<Group>,
    /// Units in an order in which each can be written after those before it.
    pub units: Vec<Unit>,
}

/// A household or a member of staff.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unit {
    /// Who belongs to it, children first.
    pub people: Vec<Person>,
    /// Their places in schools.
    pub places: Vec<Affiliation>,
    /// What they are in classes.
    pub memberships: Vec<(PersonId, GroupId, Membership)>,
    /// What the adults are to the children.
    pub bonds: Vec<Guardianship>,
}

impl SchoolNetwork {
    /// A network of exactly so many people.
    #[must_use]
    pub fn made_up(people: usize, seed: u64) -> Self {
        let (mut network, mut taken) =
            (Self { schools: Vec::new(), classes: Vec::new(), units: Vec::new() }, Taken::default());
        let (mut number, mut count) = (0_u64, 0);
        let mut block = Block::new(seed, 0);
        while count < people {
            if number > 0 && number.is_multiple_of(UNITS_IN_BLOCK) {
                network.take_in(&block);
                block = Block::new(seed, number / UNITS_IN_BLOCK);
            }
            let mut unit = unit(seed, number, &block, &mut taken);
            if count + unit.people.len() > people {
                // What is left is filled with staff: half a household would be children without parents.
                unit = staff::filler(&Draw::new(seed, FILLERS + number), &block, &mut taken);
            }
            count += unit.people.len();
            network.units.push(unit);
            number += 1;
        }
        network.take_in(&block);
        network
    }

    fn take_in(&mut self, block: &Block) {
        for school in &block.schools {
            self.schools.push(school.establishment.clone());
            self.classes.extend(school.classes.iter().map(|class| class.group.clone()));
        }
    }

    /// Everybody.
    pub fn people(&self) -> impl Iterator<Item = &Person> {
        self.units.iter().flat_map(|unit| &unit.people)
    }
}

fn unit(seed: u64, number: u64, block: &Block, taken: &mut Taken) -> Unit {
    let draw = Draw::new(seed, number);
    if number.is_multiple_of(STAFF_EVERY) {
        staff::member(&draw, block, number % UNITS_IN_BLOCK / STAFF_EVERY, taken)
    } else {
        household::household(&draw, block, taken)
    }
}

/// The distinct texts of an iterator, in order.
fn distinct<T: Clone + Eq + std::hash::Hash>(of: impl Iterator<Item = T>) -> Vec<T> {
    let mut seen = HashSet::new();
    of.filter(|one| seen.insert(one.clone())).collect()
}
