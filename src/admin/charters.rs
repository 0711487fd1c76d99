//! Publishing charters from files, and the proof of who accepted them: `preau charter publish|list|show|export|sign`.
//!
//! Files are read whole and refused whole, with every fault named. A published version never changes, and the same file
//! twice changes nothing.

mod export;
mod file;
#[cfg(test)]
mod tests;

use std::fmt;

use serde_json::{Value, json};

use crate::{
    domain::{AccountId, Actor, Charter, CharterId, Event, Fault, Identifier, NotificationAddress, Profile},
    store::{Db, accounts, audit, charter_signatures as signatures, charters, notifications},
};

pub use crate::store::charters::Published;
pub use export::{Wanted, export};
pub use file::CharterFault;

use file::Draft;

/// What became of a file.
#[derive(Clone, Debug)]
pub struct Applied {
    /// The version.
    pub charter: Charter,
    /// Whether it was published just now.
    pub is_new: bool,
}

impl Applied {
    /// For `--json`: `{"id", "version", "changed"}`.
    #[must_use]
    pub fn json(&self) -> Value {
        json!({ "id": self.charter.id, "version": self.charter.version, "changed": self.is_new })
    }
}

impl fmt::Display for Applied {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = if self.is_new { "published" } else { "unchanged" };
        write!(f, "{}: {what}", self.charter.id)
    }
}

/// Publishes what these files say, in one transaction: `files` are names and texts, `zone` is where a day begins for
/// charters of every school. The inner error names every fault of every file, and then nothing was published.
///
/// # Errors
/// The store did not answer.
pub async fn publish(
    db: &Db,
    by: &Actor,
    zone: &str,
    files: &[(String, String)],
) -> Result<Result<Vec<Applied>, Vec<CharterFault>>, Fault> {
    let (mut known, mut faults, mut settled) = (charters::list(db).await?, Vec::new(), Vec::new());
    for (name, text) in files {
        let text = text.replace("\r\n", "\n");
        let draft = match file::read(&text) {
            Ok(draft) => draft,
            Err(wrong) => {
                faults.extend(wrong.into_iter().map(|wrong| wrong.of(name)));
                continue;
            }
        };
        match settle(db, &draft, (&text, zone), &known).await? {
            Ok(found) => {
                known.push(found.charter.clone());
                settled.push((found, draft, text));
            }
            Err(wrong) => faults.extend(wrong.into_iter().map(|wrong| wrong.of(name))),
        }
    }
    if !faults.is_empty() {
        return Ok(Err(faults));
    }
    let mut tx = db.begin().await?;
    for (found, draft, text) in &settled {
        if found.is_new {
            charters::add(&mut tx, &found.charter, &draft.body, text, by.now).await?;
            let event = Event::CharterPublished { charter_id: found.charter.id.clone() };
            audit::add(&mut tx, by, None, &event).await?;
        }
    }
    tx.commit().await?;
    Ok(Ok(settled.into_iter().map(|(found, ..)| found).collect()))
}

/// The version of a draft, beside those that are known.
async fn settle(
    db: &Db,
    draft: &Draft,
    (text, zone): (&str, &str),
    known: &[Charter],
) -> Result<Result<Applied, Vec<CharterFault>>, Fault> {
    if let Some(published) = charters::find(db, &draft.id).await? {
        if published.source == text {
            return Ok(Ok(Applied { charter: published.charter, is_new: false }));
        }
        let fault = "is published already, and a published version never changes: give the new text an id and a version of its own";
        return Ok(Err(vec![CharterFault::at("id", fault)]));
    }
    let mut school = None;
    if let Some(code) = &draft.establishment {
        school = charters::find_school(db, code).await?;
        if school.is_none() {
            let fault = format!("{code} is no school that is known here");
            return Ok(Err(vec![CharterFault::at("establishment", fault)]));
        }
    }
    let (establishment_id, zone) = school.map_or((None, zone.to_owned()), |(id, zone)| (Some(id), zone));
    let charter = draft.charter(establishment_id, &zone);
    let mut faults = Vec::new();
    for other in known.iter().filter(|other| meet(other, &charter)) {
        if other.version == charter.version {
            faults.push(CharterFault::at(
                "version",
                format!("{} is that of {} for the same people", other.version, other.id),
            ));
        }
        if other.effective_at > charter.effective_at {
            let fault = format!("lies before that of {}: this version would never be in force", other.id);
            faults.push(CharterFault::at("effect", fault));
        }
    }
    if known.iter().any(|other| other.id == charter.id) {
        faults.push(CharterFault::at("id", "stands in two files"));
    }
    Ok(if faults.is_empty() { Ok(Applied { charter, is_new: true }) } else { Err(faults) })
}

/// Whether two versions are for the same people of the same school.
fn meet(one: &Charter, other: &Charter) -> bool {
    one.establishment_id == other.establishment_id
        && one.profiles.iter().any(|profile| other.profiles.contains(profile))
}

/// A version, with how many signed it.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The version.
    pub charter: Charter,
    /// The school's code; none for every school.
    pub school_code: Option<String>,
    /// How many accepted it.
    pub accepted: i64,
    /// For how many a guardian signed.
    pub guarded: i64,
}

impl Listed {
    /// For `--json`.
    #[must_use]
    pub fn json(&self) -> Value {
        let mut told = document(&self.charter, self.school_code.as_deref());
        if let Some(object) = told.as_object_mut() {
            object.insert("accepted".into(), self.accepted.into());
            object.insert("signed_by_guardian".into(), self.guarded.into());
        }
        told
    }
}

