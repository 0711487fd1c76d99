//! Charters: versioned texts that people accept, per establishment or for all, per profile (design §2).

use super::{CharterId, Email, EstablishmentId, Instant, Profile};

/// A published version of a charter; it never changes. Its text is kept beside it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Charter {
    /// As its file names it; in addresses as well.
    pub id: CharterId,
    /// As people read it: "3", "3.1".
    pub version: String,
    /// Whether it is asked for anew.
    pub kind: CharterKind,
    /// Whose school's; none for every school.
    pub establishment_id: Option<EstablishmentId>,
    /// For whom.
    pub profiles: Vec<Profile>,
    /// Since when it is in force.
    pub effective_at: Instant,
    /// Whether a pupil's acceptance needs a guardian's.
    pub guardian: GuardianRule,
    /// Whether nothing opens before the guardian has signed.
    pub blocking: bool,
    /// Its title.
    pub title: Bilingual,
}

/// Whether a version is asked for anew (row CHA-06).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CharterKind {
    /// Everybody concerned accepts it anew.
    #[default]
    Major,
    /// Who accepted the one before is told of it.
    Minor,
}

/// Whether a guardian's signature is needed beside a pupil's (row CHA-07).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GuardianRule {
    /// Never.
    Never,
    /// Of pupils under fifteen, and of those whose birth date is unknown.
    #[default]
    Under15,
    /// Of every pupil.
    Always,
}

/// A text in French, and in English where there is one.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Bilingual {
    /// French.
    pub fr: String,
    /// English.
    pub en: Option<String>,
}

impl Bilingual {
    /// The text for a reader of that language, and the language it is in (row CHA-10).
    #[must_use]
    pub fn read_in(&self, language: &str) -> (&str, &'static str) {
        match &self.en {
            Some(en) if language == "en" => (en, "en"),
            _ => (&self.fr, "fr"),
        }
    }
}

/// What is known of one account's relation to one version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CharterSignature {
    /// Which version.
    pub charter_id: CharterId,
    /// When the person accepted it.
    pub accepted_at: Option<Instant>,
    /// The language they read it in.
    pub language: Option<String>,
    /// When a guardian did, on the screen or on paper.
    pub guardian_at: Option<Instant>,
    /// When a minor version's notice was put away.
    pub seen_at: Option<Instant>,
}

/// A place in a school, as far as charters ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SigningPlace {
    /// As what.
    pub profile: Profile,
    /// Where.
    pub establishment_id: EstablishmentId,
    /// The school's zone: a birthday begins in it.
    pub time_zone: String,
}

/// What charters need to know of somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signer {
    /// Every place.
    pub places: Vec<SigningPlace>,
    /// ISO 8601 date.
    pub birth_date: Option<String>,
    /// What was signed.
    pub signatures: Vec<CharterSignature>,
}

impl Signer {
    /// What is known of a version.
    #[must_use]
    pub fn signature(&self, id: &CharterId) -> Option<&CharterSignature> {
        self.signatures.iter().find(|signature| signature.charter_id == *id)
    }
}

/// The answer to the question for an address for notifications (row CHA-08); neither address: declined.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct NotificationAddress {
    /// Where notifications go.
    pub email: Option<Email>,
    /// An address that waits for its confirmation.
    pub awaiting: Option<Email>,
}
