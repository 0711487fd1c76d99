//! What the portal's server asks of the stand-in: tokens for a code, and claims for a token.

use std::{collections::BTreeMap, time::Duration};

use axum::{
    Json,
    extract::{RawForm, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{
    Engine,
    prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD},
};
use serde_json::{Map, Value, json};

use super::{Code, Mischief, Sepne, SepneAccount, keep};
use crate::domain::{Digest, Fault, Secret};

/// How long a token is good, in seconds.
const TOKEN: i64 = 300;

/// A code for tokens, once (OpenID Connect Core §3.1.3, RFC 7636 §4.6).
pub(super) async fn exchange(State(sepne): State<Sepne>, headers: HeaderMap, RawForm(form): RawForm) -> Response {
    if !is_client(&sepne, &headers) {
        return refused(StatusCode::UNAUTHORIZED, "invalid_client");
    }
    let given: BTreeMap<String, String> = url::form_urlencoded::parse(&form).into_owned().collect();
    let told = |name: &str| given.get(name).map_or("", String::as_str);
    let code = sepne.held().codes.remove(told("code"));
    let is_proven = |code: &Code| {
        let challenge = Secret::new(told("code_verifier")).digest();
        code.until > sepne.0.clock.now() && challenge.as_str() == code.challenge
    };
    let is_fine = told("grant_type") == "authorization_code" && told("redirect_uri") == sepne.0.client.redirect_uri;
    let Some(code) = code.filter(|code| is_fine && is_proven(code)) else {
        return refused(StatusCode::BAD_REQUEST, "invalid_grant");
    };
    match tokens(&sepne, &code).await {
        Ok(tokens) => ([(header::CACHE_CONTROL, "no-store")], Json(tokens)).into_response(),
        Err(fault) => {
            tracing::error!(cause = %fault, "the stand-in can't sign");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// The claims of who a token was given to (OpenID Connect Core §5.3).
pub(super) async fn userinfo(State(sepne): State<Sepne>, headers: HeaderMap) -> Response {
    let token = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    let address = token.and_then(|token| sepne.held().tokens.get(token).cloned());
    let Some(account) = address.and_then(|address| sepne.account(&address).cloned()) else {
        return StatusCode::UNAUTHORIZED.into_response();
    };
    let mischief = sepne.held().mischief.clone();
    let mut claims = personal(&account, &mischief);
    let is_another = mischief == Mischief::AnotherAtUserInfo;
    claims.insert("sub".into(), if is_another { "another".into() } else { subject(&account).into() });
    Json(claims).into_response()
}

async fn tokens(sepne: &Sepne, code: &Code) -> Result<Value, Fault> {
    let account = sepne.account(&code.address).ok_or_else(|| Fault::new("an account of the stand-in went"))?.clone();
    let mischief = sepne.held().mischief.clone();
    let ring = sepne.ring().await?;
    let access_token = sepne.0.rng.secret().reveal().to_owned();
    keep(&mut sepne.held().tokens, access_token.clone(), account.address.clone());
    let mut now = sepne.0.clock.now().seconds();
    if mischief == Mischief::Old {
        now -= 3_600;
    }
    let mut claims = match &mischief {
        Mischief::ClaimsAtUserInfo | Mischief::AnotherAtUserInfo => Map::new(),
        other => personal(&account, other),
    };
    let said = json!({
        "iss": if mischief == Mischief::WrongIssuer { "https://ailleurs.example" } else { sepne.0.issuer.as_str() },
        "aud": if mischief == Mischief::WrongAudience { "ailleurs" } else { sepne.0.client.id.as_str() },
        "sub": subject(&account),
        "iat": now,
        "auth_time": now,
        "exp": match mischief {
            Mischief::Expired => now - TOKEN,
            Mischief::Old => now + 2 * 3_600,
            _ => now + TOKEN,
        },
        "amr": ["pwd"],
        "at_hash": Digest::of(access_token.as_bytes()).left_half(),
    });
    claims.extend(said.as_object().cloned().unwrap_or_default());
    match (&mischief, &code.nonce) {
        (Mischief::NoNonce, _) | (_, None) => {}
        (Mischief::WrongNonce, Some(_)) => drop(claims.insert("nonce".into(), "un autre".into())),
        (_, Some(nonce)) => drop(claims.insert("nonce".into(), nonce.clone().into())),
    }
    let id_token = ring.sign("RS256", None, &Value::Object(claims))?;
    Ok(json!({
        "access_token": access_token,
        "token_type": "Bearer",
        "expires_in": Duration::from_secs(TOKEN.unsigned_abs()).as_secs(),
        "id_token": twisted(&id_token, &mischief),
    }))
}

/// The claims about the person.
fn personal(account: &SepneAccount, mischief: &Mischief) -> Map<String, Value> {
    let mut claims = Map::from_iter([
        ("email".to_owned(), Value::from(account.address.as_str())),
        ("email_verified".to_owned(), Value::from(*mischief != Mischief::UnverifiedMailbox)),
        ("name".to_owned(), account.name.as_str().into()),
    ]);
    if let Some(number) = &account.student_number {
        claims.insert("student_number".into(), number.as_str().into());
    }
    claims
}

fn subject(account: &SepneAccount) -> String {
    Digest::of(account.address.as_bytes()).as_str().chars().take(22).collect()
}

/// A token with another signature, or of another key.
fn twisted(jws: &str, mischief: &Mischief) -> String {
    let mut parts: Vec<&str> = jws.split('.').collect();
    let other: String = match (mischief, parts.as_slice()) {
        (Mischief::WrongSignature, [_, _, signature]) => signature.chars().rev().collect(),
        (Mischief::UnknownKey, [..]) => {
            BASE64_URL_SAFE_NO_PAD.encode(json!({ "alg": "RS256", "kid": "inconnue" }).to_string())
        }
        _ => return jws.to_owned(),
    };
    let place = if *mischief == Mischief::UnknownKey { 0 } else { 2 };
    if let Some(part) = parts.get_mut(place) {
        *part = &other;
    }
    parts.join(".")
}

/// HTTP Basic (RFC 6749 §2.3.1).
fn is_client(sepne: &Sepne, headers: &HeaderMap) -> bool {
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Basic "));
    let given = given.and_then(|given| String::from_utf8(BASE64_STANDARD.decode(given).ok()?).ok());
    let client = &sepne.0.client;
    let encoded = |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let expected = Secret::new(format!("{}:{}", encoded(&client.id), encoded(&client.secret)));
    given.is_some_and(|given| Secret::new(given).matches(&expected))
}

fn refused(status: StatusCode, error: &str) -> Response {
    (status, Json(json!({ "error": error }))).into_response()
}
