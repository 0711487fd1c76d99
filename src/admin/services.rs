//! Registering applications from files: `preau service apply|list|show|remove`.
//!
//! Files are read whole and refused whole, with every fault named; what is registered is what the file says, and the same
//! file twice changes nothing. A secret is taken as given or made, told once and kept as a digest.

mod cas;
mod file;
pub(super) mod members;
mod oidc;
#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, fmt};

use serde_json::{Value, json};

use crate::{
    crypto::Rng,
    domain::{Actor, AuthMethod, ClientSecret, Event, Fault, RelyingParty, RelyingPartyId, Secret},
    policy::Portals,
    store::{Db, audit, relying_parties},
};

pub use file::document;
pub use members::FileFault;

use file::{Registration, SecretWish};

/// What became of one registration.
#[derive(Clone, Debug)]
pub struct Applied {
    /// Which application.
    pub id: RelyingPartyId,
    /// Whether something differs from before.
    pub changed: bool,
    /// The secret, where one was made just now: it can't be told again.
    pub client_secret: Option<Secret>,
}

impl Applied {
    /// For `--json`: `{"id", "changed", "client_secret"?}`.
    #[must_use]
    pub fn json(&self) -> Value {
        let mut told = json!({ "id": self.id, "changed": self.changed });
        if let (Some(object), Some(secret)) = (told.as_object_mut(), &self.client_secret) {
            object.insert("client_secret".into(), secret.reveal().into());
        }
        told
    }
}

/// One line for the operator; a secret that was made is told here.
impl fmt::Display for Applied {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = if self.changed { "registered" } else { "unchanged" };
        write!(f, "{}: {what}", self.id)?;
        let told_once = |secret: &Secret| write!(f, "\n  client_secret (told once): {}", secret.reveal());
        self.client_secret.as_ref().map_or(Ok(()), told_once)
    }
}

/// Registers everything that these files say, in one transaction: `files` are names and texts. The inner error names
/// every fault of every file, and then nothing was changed.
///
/// # Errors
/// The store did not answer.
pub async fn apply(
    db: &Db,
    rng: &Rng,
    actor: &Actor,
    portals: &Portals,
    files: &[(String, String)],
) -> Result<Result<Vec<Applied>, Vec<FileFault>>, Fault> {
    let known: BTreeMap<_, _> =
        relying_parties::list(db).await?.into_iter().map(|party| (party.id.clone(), party)).collect();
    let registrations = match file::read(files, portals, &known) {
        Ok(registrations) => registrations,
        Err(faults) => return Ok(Err(faults)),
    };
    let mut tx = db.begin().await?;
    let mut applied = Vec::new();
    for Registration { mut party, secret } in registrations {
        let before = known.get(&party.id);
        let client_secret = settle(&mut party, secret, before, rng);
        let changed = relying_parties::put(&mut tx, &party, actor.now).await?;
        if changed {
            let event = Event::ServiceApplied { relying_party_id: party.id.clone() };
            audit::add(&mut tx, actor, None, &event).await?;
        }
        applied.push(Applied { id: party.id, changed, client_secret });
    }
    tx.commit().await?;
    Ok(Ok(applied))
}

/// Puts the secret's digest in its place: the given one's, else the one that is kept, else one that is made and told.
fn settle(party: &mut RelyingParty, wish: SecretWish, before: Option<&RelyingParty>, rng: &Rng) -> Option<Secret> {
    let kept = || match &before?.oidc.as_ref()?.auth {
        AuthMethod::ClientSecretBasic(secret) | AuthMethod::ClientSecretPost(secret) => Some(secret.clone()),
        AuthMethod::None => None,
    };
    let (AuthMethod::ClientSecretBasic(place) | AuthMethod::ClientSecretPost(place)) = &mut party.oidc.as_mut()?.auth
    else {
        return None;
    };
    match wish {
        SecretWish::Given(secret) => *place = ClientSecret { digest: secret.digest() },
        SecretWish::KeptOrMade => {
            if let Some(secret) = kept() {
                *place = secret;
            } else {
                let made = rng.secret();
                *place = ClientSecret { digest: made.digest() };
                return Some(made);
            }
        }
    }
    None
}

/// Every registered application, by id.
///
/// # Errors
/// The store did not answer.
pub async fn list(db: &Db) -> Result<Vec<RelyingParty>, Fault> {
    relying_parties::list(db).await
}

/// The application of that id; `document` says it as a file.
///
/// # Errors
/// The store did not answer.
pub async fn show(db: &Db, id: &RelyingPartyId) -> Result<Option<RelyingParty>, Fault> {
    relying_parties::find(db, id).await
}

/// Removes an application; `false` where there was none. What people are known by there is kept, so that the same sector
/// knows them again.
///
/// # Errors
/// The store did not answer.
pub async fn remove(db: &Db, actor: &Actor, id: &RelyingPartyId) -> Result<bool, Fault> {
    let mut tx = db.begin().await?;
    let removed = relying_parties::remove(&mut tx, id).await?;
    if removed {
        audit::add(&mut tx, actor, None, &Event::ServiceRemoved { relying_party_id: id.clone() }).await?;
    }
    tx.commit().await?;
    Ok(removed)
}
