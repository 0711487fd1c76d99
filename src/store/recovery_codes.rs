//! Recovery codes: keyed digests, each good once.

use crate::domain::{AccountId, Digest, Instant};

use super::{Db, Tx};

const ADD: &str = "INSERT INTO recovery_code (digest, account_id, made_at) VALUES ($1, $2, $3)";
const TAKE: &str = "UPDATE recovery_code SET used_at = $3
    WHERE digest = $1 AND account_id = $2 AND used_at IS NULL RETURNING account_id";
const COUNT: &str = "SELECT COUNT(*) FROM recovery_code WHERE account_id = $1 AND used_at IS NULL";
const FORGET: &str = "DELETE FROM recovery_code WHERE account_id = $1";

/// This file's statements.
pub const STATEMENTS: &[&str] = &[ADD, TAKE, COUNT, FORGET];

/// Puts fresh codes in the place of the old ones.
///
/// # Errors
/// The engine did not answer.
pub async fn put(tx: &mut Tx, account_id: &AccountId, digests: &[Digest], now: Instant) -> sqlx::Result<()> {
    forget(tx, account_id).await?;
    for digest in digests {
        both!(tx, conn => sqlx::query(ADD).bind(digest).bind(account_id).bind(now).execute(conn).await.map(|_| ()))?;
    }
    Ok(())
}

/// Takes a code, once: of fifty who show it at the same time one gets it.
///
/// # Errors
/// The engine did not answer.
pub async fn take(tx: &mut Tx, account_id: &AccountId, digest: &Digest, now: Instant) -> sqlx::Result<bool> {
    let taken: Option<AccountId> =
        both!(tx, conn => sqlx::query_scalar(TAKE).bind(digest).bind(account_id).bind(now).fetch_optional(conn).await)?;
    Ok(taken.is_some())
}

/// How many are left.
///
/// # Errors
/// The engine did not answer.
pub async fn count(db: &Db, account_id: &AccountId) -> sqlx::Result<i64> {
    read_from!(db, pool => sqlx::query_scalar(COUNT).bind(account_id).fetch_one(pool).await)
}

/// The same inside a transaction.
///
/// # Errors
/// The engine did not answer.
pub async fn count_in(tx: &mut Tx, account_id: &AccountId) -> sqlx::Result<i64> {
    both!(tx, conn => sqlx::query_scalar(COUNT).bind(account_id).fetch_one(conn).await)
}

/// Drops all of an account's codes.
///
/// # Errors
/// The engine did not answer.
pub async fn forget(tx: &mut Tx, account_id: &AccountId) -> sqlx::Result<()> {
    both!(tx, conn => sqlx::query(FORGET).bind(account_id).execute(conn).await.map(|_| ()))
}
