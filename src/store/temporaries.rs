//! Temporary passwords: at most one for each account. `accounts::apply` writes here, for each is a change of an account.

use sqlx::FromRow;

use crate::domain::{AccountId, Digest, Instant, PasswordHash, Temporary};

use super::{Db, Tx};

const FIND: &str = "SELECT hash, tag, expires_at, used_at, used_by FROM temporary_password WHERE account_id = $1";
const PUT: &str = "INSERT INTO temporary_password (account_id, hash, tag, made_at, expires_at)
    VALUES ($1, $2, $3, $4, $5) ON CONFLICT (account_id) DO UPDATE SET hash = excluded.hash, tag = excluded.tag,
    made_at = excluded.made_at, expires_at = excluded.expires_at, used_at = NULL, used_by = NULL
    WHERE temporary_password.made_at <= $6";
const USE: &str = "UPDATE temporary_password SET used_at = $4, used_by = $3
    WHERE account_id = $1 AND hash = $2 AND used_at IS NULL AND expires_at > $4";
const VOID: &str = "DELETE FROM temporary_password WHERE account_id = $1 AND used_at IS NULL AND expires_at > $2";
const SETTLE: &str = "UPDATE temporary_password SET used_by = NULL WHERE account_id = $1";
const MOVE_SESSION: &str = "UPDATE temporary_password SET used_by = $2 WHERE used_by = $1";
const FORGET: &str = "DELETE FROM temporary_password WHERE account_id = $1";
const PURGE: &str = "DELETE FROM temporary_password WHERE expires_at < $1 AND used_by IS NULL";

/// This file's statements.
pub const STATEMENTS: &[&str] = &[FIND, PUT, USE, VOID, SETTLE, MOVE_SESSION, FORGET, PURGE];

/// A session has another secret: what it owes it still owes.
///
/// # Errors
/// The engine did not answer.
pub async fn move_session(tx: &mut Tx, old: &Digest, new: &Digest) -> sqlx::Result<()> {
    both!(tx, conn => sqlx::query(MOVE_SESSION).bind(old).bind(new).execute(conn).await.map(|_| ()))
}

/// The last temporary password of an account.
///
/// # Errors
/// The engine did not answer.
pub async fn find(db: &Db, account_id: &AccountId) -> sqlx::Result<Option<Temporary>> {
    #[derive(FromRow)]
    struct Row {
        hash: PasswordHash,
        tag: String,
        expires_at: Instant,
        used_at: Option<Instant>,
        used_by: Option<Digest>,
    }
    let row: Option<Row> = read_from!(db, pool => sqlx::query_as(FIND).bind(account_id).fetch_optional(pool).await)?;
    Ok(row.map(|row| Temporary {
        hash: row.hash,
        tag: row.tag,
        expires_at: row.expires_at,
        used_at: row.used_at,
        used_by: row.used_by,
    }))
}

/// A new one: its hash, its tag and its two moments.
pub(super) struct Fresh<'a> {
    pub hash: &'a PasswordHash,
    pub tag: &'a str,
    pub made_at: Instant,
    pub expires_at: Instant,
}

/// Keeps a new one in place of the one before, where that was not made after `none_since`.
pub(super) async fn put(tx: &mut Tx, id: &AccountId, fresh: &Fresh<'_>, none_since: Instant) -> sqlx::Result<u64> {
    both!(tx, conn => sqlx::query(PUT).bind(id).bind(fresh.hash).bind(fresh.tag).bind(fresh.made_at)
        .bind(fresh.expires_at).bind(none_since).execute(conn).await.map(|done| done.rows_affected()))
}

/// Uses one, once.
pub(super) async fn use_up(
    tx: &mut Tx,
    (id, hash): (&AccountId, &PasswordHash),
    session: &Digest,
    now: Instant,
) -> sqlx::Result<u64> {
    both!(tx, conn => sqlx::query(USE).bind(id).bind(hash).bind(session).bind(now).execute(conn).await.map(|done| done.rows_affected()))
}

/// Drops one that waits.
pub(super) async fn void(tx: &mut Tx, id: &AccountId, now: Instant) -> sqlx::Result<u64> {
    both!(tx, conn => sqlx::query(VOID).bind(id).bind(now).execute(conn).await.map(|done| done.rows_affected()))
}

/// It was replaced: from now on it is remembered only to be told apart from a wrong one.
pub(super) async fn settle(tx: &mut Tx, id: &AccountId) -> sqlx::Result<()> {
    both!(tx, conn => sqlx::query(SETTLE).bind(id).execute(conn).await.map(|_| ()))
}

/// Forgets it: another password came by another way.
pub(super) async fn forget(tx: &mut Tx, id: &AccountId) -> sqlx::Result<()> {
    both!(tx, conn => sqlx::query(FORGET).bind(id).execute(conn).await.map(|_| ()))
}

/// Drops those whose time ended before a moment, but for one that its session still has to replace.
///
/// # Errors
/// The engine did not answer.
pub async fn purge(db: &Db, before: Instant) -> sqlx::Result<u64> {
    write_to!(db, pool => sqlx::query(PURGE).bind(before).execute(pool).await.map(|done| done.rows_affected()))
}
