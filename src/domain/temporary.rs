//! Temporary passwords: mailed or handed over, good for one sign-in, replaced at once (design §2, §4).

use std::fmt;

use super::{Digest, Instant, Password, PasswordHash, ProvisionalPassword};

/// Mailed or handed over; it opens one session, in which it must be replaced. It has no voice: `reveal` is for the mail or
/// the slip alone.
#[derive(Clone)]
pub struct TemporaryPassword(String);

impl TemporaryPassword {
    /// Takes what the random source drew.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// As it is written: groups with hyphens between them.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is hashed: read like a letter's password, without case, accents, hyphens and blanks (row LOG-10).
    #[must_use]
    pub fn plain(&self) -> Option<Password> {
        ProvisionalPassword::plain_of(&self.0)
    }
}

impl fmt::Debug for TemporaryPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TemporaryPassword(…)")
    }
}

/// What is kept of an account's last temporary password.
#[derive(Clone, Debug)]
pub struct Temporary {
    /// Its hash.
    pub hash: PasswordHash,
    /// A few bits of a keyed tag of it: they say whether what is typed is tried against this hash or against another, so
    /// that one hash is enough (design §4).
    pub tag: String,
    /// Until when it opens a session.
    pub expires_at: Instant,
    /// When it did.
    pub used_at: Option<Instant>,
    /// The session that it opened, as long as that session has not replaced it.
    pub used_by: Option<Digest>,
}

impl Temporary {
    /// Whether it still opens a session.
    #[must_use]
    pub fn is_pending(&self, now: Instant) -> bool {
        self.used_at.is_none() && now < self.expires_at
    }

    /// Whether it was used and has not been replaced: the password before it opens nothing any more.
    #[must_use]
    pub const fn is_in_use(&self) -> bool {
        self.used_by.is_some()
    }
}
