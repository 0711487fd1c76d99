//! Codes, tokens and claims: what a service gets, once, and what nobody gets.

use std::time::Duration;

use preau::domain::Standing;
use reqwest::{Method, StatusCode};
use rstest::rstest;
use serde_json::json;

use crate::{
    engine::{Engine, Postgres, Sqlite},
    oidc::{PKCE, Reply, VERIFIER, answer, program},
    world::World,
};

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn sso_03_a_code_becomes_tokens_and_tokens_claims(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let (nadia, ilyes) = (world.parent("Nadia Roux").await, world.pupil("Ilyès Roux").await);
    world.gives_child(&nadia, &ilyes).await;
    let members = json!({ "claims": ["name", "email", "email_verified", "profiles", "children.names", "updated_at"] });
    let service = world.service_with("agenda", members).await;
    let mut phone = world.signed_in(&nadia, &service).await;
    let wishes = r#"{"id_token":{"name":{"essential":true},"birthdate":null}}"#;
    let code = world.code(&mut phone, &service, &[PKCE[0], PKCE[1], ("claims", wishes)]).await;
    let tokens = world.redeems(&service, &code, &[("code_verifier", VERIFIER)]).await;
    assert_eq!((tokens.status, tokens.header("content-type")), (StatusCode::OK, "application/json"));
    assert_eq!((tokens.header("cache-control"), tokens.header("pragma")), ("no-store", "no-cache"));
    assert_eq!(tokens.header("set-cookie"), "");
    assert_eq!((tokens.text("token_type"), tokens.body["expires_in"].as_u64()), ("Bearer", Some(600)));
    assert_eq!(tokens.text("scope"), "openid profile email");
    assert!(tokens.text("access_token").len() >= 43);
    let id_token = tokens.id_token();
    assert_eq!(id_token["iss"], world.app().config.issuer());
    assert_eq!((&id_token["aud"], &id_token["nonce"]), (&json!("agenda"), &json!("n-0S6_WzA2Mj")));
    assert_eq!((&id_token["amr"], &id_token["name"]), (&json!(["pwd"]), &json!("Nadia Roux")));
    for absent in ["email", "profiles", "birthdate"] {
        assert!(id_token.get(absent).is_none(), "the ID token stays small: {absent}");
    }
    assert!(["sid", "auth_time", "at_hash", "exp", "iat"].iter().all(|name| id_token.get(name).is_some()));

    let token = tokens.text("access_token");
    let by_get = world.userinfo(token).await;
    assert_eq!((by_get.status, by_get.header("content-type")), (StatusCode::OK, "application/json"));
    assert_eq!(by_get.header("cache-control"), "no-store");
    let told = &by_get.body;
    assert_eq!(told["sub"], id_token["sub"]);
    assert_eq!((&told["name"], &told["email"]), (&json!("Nadia Roux"), &json!(nadia.email)));
    assert_eq!((&told["email_verified"], &told["profiles"]), (&json!(true), &json!(["parent"])));
    assert_eq!(told["children.names"], json!(["Ilyès Roux"]));
    assert!(told["updated_at"].is_number());
    assert!(told.get("preferred_username").is_none(), "asked for by scope, and not released");
    let by_post = answer(world.call(Method::POST, "/oidc/userinfo").bearer_auth(token)).await;
    let in_body = answer(world.call(Method::POST, "/oidc/userinfo").form(&[("access_token", token)])).await;
    assert_eq!((&by_post.body, &in_body.body), (told, told));
}

