//! Counters of failed tries and the browsers that accounts know. A good try writes nothing here but the end of a count.

use std::time::Duration;

use sqlx::FromRow;

use crate::domain::{AccountId, Digest, Instant};

use super::{Db, Tx};

const FIND: &str = "SELECT failures, since, last_at, paused_until FROM throttle WHERE key = $1";
const FAIL: &str = "INSERT INTO throttle (key, failures, since, last_at, paused_until) VALUES ($1, 1, $2, $2, 0)
    ON CONFLICT (key) DO UPDATE SET
        failures = CASE WHEN throttle.since < $3 THEN 1 ELSE throttle.failures + 1 END,
        since = CASE WHEN throttle.since < $3 THEN $2 ELSE throttle.since END,
        last_at = $2
    RETURNING failures, since, last_at, paused_until";
const PAUSE: &str = "UPDATE throttle SET paused_until = $2 WHERE key = $1 AND paused_until < $2";
const FORGET: &str = "DELETE FROM throttle WHERE key = $1";
const PURGE: &str = "DELETE FROM throttle WHERE last_at < $1 AND paused_until < $1";
const KNOWS: &str = "SELECT COUNT(*) FROM known_browser WHERE digest = $1 AND account_id = $2 AND expires_at > $3";
const KNOW: &str = "INSERT INTO known_browser (digest, account_id, given_at, expires_at) VALUES ($1, $2, $3, $4)
    ON CONFLICT (digest, account_id) DO UPDATE SET expires_at = excluded.expires_at";
const PURGE_BROWSERS: &str = "DELETE FROM known_browser WHERE expires_at < $1";

/// This file's statements.
pub const STATEMENTS: &[&str] = &[FIND, FAIL, PAUSE, FORGET, PURGE, KNOWS, KNOW, PURGE_BROWSERS];

/// A count of failures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRow)]
pub struct Count {
    /// How many since `since`.
    pub failures: i64,
    /// The first of them.
    pub since: Instant,
    /// The last of them.
    pub last_at: Instant,
    /// Until when tries are refused unseen.
    pub paused_until: Instant,
}

/// The count of a key; none where nothing failed.
///
/// # Errors
/// The engine did not answer.
pub async fn find(db: &Db, key: &str) -> sqlx::Result<Option<Count>> {
    read_from!(db, pool => sqlx::query_as(FIND).bind(key).fetch_optional(pool).await)
}

/// Counts one more failure: one upsert. A count older than `window` begins anew. The key's row is held until the
/// transaction ends, so that who counts next sees the pause that this failure may begin.
///
/// # Errors
/// The engine did not answer.
pub async fn fail(tx: &mut Tx, key: &str, now: Instant, window: Duration) -> sqlx::Result<Count> {
    both!(tx, conn => sqlx::query_as(FAIL).bind(key).bind(now).bind(now - window).fetch_one(conn).await)
}

/// Refuses tries for a key until a moment.
///
/// # Errors
/// The engine did not answer.
pub async fn pause(tx: &mut Tx, key: &str, until: Instant) -> sqlx::Result<()> {
    both!(tx, conn => sqlx::query(PAUSE).bind(key).bind(until).execute(conn).await.map(|_| ()))
}

/// Ends a count, after a success.
///
/// # Errors
/// The engine did not answer.
pub async fn forget(tx: &mut Tx, key: &str) -> sqlx::Result<()> {
    both!(tx, conn => sqlx::query(FORGET).bind(key).execute(conn).await.map(|_| ()))
}

/// Whether an account knows a browser by its cookie.
///
/// # Errors
/// The engine did not answer.
pub async fn knows(db: &Db, browser: &Digest, account_id: &AccountId, now: Instant) -> sqlx::Result<bool> {
    let rows: i64 = read_from!(db, pool => sqlx::query_scalar(KNOWS).bind(browser).bind(account_id).bind(now).fetch_one(pool).await)?;
    Ok(rows > 0)
}

/// Lets an account know a browser, after a completed sign-in.
///
/// # Errors
/// The engine did not answer.
pub async fn know(
    tx: &mut Tx,
    browser: &Digest,
    account_id: &AccountId,
    now: Instant,
    until: Instant,
) -> sqlx::Result<()> {
    both!(tx, conn => sqlx::query(KNOW).bind(browser).bind(account_id).bind(now).bind(until).execute(conn).await.map(|_| ()))
}

/// Drops counts and browsers whose time is over.
///
/// # Errors
/// The engine did not answer.
pub async fn purge(db: &Db, now: Instant, oldest: Instant) -> sqlx::Result<()> {
    write_to!(db, pool => sqlx::query(PURGE).bind(oldest).execute(pool).await.map(|_| ()))?;
    write_to!(db, pool => sqlx::query(PURGE_BROWSERS).bind(now).execute(pool).await.map(|_| ()))
}
