//! `/oidc/end_session`: a client asks for the end of the session (OpenID Connect RP-Initiated Logout 1.0).
//!
//! A GET ends a session only where it carries an ID token of whoever is signed in; else a person is asked. The browser goes
//! on to no address but one that is registered for the client, to the character.

use std::sync::Arc;

use axum::{
    extract::{RawForm, RawQuery, State, rejection::RawFormRejection},
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use crate::{
    app::App,
    domain::{Fault, Instant, RelyingParty},
    signin::{door, sign_out},
    store::{sessions::Standing, subjects},
    web::{
        Answered, Guarded, Params, Visit,
        page::{MessagePage, Page, SignOut, SignOutQuestionPage, Way},
        see_other,
    },
};

use super::{
    checks::{client_id::Client, hints},
    error::{Code, Error, Shown},
    hint::Hint,
    reply::with_query,
    request,
};

pub(super) const PATH: &str = "/oidc/end_session";
/// Where the person's answer is posted.
pub(super) const CONFIRM: &str = "/oidc/end_session/confirm";

const KNOWN: [&str; 6] =
    ["id_token_hint", "logout_hint", "client_id", "post_logout_redirect_uri", "state", "ui_locales"];

/// The most that a posted request may be to go on as a GET, in bytes as a query.
const MOST: usize = 8 * 1024;

/// What a client asked for, as far as it may.
#[derive(Clone, Debug, Default)]
struct Ending {
    /// Who asks, as far as that is known.
    party: Option<Arc<RelyingParty>>,
    /// The ID token that it showed, if it is one of ours for this client.
    hint: Option<Hint>,
    /// Where the browser goes on: matched, with the `state`.
    back: Option<String>,
    ui_locales: Vec<String>,
}

impl Ending {
    fn read(app: &App, now: Instant, raw: &Params) -> Result<Self, Shown> {
        let hint = raw.once("id_token_hint")?;
        let read = hint.and_then(|jwt| Hint::read(jwt, app.config.issuer(), &app.keys.load(), now));
        let find = |client_id: &str| Client::find(&app.services.load(), client_id);
        Self::parse(raw, read, find)
    }

    /// Checks a request. `hint` is what the shown ID token says, if we signed it; `find` knows the registered clients.
    fn parse(raw: &Params, hint: Option<Hint>, find: impl Fn(&str) -> Option<Client>) -> Result<Self, Shown> {
        let client_id = raw.once("client_id")?;
        let (redirect_uri, state) = (raw.once("post_logout_redirect_uri")?, raw.once("state")?);
        let ui_locales = hints::ui_locales(raw)?;
        if let (Some(hint), Some(client_id)) = (&hint, client_id)
            && hint.client_id.as_str() != client_id
        {
            return Err(Error::invalid_request("the ID token was issued to another client").into());
        }
        let named = hint.as_ref().map(|hint| hint.client_id.as_str()).or(client_id);
        let client = named.and_then(find);
        if client_id.is_some() && client.is_none() {
            return Err(Shown::unknown(Error::new(Code::UnauthorizedClient, "the client is not registered")));
        }
        // Who shows a token that is not ours is led nowhere; so is who does not say who asks.
        let is_doubtful = hint.is_none() && raw.once("id_token_hint")?.is_some();
        let back = match (&client, redirect_uri.filter(|_| !is_doubtful)) {
            (Some(client), Some(uri)) => {
                if !client.oidc.post_logout_redirect_uris.iter().any(|registered| registered == uri) {
                    let error = Error::invalid_request("post_logout_redirect_uri is not registered for this client");
                    return Err(Shown::unknown(error));
                }
                Some(with_query(uri, state.into_iter().map(|state| ("state", state))))
            }
            _ => None,
        };
        Ok(Self { party: client.map(|client| client.party), hint, back, ui_locales })
    }

    /// Whether the ID token is of who stands at the door: of this very session, or of another of the same person.
    async fn is_of(&self, app: &App, standing: &Standing) -> Result<bool, Fault> {
        let (Some(hint), Some(party)) = (&self.hint, &self.party) else { return Ok(false) };
        if hint.sid.as_ref() == Some(&standing.session.sid) {
            return Ok(true);
        }
        let subject = subjects::find(&app.db, &standing.account.id, &party.sector).await?;
        Ok(subject.as_ref() == Some(&hint.subject))
    }

    /// The session is over: back to the client, or a page that leads there.
    fn over(&self, visit: &Visit, goes_on: bool) -> Response {
        if let (Some(back), true) = (&self.back, goes_on) {
            return see_other(back);
        }
        let home = self.party.as_ref().and_then(|party| party.home.as_ref()).map(url::Url::as_str);
        let way = self.back.as_deref().or(home);
        let back = self.party.as_ref().zip(way).map(|(party, way)| (party.name.as_str(), way));
        Page::of(&MessagePage::signed_out(&visit.place, back)).into_response()
    }

    /// The visit at the portal of who asks.
    fn visit(&self, app: &App, visit: &Visit) -> Visit {
        let portal =
            self.party.as_ref().map_or_else(|| visit.place.portal.clone(), |party| request::portal(app, party));
        visit.at(&portal, &self.ui_locales)
    }
}

/// A request by GET.
pub(super) async fn show(State(app): State<App>, visit: Visit, RawQuery(query): RawQuery) -> Answered {
    let raw = Params::of(query.unwrap_or_default().as_bytes());
    let ending = match Ending::read(&app, visit.now, &raw) {
        Ok(ending) => ending,
        Err(shown) => return Ok(refused(&visit, &shown)),
    };
    let visit = ending.visit(&app, &visit);
    let Some(standing) = door::standing(&app, &visit.visitor).await? else {
        return Ok(ending.over(&visit, ending.hint.is_some()));
    };
    if ending.is_of(&app, &standing).await? {
        end(&app, &visit).await?;
        return Ok(ending.over(&visit, true));
    }
    let carried: Vec<(&str, &str)> = ["client_id", "post_logout_redirect_uri", "state"]
        .into_iter()
        .filter_map(|name| Some((name, raw.once(name).ok().flatten()?)))
        .filter(|_| ending.back.is_some())
        .collect();
    // The hint named the client, and it does not travel on.
    let hinted = ending.hint.as_ref().filter(|_| ending.back.is_some() && raw.once("client_id") == Ok(None));
    let hinted = hinted.map(|hint| ("client_id", hint.client_id.as_str()));
    let hidden: Vec<(&str, &str)> = carried.into_iter().chain(hinted).collect();
    let question = SignOut {
        action: CONFIRM,
        form_token: visit.form_token.as_str(),
        hidden: &hidden,
        name: &standing.full_name,
        back: "/",
    };
    Ok(Page::of(&SignOutQuestionPage::new(&visit.place, &question)).into_response())
}

/// A request by POST. Its cookies stayed at home if another site's page posted it: nothing is read or set here, and the
/// browser comes again by GET.
pub(super) async fn post(RawQuery(query): RawQuery, form: Result<RawForm, RawFormRejection>) -> Response {
    let form = form.map(|RawForm(form)| Params::of(&form)).unwrap_or_default();
    let query = Params::of(query.unwrap_or_default().as_bytes()).and(form).only(&KNOWN);
    see_other(&format!("{PATH}?{}", if query.len() <= MOST { &query } else { "" }))
}

/// The person's "yes".
#[derive(Debug, Deserialize)]
pub(super) struct Yes {
    client_id: Option<String>,
    post_logout_redirect_uri: Option<String>,
    state: Option<String>,
}

impl Yes {
    fn params(self) -> Params {
        let Self { client_id, post_logout_redirect_uri, state } = self;
        let said = [("client_id", client_id), ("post_logout_redirect_uri", post_logout_redirect_uri), ("state", state)];
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(said.into_iter().filter_map(|(name, value)| Some((name, value?))));
        Params::of(query.finish().as_bytes())
    }
}

/// Ends the session that the person said should end. Where to go on is checked anew.
pub(super) async fn confirm(State(app): State<App>, Guarded(visit, yes): Guarded<Yes>) -> Answered {
    let raw = yes.params();
    end(&app, &visit).await?;
    match Ending::read(&app, visit.now, &raw) {
        Ok(ending) => Ok(ending.over(&ending.visit(&app, &visit), true)),
        Err(_) => Ok(Ending::default().over(&visit, false)),
    }
}

/// The end, here and in the browser. Whom the session served comes out of `sign_out::end`: notices to them start here.
async fn end(app: &App, visit: &Visit) -> Result<(), Fault> {
    if let Some(session) = &visit.visitor.session {
        sign_out::end(app, &visit.visitor, session).await?;
    }
    visit.forget_session();
    Ok(())
}

/// A request that can't be answered ends nothing; the way to our own sign-out is on the page (row SSO-08).
fn refused(visit: &Visit, Shown { trouble, error }: &Shown) -> Response {
    tracing::info!(request.id = %visit.request_id, error = error.code.as_str(), cause = error.description, "a request to end a session was refused");
    let ways = vec![Way::new(visit.place.speaker.say("way-sign-out"), "/deconnexion")];
    Page::of(&MessagePage::error(&visit.place, *trouble, ways)).status(trouble.status()).into_response()
}

#[cfg(test)]
mod tests {
    use super::{
        super::tests::{client, hint},
        *,
    };
    use crate::web::page::Trouble;

    fn ending(query: &str) -> Result<Ending, Trouble> {
        let raw = Params::of(query.as_bytes());
        let read = raw.once("id_token_hint").ok().flatten().and_then(hint);
        Ending::parse(&raw, read, client).map_err(|shown| shown.trouble)
    }

    #[test]
    fn sso_08_the_browser_goes_on_to_registered_addresses_only() {
        const BYE: &str = "post_logout_redirect_uri=https://agenda.example/bye";
        let back = |query: &str| ending(&format!("{query}&{BYE}&state=a+b")).map(|ending| ending.back);
        let whole = Ok(Some("https://agenda.example/bye?state=a+b".to_owned()));
        assert_eq!(back("id_token_hint=agenda:nadia"), whole);
        assert_eq!(back("id_token_hint=agenda:nadia&client_id=agenda"), whole);
        assert_eq!(back("client_id=agenda"), whole);
        assert_eq!(back(""), Ok(None), "nobody says who asks");
        assert_eq!(back("id_token_hint=tampered"), Ok(None));
        assert_eq!(back("id_token_hint=tampered&client_id=agenda"), Ok(None));
        assert_eq!(back("id_token_hint=agenda:nadia&client_id=app"), Err(Trouble::RequestRefused));
        assert_eq!(back("client_id=nobody"), Err(Trouble::UnknownService));
        assert_eq!(back("client_id=agenda&client_id=agenda"), Err(Trouble::RequestRefused));
        let elsewhere = "id_token_hint=agenda:nadia&post_logout_redirect_uri=https://agenda.example/bye?x=1";
        assert_eq!(ending(elsewhere).map(|ending| ending.back), Err(Trouble::UnknownService));
        let plain = ending(&format!("id_token_hint=agenda:nadia&{BYE}")).expect("an ending");
        assert_eq!(plain.back.as_deref(), Some("https://agenda.example/bye"), "no state came, none goes");
    }
}
