//! What a mail says, before it is put in words.

use super::{AccountId, Email, PortalName};

/// A mail that is owed: written to the outbox in the transaction of what caused it, rendered by the courier.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Mail {
    /// To whom.
    pub to: Email,
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

/// What a mail says, with the values it needs.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum MailKind {
    /// Sign-ins to this account were paused after wrong tries.
    SignInPaused {
        /// Whose account, by first name.
        given_name: String,
        /// Its identifier.
        identifier: String,
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
            Self::Trial => "trial",
        }
    }
}
