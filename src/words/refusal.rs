//! What a person is told when something is refused.

use crate::{
    domain::{Instant, Refusal},
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
            Self::Suspended => say!("refusal-suspended"),
            Self::FormExpired => say!("refusal-form-expired"),
            Self::Missing { field: "identifier" } => say!("refusal-missing-identifier"),
            Self::Missing { field: "password" } => say!("refusal-missing-password"),
            Self::Missing { .. } => say!("refusal-missing"),
            Self::BrokenRules(_) => say!("refusal-broken-rules"),
        }
    }
}
