//! What holders asked their schools to look into: enough to tell the same request again from another.

use std::time::Duration;

use crate::domain::{AccountId, Instant};

use super::{Db, Tx};

const ADD: &str = "INSERT INTO school_request (account_id, kind, slot, asked_at) VALUES ($1, $2, $3, $4)
    ON CONFLICT (account_id, kind, slot) DO NOTHING";
const COUNT: &str = "SELECT COUNT(*) FROM school_request WHERE account_id = $1 AND asked_at > $2";
const PURGE: &str = "DELETE FROM school_request WHERE asked_at < $1";

/// This file's statements.
pub const STATEMENTS: &[&str] = &[ADD, COUNT, PURGE];

/// Notes a request; `false` where the same was made within `again_after`.
///
/// # Errors
/// The engine did not answer.
pub async fn add(
    tx: &mut Tx,
    account_id: &AccountId,
    kind: &str,
    now: Instant,
    again_after: Duration,
) -> sqlx::Result<bool> {
    let slot = now.slot(again_after);
    both!(tx, conn => sqlx::query(ADD).bind(account_id).bind(kind).bind(slot).bind(now).execute(conn).await.map(|done| done.rows_affected() > 0))
}

/// How many requests an account made since a moment.
///
/// # Errors
/// The engine did not answer.
pub async fn count(tx: &mut Tx, account_id: &AccountId, since: Instant) -> sqlx::Result<i64> {
    both!(tx, conn => sqlx::query_scalar(COUNT).bind(account_id).bind(since).fetch_one(conn).await)
}

/// Drops what was asked before a moment.
///
/// # Errors
/// The engine did not answer.
pub async fn purge(db: &Db, before: Instant) -> sqlx::Result<u64> {
    write_to!(db, pool => sqlx::query(PURGE).bind(before).execute(pool).await.map(|done| done.rows_affected()))
}
