//! The rules: plain data with a default, per portal and profile, and the pure functions on them.
//!
//! Nothing here does IO or reads a clock. Rooms ask here and act elsewhere; no page and no journey holds a rule.

mod account;
mod addresses;
mod charters;
mod colour;
mod common;
mod deny;
mod handed;
mod identifiers;
mod levels;
mod lifetimes;
mod limits;
mod passwords;
mod portal;
mod pupil_number;
mod recovery;
mod registration;
pub mod release;
mod same_person;
mod second_factor;
mod steps;
mod upstream;

pub use account::AccountRules;
pub use addresses::{KNOWN_DOMAINS, is_plain, mistyped};
pub use charters::{Charters, Concern, Signed};
pub use colour::{GROUNDS_BY_DAY, GROUNDS_BY_NIGHT, LEAST_CONTRAST, contrast};
pub use handed::{HANDED_SIGNS, HANDED_WORDS, kind_for};
pub use identifiers::{IdentifierRule, Identifiers, plain_identifier};
pub use levels::{UpToLevel, levels};
pub use lifetimes::{Lifetimes, SessionLifetime};
pub use limits::{AccountLimits, Limits, MailLimits, NetworkLimits, RequestLimits};
pub use passwords::{About, PasswordPreset, PasswordPresets, RuleList};
pub use portal::{
    ActivationRules, Contact, Door, Doors, Help, Look, Portal, Portals, Preset, Privacy, PupilEmail, Registration,
    SchoolWord,
};
pub use pupil_number::{NumberCheck, NumberRule, pupil_number_fits};
pub use recovery::{CODE_SIGNS, CodeRules, Recovery, RecoveryWay, grouped_code, may_come_back, typed_code};
pub use registration::{Found, Registrant, registrant};
pub use same_person::may_be_one;
pub use second_factor::{SecondFactorRule, SecondFactors};
pub use steps::{Owed, next_step};
pub use upstream::{External, PupilReset, RosterAttribute, Upstream, Upstreams};

use crate::domain::Hashing;

/// Every rule that holds, made once from the configuration.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Codes that are mailed.
    pub codes: CodeRules,
    /// The portals and what each offers.
    pub portals: Portals,
    /// External OpenID Providers.
    pub upstreams: Upstreams,
    /// How long things live.
    pub lifetimes: Lifetimes,
    /// How many tries are looked at.
    pub limits: Limits,
    /// What holders may do to their own accounts.
    pub account: AccountRules,
    /// What hashing may cost.
    pub hashing: Hashing,
    /// How identifiers are made.
    pub identifiers: IdentifierRule,
}
