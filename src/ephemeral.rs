//! Short-lived things behind one small interface: authorization codes, CAS tickets, the outcomes of queued hashes.
//!
//! `put` and `take` once, in process on a single node, on Redis when several nodes share the work. Losing it costs a retry,
//! never a reuse. What is kept is named by a digest, and nothing here knows what the values mean.

mod memory;
mod shared;

use std::{sync::Arc, time::Duration};

use serde::{Serialize, de::DeserializeOwned};

use crate::domain::{Digest, Fault, Instant};

/// The kinds of short-lived things: each has a name space of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Authorization codes (RFC 6749 §4.1.2).
    Code,
    /// That a code was shown once at the most: taken by the first who shows it again, or by the one who redeemed it.
    CodeOnce,
    /// CAS service tickets (CAS 3.0 §3.1).
    ServiceTicket,
    /// Outcomes of sign-ins that waited in the hashing queue (design §8).
    Outcome,
    /// Sign-ins that wait in some node's queue.
    Turn,
    /// Authorization requests that came by POST and wait for their browser.
    Posted,
    /// Questions to a browser about passkeys.
    Passkey,
    /// Ways to an external provider, by their state (RFC 6749 §10.12).
    Upstream,
    /// Two people whose address and password are the same, until one says who they are.
    Either,
    /// Identities that an external provider has proven, for the reset that follows.
    Proof,
}

impl Kind {
    const fn name(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::CodeOnce => "code-once",
            Self::ServiceTicket => "st",
            Self::Outcome => "outcome",
            Self::Turn => "turn",
            Self::Posted => "posted",
            Self::Passkey => "passkey",
            Self::Upstream => "upstream",
            Self::Either => "either",
            Self::Proof => "proof",
        }
    }
}

/// The store of short-lived things.
#[derive(Clone)]
pub struct Ephemeral(Arc<Inner>);

enum Inner {
    Memory(memory::Memory),
    Redis(shared::Shared),
}

impl Ephemeral {
    /// In this process: for a single node.
    #[must_use]
    pub fn in_process() -> Self {
        Self(Arc::new(Inner::Memory(memory::Memory::default())))
    }

    /// On Redis, for several nodes; `prefix` keeps networks apart that share one server.
    ///
    /// # Errors
    /// The URL is wrong or the server does not answer.
    pub async fn on_redis(url: &str, prefix: &str) -> Result<Self, Fault> {
        Ok(Self(Arc::new(Inner::Redis(shared::Shared::connect(url, prefix).await?))))
    }

    /// Keeps a value for `ttl`; one that is there already is replaced.
    ///
    /// # Errors
    /// Redis did not answer, or the store is full.
    pub async fn put<T: Serialize + Sync>(
        &self,
        kind: Kind,
        key: &Digest,
        value: &T,
        now: Instant,
        ttl: Duration,
    ) -> Result<(), Fault> {
        let value = serde_json::to_string(value)?;
        match &*self.0 {
            Inner::Memory(memory) => memory.put((kind, key.as_str().to_owned()), value, now, ttl),
            Inner::Redis(redis) => redis.put(kind, key, &value, now, ttl).await,
        }
    }

    /// Takes a value, once: of fifty who ask at the same time one gets it.
    ///
    /// # Errors
    /// Redis did not answer.
    pub async fn take<T: DeserializeOwned>(&self, kind: Kind, key: &Digest, now: Instant) -> Result<Option<T>, Fault> {
        let value = match &*self.0 {
            Inner::Memory(memory) => memory.take(&(kind, key.as_str().to_owned()), now),
            Inner::Redis(redis) => redis.take(kind, key, now).await?,
        };
        value.map(|value| serde_json::from_str(&value).map_err(Fault::from)).transpose()
    }

    /// Reads a value and leaves it where it is: for what a reload may ask for again, never for what is good once.
    ///
    /// # Errors
    /// Redis did not answer.
    pub async fn find<T: DeserializeOwned>(&self, kind: Kind, key: &Digest, now: Instant) -> Result<Option<T>, Fault> {
        let value = match &*self.0 {
            Inner::Memory(memory) => memory.find(&(kind, key.as_str().to_owned()), now),
            Inner::Redis(redis) => redis.find(kind, key, now).await?,
        };
        value.map(|value| serde_json::from_str(&value).map_err(Fault::from)).transpose()
    }

    /// Asks for nothing, to see that it answers.
    ///
    /// # Errors
    /// Redis did not answer.
    pub async fn ping(&self) -> Result<(), Fault> {
        match &*self.0 {
            Inner::Memory(_) => Ok(()),
            Inner::Redis(redis) => redis.ping().await,
        }
    }

    /// Drops what is out of date; Redis does so by itself.
    pub fn sweep(&self, now: Instant) {
        if let Inner::Memory(memory) = &*self.0 {
            memory.sweep(now);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_is_put_is_taken_once_and_in_time() {
        let store = Ephemeral::in_process();
        let (now, key) = (Instant::from_seconds(1000), Digest::of(b"a code"));
        let minute = Duration::from_mins(1);
        store.put(Kind::Code, &key, &"lune", now, minute).await.expect("kept");
        assert_eq!(store.find::<String>(Kind::Code, &key, now).await.expect("asked").as_deref(), Some("lune"));
        assert_eq!(store.find::<String>(Kind::Code, &key, now + minute).await.expect("asked"), None, "too late");
        assert_eq!(store.take::<String>(Kind::ServiceTicket, &key, now).await.expect("asked"), None, "kinds are apart");
        assert_eq!(store.take::<String>(Kind::Code, &key, now).await.expect("asked").as_deref(), Some("lune"));
        assert_eq!(store.take::<String>(Kind::Code, &key, now).await.expect("asked"), None, "once");
        store.put(Kind::Code, &key, &"lune", now, minute).await.expect("kept");
        assert_eq!(store.take::<String>(Kind::Code, &key, now + minute).await.expect("asked"), None, "too late");
    }
}
