//! Links in mails: only digests of their secrets, each used once.

use std::time::Duration;

use sqlx::FromRow;

use crate::domain::{AccountId, Digest, Email, Instant, InteractionId, Link, LinkPurpose, PortalName};

use super::{Db, Tx};

const ADD: &str =
    "INSERT INTO link (digest, account_id, email, email_folded, portal, browser, interaction_id, created_at,
    expires_at, slot, purpose) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
    ON CONFLICT (account_id, purpose, email_folded, slot) DO NOTHING";
const FIND: &str = "SELECT * FROM link WHERE digest = $1";
const TAKE: &str = "UPDATE link SET used_at = $2
    WHERE digest = $1 AND purpose = $3 AND used_at IS NULL AND superseded_at IS NULL AND expires_at > $2 RETURNING account_id, email";
const SUPERSEDE: &str = "UPDATE link SET superseded_at = $2
    WHERE account_id = $1 AND purpose = $3 AND used_at IS NULL AND superseded_at IS NULL";
const SUPERSEDE_BUT: &str = "UPDATE link SET superseded_at = $2
    WHERE account_id = $1 AND purpose <> $3 AND used_at IS NULL AND superseded_at IS NULL";
const CLOSE: &str =
    "UPDATE link SET superseded_at = $2 WHERE digest = $1 AND used_at IS NOT NULL AND superseded_at IS NULL";
const FIND_LAST: &str = "SELECT * FROM link WHERE account_id = $1 AND purpose = $2 AND superseded_at IS NULL
    ORDER BY created_at DESC, digest LIMIT 1";
const COUNT_TO: &str = "SELECT COUNT(*) FROM link WHERE email_folded = $1 AND created_at > $2 AND purpose = $3";
const COUNT_OF: &str = "SELECT COUNT(*) FROM link WHERE account_id = $1 AND created_at > $2 AND purpose = $3";
const COUNT_SAME: &str = "SELECT COUNT(*) FROM link
    WHERE account_id = $1 AND email_folded = $2 AND created_at > $3 AND purpose = $4 AND superseded_at IS NULL";
const PURGE: &str = "DELETE FROM link WHERE expires_at < $1";

/// This file's statements.
pub const STATEMENTS: &[&str] =
    &[ADD, FIND, TAKE, SUPERSEDE, SUPERSEDE_BUT, CLOSE, FIND_LAST, COUNT_TO, COUNT_OF, COUNT_SAME, PURGE];

#[derive(FromRow)]
struct Row {
    digest: Digest,
    purpose: LinkPurpose,
    account_id: AccountId,
    email: Email,
    portal: PortalName,
    browser: Digest,
    interaction_id: Option<InteractionId>,
    created_at: Instant,
    expires_at: Instant,
    used_at: Option<Instant>,
    superseded_at: Option<Instant>,
}

impl From<Row> for Link {
    fn from(row: Row) -> Self {
        Self {
            digest: row.digest,
            purpose: row.purpose,
            account_id: row.account_id,
            email: row.email,
            portal: row.portal,
            browser: row.browser,
            interaction_id: row.interaction_id,
            created_at: row.created_at,
            expires_at: row.expires_at,
            used_at: row.used_at,
            superseded_at: row.superseded_at,
        }
    }
}

/// Keeps a link, in the transaction of the mail that carries it; `false` where the same was asked for within `again_after`.
///
/// # Errors
/// The engine did not answer.
pub async fn add(tx: &mut Tx, link: &Link, again_after: Duration) -> sqlx::Result<bool> {
    let slot = link.created_at.slot(again_after);
    both!(tx, conn => sqlx::query(ADD)
        .bind(&link.digest)
        .bind(&link.account_id)
        .bind(&link.email)
        .bind(link.email.folded())
        .bind(&link.portal)
        .bind(&link.browser)
        .bind(&link.interaction_id)
        .bind(link.created_at)
        .bind(link.expires_at)
        .bind(slot)
        .bind(link.purpose)
        .execute(conn).await.map(|done| done.rows_affected() > 0))
}

