//! The proof by an external provider: what a browser goes there for, and whom the answer is about (rows LOG-05, SEP-04).
//!
//! A way there is bound to the browser that began it and is good for one answer. Nonce and PKCE's secret are keyed tags of
//! its state, so that nothing kept opens anything. Nobody is made: whom the roster does not know is told so.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::{
    app::App,
    domain::{Account, Digest, Email, Fault, Identifier, InteractionId, PortalName, Profile, Secret, UpstreamName},
    ephemeral::Kind,
    policy::{NumberRule, RosterAttribute, Upstream},
    store::{accounts, matching, people},
    upstream::{Asking, Identity},
};

use super::{Visitor, password::Proven};

/// For how long somebody may be away at a provider.
const AWAY: Duration = Duration::from_mins(30);

/// What a browser goes to a provider for.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Errand {
    /// To whom.
    pub upstream: UpstreamName,
    /// From which portal.
    pub portal: PortalName,
    /// The pending sign-in.
    pub interaction_id: Option<InteractionId>,
    /// Why.
    pub purpose: Purpose,
}

/// Why a browser goes to a provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// To sign in, under the profile chosen.
    SignIn(Option<Profile>),
    /// To prove a pupil's identity before a reset.
    PupilReset,
}

/// How somebody is asked.
#[derive(Clone, Copy, Debug)]
pub struct Manner {
    /// The provider asks even where somebody is signed in there (`prompt=login`).
    pub again: bool,
    /// The language of our page.
    pub language: &'static str,
}

/// Why a provider's answer lets nobody in. Each has a page; details are for the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotLet {
    /// The provider does not answer, or not as it should (row SEP-15).
    Unavailable,
    /// The person did not want to (row SEP-16).
    Declined,
    /// The roster knows nobody by what it said.
    Unknown,
    /// More than one person goes by what it said.
    Ambiguous,
    /// The account waits for its activation.
    NotActivated,
    /// A person stopped the account.
    Suspended,
    /// Too many ways were begun from this network of late.
    Crowded,
}

/// What the provider answered, each parameter at most once (RFC 6749 §4.1.2, RFC 9207).
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// `state`.
    pub state: Option<Secret>,
    /// `code`.
    pub code: Option<Secret>,
    /// `iss`.
    pub iss: Option<String>,
    /// `error`.
    pub error: Option<String>,
}

/// What came of a browser's return.
#[derive(Debug)]
pub enum Returned {
    /// It began elsewhere, too long ago, or has come back already.
    Lost,
    /// Nobody is let in.
    Refused(Errand, NotLet),
    /// Somebody of the roster.
    Known(Errand, Box<Someone>),
}

/// Somebody of the roster, by a provider's word.
#[derive(Clone, Debug)]
pub struct Someone {
    /// Their account.
    pub account: Account,
    /// Who the person is.
    pub profiles: Vec<Profile>,
    /// What the provider knows them by.
    pub subject: String,
    /// Their mailbox there, where the provider answers for it.
    pub mailbox: Option<Email>,
    /// How they proved it there.
    amr: Vec<String>,
}

/// A kept way.
#[derive(Deserialize, Serialize)]
struct Way {
    browser: Digest,
    errand: Errand,
}

/// Where the browser goes: the provider's address with a fresh state, nonce and challenge.
///
/// # Errors
/// The store of short-lived things did not answer.
pub async fn begin(
    app: &App,
    visitor: &Visitor,
    errand: Errand,
    manner: Manner,
) -> Result<Result<String, NotLet>, Fault> {
    if !app.gate.lets_in(&visitor.network) {
        return Ok(Err(NotLet::Crowded));
    }
    let state = app.rng.secret();
    let secrets = Secrets::of(app, &state);
    let redirect_uri = call_back(app, &errand.upstream);
    let asking = secrets.asking(&state, &redirect_uri, manner, visitor);
    let address = match app.providers.address(&errand.upstream, asking).await {
        Ok(address) => address,
        Err(why) => {
            tracing::warn!(upstream.name = %errand.upstream, request.id = ?visitor.actor.request_id, cause = %why, "a provider can't be asked");
            return Ok(Err(NotLet::Unavailable));
        }
    };
    let way = Way { browser: visitor.browser.clone(), errand };
    app.ephemeral.put(Kind::Upstream, &state.digest(), &way, visitor.actor.now, AWAY).await?;
    Ok(Ok(address))
}

