//! Accounts as they are read; `apply` is the one function that changes them.

use sqlx::FromRow;

use crate::domain::{
    Account, AccountId, Credential, Email, Fault, Identifier, Instant, PasswordHash, PersonId, Presence, Suspension,
};

use super::Db;

mod apply;
mod merge;
mod own;
mod replace;

pub use apply::{STATEMENTS as WRITING, apply};
pub use merge::STATEMENTS as MERGING;
pub use own::STATEMENTS as OWNING;
pub use replace::STATEMENTS as REPLACING;

const FIND_BY_IDENTIFIER: &str = "SELECT b.* FROM account a JOIN account b ON b.id = COALESCE(a.merged_into, a.id)
    WHERE a.identifier_folded = $1";
const FIND_EXACTLY: &str = "SELECT * FROM account WHERE identifier_folded = $1";
const FIND_BY_ID: &str = "SELECT * FROM account WHERE id = $1";
const LIST_BY_EMAIL: &str = "SELECT * FROM account WHERE email_folded = $1 ORDER BY id";
const LIST_NAMED: &str =
    "SELECT * FROM account a WHERE email_folded = $1 AND credential = 'own' AND presence <> 'archived'
    ORDER BY CASE WHEN EXISTS (SELECT 1 FROM affiliation f WHERE f.person_id = a.person_id AND f.profile = 'parent')
        THEN 0 ELSE 1 END, id LIMIT 2";
const LIST_REACHED_AT: &str = "SELECT a.* FROM account a JOIN person p ON p.id = a.person_id
    WHERE a.email_folded = $1 OR (a.email IS NULL AND p.email_folded = $1) ORDER BY a.id";
const FIND_BY_KEY: &str = "SELECT * FROM account WHERE person_id IN
    (SELECT id FROM person WHERE join_key = $1 OR pupil_number = $2) ORDER BY id LIMIT 1";
const COUNT: &str = "SELECT COUNT(*) FROM account";
const LIST_ALIKE: &str = "SELECT identifier_folded FROM account WHERE identifier_folded LIKE $1 || '%'";
const FIND_OF_PERSON: &str = "SELECT id FROM account WHERE person_id = $1 AND merged_into IS NULL";
const LIST_HOLDERS: &str = "SELECT person_id, identifier_folded FROM account";

/// This file's statements.
pub const STATEMENTS: &[&str] = &[
    FIND_BY_IDENTIFIER,
    FIND_EXACTLY,
    FIND_BY_ID,
    LIST_BY_EMAIL,
    LIST_NAMED,
    LIST_REACHED_AT,
    FIND_BY_KEY,
    COUNT,
    LIST_HOLDERS,
    LIST_ALIKE,
    FIND_OF_PERSON,
];

/// A row of `account`, before its columns become states.
#[derive(FromRow)]
pub(super) struct Row {
    id: AccountId,
    person_id: PersonId,
    identifier: Identifier,
    email: Option<Email>,
    credential: String,
    password_hash: Option<PasswordHash>,
    letter_expires_at: Option<Instant>,
    confirming_email: Option<Email>,
    suspended_at: Option<Instant>,
    suspension_reason: Option<String>,
    presence: String,
    presence_since: Option<Instant>,
    language: String,
    valid_since: Instant,
}

impl TryFrom<Row> for Account {
    type Error = Fault;

    fn try_from(row: Row) -> Result<Self, Fault> {
        let broken = || Fault::new(format!("account {} holds a state that this program does not know", row.id));
        let credential = match (row.credential.as_str(), row.password_hash, row.letter_expires_at, row.confirming_email)
        {
            ("none", None, None, None) => Credential::None,
            ("letter", Some(provisional), Some(expires_at), None) => Credential::Letter { provisional, expires_at },
            ("confirming", Some(password), None, Some(email)) => Credential::Confirming { password, email },
            ("own", Some(password), None, None) => Credential::Own { password },
            _ => return Err(broken()),
        };
        let presence = match (row.presence.as_str(), row.presence_since) {
            ("on_roster", None) => Presence::OnRoster,
            ("departing", Some(since)) => Presence::Departing { since },
            ("archived", Some(since)) => Presence::Archived { since },
            _ => return Err(broken()),
        };
        let suspension =
            row.suspended_at.map(|since| Suspension { since, reason: row.suspension_reason.unwrap_or_default() });
        Ok(Self {
            id: row.id,
            person_id: row.person_id,
            identifier: row.identifier,
            email: row.email,
            credential,
            suspension,
            presence,
            language: row.language,
            valid_since: row.valid_since,
        })
    }
}

/// The account of that identifier, however it is spelt; of one whose letter was added to another account, that one.
///
/// # Errors
/// The engine did not answer.
pub async fn find_by_identifier(db: &Db, identifier: &Identifier) -> Result<Option<Account>, Fault> {
    let folded = identifier.folded();
    let row: Option<Row> =
        read_from!(db, pool => sqlx::query_as(FIND_BY_IDENTIFIER).bind(folded).fetch_optional(pool).await)?;
    row.map(Account::try_from).transpose()
}