/// The link of that digest, whatever became of it.
///
/// # Errors
/// The engine did not answer.
pub async fn find(db: &Db, digest: &Digest) -> sqlx::Result<Option<Link>> {
    let row: Option<Row> = read_from!(db, pool => sqlx::query_as(FIND).bind(digest).fetch_optional(pool).await)?;
    Ok(row.map(Link::from))
}

/// Uses a link of a purpose, once: whose it is and where it was sent.
///
/// # Errors
/// The engine did not answer.
pub async fn take(
    tx: &mut Tx,
    purpose: LinkPurpose,
    digest: &Digest,
    now: Instant,
) -> sqlx::Result<Option<(AccountId, Email)>> {
    both!(tx, conn => sqlx::query_as(TAKE).bind(digest).bind(now).bind(purpose).fetch_optional(conn).await)
}

/// Something newer takes the place of an account's unused links of a purpose.
///
/// # Errors
/// The engine did not answer.
pub async fn supersede(tx: &mut Tx, purpose: LinkPurpose, account_id: &AccountId, now: Instant) -> sqlx::Result<()> {
    both!(tx, conn => sqlx::query(SUPERSEDE).bind(account_id).bind(now).bind(purpose).execute(conn).await.map(|_| ()))
}

/// Nothing that was begun by an account's unused links goes on, but for those of one purpose.
///
/// # Errors
/// The engine did not answer.
pub async fn supersede_but(
    tx: &mut Tx,
    purpose: LinkPurpose,
    account_id: &AccountId,
    now: Instant,
) -> sqlx::Result<()> {
    both!(tx, conn => sqlx::query(SUPERSEDE_BUT).bind(account_id).bind(now).bind(purpose).execute(conn).await.map(|_| ()))
}

/// Ends a used link whose page still led on: `true` once.
///
/// # Errors
/// The engine did not answer.
pub async fn close(tx: &mut Tx, digest: &Digest, now: Instant) -> sqlx::Result<bool> {
    both!(tx, conn => sqlx::query(CLOSE).bind(digest).bind(now).execute(conn).await.map(|done| done.rows_affected() > 0))
}

/// The youngest link of a purpose of an account that nothing has taken the place of.
///
/// # Errors
/// The engine did not answer.
pub async fn find_last(db: &Db, purpose: LinkPurpose, account_id: &AccountId) -> sqlx::Result<Option<Link>> {
    let row: Option<Row> =
        read_from!(db, pool => sqlx::query_as(FIND_LAST).bind(account_id).bind(purpose).fetch_optional(pool).await)?;
    Ok(row.map(Link::from))
}

/// How many links of a purpose were sent to an address since a moment, whoever asked.
///
/// # Errors
/// The engine did not answer.
pub async fn count_to(tx: &mut Tx, purpose: LinkPurpose, email: &Email, since: Instant) -> sqlx::Result<i64> {
    both!(tx, conn => sqlx::query_scalar(COUNT_TO).bind(email.folded()).bind(since).bind(purpose).fetch_one(conn).await)
}

/// How many links of a purpose were made for an account since a moment.
///
/// # Errors
/// The engine did not answer.
pub async fn count_of(tx: &mut Tx, purpose: LinkPurpose, account_id: &AccountId, since: Instant) -> sqlx::Result<i64> {
    both!(tx, conn => sqlx::query_scalar(COUNT_OF).bind(account_id).bind(since).bind(purpose).fetch_one(conn).await)
}

/// Whether a link of a purpose that still holds was sent for an account to an address since a moment.
///
/// # Errors
/// The engine did not answer.
pub async fn was_sent(
    tx: &mut Tx,
    purpose: LinkPurpose,
    (account_id, email): (&AccountId, &Email),
    since: Instant,
) -> sqlx::Result<bool> {
    let sent: i64 = both!(tx, conn => sqlx::query_scalar(COUNT_SAME).bind(account_id).bind(email.folded()).bind(since).bind(purpose).fetch_one(conn).await)?;
    Ok(sent > 0)
}

/// Drops those whose time ended before a moment.
///
/// # Errors
/// The engine did not answer.
pub async fn purge(db: &Db, before: Instant) -> sqlx::Result<u64> {
    write_to!(db, pool => sqlx::query(PURGE).bind(before).execute(pool).await.map(|done| done.rows_affected()))
}
