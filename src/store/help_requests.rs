//! What was asked of schools by the help form: a reference, and enough to tell the same form again from another.

use std::time::Duration;

use crate::domain::{Digest, EstablishmentId, Instant, PortalName};

use super::{Db, Tx};

const ADD: &str = "INSERT INTO help_request (reference, portal, establishment_id, tag, slot, asked_at)
    VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
const FIND_SAME: &str = "SELECT reference FROM help_request WHERE tag = $1 AND asked_at > $2
    ORDER BY asked_at DESC LIMIT 1";
const PURGE: &str = "DELETE FROM help_request WHERE asked_at < $1";

/// This file's statements.
pub const STATEMENTS: &[&str] = &[ADD, FIND_SAME, PURGE];

/// A request to be kept.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// What both sides call it.
    pub reference: &'a str,
    /// At which portal.
    pub portal: &'a PortalName,
    /// Of which school.
    pub establishment_id: &'a EstablishmentId,
    /// A keyed tag of all that was typed.
    pub tag: &'a Digest,
}

/// The reference of the same form sent since a moment.
///
/// # Errors
/// The engine did not answer.
pub async fn find_same(tx: &mut Tx, tag: &Digest, since: Instant) -> sqlx::Result<Option<String>> {
    both!(tx, conn => sqlx::query_scalar(FIND_SAME).bind(tag).bind(since).fetch_optional(conn).await)
}

/// Keeps a request; `false` where the same form is kept at this moment by another hand.
///
/// # Errors
/// The engine did not answer.
pub async fn add(tx: &mut Tx, asked: Asked<'_>, now: Instant, again_after: Duration) -> sqlx::Result<bool> {
    let slot = now.slot(again_after);
    both!(tx, conn => sqlx::query(ADD)
        .bind(asked.reference)
        .bind(asked.portal)
        .bind(asked.establishment_id)
        .bind(asked.tag)
        .bind(slot)
        .bind(now)
        .execute(conn).await.map(|done| done.rows_affected() > 0))
}

/// Drops what was asked before a moment (row HLP-14).
///
/// # Errors
/// The engine did not answer.
pub async fn purge(db: &Db, before: Instant) -> sqlx::Result<u64> {
    write_to!(db, pool => sqlx::query(PURGE).bind(before).execute(pool).await.map(|done| done.rows_affected()))
}
