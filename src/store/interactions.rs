//! Pending sign-ins.

use sqlx::FromRow;

use crate::domain::{Digest, Fault, Instant, Interaction, InteractionId, PortalName, Profile, RelyingPartyId};

use super::Db;

const ADD: &str =
    "INSERT INTO interaction (id, browser, portal, relying_party_id, asked, demands, profile, created_at, expires_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
const FIND: &str = "SELECT * FROM interaction WHERE id = $1";
const CHOOSE_PROFILE: &str = "UPDATE interaction SET profile = $2 WHERE id = $1";
const RENEW: &str = "UPDATE interaction SET expires_at = $2 WHERE id = $1";
const SET_DEMANDS: &str = "UPDATE interaction SET demands = $2 WHERE id = $1";
const TAKE: &str = "DELETE FROM interaction WHERE id = $1 AND browser = $2 RETURNING id";
const PURGE: &str = "DELETE FROM interaction WHERE expires_at < $1";

/// This file's statements.
pub const STATEMENTS: &[&str] = &[ADD, FIND, CHOOSE_PROFILE, RENEW, SET_DEMANDS, TAKE, PURGE];

#[derive(FromRow)]
struct Row {
    id: InteractionId,
    browser: Digest,
    portal: PortalName,
    relying_party_id: Option<RelyingPartyId>,
    asked: String,
    demands: String,
    profile: Option<Profile>,
    created_at: Instant,
    expires_at: Instant,
}

/// Keeps a pending sign-in.
///
/// # Errors
/// The engine did not answer.
pub async fn add(db: &Db, interaction: &Interaction) -> Result<(), Fault> {
    let asked = serde_json::to_string(&interaction.asked)?;
    let demands = serde_json::to_string(&interaction.demands)?;
    write_to!(db, pool => sqlx::query(ADD)
        .bind(&interaction.id)
        .bind(&interaction.browser)
        .bind(&interaction.portal)
        .bind(&interaction.relying_party_id)
        .bind(&asked)
        .bind(&demands)
        .bind(interaction.profile)
        .bind(interaction.created_at)
        .bind(interaction.expires_at)
        .execute(pool).await.map(|_| ()))?;
    Ok(())
}

/// The pending sign-in of that id, whoever asks: the caller compares the browser.
///
/// # Errors
/// The engine did not answer, or the row is damaged.
pub async fn find(db: &Db, id: &InteractionId) -> Result<Option<Interaction>, Fault> {
    let row: Option<Row> = read_from!(db, pool => sqlx::query_as(FIND).bind(id).fetch_optional(pool).await)?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Interaction {
        id: row.id,
        browser: row.browser,
        portal: row.portal,
        relying_party_id: row.relying_party_id,
        asked: serde_json::from_str(&row.asked)?,
        demands: serde_json::from_str(&row.demands)?,
        profile: row.profile,
        created_at: row.created_at,
        expires_at: row.expires_at,
    }))
}

/// Remembers the profile chosen on the way; `None` asks again.
///
/// # Errors
/// The engine did not answer.
pub async fn choose_profile(db: &Db, id: &InteractionId, profile: Option<Profile>) -> sqlx::Result<()> {
    write_to!(db, pool => sqlx::query(CHOOSE_PROFILE).bind(id).bind(profile).execute(pool).await.map(|_| ()))
}

/// Gives a pending sign-in more time.
///
/// # Errors
/// The engine did not answer.
pub async fn renew(db: &Db, id: &InteractionId, expires_at: Instant) -> sqlx::Result<()> {
    write_to!(db, pool => sqlx::query(RENEW).bind(id).bind(expires_at).execute(pool).await.map(|_| ()))
}

/// Notes that a demand has been met on the way.
///
/// # Errors
/// The engine did not answer.
pub async fn set_demands(db: &Db, id: &InteractionId, demands: &crate::domain::Demands) -> Result<(), Fault> {
    let demands = serde_json::to_string(demands)?;
    write_to!(db, pool => sqlx::query(SET_DEMANDS).bind(id).bind(demands).execute(pool).await.map(|_| ()))?;
    Ok(())
}

/// Ends a pending sign-in, once: `true` for the one who may answer it.
///
/// # Errors
/// The engine did not answer.
pub async fn take(db: &Db, id: &InteractionId, browser: &Digest) -> sqlx::Result<bool> {
    let taken: Option<String> =
        write_to!(db, pool => sqlx::query_scalar(TAKE).bind(id).bind(browser).fetch_optional(pool).await)?;
    Ok(taken.is_some())
}

/// Drops those that ended before a moment.
///
/// # Errors
/// The engine did not answer.
pub async fn purge(db: &Db, before: Instant) -> sqlx::Result<u64> {
    write_to!(db, pool => sqlx::query(PURGE).bind(before).execute(pool).await.map(|done| done.rows_affected()))
}
