//! External OpenID Providers: what they are called, and whom their word is about.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use crate::domain::{Profile, Secret, UpstreamName};

use super::NumberRule;

/// An external OpenID Provider whose word is taken (design §4, "Through SEPNE"; row LOG-05).
#[derive(Clone, Debug)]
pub struct Upstream {
    /// Its name in the configuration.
    pub name: UpstreamName,
    /// What people call it (row SEP-23).
    pub label: String,
    /// The same after "de" in French.
    pub label_of: String,
    /// Its issuer, to the character (OpenID Connect Core §3.1.3.7).
    pub issuer: String,
    /// What we are called there.
    pub client_id: String,
    /// Our secret there; none for a public client.
    pub client_secret: Option<Secret>,
    /// What is asked for beside `openid`.
    pub scopes: Vec<String>,
    /// The claim by which a person is found.
    pub claim: String,
    /// What it is on our roster.
    pub matches: RosterAttribute,
    /// The claim that holds a mailbox.
    pub mailbox: String,
    /// Whether a mailbox counts only with `email_verified` (OpenID Connect Core §5.1).
    pub verified_mailbox: bool,
}

/// What a claim is on our roster. None of them may belong to two people, but for an address: whom two share is nobody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RosterAttribute {
    /// The roster's key of a person.
    #[default]
    JoinKey,
    /// The pupil number.
    PupilNumber,
    /// The login name here.
    Identifier,
    /// The confirmed address.
    Email,
}

/// All external providers.
#[derive(Clone, Debug, Default)]
pub struct Upstreams(BTreeMap<UpstreamName, Arc<Upstream>>);

impl Upstreams {
    /// From the configured ones.
    #[must_use]
    pub fn new(upstreams: impl IntoIterator<Item = Upstream>) -> Self {
        Self(upstreams.into_iter().map(|upstream| (upstream.name.clone(), Arc::new(upstream))).collect())
    }

    /// The provider of that name.
    #[must_use]
    pub fn find(&self, name: &UpstreamName) -> Option<&Arc<Upstream>> {
        self.0.get(name)
    }

    /// All of them, by name.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Upstream>> {
        self.0.values()
    }
}

/// What a portal leaves to external providers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct External {
    /// Who signs in there instead of with a password here (row LOG-05).
    pub sign_in: BTreeMap<Profile, UpstreamName>,
    /// The pupils' reset.
    pub reset: Option<PupilReset>,
}

/// How pupils get a temporary password through an external provider (rows SEP-01 to SEP-24).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PupilReset {
    /// Who proves the pupil's identity.
    pub upstream: UpstreamName,
    /// Whether the legal guardians are told (row SEP-21).
    pub tells_guardians: bool,
    /// What a pupil number looks like here (row SEP-12).
    pub number: NumberRule,
    /// How long the provider's word is good for (row SEP-14).
    pub proof: Duration,
    /// How long after a temporary password no other is made (row SEP-19).
    pub again_after: Duration,
}
