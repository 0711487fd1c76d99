//! Who somebody is for a school.

/// The profile under which a person is known (checklist LOG-01, the design's words).
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, sqlx::Type,
)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Profile {
    /// Élève.
    Pupil,
    /// Parent (responsable).
    Parent,
    /// Personnel de l’Éducation nationale.
    NationalStaff,
    /// Personnel de l’enseignement agricole.
    AgriculturalStaff,
    /// Personnel de collectivité.
    LocalAuthorityStaff,
    /// Autre et invité.
    Guest,
}

impl Profile {
    /// Every profile, in the order of the chooser.
    pub const ALL: [Self; 6] = [
        Self::Pupil,
        Self::Parent,
        Self::NationalStaff,
        Self::AgriculturalStaff,
        Self::LocalAuthorityStaff,
        Self::Guest,
    ];

    /// Its name in configuration files, addresses and claims.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pupil => "pupil",
            Self::Parent => "parent",
            Self::NationalStaff => "national_staff",
            Self::AgriculturalStaff => "agricultural_staff",
            Self::LocalAuthorityStaff => "local_authority_staff",
            Self::Guest => "guest",
        }
    }

    /// The profile of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|profile| profile.name() == name)
    }

    /// Whether these people work for the school.
    #[must_use]
    pub const fn is_staff(self) -> bool {
        matches!(self, Self::NationalStaff | Self::AgriculturalStaff | Self::LocalAuthorityStaff)
    }
}

/// What a member of staff does (the codes of AAF and SDET map to these).
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, sqlx::Type,
)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Function {
    /// Enseignant.
    Teacher,
    /// Documentaliste.
    Librarian,
    /// Direction.
    Head,
    /// Vie scolaire.
    SchoolLife,
    /// Administratif ou technique d’établissement.
    SchoolStaff,
    /// Académique.
    Academic,
    /// Collectivité.
    LocalAuthority,
}

impl Function {
    /// Its name in files and claims.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Teacher => "teacher",
            Self::Librarian => "librarian",
            Self::Head => "head",
            Self::SchoolLife => "school_life",
            Self::SchoolStaff => "school_staff",
            Self::Academic => "academic",
            Self::LocalAuthority => "local_authority",
        }
    }
}
