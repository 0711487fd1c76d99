//! Who did what to whom: data, never prose and never a secret. Prose is made when it is read.

use super::{
    AccountId, CharterId, EstablishmentId, Factor, Identifier, Instant, PersonId, PortalName, RelyingPartyId,
    RequestId, UpstreamName,
};

/// Who acts, where from and when. Made once for each request or command.
#[derive(Clone, Debug)]
pub struct Actor {
    /// The account, where somebody is signed in; none for a visitor or a command.
    pub account_id: Option<AccountId>,
    /// `browser`, `service` (a program that calls) or `command`.
    pub by: &'static str,
    /// The portal.
    pub portal: Option<PortalName>,
    /// The visitor's network (never the whole address).
    pub network: Option<String>,
    /// The request.
    pub request_id: Option<RequestId>,
    /// The moment.
    pub now: Instant,
}

impl Actor {
    /// An operator at the command line.
    #[must_use]
    pub const fn command(now: Instant) -> Self {
        Self { account_id: None, by: "command", portal: None, network: None, request_id: None, now }
    }
}

/// What happened. The name in the trail is the variant's, in snake case; its fields are the line's data.
#[derive(Clone, Debug, serde::Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// An account appeared.
    AccountCreated {
        /// Its identifier.
        identifier: Identifier,
    },
    /// An operator gave a test account another credential, address, language or presence.
    AccountOverwritten,
    /// A password was hashed under newer parameters.
    PasswordRehashed,
    /// A letter was made.
    LetterMade {
        /// The date printed on it.
        expires_at: Instant,
    },
    /// A letter's password was right, but its date is over.
    LetterTooOld,
    /// A letter's holder chose a password.
    PasswordChosen,
    /// The address that waits for its confirmation was corrected.
    AddressCorrected,
    /// An address was confirmed.
    EmailConfirmed,
    /// A temporary password was made.
    TemporaryGiven {
        /// Until when it opens a session.
        expires_at: Instant,
    },
    /// A temporary password opened a session.
    TemporaryUsed,
    /// The own password was used while a temporary one waited: that one is void.
    TemporaryVoided,
    /// A temporary password was right, but used already or too old.
    TemporaryOver,
    /// Another password was chosen; what was issued before has ended.
    PasswordReplaced {
        /// On what ground: `known`, `temporary` or `mailbox`.
        how: &'static str,
    },
    /// Somebody asked for what was forgotten, and this account is meant.
    RecoveryAsked {
        /// What for: `forgotten-identifier`, `forgotten-password`, `security-code`.
        what: String,
        /// Whether a mail went out: not for the same request again, nor beyond the hourly number (row FID-07).
        sent: bool,
    },
    /// A guardian of the roster asked for the mail that finishes a registration.
    RegistrationAsked,
    /// Somebody without authority over a child tried to register (row REG-19).
    RegistrationRefused {
        /// Who.
        person_id: PersonId,
    },
    /// Addresses were tried in bulk (row REG-10).
    RegistrationProbed {
        /// Whether from many networks; else from one.
        networks: bool,
    },
    /// Mail to the account's address came back for good (row MEL-05).
    AddressBounced,
    /// The holder says that an address which gave mail back is right.
    AddressKept,
    /// A secret question was chosen and answered.
    SecretQuestionSet,
    /// The secret question was answered wrong too often: for an hour the way by link is left (row QST-08).
    SecretQuestionPaused,
    /// A mailed code was typed wrong too often: it is void (row COD-14).
    SecurityCodeVoided,
    /// A pupil asked for a temporary password, and an external provider has proven who they are.
    DelegatedResetRequested {
        /// Which provider.
        upstream: UpstreamName,
    },
    /// A pupil proven by an external provider typed a number or a username that is not theirs.
    DelegatedResetIdentityMismatch {
        /// Which provider.
        upstream: UpstreamName,
        /// Whose number it was, if anybody's.
        of_number: Option<AccountId>,
        /// Whose username it was, if anybody's.
        of_identifier: Option<AccountId>,
    },
    /// The account became operational.
    AccountActivated,
    /// The holder asked for another address.
    EmailChangeAsked,
    /// The holder gave the change up.
    EmailChangeCancelled,
    /// Another address was confirmed.
    EmailReplaced,
    /// The reader of the old address took the change back.
    EmailChangeUndone,
    /// The password was made void: another is owed.
    PasswordVoided,
    /// The account was closed because its letter was added to another one.
    AccountMerged {
        /// The one that stays.
        into: AccountId,
    },
    /// The account of a second letter became part of this one.
    AccountTookIn {
        /// The closed one.
        account_id: AccountId,
        /// Its identifier, which finds this account from now on.
        identifier: Identifier,
    },
    /// A parent said not to be responsible for a pupil: the link grants nothing since.
    GuardianshipDisputed {
        /// The pupil.
        pupil_id: PersonId,
    },
    /// A holder asked the school to look into something.
    SchoolAsked {
        /// What about.
        about: String,
    },
    /// A parent asked a school something by the help form.
    HelpAsked {
        /// What both sides call it.
        reference: String,
        /// Which school.
        establishment_id: EstablishmentId,
    },
    /// A person took an agreement with a third-party service back.
    ConsentWithdrawn {
        /// Which.
        relying_party_id: RelyingPartyId,
    },
    /// A person blocked the account.
    AccountSuspended {
        /// Why.
        reason: String,
    },
    /// A person ended the blocking.
    AccountResumed,
    /// A session was opened.
    SignedIn {
        /// How (`pwd`).
        amr: Vec<String>,
        /// On what: "Firefox, Android".
        device: String,
    },
    /// A right password of an account whose second factor is still to be given: no session yet.
    PasswordAccepted,
    /// A second factor was given.
    SecondFactorGiven {
        /// Which.
        factor: Factor,
    },
    /// A wrong code, or a key that is not the account's.
    SecondFactorRefused,
    /// Codes were paused after wrong ones.
    SecondFactorPaused {
        /// For how many seconds.
        seconds: u64,
    },
    /// A second factor was added.
    SecondFactorAdded {
        /// Which.
        factor: Factor,
    },
    /// A second factor was removed by its holder.
    SecondFactorRemoved {
        /// Which.
        factor: Factor,
    },
    /// An operator took every second factor away.
    SecondFactorReset,
    /// New recovery codes took the place of the old ones.
    RecoveryCodesMade,
    /// A recovery code was used.
    RecoveryCodeUsed {
        /// How many are left.
        left: u32,
    },
    /// A session was ended from the list of sessions.
    SessionEnded {
        /// On what it was open.
        device: String,
    },
    /// Every other session was ended from the list of sessions.
    OtherSessionsEnded {
        /// How many.
        count: u64,
    },
    /// A session was ended by its holder.
    SignedOut,
    /// Tries were paused.
    SignInPaused {
        /// For how many seconds.
        seconds: u64,
    },
    /// A relying party was registered or changed by an operator.
    ServiceApplied {
        /// Which.
        relying_party_id: RelyingPartyId,
    },
    /// A relying party was removed by an operator.
    ServiceRemoved {
        /// Which.
        relying_party_id: RelyingPartyId,
    },
    /// A code was used twice: what it had given was revoked (RFC 6749 §4.1.2).
    CodeReplayed {
        /// At which relying party.
        relying_party_id: RelyingPartyId,
    },
    /// A person agreed that a third-party service learns things.
    ConsentGiven {
        /// Which.
        relying_party_id: RelyingPartyId,
    },
    /// An operator published a version of a charter.
    CharterPublished {
        /// Which.
        charter_id: CharterId,
    },
    /// A person accepted a charter.
    CharterAccepted {
        /// Which.
        charter_id: CharterId,
        /// Its version.
        version: String,
        /// The language it was read in.
        language: String,
        /// Whether a guardian's signature is awaited.
        awaits_guardian: bool,
    },
    /// A guardian accepted a charter for a pupil, or signed it on paper.
    CharterSigned {
        /// Which.
        charter_id: CharterId,
        /// Its version.
        version: String,
        /// Whether the signature stands on paper.
        on_paper: bool,
    },
    /// A person refused a charter: the session ended.
    CharterRefused {
        /// Which were shown.
        charter_ids: Vec<CharterId>,
    },
    /// An address for notifications was given; whether it still waits for its confirmation.
    NotificationEmailGiven {
        /// Whether it waits.
        awaits_confirmation: bool,
    },
    /// An address for notifications was confirmed.
    NotificationEmailConfirmed,
    /// No address for notifications is wanted.
    NotificationEmailDeclined,
    /// Signing keys were renewed.
    KeysRotated {
        /// The new key ids.
        kids: Vec<String>,
    },
}

/// A line as it is read back.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Entry {
    /// When.
    pub at: Instant,
    /// What, by its name.
    pub event: String,
    /// On whom.
    pub account_id: Option<AccountId>,
    /// By whom.
    pub actor_id: Option<AccountId>,
    /// From which network.
    pub network: Option<String>,
    /// The line's data.
    pub data: serde_json::Value,
}
