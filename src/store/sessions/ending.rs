//! How sessions end: whom they served is told of it (`logout_notices`), by a row of the same transaction.

use crate::domain::{AccountId, Digest, Instant, Session};

use super::super::{Tx, grants, temporaries};

/// The rows that owe the notices of the sessions that a condition names, before these go.
macro_rules! owing {
    ($which:literal) => {
        concat!(
            "INSERT INTO logout_notice (sid, relying_party_id, protocol, service, ticket, account_id, tries, next_at,
            claimed_until) SELECT s.sid, v.relying_party_id, v.protocol, v.service, v.ticket, s.account_id, 0, 0, 0
            FROM session s JOIN served_party v ON v.session_id = s.id WHERE ",
            $which,
            " ON CONFLICT (sid, relying_party_id, protocol, service) DO NOTHING"
        )
    };
}

const OWE: &str = owing!("s.id = $1");
const END: &str = "DELETE FROM session WHERE id = $1 RETURNING account_id";
const OWE_OTHERS: &str = owing!("s.account_id = $1 AND s.id <> $2");
const END_OTHERS: &str = "DELETE FROM session WHERE account_id = $1 AND id <> $2";
const OWE_OLDER: &str = owing!("s.account_id = $1 AND s.authenticated_at < $2");
const END_OLDER: &str = "DELETE FROM session WHERE account_id = $1 AND authenticated_at < $2";
const OWE_ONE: &str = owing!("s.account_id = $1 AND s.sid = $2");
const END_ONE: &str = "DELETE FROM session WHERE account_id = $1 AND sid = $2 RETURNING id, device";
const SUCCEED: &str =
    "INSERT INTO session (id, sid, account_id, authenticated_at, amr, profile, created_at, seen_at, idle_ttl,
    expires_at, remembered, device, network, charters) SELECT $2, $2, account_id, $3, $4, profile, created_at, $5,
    idle_ttl, expires_at, remembered, device, network, charters FROM session WHERE id = $1";
const HAND_OVER_SERVED: &str = "UPDATE served_party SET session_id = $2 WHERE session_id = $1";
const TAKE_SID: &str = "UPDATE session SET sid = $2 WHERE id = $1";

/// This file's statements.
pub const STATEMENTS: &[&str] =
    &[OWE, END, OWE_OTHERS, END_OTHERS, OWE_OLDER, END_OLDER, OWE_ONE, END_ONE, SUCCEED, HAND_OVER_SERVED, TAKE_SID];

/// Ends a session, once: whose it was, for the one who ended it.
///
/// # Errors
/// The engine did not answer.
pub async fn end(tx: &mut Tx, id: &Digest) -> sqlx::Result<Option<AccountId>> {
    both!(tx, conn => sqlx::query(OWE).bind(id).execute(conn).await.map(|_| ()))?;
    both!(tx, conn => sqlx::query_scalar(END).bind(id).fetch_optional(conn).await)
}

/// Ends one of an account's sessions by its `sid`, once: its digest and what it was open on.
///
/// # Errors
/// The engine did not answer.
pub async fn end_one(tx: &mut Tx, account_id: &AccountId, sid: &str) -> sqlx::Result<Option<(Digest, String)>> {
    both!(tx, conn => sqlx::query(OWE_ONE).bind(account_id).bind(sid).execute(conn).await.map(|_| ()))?;
    both!(tx, conn => sqlx::query_as(END_ONE).bind(account_id).bind(sid).fetch_optional(conn).await)
}

/// Puts a session with a new secret, a time and a way of proof in the place of another, once: `sid`, whom it served, what
/// it gave and what it owes stay its own, so that nobody is told of an end. `false` where the other has ended.
///
/// # Errors
/// The engine did not answer.
pub async fn rotate(tx: &mut Tx, old: &Digest, new: &Session) -> sqlx::Result<bool> {
    // `sid` is unique: the new row has its own digest for one until the old row has left.
    let done = both!(tx, conn => sqlx::query(SUCCEED)
        .bind(old)
        .bind(&new.id)
        .bind(new.authenticated_at)
        .bind(new.amr.join(" "))
        .bind(new.seen_at)
        .execute(conn).await.map(|done| done.rows_affected()))?;
    if done == 0 {
        return Ok(false);
    }
    both!(tx, conn => sqlx::query(HAND_OVER_SERVED).bind(old).bind(&new.id).execute(conn).await.map(|_| ()))?;
    grants::move_session(tx, old, &new.id).await?;
    temporaries::move_session(tx, old, &new.id).await?;
    if end(tx, old).await?.is_none() {
        return Ok(false);
    }
    both!(tx, conn => sqlx::query(TAKE_SID).bind(&new.id).bind(&new.sid).execute(conn).await.map(|_| ()))?;
    Ok(true)
}

/// Ends every session of an account but one.
///
/// # Errors
/// The engine did not answer.
pub async fn end_others(tx: &mut Tx, account_id: &AccountId, but: &Digest) -> sqlx::Result<u64> {
    both!(tx, conn => sqlx::query(OWE_OTHERS).bind(account_id).bind(but).execute(conn).await.map(|_| ()))?;
    both!(tx, conn => sqlx::query(END_OTHERS).bind(account_id).bind(but).execute(conn).await.map(|done| done.rows_affected()))
}

/// Ends every session of an account that was proven before a moment.
///
/// # Errors
/// The engine did not answer.
pub async fn end_older(tx: &mut Tx, account_id: &AccountId, than: Instant) -> sqlx::Result<u64> {
    both!(tx, conn => sqlx::query(OWE_OLDER).bind(account_id).bind(than).execute(conn).await.map(|_| ()))?;
    both!(tx, conn => sqlx::query(END_OLDER).bind(account_id).bind(than).execute(conn).await.map(|done| done.rows_affected()))
}
