//! The authorization code grant (RFC 6749 §4.1.3, RFC 7636 §4.6, OpenID Connect Core §3.1.3).

use axum::{
    Json,
    http::header,
    response::{IntoResponse, Response},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use crate::{
    app::App,
    domain::{Account, Digest, Event, Facts, Fault, GrantId, RelyingParty, Secret, ServedParty, SubjectId},
    ephemeral::Kind,
    oidc::{
        answer::Granted,
        checks,
        error::{Code, Error},
    },
    policy::release,
    store::{audit, grants, people, sessions, subjects},
    web::{Params, Visit},
};

/// Exchanges a code, once, for an access token and an ID token.
pub(super) async fn exchange(app: &App, visit: &Visit, party: &RelyingParty, raw: &Params) -> Result<Response, Error> {
    let code = checks::text(raw, "code")?.ok_or(Error::invalid_request("code is missing"))?;
    let code = Digest::of(code.as_bytes());
    let fault = |fault: Fault| Error::fault(&fault);
    let Some(granted) = app.ephemeral.take::<Granted>(Kind::Code, &code, visit.now).await.map_err(fault)? else {
        replayed(app, visit, &code).await.map_err(fault)?;
        return Err(Error::invalid_grant("the code is unknown, used or too old"));
    };
    fits(&granted, party, raw)?;
    tokens(app, visit, party, (granted, code))
        .await
        .map_err(fault)?
        .ok_or(Error::invalid_grant("the account is closed"))
}

/// Whether the code was given to this client, for this address, to whoever made this challenge.
fn fits(granted: &Granted, party: &RelyingParty, raw: &Params) -> Result<(), Error> {
    let request = &granted.request;
    if request.client_id != party.id {
        return Err(Error::invalid_grant("the code was given to another client"));
    }
    if checks::text(raw, "redirect_uri")?.as_deref() != Some(request.to.to.as_str()) {
        return Err(Error::invalid_grant("redirect_uri is not the one that the code was sent to"));
    }
    match (&request.code_challenge, checks::text(raw, "code_verifier")?) {
        (None, None) => Ok(()),
        (Some(challenge), Some(verifier))
            if is_verifier(&verifier) && Digest::of(verifier.as_bytes()).as_str() == challenge =>
        {
            Ok(())
        }
        (Some(_), Some(_)) => Err(Error::invalid_grant("code_verifier does not fit the challenge")),
        (Some(_), None) => Err(Error::invalid_grant("code_verifier is missing")),
        // RFC 9700 §2.1.1: a verifier without a challenge is a code of another request.
        (None, Some(_)) => Err(Error::invalid_grant("the code was asked for without code_challenge")),
    }
}

/// RFC 7636 §4.1: 43 to 128 unreserved characters.
fn is_verifier(text: &str) -> bool {
    (43..=128).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~".contains(&b))
}

/// A code that was used revokes what it gave (RFC 6749 §4.1.2); the audit trail says so once.
async fn replayed(app: &App, visit: &Visit, code: &Digest) -> Result<(), Fault> {
    let mut tx = app.db.begin().await?;
    if let Some((account_id, relying_party_id)) = grants::revoke_by_code(&mut tx, code, visit.now).await? {
        audit::add(&mut tx, &visit.visitor.actor, Some(&account_id), &Event::CodeReplayed { relying_party_id }).await?;
        tx.commit().await?;
    }
    Ok(())
}

async fn tokens(
    app: &App,
    visit: &Visit,
    party: &RelyingParty,
    (granted, code): (Granted, Digest),
) -> Result<Option<Response>, Fault> {
    let Some(facts) =
        people::find_facts(&app.db, &granted.account_id).await?.filter(|facts| is_open(&facts.account, &granted))
    else {
        return Ok(None);
    };
    let subject =
        subjects::find_or_add(&app.db, &granted.account_id, &party.sector, SubjectId::new(app.rng.id())).await?;
    let access_token = app.rng.secret();
    let lifetimes = &app.config.policy.lifetimes;
    let grant = grants::Grant {
        id: GrantId::new(app.rng.id()),
        account_id: granted.account_id.clone(),
        relying_party_id: party.id.clone(),
        session_id: granted.session_id.clone(),
        document: serde_json::to_string(&granted.request)?,
        created_at: visit.now,
    };
    let mut tx = app.db.begin().await?;
    grants::add(&mut tx, &grant, &code, visit.now + lifetimes.access_token).await?;
    grants::add_token(&mut tx, &grant.id, &access_token.digest(), visit.now + lifetimes.access_token).await?;
    let served = ServedParty {
        relying_party_id: party.id.clone(),
        protocol: "oidc".into(),
        service: String::new(),
        ticket: None,
    };
    sessions::serve_in(&mut tx, &granted.session_id, &served, visit.now).await?;
    tx.commit().await?;
    let id_token = id_token(
        app,
        visit,
        party,
        &Told { granted: &granted, facts: &facts, subject: &subject, access_token: &access_token },
    )?;
    let scopes: Vec<&str> = granted.request.scopes.iter().map(String::as_str).collect();
    let body = json!({
        "access_token": access_token.reveal(),
        "token_type": "Bearer",
        "expires_in": lifetimes.access_token.as_secs(),
        "id_token": id_token,
        "scope": scopes.join(" "),
    });
    Ok(Some(([(header::CACHE_CONTROL, "no-store"), (header::PRAGMA, "no-cache")], Json(body)).into_response()))
}

/// Whether the account may still sign in, and was not made void since.
fn is_open(account: &Account, granted: &Granted) -> bool {
    account.may_sign_in() && granted.auth_time >= account.valid_since
}

struct Told<'a> {
    granted: &'a Granted,
    facts: &'a Facts,
    subject: &'a SubjectId,
    access_token: &'a Secret,
}

