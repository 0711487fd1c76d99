//! Codes that were asked for by who has forgotten something: only keyed digests of them, one live code for an address.

use sqlx::FromRow;

use crate::domain::{AccountId, Digest, Email, Instant, InteractionId, PortalName};

use super::{Db, Tx};

const ADD: &str = "INSERT INTO security_code (id, browser, portal, interaction_id, email, email_folded, code, tries,
    created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, $9)";
const FIND_OF_BROWSER: &str = "SELECT * FROM security_code WHERE browser = $1 AND portal = $2 AND ended_at IS NULL
    ORDER BY created_at DESC, id LIMIT 1";
const END_OF_BROWSER: &str = "UPDATE security_code SET ended_at = $2 WHERE browser = $1 AND ended_at IS NULL";
const ARM: &str = "UPDATE security_code SET sent_at = COALESCE(sent_at, $2)
    WHERE id = $1 AND ended_at IS NULL AND expires_at > $2";
const DISARM_OTHERS: &str = "UPDATE security_code SET sent_at = NULL
    WHERE email_folded = $2 AND id <> $1 AND proven_at IS NULL AND ended_at IS NULL AND created_at <= $3";
const TRY: &str = "UPDATE security_code SET tries = tries + 1 WHERE id = $1 AND browser = $2 AND proven_at IS NULL
    AND ended_at IS NULL AND expires_at > $3 AND tries < $4 RETURNING code, sent_at, tries";
const PROVE: &str = "UPDATE security_code SET proven_at = $2 WHERE id = $1 AND proven_at IS NULL AND ended_at IS NULL";
const CHOOSE: &str = "UPDATE security_code SET account_id = $2
    WHERE id = $1 AND proven_at IS NOT NULL AND ended_at IS NULL AND expires_at > $3";
const END: &str = "UPDATE security_code SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL";
const TAKE: &str = "UPDATE security_code SET ended_at = $2 WHERE id = $1 AND browser = $3 AND proven_at IS NOT NULL
    AND ended_at IS NULL AND expires_at > $2";
const END_OF_ADDRESS: &str = "UPDATE security_code SET ended_at = $2 WHERE email_folded = $1 AND ended_at IS NULL";
const PURGE: &str = "DELETE FROM security_code WHERE expires_at < $1";

/// This file's statements.
pub const STATEMENTS: &[&str] =
    &[ADD, FIND_OF_BROWSER, END_OF_BROWSER, ARM, DISARM_OTHERS, TRY, PROVE, CHOOSE, END, TAKE, END_OF_ADDRESS, PURGE];

/// A code that was asked for.
#[derive(Clone, Debug, FromRow)]
pub struct SecurityCode {
    /// Its row.
    pub id: String,
    /// The browser that asked.
    pub browser: Digest,
    /// At which portal.
    pub portal: PortalName,
    /// The pending sign-in of that browser.
    pub interaction_id: Option<InteractionId>,
    /// The address as it was typed.
    pub email: Email,
    /// Its keyed digest.
    pub code: Digest,
    /// How often a code was typed.
    pub tries: i64,
    /// When it was asked for.
    pub created_at: Instant,
    /// Until when it works.
    pub expires_at: Instant,
    /// When the mail with it was owed.
    pub sent_at: Option<Instant>,
    /// When it was typed.
    pub proven_at: Option<Instant>,
    /// Whose password is changed.
    pub account_id: Option<AccountId>,
}

/// Keeps a code that was asked for; what the same browser asked for before is over.
///
/// # Errors
/// The engine did not answer.
pub async fn add(tx: &mut Tx, code: &SecurityCode) -> sqlx::Result<()> {
    both!(tx, conn => sqlx::query(END_OF_BROWSER).bind(&code.browser).bind(code.created_at).execute(conn).await.map(|_| ()))?;
    both!(tx, conn => sqlx::query(ADD)
        .bind(&code.id)
        .bind(&code.browser)
        .bind(&code.portal)
        .bind(&code.interaction_id)
        .bind(&code.email)
        .bind(code.email.folded())
        .bind(&code.code)
        .bind(code.created_at)
        .bind(code.expires_at)
        .execute(conn).await.map(|_| ()))
}

