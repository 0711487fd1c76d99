//! What a person signs in with.

use super::{AccountId, Email, Identifier, Instant, PasswordHash, PersonId};

/// An account: three facts that never change each other, and the words around them (design §2).
#[derive(Clone, Debug)]
pub struct Account {
    /// For life.
    pub id: AccountId,
    /// Whose it is.
    pub person_id: PersonId,
    /// The login name, for life.
    pub identifier: Identifier,
    /// The confirmed address, where there is one.
    pub email: Option<Email>,
    /// What opens it.
    pub credential: Credential,
    /// Whether a person stopped it.
    pub suspension: Option<Suspension>,
    /// Whether the roster still knows it.
    pub presence: Presence,
    /// The language its mails are written in: `fr` or `en`.
    pub language: String,
    /// Since when everything issued before is void: sessions, tokens, links (set by a new password).
    pub valid_since: Instant,
}

/// What opens an account. What only exists in a state lives in its variant.
#[derive(Clone, Debug)]
pub enum Credential {
    /// Nothing yet: no letter was made.
    None,
    /// A letter was made: its provisional password opens the activation and nothing else.
    Letter {
        /// The digest of the provisional password.
        provisional: PasswordHash,
        /// The date printed.
        expires_at: Instant,
    },
    /// A password was chosen; the address waits for its confirmation.
    Confirming {
        /// The chosen password.
        password: PasswordHash,
        /// The address to confirm.
        email: Email,
    },
    /// The person's own.
    Own {
        /// The chosen password.
        password: PasswordHash,
    },
}

impl Credential {
    /// The hash that a typed password is tried against; none where nothing can open the account.
    #[must_use]
    pub const fn hash(&self) -> Option<&PasswordHash> {
        match self {
            Self::None => None,
            Self::Letter { provisional, .. } => Some(provisional),
            Self::Confirming { password, .. } | Self::Own { password } => Some(password),
        }
    }

    /// Its name in the store.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Letter { .. } => "letter",
            Self::Confirming { .. } => "confirming",
            Self::Own { .. } => "own",
        }
    }
}

/// Stopped by a person, with a reason; it ends when a person ends it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suspension {
    /// Since when.
    pub since: Instant,
    /// Why, for the school's eyes.
    pub reason: String,
}

/// Whether the roster still knows the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Known.
    OnRoster,
    /// Gone from the roster; will be archived.
    Departing {
        /// Since when.
        since: Instant,
    },
    /// Closed for good.
    Archived {
        /// Since when.
        since: Instant,
    },
}

/// The column État, computed from the three facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountState {
    /// Archivé.
    Archived,
    /// Pré-supprimé.
    Departing,
    /// Bloqué.
    Suspended,
    /// À activer.
    ToActivate,
    /// En attente de confirmation.
    Confirming,
    /// Opérationnel.
    Operational,
}

impl Account {
    /// The column État (design §2): Archivé, else Pré-supprimé, else Bloqué, else what the credential says.
    #[must_use]
    pub const fn state(&self) -> AccountState {
        match (&self.presence, &self.suspension, &self.credential) {
            (Presence::Archived { .. }, _, _) => AccountState::Archived,
            (Presence::Departing { .. }, _, _) => AccountState::Departing,
            (_, Some(_), _) => AccountState::Suspended,
            (_, _, Credential::None | Credential::Letter { .. }) => AccountState::ToActivate,
            (_, _, Credential::Confirming { .. }) => AccountState::Confirming,
            (_, _, Credential::Own { .. }) => AccountState::Operational,
        }
    }

    /// Whether it was closed for good.
    #[must_use]
    pub const fn is_archived(&self) -> bool {
        matches!(self.presence, Presence::Archived { .. })
    }

    /// Whether a right password may open a session: not when suspended or archived. A departing account still may.
    #[must_use]
    pub const fn may_sign_in(&self) -> bool {
        self.suspension.is_none()
            && !matches!(self.presence, Presence::Archived { .. })
            && matches!(self.credential, Credential::Own { .. })
    }
}
