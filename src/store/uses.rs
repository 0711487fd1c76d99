//! Which services an account is used for, and its living sessions, as its holder reads them.

use sqlx::FromRow;

use crate::domain::{AccountId, Digest, Instant, RelyingPartyId};

use super::{Db, Tx};

const NOTE: &str = "INSERT INTO service_use (account_id, relying_party_id, last_at)
    SELECT account_id, $2, $3 FROM session WHERE id = $1
    ON CONFLICT (account_id, relying_party_id) DO UPDATE SET last_at = excluded.last_at";
const LIST: &str = "SELECT relying_party_id, last_at FROM service_use WHERE account_id = $1
    ORDER BY last_at DESC, relying_party_id";
const LIST_SESSIONS: &str = "SELECT device, created_at, seen_at, expires_at FROM session WHERE account_id = $1
    ORDER BY seen_at DESC, sid";

/// This file's statements.
pub const STATEMENTS: &[&str] = &[NOTE, LIST, LIST_SESSIONS];

/// Notes that a session's account was used for a service; `sessions::serve` calls it.
pub(super) async fn note(tx: &mut Tx, session: &Digest, service: &RelyingPartyId, now: Instant) -> sqlx::Result<()> {
    both!(tx, conn => sqlx::query(NOTE).bind(session).bind(service).bind(now).execute(conn).await.map(|_| ()))
}

/// The services that an account was used for, the last used first.
///
/// # Errors
/// The engine did not answer.
pub async fn list(db: &Db, account_id: &AccountId) -> sqlx::Result<Vec<(RelyingPartyId, Instant)>> {
    read_from!(db, pool => sqlx::query_as(LIST).bind(account_id).fetch_all(pool).await)
}

/// A session, as its holder reads it.
#[derive(Clone, Debug, FromRow)]
pub struct Seen {
    /// "Firefox, Android".
    pub device: String,
    /// When it was opened.
    pub created_at: Instant,
    /// Its last use, to a minute.
    pub seen_at: Instant,
    /// When it ends at the latest.
    pub expires_at: Instant,
}

/// The sessions of an account, the last used first.
///
/// # Errors
/// The engine did not answer.
pub async fn list_sessions(db: &Db, account_id: &AccountId) -> sqlx::Result<Vec<Seen>> {
    read_from!(db, pool => sqlx::query_as(LIST_SESSIONS).bind(account_id).fetch_all(pool).await)
}
