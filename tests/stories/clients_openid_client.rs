//! `openid-client` of npm, unmodified: it checks what we say, from discovery to logout.

use rstest::rstest;
use serde_json::{Value, json};

use crate::{
    engine::{Engine, Postgres, Sqlite},
    services::OidcService,
    stranger::Stranger,
    world::World,
};

/// What the client is told of its registration.
fn registration(world: &World, service: &OidcService, auth: &str, more: &Value) -> Value {
    json!({
        "order": "begin",
        "issuer": world.app().config.issuer(),
        "client_id": service.client_id,
        "client_secret": service.client_secret,
        "auth": auth,
        "redirect_uri": service.redirect_uri,
        "scope": "openid profile email",
        "more": more,
    })
}

fn text<'a>(answer: &'a Value, member: &str) -> &'a str {
    answer[member].as_str().unwrap_or_else(|| panic!("no `{member}` in {answer}"))
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn sso_03_openid_client_signs_in_reads_claims_signs_out_and_is_refused_a_replay(
    #[values(Sqlite, Postgres)] engine: Engine,
    #[values("basic", "post")] auth: &str,
) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let gone = "http://127.0.0.2:9/parti";
    let members = json!({
        "token_endpoint_auth_method": format!("client_secret_{auth}"),
        "post_logout_redirect_uris": [gone],
    });
    let service = world.service_with("agenda", members).await;
    let (mut client, mut phone) = (Stranger::openid_client(), world.phone());

    let begun = client.does(registration(&world, &service, auth, &json!({}))).await;
    phone.opens(text(&begun, "url")).await.signs_in(&nadia).await;
    let call_back = phone.place().to_string();
    assert!(call_back.starts_with(&service.redirect_uri), "{call_back}");

    let finished = client.does(json!({ "order": "finish", "url": call_back })).await;
    assert_eq!(text(&finished["claims"], "iss"), world.app().config.issuer(), "{finished}");
    let told = client.does(json!({ "order": "userinfo" })).await;
    assert_eq!(text(&told["claims"], "name"), "Nadia Roux");
    assert_eq!(text(&told["claims"], "email"), nadia.email);

    let end = client.does(json!({ "order": "logout", "post_logout_redirect_uri": gone, "state": "s" })).await;
    phone.opens(text(&end, "url")).await;
    assert_eq!(phone.place().as_str(), format!("{gone}?state=s"));

    let replayed = client.does(json!({ "order": "finish", "url": call_back })).await;
    assert_eq!(text(&replayed, "refused"), "invalid_grant", "{replayed}");
    let told = client.does(json!({ "order": "userinfo" })).await;
    assert!(told.get("refused").is_some(), "what the code gave is revoked with it: {told}");

    let begun = client.does(registration(&world, &service, auth, &json!({ "prompt": "none" }))).await;
    phone.opens(text(&begun, "url")).await;
    let refused = client.does(json!({ "order": "finish", "url": phone.place() })).await;
    assert_eq!(text(&refused, "refused"), "login_required", "the session is over: {refused}");
}

/// `max_age` and `prompt=login` ask for the password in spite of a session; the client wants `auth_time` then.
#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn openid_client_gets_a_fresh_proof_when_it_asks_for_one(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let service = world.service("agenda").await;
    let (mut client, mut phone) = (Stranger::openid_client(), world.phone());
    let begun = client.does(registration(&world, &service, "basic", &json!({}))).await;
    phone.opens(text(&begun, "url")).await.signs_in(&nadia).await;
    for more in [json!({ "prompt": "login", "max_age": "0" }), json!({ "prompt": "login" })] {
        let begun = client.does(registration(&world, &service, "basic", &more)).await;
        phone.opens(text(&begun, "url")).await;
        assert!(phone.shows("sign-in"), "{more}");
        phone.signs_in(&nadia).await;
        let finished = client.does(json!({ "order": "finish", "url": phone.place() })).await;
        assert!(finished["claims"]["auth_time"].is_u64(), "{more}: {finished}");
    }
}

/// A tampered answer is refused by the client because we sign, name ourselves (RFC 9207) and repeat its `state`.
#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn openid_client_refuses_an_answer_that_was_tampered_with(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let service = world.service("agenda").await;
    let (mut client, mut phone) = (Stranger::openid_client(), world.phone());
    for parameter in ["state", "iss", "code"] {
        let begun = client.does(registration(&world, &service, "basic", &json!({ "prompt": "login" }))).await;
        phone.opens(text(&begun, "url")).await.signs_in(&nadia).await;
        let mut tampered = phone.place().clone();
        let parameters: Vec<(String, String)> = phone.place().query_pairs().into_owned().collect();
        assert!(parameters.iter().any(|(name, _)| name == parameter), "{parameter} is missing in {tampered}");
        let parameters = parameters
            .iter()
            .map(|(name, value)| (name, if name == parameter { format!("{value}x") } else { value.clone() }));
        tampered.query_pairs_mut().clear().extend_pairs(parameters);
        let refused = client.does(json!({ "order": "finish", "url": tampered })).await;
        assert!(refused.get("refused").is_some(), "{parameter}: {refused}");
    }
}
