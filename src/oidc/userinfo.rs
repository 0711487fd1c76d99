//! The `UserInfo` endpoint (OpenID Connect Core §5.3), by bearer token (RFC 6750).

use axum::{
    Json,
    extract::{RawForm, State},
    http::{HeaderMap, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Map, Value};

use crate::{
    app::App,
    domain::{Fault, Secret},
    policy::release,
    store::{grants, people, subjects},
    web::{Params, Visit},
};

use super::{error::Error, request::Request, token::CLOSED};

/// The claims that an access token opens. No cookie is read: it needs no form token.
pub(super) async fn show(
    State(app): State<App>,
    visit: Visit,
    method: Method,
    headers: HeaderMap,
    RawForm(body): RawForm,
) -> Response {
    let in_body = if method == Method::POST {
        Params::of(&body).once("access_token").ok().flatten().map(Secret::new)
    } else {
        None
    };
    let token = match (bearer(&headers), in_body) {
        (Some(_), Some(_)) => return Error::invalid_request("the token came in two ways").into_response(),
        (Some(token), None) | (None, Some(token)) => token,
        // RFC 6750 §3.1: without a token nothing is said but how to bring one.
        (None, None) => return (StatusCode::UNAUTHORIZED, [(header::WWW_AUTHENTICATE, "Bearer")]).into_response(),
    };
    match claims(&app, &visit, &token).await {
        Ok(Some(claims)) => Json(Value::Object(claims)).into_response(),
        Ok(None) => CLOSED.into_response(),
        Err(fault) => Error::fault(&fault).into_response(),
    }
}

fn bearer(headers: &HeaderMap) -> Option<Secret> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| Secret::new(token.trim()))
}

async fn claims(app: &App, visit: &Visit, token: &Secret) -> Result<Option<Map<String, Value>>, Fault> {
    let Some(grant) = grants::find_by_token(&app.db, &token.digest(), visit.now).await? else { return Ok(None) };
    let registry = app.services.load();
    let Some(party) = registry.find(&grant.relying_party_id) else { return Ok(None) };
    let Some(client) = &party.oidc else { return Ok(None) };
    let Some(facts) = people::find_facts(&app.db, &grant.account_id).await? else { return Ok(None) };
    if !facts.account.may_sign_in() || grant.created_at < facts.account.valid_since {
        return Ok(None);
    }
    let subject = subjects::find(&app.db, &grant.account_id, &party.sector).await?;
    let request: Request = serde_json::from_str(&grant.document)?;
    let told = request
        .at_userinfo(client)
        .into_iter()
        .filter_map(|claim| Some((claim.name().to_owned(), release::value(claim, &facts, subject.as_ref())?)));
    let mut claims: Map<String, Value> = told.collect();
    // The subject is always there (OpenID Connect Core §5.3.2).
    claims.insert("sub".into(), serde_json::json!(subject));
    Ok(Some(claims))
}
