//! Addresses from which mail came back.

use crate::domain::{Email, Instant};

use super::{Db, Tx};

const MARK: &str = "INSERT INTO bounced_address (email_folded, cause, bounced_at) VALUES ($1, $2, $3)
    ON CONFLICT (email_folded) DO UPDATE SET cause = excluded.cause, bounced_at = excluded.bounced_at";
const FORGET: &str = "DELETE FROM bounced_address WHERE email_folded = $1";
const COUNT: &str = "SELECT COUNT(*) FROM bounced_address";
const PURGE: &str = "DELETE FROM bounced_address WHERE bounced_at < $1";

/// This file's statements.
pub const STATEMENTS: &[&str] = &[MARK, FORGET, COUNT, PURGE];

/// Marks an address.
///
/// # Errors
/// The engine did not answer.
pub async fn mark(tx: &mut Tx, email: &Email, cause: &str, now: Instant) -> sqlx::Result<()> {
    both!(tx, conn => sqlx::query(MARK).bind(email.folded()).bind(cause).bind(now).execute(conn).await.map(|_| ()))
}

/// Its reader says that it is right, or gave another one.
///
/// # Errors
/// The engine did not answer.
pub async fn forget(tx: &mut Tx, email: &Email) -> sqlx::Result<()> {
    both!(tx, conn => sqlx::query(FORGET).bind(email.folded()).execute(conn).await.map(|_| ()))
}

/// How many there are.
///
/// # Errors
/// The engine did not answer.
pub async fn count(db: &Db) -> sqlx::Result<i64> {
    read_from!(db, pool => sqlx::query_scalar(COUNT).fetch_one(pool).await)
}

/// Drops marks that are older than a moment.
///
/// # Errors
/// The engine did not answer.
pub async fn purge(db: &Db, before: Instant) -> sqlx::Result<u64> {
    write_to!(db, pool => sqlx::query(PURGE).bind(before).execute(pool).await.map(|done| done.rows_affected()))
}
