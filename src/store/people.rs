//! What is known of one account's person: the facts from which claims are made.

use sqlx::FromRow;

use crate::domain::{
    AccountId, Affiliation, Email, Establishment, EstablishmentKind, Facts, Fault, Function, Instant, Person, PersonId,
    Profile,
};

use super::{Db, Tx, accounts};

const FIND_PERSON: &str = "SELECT * FROM person WHERE id = $1";
const FIND_DETAILS: &str = "SELECT details, updated_at FROM person WHERE id = $1";
const LIST_AFFILIATIONS: &str = "SELECT f.profile, f.function AS job, e.* FROM affiliation f
    JOIN establishment e ON e.id = f.establishment_id WHERE f.person_id = $1 ORDER BY e.code, f.profile";
const LIST_CLASSES: &str = "SELECT g.name, g.level, g.kind, m.role, e.code FROM membership m
    JOIN school_group g ON g.id = m.group_id JOIN establishment e ON e.id = g.establishment_id
    WHERE m.person_id = $1 ORDER BY e.code, g.name";
const LIST_CHILDREN: &str =
    "SELECT p.id, p.given_name, p.family_name, a.id AS account_id, a.identifier, g.name AS class, g.level,
    e.code, e.name AS school FROM guardianship w JOIN person p ON p.id = w.pupil_id
    LEFT JOIN account a ON a.person_id = p.id
    LEFT JOIN membership m ON m.person_id = p.id AND m.role = 'pupil'
    LEFT JOIN school_group g ON g.id = m.group_id AND g.kind = 'class'
    LEFT JOIN establishment e ON e.id = g.establishment_id
    WHERE w.guardian_id = $1 AND w.standing = 'legal' AND w.disputed_at IS NULL ORDER BY p.birth_date NULLS LAST, p.id, g.name NULLS LAST";

const LIST_PROFILES: &str = "SELECT DISTINCT profile FROM affiliation WHERE person_id = $1 ORDER BY profile";

const LIST_PLACES: &str = "SELECT f.person_id, f.profile, f.establishment_id, f.function, e.kind FROM affiliation f
    JOIN establishment e ON e.id = f.establishment_id WHERE f.person_id = $1 ORDER BY e.code, f.profile";
const LIST_ADDRESSES_OF_CHILDREN: &str = "SELECT COALESCE(a.email, p.email) FROM guardianship w
    JOIN person p ON p.id = w.pupil_id LEFT JOIN account a ON a.person_id = p.id
    WHERE w.guardian_id = $1 AND COALESCE(a.email, p.email) IS NOT NULL";
const LIST_ADDRESSES_OF_SCHOOLS: &str = "SELECT e.email FROM affiliation f JOIN establishment e
    ON e.id = f.establishment_id WHERE f.person_id = $1 AND e.email IS NOT NULL";
const LIST_SCHOOL_ADDRESSES: &str = "SELECT DISTINCT e.name, e.email FROM affiliation f
    JOIN establishment e ON e.id = f.establishment_id WHERE f.person_id = $1 AND e.email IS NOT NULL
    ORDER BY e.name, e.email";
const LIST_SCHOOLS: &str = "SELECT DISTINCT e.name, e.town FROM affiliation f
    JOIN establishment e ON e.id = f.establishment_id WHERE f.person_id = $1 ORDER BY e.name, e.town";
const IS_ON_FILE: &str = "SELECT COUNT(*) FROM (SELECT a.id FROM account a WHERE a.email_folded = $1
    UNION ALL SELECT p.id FROM person p WHERE p.email_folded = $1) AS known";

/// This file's statements.
pub const STATEMENTS: &[&str] = &[
    LIST_PLACES,
    LIST_SCHOOLS,
    LIST_SCHOOL_ADDRESSES,
    LIST_ADDRESSES_OF_CHILDREN,
    LIST_ADDRESSES_OF_SCHOOLS,
    LIST_PROFILES,
    FIND_PERSON,
    FIND_DETAILS,
    LIST_AFFILIATIONS,
    LIST_CLASSES,
    LIST_CHILDREN,
    IS_ON_FILE,
];

/// The person of that id.
///
/// # Errors
/// The engine did not answer.
pub async fn find(db: &Db, id: &PersonId) -> sqlx::Result<Option<Person>> {
    read_from!(db, pool => sqlx::query_as(FIND_PERSON).bind(id).fetch_optional(pool).await)
}

