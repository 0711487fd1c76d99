//! RP-initiated logout (OpenID Connect RP-Initiated Logout 1.0).

use axum::{
    extract::{RawForm, RawQuery, State},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{
    app::App,
    domain::{RelyingParty, RelyingPartyId},
    signin::{door, sign_out},
    store::sessions,
    web::{
        Answered, Guarded, Params, Visit,
        page::{MessagePage, Page, SignOut, SignOutQuestionPage, Trouble},
        see_other,
    },
};

use super::answer;

/// What a client asks for, checked.
struct Ending {
    /// The session that the hint proves to be meant.
    sid: Option<String>,
    /// Where the browser goes afterwards: matched, `state` appended.
    to: Option<String>,
}

/// By GET.
pub(super) async fn show(State(app): State<App>, visit: Visit, RawQuery(query): RawQuery) -> Answered {
    end(&app, &visit, &Params::of(query.unwrap_or_default().as_bytes())).await
}

/// By POST, across sites: without our cookies the hint alone says which session is meant. It needs no form token, for what
/// is not proven by the hint is asked of the person.
pub(super) async fn post(State(app): State<App>, visit: Visit, RawForm(body): RawForm) -> Answered {
    end(&app, &visit, &Params::of(&body)).await
}

async fn end(app: &App, visit: &Visit, raw: &Params) -> Answered {
    let ending = match parse(app, visit, raw) {
        Ok(ending) => ending,
        Err(trouble) => return Ok(answer::page(app, visit, trouble, None)),
    };
    let hinted = match &ending.sid {
        Some(sid) => sessions::find_by_sid(&app.db, sid).await?,
        None => None,
    };
    if let Some(session) = &hinted {
        sign_out::end(app, &visit.visitor, session).await?;
        if visit.visitor.session.as_ref() == Some(session) {
            visit.forget_session();
        }
        return Ok(ended(visit, ending.to.as_deref()));
    }
    let Some(standing) = door::standing(app, &visit.visitor).await? else {
        return Ok(ended(visit, ending.to.as_deref()));
    };
    let to = ending.to.unwrap_or_default();
    let page = SignOutQuestionPage::new(
        &visit.place,
        &SignOut {
            action: "/oidc/end_session/oui",
            form_token: visit.form_token.as_str(),
            hidden: &[("to", &to), ("seal", app.sealer.tag("end_session", to.as_bytes()).as_str())],
            name: &standing.full_name,
            back: "/",
        },
    );
    Ok(Page::of(&page).into_response())
}

/// The answer to the question.
#[derive(Debug, Deserialize)]
pub(super) struct Yes {
    #[serde(default)]
    to: String,
    #[serde(default)]
    seal: String,
}

/// The person agreed. The address is one that was matched before the question: its tag proves it.
pub(super) async fn yes(State(app): State<App>, Guarded(visit, yes): Guarded<Yes>) -> Answered {
    if let Some(session) = &visit.visitor.session {
        sign_out::end(&app, &visit.visitor, session).await?;
    }
    visit.forget_session();
    let to = Some(yes.to).filter(|to| !to.is_empty() && app.sealer.is_tag("end_session", to.as_bytes(), &yes.seal));
    Ok(ended(&visit, to.as_deref()))
}

fn ended(visit: &Visit, to: Option<&str>) -> Response {
    to.map_or_else(|| Page::of(&MessagePage::signed_out(&visit.place, None)).into_response(), see_other)
}

/// §2: the hint must be ours and of the client that `client_id` names; an address must be registered for it, to the
/// character. An address without a client that it could be matched with is refused.
fn parse(app: &App, visit: &Visit, raw: &Params) -> Result<Ending, Trouble> {
    let once = |name: &str| raw.once(name).map_err(|_| Trouble::RequestRefused);
    let registry = app.services.load();
    let claims = match once("id_token_hint")? {
        Some(hint) => Some(app.keys.load().verify(hint, visit.now).ok_or(Trouble::RequestRefused)?),
        None => None,
    };
    let text = |claims: &Map<String, Value>, name: &str| claims.get(name).and_then(Value::as_str).map(str::to_owned);
    let audience = claims.as_ref().and_then(|claims| text(claims, "aud"));
    if claims.as_ref().is_some_and(|claims| text(claims, "iss").as_deref() != Some(app.config.issuer())) {
        return Err(Trouble::RequestRefused);
    }
    let client_id = match (audience, once("client_id")?) {
        (Some(audience), Some(client_id)) if audience != client_id => return Err(Trouble::RequestRefused),
        (Some(audience), _) => Some(audience),
        (None, client_id) => client_id.map(str::to_owned),
    };
    let party = client_id.and_then(|id| registry.find(&RelyingPartyId::new(id)).cloned());
    let to = match once("post_logout_redirect_uri")? {
        None => None,
        Some(uri) => Some(matched(party.as_deref(), uri, once("state")?).ok_or(Trouble::UnknownService)?),
    };
    Ok(Ending { sid: claims.as_ref().and_then(|claims| text(claims, "sid")), to })
}

fn matched(party: Option<&RelyingParty>, uri: &str, state: Option<&str>) -> Option<String> {
    let client = party?.oidc.as_ref()?;
    let fields: Vec<(&str, &str)> = state.map(|state| ("state", state)).into_iter().collect();
    let is_registered = client.post_logout_redirect_uris.iter().any(|known| known == uri);
    is_registered.then(|| if fields.is_empty() { uri.to_owned() } else { answer::with_query(uri, &fields) })
}
