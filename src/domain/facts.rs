//! What is known of one account's person: the facts from which claims are made.

use super::{Account, AccountId, Email, Establishment, Function, Identifier, Instant, Person, PersonId, Profile};

/// Everything a claim may be made of.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The account.
    pub account: Account,
    /// Its person.
    pub person: Person,
    /// Further standard claims of OpenID Connect Core §5.1, as the roster or the person gave them.
    pub details: serde_json::Map<String, serde_json::Value>,
    /// When the person's data last changed.
    pub updated_at: Instant,
    /// Profile, function and school, by the school's code.
    pub affiliations: Vec<(Profile, Option<Function>, Establishment)>,
    /// Classes and groups.
    pub classes: Vec<ClassFact>,
    /// The children that the roster lets this adult see.
    pub children: Vec<ChildFact>,
}

/// A class or group that somebody belongs to.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ClassFact {
    /// Its label.
    pub name: String,
    /// Its level.
    pub level: String,
    /// `class` or `teaching_group`.
    pub kind: String,
    /// `pupil`, `teacher` or `main_teacher`.
    pub role: String,
    /// Its school's code.
    pub code: String,
}

/// A child, once for each class.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ChildFact {
    /// Who.
    pub id: PersonId,
    /// Given name.
    pub given_name: String,
    /// Family name.
    pub family_name: String,
    /// The child's account, where there is one.
    pub account_id: Option<AccountId>,
    /// The child's identifier, where there is an account.
    pub identifier: Option<Identifier>,
    /// The class's label.
    pub class: Option<String>,
    /// The class's level.
    pub level: Option<String>,
    /// The school's code.
    pub code: Option<String>,
    /// The school's name.
    pub school: Option<String>,
}

impl Facts {
    /// The confirmed address of the account, else what the roster has.
    #[must_use]
    pub const fn reachable_at(&self) -> Option<&Email> {
        match &self.account.email {
            Some(email) => Some(email),
            None => self.person.email.as_ref(),
        }
    }
}
