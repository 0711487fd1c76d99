//! What somebody has forgotten, and what a mail then tells them.

use super::{Digest, Identifier, Instant, InteractionId, Profile};

/// What somebody asks for who has forgotten something. It is written down whatever was typed; the courier finds out whether
/// anybody is meant (design §5).
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Forgotten {
    /// The identifiers that belong to an address.
    Identifier,
    /// A link with which another password is chosen.
    Password {
        /// The browser that asked.
        browser: Digest,
        /// The pending sign-in of that browser.
        interaction_id: Option<InteractionId>,
    },
    /// The identifiers, and a code with which another password is chosen in the same browser.
    Both {
        /// The code's row.
        id: String,
        /// The code as it is read.
        code: String,
    },
    /// Nothing: the secret question was answered wrong too often, and its holder is told (row QST-08).
    QuestionPaused,
}

impl Forgotten {
    /// Its name: of the mail, of what is counted and in the trail.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Identifier => "forgotten-identifier",
            Self::Password { .. } => "forgotten-password",
            Self::Both { .. } => "security-code",
            Self::QuestionPaused => "question-paused",
        }
    }
}

/// A mail to who has forgotten something.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct RecoveryMail {
    /// What was asked for.
    pub forgotten: Forgotten,
    /// On what: "Firefox, Android"; may be empty.
    pub device: String,
    /// When.
    pub at: Instant,
    /// Until when the link or the code works; filled in by the courier for links.
    pub until: Instant,
    /// Where one signs in.
    pub address: String,
    /// Whose accounts are meant; filled in by the courier.
    pub holders: Vec<Reached>,
}

/// Somebody who is reached at an address, as a mail names them.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Reached {
    /// First name.
    pub given_name: String,
    /// Both names.
    pub full_name: String,
    /// The identifier.
    pub identifier: Identifier,
    /// What they are, the first of it.
    pub profile: Option<Profile>,
    /// A school of theirs.
    pub school: Option<String>,
    /// Whether the account was activated.
    pub is_activated: bool,
    /// The link that lets them choose a password, where that was asked for.
    pub link: Option<String>,
}
