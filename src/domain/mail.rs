//! What a mail says, before it is put in words.

use super::{AccountId, Email, Instant, PortalName};

/// A mail that is owed: written to the outbox in the transaction of what caused it, rendered by the courier.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Mail {
    /// To whom.
    pub to: Recipient,
    /// The portal whose name and look it carries.
    pub portal: PortalName,
    /// `fr` or `en`.
    pub language: String,
    /// `tu` or `vous`.
    pub register: String,
    /// The account it concerns.
    pub account_id: Option<AccountId>,
    /// What it says.
    pub kind: MailKind,
}

/// To whom a mail goes. A form that must not tell whether an account exists owes a mail to an identifier; the courier
/// finds the account, or nobody (design §5).
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recipient {
    /// A known address.
    Address(Email),
    /// The folded identifier of an account that may not exist.
    Holder(String),
}

/// What a mail says, with the values it needs.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum MailKind {
    /// Sign-ins to this account were paused after wrong tries.
    SignInPaused {
        /// Whose account, by first name; filled in by the courier.
        given_name: String,
        /// Its identifier; filled in by the courier.
        identifier: String,
    },
    /// The address given in an activation waits for its confirmation. It names the holder, for an address may be shared
    /// (row ACT-15).
    ConfirmAddress {
        /// The holder's first name.
        given_name: String,
        /// The holder's name.
        full_name: String,
        /// The identifier.
        identifier: String,
        /// The link; it opens a page with a button and nothing by itself.
        link: String,
        /// Until when it confirms.
        until: Instant,
    },
    /// The password was replaced; what was issued before has ended.
    PasswordReplaced {
        /// The holder's first name.
        given_name: String,
        /// The identifier.
        identifier: String,
        /// "Firefox, Android"; may be empty.
        device: String,
        /// When.
        at: Instant,
    },
    /// `preau doctor --mail-to`: does mail arrive at all?
    Trial,
}

impl MailKind {
    /// Its name: of the template and of the words.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::SignInPaused { .. } => "sign-in-paused",
            Self::ConfirmAddress { .. } => "confirm-address",
            Self::PasswordReplaced { .. } => "password-replaced",
            Self::Trial => "trial",
        }
    }
}
