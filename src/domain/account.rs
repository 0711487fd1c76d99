//! What a person signs in with, and the only ways in which it changes.

use super::{AccountId, Email, Identifier, Instant, LetterKind, PasswordHash, PersonId, Spent};

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

/// Every way in which an account changes. `store::accounts::apply` is the only one to carry it out, with its audit line.
#[derive(Clone, Debug)]
pub enum AccountChange {
    /// An account appears for a person.
    Created {
        /// Everything that it is.
        account: Box<Account>,
    },
    /// An operator said anew what a test account is: its credential, address, language and presence. Everything issued
    /// before is void.
    Overwritten {
        /// Everything that it is; its person, identifier and suspension stay what they were.
        account: Box<Account>,
    },
    /// The same password under newer parameters.
    PasswordRehashed {
        /// Whose.
        id: AccountId,
        /// Under today's parameters.
        hash: PasswordHash,
        /// Replaced only where this one still stands.
        instead_of: PasswordHash,
    },
    /// A letter was made: its provisional password replaces the one before, and what an activation had begun.
    LetterMade {
        /// Whose.
        id: AccountId,
        /// The digest of the provisional password.
        provisional: PasswordHash,
        /// What it is made of.
        kind: LetterKind,
        /// The date printed.
        expires_at: Instant,
    },
    /// The letter's holder chose a password; without an address the account is operational at once.
    PasswordChosen {
        /// Whose.
        id: AccountId,
        /// The chosen password.
        password: PasswordHash,
        /// The address to confirm.
        email: Option<Email>,
        /// The language of the page: mails are written in it from now on.
        language: String,
        /// Done only where this provisional password still stands.
        instead_of: PasswordHash,
        /// The provisional password, kept until the letter's date.
        spent: Option<Spent>,
    },
    /// The address that waits for its confirmation was another one.
    AddressCorrected {
        /// Whose.
        id: AccountId,
        /// The address to confirm from now on.
        email: Email,
    },
    /// The address that waited was confirmed: the account is operational.
    EmailConfirmed {
        /// Whose.
        id: AccountId,
        /// Done only where this one waits.
        email: Email,
    },
    /// A person stopped the account.
    Suspended {
        /// Whose.
        id: AccountId,
        /// Why.
        reason: String,
    },
    /// A person ended the suspension.
    Resumed {
        /// Whose.
        id: AccountId,
    },
}

impl AccountChange {
    /// The account concerned.
    #[must_use]
    pub const fn account_id(&self) -> &AccountId {
        match self {
            Self::Created { account } | Self::Overwritten { account } => &account.id,
            Self::PasswordRehashed { id, .. }
            | Self::LetterMade { id, .. }
            | Self::PasswordChosen { id, .. }
            | Self::AddressCorrected { id, .. }
            | Self::EmailConfirmed { id, .. }
            | Self::Suspended { id, .. }
            | Self::Resumed { id } => id,
        }
    }
}
