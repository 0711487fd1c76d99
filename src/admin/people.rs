//! Test people from a file: `preau people apply`. For demos and trials; a real network's people come from its roster.
//!
//! The file is read whole and refused whole, with every fault named; the same file twice changes nothing. What a file says
//! is added: places, classes and children that it no longer names stay.

mod file;
mod naming;
#[cfg(test)]
mod tests;
mod wish;
mod write;

use std::{collections::VecDeque, fmt};

use serde_json::{Value, json};

use crate::{
    crypto::{Class, Hasher, Rng, Waiting},
    domain::{Actor, Fault, Identifier, Network, PasswordHash},
    policy::IdentifierRule,
    store::Db,
};

use wish::{Known, Wish};

/// What is wrong with a file of people, and where. Passwords are never told.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct PersonFault {
    /// The file's name.
    pub file: String,
    /// Who: the identifier, else the place in the file (`#2`).
    pub person: Option<String>,
    /// Which member.
    pub member: Option<String>,
    /// What is wrong, and what to write instead.
    pub fault: String,
}

impl fmt::Display for PersonFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.file)?;
        if let Some(person) = &self.person {
            write!(f, "{person}: ")?;
        }
        if let Some(member) = &self.member {
            write!(f, "`{member}` ")?;
        }
        f.write_str(&self.fault)
    }
}

/// What became of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppliedPerson {
    /// Who.
    pub identifier: Identifier,
    /// Whether something differs from before.
    pub changed: bool,
}

impl AppliedPerson {
    /// For `--json`: `{"identifier", "changed"}`.
    #[must_use]
    pub fn json(&self) -> Value {
        json!({ "identifier": self.identifier, "changed": self.changed })
    }
}

/// One line for the operator.
impl fmt::Display for AppliedPerson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.identifier, if self.changed { "applied" } else { "unchanged" })
    }
}

/// The services that applying people needs.
#[derive(Clone, Copy)]
pub struct Tools<'a> {
    /// Where they are kept.
    pub db: &'a Db,
    /// What hashes their passwords, with the configured parameters.
    pub hasher: &'a Hasher,
    /// Ids come from it.
    pub rng: &'a Rng,
    /// How identifiers are made for those whose file gives none.
    pub rule: IdentifierRule,
}

/// Test people are for demos: elsewhere only who forces it may make them.
///
/// # Errors
/// This is no demo and nobody forces it.
pub fn may_apply(is_demo: bool, is_forced: bool) -> Result<(), Fault> {
    if is_demo || is_forced {
        return Ok(());
    }
    Err(Fault::new("test people are for the demo: these settings are not a demo's")
        .remedy("name the demo's settings with --config, or add --force if this really is a network to try things in"))
}

/// Makes everybody of a file (its name and its text), or changes them to what it says. The inner error names every fault,
/// and then nothing was changed. Passwords are hashed before the transaction; one that fits already is not hashed again.
///
/// # Errors
/// The store did not answer, or a hash could not be made.
pub async fn apply(
    tools: Tools<'_>,
    by: &Actor,
    (name, text): (&str, &str),
) -> Result<Result<Vec<AppliedPerson>, Vec<PersonFault>>, Fault> {
    let named = match file::objects(text) {
        Ok(objects) => naming::named(tools, objects).await?,
        Err(fault) => return Ok(Err(vec![PersonFault { file: name.to_owned(), person: None, member: None, fault }])),
    };
    let entries = match file::read(name, named) {
        Ok(entries) => entries,
        Err(faults) => return Ok(Err(faults)),
    };
    let known = Known::load(tools.db, &entries).await?;
    let mut wishes = match wish::resolve(name, entries, &known, by.now, tools.rng) {
        Ok(wishes) => wishes,
        Err(faults) => return Ok(Err(faults)),
    };
    hash(tools.hasher, &mut wishes).await?;
    let mut tx = tools.db.begin().await?;
    let mut applied = Vec::new();
    for wish in &wishes {
        let changed = write::account(&mut tx, by, wish).await?;
        applied.push(AppliedPerson { identifier: wish.account.identifier.clone(), changed });
    }
    // Children may stand after their parents in the file.
    for (wish, applied) in wishes.iter().zip(&mut applied) {
        applied.changed |= write::relations(&mut tx, wish).await?;
    }
    tx.commit().await?;
    Ok(Ok(applied))
}

/// How many passwords wait for a hash at once: bulk work has at least so many places.
const AT_ONCE: usize = 8;

/// Finds or makes the hash of every password: the one that is there where it fits, else a new one.
async fn hash(hasher: &Hasher, wishes: &mut [Wish]) -> Result<(), Fault> {
    let full = |_| Fault::new("the hashing queue is full").remedy("raise `hashing.queue`, or try again");
    let operator = Network::of([127, 0, 0, 1].into());
    let mut waiting: VecDeque<(usize, Waiting<PasswordHash>)> = VecDeque::new();
    let mut done = Vec::new();
    for (nth, wish) in wishes.iter().enumerate() {
        let Some(password) = &wish.password else { continue };
        if let Some(before) = &wish.hash_before {
            let verdict = hasher.verify(&operator, Some(before), password).map_err(full)?.await?;
            if verdict.matches && !verdict.needs_rehash {
                done.push((nth, before.clone()));
                continue;
            }
        }
        if waiting.len() >= AT_ONCE
            && let Some((nth, hash)) = waiting.pop_front()
        {
            done.push((nth, hash.await?));
        }
        waiting.push_back((nth, hasher.hash(Class::Bulk, password).map_err(full)?));
    }
    for (nth, hash) in waiting {
        done.push((nth, hash.await?));
    }
    for (nth, hash) in done {
        if let Some(wish) = wishes.get_mut(nth) {
            wish.take_hash(hash);
        }
    }
    Ok(())
}
