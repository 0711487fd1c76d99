//! `App`: the services that a request may use. Fields, no logic beyond handing them out.

mod gate;

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicI64, Ordering},
    },
};

use arc_swap::ArcSwap;

pub use gate::Gate;

use crate::{
    config::Config,
    crypto::{Hasher, KeyRing, Passkeys, Rng, Sealer, Turn},
    domain::{Digest, Fault, Instant, RelyingParty, RelyingPartyId},
    ephemeral::Ephemeral,
    outbound::Outbound,
    policy::Charters,
    store::{self, Db},
    upstream::Providers,
};

/// The services that a request may use; cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Services>);

/// What an `App` is made of.
pub struct Services {
    /// The checked configuration, rules included.
    pub config: Config,
    /// The database.
    pub db: Db,
    /// Codes, tickets and the like.
    pub ephemeral: Ephemeral,
    /// The hashing pool.
    pub hasher: Hasher,
    /// Signing keys; replaced whole when the directory changes.
    pub keys: ArcSwap<KeyRing>,
    /// Seals and keyed tags.
    pub sealer: Sealer,
    /// Passkeys of this server.
    pub passkeys: Passkeys,
    /// The registered applications; replaced whole when the store's revision changes.
    pub services: ArcSwap<Registry>,
    /// The published charters; replaced whole when the store's revision changes.
    pub charters: ArcSwap<Charters>,
    /// The clock.
    pub clock: Clock,
    /// Chance.
    pub rng: Rng,
    /// Who waits for a hash on this node.
    pub turns: Turns,
    /// How many sign-ins each network may begin on this node.
    pub gate: Gate,
    /// External OpenID Providers.
    pub providers: Providers,
    /// Requests that the program sends.
    pub outbound: Outbound,
}

impl App {
    /// Puts the services together.
    #[must_use]
    pub fn new(services: Services) -> Self {
        Self(Arc::new(services))
    }
}

impl std::ops::Deref for App {
    type Target = Services;
    fn deref(&self) -> &Services {
        &self.0
    }
}

/// Reads the published charters from the store.
///
/// # Errors
/// The store did not answer.
pub async fn load_charters(db: &Db) -> Result<Charters, Fault> {
    let revision = store::charters::revision(db).await?;
    Ok(Charters::new(revision, store::charters::list(db).await?))
}

/// The clock: the machine's, moved by as much as a test says.
#[derive(Clone, Debug, Default)]
pub struct Clock(Arc<AtomicI64>);

impl Clock {
    /// The moment.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    pub fn now(&self) -> Instant {
        let since_epoch = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        let millis = i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX);
        Instant::from_millis(millis.saturating_add(self.0.load(Ordering::Relaxed)))
    }

    /// Moves it forward: for tests.
    pub fn advance(&self, by: std::time::Duration) {
        self.0.fetch_add(i64::try_from(by.as_millis()).unwrap_or(i64::MAX), Ordering::Relaxed);
    }
}

/// Who waits for a hash on this node, by ticket, so that the waiting page can tell the place in the queue.
#[derive(Clone, Default)]
pub struct Turns(Arc<Mutex<HashMap<Digest, Turn>>>);

/// A place in `Turns`, left when dropped.
pub struct Entered {
    turns: Turns,
    ticket: Digest,
}

impl Turns {
    /// Notes who waits; a second try under the same ticket replaces the first.
    #[must_use]
    pub fn enter(&self, ticket: &Digest, turn: Turn) -> Entered {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(ticket.clone(), turn);
        Entered { turns: self.clone(), ticket: ticket.clone() }
    }

    /// How many are before it; none where nobody waits under this ticket here.
    #[must_use]
    pub fn place(&self, ticket: &Digest) -> Option<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(ticket).map(Turn::place)
    }
}

impl Drop for Entered {
    fn drop(&mut self) {
        self.turns.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.ticket);
    }
}

/// The registered applications, as they stood at a revision of the store.
#[derive(Clone, Debug, Default)]
pub struct Registry {
    revision: i64,
    parties: Vec<Arc<RelyingParty>>,
}

impl Registry {
    /// Reads them from the store.
    ///
    /// # Errors
    /// The store did not answer.
    pub async fn load(db: &Db) -> Result<Self, Fault> {
        let revision = store::relying_parties::revision(db).await?;
        let parties = store::relying_parties::list(db).await?.into_iter().map(Arc::new).collect();
        Ok(Self { revision, parties })
    }

    /// The store's revision that they were read at.
    #[must_use]
    pub const fn revision(&self) -> i64 {
        self.revision
    }

    /// The application of that id.
    #[must_use]
    pub fn find(&self, id: &RelyingPartyId) -> Option<&Arc<RelyingParty>> {
        let nth = self.parties.binary_search_by(|party| party.id.cmp(id)).ok()?;
        self.parties.get(nth)
    }

    /// All of them, by id.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<RelyingParty>> {
        self.parties.iter()
    }
}
