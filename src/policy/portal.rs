//! Portals: the doors to come in by.

use std::{collections::BTreeMap, sync::Arc};

use crate::domain::{Markdown, PortalName, Profile};

use super::{External, PasswordPresets, Recovery, SecondFactors, UpToLevel};

#[expect(clippy::struct_excessive_bools, reason = "each is a setting of its own, none excludes another")]
/// A door to come in by: its look, its help, whom it welcomes and how (design §4).
#[derive(Clone, Debug)]
pub struct Portal {
    /// In addresses and in services' files.
    pub name: PortalName,
    /// The reference system that it follows.
    pub preset: Preset,
    /// How it looks.
    pub look: Look,
    /// Whom one turns to.
    pub help: Help,
    /// Host names that lead to it.
    pub hosts: Vec<String>,
    /// The profiles it welcomes, each with the name its door carries.
    pub profiles: Vec<Profile>,
    /// Whether visitors say first who they are (LOG-01).
    pub chooser: bool,
    /// Whether an e-mail names an account here as well.
    pub by_email: bool,
    /// Whether parents without a letter register against the roster; how their address is answered (row REG-09).
    pub registration: Option<Registration>,
    /// Whether the person may ask to be remembered (never for pupils, row SSO-07).
    pub remember: bool,
    /// Whether a wrongly chosen profile is put right in silence (else refused like a wrong password, row LOG-22).
    pub corrects_profile: bool,
    /// `école` or `établissement`: the same word throughout.
    pub school_word: SchoolWord,
    /// ISO 3166-1 alpha-2: chooses words and formats (row XCT-07).
    pub country: String,
    /// IANA name of the zone in which times are shown (row XCT-08).
    pub time_zone: String,
    /// The rules of a chosen password.
    pub passwords: PasswordPresets,
    /// How people activate their accounts here.
    pub activation: ActivationRules,
    /// Who is asked for a second factor.
    pub second_factors: SecondFactors,
    /// What is left to external providers.
    pub external: External,
    /// How families write to a school.
    pub contact: Contact,
    /// What people are told of their data.
    pub privacy: Privacy,
    /// Which way back it offers to whom.
    pub recovery: Recovery,
    /// Up to which year parents give their children temporary passwords; none where they don't (row ACC-15).
    pub child_passwords: Option<UpToLevel>,
}

impl Portal {
    /// The prefix of its own addresses: empty for the default portal.
    #[must_use]
    pub fn path(&self) -> String {
        if self.name.as_str() == Portals::DEFAULT { String::new() } else { format!("/p/{}", self.name) }
    }

    /// Whether it welcomes pupils and nobody else: then it says tu before anybody is known (row SEP-22).
    #[must_use]
    pub fn is_for_pupils(&self) -> bool {
        self.profiles == [Profile::Pupil]
    }
}

#[cfg(test)]
impl Portal {
    /// A portal of tests: everything as the settings' defaults have it, but for the welcome in the look.
    #[must_use]
    pub fn of_tests(name: &str) -> Self {
        Self {
            name: PortalName::new(name),
            preset: Preset::Default,
            look: Look {
                title: "Espace famille".into(),
                network: "Réseau du Val d’Orne".into(),
                day: "#14578a".into(),
                night: "#97caf3".into(),
                logo: None,
            },
            help: Help::default(),
            hosts: Vec::new(),
            profiles: Profile::ALL.into(),
            chooser: false,
            by_email: false,
            registration: None,
            remember: true,
            corrects_profile: true,
            school_word: SchoolWord::default(),
            passwords: PasswordPresets::default(),
            country: "FR".into(),
            time_zone: "Europe/Paris".into(),
            activation: ActivationRules::default(),
            second_factors: SecondFactors::default(),
            external: External::default(),
            contact: Contact::default(),
            privacy: Privacy { controller: "Réseau du Val d’Orne".into(), ..Privacy::default() },
            recovery: Recovery::default(),
            child_passwords: None,
        }
    }
}

/// How people activate their accounts at a portal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ActivationRules {
    /// Whether pupils give an address (row ACT-12).
    pub pupil_email: PupilEmail,
    /// Whether an address that is a child's or a school's is refused; else the person is asked (row ACT-16).
    pub bars_doubtful_email: bool,
    /// Domains whose addresses belong to the school, in small letters.
    pub school_domains: Vec<String>,
    /// Whether pupils of primary schools get three words instead of a code.
    pub words_for_young_pupils: bool,
    /// Whether an address for notifications is asked for once, after the charter (row CHA-08).
    pub asks_notification_email: bool,
}

/// Whether pupils give an address when they activate (row ACT-12).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PupilEmail {
    /// They are not asked.
    Absent,
    /// They may.
    #[default]
    Optional,
    /// They must, like everybody else.
    Required,
}

/// How parents register against the roster.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Registration {
    /// Whether an address that is not on file is said so at once, as the reference does; else everybody gets the same page.
    pub tells_unknown_address: bool,
    /// Whether any child's data are taken, not the youngest's alone (row REG-16).
    pub any_child: bool,
}

