//! What a refused form leaves for the page that tells of it: reasons as plain data, never a password.

use serde::{Deserialize, Serialize};

use crate::domain::{EmailDoubt, Instant, Refusal, Rule};

/// A refusal, as it is put aside.
#[derive(Debug, Deserialize, Serialize)]
pub(super) enum Why {
    NoPassword,
    NoConfirmation,
    NoEmail,
    NoCurrent,
    Unfit,
    Broken(Vec<Rule>),
    NotSame,
    SameAsLetter,
    NotCurrent,
    Paused(Instant),
    Recent,
    NoChange,
    EmailUnfit,
    BarredChild,
    BarredSchool,
    InDoubt(Option<String>),
    NoIdentifier,
    NoProvisional,
    WrongLetter,
    Suspended,
    LetterUsed,
    LetterBegun,
    LetterTooOld,
    AnotherPerson,
    SameAsTemporary,
    TooSoon,
    AskSchool,
    NoQuestion,
    NoAnswer,
    AnswerUnfit,
    WrongAnswer,
    NotOnFile,
    NotOnRoster,
    RegistrationPaused,
    NoSuchDate,
    NotListed,
    TooLong(usize),
    NoCode,
    WrongCode,
    WrongSecurityCode(u32),
    SecurityCodeVoid,
    SecurityCodeOld,
}

/// What a refused form leaves, where nothing else is kept of it.
#[derive(Debug, Default, Deserialize, Serialize)]
pub(super) struct Told(Vec<Why>);

impl Told {
    /// To be put aside.
    pub(super) fn of(refusals: Vec<Refusal>) -> Self {
        Self(refusals.into_iter().filter_map(Why::of).collect())
    }

    /// As the page tells it.
    pub(super) fn refusals(self) -> Vec<Refusal> {
        self.0.into_iter().map(Refusal::from).collect()
    }
}

impl Why {
    pub(super) fn of(refusal: Refusal) -> Option<Self> {
        Some(match refusal {
            Refusal::Missing { field: "new_password" } => Self::NoPassword,
            Refusal::Missing { field: "confirmation" } => Self::NoConfirmation,
            Refusal::Missing { field: "current_password" } => Self::NoCurrent,
            Refusal::Missing { field: "identifier" } => Self::NoIdentifier,
            Refusal::Missing { field: "password" } => Self::NoProvisional,
            Refusal::Missing { field: "question" } => Self::NoQuestion,
            Refusal::Missing { field: "answer" } => Self::NoAnswer,
            Refusal::AnswerUnfit => Self::AnswerUnfit,
            Refusal::WrongAnswer => Self::WrongAnswer,
            Refusal::NotOnFile => Self::NotOnFile,
            Refusal::NotOnRoster => Self::NotOnRoster,
            Refusal::RegistrationPaused => Self::RegistrationPaused,
            Refusal::NoSuchDate => Self::NoSuchDate,
            Refusal::NotListed => Self::NotListed,
            Refusal::TooLong { most } => Self::TooLong(most),
            Refusal::Missing { field: "code" } => Self::NoCode,
            Refusal::WrongCode => Self::WrongCode,
            Refusal::WrongSecurityCode { left } => Self::WrongSecurityCode(left),
            Refusal::SecurityCodeVoid => Self::SecurityCodeVoid,
            Refusal::SecurityCodeOld => Self::SecurityCodeOld,
            Refusal::SameAsTemporary => Self::SameAsTemporary,
            Refusal::TemporaryTooSoon => Self::TooSoon,
            Refusal::AskSchool => Self::AskSchool,
            Refusal::WrongCredentials => Self::WrongLetter,
            Refusal::Suspended => Self::Suspended,
            Refusal::LetterUsed => Self::LetterUsed,
            Refusal::LetterBegun => Self::LetterBegun,
            Refusal::LetterTooOld => Self::LetterTooOld,
            Refusal::AnotherPerson => Self::AnotherPerson,
            Refusal::Missing { .. } => Self::NoEmail,
            Refusal::PasswordUnfit => Self::Unfit,
            Refusal::BrokenRules(rules) => Self::Broken(rules),
            Refusal::NotSame => Self::NotSame,
            Refusal::SameAsLetter => Self::SameAsLetter,
            Refusal::NotCurrent => Self::NotCurrent,
            Refusal::TooManyTries { again_at } => Self::Paused(again_at),
            Refusal::RecentPassword => Self::Recent,
            Refusal::NoChange => Self::NoChange,
            Refusal::EmailUnfit => Self::EmailUnfit,
            Refusal::EmailInDoubt(EmailDoubt::Mistyped { domain }) => Self::InDoubt(Some(domain)),
            Refusal::EmailInDoubt(_) => Self::InDoubt(None),
            Refusal::EmailBarred(EmailDoubt::Child) => Self::BarredChild,
            Refusal::EmailBarred(_) => Self::BarredSchool,
            _ => return None,
        })
    }
}

