//! `grant_type=authorization_code` (RFC 6749 §4.1.3, OpenID Connect Core §3.1.3).

use serde_json::{Value, json};

use crate::{
    app::App,
    domain::{AuthMethod, Digest, Event, Fault, Grant, GrantId, Secret, ServedParty, SubjectId},
    policy::release,
    store::{audit, grants, people, sessions, sessions::Standing, subjects},
    web::{Call, Params},
};

use super::{
    super::{
        checks::client_id::Client,
        code::{self, Issued},
        error::Error,
    },
    id_token::{self, IdToken},
};

/// One sentence for every code that is not good: a client learns no more of what it does not hold.
const REFUSED: &str = "the code is not valid for this client, redirect_uri and code_verifier";

/// Exchanges a code for tokens, once. Whatever comes of it, the code is used up.
pub(super) async fn exchange(
    app: &App,
    call: &Call,
    client: &Client,
    form: &Params,
) -> Result<Result<Value, Error>, Fault> {
    let presented = match Presented::parse(form) {
        Ok(presented) => presented,
        Err(error) => return Ok(Err(error)),
    };
    let digest = presented.code.digest();
    let Some(code) = code::take(app, call.now, &digest).await? else {
        code::is_first(app, call.now, &digest).await?;
        let cause = if revoke(app, call, &digest).await? { "the code was used before" } else { "no such code" };
        return Ok(Err(Error::invalid_grant(REFUSED).cause(cause)));
    };
    if let Err(cause) = presented.fits(&code, client) {
        return Ok(Err(Error::invalid_grant(REFUSED).cause(cause)));
    }
    // The session must still be there and its account in order: a code is no way around a sign-out or a suspension.
    let Some(standing) = sessions::find_standing(&app.db, &code.session, call.now).await? else {
        return Ok(Err(Error::invalid_grant(REFUSED).cause("its session is over")));
    };
    let access_token = app.rng.secret();
    let id_token = mint(app, call, client, &code, &standing, &access_token).await?;
    let scope = code.given.scope.join(" ");
    keep(app, call, digest.clone(), code, &standing, &access_token).await?;
    if !code::is_first(app, call.now, &digest).await? {
        // Somebody showed it meanwhile: whoever of the two this is, what it gave is good for nothing.
        revoke(app, call, &digest).await?;
    }
    Ok(Ok(json!({
        "access_token": access_token.reveal(),
        "token_type": "Bearer",
        "expires_in": app.config.policy.lifetimes.access_token.as_secs(),
        "id_token": id_token,
        "scope": scope,
    })))
}

/// What a client shows for its tokens.
struct Presented {
    code: Secret,
    redirect_uri: Option<String>,
    code_verifier: Option<Secret>,
}

impl Presented {
    fn parse(form: &Params) -> Result<Self, Error> {
        Ok(Self {
            code: Secret::new(form.once("code")?.ok_or(Error::invalid_request("code is missing"))?),
            redirect_uri: form.once("redirect_uri")?.map(str::to_owned),
            code_verifier: form.once("code_verifier")?.map(Secret::new),
        })
    }

    /// Whether the code was issued to this client, for this address and against this verifier. A verifier without a
    /// challenge is refused like its opposite: somebody took the challenge out on the way (RFC 9700 §4.8.2).
    fn fits(&self, code: &Issued, client: &Client) -> Result<(), &'static str> {
        if code.client_id != client.party.id {
            return Err("it was issued to another client");
        }
        if self.redirect_uri.as_ref() != Some(&code.redirect_uri) {
            return Err("it was sent to another redirect_uri");
        }
        match (&code.code_challenge, &self.code_verifier) {
            (Some(challenge), Some(verifier)) if is_verifier(verifier) && answers(verifier, challenge) => Ok(()),
            (Some(_), Some(_)) => Err("the code_verifier does not answer the code_challenge"),
            (Some(_), None) => Err("the code_verifier is missing"),
            (None, Some(_)) => Err("a code_verifier came though the request had no code_challenge"),
            (None, None) if client.oidc.auth == AuthMethod::None => Err("a public client without a code_challenge"),
            (None, None) => Ok(()),
        }
    }
}

/// RFC 7636 §4.1: 43 to 128 unreserved characters.
fn is_verifier(verifier: &Secret) -> bool {
    let text = verifier.reveal();
    let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
    (43..=128).contains(&text.len()) && text.bytes().all(unreserved)
}

/// RFC 7636 §4.6 for `S256`: the challenge is the digest of the verifier.
fn answers(verifier: &Secret, challenge: &str) -> bool {
    Secret::new(verifier.digest().as_str()).matches(&Secret::new(challenge))
}

/// Somebody shows a code that is not there (any more): what it gave ends, if it gave anything (RFC 6749 §4.1.2).
async fn revoke(app: &App, call: &Call, code: &Digest) -> Result<bool, Fault> {
    // A look first: made-up codes are no reason to write.
    if !grants::has_code(&app.db, code).await? {
        return Ok(false);
    }
    let mut tx = app.db.begin().await?;
    let Some((account_id, relying_party_id)) = grants::revoke_by_code(&mut tx, code, call.now).await? else {
        return Ok(false);
    };
    let event = Event::CodeReplayed { relying_party_id };
    audit::add(&mut tx, &call.actor, Some(&account_id), &event).await?;
    tx.commit().await?;
    Ok(true)
}

