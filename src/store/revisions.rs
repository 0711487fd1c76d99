//! Counters of change, by which a running server sees what a command did.

use super::{Db, Tx};

const BUMP: &str = "INSERT INTO revision (name, value) VALUES ($1, 1)
    ON CONFLICT (name) DO UPDATE SET value = revision.value + 1";
const FIND: &str = "SELECT value FROM revision WHERE name = $1";

/// This file's statements.
pub const STATEMENTS: &[&str] = &[BUMP, FIND];

/// Counts a change, in its transaction.
///
/// # Errors
/// The engine did not answer.
pub(super) async fn bump(tx: &mut Tx, name: &'static str) -> sqlx::Result<()> {
    both!(tx, conn => sqlx::query(BUMP).bind(name).execute(conn).await.map(|_| ()))
}

/// How often something has changed.
///
/// # Errors
/// The engine did not answer.
pub(super) async fn find(db: &Db, name: &'static str) -> sqlx::Result<i64> {
    let value: Option<i64> = read_from!(db, pool => sqlx::query_scalar(FIND).bind(name).fetch_optional(pool).await)?;
    Ok(value.unwrap_or(0))
}
