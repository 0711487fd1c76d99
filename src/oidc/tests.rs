//! Requests from their raw parameters to what is answered, without a server. The stories over HTTP stand in
//! `tests/stories`.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use proptest::prelude::*;

use super::{
    checks::client_id::Client,
    error::Code,
    hint::Hint,
    reply::ResponseMode,
    request::{AuthorizationRequest, KNOWN, Known, Refused, parse},
};
use crate::{
    domain::{
        AuthMethod, Claim, ClientSecret, Digest, OidcClient, PortalName, Release, RelyingParty, RelyingPartyId,
        SubjectId,
    },
    web::{Params, page::Trouble},
};

const BACK: &str = "https://agenda.example/cb?x=1";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// The clients that these tests know: `agenda` with a secret, `app` without, and a CAS service that is no client.
pub(super) fn client(client_id: &str) -> Option<Client> {
    let auth = match client_id {
        "agenda" => AuthMethod::ClientSecretBasic(ClientSecret { digest: Digest::of(b"lune") }),
        "app" => AuthMethod::None,
        _ => return None,
    };
    let oidc = OidcClient {
        redirect_uris: vec![BACK.into(), "https://agenda.example/other".into()],
        post_logout_redirect_uris: vec!["https://agenda.example/bye".into()],
        backchannel_logout_uri: None,
        auth,
        is_native: false,
        scopes: ["openid", "profile", "email"].map(str::to_owned).into(),
        id_token_signed_response_alg: "RS256".into(),
        release: Release(BTreeSet::from([Claim::Subject, Claim::Name, Claim::Email, Claim::Profiles])),
    };
    let party = RelyingParty {
        id: RelyingPartyId::new(client_id),
        name: client_id.into(),
        portal: PortalName::new("default"),
        first_party: true,
        home: None,
        sector: "public".into(),
        oidc: Some(oidc.clone()),
        cas: None,
    };
    Some(Client { party: Arc::new(party), oidc })
}

/// ID tokens of these tests are `client_id:subject`.
pub(super) fn hint(jwt: &str) -> Option<Hint> {
    let (client_id, subject) = jwt.split_once(':')?;
    let sid = Some(format!("sid of {subject}"));
    Some(Hint { client_id: RelyingPartyId::new(client_id), subject: SubjectId::new(subject), sid })
}

fn read(raw: &Params) -> Result<AuthorizationRequest, Refused> {
    parse(raw, Known { client: &client, hint: &hint })
}

