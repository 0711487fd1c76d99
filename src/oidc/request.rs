//! An authorization request, from its raw parameters to one that may be answered.
//!
//! The order matters: client, then address, and only then everything else. Before the address has matched there is only a
//! page to answer with, and this module has no way to say otherwise (`Refused`).

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use axum::response::{IntoResponse, Response};

use crate::{
    app::App,
    domain::{Claim, Instant, RelyingParty, SubjectId},
    policy::{Portal, release},
    web::{
        Params, Visit,
        page::{MessagePage, Page},
    },
};

use super::{
    checks::{self, acr::Acr, claims::Requested, client_id::Client, prompt::Prompt},
    error::{Error, Shown},
    hint::Hint,
    reply::Reply,
};

/// The parameters that we know; others are ignored (RFC 6749 §3.1).
pub(super) const KNOWN: [&str; 21] = [
    "client_id",
    "redirect_uri",
    "response_type",
    "response_mode",
    "scope",
    "state",
    "nonce",
    "code_challenge",
    "code_challenge_method",
    "prompt",
    "max_age",
    "login_hint",
    "id_token_hint",
    "ui_locales",
    "claims",
    "claims_locales",
    "acr_values",
    "display",
    "request",
    "request_uri",
    "registration",
];

/// The most that a request may be, in bytes as a query: it is kept while somebody signs in.
pub(super) const MOST: usize = 16 * 1024;

/// A request that may be answered (RFC 6749 §4.1.1, OpenID Connect Core §3.1.2.1).
#[derive(Clone, Debug)]
pub(super) struct AuthorizationRequest {
    pub(super) party: Arc<RelyingParty>,
    pub(super) reply: Reply,
    /// The granted scopes.
    pub(super) scope: Vec<String>,
    /// What UserInfo will tell.
    pub(super) claims: BTreeSet<Claim>,
    /// What the ID token will tell beside its own claims.
    pub(super) id_token_claims: BTreeSet<Claim>,
    /// Whom the answer must be about, if the request says so (OpenID Connect Core §3.1.2.2).
    pub(super) subject: Option<SubjectId>,
    pub(super) nonce: Option<String>,
    pub(super) code_challenge: Option<String>,
    pub(super) prompt: Prompt,
    pub(super) max_age: Option<Duration>,
    pub(super) acr: Acr,
    pub(super) login_hint: Option<String>,
    pub(super) ui_locales: Vec<String>,
}

/// Why a request is not answered with a code.
#[derive(Clone, Debug)]
pub(super) enum Refused {
    /// There is no address that the error may be sent to.
    Shown(Shown),
    /// The client is told (RFC 6749 §4.1.2.1).
    Sent(Box<(Client, Reply)>, Error),
}

/// What a request is compared with.
#[derive(Clone, Copy)]
pub(super) struct Known<'a> {
    /// The registered clients.
    pub(super) client: &'a dyn Fn(&str) -> Option<Client>,
    /// What an ID token says that we signed.
    pub(super) hint: &'a dyn Fn(&str) -> Option<Hint>,
}

/// Reads a request with what is registered now.
pub(super) fn read(app: &App, now: Instant, raw: &Params) -> Result<AuthorizationRequest, Refused> {
    let (registry, keys) = (app.services.load(), app.keys.load());
    let client = |client_id: &str| Client::find(&registry, client_id);
    let hint = |jwt: &str| Hint::read(jwt, app.config.issuer(), &keys, now);
    parse(raw, Known { client: &client, hint: &hint })
}

/// Checks a request, in the order that decides where an error goes.
pub(super) fn parse(raw: &Params, known: Known<'_>) -> Result<AuthorizationRequest, Refused> {
    let client = checks::client_id::check(raw, known.client).map_err(Refused::Shown)?;
    let return_to = checks::redirect_uri::check(raw, &client.oidc).map_err(Refused::Shown)?;
    // An error in these two is sent as if they were not there.
    let (state, response_mode) = (raw.once("state"), checks::response_mode::check(raw));
    let reply = Reply {
        return_to,
        state: state.ok().flatten().map(str::to_owned),
        response_mode: response_mode.clone().unwrap_or_default(),
    };
    let parsed = state.map_err(Error::from).and(response_mode).and_then(|_| further(raw, &client, &reply, known));
    parsed.map_err(|error| Refused::Sent(Box::new((client, reply)), error))
}

fn further(raw: &Params, client: &Client, reply: &Reply, known: Known<'_>) -> Result<AuthorizationRequest, Error> {
    if raw.only(&KNOWN).len() > MOST {
        return Err(Error::invalid_request("the request is too large"));
    }
    for name in KNOWN {
        raw.once(name)?;
    }
    checks::request_object::check(raw)?;
    checks::response_type::check(raw)?;
    let scope = checks::scope::check(raw, &client.oidc)?;
    let code_challenge = checks::code_challenge::check(raw, &client.oidc)?;
    let prompt = checks::prompt::check(raw)?;
    let max_age = checks::max_age::check(raw)?;
    let Requested { userinfo, id_token, subject } = checks::claims::check(raw)?;
    let acr = checks::acr::check(raw)?;
    let hinted = checks::id_token_hint::check(raw, &client.party.id, known.hint)?;
    let released = &client.oidc.release.0;
    let mut claims = release::granted(released, &scope.iter().map(String::as_str).collect::<Vec<_>>());
    claims.extend(userinfo.intersection(released));
    Ok(AuthorizationRequest {
        party: client.party.clone(),
        reply: reply.clone(),
        claims,
        id_token_claims: id_token.intersection(released).copied().collect(),
        subject: subject.or(hinted),
        nonce: raw.once("nonce")?.map(str::to_owned),
        login_hint: checks::hints::login_hint(raw)?,
        ui_locales: checks::hints::ui_locales(raw)?,
        scope,
        code_challenge,
        prompt,
        max_age,
        acr,
    })
}

impl Refused {
    /// Answers it: by a page that names nothing of the request (row SSO-08), or to the client.
    pub(super) fn answer(&self, app: &App, visit: &Visit) -> Response {
        match self {
            Self::Shown(Shown { trouble, error }) => {
                tracing::info!(request.id = %visit.request_id, error = error.code.as_str(), cause = error.description, "an authorization request was refused");
                let page = MessagePage::error(&visit.place, *trouble, Vec::new());
                Page::of(&page).status(trouble.status()).into_response()
            }
            Self::Sent(to, error) => {
                let (client, reply) = &**to;
                log(visit, &client.party, error);
                reply.error(app, &visit.at(&portal(app, &client.party), &[]), error)
            }
        }
    }
}

/// What the operator can tell a client's developer.
pub(super) fn log(visit: &Visit, party: &RelyingParty, error: &Error) {
    let cause = error.cause.as_deref().unwrap_or(error.description);
    tracing::info!(request.id = %visit.request_id, relying_party.id = %party.id, error = error.code.as_str(), cause, "an authorization request was refused");
}

/// A client's portal; the default one where the configuration has lost it.
pub(super) fn portal(app: &App, party: &RelyingParty) -> Arc<Portal> {
    let portals = &app.config.policy.portals;
    portals.find(&party.portal).unwrap_or_else(|| portals.default_portal()).clone()
}