/// The ID token (OpenID Connect Core §2): who, for whom, when and how; further claims only where `claims` asked for them there.
fn id_token(app: &App, visit: &Visit, party: &RelyingParty, told: &Told<'_>) -> Result<String, Fault> {
    let client =
        party.oidc.as_ref().ok_or_else(|| Fault::new("a code was given to a service that speaks no OpenID Connect"))?;
    let mut claims: Map<String, Value> = Map::new();
    for claim in told.granted.request.in_id_token(client) {
        if let Some(value) = release::value(claim, told.facts, Some(told.subject)) {
            claims.insert(claim.name().to_owned(), value);
        }
    }
    let expires_at = visit.now + app.config.policy.lifetimes.id_token;
    let fixed = [
        ("iss", json!(app.config.issuer())),
        ("sub", json!(told.subject)),
        ("aud", json!(party.id)),
        ("iat", json!(visit.now.seconds())),
        ("exp", json!(expires_at.seconds())),
        ("auth_time", json!(told.granted.auth_time.seconds())),
        ("amr", json!(told.granted.amr)),
        ("sid", json!(told.granted.sid)),
        ("at_hash", json!(at_hash(told.access_token))),
    ];
    claims.extend(fixed.map(|(name, value)| (name.to_owned(), value)));
    if let Some(nonce) = &told.granted.request.nonce {
        claims.insert("nonce".into(), json!(nonce));
    }
    app.keys.load().sign(&client.id_token_signed_response_alg, Some("JWT"), &Value::Object(claims))
}

/// The left half of the access token's hash (OpenID Connect Core §3.1.3.6): SHA-256 for RS256 and ES256 alike.
fn at_hash(access_token: &Secret) -> String {
    let digest = Sha256::digest(access_token.reveal().as_bytes());
    let half = digest.len() / 2;
    BASE64_URL_SAFE_NO_PAD.encode(digest.iter().take(half).copied().collect::<Vec<u8>>())
}

/// What a client hears where its token opens nothing.
pub(in crate::oidc) const CLOSED: Error = Error::new(Code::InvalidToken, "the token is unknown, revoked or too old");