/// A fine request with parameters put in the place of its own, or taken out where they are empty.
fn asking(changes: &[(&'static str, &str)]) -> Result<AuthorizationRequest, Refused> {
    let fine = [
        ("client_id", "agenda"),
        ("redirect_uri", BACK),
        ("response_type", "code"),
        ("scope", "openid profile"),
        ("state", "s"),
    ];
    let kept = fine.into_iter().filter(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(kept.chain(changes.iter().copied()));
    read(&Params::of(query.finish().as_bytes()))
}

fn sent(changes: &[(&'static str, &str)]) -> Option<(Code, Option<String>)> {
    match asking(changes) {
        Err(Refused::Sent(to, error)) => Some((error.code, to.1.state)),
        _ => None,
    }
}

#[test]
fn a_fine_request_keeps_what_it_needs() {
    let request = asking(&[
        ("nonce", "n"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
        ("response_mode", "form_post"),
        ("login_hint", " nadia\u{7} "),
        ("ui_locales", "en-GB fr"),
        ("max_age", "60"),
    ])
    .expect("a request");
    assert_eq!(request.reply.return_to.as_str(), BACK);
    assert_eq!((request.reply.state.as_deref(), request.nonce.as_deref()), (Some("s"), Some("n")));
    assert_eq!(request.reply.response_mode, ResponseMode::FormPost);
    assert_eq!(request.code_challenge.as_deref(), Some(CHALLENGE));
    assert_eq!((request.login_hint.as_deref(), request.max_age), (Some("nadia"), Some(Duration::from_mins(1))));
    assert_eq!(request.ui_locales, ["en-GB", "fr"]);
}

#[test]
fn sso_08_before_the_address_has_matched_there_is_only_a_page() {
    let unknown = [
        &[("client_id", "nobody")][..],
        &[("redirect_uri", "https://agenda.example/cb")],
        &[("redirect_uri", "https://agenda.example/cb?x=1&y=2")],
        &[("redirect_uri", "https://agenda.example.evil.example/cb?x=1")],
        &[("redirect_uri", "HTTPS://agenda.example/cb?x=1")],
    ];
    for changes in unknown {
        let outcome = asking(changes);
        let Err(Refused::Shown(shown)) = outcome else { panic!("{changes:?}: {outcome:?}") };
        assert_eq!(shown.trouble, Trouble::UnknownService, "{changes:?}");
    }
    let unclear = [
        &[("client_id", "")][..],
        &[("redirect_uri", "")],
        &[("client_id", "agenda"), ("client_id", "agenda")],
        &[("redirect_uri", BACK), ("redirect_uri", "https://evil.example/")],
        &[("redirect_uri", ""), ("prompt", "none")],
    ];
    for changes in unclear {
        let outcome = asking(changes);
        let Err(Refused::Shown(shown)) = outcome else { panic!("{changes:?}: {outcome:?}") };
        assert_eq!(shown.trouble, Trouble::RequestRefused, "{changes:?}");
    }
}

#[test]
fn after_it_has_matched_the_client_is_told_with_its_state() {
    let table = [
        (&[("response_type", "")][..], Code::InvalidRequest),
        (&[("response_type", "token")], Code::UnsupportedResponseType),
        (&[("response_type", "code id_token")], Code::UnsupportedResponseType),
        (&[("response_mode", "fragment")], Code::InvalidRequest),
        (&[("scope", "")], Code::InvalidScope),
        (&[("scope", "profile")], Code::InvalidScope),
        (&[("request", "a.b.c")], Code::RequestNotSupported),
        (&[("request_uri", "https://agenda.example/r")], Code::RequestUriNotSupported),
        (&[("registration", "{}")], Code::RegistrationNotSupported),
        (&[("nonce", "a"), ("nonce", "a")], Code::InvalidRequest),
        (&[("scope", "openid"), ("scope", "openid")], Code::InvalidRequest),
        (&[("code_challenge", CHALLENGE)], Code::InvalidRequest),
        (&[("code_challenge", CHALLENGE), ("code_challenge_method", "plain")], Code::InvalidRequest),
        (&[("code_challenge", "short"), ("code_challenge_method", "S256")], Code::InvalidRequest),
        (&[("code_challenge_method", "S256")], Code::InvalidRequest),
        (&[("client_id", "app")], Code::InvalidRequest),
        (&[("prompt", "none login")], Code::InvalidRequest),
        (&[("max_age", "-1")], Code::InvalidRequest),
        (&[("max_age", "soon")], Code::InvalidRequest),
        (&[("claims", "[]")], Code::InvalidRequest),
        (&[("claims", "{")], Code::InvalidRequest),
    ];
    for (changes, code) in table {
        assert_eq!(sent(changes), Some((code, Some("s".into()))), "{changes:?}");
    }
    assert_eq!(sent(&[("state", "a"), ("state", "b")]), Some((Code::InvalidRequest, None)));
    let heavy = "x".repeat(20_000);
    assert_eq!(sent(&[("nonce", &heavy)]).map(|(code, _)| code), Some(Code::InvalidRequest));
}

#[test]
fn what_only_helps_never_hinders() {
    for changes in [
        &[("display", "popup")][..],
        &[("claims_locales", "xx")],
        &[("acr_values", "urn:x")],
        &[("ui_locales", "klingon ; é")],
        &[("id_token_hint", "rubbish")],
        &[("login_hint", "x@y")],
        &[("prompt", "create")],
        &[("max_age", "99999999999999999999999")],
        &[("whatever", "1"), ("whatever", "2")],
        &[("nonce", "")],
        &[("claims", "{\"userinfo\":null,\"id_token\":7}")],
    ] {
        assert!(asking(changes).is_ok(), "{changes:?}");
    }
}

#[test]
fn every_prompt_means_what_it_says() {
    let table = [
        ("none", Some((true, false, false))),
        ("login", Some((false, true, false))),
        ("select_account", Some((false, true, false))),
        ("consent", Some((false, false, true))),
        ("login consent", Some((false, true, true))),
        ("consent  login", Some((false, true, true))),
        ("login login", Some((false, true, false))),
        ("unknown", Some((false, false, false))),
        ("none none", Some((true, false, false))),
        ("none consent", None),
        ("select_account none", None),
        ("none unknown", None),
        ("None", Some((false, false, false))),
    ];
    for (asked, meant) in table {
        let prompt = asking(&[("prompt", asked)]).ok().map(|request| request.prompt);
        assert_eq!(prompt.map(|it| (it.none, it.login, it.consent)), meant, "{asked}");
    }
}

#[test]
fn sso_03_nobody_learns_more_than_the_registration_releases() {
    let learns = |changes: &[(&'static str, &str)]| {
        let request = asking(changes).expect("a request");
        (request.claims, request.id_token_claims)
    };
    let (claims, id_token) = learns(&[("scope", "openid profile email address phone school offline_access x")]);
    assert_eq!(claims, BTreeSet::from([Claim::Subject, Claim::Name, Claim::Email, Claim::Profiles]));
    assert!(id_token.is_empty(), "the ID token stays small");
    assert_eq!(learns(&[("scope", "openid")]).0, BTreeSet::from([Claim::Subject, Claim::Profiles]));
    let wishes =
        r#"{"userinfo":{"email":{"essential":true},"birthdate":null},"id_token":{"name":null,"children":null}}"#;
    let (claims, id_token) = learns(&[("scope", "openid"), ("claims", wishes)]);
    assert_eq!(claims, BTreeSet::from([Claim::Subject, Claim::Email, Claim::Profiles]));
    assert_eq!(id_token, BTreeSet::from([Claim::Name]));
    let scope = asking(&[("scope", "x openid address email")]).expect("a request").scope;
    assert_eq!(scope, ["openid", "email"], "unknown scopes and those of no right are ignored");
}

#[test]
fn a_request_may_name_its_person() {
    let named = |changes: &[(&'static str, &str)]| asking(changes).expect("a request").subject.map(|it| it.to_string());
    assert_eq!(named(&[]), None);
    assert_eq!(named(&[("id_token_hint", "agenda:nadia")]).as_deref(), Some("nadia"));
    assert_eq!(named(&[("id_token_hint", "app:nadia")]), None, "issued to another client");
    let claims = ("claims", r#"{"id_token":{"sub":{"value":"karim"}}}"#);
    assert_eq!(named(&[claims, ("id_token_hint", "agenda:nadia")]).as_deref(), Some("karim"));
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![9 => prop::sample::select(&KNOWN[..]).prop_map(str::to_owned), 1 => ".{0,8}"]
}

fn value() -> impl Strategy<Value = String> {
    let fine =
        prop::sample::select(vec!["agenda", "app", BACK, "code", "openid", "none login", "S256", CHALLENGE, "{}"]);
    prop_oneof![3 => fine.prop_map(str::to_owned), 1 => ".{0,40}", 1 => r#"\{"(userinfo|id_token)":\{"[a-z_]{1,9}":(null|1|\{\})\}\}"#]
}

proptest! {
    /// Whatever comes, it is read without a fall; and what is sent somewhere, is sent to a registered address.
    #[test]
    fn no_request_breaks_the_reader(pairs in prop::collection::vec((name(), value()), 0..14)) {
        let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&pairs).finish();
        let registered = [BACK, "https://agenda.example/other"];
        match read(&Params::of(query.as_bytes())) {
            Ok(request) => prop_assert!(registered.contains(&request.reply.return_to.as_str())),
            Err(Refused::Sent(to, _)) => prop_assert!(registered.contains(&to.1.return_to.as_str())),
            Err(Refused::Shown(_)) => {}
        }
    }

    #[test]
    fn no_bytes_break_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut query = format!("client_id=agenda&redirect_uri={BACK}&").into_bytes();
        query.extend(bytes);
        drop(read(&Params::of(&query)));
    }
}
