//! Writing the roster: schools, groups, people and who they are to one another. Every write is an upsert, so that the same
//! data twice changes nothing.

use crate::domain::{Affiliation, Email, Establishment, Group, Guardianship, Instant, Membership, Person, PersonId};

use super::{Db, Tx};

const PUT_ESTABLISHMENT: &str = "INSERT INTO establishment (id, code, name, kind, town, authority, country, time_zone, email, phone)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    ON CONFLICT (id) DO UPDATE SET code = excluded.code, name = excluded.name, kind = excluded.kind, town = excluded.town,
    authority = excluded.authority, country = excluded.country, time_zone = excluded.time_zone, email = excluded.email,
    phone = excluded.phone
    WHERE (establishment.code, establishment.name, establishment.kind, establishment.town, establishment.authority,
    establishment.country, establishment.time_zone, establishment.email, establishment.phone) IS DISTINCT FROM
    (excluded.code, excluded.name, excluded.kind, excluded.town, excluded.authority, excluded.country,
    excluded.time_zone, excluded.email, excluded.phone)";
const PUT_GROUP: &str =
    "INSERT INTO school_group (id, establishment_id, kind, name, level, year) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, level = excluded.level
    WHERE school_group.name <> excluded.name OR school_group.level <> excluded.level";
const PUT_PERSON: &str =
    "INSERT INTO person (id, family_name, given_name, sort_name, birth_date, email, phone, civic_number,
    join_key, pupil_number, details, updated_at, email_folded) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
    ON CONFLICT (id) DO UPDATE SET family_name = excluded.family_name, given_name = excluded.given_name,
    sort_name = excluded.sort_name, birth_date = excluded.birth_date, email = excluded.email, phone = excluded.phone,
    civic_number = excluded.civic_number, join_key = excluded.join_key, pupil_number = excluded.pupil_number,
    details = excluded.details, updated_at = excluded.updated_at, email_folded = excluded.email_folded";
const PUT_AFFILIATION: &str =
    "INSERT INTO affiliation (person_id, profile, establishment_id, function) VALUES ($1, $2, $3, $4)
    ON CONFLICT (person_id, profile, establishment_id) DO UPDATE SET function = excluded.function
    WHERE affiliation.function IS DISTINCT FROM excluded.function";
const PUT_MEMBERSHIP: &str = "INSERT INTO membership (person_id, group_id, role) VALUES ($1, $2, $3)
    ON CONFLICT (person_id, group_id, role) DO NOTHING";
const PUT_GUARDIANSHIP: &str = "INSERT INTO guardianship (guardian_id, pupil_id, standing) VALUES ($1, $2, $3)
    ON CONFLICT (guardian_id, pupil_id) DO UPDATE SET standing = excluded.standing
    WHERE guardianship.standing <> excluded.standing";
const COUNT_PEOPLE: &str = "SELECT COUNT(*) FROM person";
const LIST_CLASSES: &str = "SELECT * FROM school_group WHERE kind = 'class' ORDER BY id";
const LIST_ESTABLISHMENTS: &str = "SELECT * FROM establishment ORDER BY code";

/// This file's statements.
pub const STATEMENTS: &[&str] = &[
    PUT_ESTABLISHMENT,
    PUT_GROUP,
    PUT_PERSON,
    PUT_AFFILIATION,
    PUT_MEMBERSHIP,
    PUT_GUARDIANSHIP,
    COUNT_PEOPLE,
    LIST_CLASSES,
    LIST_ESTABLISHMENTS,
];

/// Whether a write was refused because what must be unique belongs to somebody else.
#[must_use]
pub fn is_taken(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(sqlx::error::DatabaseError::is_unique_violation)
}

/// Keeps a school; whether anything differs from before.
///
/// # Errors
/// The engine did not answer.
pub async fn put_establishment(tx: &mut Tx, school: &Establishment) -> sqlx::Result<bool> {
    both!(tx, conn => sqlx::query(PUT_ESTABLISHMENT)
        .bind(&school.id)
        .bind(&school.code)
        .bind(&school.name)
        .bind(school.kind)
        .bind(&school.town)
        .bind(&school.authority)
        .bind(&school.country)
        .bind(&school.time_zone)
        .bind(&school.email)
        .bind(&school.phone)
        .execute(conn).await.map(|done| done.rows_affected() > 0))
}