fn refused(reply: &Reply) -> (u16, &str) {
    (reply.status.as_u16(), reply.text("error"))
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_client_proves_itself_before_it_learns_anything(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let service = world.service("agenda").await;
    let app = world.service_with("app", json!({ "token_endpoint_auth_method": "none", "client_secret": null })).await;
    let mut phone = world.signed_in(&nadia, &service).await;
    let code = phone.told("code").unwrap();
    let form = [("grant_type", "authorization_code"), ("code", &code), ("redirect_uri", &service.redirect_uri)];
    let call = || world.call(Method::POST, "/oidc/token");
    let wrong = answer(call().basic_auth("agenda", Some("treize lunes")).form(&form)).await;
    assert_eq!(refused(&wrong), (401, "invalid_client"));
    assert!(wrong.header("www-authenticate").starts_with("Basic "));
    assert_eq!(wrong.header("cache-control"), "no-store");
    let fields = |further: &[(&'static str, &str)]| {
        let fields = form.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let further = further.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        fields.chain(further).collect::<Vec<_>>()
    };
    for unproven in [
        &[("client_id", "agenda")][..],
        &[("client_id", "agenda"), ("client_secret", "treize lunes")],
        &[("client_id", "nobody"), ("client_secret", "x")],
        &[("client_id", "app"), ("client_secret", "x")],
        &[],
    ] {
        let reply = answer(call().form(&fields(unproven))).await;
        assert_eq!(refused(&reply), (401, "invalid_client"), "{unproven:?}");
    }
    let twice = answer(call().basic_auth("agenda", Some("x")).form(&fields(&[("client_secret", "x")]))).await;
    assert_eq!(refused(&twice), (400, "invalid_request"));
    let kinds =
        [("", "invalid_request"), ("password", "unsupported_grant_type"), ("refresh_token", "unsupported_grant_type")];
    for (grant_type, error) in kinds {
        let form = [("grant_type", grant_type), ("code", &code)];
        let call = call().basic_auth("agenda", Some(&service.client_secret)).form(&form);
        assert_eq!(refused(&answer(call).await), (400, error), "{grant_type}");
    }
    let bare = call().basic_auth("agenda", Some(&service.client_secret)).json(&json!({ "code": code }));
    assert_eq!(refused(&answer(bare).await), (400, "invalid_request"));
    let in_form = fields(&[("client_id", "agenda"), ("client_secret", &service.client_secret)]);
    assert_eq!(answer(call().form(&in_form)).await.status, StatusCode::OK, "nothing of that used up the code");

    let code = world.code(&mut phone, &app, &PKCE).await;
    let form = [
        ("grant_type", "authorization_code"),
        ("code", &code),
        ("redirect_uri", &app.redirect_uri),
        ("client_id", "app"),
        ("code_verifier", VERIFIER),
    ];
    assert_eq!(answer(call().form(&form)).await.status, StatusCode::OK);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_good_for_what_it_was_issued_for_and_nothing_else(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let (agenda, notes) = (world.service("agenda").await, world.service("notes").await);
    let mut phone = world.signed_in(&nadia, &agenda).await;
    let other = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXl";
    for (asked, shown) in [
        (&PKCE[..], &[][..]),
        (&PKCE, &[("code_verifier", other)]),
        (&PKCE, &[("code_verifier", PKCE[0].1)]),
        (&[], &[("code_verifier", VERIFIER)]),
        (&[], &[("redirect_uri", "")]),
        (&[], &[("redirect_uri", "http://127.0.0.2:9/agenda/cb/")]),
    ] {
        let code = world.code(&mut phone, &agenda, asked).await;
        let reply = world.redeems(&agenda, &code, shown).await;
        assert_eq!(refused(&reply), (400, "invalid_grant"), "{asked:?} {shown:?}");
        assert_eq!(reply.body.get("access_token"), None);
    }
    let code = world.code(&mut phone, &agenda, &[]).await;
    let stolen = world.redeems(&notes, &code, &[("redirect_uri", &agenda.redirect_uri)]).await;
    assert_eq!(refused(&stolen), (400, "invalid_grant"));
    let code = world.code(&mut phone, &agenda, &[]).await;
    world.waits(Duration::from_secs(61));
    assert_eq!(refused(&world.redeems(&agenda, &code, &[]).await), (400, "invalid_grant"), "too late");
    let code = world.code(&mut phone, &agenda, &[]).await;
    phone.opens(world.origin().join("/deconnexion").unwrap()).await.presses("Se déconnecter").await;
    assert_eq!(refused(&world.redeems(&agenda, &code, &[]).await), (400, "invalid_grant"), "signed out");
    let code = world.signed_in(&nadia, &agenda).await.told("code").unwrap();
    world.suspends(&nadia).await;
    assert_eq!(refused(&world.redeems(&agenda, &code, &[]).await), (400, "invalid_grant"), "blocked");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_code_shown_again_ends_what_it_gave(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let service = world.service("agenda").await;
    let code = world.signed_in(&nadia, &service).await.told("code").unwrap();
    let token = world.redeems(&service, &code, &[]).await.text("access_token").to_owned();
    assert_eq!(world.userinfo(&token).await.status, StatusCode::OK);
    for _ in 0..2 {
        assert_eq!(refused(&world.redeems(&service, &code, &[]).await), (400, "invalid_grant"));
        assert_eq!(refused(&world.userinfo(&token).await), (401, "invalid_token"));
    }
    let told = world.audit(&nadia).await;
    assert_eq!(told.iter().filter(|event| *event == "code_replayed").count(), 1, "{told:?}");
    assert!(!world.dump().await.contains(&code) && !world.dump().await.contains(&token), "digests only");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn fifty_exchanges_of_one_code_have_one_winner(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let service = world.service("agenda").await;
    let mut phone = world.signed_in(&nadia, &service).await;
    let (program, token) = (program(), world.origin().join("/oidc/token").unwrap());
    for round in 0..20 {
        let code = world.code(&mut phone, &service, &[]).await;
        let form = [
            ("grant_type", "authorization_code"),
            ("code", code.as_str()),
            ("redirect_uri", &service.redirect_uri),
            ("client_id", &service.client_id),
            ("client_secret", &service.client_secret),
        ];
        let takes: Vec<_> = (0..50).map(|_| tokio::spawn(answer(program.post(token.clone()).form(&form)))).collect();
        let mut tokens = Vec::new();
        for take in takes {
            let reply = take.await.unwrap();
            match reply.status {
                StatusCode::OK => tokens.push(reply.text("access_token").to_owned()),
                _ => assert_eq!(refused(&reply), (400, "invalid_grant"), "round {round}"),
            }
        }
        assert_eq!(tokens.len(), 1, "round {round}");
        let told = world.userinfo(&tokens[0]).await;
        assert_eq!(refused(&told), (401, "invalid_token"), "round {round}: the code was shown more than once");
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn an_access_token_opens_what_its_account_still_stands_behind(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let service = world.service("agenda").await;
    let mut phone = world.signed_in(&nadia, &service).await;
    let code = phone.told("code").unwrap();
    let token = world.redeems(&service, &code, &[]).await.text("access_token").to_owned();
    let nothing = answer(world.call(Method::GET, "/oidc/userinfo")).await;
    assert_eq!((nothing.status.as_u16(), nothing.header("www-authenticate")), (401, "Bearer realm=\"preau\""));
    let in_query = answer(world.call(Method::GET, &format!("/oidc/userinfo?access_token={token}"))).await;
    assert_eq!(in_query.status, StatusCode::UNAUTHORIZED, "an address is no place for a token");
    let invented = world.userinfo("invented").await;
    assert_eq!(refused(&invented), (401, "invalid_token"));
    assert!(invented.header("www-authenticate").contains("error=\"invalid_token\""));
    assert_eq!(invented.header("access-control-allow-origin"), "*");
    world.waits(Duration::from_mins(9));
    assert_eq!(world.userinfo(&token).await.status, StatusCode::OK);
    world.waits(Duration::from_mins(1));
    assert_eq!(refused(&world.userinfo(&token).await), (401, "invalid_token"), "ten minutes");
    let code = world.code(&mut phone, &service, &[]).await;
    let token = world.redeems(&service, &code, &[]).await.text("access_token").to_owned();
    world.suspends(&nadia).await;
    assert_eq!(refused(&world.userinfo(&token).await), (401, "invalid_token"), "blocked");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn sso_04_each_parent_gets_the_children_that_the_roster_grants(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let (nadia, karim) = (world.parent("Nadia Roux").await, world.parent("Karim Haddad").await);
    let claims = json!({ "claims": ["children", "children.names", "children.identifiers"] });
    let service = world.service_with("agenda", claims).await;
    let mut identifiers = Vec::new();
    for name in ["Ilyès Roux", "Lina Roux", "Sami Roux"] {
        let pupil = world.pupil(name).await;
        world.gives_child(&nadia, &pupil).await;
        let standing = if name == "Sami Roux" { Standing::Legal } else { Standing::Contact };
        world.gives_child_as(&karim, &pupil, standing).await;
        identifiers.push(pupil.identifier);
    }
    for (parent, expected) in [(&nadia, &identifiers[..]), (&karim, &identifiers[2..])] {
        let mut phone = world.signed_in(parent, &service).await;
        let code = world.code(&mut phone, &service, &[PKCE[0], PKCE[1]]).await;
        let tokens = world.redeems(&service, &code, &[("code_verifier", VERIFIER)]).await;
        let told = world.userinfo(tokens.text("access_token")).await.body;
        let mut known: Vec<&str> =
            told["children.identifiers"].as_array().expect("a list").iter().filter_map(|it| it.as_str()).collect();
        known.sort_unstable();
        assert_eq!(known, expected, "{}", parent.name);
        assert_eq!(told["children"].as_array().expect("a list").len(), expected.len());
    }
}