/// How families write to a school, and what they can read before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// Whether the help form is there (row HLP-01).
    pub has_form: bool,
    /// The portal's own questions and answers in French; the house's where it gives none (row HLP-12).
    pub faq_fr: Option<Arc<Markdown>>,
    /// The same in English.
    pub faq_en: Option<Arc<Markdown>>,
}

/// What people are told of their data (GDPR art. 13, row XCT-13).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Privacy {
    /// Who answers for it: the head of the school, the academy, the school board.
    pub controller: String,
    /// Whom to turn to: the data protection officer's address.
    pub contact: String,
    /// The portal's own notice in French; the house's where it gives none.
    pub text_fr: Option<Arc<Markdown>>,
    /// The same in English.
    pub text_en: Option<Arc<Markdown>>,
}

pub use help::{Help, SchoolWord};

mod help {
    /// Whom one turns to, in the same place on every page (row XCT-05, WCAG 3.2.6).
    #[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
    #[serde(default, deny_unknown_fields)]
    pub struct Help {
        /// Telephone numbers, shown in the footer (row LOG-23).
        pub phones: Vec<String>,
        /// An address to write to.
        pub email: Option<String>,
        /// The portal's own site.
        pub site: Option<String>,
    }

    /// The word of the portal for a school.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
    #[serde(rename_all = "snake_case")]
    pub enum SchoolWord {
        /// L’école.
        School,
        /// L’établissement.
        #[default]
        Establishment,
    }
}

/// How a portal looks: nothing else varies (shared look, "Tokens").
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// As on its letters: "ENT des collèges".
    pub title: String,
    /// The network it belongs to: "Réseau du Val d’Orne".
    pub network: String,
    /// `#rrggbb` by day: at least 4.5:1 on white.
    pub day: String,
    /// `#rrggbb` by night: at least 4.5:1 on `#1b2621`.
    pub night: String,
    /// An SVG's text; the house's own where there is none.
    pub logo: Option<Arc<str>>,
}

/// The reference systems that a portal may follow (design §4).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Preset {
    /// No reference: identifier and password.
    #[default]
    Default,
    /// Lille ENT: chooser, letter, links.
    Ent,
    /// Pronote's parents: identifier and password in three steps in one window.
    EspaceParents,
    /// CEPEO's parents: registration, sign-in by e-mail, secret question.
    PortailParents,
    /// Nova Scotia's pupils: reset through SEPNE.
    PortailEleves,
}

/// A family of the profile chooser, in the seed's order (row LOG-01).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Door {
    /// The key of its words.
    pub key: &'static str,
    /// Its choices, shown in place where there is more than one (row LOG-02): the key of the words and the profile.
    pub choices: &'static [(&'static str, Profile)],
}

/// The five families of the chooser.
pub struct Doors;

impl Doors {
    /// In the seed's order; the last one is "Autre et invité".
    pub const ALL: [Door; 5] = [
        Door {
            key: "door-families",
            choices: &[("profile-pupil", Profile::Pupil), ("profile-parent", Profile::Parent)],
        },
        Door {
            key: "door-national",
            choices: &[("choice-teacher", Profile::NationalStaff), ("choice-school-staff", Profile::NationalStaff)],
        },
        Door { key: "door-agricultural", choices: &[("door-agricultural", Profile::AgriculturalStaff)] },
        Door { key: "door-local-authority", choices: &[("door-local-authority", Profile::LocalAuthorityStaff)] },
        Door { key: "door-guest", choices: &[("door-guest", Profile::Guest)] },
    ];
}

/// All portals; there is always one called `default`.
#[derive(Clone, Debug)]
pub struct Portals {
    by_name: BTreeMap<PortalName, Arc<Portal>>,
    default: Arc<Portal>,
}

impl Portals {
    /// The name of the portal that is there when none is found.
    pub const DEFAULT: &'static str = "default";

    /// From the configured portals; `None` where `default` is missing.
    #[must_use]
    pub fn new(portals: Vec<Portal>) -> Option<Self> {
        let by_name: BTreeMap<_, _> =
            portals.into_iter().map(|portal| (portal.name.clone(), Arc::new(portal))).collect();
        let default = by_name.get(&PortalName::new(Self::DEFAULT))?.clone();
        Some(Self { by_name, default })
    }

    /// The portal of that name.
    #[must_use]
    pub fn find(&self, name: &PortalName) -> Option<&Arc<Portal>> {
        self.by_name.get(name)
    }

    /// The portal that the operator gave this host name.
    #[must_use]
    pub fn find_by_host(&self, host: &str) -> Option<&Arc<Portal>> {
        self.by_name.values().find(|portal| portal.hosts.iter().any(|known| known.eq_ignore_ascii_case(host)))
    }

    /// The portal `default`.
    #[must_use]
    pub const fn default_portal(&self) -> &Arc<Portal> {
        &self.default
    }

    /// All of them, by name.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Portal>> {
        self.by_name.values()
    }
}
