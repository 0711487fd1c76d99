//! Short-lived things in this process.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use crate::domain::{Fault, Instant};

use super::Kind;

/// So many at the most: what nobody takes is swept within its time, and a flood is refused rather than kept.
const MOST: usize = 1_000_000;

#[derive(Default)]
pub(super) struct Memory(Mutex<HashMap<(Kind, String), (Instant, String)>>);

impl Memory {
    pub(super) fn put(&self, key: (Kind, String), value: String, now: Instant, ttl: Duration) -> Result<(), Fault> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST {
            return Err(
                Fault::new("too many codes and tickets are waiting").remedy("look for a flood of sign-ins in the log")
            );
        }
        kept.insert(key, (now + ttl, value));
        Ok(())
    }

    pub(super) fn take(&self, key: &(Kind, String), now: Instant) -> Option<String> {
        let found = self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
        found.filter(|(expires_at, _)| now < *expires_at).map(|(_, value)| value)
    }

    pub(super) fn find(&self, key: &(Kind, String), now: Instant) -> Option<String> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(key).filter(|(expires_at, _)| now < *expires_at).map(|(_, value)| value.clone())
    }

    pub(super) fn sweep(&self, now: Instant) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).retain(|_, (expires_at, _)| now < *expires_at);
    }
}