/// The account of the person whom the roster knows by this key, or by this pupil number.
///
/// # Errors
/// The engine did not answer.
pub async fn find_by_key(db: &Db, join_key: &str, pupil_number: &str) -> Result<Option<Account>, Fault> {
    let row: Option<Row> = read_from!(db, pool => sqlx::query_as(FIND_BY_KEY).bind(join_key).bind(pupil_number).fetch_optional(pool).await)?;
    row.map(Account::try_from).transpose()
}

/// The account that was made with that identifier, even where it is closed and leads to another one.
///
/// # Errors
/// The engine did not answer.
pub async fn find_exactly(db: &Db, identifier: &Identifier) -> Result<Option<Account>, Fault> {
    let folded = identifier.folded();
    let row: Option<Row> =
        read_from!(db, pool => sqlx::query_as(FIND_EXACTLY).bind(folded).fetch_optional(pool).await)?;
    row.map(Account::try_from).transpose()
}

/// The account of that id.
///
/// # Errors
/// The engine did not answer.
pub async fn find(db: &Db, id: &AccountId) -> Result<Option<Account>, Fault> {
    let row: Option<Row> = read_from!(db, pool => sqlx::query_as(FIND_BY_ID).bind(id).fetch_optional(pool).await)?;
    row.map(Account::try_from).transpose()
}

/// The accounts that share a confirmed address.
///
/// # Errors
/// The engine did not answer.
pub async fn list_by_email(db: &Db, email: &Email) -> Result<Vec<Account>, Fault> {
    let folded = email.folded();
    let rows: Vec<Row> = read_from!(db, pool => sqlx::query_as(LIST_BY_EMAIL).bind(folded).fetch_all(pool).await)?;
    rows.into_iter().map(Account::try_from).collect()
}

/// Whom what was typed may mean: the account of that identifier and, where an address names accounts, those of the address.
/// The statements depend on what was typed alone, not on who is there.
///
/// # Errors
/// The engine did not answer.
pub async fn list_meant(db: &Db, typed: &Identifier, by_email: bool) -> Result<Vec<Account>, Fault> {
    let mut found: Vec<Account> = find_by_identifier(db, typed).await?.into_iter().collect();
    let folded = typed.folded();
    if by_email && folded.contains('@') {
        let mut named = list_named(db, &folded).await?;
        named.retain(|account| found.iter().all(|other| other.id != account.id));
        found.append(&mut named);
    }
    Ok(found)
}

/// The accounts that a confirmed address names at a sign-in: two at the most, parents first (design §4).
///
/// # Errors
/// The engine did not answer.
async fn list_named(db: &Db, folded: &str) -> Result<Vec<Account>, Fault> {
    let rows: Vec<Row> = read_from!(db, pool => sqlx::query_as(LIST_NAMED).bind(folded).fetch_all(pool).await)?;
    rows.into_iter().map(Account::try_from).collect()
}

/// The accounts whose holders are reached at an address: it is theirs and confirmed, or the roster's where none is confirmed.
///
/// # Errors
/// The engine did not answer.
pub async fn list_reached_at(db: &Db, folded: &str) -> Result<Vec<Account>, Fault> {
    let rows: Vec<Row> = read_from!(db, pool => sqlx::query_as(LIST_REACHED_AT).bind(folded).fetch_all(pool).await)?;
    rows.into_iter().map(Account::try_from).collect()
}

/// How many accounts there are.
///
/// # Errors
/// The engine did not answer.
pub async fn count(db: &Db) -> sqlx::Result<i64> {
    read_from!(db, pool => sqlx::query_scalar(COUNT).fetch_one(pool).await)
}

/// The account of a person, if they have one; not one that was closed because its letter was added to another.
///
/// # Errors
/// The engine did not answer.
pub async fn find_of_person(db: &Db, person_id: &PersonId) -> sqlx::Result<Option<AccountId>> {
    read_from!(db, pool => sqlx::query_scalar(FIND_OF_PERSON).bind(person_id).fetch_optional(pool).await)
}

/// The folded identifiers that begin like one.
///
/// # Errors
/// The engine did not answer.
pub async fn list_alike(db: &Db, folded: &str) -> sqlx::Result<Vec<String>> {
    read_from!(db, pool => sqlx::query_scalar(LIST_ALIKE).bind(folded).fetch_all(pool).await)
}

/// Who has an account, and under which folded identifier: for bulk work that must not meet one of them.
///
/// # Errors
/// The engine did not answer.
pub async fn list_holders(db: &Db) -> sqlx::Result<Vec<(PersonId, String)>> {
    read_from!(db, pool => sqlx::query_as(LIST_HOLDERS).fetch_all(pool).await)
}
