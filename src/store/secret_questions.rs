//! Secret questions: at most one for each account.

use crate::domain::{AccountId, Instant, PasswordHash, Question, SecretQuestion};

use super::{Db, Tx};

const FIND: &str = "SELECT question, answer_hash, set_at FROM secret_question WHERE account_id = $1";
const PUT: &str = "INSERT INTO secret_question (account_id, question, answer_hash, set_at) VALUES ($1, $2, $3, $4)
    ON CONFLICT (account_id) DO UPDATE SET question = excluded.question, answer_hash = excluded.answer_hash,
    set_at = excluded.set_at";
const FORGET: &str = "DELETE FROM secret_question WHERE account_id = $1";

/// This file's statements.
pub const STATEMENTS: &[&str] = &[FIND, PUT, FORGET];

/// The question of an account; none where it has none.
///
/// # Errors
/// The engine did not answer.
pub async fn find(db: &Db, account_id: &AccountId) -> sqlx::Result<Option<SecretQuestion>> {
    read_from!(db, pool => sqlx::query_as(FIND).bind(account_id).fetch_optional(pool).await)
}

/// Keeps a question and its answer in place of the one before.
///
/// # Errors
/// The engine did not answer.
pub async fn put(
    tx: &mut Tx,
    account_id: &AccountId,
    (question, hash): (Question, &PasswordHash),
    now: Instant,
) -> sqlx::Result<()> {
    both!(tx, conn => sqlx::query(PUT).bind(account_id).bind(question).bind(hash).bind(now).execute(conn).await.map(|_| ()))
}

/// Drops it: whoever set it may not have been the holder.
///
/// # Errors
/// The engine did not answer.
pub(super) async fn forget(tx: &mut Tx, account_id: &AccountId) -> sqlx::Result<()> {
    both!(tx, conn => sqlx::query(FORGET).bind(account_id).execute(conn).await.map(|_| ()))
}
