//! Registered applications.

use crate::domain::{Fault, Instant, RelyingParty, RelyingPartyId};

use super::{Db, Tx, revisions};

const LIST: &str = "SELECT document FROM relying_party ORDER BY id";
const FIND: &str = "SELECT document FROM relying_party WHERE id = $1";
const PUT: &str = "INSERT INTO relying_party (id, document, updated_at) VALUES ($1, $2, $3)
    ON CONFLICT (id) DO UPDATE SET document = excluded.document, updated_at = excluded.updated_at
    WHERE relying_party.document <> excluded.document";
const REMOVE: &str = "DELETE FROM relying_party WHERE id = $1";

/// The counter of changes to relying parties.
const NAME: &str = "relying_party";

/// This file's statements.
pub const STATEMENTS: &[&str] = &[LIST, FIND, PUT, REMOVE];

/// Every registered application, by id.
///
/// # Errors
/// The engine did not answer, or a row is damaged.
pub async fn list(db: &Db) -> Result<Vec<RelyingParty>, Fault> {
    let documents: Vec<String> = read_from!(db, pool => sqlx::query_scalar(LIST).fetch_all(pool).await)?;
    documents.iter().map(|document| serde_json::from_str(document).map_err(Fault::from)).collect()
}

/// The application of that id.
///
/// # Errors
/// The engine did not answer, or the row is damaged.
pub async fn find(db: &Db, id: &RelyingPartyId) -> Result<Option<RelyingParty>, Fault> {
    let document: Option<String> =
        read_from!(db, pool => sqlx::query_scalar(FIND).bind(id).fetch_optional(pool).await)?;
    document.map(|document| serde_json::from_str(&document).map_err(Fault::from)).transpose()
}

/// Registers an application or replaces what was registered; `false` where nothing differs.
///
/// # Errors
/// The engine did not answer.
pub async fn put(tx: &mut Tx, party: &RelyingParty, now: Instant) -> Result<bool, Fault> {
    let document = serde_json::to_string(party)?;
    let changed = both!(tx, conn => sqlx::query(PUT).bind(&party.id).bind(document).bind(now).execute(conn).await.map(|d| d.rows_affected()))?;
    if changed > 0 {
        revisions::bump(tx, NAME).await?;
    }
    Ok(changed > 0)
}

/// Removes an application; `false` where there was none.
///
/// # Errors
/// The engine did not answer.
pub async fn remove(tx: &mut Tx, id: &RelyingPartyId) -> sqlx::Result<bool> {
    let changed = both!(tx, conn => sqlx::query(REMOVE).bind(id).execute(conn).await.map(|d| d.rows_affected()))?;
    if changed > 0 {
        revisions::bump(tx, NAME).await?;
    }
    Ok(changed > 0)
}

/// How often the registered applications have changed.
///
/// # Errors
/// The engine did not answer.
pub async fn revision(db: &Db) -> sqlx::Result<i64> {
    revisions::find(db, NAME).await
}
