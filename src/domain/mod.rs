//! The words of the house: newtypes, states, and the pure functions that belong to them.
//!
//! Nothing here does IO, reads a clock or knows another room. What can be wrong is refused when a value is
//! made, so that the rooms above hold only values that are right.

mod account;
mod account_change;
mod activation;
mod audit;
mod cas_service;
mod charter;
mod facts;
mod fold;
mod grant;
mod hashing;
mod help;
mod id;
mod identifier;
mod interaction;
mod link;
mod mail;
mod markdown;
mod network;
mod password;
mod people;
mod profile;
mod recovery;
mod refusal;
mod relying_party;
mod second_factor;
mod secret;
mod secret_question;
mod session;
mod step;
mod temporary;
mod time;

pub use account::{Account, AccountState, Credential, Presence, Suspension};
pub use account_change::{AccountChange, Kept, Replacing};
pub use activation::{ActivationProof, Letter, LetterKind, LetterProof, ProvisionalPassword, Spent};
pub use audit::{Actor, Entry, Event};
pub use cas_service::{CasService, CasUser, Match, ServiceUrl, is_loopback};
pub use charter::{
    Bilingual, Charter, CharterKind, CharterSignature, GuardianRule, NotificationAddress, Signer, SigningPlace,
};
pub use facts::{ChildFact, ClassFact, Facts};
pub use fold::{clip, fold, fold_name, shows_nothing, squeeze};
pub use grant::{Given, Grant};
pub use hashing::{HashParameters, Hashing};
pub use help::{HelpMail, HelpRequest, is_phone};
pub use id::{
    AccountId, CharterId, EstablishmentId, GrantId, GroupId, InteractionId, PersonId, PortalName, RelyingPartyId,
    RequestId, SubjectId, UpstreamName,
};
pub use identifier::{Email, Identifier};
pub use interaction::{Asked, Demands, Interaction};
pub use link::{Link, LinkPurpose};
pub use mail::{AccountMail, AccountNews, Mail, MailKind, Recipient, SchoolMail, SchoolNews};
pub use markdown::{Block, Markdown, MarkdownFault, Span};
pub use network::Network;
pub use password::{Password, PasswordHash, PasswordRefused, Typed};
pub use people::{
    Affiliation, Establishment, EstablishmentKind, Group, GroupKind, GuardianClaim, Guardianship, Membership, Person,
    Standing,
};
pub use profile::{Function, Profile};
pub use recovery::{Forgotten, Reached, RecoveryMail};
pub use refusal::{EmailDoubt, Fault, Outcome, Refusal, Rule};
pub use relying_party::{AuthMethod, Claim, ClientSecret, OidcClient, Release, RelyingParty, ReturnTo};
pub use second_factor::{Enrolled, Factor, FactorNews, Passkey};
pub use secret::{Digest, Secret};
pub use secret_question::{Answer, Question, SecretQuestion};
pub use session::{LogoutNotice, ServedParty, Session, SessionLine};
pub use step::Step;
pub use temporary::{Temporary, TemporaryPassword};
pub use time::Instant;
