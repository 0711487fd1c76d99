//! SQL and nothing but SQL: `Db`, `Tx`, a file per noun, the audit trail and the outbox.
//!
//! The only room that knows `sqlx` queries. One text serves SQLite and PostgreSQL; every statement is a `const` and is
//! listed in its file's `STATEMENTS`, so that a test prepares them all on both engines. Nothing but SQL is awaited inside
//! a `Tx`, and no rule lives here.

#[macro_use]
mod db;
pub mod accounts;
pub mod activations;
pub mod audit;
pub mod bounces;
pub mod charter_signatures;
pub mod charters;
pub mod children;
pub mod consents;
pub mod former_passwords;
pub mod grants;
pub mod help_requests;
pub mod interactions;
pub mod letters;
pub mod links;
pub mod logout_notices;
pub mod matching;
pub mod notifications;
pub mod outbox;
pub mod passkeys;
pub mod people;
pub mod recovery_codes;
pub mod registrations;
pub mod relying_parties;
mod revisions;
pub mod roll;
pub mod roster;
pub mod school_requests;
pub mod secret_questions;
pub mod security_codes;
pub mod sessions;
pub mod subjects;
pub mod temporaries;
pub mod throttles;
pub mod totp;
pub mod uses;

pub use db::{Db, Engine, Opening, Tx};

/// Every statement of the room, for the test that prepares them on both engines.
#[must_use]
pub fn statements() -> Vec<&'static str> {
    [
        accounts::STATEMENTS,
        accounts::WRITING,
        accounts::MERGING,
        accounts::OWNING,
        accounts::REPLACING,
        activations::STATEMENTS,
        audit::STATEMENTS,
        bounces::STATEMENTS,
        children::STATEMENTS,
        charter_signatures::STATEMENTS,
        charters::STATEMENTS,
        consents::STATEMENTS,
        former_passwords::STATEMENTS,
        grants::STATEMENTS,
        help_requests::STATEMENTS,
        interactions::STATEMENTS,
        letters::STATEMENTS,
        links::STATEMENTS,
        logout_notices::STATEMENTS,
        matching::STATEMENTS,
        notifications::STATEMENTS,
        outbox::STATEMENTS,
        passkeys::STATEMENTS,
        people::STATEMENTS,
        recovery_codes::STATEMENTS,
        registrations::STATEMENTS,
        relying_parties::STATEMENTS,
        revisions::STATEMENTS,
        roll::STATEMENTS,
        roster::STATEMENTS,
        school_requests::STATEMENTS,
        secret_questions::STATEMENTS,
        security_codes::STATEMENTS,
        sessions::STATEMENTS,
        sessions::ENDING,
        subjects::STATEMENTS,
        temporaries::STATEMENTS,
        throttles::STATEMENTS,
        totp::STATEMENTS,
        uses::STATEMENTS,
    ]
    .concat()
}
