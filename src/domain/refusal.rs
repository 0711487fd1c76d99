//! What goes wrong: refusals are for people, faults are for operators.

use std::fmt;

use super::Instant;

/// What a person can be told. Exhaustive: one more without its sentences does not compile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Identifier or password wrong: one sentence for both (row LOG-09).
    WrongCredentials,
    /// Too many tries; the same sentence for known and unknown (row LOG-13).
    TooManyTries {
        /// When the next try is looked at.
        again_at: Instant,
    },
    /// A second factor's code is wrong, was used, or is out of date: one sentence for all.
    WrongCode,
    /// A mailed code is wrong.
    WrongSecurityCode {
        /// How many tries are left.
        left: u32,
    },
    /// A mailed code was typed wrong too often: it is void, another one is asked for (row COD-14).
    SecurityCodeVoid,
    /// A mailed code is too old (row COD-15).
    SecurityCodeOld,
    /// A passkey could not be used: unknown, not confirmed in time, or it did not check who holds it.
    PasskeyUnfit,
    /// The last second factor can't go where the portal requires one.
    LastFactor,
    /// Blocked by a person, said only to who knows the password (row LOG-09).
    Suspended,
    /// The form was open too long, or came without its token: it is shown anew.
    FormExpired,
    /// Nothing was typed in this field.
    Missing {
        /// The field's name.
        field: &'static str,
    },
    /// A chosen password broke these rules.
    BrokenRules(Vec<Rule>),
    /// A letter's password was right, but the account is operational (row ACT-05).
    LetterUsed,
    /// A letter's password was right, but a password was chosen already and the address waits.
    LetterBegun,
    /// A letter's password was right, but its date is over (row LOG-21).
    LetterTooOld,
    /// A temporary password was right, but was used already or is too old (row QST-10).
    TemporaryOver,
    /// A temporary password was made a moment ago: another one has to wait.
    TemporaryTooSoon,
    /// The account can't be given a temporary password here: the school helps.
    AskSchool,
    /// A chosen password is the temporary one.
    SameAsTemporary,
    /// A chosen password and its confirmation differ (row ACT-14).
    NotSame,
    /// A chosen password is the letter's (row ACT-13).
    SameAsLetter,
    /// A chosen password has more characters than are kept, or some that no keyboard writes.
    PasswordUnfit,
    /// What was typed as the current password is another (row ACC-07).
    NotCurrent,
    /// A chosen password is one of the last three (row POL-09).
    RecentPassword,
    /// A second letter is of somebody else, as far as the roster says (row ACT-22).
    AnotherPerson,
    /// A form that changes something was sent without a change.
    NoChange,
    /// What was typed is no pupil number (row SEP-12).
    NumberUnfit {
        /// How many digits one has here, where the portal says.
        digits: Option<usize>,
    },
    /// Number, username and the provider's word are not about one pupil: one sentence for all (rows SEP-10, SEP-11).
    NotSamePupil,
    /// An address is not among those that the schools know; said where the portal says so (row REG-09).
    NotOnFile,
    /// What was typed does not agree with the roster: never which of it (row REG-11).
    NotOnRoster,
    /// Too many mismatches for an address: paused for a day (row REG-21).
    RegistrationPaused,
    /// There is no such day, or it is still to come (row REG-22).
    NoSuchDate,
    /// An answer to a secret question is not the one that was kept, or nobody is meant: one sentence for both.
    WrongAnswer,
    /// An answer to a secret question is too short, or stands in the question, the identifier, the address or the name
    /// (row QST-13).
    AnswerUnfit,
    /// What was typed is no e-mail address.
    EmailUnfit,
    /// What was typed is no telephone number (row HLP-13).
    PhoneUnfit,
    /// What was chosen is not on the list.
    NotListed,
    /// What was typed is longer than is kept.
    TooLong {
        /// The most characters.
        most: usize,
    },
    /// A field that must stay empty was filled in (row HLP-09).
    LeaveEmpty,
    /// The address is one that the portal does not take from this person (row ACT-16).
    EmailBarred(EmailDoubt),
    /// The address looks as if it were another's or mistyped: the person says whether it is theirs.
    EmailInDoubt(EmailDoubt),
}

/// Why an address is perhaps not the person's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EmailDoubt {
    /// Its domain looks like a well-known one, mistyped (row ACT-17).
    Mistyped {
        /// The well-known one.
        domain: String,
    },
    /// It is a child's (row ACT-16).
    Child,
    /// It is a school's (row ACT-16).
    School,
}

/// One rule of a password: the one that enforces is the one that speaks (design §4).
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Between so many characters.
    Length {
        /// At least.
        least: usize,
        /// At most.
        most: usize,
    },
    /// At least one digit.
    Digit,
    /// At least one letter.
    Letter,
    /// Neither the person's names nor the identifier (row POL-05).
    UnlikeIdentity,
    /// As many bits as the CNIL counts (délibération 2022-100).
    Bits {
        /// At least.
        least: u32,
    },
    /// Not on the deny-list, nor the school's or the town's name, a year, a row of keys (row POL-03).
    Uncommon,
}

/// The outer error is ours (cause, remedy); the inner one is theirs.
pub type Outcome<T> = Result<Result<T, Refusal>, Fault>;

/// Something that is ours to mend. It becomes the error page with a request id; cause and remedy go to the log alone.
pub struct Fault {
    /// What happened, for the operator.
    pub cause: String,
    /// What to do about it, where that is known.
    pub remedy: Option<String>,
}

impl Fault {
    /// A fault with its cause.
    pub fn new(cause: impl Into<String>) -> Self {
        Self { cause: cause.into(), remedy: None }
    }

    /// The same with what to do about it.
    #[must_use]
    pub fn remedy(mut self, remedy: impl Into<String>) -> Self {
        self.remedy = Some(remedy.into());
        self
    }
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.cause)?;
        self.remedy.as_ref().map_or(Ok(()), |remedy| write!(f, " — {remedy}"))
    }
}

/// Any library's error is a fault, with its own words as the cause.
impl<E: std::error::Error> From<E> for Fault {
    fn from(error: E) -> Self {
        let mut cause = error.to_string();
        let mut source = error.source();
        while let Some(inner) = source {
            let text = inner.to_string();
            if !cause.contains(&text) {
                cause = format!("{cause}: {text}");
            }
            source = inner.source();
        }
        Self::new(cause)
    }
}
