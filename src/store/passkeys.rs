//! Passkeys: public keys alone.

use sqlx::FromRow;

use crate::domain::{AccountId, Instant, Passkey};

use super::{Db, Tx};

const FIND: &str = "SELECT * FROM passkey WHERE id = $1";
const LIST: &str = "SELECT * FROM passkey WHERE account_id = $1 ORDER BY added_at, id";
const ADD: &str = "INSERT INTO passkey (id, account_id, name, credential, user_handle, added_at)
    VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO NOTHING";
const USE: &str = "UPDATE passkey SET credential = $3, used_at = $4 WHERE id = $1 AND credential = $2";
const REMOVE: &str = "DELETE FROM passkey WHERE id = $1 AND account_id = $2 RETURNING name";
const FORGET: &str = "DELETE FROM passkey WHERE account_id = $1";

/// This file's statements.
pub const STATEMENTS: &[&str] = &[FIND, LIST, ADD, USE, REMOVE, FORGET];

#[derive(FromRow)]
struct Row {
    id: String,
    account_id: AccountId,
    name: String,
    credential: String,
    user_handle: String,
    added_at: Instant,
    used_at: Option<Instant>,
}

impl From<Row> for Passkey {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            account_id: row.account_id,
            name: row.name,
            credential: row.credential,
            user_handle: row.user_handle,
            added_at: row.added_at,
            used_at: row.used_at,
        }
    }
}

/// The key of that id.
///
/// # Errors
/// The engine did not answer.
pub async fn find(db: &Db, id: &str) -> sqlx::Result<Option<Passkey>> {
    let row: Option<Row> = read_from!(db, pool => sqlx::query_as(FIND).bind(id).fetch_optional(pool).await)?;
    Ok(row.map(Passkey::from))
}

/// An account's keys, in the order in which they were added.
///
/// # Errors
/// The engine did not answer.
pub async fn list(db: &Db, account_id: &AccountId) -> sqlx::Result<Vec<Passkey>> {
    let rows: Vec<Row> = read_from!(db, pool => sqlx::query_as(LIST).bind(account_id).fetch_all(pool).await)?;
    Ok(rows.into_iter().map(Passkey::from).collect())
}

/// Adds a key; `false` where it is there already.
///
/// # Errors
/// The engine did not answer.
pub async fn add(tx: &mut Tx, key: &Passkey) -> sqlx::Result<bool> {
    let done = both!(tx, conn => sqlx::query(ADD)
        .bind(&key.id)
        .bind(&key.account_id)
        .bind(&key.name)
        .bind(&key.credential)
        .bind(&key.user_handle)
        .bind(key.added_at)
        .execute(conn).await.map(|done| done.rows_affected()))?;
    Ok(done > 0)
}

/// Notes the use of a key, done only where it stands as it was read: an answer counts once.
///
/// # Errors
/// The engine did not answer.
pub async fn note_use(tx: &mut Tx, key: &Passkey, credential: &str, now: Instant) -> sqlx::Result<bool> {
    let done = both!(tx, conn => sqlx::query(USE).bind(&key.id).bind(&key.credential).bind(credential).bind(now).execute(conn).await.map(|done| done.rows_affected()))?;
    Ok(done > 0)
}

/// Removes one of an account's keys, once: its name.
///
/// # Errors
/// The engine did not answer.
pub async fn remove(tx: &mut Tx, account_id: &AccountId, id: &str) -> sqlx::Result<Option<String>> {
    both!(tx, conn => sqlx::query_scalar(REMOVE).bind(id).bind(account_id).fetch_optional(conn).await)
}

/// Removes every key of an account.
///
/// # Errors
/// The engine did not answer.
pub async fn forget(tx: &mut Tx, account_id: &AccountId) -> sqlx::Result<u64> {
    both!(tx, conn => sqlx::query(FORGET).bind(account_id).execute(conn).await.map(|done| done.rows_affected()))
}
