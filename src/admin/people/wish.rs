//! What a file's people are to become, beside what they are. Reads the store once; decides without it.

use std::{collections::HashMap, time::Duration};

use serde_json::{Map, Value};

use crate::{
    crypto::Rng,
    domain::{
        Account, AccountId, AccountState, Affiliation, Credential, Email, Establishment, EstablishmentId,
        EstablishmentKind, Fault, Group, GroupId, GroupKind, Instant, Membership, Password, PasswordHash, Person,
        PersonId, Presence, Profile,
    },
    policy::pupil_number_fits,
    store::{Db, accounts, people, roster},
};

use super::{
    PersonFault,
    file::{Entry, SchoolWish},
};

/// How long a letter's provisional password is good for (design §4).
const LETTER: Duration = Duration::from_hours(90 * 24);
/// The code of the school for people whose file names none, where there is none at all.
const TEST_SCHOOL: &str = "ESSAI";

/// A test person as they are to be.
pub(super) struct Wish {
    pub person: Person,
    pub details: Map<String, Value>,
    pub account: Account,
    pub school: Establishment,
    pub places: Vec<Affiliation>,
    pub classes: Vec<(Group, Membership)>,
    pub children: Vec<PersonId>,
    pub password: Option<Password>,
    /// The hash that the password may fit already.
    pub hash_before: Option<PasswordHash>,
    pub state: AccountState,
    /// What is there of them, where they are.
    pub before: Option<Before>,
}

/// What is there of somebody.
pub(super) struct Before {
    pub person: Person,
    pub details: Map<String, Value>,
    pub account: Account,
}

/// What the store knows that the file speaks of.
pub(super) struct Known {
    schools: Vec<Establishment>,
    classes: Vec<Group>,
    people: HashMap<String, Before>,
}

impl Known {
    /// Looks up schools, classes, and everybody who is named.
    pub(super) async fn load(db: &Db, entries: &[Entry]) -> Result<Self, Fault> {
        let (schools, classes) = (roster::list_establishments(db).await?, roster::list_classes(db).await?);
        let mut people = HashMap::new();
        for identifier in entries.iter().flat_map(|entry| std::iter::once(&entry.identifier).chain(&entry.children)) {
            let Some(account) = accounts::find_exactly(db, identifier).await? else { continue };
            if let Some(facts) = people::find_facts(db, &account.id).await? {
                let before = Before { person: facts.person, details: facts.details, account: facts.account };
                people.insert(identifier.folded(), before);
            }
        }
        Ok(Self { schools, classes, people })
    }

    /// The school that an entry means; `Err` is what is wrong with it.
    fn school(&self, wish: &SchoolWish) -> Result<Establishment, String> {
        let coded = |code: &str| self.schools.iter().find(|school| school.code == code).cloned();
        match wish {
            SchoolWish::Known(code) => coded(code).ok_or_else(|| {
                format!("{code} is no school that is there: write an object with `code`, `name`, `town` to make one")
            }),
            SchoolWish::Said(said) => {
                let id = coded(&said.code).map_or_else(|| said.id.clone(), |there| there.id);
                Ok(Establishment { id, ..Establishment::clone(said) })
            }
            SchoolWish::Any => Ok(self.schools.first().cloned().unwrap_or_else(test_school)),
        }
    }

    fn class(&self, school: &EstablishmentId, name: &str, now: Instant) -> Group {
        let same = |class: &&Group| class.establishment_id == *school && class.name == name;
        self.classes.iter().filter(same).max_by_key(|class| class.year).cloned().unwrap_or_else(|| Group {
            id: GroupId::new(format!("test-{school}-{name}")),
            establishment_id: school.clone(),
            kind: GroupKind::Class,
            name: name.to_owned(),
            level: name.split(' ').next().unwrap_or(name).to_owned(),
            year: school_year(now),
        })
    }
}

fn test_school() -> Establishment {
    Establishment {
        id: EstablishmentId::new(format!("test-{TEST_SCHOOL}")),
        code: TEST_SCHOOL.into(),
        name: "Établissement d’essai".into(),
        kind: EstablishmentKind::LowerSecondary,
        town: String::new(),
        authority: String::new(),
        country: "FR".into(),
        time_zone: "Europe/Paris".into(),
        email: None,
        phone: None,
    }
}

/// The year in which the school year began: it begins in August.
fn school_year(now: Instant) -> i64 {
    let date = now.utc_date();
    i64::from(date.year()) - i64::from(date.month() < 8)
}

