//! What a mail says, before it is put in words.

use super::{AccountId, Email, FactorNews, HelpMail, Instant, PortalName, RecoveryMail};

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
    /// Something changed in the holder's own account.
    Account(AccountMail),
    /// Something for a school to look into.
    School(SchoolMail),
    /// Something became of the second factors of an account.
    SecondFactor {
        /// Whose account, by first name; filled in by the courier.
        given_name: String,
        /// Its identifier; filled in by the courier.
        identifier: String,
        /// What.
        news: FactorNews,
        /// When.
        at: Instant,
    },
    /// An address for notifications waits for its confirmation (row CHA-08).
    ConfirmNotification {
        /// The holder's first name.
        given_name: String,
        /// The holder's name.
        full_name: String,
        /// The link; it opens a page with a button and nothing by itself.
        link: String,
        /// Until when it confirms.
        until: Instant,
    },
    /// A temporary password, for a pupil whom an external provider has proven; it goes to the mailbox there (row SEP-08).
    TemporaryByUpstream {
        /// The pupil's first name.
        given_name: String,
        /// The identifier.
        identifier: String,
        /// The temporary password.
        password: String,
        /// Until when it opens a session.
        until: Instant,
        /// Where one signs in.
        address: String,
        /// What people call the provider.
        upstream: String,
    },
    /// A temporary password, after the secret question was answered (row QST-04).
    TemporaryByQuestion {
        /// The holder's first name.
        given_name: String,
        /// The temporary password.
        password: String,
        /// Until when it opens a session.
        until: Instant,
        /// Where one signs in.
        address: String,
    },
    /// A legal guardian is told that a pupil asked for a temporary password (row SEP-21).
    PupilResetTold {
        /// The guardian's first name; filled in by the courier.
        given_name: String,
        /// The pupil's name.
        pupil: String,
        /// When.
        at: Instant,
        /// What people call the provider.
        upstream: String,
    },
    /// To who has forgotten something. Owed to whatever was typed; the courier finds the accounts, or nobody.
    Recovery(Box<RecoveryMail>),
    /// A parent's question, to the school; its answer goes to the parent (row HLP-05).
    HelpAsked(Box<HelpMail>),
    /// That the question was passed on, to who asked (row HLP-06).
    HelpReceived {
        /// The question.
        help: Box<HelpMail>,
        /// Whether the roster or an account knows the address; filled in by the courier. Only then the typed words come
        /// along: a stranger gets nothing that another stranger wrote.
        is_known: bool,
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
            Self::Account(mail) => mail.news.name(),
            Self::School(mail) => mail.news.name(),
            Self::SecondFactor { .. } => "second-factor",
            Self::ConfirmNotification { .. } => "confirm-notification",
            Self::TemporaryByUpstream { .. } => "temporary-by-upstream",
            Self::TemporaryByQuestion { .. } => "temporary-by-question",
            Self::PupilResetTold { .. } => "pupil-reset-told",
            Self::Recovery(mail) => mail.forgotten.name(),
            Self::HelpAsked(_) => "help-asked",
            Self::HelpReceived { .. } => "help-received",
            Self::Trial => "trial",
        }
    }

    /// Where an answer goes; none where nobody reads one.
    #[must_use]
    pub fn reply_to(&self) -> Option<&Email> {
        match self {
            Self::HelpAsked(help) => Some(&help.request.email),
            _ => None,
        }
    }
}

/// What a holder is told of their own account.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct AccountMail {
    /// The holder's first name.
    pub given_name: String,
    /// The identifier.
    pub identifier: String,
    /// What happened.
    pub news: AccountNews,
}

/// What happened to an account.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountNews {
    /// To the new address: it waits for its confirmation.
    ConfirmNewAddress {
        /// The link; it opens a page with a button and nothing by itself.
        link: String,
        /// Until when it confirms.
        until: Instant,
    },
    /// To the old address: another one waits for its confirmation.
    AddressChanging {
        /// The other one, masked.
        to: String,
        /// The link that takes the change back.
        link: String,
        /// Until when it does.
        until: Instant,
    },
    /// To the old address: another one was confirmed.
    AddressChanged {
        /// The other one, masked.
        to: String,
        /// The link that takes the change back.
        link: String,
        /// Until when it does.
        until: Instant,
    },
    /// A second letter was added to the account.
    LetterAdded {
        /// The letter's identifier.
        identifier: String,
    },
    /// To a guardian who registers: the link that finishes it (row REG-05).
    RegistrationLink {
        /// The link; it opens a page, and nothing by itself.
        link: String,
        /// Until when it works.
        until: Instant,
    },
    /// To a guardian who registers and has an account already (row REG-20).
    AlreadyRegistered {
        /// Where one signs in.
        sign_in: String,
        /// Where one gets a new password.
        forgotten: String,
    },
    /// The secret question is another one.
    QuestionChanged,
    /// Another address for notifications was given, or none.
    NotificationsChanged,
    /// To a pupil: a parent made a temporary password for the account (row ACC-15).
    TemporaryByGuardian {
        /// Who: both names.
        guardian: String,
        /// Until when it opens a session.
        until: Instant,
    },
    /// To the old address: the change was taken back, a new password is owed.
    ChangeUndone {
        /// The link to choose one.
        link: String,
        /// Until when it works.
        until: Instant,
    },
}

impl AccountNews {
    const fn name(&self) -> &'static str {
        match self {
            Self::ConfirmNewAddress { .. } => "confirm-new-address",
            Self::AddressChanging { .. } => "address-changing",
            Self::RegistrationLink { .. } => "registration-link",
            Self::AlreadyRegistered { .. } => "already-registered",
            Self::QuestionChanged => "question-changed",
            Self::NotificationsChanged => "notifications-changed",
            Self::TemporaryByGuardian { .. } => "temporary-by-guardian",
            Self::AddressChanged { .. } => "address-changed",
            Self::LetterAdded { .. } => "letter-added",
            Self::ChangeUndone { .. } => "change-undone",
        }
    }
}

/// What a school is asked to look into.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct SchoolMail {
    /// The school's name.
    pub school: String,
    /// Who the account is of.
    pub full_name: String,
    /// Its identifier.
    pub identifier: String,
    /// What there is to look into.
    pub news: SchoolNews,
}

/// What there is to look into.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SchoolNews {
    /// A change of address was taken back by the reader of the old one (row ACC-14).
    AddressContested {
        /// When.
        at: Instant,
    },
    /// A parent says not to be responsible for a pupil (row ACT-21).
    NotGuardian {
        /// The pupil's name.
        pupil: String,
        /// The class; may be empty.
        class: String,
    },
    /// A parent says that a child is missing.
    ChildMissing {
        /// In the parent's words.
        message: String,
    },
    /// A contact without authority tried to register (row REG-19).
    RegistrationWithoutAuthority,
    /// Somebody says that the roster is wrong (row ACC-17).
    Correction {
        /// In their words.
        message: String,
    },
}

impl SchoolNews {
    const fn name(&self) -> &'static str {
        match self {
            Self::AddressContested { .. } => "address-contested",
            Self::NotGuardian { .. } => "not-guardian",
            Self::ChildMissing { .. } => "child-missing",
            Self::RegistrationWithoutAuthority => "registration-without-authority",
            Self::Correction { .. } => "correction",
        }
    }
}
