//! Services that are still to be told of the end of a session: written where it ends (`sessions`), claimed by one node at a
//! time, told at least once.

use sqlx::FromRow;

use crate::domain::{Instant, LogoutNotice};

use super::Db;

const IS_DUE: &str = "SELECT COUNT(*) FROM (SELECT sid FROM logout_notice
    WHERE next_at <= $1 AND claimed_until <= $1 LIMIT 1) AS due";
const CLAIM: &str = "UPDATE logout_notice SET claimed_until = $2, tries = tries + 1
    WHERE (sid, relying_party_id, protocol, service) IN (SELECT sid, relying_party_id, protocol, service FROM logout_notice
        WHERE next_at <= $1 AND claimed_until <= $1 ORDER BY next_at, sid LIMIT $3)
    AND claimed_until <= $1 RETURNING sid, relying_party_id, protocol, service, ticket, account_id, tries";
const DONE: &str =
    "DELETE FROM logout_notice WHERE sid = $1 AND relying_party_id = $2 AND protocol = $3 AND service = $4";
const LATER: &str = "UPDATE logout_notice SET next_at = $5, claimed_until = 0
    WHERE sid = $1 AND relying_party_id = $2 AND protocol = $3 AND service = $4";
const COUNT: &str = "SELECT COUNT(*) FROM logout_notice";

/// This file's statements.
pub const STATEMENTS: &[&str] = &[IS_DUE, CLAIM, DONE, LATER, COUNT];

/// A notice that was claimed.
#[derive(Clone, Debug, FromRow)]
pub struct Claimed {
    /// Whom to tell of what.
    #[sqlx(flatten)]
    pub notice: LogoutNotice,
    /// How often it was claimed, this time included.
    pub tries: i64,
}

/// Whether a notice waits to be claimed: a look that takes no lock.
///
/// # Errors
/// The engine did not answer.
pub async fn is_due(db: &Db, now: Instant) -> sqlx::Result<bool> {
    let due: i64 = read_from!(db, pool => sqlx::query_scalar(IS_DUE).bind(now).fetch_one(pool).await)?;
    Ok(due > 0)
}

/// Claims up to `most` notices until a moment; another node leaves them alone until then.
///
/// # Errors
/// The engine did not answer.
pub async fn claim(db: &Db, now: Instant, until: Instant, most: i64) -> sqlx::Result<Vec<Claimed>> {
    write_to!(db, pool => sqlx::query_as(CLAIM).bind(now).bind(until).bind(most).fetch_all(pool).await)
}

/// The service was told, or never will be.
///
/// # Errors
/// The engine did not answer.
pub async fn done(db: &Db, told: &LogoutNotice) -> sqlx::Result<()> {
    write_to!(db, pool => sqlx::query(DONE).bind(&told.sid).bind(&told.relying_party_id).bind(&told.protocol)
        .bind(&told.service).execute(pool).await.map(|_| ()))
}

/// Puts a notice off.
///
/// # Errors
/// The engine did not answer.
pub async fn later(db: &Db, told: &LogoutNotice, next_at: Instant) -> sqlx::Result<()> {
    write_to!(db, pool => sqlx::query(LATER).bind(&told.sid).bind(&told.relying_party_id).bind(&told.protocol)
        .bind(&told.service).bind(next_at).execute(pool).await.map(|_| ()))
}

/// How many notices wait.
///
/// # Errors
/// The engine did not answer.
pub async fn count(db: &Db) -> sqlx::Result<i64> {
    read_from!(db, pool => sqlx::query_scalar(COUNT).fetch_one(pool).await)
}
