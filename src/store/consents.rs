//! What people agreed that third-party services may learn.

use crate::domain::{AccountId, Claim, Fault, Instant, RelyingPartyId};

use super::{Db, Tx};

const FIND: &str = "SELECT claims FROM consent WHERE account_id = $1 AND relying_party_id = $2";
const PUT: &str = "INSERT INTO consent (account_id, relying_party_id, claims, given_at) VALUES ($1, $2, $3, $4)
    ON CONFLICT (account_id, relying_party_id) DO UPDATE SET claims = excluded.claims, given_at = excluded.given_at";

const LIST: &str = "SELECT relying_party_id, claims, given_at FROM consent WHERE account_id = $1 ORDER BY given_at DESC, relying_party_id";
const WITHDRAW: &str = "DELETE FROM consent WHERE account_id = $1 AND relying_party_id = $2";

/// This file's statements.
pub const STATEMENTS: &[&str] = &[FIND, PUT, LIST, WITHDRAW];

/// The claims that an account agreed to release to a service; none where it never did.
///
/// # Errors
/// The engine did not answer, or the row is damaged.
pub async fn find(db: &Db, account_id: &AccountId, party: &RelyingPartyId) -> Result<Option<Vec<Claim>>, Fault> {
    let claims: Option<String> =
        read_from!(db, pool => sqlx::query_scalar(FIND).bind(account_id).bind(party).fetch_optional(pool).await)?;
    claims.map(|claims| serde_json::from_str(&claims).map_err(Fault::from)).transpose()
}

/// Keeps what an account agreed to.
///
/// # Errors
/// The engine did not answer.
pub async fn put(
    tx: &mut Tx,
    account_id: &AccountId,
    party: &RelyingPartyId,
    claims: &[Claim],
    now: Instant,
) -> Result<(), Fault> {
    let claims = serde_json::to_string(claims)?;
    both!(tx, conn => sqlx::query(PUT).bind(account_id).bind(party).bind(claims).bind(now).execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// Everything that an account agreed to: with whom, to what, when.
///
/// # Errors
/// The engine did not answer, or a row is damaged.
pub async fn list(db: &Db, account_id: &AccountId) -> Result<Vec<(RelyingPartyId, Vec<Claim>, Instant)>, Fault> {
    let rows: Vec<(RelyingPartyId, String, Instant)> =
        read_from!(db, pool => sqlx::query_as(LIST).bind(account_id).fetch_all(pool).await)?;
    rows.into_iter().map(|(party, claims, at)| Ok((party, serde_json::from_str(&claims)?, at))).collect()
}

/// Takes an agreement back: `true` once.
///
/// # Errors
/// The engine did not answer.
pub async fn withdraw(tx: &mut Tx, account_id: &AccountId, party: &RelyingPartyId) -> sqlx::Result<bool> {
    both!(tx, conn => sqlx::query(WITHDRAW).bind(account_id).bind(party).execute(conn).await.map(|done| done.rows_affected() > 0))
}
