//! A parent's children as the account page lists them, and links that a parent says are wrong.

use sqlx::FromRow;

use crate::domain::{AccountId, Email, Instant, PersonId};

use super::{Db, Tx};

const LIST: &str = "SELECT p.id, p.given_name, p.family_name, a.id AS account_id, g.name AS class, g.level,
    e.name AS school, e.email AS school_email, w.disputed_at
    FROM guardianship w JOIN person p ON p.id = w.pupil_id
    LEFT JOIN account a ON a.person_id = p.id
    LEFT JOIN membership m ON m.person_id = p.id AND m.role = 'pupil'
    LEFT JOIN school_group g ON g.id = m.group_id AND g.kind = 'class'
    LEFT JOIN affiliation f ON f.person_id = p.id AND f.profile = 'pupil'
    LEFT JOIN establishment e ON e.id = COALESCE(g.establishment_id, f.establishment_id)
    WHERE w.guardian_id = $1 AND w.standing = 'legal'
    ORDER BY p.birth_date NULLS LAST, p.id, g.name NULLS LAST, e.name";
const DISPUTE: &str = "UPDATE guardianship SET disputed_at = $3
    WHERE guardian_id = $1 AND pupil_id = $2 AND standing = 'legal' AND disputed_at IS NULL";

/// This file's statements.
pub const STATEMENTS: &[&str] = &[LIST, DISPUTE];

/// A child of a parent.
#[derive(Clone, Debug, FromRow)]
pub struct Child {
    /// Who.
    pub id: PersonId,
    /// Given name.
    pub given_name: String,
    /// Family name.
    pub family_name: String,
    /// The child's account, where there is one.
    pub account_id: Option<AccountId>,
    /// The class's label.
    pub class: Option<String>,
    /// The class's level.
    pub level: Option<String>,
    /// The school's name.
    pub school: Option<String>,
    /// The school's address.
    pub school_email: Option<Email>,
    /// When the parent said not to be responsible for this pupil: the link grants nothing since.
    pub disputed_at: Option<Instant>,
}

/// The children of a parent, the eldest first, each once.
///
/// # Errors
/// The engine did not answer.
pub async fn list(db: &Db, guardian: &PersonId) -> sqlx::Result<Vec<Child>> {
    let mut rows: Vec<Child> = read_from!(db, pool => sqlx::query_as(LIST).bind(guardian).fetch_all(pool).await)?;
    rows.dedup_by(|one, before| one.id == before.id);
    Ok(rows)
}

/// Suspends a link that a parent says is wrong: `true` once.
///
/// # Errors
/// The engine did not answer.
pub async fn dispute(tx: &mut Tx, guardian: &PersonId, pupil: &PersonId, now: Instant) -> sqlx::Result<bool> {
    both!(tx, conn => sqlx::query(DISPUTE).bind(guardian).bind(pupil).bind(now).execute(conn).await.map(|done| done.rows_affected() > 0))
}