/// Everybody as they are to be, or everything that stands in the way.
pub(super) fn resolve(
    file: &str,
    entries: Vec<Entry>,
    known: &Known,
    now: Instant,
    rng: &Rng,
) -> Result<Vec<Wish>, Vec<PersonFault>> {
    let mut faults = Vec::new();
    let ids: HashMap<String, PersonId> = entries
        .iter()
        .map(|entry| {
            let folded = entry.identifier.folded();
            let id = known.people.get(&folded).map_or_else(|| PersonId::new(rng.id()), |it| it.person.id.clone());
            (folded, id)
        })
        .collect();
    let mut wishes = Vec::new();
    for entry in entries {
        let mut fault = |member: &str, what: String| {
            faults.push(PersonFault {
                file: file.to_owned(),
                person: Some(entry.identifier.to_string()),
                member: Some(member.to_owned()),
                fault: what,
            });
        };
        let school = match known.school(&entry.school) {
            Ok(school) => school,
            Err(what) => {
                fault("establishment", what);
                continue;
            }
        };
        if let Some(number) = &entry.pupil_number
            && !pupil_number_fits(&school.country, number)
        {
            fault("pupil_number", format!("{number} is no pupil number of {}", school.country));
        }
        let mut further = Vec::new();
        for code in &entry.further_schools {
            match known.school(&SchoolWish::Known(code.clone())) {
                Ok(school) => further.push(school.id),
                Err(what) => fault("further_establishments", what),
            }
        }
        let mut children = Vec::new();
        for child in &entry.children {
            let folded = child.folded();
            let there = || known.people.get(&folded).map(|before| before.person.id.clone());
            match ids.get(&folded).cloned().or_else(there) {
                Some(id) => children.push(id),
                None => fault("children", format!("{child} is neither in this file nor there already")),
            }
        }
        let Some(id) = ids.get(&entry.identifier.folded()) else { continue };
        let mut wish = Wish::of(entry, (id.clone(), children), school, known, now);
        wish.joins(&further);
        wishes.push(wish);
    }
    if faults.is_empty() { Ok(wishes) } else { Err(faults) }
}

impl Wish {
    fn of(
        entry: Entry,
        (id, children): (PersonId, Vec<PersonId>),
        school: Establishment,
        known: &Known,
        now: Instant,
    ) -> Self {
        let before = known.people.get(&entry.identifier.folded());
        let credential_before = before.map(|before| &before.account.credential);
        let account = Account {
            id: before.map_or_else(|| AccountId::new(format!("a{id}")), |before| before.account.id.clone()),
            person_id: id.clone(),
            identifier: before.map_or_else(|| entry.identifier.clone(), |before| before.account.identifier.clone()),
            email: if entry.state == AccountState::Confirming { None } else { entry.email.clone() },
            credential: credential_before.cloned().unwrap_or(Credential::None),
            suspension: entry.suspension.map(|reason| crate::domain::Suspension { since: now, reason }),
            presence: presence(entry.state, before, now),
            language: entry.language,
            valid_since: now,
        };
        let place = |profile: &Profile| Affiliation {
            person_id: id.clone(),
            profile: *profile,
            establishment_id: school.id.clone(),
            function: entry.function.filter(|_| profile.is_staff()),
        };
        let is_pupil = entry.profiles.contains(&Profile::Pupil);
        let role = if is_pupil { Membership::Pupil } else { Membership::Teacher };
        Self {
            places: entry.profiles.iter().map(place).collect(),
            classes: entry.classes.iter().map(|name| (known.class(&school.id, name, now), role)).collect(),
            person: Person {
                id,
                family_name: entry.family_name,
                given_name: entry.given_name,
                birth_date: entry.birth_date,
                email: entry.email,
                phone: entry.phone,
                civic_number: entry.civic_number,
                join_key: entry.join_key,
                pupil_number: entry.pupil_number,
            },
            hash_before: credential_before.and_then(Credential::hash).cloned(),
            before: before.map(Before::clone_of),
            details: entry.details,
            password: entry.password,
            state: entry.state,
            account,
            school,
            children,
        }
    }

    /// Has the same places in further schools.
    fn joins(&mut self, schools: &[EstablishmentId]) {
        let places = self.places.clone();
        let there = |id: &EstablishmentId| {
            places.iter().map(|place| Affiliation { establishment_id: id.clone(), ..place.clone() }).collect::<Vec<_>>()
        };
        self.places.extend(schools.iter().flat_map(there));
    }

    /// Puts the hash in the place that the state says. A letter that is there keeps its date.
    pub(super) fn take_hash(&mut self, hash: PasswordHash) {
        let lasts = match self.before.as_ref().map(|before| &before.account.credential) {
            Some(Credential::Letter { expires_at, .. }) => *expires_at,
            _ => self.account.valid_since + LETTER,
        };
        self.account.credential = match (self.state, self.person.email.clone()) {
            (AccountState::ToActivate, _) => Credential::Letter { provisional: hash, expires_at: lasts },
            (AccountState::Confirming, Some(email)) => Credential::Confirming { password: hash, email },
            _ => Credential::Own { password: hash },
        };
    }

    /// Whether the account differs from what is there in anything but its suspension.
    pub(super) fn differs(&self, before: &Account) -> bool {
        let told = |account: &Account| {
            let until = match &account.credential {
                Credential::Letter { expires_at, .. } => Some(*expires_at),
                _ => None,
            };
            let waits_for = match &account.credential {
                Credential::Confirming { email, .. } => Some(email.clone()),
                _ => None,
            };
            let email: Option<Email> = account.email.clone();
            let credential = (account.credential.kind(), account.credential.hash().cloned(), until, waits_for);
            (credential, email, account.presence, account.language.clone())
        };
        told(&self.account) != told(before)
    }
}

impl Before {
    fn clone_of(&self) -> Self {
        Self { person: self.person.clone(), details: self.details.clone(), account: self.account.clone() }
    }
}

fn presence(state: AccountState, before: Option<&Before>, now: Instant) -> Presence {
    let there = before.map(|before| before.account.presence);
    match (state, there) {
        (AccountState::Departing, Some(there @ Presence::Departing { .. }))
        | (AccountState::Archived, Some(there @ Presence::Archived { .. })) => there,
        (AccountState::Departing, _) => Presence::Departing { since: now },
        (AccountState::Archived, _) => Presence::Archived { since: now },
        _ => Presence::OnRoster,
    }
}