impl From<Why> for Refusal {
    fn from(why: Why) -> Self {
        match why {
            Why::NoPassword => Self::Missing { field: "new_password" },
            Why::NoConfirmation => Self::Missing { field: "confirmation" },
            Why::NoEmail => Self::Missing { field: "email" },
            Why::NoCurrent => Self::Missing { field: "current_password" },
            Why::Unfit => Self::PasswordUnfit,
            Why::Broken(rules) => Self::BrokenRules(rules),
            Why::NotSame => Self::NotSame,
            Why::SameAsLetter => Self::SameAsLetter,
            Why::NotCurrent => Self::NotCurrent,
            Why::Paused(again_at) => Self::TooManyTries { again_at },
            Why::Recent => Self::RecentPassword,
            Why::NoChange => Self::NoChange,
            Why::EmailUnfit => Self::EmailUnfit,
            Why::BarredChild => Self::EmailBarred(EmailDoubt::Child),
            Why::BarredSchool => Self::EmailBarred(EmailDoubt::School),
            Why::InDoubt(Some(domain)) => Self::EmailInDoubt(EmailDoubt::Mistyped { domain }),
            Why::NoIdentifier => Self::Missing { field: "identifier" },
            Why::NoProvisional => Self::Missing { field: "password" },
            Why::WrongLetter => Self::WrongCredentials,
            Why::Suspended => Self::Suspended,
            Why::LetterUsed => Self::LetterUsed,
            Why::LetterBegun => Self::LetterBegun,
            Why::LetterTooOld => Self::LetterTooOld,
            Why::AnotherPerson => Self::AnotherPerson,
            Why::SameAsTemporary => Self::SameAsTemporary,
            Why::NoQuestion => Self::Missing { field: "question" },
            Why::NoAnswer => Self::Missing { field: "answer" },
            Why::AnswerUnfit => Self::AnswerUnfit,
            Why::WrongAnswer => Self::WrongAnswer,
            Why::NotOnFile => Self::NotOnFile,
            Why::NotOnRoster => Self::NotOnRoster,
            Why::RegistrationPaused => Self::RegistrationPaused,
            Why::NoSuchDate => Self::NoSuchDate,
            Why::NotListed => Self::NotListed,
            Why::TooLong(most) => Self::TooLong { most },
            Why::TooSoon => Self::TemporaryTooSoon,
            Why::AskSchool => Self::AskSchool,
            Why::NoCode => Self::Missing { field: "code" },
            Why::WrongCode => Self::WrongCode,
            Why::WrongSecurityCode(left) => Self::WrongSecurityCode { left },
            Why::SecurityCodeVoid => Self::SecurityCodeVoid,
            Why::SecurityCodeOld => Self::SecurityCodeOld,
            Why::InDoubt(None) => Self::EmailInDoubt(EmailDoubt::School),
        }
    }
}
