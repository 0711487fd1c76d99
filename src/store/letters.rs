//! What is remembered of an account's last letter. `accounts::apply` writes here, for a letter is a change of an account.

use sqlx::FromRow;

use crate::domain::{AccountId, Instant, Letter, LetterKind, PasswordHash, Spent};

use super::{Db, Tx};

const FIND: &str = "SELECT kind, spent_hash, spent_tag, spent_until FROM letter WHERE account_id = $1";
const PUT: &str = "INSERT INTO letter (account_id, kind, made_at) VALUES ($1, $2, $3)
    ON CONFLICT (account_id) DO UPDATE SET kind = excluded.kind, made_at = excluded.made_at,
    spent_hash = NULL, spent_tag = NULL, spent_until = NULL";
const SPEND: &str = "UPDATE letter SET spent_hash = $2, spent_tag = $3, spent_until = $4 WHERE account_id = $1";
const FORGET: &str = "DELETE FROM letter WHERE account_id = $1";
const PURGE: &str = "DELETE FROM letter WHERE spent_until < $1";

/// This file's statements.
pub const STATEMENTS: &[&str] = &[FIND, PUT, SPEND, FORGET, PURGE];

/// The last letter of an account.
///
/// # Errors
/// The engine did not answer.
pub async fn find(db: &Db, account_id: &AccountId) -> sqlx::Result<Option<Letter>> {
    #[derive(FromRow)]
    struct Row {
        kind: LetterKind,
        spent_hash: Option<PasswordHash>,
        spent_tag: Option<String>,
        spent_until: Option<Instant>,
    }
    let row: Option<Row> = read_from!(db, pool => sqlx::query_as(FIND).bind(account_id).fetch_optional(pool).await)?;
    Ok(row.map(|row| {
        let spent = row.spent_hash.zip(row.spent_tag).zip(row.spent_until);
        Letter { kind: row.kind, spent: spent.map(|((hash, tag), until)| Spent { hash, tag, until }) }
    }))
}

/// Remembers a new letter in place of the one before.
pub(super) async fn put(tx: &mut Tx, account_id: &AccountId, kind: LetterKind, now: Instant) -> sqlx::Result<()> {
    both!(tx, conn => sqlx::query(PUT).bind(account_id).bind(kind).bind(now).execute(conn).await.map(|_| ()))
}

/// Keeps a used provisional password until its date. A letter that was not made here is not remembered.
pub(super) async fn spend(tx: &mut Tx, account_id: &AccountId, spent: &Spent) -> sqlx::Result<()> {
    both!(tx, conn => sqlx::query(SPEND).bind(account_id).bind(&spent.hash).bind(&spent.tag).bind(spent.until).execute(conn).await.map(|_| ()))
}

/// Forgets an account's letter: whoever gives the account another password by another way calls this, for the tag of the
/// used one was compared with the password chosen then.
///
/// # Errors
/// The engine did not answer.
pub async fn forget(tx: &mut Tx, account_id: &AccountId) -> sqlx::Result<()> {
    both!(tx, conn => sqlx::query(FORGET).bind(account_id).execute(conn).await.map(|_| ()))
}

/// Drops used ones whose printed date is over.
///
/// # Errors
/// The engine did not answer.
pub async fn purge(db: &Db, now: Instant) -> sqlx::Result<u64> {
    write_to!(db, pool => sqlx::query(PURGE).bind(now).execute(pool).await.map(|done| done.rows_affected()))
}
