//! The only ways in which an account changes.

use super::{Account, AccountId, Email, Instant, LetterKind, PasswordHash, Spent};

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