/// What a browser asked for last at a portal, unless it is over.
///
/// # Errors
/// The engine did not answer.
pub async fn find_of_browser(db: &Db, browser: &Digest, portal: &PortalName) -> sqlx::Result<Option<SecurityCode>> {
    read_from!(db, pool => sqlx::query_as(FIND_OF_BROWSER).bind(browser).bind(portal).fetch_optional(pool).await)
}

/// From now on the code is the right one, and no earlier one for the same address is (row COD-18); `false` where it is over.
///
/// # Errors
/// The engine did not answer.
pub async fn arm(tx: &mut Tx, id: &str, email: &Email, now: Instant) -> sqlx::Result<bool> {
    let armed = both!(tx, conn => sqlx::query(ARM).bind(id).bind(now).execute(conn).await.map(|done| done.rows_affected() > 0))?;
    if armed {
        both!(tx, conn => sqlx::query(DISARM_OTHERS).bind(id).bind(email.folded()).bind(now).execute(conn).await.map(|_| ()))?;
    }
    Ok(armed)
}

/// Counts a try, before it is looked at: the code's digest, whether it was sent, and how many tries there were with this
/// one. None where the code is over.
///
/// # Errors
/// The engine did not answer.
pub async fn count_try(
    tx: &mut Tx,
    (id, browser): (&str, &Digest),
    most: u32,
    now: Instant,
) -> sqlx::Result<Option<(Digest, Option<Instant>, i64)>> {
    both!(tx, conn => sqlx::query_as(TRY).bind(id).bind(browser).bind(now).bind(i64::from(most)).fetch_optional(conn).await)
}

/// The right code was typed: once.
///
/// # Errors
/// The engine did not answer.
pub async fn prove(tx: &mut Tx, id: &str, now: Instant) -> sqlx::Result<bool> {
    both!(tx, conn => sqlx::query(PROVE).bind(id).bind(now).execute(conn).await.map(|done| done.rows_affected() > 0))
}

/// Notes whose password is to be changed.
///
/// # Errors
/// The engine did not answer.
pub async fn choose(tx: &mut Tx, id: &str, account_id: &AccountId, now: Instant) -> sqlx::Result<bool> {
    both!(tx, conn => sqlx::query(CHOOSE).bind(id).bind(account_id).bind(now).execute(conn).await.map(|done| done.rows_affected() > 0))
}

/// It is over.
///
/// # Errors
/// The engine did not answer.
pub async fn end(tx: &mut Tx, id: &str, now: Instant) -> sqlx::Result<()> {
    both!(tx, conn => sqlx::query(END).bind(id).bind(now).execute(conn).await.map(|_| ()))
}

/// Uses a proven code up: `true` once.
///
/// # Errors
/// The engine did not answer.
pub async fn take(tx: &mut Tx, (id, browser): (&str, &Digest), now: Instant) -> sqlx::Result<bool> {
    both!(tx, conn => sqlx::query(TAKE).bind(id).bind(now).bind(browser).execute(conn).await.map(|done| done.rows_affected() > 0))
}

/// Every code for an address is over.
///
/// # Errors
/// The engine did not answer.
pub async fn end_of_address(tx: &mut Tx, email: &Email, now: Instant) -> sqlx::Result<()> {
    both!(tx, conn => sqlx::query(END_OF_ADDRESS).bind(email.folded()).bind(now).execute(conn).await.map(|_| ()))
}

/// Drops those whose time ended before a moment.
///
/// # Errors
/// The engine did not answer.
pub async fn purge(db: &Db, before: Instant) -> sqlx::Result<u64> {
    write_to!(db, pool => sqlx::query(PURGE).bind(before).execute(pool).await.map(|done| done.rows_affected()))
}
