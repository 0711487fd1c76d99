//! Who accepted which charter: one row per account and version, each fact written once.

use sqlx::FromRow;

use crate::domain::{
    AccountId, CharterId, CharterSignature, EstablishmentId, Instant, PersonId, Profile, Signer, SigningPlace,
};

use super::{Db, Tx};

const ACCEPT: &str =
    "INSERT INTO charter_signature (account_id, charter_id, accepted_at, language, accepted_by) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (account_id, charter_id) DO UPDATE SET accepted_at = excluded.accepted_at, language = excluded.language,
    accepted_by = excluded.accepted_by WHERE charter_signature.accepted_at IS NULL";
const GUARD: &str =
    "INSERT INTO charter_signature (account_id, charter_id, guardian_at, guardian_language, guardian_id) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (account_id, charter_id) DO UPDATE SET guardian_at = excluded.guardian_at,
    guardian_language = excluded.guardian_language, guardian_id = excluded.guardian_id
    WHERE charter_signature.guardian_at IS NULL";
const SEE: &str = "INSERT INTO charter_signature (account_id, charter_id, seen_at) VALUES ($1, $2, $3)
    ON CONFLICT (account_id, charter_id) DO UPDATE SET seen_at = excluded.seen_at WHERE charter_signature.seen_at IS NULL";
const FIND_SIGNER: &str = "SELECT p.birth_date, f.profile, f.establishment_id, e.time_zone, CAST(NULL AS TEXT) AS charter_id,
    CAST(NULL AS BIGINT) AS accepted_at, CAST(NULL AS TEXT) AS language, CAST(NULL AS BIGINT) AS guardian_at, CAST(NULL AS BIGINT) AS seen_at
    FROM account a JOIN person p ON p.id = a.person_id JOIN affiliation f ON f.person_id = p.id
    JOIN establishment e ON e.id = f.establishment_id WHERE a.id = $1
    UNION ALL SELECT NULL, NULL, NULL, NULL, charter_id, accepted_at, language, guardian_at, seen_at
    FROM charter_signature WHERE account_id = $1";
const LIST_WARDS: &str = "SELECT a.id, p.id AS person_id, p.given_name, p.family_name FROM guardianship w
    JOIN person p ON p.id = w.pupil_id JOIN account a ON a.person_id = p.id
    WHERE w.guardian_id = $1 AND w.standing = 'legal' AND a.presence <> 'archived'
    ORDER BY p.birth_date NULLS LAST, p.id";
const COUNT: &str = "SELECT charter_id, COUNT(accepted_at) AS accepted, COUNT(guardian_at) AS guarded
    FROM charter_signature GROUP BY charter_id";
const EXPORT: &str = "SELECT s.charter_id, p.family_name, p.given_name, a.identifier, f.profile, e.id AS school_id,
    e.code AS school_code, e.name AS school, g.name AS class, s.accepted_at, s.language, s.accepted_by, s.guardian_at, h.identifier AS guardian,
    o.family_name AS guardian_family_name, o.given_name AS guardian_given_name
    FROM charter_signature s JOIN account a ON a.id = s.account_id JOIN person p ON p.id = a.person_id
    JOIN affiliation f ON f.person_id = p.id JOIN establishment e ON e.id = f.establishment_id
    LEFT JOIN account h ON h.id = s.guardian_id LEFT JOIN person o ON o.id = h.person_id
    LEFT JOIN (SELECT m.person_id, c.establishment_id, c.name FROM membership m JOIN school_group c ON c.id = m.group_id
        WHERE c.kind = 'class' AND m.role = 'pupil') g ON g.person_id = p.id AND g.establishment_id = e.id
        AND f.profile = 'pupil'
    WHERE s.charter_id = $1 AND (s.accepted_at IS NOT NULL OR s.guardian_at IS NOT NULL)
    ORDER BY e.code, g.name NULLS LAST, p.sort_name, a.identifier, f.profile";

/// This file's statements.
pub const STATEMENTS: &[&str] = &[ACCEPT, GUARD, SEE, FIND_SIGNER, LIST_WARDS, COUNT, EXPORT];

/// Notes that the person accepted a version, once. `by` is the acting account; none for a command.
///
/// # Errors
/// The engine did not answer.
pub async fn accept(
    tx: &mut Tx,
    (account_id, charter_id): (&AccountId, &CharterId),
    language: &str,
    by: Option<&AccountId>,
    now: Instant,
) -> sqlx::Result<bool> {
    both!(tx, conn => sqlx::query(ACCEPT).bind(account_id).bind(charter_id).bind(now).bind(language).bind(by).execute(conn).await.map(|done| done.rows_affected() > 0))
}

