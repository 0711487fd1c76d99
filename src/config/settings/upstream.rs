//! External OpenID Providers, and what portals use them for.

use std::{fmt, path::PathBuf};

use serde::{Deserialize, Serialize};

use super::Voiceless;
use crate::policy::{NumberCheck, RosterAttribute};

/// A secret in the settings: written where the settings are written, never shown.
#[derive(Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(transparent)]
pub struct SettingSecret(pub(in crate::config) String);

impl From<&str> for SettingSecret {
    fn from(secret: &str) -> Self {
        Self(secret.to_owned())
    }
}

impl fmt::Debug for SettingSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_empty() { "none" } else { "…" })
    }
}

settings! {
    /// `upstreams.NAME.*`
    UpstreamSettings {
        /// What people call it: "SEPNE"; empty: its name.
        label: String = String::new(),
        /// The same after "de" in French: "du SEPNE", "d’EduConnect"; empty: made of the label.
        label_of: String = String::new(),
        /// Its issuer, to the character: its discovery document lies below it.
        issuer: String = String::new(),
        /// What we are called there.
        client_id: String = String::new(),
        /// Our secret there; better in a file, or in the environment.
        client_secret: SettingSecret = SettingSecret::default(),
        /// The file that holds it.
        client_secret_file: Option<PathBuf> = None,
        /// What is asked for beside `openid`.
        scopes: Vec<String> = vec!["profile".into(), "email".into()],
        /// The claim by which a person is found.
        claim: String = "sub".into(),
        /// What it is on our roster: `join_key`, `pupil_number`, `identifier` or `email`.
        matches: RosterAttribute = RosterAttribute::JoinKey,
        /// The claim that holds the mailbox to which temporary passwords go.
        mailbox: String = "email".into(),
        /// Whether addresses count only with `email_verified`.
        verified_mailbox: bool = true,
    }
    /// `portals.NAME.upstream.*`: the name of a provider; empty: the form with a password
    PortalUpstreamSettings {
        /// Pupils.
        pupil: Option<String> = None,
        /// Parents.
        parent: Option<String> = None,
        /// Staff of the Éducation nationale.
        national_staff: Option<String> = None,
        /// Staff of agricultural schools.
        agricultural_staff: Option<String> = None,
        /// Staff of local authorities.
        local_authority_staff: Option<String> = None,
        /// Others.
        guest: Option<String> = None,
    }
    /// `portals.NAME.pupil_reset.*`
    PupilResetSettings {
        /// The provider that proves who a pupil is; none: no such reset. The preset `portail-eleves` asks `sepne`.
        upstream: Option<String> = None,
        /// Whether the legal guardians are told of a reset.
        tells_guardians: bool = false,
        /// How many digits a pupil number has; left out: as the country says (`portail-eleves`: 10).
        digits: Option<usize> = None,
        /// Its check digit: `none` or `luhn`.
        check: NumberCheck = NumberCheck::None,
        /// Seconds for which the provider's word is good.
        proof_ttl: u64 = 600,
        /// Within so many seconds no other temporary password is made and mailed.
        again_after: u64 = 600,
    }
}
