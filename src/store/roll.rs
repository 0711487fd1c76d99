//! A school's roll, as its letters need it: its people, their accounts and classes, and the children of its parents.

use sqlx::FromRow;

use crate::domain::{Account, EstablishmentId, Fault, Person, PersonId, Profile};

use super::{Db, accounts};

const LIST_PEOPLE: &str = "SELECT * FROM person WHERE id IN
    (SELECT person_id FROM affiliation WHERE establishment_id = $1) ORDER BY id";
const LIST_ACCOUNTS: &str = "SELECT * FROM account WHERE person_id IN
    (SELECT person_id FROM affiliation WHERE establishment_id = $1)";
const LIST_PROFILES: &str =
    "SELECT person_id, profile FROM affiliation WHERE establishment_id = $1 ORDER BY person_id, profile";
const LIST_CLASSES: &str = "SELECT m.person_id, g.name FROM membership m JOIN school_group g ON g.id = m.group_id
    WHERE g.establishment_id = $1 AND g.kind = 'class' AND m.role = 'pupil' ORDER BY g.year DESC, g.name";
const LIST_WARDS: &str = "SELECT w.guardian_id, w.pupil_id, p.given_name, p.family_name, g.name AS class,
    e.name AS school, COALESCE(e.id = $1, FALSE) AS is_here FROM guardianship w JOIN person p ON p.id = w.pupil_id
    LEFT JOIN membership m ON m.person_id = p.id AND m.role = 'pupil'
    LEFT JOIN school_group g ON g.id = m.group_id AND g.kind = 'class'
    LEFT JOIN establishment e ON e.id = g.establishment_id
    WHERE w.standing = 'legal' AND w.guardian_id IN
    (SELECT person_id FROM affiliation WHERE establishment_id = $1 AND profile = 'parent')
    ORDER BY w.guardian_id, p.birth_date NULLS LAST, p.id, g.year DESC NULLS LAST, g.name";

/// This file's statements.
pub const STATEMENTS: &[&str] = &[LIST_PEOPLE, LIST_ACCOUNTS, LIST_PROFILES, LIST_CLASSES, LIST_WARDS];

/// A school's roll.
#[derive(Clone, Debug, Default)]
pub struct Roll {
    /// Everybody with a place in it.
    pub people: Vec<Person>,
    /// Their accounts.
    pub accounts: Vec<Account>,
    /// What they are in it.
    pub profiles: Vec<(PersonId, Profile)>,
    /// The classes of its pupils, the latest first.
    pub classes: Vec<(PersonId, String)>,
    /// The children of its parents, in this school and in others, the latest class first.
    pub wards: Vec<Ward>,
}

/// A child of a legal guardian, once for each class.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Ward {
    /// The adult.
    pub guardian_id: PersonId,
    /// The child.
    pub pupil_id: PersonId,
    /// Given name.
    pub given_name: String,
    /// Family name.
    pub family_name: String,
    /// The class's label.
    pub class: Option<String>,
    /// The name of its school.
    pub school: Option<String>,
    /// Whether that is the school of the roll.
    pub is_here: bool,
}

impl Ward {
    /// Given name then family name, as one reads it.
    #[must_use]
    pub fn full_name(&self) -> String {
        format!("{} {}", self.given_name, self.family_name).trim().to_owned()
    }
}

/// The roll of a school.
///
/// # Errors
/// The engine did not answer, or a row is damaged.
pub async fn load(db: &Db, school: &EstablishmentId) -> Result<Roll, Fault> {
    let accounts: Vec<accounts::Row> =
        read_from!(db, pool => sqlx::query_as(LIST_ACCOUNTS).bind(school).fetch_all(pool).await)?;
    Ok(Roll {
        people: read_from!(db, pool => sqlx::query_as(LIST_PEOPLE).bind(school).fetch_all(pool).await)?,
        accounts: accounts.into_iter().map(Account::try_from).collect::<Result<_, _>>()?,
        profiles: read_from!(db, pool => sqlx::query_as(LIST_PROFILES).bind(school).fetch_all(pool).await)?,
        classes: read_from!(db, pool => sqlx::query_as(LIST_CLASSES).bind(school).fetch_all(pool).await)?,
        wards: read_from!(db, pool => sqlx::query_as(LIST_WARDS).bind(school).fetch_all(pool).await)?,
    })
}