/// Keeps a class or a teaching group; whether anything differs from before.
///
/// # Errors
/// The engine did not answer.
pub async fn put_group(tx: &mut Tx, group: &Group) -> sqlx::Result<bool> {
    both!(tx, conn => sqlx::query(PUT_GROUP)
        .bind(&group.id)
        .bind(&group.establishment_id)
        .bind(group.kind)
        .bind(&group.name)
        .bind(&group.level)
        .bind(group.year)
        .execute(conn).await.map(|done| done.rows_affected() > 0))
}

/// Keeps a person; `details` are further standard claims (OpenID Connect Core §5.1).
///
/// # Errors
/// The engine did not answer.
pub async fn put_person(
    tx: &mut Tx,
    person: &Person,
    details: &serde_json::Map<String, serde_json::Value>,
    now: Instant,
) -> sqlx::Result<()> {
    let details = serde_json::Value::Object(details.clone()).to_string();
    both!(tx, conn => sqlx::query(PUT_PERSON)
        .bind(&person.id)
        .bind(&person.family_name)
        .bind(&person.given_name)
        .bind(person.sort_name())
        .bind(&person.birth_date)
        .bind(&person.email)
        .bind(&person.phone)
        .bind(&person.civic_number)
        .bind(&person.join_key)
        .bind(&person.pupil_number)
        .bind(&details)
        .bind(now)
        .bind(person.email.as_ref().map(Email::folded))
        .execute(conn).await.map(|_| ()))
}

/// Keeps a person's place in a school; whether anything differs from before.
///
/// # Errors
/// The engine did not answer.
pub async fn put_affiliation(tx: &mut Tx, place: &Affiliation) -> sqlx::Result<bool> {
    both!(tx, conn => sqlx::query(PUT_AFFILIATION)
        .bind(&place.person_id)
        .bind(place.profile)
        .bind(&place.establishment_id)
        .bind(place.function)
        .execute(conn).await.map(|done| done.rows_affected() > 0))
}

/// Keeps what somebody is in a group; whether anything differs from before.
///
/// # Errors
/// The engine did not answer.
pub async fn put_membership(
    tx: &mut Tx,
    person: &PersonId,
    group: &crate::domain::GroupId,
    role: Membership,
) -> sqlx::Result<bool> {
    both!(tx, conn => sqlx::query(PUT_MEMBERSHIP).bind(person).bind(group).bind(role).execute(conn).await.map(|done| done.rows_affected() > 0))
}

/// Keeps what an adult is to a pupil; whether anything differs from before.
///
/// # Errors
/// The engine did not answer.
pub async fn put_guardianship(tx: &mut Tx, bond: &Guardianship) -> sqlx::Result<bool> {
    both!(tx, conn => sqlx::query(PUT_GUARDIANSHIP)
        .bind(&bond.guardian_id)
        .bind(&bond.pupil_id)
        .bind(bond.standing)
        .execute(conn).await.map(|done| done.rows_affected() > 0))
}

/// How many people there are.
///
/// # Errors
/// The engine did not answer.
pub async fn count_people(db: &Db) -> sqlx::Result<i64> {
    read_from!(db, pool => sqlx::query_scalar(COUNT_PEOPLE).fetch_one(pool).await)
}

/// Every school, by code.
///
/// # Errors
/// The engine did not answer.
pub async fn list_establishments(db: &Db) -> sqlx::Result<Vec<Establishment>> {
    read_from!(db, pool => sqlx::query_as(LIST_ESTABLISHMENTS).fetch_all(pool).await)
}

/// Every class of every school, by id.
///
/// # Errors
/// The engine did not answer.
pub async fn list_classes(db: &Db) -> sqlx::Result<Vec<Group>> {
    read_from!(db, pool => sqlx::query_as(LIST_CLASSES).fetch_all(pool).await)
}
