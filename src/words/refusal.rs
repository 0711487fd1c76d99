//! What a person is told when something is refused.

use crate::{
    domain::{EmailDoubt, Instant, Refusal},
    say,
};

use super::{Saying, Speaks, moment::whole_minutes};

impl Speaks for Refusal {
    fn saying(&self, now: Instant) -> Saying {
        match self {
            Self::WrongCredentials => say!("refusal-wrong-credentials"),
            Self::TooManyTries { again_at } => {
                say!("refusal-too-many-tries", minutes = whole_minutes(again_at.since(now)))
            }
            Self::WrongCode => say!("refusal-wrong-code"),
            Self::WrongSecurityCode { left } => say!("refusal-wrong-security-code", left = *left),
            Self::SecurityCodeVoid => say!("refusal-security-code-void"),
            Self::SecurityCodeOld => say!("refusal-security-code-old"),
            Self::LastFactor => say!("refusal-last-factor"),
            Self::PasskeyUnfit => say!("refusal-passkey-unfit"),
            Self::Suspended => say!("refusal-suspended"),
            Self::FormExpired => say!("refusal-form-expired"),
            Self::Missing { field } => missing(field),
            Self::BrokenRules(_) => say!("refusal-broken-rules"),
            Self::LetterUsed => say!("letter-used-lead"),
            Self::LetterBegun => say!("letter-begun-lead"),
            Self::LetterTooOld => say!("letter-old-lead"),
            Self::TemporaryOver => say!("refusal-temporary-over"),
            Self::TemporaryTooSoon => say!("refusal-temporary-too-soon"),
            Self::AskSchool => say!("refusal-ask-school"),
            Self::SameAsTemporary => say!("refusal-same-as-temporary"),
            Self::NotSame => say!("refusal-not-same"),
            Self::SameAsLetter => say!("refusal-same-as-letter"),
            Self::PasswordUnfit => say!("refusal-password-unfit"),
            Self::NotCurrent => say!("refusal-not-current"),
            Self::RecentPassword => say!("refusal-recent-password"),
            Self::AnotherPerson => say!("refusal-another-person"),
            Self::NoChange => say!("refusal-no-change"),
            Self::NumberUnfit { digits: Some(digits) } => say!("refusal-number-digits", digits = *digits),
            Self::NumberUnfit { digits: None } => say!("refusal-number-unfit"),
            Self::NotSamePupil => say!("refusal-not-same-pupil"),
            Self::NotOnFile => say!("refusal-not-on-file"),
            Self::NotOnRoster => say!("refusal-not-on-roster"),
            Self::RegistrationPaused => say!("refusal-registration-paused"),
            Self::NoSuchDate => say!("refusal-no-such-date"),
            Self::WrongAnswer => say!("refusal-wrong-answer"),
            Self::AnswerUnfit => say!("refusal-answer-unfit"),
            Self::PhoneUnfit => say!("refusal-phone-unfit"),
            Self::NotListed => say!("refusal-not-listed"),
            Self::TooLong { most } => say!("refusal-too-long", most = *most),
            Self::LeaveEmpty => say!("refusal-leave-empty"),
            Self::EmailUnfit => say!("refusal-email-unfit"),
            Self::EmailInDoubt(EmailDoubt::Mistyped { domain }) => {
                say!("refusal-email-mistyped", domain = domain.clone())
            }
            Self::EmailInDoubt(_) => say!("refusal-email-in-doubt"),
            Self::EmailBarred(EmailDoubt::Child) => say!("doubt-child"),
            Self::EmailBarred(_) => say!("doubt-school"),
        }
    }
}

/// What is told of an empty field.
fn missing(field: &str) -> Saying {
    match field {
        "identifier" => say!("refusal-missing-identifier"),
        "password" => say!("refusal-missing-password"),
        "current_password" => say!("refusal-missing-current-password"),
        "code" => say!("refusal-missing-code"),
        "email" => say!("refusal-missing-email"),
        "new_password" => say!("refusal-missing-new-password"),
        "confirmation" => say!("refusal-missing-confirmation"),
        "number" => say!("refusal-missing-number"),
        "family_name" | "child_family_name" => say!("refusal-missing-family-name"),
        "given_name" | "child_given_name" => say!("refusal-missing-given-name"),
        "phone" => say!("refusal-missing-phone"),
        "level" => say!("refusal-missing-level"),
        "school" => say!("refusal-missing-school"),
        "problem" => say!("refusal-missing-problem"),
        "question" => say!("refusal-missing-question"),
        "answer" => say!("refusal-missing-answer"),
        "birth_day" | "birth_month" | "birth_year" => say!("refusal-missing-birth-date"),
        "civic_number" => say!("refusal-missing-civic-number"),
        _ => say!("refusal-missing"),
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        policy::SchoolWord,
        words::{Country, Locale, Register, Speaker},
    };

    use super::*;

    #[test]
    fn log_13_a_pause_is_said_in_minutes_in_both_registers() {
        let now = Instant::from_seconds(1000);
        let paused = |seconds: i64| Refusal::TooManyTries { again_at: Instant::from_seconds(1000 + seconds) };
        let speaker = Speaker {
            locale: Locale::Fr,
            register: Register::Vous,
            country: Country::France,
            school_word: SchoolWord::School,
        };
        assert_eq!(speaker.tell(&paused(1), now), "Trop d’essais. Réessayez dans une minute.");
        assert_eq!(
            speaker.addressing(Register::Tu).tell(&paused(61), now),
            "Trop d’essais. Réessaie dans 2\u{a0}minutes."
        );
        let english = Speaker { locale: Locale::En, ..speaker };
        assert_eq!(english.tell(&paused(61), now), "Too many tries. Try again in 2 minutes.");
    }
}