/// Takes a provider's answer, once, in the browser that went there.
///
/// # Errors
/// A store did not answer.
pub async fn come_back(app: &App, visitor: &Visitor, name: &UpstreamName, answer: Answer) -> Result<Returned, Fault> {
    let now = visitor.actor.now;
    let Some(state) = answer.state else { return Ok(Returned::Lost) };
    let way: Option<Way> = app.ephemeral.take(Kind::Upstream, &state.digest(), now).await?;
    let Some(way) = way.filter(|way| way.browser.matches(&visitor.browser) && way.errand.upstream == *name) else {
        return Ok(Returned::Lost);
    };
    let errand = way.errand;
    let refused = |why: NotLet, cause: &dyn std::fmt::Display| {
        tracing::warn!(upstream.name = %name, request.id = ?visitor.actor.request_id, %cause, "a provider's answer let nobody in");
        Ok(Returned::Refused(errand.clone(), why))
    };
    let Some(upstream) = app.config.policy.upstreams.find(name) else {
        return refused(NotLet::Unavailable, &"it is configured no more");
    };
    if answer.iss.as_ref().is_some_and(|iss| *iss != upstream.issuer) {
        return refused(NotLet::Unavailable, &"another issuer answered");
    }
    if let Some(error) = answer.error {
        let why = if error == "access_denied" { NotLet::Declined } else { NotLet::Unavailable };
        return refused(why, &format!("it answered {}", plain(&error)));
    }
    let Some(code) = answer.code else { return refused(NotLet::Unavailable, &"it answered without a code") };
    let (secrets, redirect_uri) = (Secrets::of(app, &state), call_back(app, name));
    let manner = Manner { again: false, language: "fr" };
    let asking = secrets.asking(&state, &redirect_uri, manner, visitor);
    let identity = match app.providers.redeem(name, &code, asking).await {
        Ok(identity) => identity,
        Err(why) => return refused(NotLet::Unavailable, &why),
    };
    match find(app, upstream, &identity, &errand.portal).await? {
        Ok(someone) => Ok(Returned::Known(errand, Box::new(someone))),
        Err(why) => refused(why, &"whom it is about"),
    }
}

/// Lets somebody in who went to sign in; the session is opened by `Proven::open` as after a password.
///
/// # Errors
/// Why nobody is let in.
pub fn admit(app: &App, portal: &PortalName, profile: Option<Profile>, someone: &Someone) -> Result<Proven, NotLet> {
    if someone.account.suspension.is_some() {
        return Err(NotLet::Suspended);
    }
    if !someone.account.may_sign_in() {
        return Err(NotLet::NotActivated);
    }
    let corrects = app.config.policy.portals.find(portal).is_none_or(|portal| portal.corrects_profile);
    let fitting = profile.filter(|chosen| someone.profiles.contains(chosen));
    if profile.is_some() && fitting.is_none() && !corrects {
        return Err(NotLet::Unknown);
    }
    let amr = if someone.amr.is_empty() { vec![FEDERATED.to_owned()] } else { someone.amr.clone() };
    Ok(Proven { account_id: someone.account.id.clone(), profile: fitting, remember: false, temporary: false, amr })
}

/// Said in `amr` where the provider does not say how it knows.
const FEDERATED: &str = "fed";

/// Whom an identity is about: exactly one account that is not closed.
async fn find(
    app: &App,
    upstream: &Upstream,
    identity: &Identity,
    portal: &PortalName,
) -> Result<Result<Someone, NotLet>, Fault> {
    let Some(key) = identity.key(upstream) else { return Ok(Err(NotLet::Unknown)) };
    let mut found: Vec<Account> = match upstream.matches {
        RosterAttribute::JoinKey => matching::find_by_join_key(&app.db, &key).await?.into_iter().collect(),
        RosterAttribute::PupilNumber => {
            let portals = &app.config.policy.portals;
            let country = &portals.find(portal).unwrap_or_else(|| portals.default_portal()).country;
            let number = NumberRule::default().read(country, &key).unwrap_or(key);
            matching::find_by_pupil_number(&app.db, &number).await?.into_iter().collect()
        }
        RosterAttribute::Identifier => {
            accounts::find_by_identifier(&app.db, &Identifier::new(&key)).await?.into_iter().collect()
        }
        RosterAttribute::Email => match Email::parse(&key) {
            Some(email) => accounts::list_by_email(&app.db, &email).await?,
            None => Vec::new(),
        },
    };
    found.retain(|account| !account.is_archived());
    let Some(account) = found.pop() else { return Ok(Err(NotLet::Unknown)) };
    if !found.is_empty() {
        return Ok(Err(NotLet::Ambiguous));
    }
    let profiles = people::list_profiles(&app.db, &account.person_id).await?;
    let (subject, mailbox, amr) = (identity.subject().to_owned(), identity.mailbox(upstream), identity.amr());
    Ok(Ok(Someone { account, profiles, subject, mailbox, amr }))
}

/// Where providers send browsers back: the address that is registered there.
#[must_use]
pub fn call_back(app: &App, name: &UpstreamName) -> String {
    format!("{}/connexion/retour/{name}", app.config.issuer())
}

/// What belongs to one way, made of its state: whoever has the store but not the key can't make it.
struct Secrets {
    nonce: Secret,
    verifier: Secret,
}

impl Secrets {
    fn of(app: &App, state: &Secret) -> Self {
        let made = |purpose: &str| Secret::new(app.sealer.tag(purpose, state.reveal().as_bytes()).as_str());
        Self { nonce: made("upstream nonce"), verifier: made("upstream verifier") }
    }

    fn asking<'a>(&'a self, state: &'a Secret, redirect_uri: &'a str, manner: Manner, visitor: &Visitor) -> Asking<'a> {
        let Manner { again, language } = manner;
        Asking {
            redirect_uri,
            state,
            nonce: &self.nonce,
            verifier: &self.verifier,
            again,
            language,
            now: visitor.actor.now,
        }
    }
}

/// An error's code as a log may have it: a stranger wrote it.
fn plain(error: &str) -> String {
    error.chars().filter(|sign| sign.is_ascii_alphanumeric() || *sign == '_').take(40).collect()
}
