//! The only ways in which an account changes.

use super::{Account, AccountId, Digest, Email, Instant, LetterKind, PasswordHash, Spent};

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
    /// A temporary password was made: it opens one session, and the person's own stays good until then (row QST-09).
    TemporaryGiven {
        /// Whose.
        id: AccountId,
        /// Its hash.
        hash: PasswordHash,
        /// The bits of its keyed tag.
        tag: String,
        /// Until when it opens a session.
        expires_at: Instant,
        /// Done only where the one before was made at this moment or earlier.
        none_since: Instant,
    },
    /// A temporary password opened a session, which must replace it.
    TemporaryUsed {
        /// Whose.
        id: AccountId,
        /// Done only where this one still stands, unused.
        hash: PasswordHash,
        /// The session.
        session: Digest,
    },
    /// The person's own password was used: a temporary one that waited is void (row QST-09).
    TemporaryVoided {
        /// Whose.
        id: AccountId,
    },
    /// A person chose another password. Everything issued before ends: sessions, grants, links, codes, temporary
    /// passwords, letters.
    PasswordReplaced {
        /// Whose.
        id: AccountId,
        /// The chosen password.
        password: PasswordHash,
        /// On what ground.
        how: Replacing,
        /// The session that goes on.
        keep: Option<Kept>,
    },
    /// Another address was confirmed at its mailbox; services know the holder by what they did before (row ACC-12).
    EmailReplaced {
        /// Whose.
        id: AccountId,
        /// The confirmed address.
        email: Email,
        /// What was issued before this moment is void.
        valid_since: Instant,
    },
    /// The reader of the old address took a change back: the address is what it was, the password is void.
    EmailUndone {
        /// Whose.
        id: AccountId,
        /// The address as it was.
        email: Email,
        /// The hash of what nobody knows.
        password: PasswordHash,
    },
    /// A second letter of the same person was added to another account: this one, the letter's, is closed.
    Merged {
        /// The letter's account.
        id: AccountId,
        /// The account that stays.
        into: AccountId,
        /// Done only where this provisional password still stands.
        provisional: PasswordHash,
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
            | Self::TemporaryGiven { id, .. }
            | Self::TemporaryUsed { id, .. }
            | Self::TemporaryVoided { id }
            | Self::PasswordReplaced { id, .. }
            | Self::EmailReplaced { id, .. }
            | Self::EmailUndone { id, .. }
            | Self::Merged { id, .. }
            | Self::Suspended { id, .. }
            | Self::Resumed { id } => id,
        }
    }
}

/// On what ground a person chose another password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Replacing {
    /// They typed the one before.
    Known,
    /// They signed in with a temporary one, which this session replaces.
    Temporary,
    /// They opened the mailbox of the account. An account that was not operational becomes so, with this address.
    Mailbox(Email),
}

impl Replacing {
    /// Its name in the audit trail.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Known => "known",
            Self::Temporary => "temporary",
            Self::Mailbox(_) => "mailbox",
        }
    }
}

/// A session that outlives a change of the password: the one in which it was chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its id.
    pub session: Digest,
    /// When its proof was given: what was issued before is void.
    pub since: Instant,
}
