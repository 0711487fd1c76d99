//! What authorization codes gave, and the tokens of it.

use sqlx::FromRow;

use crate::domain::{AccountId, Digest, GrantId, Instant, RelyingPartyId};

use super::{Db, Tx};

const ADD: &str = "INSERT INTO authorization_grant (id, account_id, relying_party_id, session_id, code, document, created_at, expires_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
const ADD_TOKEN: &str = "INSERT INTO token (digest, grant_id, kind, expires_at) VALUES ($1, $2, 'access', $3)";
const FIND_BY_TOKEN: &str =
    "SELECT g.id, g.account_id, g.relying_party_id, g.session_id, g.document, g.created_at FROM token t
    JOIN authorization_grant g ON g.id = t.grant_id
    WHERE t.digest = $1 AND t.kind = 'access' AND t.expires_at > $2 AND g.revoked_at IS NULL";
const REVOKE_BY_CODE: &str = "UPDATE authorization_grant SET revoked_at = $2 WHERE code = $1 AND revoked_at IS NULL
    RETURNING account_id, relying_party_id";
const PURGE: &str = "DELETE FROM authorization_grant WHERE expires_at < $1";

/// This file's statements.
pub const STATEMENTS: &[&str] = &[ADD, ADD_TOKEN, FIND_BY_TOKEN, REVOKE_BY_CODE, PURGE];

/// What one authorization code gave.
#[derive(Clone, Debug, FromRow)]
pub struct Grant {
    /// Its row.
    pub id: GrantId,
    /// Of whom.
    pub account_id: AccountId,
    /// To whom.
    pub relying_party_id: RelyingPartyId,
    /// In which session it was given; the session may have ended.
    pub session_id: Digest,
    /// The request, as the protocol room wrote it.
    pub document: String,
    /// When it was given.
    pub created_at: Instant,
}

/// Keeps a grant with the digest of its code, so that a second use of the code finds it.
///
/// # Errors
/// The engine did not answer.
pub async fn add(tx: &mut Tx, grant: &Grant, code: &Digest, expires_at: Instant) -> sqlx::Result<()> {
    both!(tx, conn => sqlx::query(ADD)
        .bind(&grant.id)
        .bind(&grant.account_id)
        .bind(&grant.relying_party_id)
        .bind(&grant.session_id)
        .bind(code)
        .bind(&grant.document)
        .bind(grant.created_at)
        .bind(expires_at)
        .execute(conn).await.map(|_| ()))
}

/// Keeps the digest of an access token.
///
/// # Errors
/// The engine did not answer.
pub async fn add_token(tx: &mut Tx, grant: &GrantId, token: &Digest, expires_at: Instant) -> sqlx::Result<()> {
    both!(tx, conn => sqlx::query(ADD_TOKEN).bind(token).bind(grant).bind(expires_at).execute(conn).await.map(|_| ()))
}

/// The grant that a living access token opens.
///
/// # Errors
/// The engine did not answer.
pub async fn find_by_token(db: &Db, token: &Digest, now: Instant) -> sqlx::Result<Option<Grant>> {
    read_from!(db, pool => sqlx::query_as(FIND_BY_TOKEN).bind(token).bind(now).fetch_optional(pool).await)
}

/// Revokes what a code gave, once: whose it was and who had it.
///
/// # Errors
/// The engine did not answer.
pub async fn revoke_by_code(
    tx: &mut Tx,
    code: &Digest,
    now: Instant,
) -> sqlx::Result<Option<(AccountId, RelyingPartyId)>> {
    both!(tx, conn => sqlx::query_as(REVOKE_BY_CODE).bind(code).bind(now).fetch_optional(conn).await)
}

/// Drops grants whose every token is out of date.
///
/// # Errors
/// The engine did not answer.
pub async fn purge(db: &Db, before: Instant) -> sqlx::Result<u64> {
    write_to!(db, pool => sqlx::query(PURGE).bind(before).execute(pool).await.map(|done| done.rows_affected()))
}