/// Whether the roster or an account knows an address.
///
/// # Errors
/// The engine did not answer.
pub async fn is_on_file(db: &Db, email: &Email) -> sqlx::Result<bool> {
    let known: i64 = read_from!(db, pool => sqlx::query_scalar(IS_ON_FILE).bind(email.folded()).fetch_one(pool).await)?;
    Ok(known > 0)
}

/// Every profile of a person.
///
/// # Errors
/// The engine did not answer.
pub async fn list_profiles(db: &Db, id: &PersonId) -> sqlx::Result<Vec<Profile>> {
    read_from!(db, pool => sqlx::query_scalar(LIST_PROFILES).bind(id).fetch_all(pool).await)
}

/// A person's places, each with the kind of its school.
///
/// # Errors
/// The engine did not answer.
pub async fn list_places(db: &Db, id: &PersonId) -> sqlx::Result<Vec<(Affiliation, EstablishmentKind)>> {
    #[derive(FromRow)]
    struct Row {
        #[sqlx(flatten)]
        place: Affiliation,
        kind: EstablishmentKind,
    }
    let rows: Vec<Row> = read_from!(db, pool => sqlx::query_as(LIST_PLACES).bind(id).fetch_all(pool).await)?;
    Ok(rows.into_iter().map(|row| (row.place, row.kind)).collect())
}

/// The names and towns of a person's schools: no password may rest on them.
///
/// # Errors
/// The engine did not answer.
pub async fn list_schools(db: &Db, id: &PersonId) -> sqlx::Result<Vec<(String, String)>> {
    read_from!(db, pool => sqlx::query_as(LIST_SCHOOLS).bind(id).fetch_all(pool).await)
}

/// The schools of a person that have an address: name and address.
///
/// # Errors
/// The engine did not answer.
pub async fn list_school_addresses(tx: &mut Tx, id: &PersonId) -> sqlx::Result<Vec<(String, Email)>> {
    both!(tx, conn => sqlx::query_as(LIST_SCHOOL_ADDRESSES).bind(id).fetch_all(conn).await)
}

/// The addresses that are not a parent's own: their children's, then their schools'.
///
/// # Errors
/// The engine did not answer.
pub async fn list_addresses_around(db: &Db, id: &PersonId) -> sqlx::Result<(Vec<Email>, Vec<Email>)> {
    let of_children =
        read_from!(db, pool => sqlx::query_scalar(LIST_ADDRESSES_OF_CHILDREN).bind(id).fetch_all(pool).await)?;
    let of_schools =
        read_from!(db, pool => sqlx::query_scalar(LIST_ADDRESSES_OF_SCHOOLS).bind(id).fetch_all(pool).await)?;
    Ok((of_children, of_schools))
}

/// What is known of an account's person; none where there is no such account.
///
/// # Errors
/// The engine did not answer, or a row is damaged.
pub async fn find_facts(db: &Db, account_id: &AccountId) -> Result<Option<Facts>, Fault> {
    #[derive(FromRow)]
    struct Place {
        profile: Profile,
        job: Option<Function>,
        #[sqlx(flatten)]
        establishment: Establishment,
    }
    let Some(account) = accounts::find(db, account_id).await? else { return Ok(None) };
    let id = &account.person_id;
    let Some(person) = find(db, id).await? else { return Ok(None) };
    let (details, updated_at): (String, Instant) =
        read_from!(db, pool => sqlx::query_as(FIND_DETAILS).bind(id).fetch_one(pool).await)?;
    let places: Vec<Place> = read_from!(db, pool => sqlx::query_as(LIST_AFFILIATIONS).bind(id).fetch_all(pool).await)?;
    let classes = read_from!(db, pool => sqlx::query_as(LIST_CLASSES).bind(id).fetch_all(pool).await)?;
    let children = read_from!(db, pool => sqlx::query_as(LIST_CHILDREN).bind(id).fetch_all(pool).await)?;
    Ok(Some(Facts {
        details: serde_json::from_str(&details)?,
        updated_at,
        affiliations: places.into_iter().map(|place| (place.profile, place.job, place.establishment)).collect(),
        classes,
        children,
        person,
        account,
    }))
}