/// The grant, its access token, and whom the session has served: one transaction.
async fn keep(
    app: &App,
    call: &Call,
    code_digest: Digest,
    code: Issued,
    standing: &Standing,
    access_token: &Secret,
) -> Result<(), Fault> {
    let token_expires_at = call.now + app.config.policy.lifetimes.access_token;
    let grant = Grant {
        id: GrantId::new(app.rng.id()),
        account_id: standing.account.id.clone(),
        relying_party_id: code.client_id.clone(),
        session_id: Some(code.session.clone()),
        code: code_digest,
        given: code.given,
        created_at: call.now,
        expires_at: token_expires_at,
    };
    let served =
        ServedParty { relying_party_id: code.client_id, protocol: "oidc".into(), service: String::new(), ticket: None };
    let mut tx = app.db.begin().await?;
    grants::add(&mut tx, &grant, &access_token.digest(), token_expires_at).await?;
    sessions::serve(&mut tx, &code.session, &served, call.now).await?;
    tx.commit().await?;
    Ok(())
}

async fn mint(
    app: &App,
    call: &Call,
    client: &Client,
    code: &Issued,
    standing: &Standing,
    access_token: &Secret,
) -> Result<String, Fault> {
    let fresh = SubjectId::new(app.rng.id());
    let subject = subjects::find_or_add(&app.db, &standing.account.id, &client.party.sector, fresh).await?;
    let facts =
        if code.id_token_claims.is_empty() { None } else { people::find_facts(&app.db, &standing.account.id).await? };
    // What the registration released when the code was issued, it may not release any more.
    let asked = code.id_token_claims.intersection(&client.oidc.release.0);
    let told = asked.filter_map(|claim| Some((claim.name(), release::value(*claim, facts.as_ref()?, Some(&subject))?)));
    let claims = id_token::claims(&IdToken {
        issuer: app.config.issuer(),
        client_id: &client.party.id,
        subject: &subject,
        session: &standing.session,
        nonce: code.nonce.as_deref(),
        acr: &code.acr,
        access_token,
        now: call.now,
        ttl: app.config.policy.lifetimes.id_token,
        told: told.collect(),
    });
    app.keys.load().sign(&client.oidc.id_token_signed_response_alg, Some("JWT"), &claims)
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, sync::Arc};

    use super::*;
    use crate::domain::{ClientSecret, Given, OidcClient, PortalName, Release, RelyingParty, RelyingPartyId};

    // RFC 7636 appendix B.
    const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    const BACK: &str = "https://agenda.example/cb";

    fn client(id: &str, auth: AuthMethod) -> Client {
        let oidc = OidcClient {
            redirect_uris: vec![BACK.into()],
            post_logout_redirect_uris: vec![],
            backchannel_logout_uri: None,
            auth,
            is_native: false,
            scopes: BTreeSet::new(),
            id_token_signed_response_alg: "RS256".into(),
            release: Release::default(),
        };
        let party = RelyingParty {
            id: RelyingPartyId::new(id),
            name: id.into(),
            portal: PortalName::new("default"),
            first_party: true,
            home: None,
            sector: "public".into(),
            oidc: Some(oidc.clone()),
            cas: None,
        };
        Client { party: Arc::new(party), oidc }
    }

    fn code(challenge: Option<&str>) -> Issued {
        Issued {
            session: Digest::of(b"session"),
            client_id: RelyingPartyId::new("agenda"),
            redirect_uri: BACK.into(),
            nonce: None,
            code_challenge: challenge.map(str::to_owned),
            given: Given::default(),
            acr: "a".into(),
            id_token_claims: BTreeSet::new(),
        }
    }

    #[test]
    fn a_code_is_good_for_its_client_its_address_and_its_verifier_only() {
        let secret = || AuthMethod::ClientSecretBasic(ClientSecret { digest: Digest::of(b"lune") });
        let (own, other, public) =
            (client("agenda", secret()), client("other", secret()), client("agenda", AuthMethod::None));
        let table = [
            (&own, None, BACK, None, true),
            (&own, Some(CHALLENGE), BACK, Some(VERIFIER), true),
            (&public, Some(CHALLENGE), BACK, Some(VERIFIER), true),
            (&public, None, BACK, None, false),
            (&other, None, BACK, None, false),
            (&own, None, "https://agenda.example/cb?", None, false),
            (&own, Some(CHALLENGE), BACK, None, false),
            (&own, None, BACK, Some(VERIFIER), false),
            (&own, Some(CHALLENGE), BACK, Some("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXl"), false),
            (&own, Some(CHALLENGE), BACK, Some(CHALLENGE), false),
            (&own, Some(VERIFIER), BACK, Some(VERIFIER), false),
        ];
        for (client, challenge, redirect_uri, verifier, is_good) in table {
            let presented = Presented {
                code: Secret::new("code"),
                redirect_uri: Some(redirect_uri.into()),
                code_verifier: verifier.map(Secret::new),
            };
            let outcome = presented.fits(&code(challenge), client);
            assert_eq!(outcome.is_ok(), is_good, "{challenge:?} {redirect_uri} {verifier:?}: {outcome:?}");
        }
        let nowhere = Presented { code: Secret::new("code"), redirect_uri: None, code_verifier: None };
        assert!(nowhere.fits(&code(None), &own).is_err());
    }
}
