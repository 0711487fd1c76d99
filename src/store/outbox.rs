//! Mail that is owed: written with what caused it, claimed by one courier at a time, sent at least once.

use sqlx::FromRow;

use crate::domain::{AccountId, Instant};

use super::{Db, Tx};

const ADD: &str =
    "INSERT INTO outbox (id, sealed, kind, account_id, message_id, state, tries, next_at, claimed_until, created_at)
    VALUES ($1, $2, $3, $4, $5, 'waiting', 0, $6, 0, $6)";
const IS_DUE: &str = "SELECT COUNT(*) FROM (SELECT id FROM outbox
    WHERE state = 'waiting' AND next_at <= $1 AND claimed_until <= $1 LIMIT 1) AS due";
const CLAIM: &str = "UPDATE outbox SET claimed_until = $2, tries = tries + 1 WHERE id IN
    (SELECT id FROM outbox WHERE state = 'waiting' AND next_at <= $1 AND claimed_until <= $1 ORDER BY next_at, id LIMIT $3)
    AND state = 'waiting' AND claimed_until <= $1 RETURNING id, sealed, kind, message_id, tries, created_at";
const SENT: &str = "UPDATE outbox SET state = 'sent', sent_at = $2, sealed = '', last_error = NULL WHERE id = $1";
const LATER: &str = "UPDATE outbox SET next_at = $2, claimed_until = 0, last_error = $3 WHERE id = $1";
const DEAD: &str = "UPDATE outbox SET state = 'dead', last_error = $2 WHERE id = $1";
const COUNT: &str = "SELECT COUNT(*) FROM outbox WHERE state = $1";
const PURGE: &str = "DELETE FROM outbox WHERE state = 'sent' AND sent_at < $1";

/// This file's statements.
pub const STATEMENTS: &[&str] = &[ADD, IS_DUE, CLAIM, SENT, LATER, DEAD, COUNT, PURGE];

/// A mail to be kept: already sealed, for it may carry links and codes.
#[derive(Clone, Debug)]
pub struct Owed<'a> {
    /// Its row.
    pub id: &'a str,
    /// The sealed JSON of `domain::Mail`.
    pub sealed: &'a str,
    /// Its kind, for the console.
    pub kind: &'a str,
    /// Whose account it concerns.
    pub account_id: Option<&'a AccountId>,
    /// Its `Message-ID`, the same at every try (RFC 5322 §3.6.4).
    pub message_id: &'a str,
}

/// A mail that was claimed to be sent.
#[derive(Clone, Debug, FromRow)]
pub struct Claimed {
    /// Its row.
    pub id: String,
    /// The sealed JSON of `domain::Mail`.
    pub sealed: String,
    /// Its kind.
    pub kind: String,
    /// Its `Message-ID`.
    pub message_id: String,
    /// How often it was claimed, this time included.
    pub tries: i64,
    /// When it was owed first: its `Date`.
    pub created_at: Instant,
}

/// Keeps a mail, in the transaction of what caused it.
///
/// # Errors
/// The engine did not answer.
pub async fn add(tx: &mut Tx, mail: &Owed<'_>, now: Instant) -> sqlx::Result<()> {
    both!(tx, conn => sqlx::query(ADD)
        .bind(mail.id)
        .bind(mail.sealed)
        .bind(mail.kind)
        .bind(mail.account_id)
        .bind(mail.message_id)
        .bind(now)
        .execute(conn).await.map(|_| ()))
}

/// Whether a mail waits to be claimed: a look that takes no lock.
///
/// # Errors
/// The engine did not answer.
pub async fn is_due(db: &Db, now: Instant) -> sqlx::Result<bool> {
    let due: i64 = read_from!(db, pool => sqlx::query_scalar(IS_DUE).bind(now).fetch_one(pool).await)?;
    Ok(due > 0)
}

/// Claims up to `most` mails until a moment; another courier leaves them alone until then.
///
/// # Errors
/// The engine did not answer.
pub async fn claim(db: &Db, now: Instant, until: Instant, most: i64) -> sqlx::Result<Vec<Claimed>> {
    write_to!(db, pool => sqlx::query_as(CLAIM).bind(now).bind(until).bind(most).fetch_all(pool).await)
}

/// Marks a mail as taken over by the mail server; what it said is dropped.
///
/// # Errors
/// The engine did not answer.
pub async fn sent(db: &Db, id: &str, now: Instant) -> sqlx::Result<()> {
    write_to!(db, pool => sqlx::query(SENT).bind(id).bind(now).execute(pool).await.map(|_| ()))
}

/// Puts a mail off.
///
/// # Errors
/// The engine did not answer.
pub async fn later(db: &Db, id: &str, next_at: Instant, error: &str) -> sqlx::Result<()> {
    write_to!(db, pool => sqlx::query(LATER).bind(id).bind(next_at).bind(error).execute(pool).await.map(|_| ()))
}

/// Gives a mail up: the console shows it.
///
/// # Errors
/// The engine did not answer.
pub async fn dead(db: &Db, id: &str, error: &str) -> sqlx::Result<()> {
    write_to!(db, pool => sqlx::query(DEAD).bind(id).bind(error).execute(pool).await.map(|_| ()))
}

/// How many mails are `waiting`, `sent` or `dead`.
///
/// # Errors
/// The engine did not answer.
pub async fn count(db: &Db, state: &str) -> sqlx::Result<i64> {
    read_from!(db, pool => sqlx::query_scalar(COUNT).bind(state).fetch_one(pool).await)
}

/// Drops sent mails older than a moment.
///
/// # Errors
/// The engine did not answer.
pub async fn purge(db: &Db, before: Instant) -> sqlx::Result<u64> {
    write_to!(db, pool => sqlx::query(PURGE).bind(before).execute(pool).await.map(|done| done.rows_affected()))
}
