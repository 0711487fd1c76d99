//! Who is due a letter, who is not and why, and in which order they are printed. Pure: the roll was read before.

use std::{
    cmp::Ordering,
    collections::{HashMap, HashSet},
    fmt,
};

use icu_collator::{Collator, CollatorPreferences, options::CollatorOptions, preferences::CollationNumericOrdering};

use crate::{
    domain::{Account, AccountId, Credential, Fault, Identifier, Person, PersonId, Presence, Profile},
    policy::Portal,
    store::roll::{Roll, Ward},
};

/// Whose letters are wanted. What is left empty asks for everybody.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// The pupils of this class and their parents.
    pub class: Option<String>,
    /// These profiles.
    pub profiles: Vec<Profile>,
    /// These accounts; whoever is named gets a letter even where an activation was begun already.
    pub identifiers: Vec<Identifier>,
}

/// Somebody who is due a letter.
#[derive(Clone, Debug)]
pub struct Due {
    /// Who.
    pub person: Person,
    /// Their account; none yet where the roster alone knows them.
    pub account_id: Option<AccountId>,
    /// As what they are written to.
    pub profile: Profile,
    /// Their class, or the first of a child of theirs, in this school.
    pub class: Option<String>,
    /// The children, for a parent: those of this school first.
    pub children: Vec<Ward>,
    /// Whether an earlier letter of theirs opens nothing any more.
    pub replaces: bool,
}

/// Somebody who gets none.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Skipped {
    /// Given name and family name.
    pub name: String,
    /// The account's.
    pub identifier: Option<Identifier>,
    /// Why.
    pub reason: Reason,
}

/// Why somebody gets none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// They have a password of their own.
    Operational,
    /// They have no password of their own yet: a letter is what they need, not a slip.
    NotActivated,
    /// They have chosen a password and are to confirm their address: a letter would void it.
    Begun,
    /// The account is blocked.
    Suspended,
    /// The person has left the roster.
    Departed,
    /// The portal does not welcome them.
    NotWelcome,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Operational => "has a password already",
            Self::NotActivated => "has no password of their own yet: print a letter",
            Self::Begun => "has begun the activation and is to confirm an address",
            Self::Suspended => "is blocked",
            Self::Departed => "has left the roster",
            Self::NotWelcome => "has no profile that the portal welcomes",
        })
    }
}

/// Sorts a school's people into those who are due a letter, in the order of printing, and those who are not: by class, then
/// by name, as French sorts (row RGN-09; the order of CLDR's root, numbers in labels by their value).
///
/// # Errors
/// The rules of sorting that are compiled in can't be read.
pub fn due(roll: &Roll, wanted: &Wanted, portal: &Portal) -> Result<(Vec<Due>, Vec<Skipped>), Fault> {
    sort_out(roll, wanted, portal, |account| account.and_then(|account| reason(account, wanted)))
}

/// Sorts a school's people into those who may be handed a slip, in the same order, and those who may not: a slip is for who
/// has a password of their own, and has forgotten it.
///
/// # Errors
/// The rules of sorting that are compiled in can't be read.
pub fn forgetful(roll: &Roll, wanted: &Wanted, portal: &Portal) -> Result<(Vec<Due>, Vec<Skipped>), Fault> {
    sort_out(roll, wanted, portal, |account| match account.map(|account| (account, reason(account, wanted))) {
        None | Some((_, None | Some(Reason::Begun))) => Some(Reason::NotActivated),
        Some((_, Some(Reason::Operational))) => None,
        Some((_, reason)) => reason,
    })
}

fn sort_out(
    roll: &Roll,
    wanted: &Wanted,
    portal: &Portal,
    reason: impl Fn(Option<&Account>) -> Option<Reason>,
) -> Result<(Vec<Due>, Vec<Skipped>), Fault> {
    let index = Index::of(roll);
    let (mut due, mut skipped) = (Vec::new(), Vec::new());
    for person in &roll.people {
        let account = index.accounts.get(&person.id).copied();
        let children = index.children(&person.id);
        if !wanted.wants(person, account, &index) {
            continue;
        }
        let profile = index.profile(&person.id, wanted, portal);
        match (reason(account), profile) {
            (None, Some(profile)) => due.push(Due {
                class: index.class(&person.id, wanted),
                account_id: account.map(|account| account.id.clone()),
                replaces: account.is_some_and(|account| !matches!(account.credential, Credential::None)),
                person: person.clone(),
                children: if profile == Profile::Pupil { Vec::new() } else { children },
                profile,
            }),
            (reason, _) => skipped.push(Skipped {
                name: person.full_name(),
                identifier: account.map(|account| account.identifier.clone()),
                reason: reason.unwrap_or(Reason::NotWelcome),
            }),
        }
    }
    sort(&mut due)?;
    Ok((due, skipped))
}

