//! What a refused new password leaves for the page that tells of it: why, and never the password.

use serde::{Deserialize, Serialize};

use crate::domain::{Refusal, Rule};

/// Why a new password was refused.
#[derive(Debug, Default, Deserialize, Serialize)]
pub(super) struct Told(Vec<Why>);

#[derive(Debug, Deserialize, Serialize)]
enum Why {
    NoPassword,
    NoConfirmation,
    Unfit,
    Broken(Vec<Rule>),
    NotSame,
    SameAsTemporary,
}

impl Told {
    /// To be put aside.
    pub(super) fn of(refusals: Vec<Refusal>) -> Self {
        let why = |refusal| {
            Some(match refusal {
                Refusal::Missing { field: "new_password" } => Why::NoPassword,
                Refusal::Missing { field: "confirmation" } => Why::NoConfirmation,
                Refusal::PasswordUnfit => Why::Unfit,
                Refusal::BrokenRules(rules) => Why::Broken(rules),
                Refusal::NotSame => Why::NotSame,
                Refusal::SameAsTemporary => Why::SameAsTemporary,
                _ => return None,
            })
        };
        Self(refusals.into_iter().filter_map(why).collect())
    }

    /// As the page tells it.
    pub(super) fn refusals(self) -> Vec<Refusal> {
        let refusal = |why| match why {
            Why::NoPassword => Refusal::Missing { field: "new_password" },
            Why::NoConfirmation => Refusal::Missing { field: "confirmation" },
            Why::Unfit => Refusal::PasswordUnfit,
            Why::Broken(rules) => Refusal::BrokenRules(rules),
            Why::NotSame => Refusal::NotSame,
            Why::SameAsTemporary => Refusal::SameAsTemporary,
        };
        self.0.into_iter().map(refusal).collect()
    }
}
