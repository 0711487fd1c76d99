//! Whom an external provider's word is about, by what the roster knows.

use crate::domain::{Account, Fault, PersonId};

use super::{Db, Tx, accounts};

const FIND_BY_JOIN_KEY: &str = "SELECT a.* FROM account a JOIN person p ON p.id = a.person_id WHERE p.join_key = $1";
const FIND_BY_PUPIL_NUMBER: &str =
    "SELECT a.* FROM account a JOIN person p ON p.id = a.person_id WHERE p.pupil_number = $1";
const LIST_GUARDIANS: &str =
    "SELECT a.identifier_folded FROM guardianship w JOIN account a ON a.person_id = w.guardian_id
    WHERE w.pupil_id = $1 AND w.standing = 'legal' AND a.presence <> 'archived' ORDER BY a.id";

/// This file's statements.
pub const STATEMENTS: &[&str] = &[FIND_BY_JOIN_KEY, FIND_BY_PUPIL_NUMBER, LIST_GUARDIANS];

/// The account of the person with that key of the roster.
///
/// # Errors
/// The engine did not answer.
pub async fn find_by_join_key(db: &Db, join_key: &str) -> Result<Option<Account>, Fault> {
    find(db, FIND_BY_JOIN_KEY, join_key).await
}

/// The account of the pupil with that number.
///
/// # Errors
/// The engine did not answer.
pub async fn find_by_pupil_number(db: &Db, number: &str) -> Result<Option<Account>, Fault> {
    find(db, FIND_BY_PUPIL_NUMBER, number).await
}

async fn find(db: &Db, statement: &'static str, value: &str) -> Result<Option<Account>, Fault> {
    let row: Option<accounts::Row> =
        read_from!(db, pool => sqlx::query_as(statement).bind(value).fetch_optional(pool).await)?;
    row.map(Account::try_from).transpose()
}

/// The folded identifiers of a pupil's legal guardians who have an account.
///
/// # Errors
/// The engine did not answer.
pub async fn list_guardians(tx: &mut Tx, pupil: &PersonId) -> sqlx::Result<Vec<String>> {
    both!(tx, conn => sqlx::query_scalar(LIST_GUARDIANS).bind(pupil).fetch_all(conn).await)
}
