//! The one function that changes accounts: each change with its audit line.

use crate::domain::{
    Account, AccountChange, Actor, Credential, Digest, Email, Event, Fault, Instant, LinkPurpose, PasswordHash,
    Presence,
};

use super::{
    super::{Tx, audit, former_passwords, letters, links, sessions, temporaries},
    merge, own,
    replace::replace,
};

const ADD: &str = "INSERT INTO account (id, person_id, identifier, identifier_folded, email, email_folded, credential,
    password_hash, letter_expires_at, confirming_email, suspended_at, suspension_reason, presence, presence_since, language,
    valid_since) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";
const OVERWRITE: &str = "UPDATE account SET email = $2, email_folded = $3, credential = $4, password_hash = $5,
    letter_expires_at = $6, confirming_email = $7, presence = $8, presence_since = $9, language = $10, valid_since = $11,
    merged_into = NULL
    WHERE id = $1";
const REHASH: &str = "UPDATE account SET password_hash = $2 WHERE id = $1 AND password_hash = $3";
const SUSPEND: &str = "UPDATE account SET suspended_at = $2, suspension_reason = $3, valid_since = $2 WHERE id = $1 AND suspended_at IS NULL";
const RESUME: &str = "UPDATE account SET suspended_at = NULL, suspension_reason = NULL
    WHERE id = $1 AND suspended_at IS NOT NULL";
const MAKE_LETTER: &str = "UPDATE account SET credential = 'letter', password_hash = $2, letter_expires_at = $3,
    confirming_email = NULL WHERE id = $1 AND credential <> 'own'";
const FIND_CHOSEN: &str = "SELECT password_hash FROM account WHERE id = $1 AND credential = 'confirming'";
const CHOOSE_PASSWORD: &str = "UPDATE account SET credential = $2, password_hash = $3, confirming_email = $4,
    letter_expires_at = NULL, language = $5, valid_since = $6
    WHERE id = $1 AND credential = 'letter' AND password_hash = $7";
const CORRECT_ADDRESS: &str = "UPDATE account SET confirming_email = $2
    WHERE id = $1 AND credential = 'confirming' AND confirming_email <> $2";
const CONFIRM_EMAIL: &str =
    "UPDATE account SET credential = 'own', email = $2, email_folded = $3, confirming_email = NULL
    WHERE id = $1 AND credential = 'confirming' AND confirming_email = $2";

/// This file's statements.
pub const STATEMENTS: &[&str] = &[
    ADD,
    OVERWRITE,
    REHASH,
    SUSPEND,
    RESUME,
    MAKE_LETTER,
    FIND_CHOSEN,
    CHOOSE_PASSWORD,
    CORRECT_ADDRESS,
    CONFIRM_EMAIL,
];

/// The only writer of accounts: carries the change out and writes its audit line, or does nothing and says `false` where
/// somebody else was first.
///
/// # Errors
/// The engine did not answer, or a unique index refused (`is_unique_violation`).
pub async fn apply(tx: &mut Tx, by: &Actor, change: AccountChange) -> Result<bool, Fault> {
    let id = change.account_id().clone();
    let events = match change {
        AccountChange::Created { account } => {
            let identifier = account.identifier.clone();
            add(tx, &account).await?;
            vec![Event::AccountCreated { identifier }]
        }
        AccountChange::Overwritten { account } => {
            let done = overwrite(tx, &account).await?;
            letters::forget(tx, &id).await?;
            temporaries::forget(tx, &id).await?;
            links::supersede(tx, LinkPurpose::Activation, &id, by.now).await?;
            told(done, [Event::AccountOverwritten])
        }
        AccountChange::PasswordRehashed { id, hash, instead_of } => {
            let done = both!(tx, conn => sqlx::query(REHASH).bind(&id).bind(&hash).bind(&instead_of).execute(conn).await.map(|d| d.rows_affected()))?;
            told(done, [Event::PasswordRehashed])
        }
        AccountChange::Suspended { id, reason } => {
            let done = both!(tx, conn => sqlx::query(SUSPEND).bind(&id).bind(by.now).bind(&reason).execute(conn).await.map(|d| d.rows_affected()))?;
            // What is open anywhere ends, and services are told.
            sessions::end_others(tx, &id, &Digest::of(b"")).await?;
            told(done, [Event::AccountSuspended { reason }])
        }
        AccountChange::Resumed { id } => {
            let done = both!(tx, conn => sqlx::query(RESUME).bind(&id).execute(conn).await.map(|d| d.rows_affected()))?;
            told(done, [Event::AccountResumed])
        }
        AccountChange::LetterMade { .. }
        | AccountChange::PasswordChosen { .. }
        | AccountChange::AddressCorrected { .. }
        | AccountChange::EmailConfirmed { .. } => activate(tx, by, change).await?,
        AccountChange::TemporaryGiven { .. }
        | AccountChange::TemporaryUsed { .. }
        | AccountChange::TemporaryVoided { .. }
        | AccountChange::PasswordReplaced { .. } => replace(tx, by, change).await?,
        AccountChange::Merged { .. } => merge::merge(tx, by, change).await?,
        AccountChange::EmailReplaced { .. } | AccountChange::EmailUndone { .. } => own::change(tx, by, change).await?,
    };
    for event in &events {
        audit::add(tx, by, Some(&id), event).await?;
    }
    Ok(!events.is_empty())
}

