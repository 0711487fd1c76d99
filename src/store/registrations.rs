//! Guardians of the roster by their address, for a registration.

use crate::domain::GuardianClaim;

use super::Db;

const LIST: &str =
    "SELECT p.id AS guardian_id, p.given_name, p.family_name, p.civic_number, w.standing, c.birth_date AS born,
    f.establishment_id AS school FROM person p JOIN guardianship w ON w.guardian_id = p.id
    JOIN person c ON c.id = w.pupil_id LEFT JOIN affiliation f ON f.person_id = c.id AND f.profile = 'pupil'
    WHERE p.email_folded = $1 AND w.disputed_at IS NULL ORDER BY p.id, c.id, f.establishment_id";

/// This file's statements.
pub const STATEMENTS: &[&str] = &[LIST];

/// Everybody whom the roster reaches at an address and who has a child: one statement, whoever is there.
///
/// # Errors
/// The engine did not answer.
pub async fn list(db: &Db, folded: &str) -> sqlx::Result<Vec<GuardianClaim>> {
    read_from!(db, pool => sqlx::query_as(LIST).bind(folded).fetch_all(pool).await)
}
