//! Proofs that let a browser go on with an activation.

use sqlx::FromRow;

use crate::domain::{AccountId, ActivationProof, Digest, Instant, InteractionId, LetterProof, PortalName};

use super::{Db, Tx};

const ADD: &str =
    "INSERT INTO activation_proof (id, browser, account_id, portal, interaction_id, letter, letter_tag, expires_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
const FIND: &str = "SELECT * FROM activation_proof WHERE id = $1 AND browser = $2 AND expires_at > $3";
const LEAVE_LETTER: &str =
    "UPDATE activation_proof SET letter = NULL, letter_tag = NULL, expires_at = $2 WHERE id = $1";
const RENEW: &str = "UPDATE activation_proof SET expires_at = $2 WHERE id = $1 AND letter IS NULL";
const PURGE: &str = "DELETE FROM activation_proof WHERE expires_at < $1";

/// This file's statements.
pub const STATEMENTS: &[&str] = &[ADD, FIND, LEAVE_LETTER, RENEW, PURGE];

#[derive(FromRow)]
struct Row {
    id: String,
    browser: Digest,
    account_id: AccountId,
    portal: PortalName,
    interaction_id: Option<InteractionId>,
    letter: Option<Digest>,
    letter_tag: Option<String>,
    expires_at: Instant,
}

/// Keeps a proof.
///
/// # Errors
/// The engine did not answer.
pub async fn add(tx: &mut Tx, proof: &ActivationProof) -> sqlx::Result<()> {
    let (letter, tag) = proof.letter.as_ref().map(|it| (&it.letter, &it.tag)).unzip();
    both!(tx, conn => sqlx::query(ADD)
        .bind(&proof.id)
        .bind(&proof.browser)
        .bind(&proof.account_id)
        .bind(&proof.portal)
        .bind(&proof.interaction_id)
        .bind(letter)
        .bind(tag)
        .bind(proof.expires_at)
        .execute(conn).await.map(|_| ()))
}

/// The living proof of that id, if this browser gave it.
///
/// # Errors
/// The engine did not answer.
pub async fn find(db: &Db, id: &str, browser: &Digest, now: Instant) -> sqlx::Result<Option<ActivationProof>> {
    let row: Option<Row> =
        read_from!(db, pool => sqlx::query_as(FIND).bind(id).bind(browser).bind(now).fetch_optional(pool).await)?;
    Ok(row.map(|row| ActivationProof {
        id: row.id,
        browser: row.browser,
        account_id: row.account_id,
        portal: row.portal,
        interaction_id: row.interaction_id,
        letter: row.letter.zip(row.letter_tag).map(|(letter, tag)| LetterProof { letter, tag }),
        expires_at: row.expires_at,
    }))
}

/// A password was chosen: the proof is good for the address from now on.
///
/// # Errors
/// The engine did not answer.
pub async fn leave_letter(tx: &mut Tx, id: &str, expires_at: Instant) -> sqlx::Result<()> {
    both!(tx, conn => sqlx::query(LEAVE_LETTER).bind(id).bind(expires_at).execute(conn).await.map(|_| ()))
}

/// Gives the proof of one who waits for a mail more time.
///
/// # Errors
/// The engine did not answer.
pub async fn renew(db: &Db, id: &str, expires_at: Instant) -> sqlx::Result<()> {
    write_to!(db, pool => sqlx::query(RENEW).bind(id).bind(expires_at).execute(pool).await.map(|_| ()))
}

/// Drops those that are over.
///
/// # Errors
/// The engine did not answer.
pub async fn purge(db: &Db, now: Instant) -> sqlx::Result<u64> {
    write_to!(db, pool => sqlx::query(PURGE).bind(now).execute(pool).await.map(|done| done.rows_affected()))
}