/// What is told of a change, where there was one.
pub(super) fn told<const N: usize>(rows: u64, events: [Event; N]) -> Vec<Event> {
    if rows == 0 { Vec::new() } else { events.into() }
}

/// The changes between the letter and the operational account.
async fn activate(tx: &mut Tx, by: &Actor, change: AccountChange) -> Result<Vec<Event>, Fault> {
    Ok(match change {
        AccountChange::LetterMade { id, provisional, kind, expires_at } => {
            // A password that was chosen after the letter before is not chosen again (row POL-09).
            let chosen: Option<PasswordHash> =
                both!(tx, conn => sqlx::query_scalar(FIND_CHOSEN).bind(&id).fetch_optional(conn).await)?;
            let done = both!(tx, conn => sqlx::query(MAKE_LETTER).bind(&id).bind(&provisional).bind(expires_at).execute(conn).await.map(|d| d.rows_affected()))?;
            if done > 0 {
                if let Some(chosen) = chosen {
                    former_passwords::add(tx, &id, &chosen, by.now).await?;
                }
                letters::put(tx, &id, kind, by.now).await?;
                links::supersede(tx, LinkPurpose::Activation, &id, by.now).await?;
            }
            told(done, [Event::LetterMade { expires_at }])
        }
        AccountChange::PasswordChosen { id, password, email, language, instead_of, spent } => {
            let kind = if email.is_some() { "confirming" } else { "own" };
            let done = both!(tx, conn => sqlx::query(CHOOSE_PASSWORD).bind(&id).bind(kind).bind(&password).bind(&email).bind(&language).bind(by.now).bind(&instead_of).execute(conn).await.map(|d| d.rows_affected()))?;
            if let Some(spent) = spent.filter(|_| done > 0) {
                letters::spend(tx, &id, &spent).await?;
            }
            if email.is_some() {
                told(done, [Event::PasswordChosen])
            } else {
                told(done, [Event::PasswordChosen, Event::AccountActivated])
            }
        }
        AccountChange::AddressCorrected { id, email } => {
            let done = both!(tx, conn => sqlx::query(CORRECT_ADDRESS).bind(&id).bind(&email).execute(conn).await.map(|d| d.rows_affected()))?;
            if done > 0 {
                links::supersede(tx, LinkPurpose::Activation, &id, by.now).await?;
            }
            told(done, [Event::AddressCorrected])
        }
        AccountChange::EmailConfirmed { id, email } => {
            let folded = email.folded();
            let done = both!(tx, conn => sqlx::query(CONFIRM_EMAIL).bind(&id).bind(&email).bind(&folded).execute(conn).await.map(|d| d.rows_affected()))?;
            told(done, [Event::EmailConfirmed, Event::AccountActivated])
        }
        _ => Vec::new(),
    })
}

/// The columns that a credential and a presence fill beside their kind and hash.
struct Columns<'a> {
    letter_expires_at: Option<Instant>,
    confirming_email: Option<&'a Email>,
    presence: &'static str,
    presence_since: Option<Instant>,
}

impl<'a> Columns<'a> {
    const fn of(account: &'a Account) -> Self {
        let (letter_expires_at, confirming_email) = match &account.credential {
            Credential::Letter { expires_at, .. } => (Some(*expires_at), None),
            Credential::Confirming { email, .. } => (None, Some(email)),
            Credential::None | Credential::Own { .. } => (None, None),
        };
        let (presence, presence_since) = match account.presence {
            Presence::OnRoster => ("on_roster", None),
            Presence::Departing { since } => ("departing", Some(since)),
            Presence::Archived { since } => ("archived", Some(since)),
        };
        Self { letter_expires_at, confirming_email, presence, presence_since }
    }
}

async fn add(tx: &mut Tx, account: &Account) -> sqlx::Result<()> {
    let columns = Columns::of(account);
    both!(tx, conn => sqlx::query(ADD)
        .bind(&account.id)
        .bind(&account.person_id)
        .bind(&account.identifier)
        .bind(account.identifier.folded())
        .bind(&account.email)
        .bind(account.email.as_ref().map(Email::folded))
        .bind(account.credential.kind())
        .bind(account.credential.hash())
        .bind(columns.letter_expires_at)
        .bind(columns.confirming_email)
        .bind(account.suspension.as_ref().map(|s| s.since))
        .bind(account.suspension.as_ref().map(|s| s.reason.clone()))
        .bind(columns.presence)
        .bind(columns.presence_since)
        .bind(&account.language)
        .bind(account.valid_since)
        .execute(conn).await.map(|_| ()))
}

async fn overwrite(tx: &mut Tx, account: &Account) -> sqlx::Result<u64> {
    let columns = Columns::of(account);
    both!(tx, conn => sqlx::query(OVERWRITE)
        .bind(&account.id)
        .bind(&account.email)
        .bind(account.email.as_ref().map(Email::folded))
        .bind(account.credential.kind())
        .bind(account.credential.hash())
        .bind(columns.letter_expires_at)
        .bind(columns.confirming_email)
        .bind(columns.presence)
        .bind(columns.presence_since)
        .bind(&account.language)
        .bind(account.valid_since)
        .execute(conn).await.map(|done| done.rows_affected()))
}
