//! Chance for one unit, and what may be drawn once only.

use std::collections::HashSet;

use crate::{
    crypto::Rng,
    domain::{Email, Person, PersonId},
    policy::plain_identifier,
};

use super::schools::Country;

/// A stream of chance that belongs to one unit of one seed.
pub(super) struct Draw {
    rng: Rng,
}

impl Draw {
    /// The stream of a unit. Neighbouring units and neighbouring seeds have nothing in common.
    pub(super) fn new(seed: u64, unit: u64) -> Self {
        Self { rng: Rng::seeded(stirred(stirred(seed).wrapping_add(unit))) }
    }

    pub(super) fn id(&self) -> String {
        self.rng.id()
    }

    /// One of a list; empty texts stand for an empty list.
    pub(super) fn one_of<'a>(&self, list: &[&'a str]) -> &'a str {
        list.get(self.rng.below(list.len())).copied().unwrap_or_default()
    }

    /// From 0 up to but without `bound`.
    pub(super) fn below(&self, bound: usize) -> usize {
        self.rng.below(bound)
    }

    /// Between both, both included.
    pub(super) fn between(&self, least: i64, most: i64) -> i64 {
        let span = usize::try_from(most.saturating_sub(least).saturating_add(1)).unwrap_or(1);
        least.saturating_add(i64::try_from(self.rng.below(span)).unwrap_or(0))
    }

    /// True so many times in a hundred.
    pub(super) fn percent(&self, times: usize) -> bool {
        self.rng.below(100) < times
    }

    pub(super) fn digits(&self, length: usize) -> String {
        self.rng.code("0123456789", length)
    }

    /// Somebody of that name, with nothing else known yet.
    pub(super) fn person(&self, given_name: &str, family_name: &str) -> Person {
        let id = self.id();
        Person {
            join_key: Some(format!("VO{}", id.get(..14).unwrap_or(&id).to_uppercase())),
            id: PersonId::new(id),
            family_name: family_name.to_owned(),
            given_name: given_name.to_owned(),
            birth_date: None,
            email: None,
            phone: None,
            civic_number: None,
            pupil_number: None,
        }
    }

    /// A date of birth in that year.
    pub(super) fn birth_date(&self, year: i64) -> String {
        format!("{year:04}-{:02}-{:02}", self.between(1, 12), self.between(1, 28))
    }

    /// A mobile number that is nobody's: Arcep keeps 06 39 98 for fiction, the North American plan 555-0100 to 0199.
    pub(super) fn phone(&self, country: Country) -> String {
        match country {
            Country::France => format!("+3363998{}", self.digits(4)),
            Country::Canada => format!("+190255501{}", self.digits(2)),
        }
    }

    /// The number of a house.
    pub(super) fn civic_number(&self, country: Country) -> String {
        match country {
            Country::France if self.percent(8) => format!("{} bis", self.between(1, 90)),
            Country::France => self.between(1, 190).to_string(),
            Country::Canada => self.between(100, 9_800).to_string(),
        }
    }
}

/// `SplitMix64`'s finalizer: neighbours become strangers.
const fn stirred(value: u64) -> u64 {
    let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

/// What nobody else of the network has.
#[derive(Default)]
pub(super) struct Taken {
    emails: HashSet<String>,
    numbers: HashSet<String>,
}

impl Taken {
    /// An address made of the name, nobody else's.
    pub(super) fn email(&mut self, person: &Person, domain: &str) -> Option<Email> {
        let name = plain_identifier(&person.given_name, &person.family_name);
        let mut address = format!("{name}@{domain}");
        let mut number = 2;
        while !self.emails.insert(address.clone()) {
            address = format!("{name}{number}@{domain}");
            number += 1;
        }
        Email::parse(&address)
    }

    /// A pupil number of the country's shape, nobody else's.
    pub(super) fn pupil_number(&mut self, draw: &Draw, country: Country) -> String {
        loop {
            let number = match country {
                Country::France => format!("{}{}", draw.digits(9), draw.rng.code("ABCDEFGHJKMNPRSTUVWXYZ", 2)),
                Country::Canada => format!("{}{}", draw.between(1, 9), draw.digits(9)),
            };
            if self.numbers.insert(number.clone()) {
                return number;
            }
        }
    }
}
