//! An authorization request, parsed: what holds a `ReturnTo` has passed the exact match.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use serde::{Deserialize, Serialize};

use crate::{
    app::Registry,
    domain::{Claim, Demands, Instant, OidcClient, RelyingParty, RelyingPartyId, ReturnTo},
    policy::release::granted,
    web::{Params, page::Trouble},
};

use super::{
    checks,
    error::{Code, Error},
};

/// An authorization request (RFC 6749 §4.1.1, OpenID Connect Core §3.1.2.1) as it is kept while somebody signs in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Request {
    pub(super) client_id: RelyingPartyId,
    pub(super) to: Return,
    pub(super) scopes: BTreeSet<String>,
    pub(super) nonce: Option<String>,
    pub(super) code_challenge: Option<String>,
    pub(super) claims: ClaimsRequest,
}

/// Where the answer goes, and how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Return {
    pub(super) to: ReturnTo,
    pub(super) state: Option<String>,
    pub(super) mode: ResponseMode,
}

/// How an answer travels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum ResponseMode {
    /// In the address.
    #[default]
    Query,
    /// In a form that the browser posts (OAuth 2.0 Form Post Response Mode).
    FormPost,
}

/// The `claims` parameter (OpenID Connect Core §5.5), as far as it names claims that are known here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ClaimsRequest {
    pub(super) userinfo: BTreeSet<Claim>,
    pub(super) id_token: BTreeSet<Claim>,
}

/// What a request asks of the sign-in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Wishes {
    pub(super) prompt: Prompt,
    pub(super) max_age: Option<Duration>,
    pub(super) login_hint: Option<String>,
    pub(super) ui_locales: Vec<String>,
    pub(super) id_token_hint: Option<String>,
}

/// `prompt` (OpenID Connect Core §3.1.2.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Prompt {
    pub(super) none: bool,
    pub(super) login: bool,
    pub(super) consent: bool,
}

/// Where an error goes: until the return address has passed its match it can only be shown.
#[derive(Debug)]
pub(super) enum Answer {
    Page(Trouble),
    Redirect(Box<Return>, Error),
}

/// A parsed request with its client.
#[derive(Debug)]
pub(super) struct Parsed {
    pub(super) party: Arc<RelyingParty>,
    pub(super) request: Request,
    pub(super) wishes: Wishes,
}

/// Parses a request, in the order that decides where an error goes.
pub(super) fn parse(raw: &Params, registry: &Registry) -> Result<Parsed, Answer> {
    let page = || Answer::Page(Trouble::UnknownService);
    let client_id = raw.once("client_id").ok().flatten().ok_or_else(page)?;
    let party = registry.find(&RelyingPartyId::new(client_id)).cloned().ok_or_else(page)?;
    let client = party.oidc.as_ref().ok_or_else(page)?;
    let to = checks::redirect_uri(raw, client).ok_or_else(page)?;
    let state = raw.once("state").map(|state| state.map(str::to_owned));
    let mode = checks::response_mode(raw);
    let back = Return { to, state: state.clone().unwrap_or_default(), mode: mode.unwrap_or_default() };
    let checked = || -> Result<(Request, Wishes), Error> {
        state.map_err(|_| Error::invalid_request("state came more than once"))?;
        mode?;
        checks::response_type(raw)?;
        checks::unsupported(raw)?;
        let request = Request {
            client_id: party.id.clone(),
            to: back.clone(),
            scopes: checks::scope(raw, client)?,
            nonce: checks::text(raw, "nonce")?,
            code_challenge: checks::code_challenge(raw, client)?,
            claims: checks::claims(raw)?,
        };
        let wishes = Wishes {
            prompt: checks::prompt(raw)?,
            max_age: checks::max_age(raw)?,
            login_hint: checks::text(raw, "login_hint")?,
            ui_locales: checks::words(raw, "ui_locales")?,
            id_token_hint: checks::text(raw, "id_token_hint")?,
        };
        Ok((request, wishes))
    };
    match checked() {
        Ok((request, wishes)) => Ok(Parsed { request, wishes, party: party.clone() }),
        Err(error) => Err(Answer::Redirect(Box::new(back), error)),
    }
}

impl Parsed {
    /// What the session must fulfil. `max_age` is counted from the moment of asking, so that slow steps do not ask twice.
    pub(super) fn demands(&self, now: Instant) -> Demands {
        let moment = Duration::from_millis(1);
        let login = self.wishes.prompt.login.then(|| now + moment);
        Demands {
            authenticate_after: login.max(self.wishes.max_age.map(|age| now - age)),
            ask_consent: self.wishes.prompt.consent && !self.party.first_party,
            consent_refused: false,
            claims: self
                .party
                .oidc
                .as_ref()
                .map(|client| self.request.claims(client).into_iter().collect())
                .unwrap_or_default(),
            login_hint: self.wishes.login_hint.clone(),
            ui_locales: self.wishes.ui_locales.clone(),
        }
    }
}

impl Request {
    /// Every claim that this request may learn, at `UserInfo` and in the ID token.
    pub(super) fn claims(&self, client: &OidcClient) -> BTreeSet<Claim> {
        self.at_userinfo(client).union(&self.in_id_token(client)).copied().collect()
    }

    /// The claims at `UserInfo`: of the scopes and of the `claims` parameter, never more than the registration releases.
    pub(super) fn at_userinfo(&self, client: &OidcClient) -> BTreeSet<Claim> {
        let scopes: Vec<&str> = self.scopes.iter().map(String::as_str).collect();
        let mut claims = granted(&client.release.0, &scopes);
        claims.extend(self.claims.userinfo.intersection(&client.release.0));
        claims
    }

    /// The claims in the ID token: only those that the `claims` parameter asks for there.
    pub(super) fn in_id_token(&self, client: &OidcClient) -> BTreeSet<Claim> {
        self.claims.id_token.intersection(&client.release.0).copied().collect()
    }

    /// The same request under today's registration; nothing where its return address is registered no more.
    pub(super) fn still_fine(&self, registry: &Registry) -> Option<Arc<RelyingParty>> {
        let party = registry.find(&self.client_id)?.clone();
        party.oidc.as_ref()?.return_to(self.to.to.as_str())?;
        Some(party)
    }
}

/// The error that says why `prompt=none` can't be answered (OpenID Connect Core §3.1.2.6).
pub(super) const fn silence(step: &crate::domain::Step) -> Error {
    use crate::domain::Step;
    match step {
        Step::Consent => Error::new(Code::ConsentRequired, "the person has not agreed yet"),
        Step::NotWelcome => Error::new(Code::InteractionRequired, "the person must choose another account"),
        Step::ChooseProfile | Step::Authenticate | Step::Answer => {
            Error::new(Code::LoginRequired, "nobody is signed in")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn no_request_makes_the_parser_stumble(text in ".*") {
            let _ = parse(&Params::of(text.as_bytes()), &Registry::default()).is_ok();
        }
    }
}
