//! The authorization endpoint (RFC 6749 §3.1, OpenID Connect Core §3.1.2).

use std::time::Duration;

use axum::{
    extract::{RawForm, RawQuery, State},
    response::Response,
};

use crate::{
    app::App,
    domain::{Asked, Digest, Fault, Step},
    ephemeral::Kind,
    signin::{self, door},
    store::{sessions::Standing, subjects},
    web::{Answered, Params, Visit, page::Trouble, see_other},
};

use super::{
    answer,
    request::{Answer, Parsed, parse, silence},
};

/// How long a posted request waits for its browser to come back.
const POSTED: Duration = Duration::from_mins(5);

/// A request by GET.
pub(super) async fn show(State(app): State<App>, visit: Visit, RawQuery(query): RawQuery) -> Answered {
    let raw = Params::of(query.unwrap_or_default().as_bytes());
    match raw.once("posted") {
        Ok(Some(key)) => match posted(&app, &visit, key).await? {
            Some(raw) => authorize(&app, &visit, &raw).await,
            None => Ok(answer::page(&app, &visit, Trouble::InteractionGone, None)),
        },
        _ => authorize(&app, &visit, &raw).await,
    }
}

/// A request by POST comes across sites without our cookies: it is kept, and the browser comes back with a GET of our own,
/// which carries them (design §6). It shows and changes nothing of anybody, so it needs no form token.
pub(super) async fn post(State(app): State<App>, visit: Visit, RawForm(body): RawForm) -> Answered {
    if let Err(refused) = parse(&Params::of(&body), &app.services.load()) {
        return Ok(answer::refuse(&app, &visit, refused, None));
    }
    let key = app.rng.secret();
    let text = String::from_utf8_lossy(&body).into_owned();
    app.ephemeral.put(Kind::Posted, &key.digest(), &text, visit.now, POSTED).await?;
    Ok(see_other(&format!("/oidc/authorize?posted={}", key.reveal())))
}

/// A kept request; it stays for its time, so that the page can be reloaded.
async fn posted(app: &App, visit: &Visit, key: &str) -> Result<Option<Params>, Fault> {
    let key = Digest::of(key.as_bytes());
    let Some(text) = app.ephemeral.take::<String>(Kind::Posted, &key, visit.now).await? else { return Ok(None) };
    app.ephemeral.put(Kind::Posted, &key, &text, visit.now, POSTED).await?;
    Ok(Some(Params::of(text.as_bytes())))
}

async fn authorize(app: &App, visit: &Visit, raw: &Params) -> Answered {
    let parsed = match parse(raw, &app.services.load()) {
        Ok(parsed) => parsed,
        Err(refused) => return Ok(answer::refuse(app, visit, refused, None)),
    };
    let portals = &app.config.policy.portals;
    let portal = portals.find(&parsed.party.portal).unwrap_or_else(|| portals.default_portal());
    let visit = visit.at(portal, &parsed.wishes.ui_locales);
    let asked = signin::Request {
        relying_party: Some(parsed.party.clone()),
        portal: portal.clone(),
        asked: Asked::Oidc(serde_json::to_value(&parsed.request)?),
        demands: parsed.demands(visit.now),
    };
    let (mut step, standing) = door::look(app, &visit.visitor, &asked).await?;
    let mut asked = asked;
    if let (Step::Answer, Some(standing)) = (&step, &standing) {
        if is_hinted(app, &visit, &parsed, standing).await? {
            return answer::code(app, &visit, parsed.request, standing).await;
        }
        step = Step::Authenticate;
        asked.demands.authenticate_after = Some(visit.now + Duration::from_millis(1));
    }
    if parsed.wishes.prompt.none {
        return Ok(silently(app, &visit, &parsed, &step));
    }
    let id = door::begin(app, &visit.visitor, asked).await?;
    Ok(see_other(&format!("/connexion?i={id}")))
}

fn silently(app: &App, visit: &Visit, parsed: &Parsed, step: &Step) -> Response {
    answer::refuse(app, visit, Answer::Redirect(Box::new(parsed.request.to.clone()), silence(step)), None)
}

/// Whether the person at the door is the one that `id_token_hint` names (OpenID Connect Core §3.1.2.1); a hint that is not
/// ours says nothing.
async fn is_hinted(app: &App, visit: &Visit, parsed: &Parsed, standing: &Standing) -> Result<bool, Fault> {
    let Some(hint) = &parsed.wishes.id_token_hint else { return Ok(true) };
    let Some(claims) = app.keys.load().verify(hint, visit.now) else { return Ok(true) };
    let subject = subjects::find(&app.db, &standing.account.id, &parsed.party.sector).await?;
    let named = claims.get("sub").and_then(serde_json::Value::as_str);
    Ok(named == subject.as_ref().map(crate::domain::SubjectId::as_str))
}
