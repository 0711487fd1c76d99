//! Authorization requests: what is refused and where to, who is asked and who is not.

use std::time::Duration;

use reqwest::{Method, StatusCode};
use rstest::rstest;
use serde_json::{Value, json};

use crate::{
    engine::{Engine, Postgres, Sqlite},
    oidc::answer,
    world::World,
};

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_developer_finds_everything_in_the_discovery_document(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let issuer = world.app().config.issuer().to_owned();
    let found = answer(world.call(Method::GET, "/.well-known/openid-configuration")).await;
    assert_eq!((found.status, found.header("content-type")), (StatusCode::OK, "application/json"));
    assert_eq!(found.text("issuer"), issuer);
    assert!(found.header("cache-control").starts_with("public"), "{:?}", found.headers);
    assert_eq!(found.header("set-cookie"), "", "what is cached for all must not carry anybody's cookie");
    assert_eq!(found.header("access-control-allow-origin"), "*");
    assert!(found.header("access-control-allow-credentials").is_empty());
    for endpoint in
        ["authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri", "end_session_endpoint"]
    {
        assert!(found.text(endpoint).starts_with(&format!("{issuer}/oidc/")), "{endpoint}");
    }
    let keys = answer(world.call(Method::GET, found.text("jwks_uri"))).await;
    let keys = keys.body["keys"].as_array().unwrap().clone();
    assert_eq!(keys.len(), 2);
    for key in &keys {
        assert!(key["kid"].is_string() && key["use"] == "sig" && key["alg"].is_string(), "{key}");
        assert!(["d", "p", "q", "dp", "dq", "qi", "k"].iter().all(|secret| key.get(secret).is_none()), "{key}");
    }
    let asked = world.call(Method::OPTIONS, "/oidc/token").header("origin", "https://app.example");
    let asked = answer(asked.header("access-control-request-method", "POST")).await;
    assert_eq!((asked.status, asked.header("access-control-allow-origin")), (StatusCode::OK, "*"));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn sso_08_an_unknown_service_or_address_gets_a_page_that_names_neither(
    #[values(Sqlite, Postgres)] engine: Engine,
    #[values(false, true)] by_post: bool,
) {
    let world = World::on(engine).await;
    let service = world.service("agenda").await;
    let mut phone = world.phone();
    for (name, evil) in [
        ("redirect_uri", "https://evil.example/cb".to_owned()),
        ("redirect_uri", format!("{}?x=1", service.redirect_uri)),
        ("redirect_uri", format!("{}/../cb", service.redirect_uri)),
        ("redirect_uri", String::new()),
        ("client_id", "evil.example".to_owned()),
    ] {
        let fine = service.sign_in(&[]);
        let (path, query) = fine.split_once('?').unwrap();
        let mut fields: Vec<(String, String)> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        fields.iter_mut().filter(|(field, _)| field == name).for_each(|(_, value)| value.clone_from(&evil));
        if by_post {
            let fields: Vec<(&str, &str)> =
                fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            phone.posts(path, Some("http://127.0.0.2:9"), &fields).await;
        } else {
            let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&fields).finish();
            phone.opens(format!("{path}?{query}")).await;
        }
        assert_eq!((phone.page().data_page().as_str(), phone.page().status), ("error", StatusCode::BAD_REQUEST));
        assert!(!phone.page().text().contains("evil") && !phone.page().text().contains("agenda"), "{evil}");
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_known_service_is_told_what_is_wrong_with_its_state_and_our_name(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let service = world.service("agenda").await;
    let app = world.service_with("app", json!({ "token_endpoint_auth_method": "none", "client_secret": null })).await;
    let issuer = world.app().config.issuer().to_owned();
    let mut phone = world.phone();
    for (asked, error) in [
        (service.sign_in(&[("request", "a.b.c")]), "request_not_supported"),
        (service.sign_in(&[("request_uri", "https://evil.example/")]), "request_uri_not_supported"),
        (service.sign_in(&[("response_mode", "fragment")]), "invalid_request"),
        (service.sign_in(&[("code_challenge", "abc"), ("code_challenge_method", "plain")]), "invalid_request"),
        (service.sign_in(&[("prompt", "none login")]), "invalid_request"),
        (service.sign_in(&[("prompt", "none")]), "login_required"),
        (service.sign_in(&[]).replace("response_type=code", "response_type=token"), "unsupported_response_type"),
        (service.sign_in(&[]).replace("openid", "x"), "invalid_scope"),
        (app.sign_in(&[]), "invalid_request"),
    ] {
        phone.opens(&asked).await;
        assert_eq!(phone.told_error(), error, "{asked} led to {}", phone.place());
        assert!(phone.told("state").is_some_and(|state| state.starts_with("state-of-")), "{}", phone.place());
        assert_eq!(phone.told("iss"), Some(issuer.clone()));
    }
    phone.opens(service.sign_in(&[("prompt", "none"), ("response_mode", "form_post")])).await;
    assert_eq!(
        (phone.page().data_page().as_str(), phone.page().field("error").as_str()),
        ("form-post", "login_required")
    );
    assert_eq!(phone.page().field("iss"), issuer);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn who_is_signed_in_is_asked_nothing_and_nothing_is_written(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let (agenda, notes) = (world.service("agenda").await, world.service("notes").await);
    let mut phone = world.signed_in(&nadia, &agenda).await;
    assert_eq!(phone.told("state").as_deref(), Some("state-of-agenda"));
    let before = world.rows().await;
    for prompt in [&[][..], &[("prompt", "none")], &[("max_age", "3600")], &[("display", "popup"), ("acr_values", "x")]]
    {
        phone.opens(notes.sign_in(prompt)).await;
        assert!(phone.told("code").is_some(), "{}", phone.place());
    }
    assert_eq!(world.rows().await, before);
    phone.opens(notes.sign_in(&[("response_mode", "form_post")])).await;
    assert_eq!(phone.page().data_page(), "form-post");
    assert!(!phone.page().url.as_str().contains("code="), "nothing travels in the address");
    let code = phone.page().field("code");
    assert_eq!(world.redeems(&notes, &code, &[]).await.status, StatusCode::OK);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_fresh_proof_is_asked_for_once(
    #[values(Sqlite, Postgres)] engine: Engine,
    #[values(("prompt", "login"), ("max_age", "0"), ("max_age", "1"), ("prompt", "select_account"))] wish: (&str, &str),
) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let service = world.service("agenda").await;
    let mut phone = world.signed_in(&nadia, &service).await;
    let code = phone.told("code").unwrap();
    let first = world.redeems(&service, &code, &[]).await.id_token()["auth_time"].as_i64().unwrap();
    world.waits(Duration::from_mins(2));
    phone.opens(service.sign_in(&[wish])).await;
    assert_eq!(phone.page().data_page(), "sign-in", "{wish:?}");
    world.waits(Duration::from_secs(10));
    phone.signs_in(&nadia).await;
    let code = phone.told("code").unwrap_or_else(|| panic!("{wish:?}: {}", phone.place()));
    let second = world.redeems(&service, &code, &[]).await.id_token()["auth_time"].as_i64().unwrap();
    assert!(second >= first + 130, "{first} {second}");
    phone.opens(service.sign_in(&[wish, ("login_hint", "quelqu.un")])).await;
    if wish.0 == "prompt" {
        assert_eq!(phone.page().field("identifier"), "quelqu.un");
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_posted_request_from_another_site_finds_the_session_and_takes_no_cookie_away(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let service = world.service("agenda").await;
    let mut phone = world.signed_in(&nadia, &service).await;
    let (cookies, address) = (phone.cookies_held(), format!("{}oidc/authorize", world.origin()));
    let fields = |asked: &str| -> Vec<(String, String)> {
        url::form_urlencoded::parse(asked.split_once('?').unwrap().1.as_bytes()).into_owned().collect()
    };
    let posts = fields(&service.sign_in(&[]));
    let posts: Vec<(&str, &str)> = posts.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    phone.posts(&address, Some("http://127.0.0.2:9"), &posts).await;
    assert!(phone.told("code").is_some(), "{}", phone.place());
    assert_eq!(phone.cookies_held(), cookies);

    let mut stranger = world.phone();
    let posts = fields(&service.sign_in(&[("ui_locales", "en")]));
    let posts: Vec<(&str, &str)> = posts.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    stranger.posts(&address, Some("http://127.0.0.2:9"), &posts).await;
    assert_eq!((stranger.page().data_page().as_str(), stranger.page().language().as_str()), ("sign-in", "en"));
    stranger.signs_in(&nadia).await;
    assert_eq!(stranger.told("state").as_deref(), Some("state-of-agenda"));

    stranger.opens(format!("{address}/posted?r=invented")).await;
    assert_eq!((stranger.page().data_page().as_str(), stranger.page().status), ("error", StatusCode::BAD_REQUEST));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_expects_one_person_gets_no_other(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let (nadia, karim) = (world.parent("Nadia Roux").await, world.parent("Karim Roux").await);
    let service = world.service("agenda").await;
    let hers = world.signed_in(&nadia, &service).await.told("code").unwrap();
    let hint = world.redeems(&service, &hers, &[]).await.text("id_token").to_owned();
    world.waits(Duration::from_hours(1));
    let mut phone = world.signed_in(&karim, &service).await;
    let expects = ("id_token_hint", hint.as_str());
    phone.opens(service.sign_in(&[expects, ("prompt", "none")])).await;
    assert_eq!(phone.told_error(), "login_required");
    phone.opens(service.sign_in(&[expects])).await;
    assert_eq!(phone.page().data_page(), "sign-in");
    phone.signs_in(&karim).await;
    assert_eq!(phone.told_error(), "login_required", "{}", phone.place());
    phone.opens(service.sign_in(&[expects])).await.signs_in(&nadia).await;
    let code = phone.told("code").expect("a code for her");
    let subject = |hint: &str| -> Value { hint_claims(hint)["sub"].clone() };
    assert_eq!(world.redeems(&service, &code, &[]).await.id_token()["sub"], subject(&hint));
    phone.opens(service.sign_in(&[expects, ("prompt", "none")])).await;
    assert!(phone.told("code").is_some(), "an expired hint is a hint");
}

fn hint_claims(jwt: &str) -> Value {
    use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
    serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(jwt.split('.').nth(1).unwrap()).unwrap()).unwrap()
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_third_partys_service_learns_what_the_person_agreed_to(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let (agenda, tiers) =
        (world.service("agenda").await, world.service_with("tiers", json!({ "first_party": false })).await);
    let mut phone = world.signed_in(&nadia, &agenda).await;
    phone.opens(tiers.sign_in(&[("prompt", "none")])).await;
    assert_eq!(phone.told_error(), "consent_required");
    phone.opens(tiers.sign_in(&[])).await;
    assert_eq!(phone.page().data_page(), "consent");
    phone.presses("Refuser").await;
    assert_eq!(
        (phone.told_error().as_str(), phone.told("state").as_deref()),
        ("access_denied", Some("state-of-tiers"))
    );
    phone.opens(tiers.sign_in(&[])).await;
    phone.presses("Accepter").await;
    let code = phone.told("code").expect("a code");
    let token = world.redeems(&tiers, &code, &[]).await.text("access_token").to_owned();
    assert_eq!(world.userinfo(&token).await.text("name"), "Nadia Roux");
    // What is registered since, nobody agreed to.
    world.service_with("tiers", json!({ "first_party": false, "claims": ["name", "locale"] })).await;
    let told = world.userinfo(&token).await.body;
    assert_eq!(told["name"], "Nadia Roux");
    assert!(told.get("locale").is_none() && told.get("email").is_none(), "{told}");
    phone.opens(tiers.sign_in(&[("prompt", "none")])).await;
    assert_eq!(phone.told_error(), "consent_required");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_changes_while_somebody_types_is_answered_as_it_is_now(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let service = world.service("agenda").await;
    let mut phone = world.phone();
    phone.opens(service.sign_in(&[])).await;
    world.service_with("agenda", json!({ "redirect_uris": ["http://127.0.0.2:9/elsewhere"] })).await;
    phone.signs_in(&nadia).await;
    assert_eq!((phone.page().data_page().as_str(), phone.page().status), ("error", StatusCode::BAD_REQUEST));
}
