//! A pending sign-in: what a relying party asked, and what is still owed before it is answered.

use super::{Digest, Instant, InteractionId, PortalName, Profile, RelyingPartyId};

/// A pending sign-in, one type for both protocols. Bound to the browser that began it.
#[derive(Clone, Debug)]
pub struct Interaction {
    /// In the address of its pages; opens nothing without the browser's cookie.
    pub id: InteractionId,
    /// The digest of the browser's cookie.
    pub browser: Digest,
    /// The portal whose look and rules hold.
    pub portal: PortalName,
    /// Who asked; none for one's own account.
    pub relying_party_id: Option<RelyingPartyId>,
    /// What was asked, in its protocol's own words.
    pub asked: Asked,
    /// What a session must fulfil to answer it.
    pub demands: Demands,
    /// The profile chosen on the way.
    pub profile: Option<Profile>,
    /// Since when.
    pub created_at: Instant,
    /// After this the page starts over, with the identifier kept.
    pub expires_at: Instant,
}

/// The request that will be answered. Protocol rooms put their own parsed request in; nobody else reads it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asked {
    /// An OpenID Connect authorization request, as `oidc` wrote it.
    Oidc(serde_json::Value),
    /// A CAS login, as `cas` wrote it.
    Cas(serde_json::Value),
    /// A page of our own: its path.
    Page(String),
}

impl Asked {
    /// Where the browser goes when nothing is owed any more: the room that asked answers there.
    #[must_use]
    pub fn resume_path(&self, id: &InteractionId) -> String {
        match self {
            Self::Oidc(_) => format!("/oidc/resume?i={id}"),
            Self::Cas(_) => format!("/cas/resume?i={id}"),
            Self::Page(path) => path.clone(),
        }
    }
}

#[expect(clippy::struct_excessive_bools, reason = "each is a demand of its own, none excludes another")]
/// What was demanded of the session (OpenID Connect Core §3.1.2.1; CAS 3.0 §2.1.1).
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Demands {
    /// Proof given at this moment or later (`prompt=login`, `renew=true`: the moment of asking; `max_age`: as long before it).
    pub authenticate_after: Option<Instant>,
    /// Two factors are demanded (an essential `acr`): whoever has no second one is led to add it, where the portal offers it.
    #[serde(default)]
    pub two_factors: bool,
    /// The person is asked for consent even where it was given (`prompt=consent`).
    pub ask_consent: bool,
    /// The person was asked for consent and refused: the protocol room answers so.
    pub consent_refused: bool,
    /// What will be released: third-party services need consent to it (design §3).
    pub claims: Vec<super::Claim>,
    /// An identifier to fill in (`login_hint`).
    pub login_hint: Option<String>,
    /// Languages in order of preference (`ui_locales`).
    pub ui_locales: Vec<String>,
    /// Nobody may be asked anything (`prompt=none`, `gateway`): a question that one may leave open does not hold up.
    #[serde(default)]
    pub unasked: bool,
}
