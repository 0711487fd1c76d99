//! Hashes of passwords that accounts had: none of the last three is taken again (row POL-09). Hashes only, and no more of
//! them than are looked at.

use crate::domain::{AccountId, Instant, PasswordHash};

use super::{Db, Tx};

const ADD: &str = "INSERT INTO former_password (account_id, hash, until) VALUES ($1, $2, $3)
    ON CONFLICT (account_id, hash) DO UPDATE SET until = excluded.until";
const FORGET_OLDER: &str = "DELETE FROM former_password WHERE account_id = $1 AND hash NOT IN
    (SELECT hash FROM former_password WHERE account_id = $1 ORDER BY until DESC, hash LIMIT $2)";
const LIST: &str = "SELECT hash FROM former_password WHERE account_id = $1 ORDER BY until DESC, hash LIMIT $2";

/// This file's statements.
pub const STATEMENTS: &[&str] = &[ADD, FORGET_OLDER, LIST];

/// How many are kept beside the one in force.
const KEPT: i64 = 2;

/// Remembers a password that was replaced, and forgets those before the last two. `accounts::apply` calls it.
///
/// # Errors
/// The engine did not answer.
pub(super) async fn add(tx: &mut Tx, account_id: &AccountId, hash: &PasswordHash, now: Instant) -> sqlx::Result<()> {
    both!(tx, conn => sqlx::query(ADD).bind(account_id).bind(hash).bind(now).execute(conn).await.map(|_| ()))?;
    both!(tx, conn => sqlx::query(FORGET_OLDER).bind(account_id).bind(KEPT).execute(conn).await.map(|_| ()))
}

/// The passwords before the one in force, the youngest first.
///
/// # Errors
/// The engine did not answer.
pub async fn list(db: &Db, account_id: &AccountId) -> sqlx::Result<Vec<PasswordHash>> {
    read_from!(db, pool => sqlx::query_scalar(LIST).bind(account_id).bind(KEPT).fetch_all(pool).await)
}
