//! What authorization codes gave, and the tokens that stand for it: digests only.

use sqlx::FromRow;

use crate::domain::{AccountId, Digest, Fault, Grant, GrantId, Instant, RelyingPartyId};

use super::{Db, Tx};

const ADD: &str =
    "INSERT INTO authorization_grant (id, account_id, relying_party_id, session_id, code, document, created_at, expires_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
const ADD_TOKEN: &str = "INSERT INTO token (digest, grant_id, kind, expires_at) VALUES ($1, $2, $3, $4)";
const FIND_BY_TOKEN: &str =
    "SELECT g.id, g.account_id, g.relying_party_id, g.session_id, g.code, g.document, g.created_at, g.expires_at
    FROM token t JOIN authorization_grant g ON g.id = t.grant_id
    WHERE t.digest = $1 AND t.kind = $2 AND t.expires_at > $3 AND g.revoked_at IS NULL";
const HAS_CODE: &str = "SELECT COUNT(*) FROM authorization_grant WHERE code = $1 AND revoked_at IS NULL";
const REVOKE_BY_CODE: &str = "UPDATE authorization_grant SET revoked_at = $2
    WHERE code = $1 AND revoked_at IS NULL RETURNING account_id, relying_party_id";
const MOVE_SESSION: &str = "UPDATE authorization_grant SET session_id = $2 WHERE session_id = $1";
const REVOKE_OF_SESSION: &str =
    "UPDATE authorization_grant SET revoked_at = $2 WHERE session_id = $1 AND revoked_at IS NULL";
const REVOKE_OTHERS: &str = "UPDATE authorization_grant SET revoked_at = $3
    WHERE account_id = $1 AND (session_id IS NULL OR session_id <> $2) AND revoked_at IS NULL";
const REVOKE_AT: &str = "UPDATE authorization_grant SET revoked_at = $3
    WHERE account_id = $1 AND relying_party_id = $2 AND revoked_at IS NULL";
const PURGE: &str = "DELETE FROM authorization_grant WHERE expires_at < $1";

/// This file's statements.
pub const STATEMENTS: &[&str] = &[
    ADD,
    ADD_TOKEN,
    FIND_BY_TOKEN,
    HAS_CODE,
    REVOKE_BY_CODE,
    MOVE_SESSION,
    REVOKE_OF_SESSION,
    REVOKE_OTHERS,
    REVOKE_AT,
    PURGE,
];

/// `token.kind` of an access token.
const ACCESS: &str = "access";

#[derive(FromRow)]
struct Row {
    id: GrantId,
    account_id: AccountId,
    relying_party_id: RelyingPartyId,
    session_id: Option<Digest>,
    code: Digest,
    document: String,
    created_at: Instant,
    expires_at: Instant,
}

/// Keeps a grant and its access token, which is good until `token_expires_at`.
///
/// # Errors
/// The engine did not answer; a code that gave something before (its digest is unique).
pub async fn add(tx: &mut Tx, grant: &Grant, access_token: &Digest, token_expires_at: Instant) -> Result<(), Fault> {
    let document = serde_json::to_string(&grant.given)?;
    both!(tx, conn => sqlx::query(ADD)
        .bind(&grant.id)
        .bind(&grant.account_id)
        .bind(&grant.relying_party_id)
        .bind(&grant.session_id)
        .bind(&grant.code)
        .bind(document)
        .bind(grant.created_at)
        .bind(grant.expires_at)
        .execute(conn).await.map(|_| ()))?;
    both!(tx, conn => sqlx::query(ADD_TOKEN)
        .bind(access_token)
        .bind(&grant.id)
        .bind(ACCESS)
        .bind(token_expires_at)
        .execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// The living grant that an access token stands for.
///
/// # Errors
/// The engine did not answer, or the row is damaged.
pub async fn find_by_access_token(db: &Db, token: &Digest, now: Instant) -> Result<Option<Grant>, Fault> {
    let row: Option<Row> = read_from!(db, pool => sqlx::query_as(FIND_BY_TOKEN)
        .bind(token)
        .bind(ACCESS)
        .bind(now)
        .fetch_optional(pool).await)?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Grant {
        id: row.id,
        account_id: row.account_id,
        relying_party_id: row.relying_party_id,
        session_id: row.session_id,
        code: row.code,
        given: serde_json::from_str(&row.document)?,
        created_at: row.created_at,
        expires_at: row.expires_at,
    }))
}

/// Whether a code gave something that still stands.
///
/// # Errors
/// The engine did not answer.
pub async fn has_code(db: &Db, code: &Digest) -> sqlx::Result<bool> {
    let count: i64 = read_from!(db, pool => sqlx::query_scalar(HAS_CODE).bind(code).fetch_one(pool).await)?;
    Ok(count > 0)
}

/// Ends what a code gave, once: whose it was and who had it, for the one who ended it.
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

/// A session has another secret: its grants stay its grants.
///
/// # Errors
/// The engine did not answer.
pub async fn move_session(tx: &mut Tx, old: &Digest, new: &Digest) -> sqlx::Result<()> {
    both!(tx, conn => sqlx::query(MOVE_SESSION).bind(old).bind(new).execute(conn).await.map(|_| ()))
}

/// Ends what was given in a session that ends (row SSO-06).
///
/// # Errors
/// The engine did not answer.
pub async fn revoke_of_session(tx: &mut Tx, session: &Digest, now: Instant) -> sqlx::Result<()> {
    both!(tx, conn => sqlx::query(REVOKE_OF_SESSION).bind(session).bind(now).execute(conn).await.map(|_| ()))
}

/// Ends what was given to an account's sessions, but for one session's.
///
/// # Errors
/// The engine did not answer.
pub async fn revoke_others(tx: &mut Tx, account_id: &AccountId, but: &Digest, now: Instant) -> sqlx::Result<()> {
    both!(tx, conn => sqlx::query(REVOKE_OTHERS).bind(account_id).bind(but).bind(now).execute(conn).await.map(|_| ()))
}

/// Ends what an account's codes gave to one service.
///
/// # Errors
/// The engine did not answer.
pub async fn revoke_at(tx: &mut Tx, account_id: &AccountId, party: &RelyingPartyId, now: Instant) -> sqlx::Result<()> {
    both!(tx, conn => sqlx::query(REVOKE_AT).bind(account_id).bind(party).bind(now).execute(conn).await.map(|_| ()))
}

/// Drops those that ended before a moment, with their tokens.
///
/// # Errors
/// The engine did not answer.
pub async fn purge(db: &Db, before: Instant) -> sqlx::Result<u64> {
    write_to!(db, pool => sqlx::query(PURGE).bind(before).execute(pool).await.map(|done| done.rows_affected()))
}
