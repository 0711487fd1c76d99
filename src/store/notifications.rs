//! Addresses for notifications: the answer to a question that is asked once.

use crate::domain::{AccountId, Email, Instant, NotificationAddress};

use super::{Db, Tx};

const FIND: &str = "SELECT email, awaiting FROM notification_address WHERE account_id = $1";
const PUT: &str = "INSERT INTO notification_address (account_id, email, awaiting, answered_at) VALUES ($1, $2, $3, $4)
    ON CONFLICT (account_id) DO UPDATE SET email = excluded.email, awaiting = excluded.awaiting,
    answered_at = excluded.answered_at";
const CONFIRM: &str = "UPDATE notification_address SET email = awaiting, awaiting = NULL, answered_at = $3
    WHERE account_id = $1 AND awaiting = $2";

/// This file's statements.
pub const STATEMENTS: &[&str] = &[FIND, PUT, CONFIRM];

/// The answer of an account; none where it was not asked yet.
///
/// # Errors
/// The engine did not answer.
pub async fn find(db: &Db, account_id: &AccountId) -> sqlx::Result<Option<NotificationAddress>> {
    read_from!(db, pool => sqlx::query_as(FIND).bind(account_id).fetch_optional(pool).await)
}

/// Keeps an answer.
///
/// # Errors
/// The engine did not answer.
pub async fn put(tx: &mut Tx, account_id: &AccountId, answer: &NotificationAddress, now: Instant) -> sqlx::Result<()> {
    both!(tx, conn => sqlx::query(PUT).bind(account_id).bind(&answer.email).bind(&answer.awaiting).bind(now).execute(conn).await.map(|_| ()))
}

/// Confirms the address that waits, once: `false` where another one waits, or none.
///
/// # Errors
/// The engine did not answer.
pub async fn confirm(tx: &mut Tx, account_id: &AccountId, awaiting: &Email, now: Instant) -> sqlx::Result<bool> {
    both!(tx, conn => sqlx::query(CONFIRM).bind(account_id).bind(awaiting).bind(now).execute(conn).await.map(|done| done.rows_affected() > 0))
}