/// Notes a guardian's signature, once. `by` is the guardian's account; none for one on paper.
///
/// # Errors
/// The engine did not answer.
pub async fn guard(
    tx: &mut Tx,
    (account_id, charter_id): (&AccountId, &CharterId),
    language: Option<&str>,
    by: Option<&AccountId>,
    now: Instant,
) -> sqlx::Result<bool> {
    both!(tx, conn => sqlx::query(GUARD).bind(account_id).bind(charter_id).bind(now).bind(language).bind(by).execute(conn).await.map(|done| done.rows_affected() > 0))
}

/// Notes that a minor version's notice was put away.
///
/// # Errors
/// The engine did not answer.
pub async fn see(db: &Db, account_id: &AccountId, charter_id: &CharterId, now: Instant) -> sqlx::Result<()> {
    write_to!(db, pool => sqlx::query(SEE).bind(account_id).bind(charter_id).bind(now).execute(pool).await.map(|_| ()))
}

/// What charters need to know of an account's person; one statement.
///
/// # Errors
/// The engine did not answer.
pub async fn find_signer(db: &Db, account_id: &AccountId) -> sqlx::Result<Signer> {
    #[derive(FromRow)]
    struct Row {
        birth_date: Option<String>,
        profile: Option<Profile>,
        establishment_id: Option<EstablishmentId>,
        time_zone: Option<String>,
        charter_id: Option<CharterId>,
        accepted_at: Option<Instant>,
        language: Option<String>,
        guardian_at: Option<Instant>,
        seen_at: Option<Instant>,
    }
    let rows: Vec<Row> = read_from!(db, pool => sqlx::query_as(FIND_SIGNER).bind(account_id).fetch_all(pool).await)?;
    let mut signer = Signer::default();
    for row in rows {
        if let Some(charter_id) = row.charter_id {
            let Row { accepted_at, language, guardian_at, seen_at, .. } = row;
            signer.signatures.push(CharterSignature { charter_id, accepted_at, language, guardian_at, seen_at });
        } else if let (Some(profile), Some(establishment_id)) = (row.profile, row.establishment_id) {
            let time_zone = row.time_zone.unwrap_or_default();
            signer.places.push(SigningPlace { profile, establishment_id, time_zone });
            signer.birth_date = row.birth_date;
        }
    }
    // The order of a union is nobody's promise.
    signer.places.sort_by(|a, b| (a.profile, &a.establishment_id).cmp(&(b.profile, &b.establishment_id)));
    Ok(signer)
}

/// A child for whom an adult signs.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Ward {
    /// The child's account.
    pub id: AccountId,
    /// The child.
    pub person_id: PersonId,
    /// Given name.
    pub given_name: String,
    /// Family name.
    pub family_name: String,
}

/// The children whose legal guardian somebody is, youngest last.
///
/// # Errors
/// The engine did not answer.
pub async fn list_wards(db: &Db, guardian: &PersonId) -> sqlx::Result<Vec<Ward>> {
    read_from!(db, pool => sqlx::query_as(LIST_WARDS).bind(guardian).fetch_all(pool).await)
}

/// How many signed each version: themselves, and by a guardian.
///
/// # Errors
/// The engine did not answer.
pub async fn count(db: &Db) -> sqlx::Result<Vec<(CharterId, i64, i64)>> {
    read_from!(db, pool => sqlx::query_as(COUNT).fetch_all(pool).await)
}

/// A line of the proof: no password, no network.
#[derive(Clone, Debug, FromRow)]
pub struct Proof {
    /// Which version.
    pub charter_id: CharterId,
    /// The person's family name.
    pub family_name: String,
    /// The person's given name.
    pub given_name: String,
    /// The identifier.
    pub identifier: String,
    /// As what.
    pub profile: Profile,
    /// The school.
    pub school_id: EstablishmentId,
    /// The school's code.
    pub school_code: String,
    /// The school's name.
    pub school: String,
    /// A pupil's class.
    pub class: Option<String>,
    /// When the person accepted.
    pub accepted_at: Option<Instant>,
    /// In which language.
    pub language: Option<String>,
    /// The acting account; none for a command.
    pub accepted_by: Option<AccountId>,
    /// When a guardian signed.
    pub guardian_at: Option<Instant>,
    /// The guardian's identifier; none for a signature on paper.
    pub guardian: Option<String>,
    /// The guardian's family name.
    pub guardian_family_name: Option<String>,
    /// The guardian's given name.
    pub guardian_given_name: Option<String>,
}

/// Everybody who signed a version, by school, class and name: a line for each of their places.
///
/// # Errors
/// The engine did not answer.
pub async fn export(db: &Db, id: &CharterId) -> sqlx::Result<Vec<Proof>> {
    read_from!(db, pool => sqlx::query_as(EXPORT).bind(id).fetch_all(pool).await)
}
