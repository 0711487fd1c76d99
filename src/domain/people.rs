//! The roster: schools, classes, and who somebody is in them.

use super::{Email, EstablishmentId, Function, GroupId, PersonId, Profile, fold_name};

/// A school.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, sqlx::FromRow)]
pub struct Establishment {
    /// Our own id.
    pub id: EstablishmentId,
    /// UAI/RNE in France, the board's number in Canada.
    pub code: String,
    /// As its letters are headed.
    pub name: String,
    /// What kind of school.
    pub kind: EstablishmentKind,
    /// The town: also a word that no password may rest on.
    pub town: String,
    /// The academy (FR) or the school board (CA).
    pub authority: String,
    /// ISO 3166-1 alpha-2, which chooses words and formats: `FR` or `CA`.
    pub country: String,
    /// IANA name: times are shown in it.
    pub time_zone: String,
    /// The secretariat's address.
    pub email: Option<String>,
    /// The secretariat's telephone.
    pub phone: Option<String>,
}

/// What kind of school (SDET `ENTStructureTypeStruct`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum EstablishmentKind {
    /// École maternelle, élémentaire ou primaire.
    PrimarySchool,
    /// Collège.
    LowerSecondary,
    /// Lycée.
    UpperSecondary,
    /// No school: the académie, school board or collectivité that the network belongs to.
    Authority,
}

/// A class or a teaching group of an establishment and a school year.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, sqlx::FromRow)]
pub struct Group {
    /// Our own id.
    pub id: GroupId,
    /// Its school.
    pub establishment_id: EstablishmentId,
    /// Class or teaching group.
    pub kind: GroupKind,
    /// Its label: "CE2 A", "4e B".
    pub name: String,
    /// The level: "CE2", "4e", "3e année".
    pub level: String,
    /// The school year it began in: 2026 for 2026–2027.
    pub year: i64,
}

/// Whether a group is the pupil's class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum GroupKind {
    /// Classe.
    Class,
    /// Groupe d’enseignement.
    TeachingGroup,
}

/// What somebody is in a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Membership {
    /// Élève de la classe.
    Pupil,
    /// Enseigne à la classe.
    Teacher,
    /// Professeur principal.
    MainTeacher,
}

/// Someone on the roster.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, sqlx::FromRow)]
pub struct Person {
    /// Our own id.
    pub id: PersonId,
    /// Family name, exactly as the roster writes it.
    pub family_name: String,
    /// Given name; may be empty.
    pub given_name: String,
    /// ISO 8601 date.
    pub birth_date: Option<String>,
    /// The roster's address: where a letter or a first mail may go. The confirmed one is the account's.
    pub email: Option<Email>,
    /// As the roster writes it.
    pub phone: Option<String>,
    /// Numéro civique du domicile.
    pub civic_number: Option<String>,
    /// The roster's key of this person (`ENTPersonJointure`, `sourcedId`, …).
    pub join_key: Option<String>,
    /// Pupil number: INE, OEN, ten digits in Nova Scotia (row PRV-02).
    pub pupil_number: Option<String>,
}

impl Person {
    /// Given name then family name, as one reads it; never with a blank around.
    #[must_use]
    pub fn full_name(&self) -> String {
        [self.given_name.as_str(), self.family_name.as_str()]
            .into_iter()
            .filter(|s| !s.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// The form by which people are sorted and searched.
    #[must_use]
    pub fn sort_name(&self) -> String {
        format!("{} {}", fold_name(&self.family_name), fold_name(&self.given_name))
    }
}

/// A person's place in a school: profile × establishment × function.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, sqlx::FromRow)]
pub struct Affiliation {
    /// Who.
    pub person_id: PersonId,
    /// As what.
    pub profile: Profile,
    /// Where.
    pub establishment_id: EstablishmentId,
    /// Doing what; none for pupils, parents and guests.
    pub function: Option<Function>,
}

/// Parent to pupil.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, sqlx::FromRow)]
pub struct Guardianship {
    /// The adult.
    pub guardian_id: PersonId,
    /// The child.
    pub pupil_id: PersonId,
    /// With which right.
    pub standing: Standing,
}

/// The legal standing of an adult towards a pupil (AAF's flag: 1 and 2 are both legal guardians, 0 is a contact).
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Standing {
    /// Responsable légal.
    Legal,
    /// A contact without authority: never sees the child here.
    Contact,
    /// Named by a court order as not to be in contact.
    Barred,
}

/// A guardian of the roster and one of their children at a school, as a registration is looked at: a row for each.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct GuardianClaim {
    /// The adult.
    pub guardian_id: PersonId,
    /// The adult's given name.
    pub given_name: String,
    /// The adult's family name.
    pub family_name: String,
    /// Numéro civique du domicile.
    pub civic_number: Option<String>,
    /// With which right.
    pub standing: Standing,
    /// The child's birth date, ISO 8601.
    pub born: Option<String>,
    /// A school of the child.
    pub school: Option<EstablishmentId>,
}