impl fmt::Display for Listed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { charter, .. } = self;
        let profiles: Vec<&str> = charter.profiles.iter().map(|profile| profile.name()).collect();
        write!(
            f,
            "{}  version {}  {}  {}  from {}  {} accepted, {} signed by a guardian",
            charter.id,
            charter.version,
            self.school_code.as_deref().unwrap_or("every school"),
            profiles.join(", "),
            charter.effective_at.rfc_3339(),
            self.accepted,
            self.guarded
        )
    }
}

/// What a version is, as JSON.
#[must_use]
pub fn document(charter: &Charter, school_code: Option<&str>) -> Value {
    json!({
        "id": charter.id, "version": charter.version, "kind": charter.kind, "establishment": school_code,
        "profiles": charter.profiles, "effect": charter.effective_at.rfc_3339(),
        "requires_guardian": charter.guardian, "blocking": charter.blocking, "title": charter.title,
    })
}

/// Every version, in the order of their effect.
///
/// # Errors
/// The store did not answer.
pub async fn list(db: &Db) -> Result<Vec<Listed>, Fault> {
    let counts = signatures::count(db).await?;
    let mut listed = Vec::new();
    for charter in charters::list(db).await? {
        let school_code = charters::find(db, &charter.id).await?.and_then(|published| published.school_code);
        let (accepted, guarded) = counts
            .iter()
            .find(|(id, ..)| *id == charter.id)
            .map_or((0, 0), |(_, accepted, guarded)| (*accepted, *guarded));
        listed.push(Listed { charter, school_code, accepted, guarded });
    }
    Ok(listed)
}

/// The version of that id, with its text.
///
/// # Errors
/// The store did not answer.
pub async fn show(db: &Db, id: &CharterId) -> Result<Option<Published>, Fault> {
    charters::find(db, id).await
}

/// Why a signature on paper is not recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotSigned {
    /// Nobody is called so.
    Unknown,
    /// The version is not for pupils, or not for this one.
    NotTheirs,
    /// A guardian has signed it already.
    Already,
}

/// Records that a guardian has signed a version on paper for a pupil (row CHA-07).
///
/// # Errors
/// The store did not answer.
pub async fn sign(
    db: &Db,
    by: &Actor,
    charter: &Charter,
    identifier: &Identifier,
) -> Result<Result<(), NotSigned>, Fault> {
    let Some(account) = accounts::find_by_identifier(db, identifier).await? else { return Ok(Err(NotSigned::Unknown)) };
    let signer = signatures::find_signer(db, &account.id).await?;
    let is_theirs = signer.places.iter().any(|place| {
        place.profile == Profile::Pupil
            && charter.profiles.contains(&Profile::Pupil)
            && charter.establishment_id.as_ref().is_none_or(|school| *school == place.establishment_id)
    });
    if !is_theirs {
        return Ok(Err(NotSigned::NotTheirs));
    }
    let mut tx = db.begin().await?;
    if !signatures::guard(&mut tx, (&account.id, &charter.id), None, None, by.now).await? {
        return Ok(Err(NotSigned::Already));
    }
    let event =
        Event::CharterSigned { charter_id: charter.id.clone(), version: charter.version.clone(), on_paper: true };
    audit::add(&mut tx, by, Some(&account.id), &event).await?;
    tx.commit().await?;
    Ok(Ok(()))
}

/// Settles everything for test accounts: they accepted these versions, guardians signed, and no address for notifications
/// is wanted. What is settled already stays as it is.
///
/// # Errors
/// The store did not answer.
pub async fn settle_for(db: &Db, by: &Actor, ids: &[CharterId], account_ids: &[AccountId]) -> Result<(), Fault> {
    let known: Vec<Charter> =
        charters::list(db).await?.into_iter().filter(|charter| ids.contains(&charter.id)).collect();
    for some in account_ids.chunks(200) {
        let mut wanted = Vec::new();
        for account_id in some {
            wanted.push((account_id, signatures::find_signer(db, account_id).await?));
        }
        let mut answered = Vec::new();
        for account_id in some {
            answered.push(notifications::find(db, account_id).await?.is_some());
        }
        let mut tx = db.begin().await?;
        for ((account_id, signer), is_answered) in wanted.into_iter().zip(answered) {
            let is_theirs = |charter: &&Charter| {
                signer.signature(&charter.id).is_none()
                    && signer.places.iter().any(|place| charter.profiles.contains(&place.profile))
            };
            for charter in known.iter().filter(is_theirs) {
                signatures::accept(&mut tx, (account_id, &charter.id), "fr", None, by.now).await?;
                let event = Event::CharterAccepted {
                    charter_id: charter.id.clone(),
                    version: charter.version.clone(),
                    language: "fr".into(),
                    awaits_guardian: false,
                };
                audit::add(&mut tx, by, Some(account_id), &event).await?;
                if charter.profiles.contains(&Profile::Pupil) {
                    signatures::guard(&mut tx, (account_id, &charter.id), None, None, by.now).await?;
                }
            }
            if !is_answered {
                notifications::put(&mut tx, account_id, &NotificationAddress::default(), by.now).await?;
            }
        }
        tx.commit().await?;
    }
    Ok(())
}
