//! Applications for one-time codes; seeds lie here sealed.

use sqlx::FromRow;

use crate::domain::{AccountId, Enrolled, Instant};

use super::{Db, Tx};

const FIND: &str = "SELECT seed, made_at, confirmed_at, last_step, used_at FROM totp WHERE account_id = $1";
const ENROLLED: &str = "SELECT EXISTS (SELECT 1 FROM totp WHERE account_id = $1 AND confirmed_at IS NOT NULL) AS totp,
    EXISTS (SELECT 1 FROM passkey WHERE account_id = $1) AS passkeys";
const OFFER: &str = "INSERT INTO totp (account_id, seed, made_at, confirmed_at, last_step, used_at)
    VALUES ($1, $2, $3, NULL, 0, NULL)
    ON CONFLICT (account_id) DO UPDATE SET seed = excluded.seed, made_at = excluded.made_at
    WHERE totp.confirmed_at IS NULL";
const CONFIRM: &str = "UPDATE totp SET confirmed_at = $3, last_step = $4, used_at = $3
    WHERE account_id = $1 AND seed = $2 AND confirmed_at IS NULL";
const TAKE_STEP: &str = "UPDATE totp SET last_step = $2, used_at = $3
    WHERE account_id = $1 AND confirmed_at IS NOT NULL AND last_step < $2";
const REMOVE: &str = "DELETE FROM totp WHERE account_id = $1 AND confirmed_at IS NOT NULL";
const FORGET: &str = "DELETE FROM totp WHERE account_id = $1";
const PURGE: &str = "DELETE FROM totp WHERE confirmed_at IS NULL AND made_at < $1";

/// This file's statements.
pub const STATEMENTS: &[&str] = &[FIND, ENROLLED, OFFER, CONFIRM, TAKE_STEP, REMOVE, FORGET, PURGE];

/// An application, as it is kept.
#[derive(Clone, Debug, FromRow)]
pub struct Row {
    /// Sealed.
    pub seed: String,
    /// When it was offered.
    pub made_at: Instant,
    /// When a first code showed that the application holds it; none: it proves nothing yet.
    pub confirmed_at: Option<Instant>,
    /// The last step whose code was taken.
    pub last_step: i64,
    /// When it was last used.
    pub used_at: Option<Instant>,
}

/// An account's application, confirmed or not.
///
/// # Errors
/// The engine did not answer.
pub async fn find(db: &Db, account_id: &AccountId) -> sqlx::Result<Option<Row>> {
    read_from!(db, pool => sqlx::query_as(FIND).bind(account_id).fetch_optional(pool).await)
}

/// Which second factors an account has.
///
/// # Errors
/// The engine did not answer.
pub async fn enrolled(db: &Db, account_id: &AccountId) -> sqlx::Result<Enrolled> {
    read_from!(db, pool => sqlx::query_as(ENROLLED).bind(account_id).fetch_one(pool).await)
}

/// The same inside a transaction.
///
/// # Errors
/// The engine did not answer.
pub async fn enrolled_in(tx: &mut Tx, account_id: &AccountId) -> sqlx::Result<Enrolled> {
    both!(tx, conn => sqlx::query_as(ENROLLED).bind(account_id).fetch_one(conn).await)
}

/// An account's application inside a transaction.
///
/// # Errors
/// The engine did not answer.
pub async fn find_in(tx: &mut Tx, account_id: &AccountId) -> sqlx::Result<Option<Row>> {
    both!(tx, conn => sqlx::query_as(FIND).bind(account_id).fetch_optional(conn).await)
}

/// Offers a seed; another that nobody confirmed makes way. `false` where one is confirmed already.
///
/// # Errors
/// The engine did not answer.
pub async fn offer(tx: &mut Tx, account_id: &AccountId, sealed: &str, now: Instant) -> sqlx::Result<bool> {
    let done = both!(tx, conn => sqlx::query(OFFER).bind(account_id).bind(sealed).bind(now).execute(conn).await.map(|done| done.rows_affected()))?;
    Ok(done > 0)
}

/// The offered seed counts from now on, once; the code that showed it is used up.
///
/// # Errors
/// The engine did not answer.
pub async fn confirm(tx: &mut Tx, account_id: &AccountId, sealed: &str, step: i64, now: Instant) -> sqlx::Result<bool> {
    let done = both!(tx, conn => sqlx::query(CONFIRM).bind(account_id).bind(sealed).bind(now).bind(step).execute(conn).await.map(|done| done.rows_affected()))?;
    Ok(done > 0)
}

/// Takes the code of a step, once: no code of that step or an earlier one is taken again (RFC 6238 §5.2).
///
/// # Errors
/// The engine did not answer.
pub async fn take_step(tx: &mut Tx, account_id: &AccountId, step: i64, now: Instant) -> sqlx::Result<bool> {
    let done = both!(tx, conn => sqlx::query(TAKE_STEP).bind(account_id).bind(step).bind(now).execute(conn).await.map(|done| done.rows_affected()))?;
    Ok(done > 0)
}

/// Removes a confirmed application, once.
///
/// # Errors
/// The engine did not answer.
pub async fn remove(tx: &mut Tx, account_id: &AccountId) -> sqlx::Result<bool> {
    let done =
        both!(tx, conn => sqlx::query(REMOVE).bind(account_id).execute(conn).await.map(|done| done.rows_affected()))?;
    Ok(done > 0)
}

/// Removes whatever is there, confirmed or not.
///
/// # Errors
/// The engine did not answer.
pub async fn forget(tx: &mut Tx, account_id: &AccountId) -> sqlx::Result<u64> {
    both!(tx, conn => sqlx::query(FORGET).bind(account_id).execute(conn).await.map(|done| done.rows_affected()))
}

/// Drops offers that nobody confirmed in time.
///
/// # Errors
/// The engine did not answer.
pub async fn purge(db: &Db, before: Instant) -> sqlx::Result<u64> {
    write_to!(db, pool => sqlx::query(PURGE).bind(before).execute(pool).await.map(|done| done.rows_affected()))
}
