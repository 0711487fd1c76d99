//! Accounts for people of the roster who have none: to activate, with an identifier by the rule (row PRV-04).

use std::collections::HashSet;

use super::Office;
use crate::{
    domain::{Account, AccountChange, AccountId, Actor, Credential, Fault, Identifier, Person, PersonId, Presence},
    policy::Identifiers,
    store::{accounts, roster},
};

/// People in one transaction.
const AT_ONCE: usize = 100;
/// How often somebody else may take an identifier in between.
const TRIES: usize = 5;

/// Gives an account to each of these people who has none; how many were made. Who has one keeps it, identifier included.
///
/// # Errors
/// The store did not answer.
pub async fn prepare<'a>(office: impl Into<Office<'a>>, by: &Actor, people: &[Person]) -> Result<usize, Fault> {
    let office = office.into();
    let mut made = 0;
    for people in people.chunks(AT_ONCE) {
        let mut tries = 0;
        loop {
            match prepare_some(office, by, people).await {
                Ok(count) => break made += count,
                // Another command made accounts meanwhile: look again at what is taken.
                Err(Failed::Taken) if tries < TRIES => tries += 1,
                Err(Failed::Taken) => {
                    return Err(Fault::new("other accounts were made at the same time, again and again")
                        .remedy("wait until the other command is done, and try again"));
                }
                Err(Failed::Fault(fault)) => return Err(fault),
            }
        }
    }
    Ok(made)
}

/// The account of somebody of the roster; one to activate is made where they have none.
///
/// # Errors
/// The store did not answer, or others made accounts at the same time, again and again.
pub async fn prepare_one<'a>(
    office: impl Into<Office<'a>>,
    by: &Actor,
    person: &Person,
    language: &str,
) -> Result<AccountId, Fault> {
    let office = office.into();
    for _ in 0..TRIES {
        if let Some(id) = accounts::find_of_person(office.db, &person.id).await? {
            return Ok(id);
        }
        let rule = office.config.policy.identifiers;
        let drawn = |signs: &str, length| office.rng.code(signs, length);
        let (given, family) = (person.given_name.as_str(), person.family_name.as_str());
        // Those that begin alike are all that can be in the way.
        let base = Identifiers::new(rule, []).next(given, family, drawn);
        let taken = accounts::list_alike(office.db, &base.folded()).await?;
        let identifier = Identifiers::new(rule, taken).next(given, family, drawn);
        let account = newcomer(office, by, &person.id, (identifier, language));
        let mut tx = office.db.begin().await?;
        match accounts::apply(&mut tx, by, AccountChange::Created { account: Box::new(account) }).await {
            Ok(_) => tx.commit().await?,
            Err(fault) => tracing::debug!(cause = %fault, "an identifier was taken meanwhile"),
        }
    }
    Err(Fault::new("other accounts were made at the same time, again and again").remedy("try again"))
}

/// An account to activate.
fn newcomer(
    office: Office<'_>,
    by: &Actor,
    person_id: &PersonId,
    (identifier, language): (Identifier, &str),
) -> Account {
    Account {
        id: AccountId::new(office.rng.id()),
        person_id: person_id.clone(),
        identifier,
        email: None,
        credential: Credential::None,
        suspension: None,
        presence: Presence::OnRoster,
        language: language.to_owned(),
        valid_since: by.now,
    }
}

enum Failed {
    Taken,
    Fault(Fault),
}

impl From<Fault> for Failed {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<sqlx::Error> for Failed {
    fn from(error: sqlx::Error) -> Self {
        if roster::is_taken(&error) { Self::Taken } else { Self::Fault(error.into()) }
    }
}

async fn prepare_some(office: Office<'_>, by: &Actor, people: &[Person]) -> Result<usize, Failed> {
    let holders = accounts::list_holders(office.db).await?;
    let known: HashSet<PersonId> = holders.iter().map(|(person_id, _)| person_id.clone()).collect();
    let rule = office.config.policy.identifiers;
    let mut identifiers = Identifiers::new(rule, holders.into_iter().map(|(_, folded)| folded));
    let mut tx = office.db.begin().await?;
    let mut made = 0;
    for person in people.iter().filter(|person| !known.contains(&person.id)) {
        let identifier =
            identifiers.next(&person.given_name, &person.family_name, |signs, length| office.rng.code(signs, length));
        let account = newcomer(office, by, &person.id, (identifier, "fr"));
        accounts::apply(&mut tx, by, AccountChange::Created { account: Box::new(account) }).await?;
        made += 1;
    }
    tx.commit().await?;
    Ok(made)
}
