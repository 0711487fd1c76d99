//! What a person may show beside the password.

use super::{AccountId, Instant};

/// Which second factors an account has. Recovery codes are none by themselves: they stand in for one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Enrolled {
    /// An application for one-time codes.
    pub totp: bool,
    /// One passkey at least.
    pub passkeys: bool,
}

impl Enrolled {
    /// Whether there is one at all.
    #[must_use]
    pub const fn any(self) -> bool {
        self.totp || self.passkeys
    }
}

/// A kind of factor, as the audit trail and mails name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Factor {
    /// An application for one-time codes (RFC 6238).
    Totp,
    /// A passkey (`WebAuthn`).
    Passkey,
    /// A recovery code.
    RecoveryCode,
}

/// A passkey of an account.
#[derive(Clone, Debug)]
pub struct Passkey {
    /// The credential's id in base64url.
    pub id: String,
    /// Whose it is.
    pub account_id: AccountId,
    /// What its holder calls it.
    pub name: String,
    /// The public key and its counter, as `crypto` wrote them.
    pub credential: String,
    /// What the key knows the account by: opaque, the same for every key of an account (`WebAuthn` §5.4.3).
    pub user_handle: String,
    /// When it was added.
    pub added_at: Instant,
    /// When it was last used.
    pub used_at: Option<Instant>,
}

/// What became of an account's second factors, for the mail that tells its holder.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactorNews {
    /// An application was added.
    AppAdded,
    /// The application was removed.
    AppRemoved,
    /// A passkey of that name was added.
    PasskeyAdded(String),
    /// The passkey of that name was removed.
    PasskeyRemoved(String),
    /// New recovery codes took the place of the old ones.
    CodesMade,
    /// A recovery code was used; so many are left.
    CodeUsed(u32),
    /// Somebody who knows the password tried wrong codes.
    Paused,
    /// An operator took every second factor away.
    Reset,
}
