//! `/oidc/userinfo`: what a client may know of the person, for its access token (OpenID Connect Core §5.3, RFC 6750).

use axum::{
    extract::{RawForm, State, rejection::RawFormRejection},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Map, Value};

use crate::{
    app::App,
    domain::{Account, Fault, Grant, Instant, Secret, SubjectId},
    policy::release,
    store::{accounts, grants, people, subjects},
    web::{Call, Params},
};

use super::{
    checks::client_id::Client,
    error::{Code, Error},
};

pub(super) const PATH: &str = "/oidc/userinfo";

/// By GET: the token is in the header.
pub(super) async fn show(State(app): State<App>, call: Call, headers: HeaderMap) -> Response {
    answer(&app, &call, &headers, &Params::default()).await
}

/// By POST: the token is in the header or in the form (RFC 6750 §2.2).
pub(super) async fn post(
    State(app): State<App>,
    call: Call,
    headers: HeaderMap,
    form: Result<RawForm, RawFormRejection>,
) -> Response {
    // A POST without a form has its token in the header.
    let form = form.map(|RawForm(form)| Params::of(&form)).unwrap_or_default();
    answer(&app, &call, &headers, &form).await
}

async fn answer(app: &App, call: &Call, headers: &HeaderMap, form: &Params) -> Response {
    let token = match token(headers, form) {
        Ok(Some(token)) => token,
        // RFC 6750 §3.1: who shows nothing is told what to show, and of no error.
        Ok(None) => {
            let challenge = HeaderValue::from_static("Bearer realm=\"preau\"");
            return (StatusCode::UNAUTHORIZED, [(header::WWW_AUTHENTICATE, challenge)]).into_response();
        }
        Err(error) => return error.at_resource(),
    };
    match tell(app, call.now, &token).await {
        Ok(Some(claims)) => axum::Json(claims).into_response(),
        Ok(None) => Error::new(Code::InvalidToken, "the access token is unknown, expired or revoked").at_resource(),
        Err(fault) => {
            let remedy = fault.remedy.as_deref().unwrap_or("");
            tracing::error!(request.id = %call.request_id, cause = %fault.cause, remedy, "claims could not be told");
            Error::new(Code::ServerError, "the claims can not be told now").at_resource()
        }
    }
}

/// The access token, shown in one way.
fn token(headers: &HeaderMap, form: &Params) -> Result<Option<Secret>, Error> {
    let in_form = form.once("access_token")?;
    let mut lines = headers.get_all(header::AUTHORIZATION).iter();
    let in_header = match (lines.next(), lines.next()) {
        (None, _) => None,
        (Some(line), None) => Some(line.to_str().ok().and_then(bearer)),
        (Some(_), Some(_)) => return Err(Error::invalid_request("the Authorization header comes twice")),
    };
    match (in_header, in_form) {
        (Some(_), Some(_)) => Err(Error::invalid_request("the access token is sent in two ways")),
        (Some(Some(token)), None) => Ok(Some(Secret::new(token))),
        // Another scheme, or nothing after it.
        (Some(None), None) => Err(Error::invalid_request("the Authorization header is not a bearer token")),
        (None, token) => Ok(token.map(Secret::new)),
    }
}

fn bearer(line: &str) -> Option<&str> {
    let (scheme, token) = line.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

/// The claims; none where the token is good for nothing. The registration of this moment and the account's state decide.
async fn tell(app: &App, now: Instant, token: &Secret) -> Result<Option<Map<String, Value>>, Fault> {
    let Some(grant) = grants::find_by_access_token(&app.db, &token.digest(), now).await? else { return Ok(None) };
    let account = accounts::find(&app.db, &grant.account_id).await?;
    let client = Client::find(&app.services.load(), grant.relying_party_id.as_str());
    let (Some(account), Some(client)) = (account.filter(|account| is_in_order(account, &grant)), client) else {
        return Ok(None);
    };
    let fresh = SubjectId::new(app.rng.id());
    let subject = subjects::find_or_add(&app.db, &account.id, &client.party.sector, fresh).await?;
    let Some(facts) = people::find_facts(&app.db, &account.id).await? else { return Ok(None) };
    let claims = grant.given.claims.intersection(&client.oidc.release.0);
    let told =
        claims.filter_map(|claim| Some((claim.name().to_owned(), release::value(*claim, &facts, Some(&subject))?)));
    let mut told: Map<String, Value> = told.collect();
    told.insert("sub".into(), serde_json::to_value(&subject)?);
    Ok(Some(told))
}

/// Whether an account still stands behind what it once granted: it may sign in, and was not made void since.
fn is_in_order(account: &Account, grant: &Grant) -> bool {
    account.may_sign_in() && grant.created_at >= account.valid_since
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_shown_in_one_way() {
        let shown = |lines: &[&'static str], form: &str| {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append(header::AUTHORIZATION, HeaderValue::from_static(line));
            }
            token(&headers, &Params::of(form.as_bytes())).map(|token| token.map(|token| token.reveal().to_owned()))
        };
        assert_eq!(shown(&["Bearer abc"], ""), Ok(Some("abc".into())));
        assert_eq!(shown(&["bearer  abc "], ""), Ok(Some("abc".into())));
        assert_eq!(shown(&[], "access_token=abc"), Ok(Some("abc".into())));
        assert_eq!(shown(&[], ""), Ok(None));
        for (lines, form) in [
            (&["Bearer abc"][..], "access_token=abc"),
            (&["Bearer abc", "Bearer abc"], ""),
            (&["Basic abc"], ""),
            (&["Bearer "], ""),
            (&[], "access_token=a&access_token=b"),
        ] {
            assert!(shown(lines, form).is_err(), "{lines:?} {form}");
        }
    }
}