fn sort(due: &mut [Due]) -> Result<(), Fault> {
    let mut preferences = CollatorPreferences::default();
    preferences.numeric_ordering = Some(CollationNumericOrdering::True);
    let collator = Collator::try_new(preferences, CollatorOptions::default())
        .map_err(|error| Fault::new(format!("names can't be sorted: {error}")))?;
    let by_name = |one: &Person, other: &Person| {
        collator
            .compare(&one.family_name, &other.family_name)
            .then_with(|| collator.compare(&one.given_name, &other.given_name))
            .then_with(|| one.id.cmp(&other.id))
    };
    due.sort_by(|one, other| {
        let by_class = match (&one.class, &other.class) {
            (Some(one), Some(other)) => collator.compare(one, other),
            (one, other) => other.is_some().cmp(&one.is_some()),
        };
        by_class.then_with(|| pupils_first(one, other)).then_with(|| by_name(&one.person, &other.person))
    });
    Ok(())
}

/// Those of a class before their parents: theirs are handed out in the classroom.
fn pupils_first(one: &Due, other: &Due) -> Ordering {
    (one.profile != Profile::Pupil).cmp(&(other.profile != Profile::Pupil))
}

/// What stands in the way of a letter.
fn reason(account: &Account, wanted: &Wanted) -> Option<Reason> {
    let is_named = wanted.names(account);
    match (&account.credential, &account.presence) {
        (_, Presence::Departing { .. } | Presence::Archived { .. }) => Some(Reason::Departed),
        _ if account.suspension.is_some() => Some(Reason::Suspended),
        (Credential::Own { .. }, _) => Some(Reason::Operational),
        (Credential::Confirming { .. }, _) if !is_named => Some(Reason::Begun),
        _ => None,
    }
}

impl Wanted {
    fn names(&self, account: &Account) -> bool {
        self.identifiers.iter().any(|identifier| identifier.folded() == account.identifier.folded())
    }

    fn wants(&self, person: &Person, account: Option<&Account>, index: &Index<'_>) -> bool {
        let of_class = |class: &String| {
            index.classes.get(&person.id).is_some_and(|own| *own == class)
                || index.children(&person.id).iter().any(|child| child.is_here && child.class.as_ref() == Some(class))
        };
        let of_profile = |profile: &Profile| self.profiles.is_empty() || self.profiles.contains(profile);
        self.class.as_ref().is_none_or(of_class)
            && index.profiles.get(&person.id).is_some_and(|profiles| profiles.iter().any(of_profile))
            && (self.identifiers.is_empty() || account.is_some_and(|account| self.names(account)))
    }
}

/// The roll, by person.
struct Index<'a> {
    accounts: HashMap<&'a PersonId, &'a Account>,
    profiles: HashMap<&'a PersonId, Vec<Profile>>,
    classes: HashMap<&'a PersonId, &'a str>,
    wards: HashMap<&'a PersonId, Vec<&'a Ward>>,
}

impl<'a> Index<'a> {
    fn of(roll: &'a Roll) -> Self {
        let mut index = Self {
            accounts: roll.accounts.iter().map(|account| (&account.person_id, account)).collect(),
            profiles: HashMap::new(),
            classes: HashMap::new(),
            wards: HashMap::new(),
        };
        for (person_id, profile) in &roll.profiles {
            index.profiles.entry(person_id).or_default().push(*profile);
        }
        for (person_id, class) in &roll.classes {
            index.classes.entry(person_id).or_insert(class);
        }
        for ward in &roll.wards {
            index.wards.entry(&ward.guardian_id).or_default().push(ward);
        }
        index
    }

    /// A parent's children, each once, those of this school first.
    fn children(&self, person_id: &PersonId) -> Vec<Ward> {
        let mut seen = HashSet::new();
        let wards = self.wards.get(person_id).map(Vec::as_slice).unwrap_or_default();
        let (here, elsewhere): (Vec<&Ward>, Vec<&Ward>) = wards.iter().copied().partition(|ward| ward.is_here);
        here.into_iter().chain(elsewhere).filter(|ward| seen.insert(&ward.pupil_id)).cloned().collect()
    }

    /// The wanted class where it is theirs or a child's, else their own, else the first child's of this school.
    fn class(&self, person_id: &PersonId, wanted: &Wanted) -> Option<String> {
        let own = self.classes.get(person_id).map(|class| (*class).to_owned());
        let children =
            || self.children(person_id).into_iter().filter(|child| child.is_here).find_map(|child| child.class);
        wanted.class.clone().or(own).or_else(children)
    }

    /// As what somebody is written to: as staff before as a parent, before as a pupil, before as a guest.
    fn profile(&self, person_id: &PersonId, wanted: &Wanted, portal: &Portal) -> Option<Profile> {
        let rank = |profile: &&Profile| match profile {
            staff if staff.is_staff() => 0,
            Profile::Parent => 1,
            Profile::Pupil => 2,
            _ => 3,
        };
        let fits = |profile: &&Profile| {
            portal.profiles.contains(profile) && (wanted.profiles.is_empty() || wanted.profiles.contains(profile))
        };
        self.profiles.get(person_id)?.iter().filter(fits).min_by_key(rank).copied()
    }
}
