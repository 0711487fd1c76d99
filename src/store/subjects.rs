//! What services know people by: random, per account and sector, kept for ever (row SSO-09).

use crate::domain::{AccountId, SubjectId};

use super::Db;

const FIND: &str = "SELECT subject FROM subject WHERE account_id = $1 AND sector = $2";
const ADD: &str = "INSERT INTO subject (account_id, sector, subject) VALUES ($1, $2, $3)
    ON CONFLICT (account_id, sector) DO NOTHING";

/// This file's statements.
pub const STATEMENTS: &[&str] = &[FIND, ADD];

/// The subject of an account for a sector; `fresh` becomes it where none was released yet. Whoever is first wins.
///
/// # Errors
/// The engine did not answer.
pub async fn find_or_add(db: &Db, account_id: &AccountId, sector: &str, fresh: SubjectId) -> sqlx::Result<SubjectId> {
    if let Some(subject) = find(db, account_id, sector).await? {
        return Ok(subject);
    }
    write_to!(db, pool => sqlx::query(ADD).bind(account_id).bind(sector).bind(&fresh).execute(pool).await.map(|_| ()))?;
    Ok(find(db, account_id, sector).await?.unwrap_or(fresh))
}

/// The subject that was released, where one was.
///
/// # Errors
/// The engine did not answer.
pub async fn find(db: &Db, account_id: &AccountId, sector: &str) -> sqlx::Result<Option<SubjectId>> {
    read_from!(db, pool => sqlx::query_scalar(FIND).bind(account_id).bind(sector).fetch_optional(pool).await)
}
