//! Published charters. A row is never changed.

use sqlx::FromRow;

use crate::domain::{Bilingual, Charter, CharterId, EstablishmentId, Fault, Instant};

use super::{Db, Tx, revisions};

const ADD: &str =
    "INSERT INTO charter (id, establishment_id, document, effective_at, body_fr, body_en, source, published_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
const LIST: &str = "SELECT document FROM charter ORDER BY effective_at, published_at, id";
const FIND: &str =
    "SELECT c.document, c.body_fr, c.body_en, c.source, c.published_at, e.name AS school, e.code AS school_code,
    e.time_zone FROM charter c LEFT JOIN establishment e ON e.id = c.establishment_id WHERE c.id = $1";
const FIND_SCHOOL: &str = "SELECT id, time_zone FROM establishment WHERE code = $1";

/// The counter of changes to charters.
const NAME: &str = "charter";

/// This file's statements.
pub const STATEMENTS: &[&str] = &[ADD, LIST, FIND, FIND_SCHOOL];

/// A version with its text.
#[derive(Clone, Debug)]
pub struct Published {
    /// What it is.
    pub charter: Charter,
    /// Its text, in Markdown.
    pub body: Bilingual,
    /// The file, as it was published.
    pub source: String,
    /// When.
    pub published_at: Instant,
    /// The name of its school; none for every school.
    pub school: Option<String>,
    /// The school's code.
    pub school_code: Option<String>,
    /// The school's zone.
    pub time_zone: Option<String>,
}

/// Keeps a version.
///
/// # Errors
/// The engine did not answer, or there is one of that id.
pub async fn add(tx: &mut Tx, charter: &Charter, body: &Bilingual, source: &str, now: Instant) -> Result<(), Fault> {
    let document = serde_json::to_string(charter)?;
    both!(tx, conn => sqlx::query(ADD)
        .bind(&charter.id)
        .bind(&charter.establishment_id)
        .bind(document)
        .bind(charter.effective_at)
        .bind(&body.fr)
        .bind(&body.en)
        .bind(source)
        .bind(now)
        .execute(conn).await.map(|_| ()))?;
    revisions::bump(tx, NAME).await?;
    Ok(())
}

/// Every version, in the order of their effect.
///
/// # Errors
/// The engine did not answer, or a row is damaged.
pub async fn list(db: &Db) -> Result<Vec<Charter>, Fault> {
    let documents: Vec<String> = read_from!(db, pool => sqlx::query_scalar(LIST).fetch_all(pool).await)?;
    documents.iter().map(|document| serde_json::from_str(document).map_err(Fault::from)).collect()
}

/// The version of that id, with its text.
///
/// # Errors
/// The engine did not answer, or the row is damaged.
pub async fn find(db: &Db, id: &CharterId) -> Result<Option<Published>, Fault> {
    #[derive(FromRow)]
    struct Row {
        document: String,
        body_fr: String,
        body_en: Option<String>,
        source: String,
        published_at: Instant,
        school: Option<String>,
        school_code: Option<String>,
        time_zone: Option<String>,
    }
    let row: Option<Row> = read_from!(db, pool => sqlx::query_as(FIND).bind(id).fetch_optional(pool).await)?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Published {
        charter: serde_json::from_str(&row.document)?,
        body: Bilingual { fr: row.body_fr, en: row.body_en },
        source: row.source,
        published_at: row.published_at,
        school: row.school,
        school_code: row.school_code,
        time_zone: row.time_zone,
    }))
}

/// The school of that code, and its zone.
///
/// # Errors
/// The engine did not answer.
pub async fn find_school(db: &Db, code: &str) -> sqlx::Result<Option<(EstablishmentId, String)>> {
    read_from!(db, pool => sqlx::query_as(FIND_SCHOOL).bind(code).fetch_optional(pool).await)
}

/// How often charters were published.
///
/// # Errors
/// The engine did not answer.
pub async fn revision(db: &Db) -> sqlx::Result<i64> {
    revisions::find(db, NAME).await
}
