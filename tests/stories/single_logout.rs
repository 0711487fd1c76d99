//! Whoever signs out anywhere is signed out everywhere: services are told by their own protocol.

use std::time::Duration;

use preau::{config::Settings, domain::AccountChange, store::logout_notices};
use reqwest::Method;
use rstest::rstest;
use serde_json::{Map, Value, json};

use crate::{
    browser::Browser,
    engine::{Engine, Postgres, Sqlite},
    letters::CHOSEN,
    people::Someone,
    services::{CasService, OidcService},
    site::{Site, Told},
    world::World,
};

fn lets_out(settings: &mut Settings) {
    settings.outbound.allow = vec!["127.0.0.0/8".into()];
}

/// A service of each protocol, whose servers are told of the ends of sessions.
struct Services {
    site: Site,
    agenda: OidcService,
    vie: CasService,
}

impl Services {
    async fn of(world: &World) -> Self {
        let site = Site::opens().await;
        let agenda = world.service_with("agenda", json!({ "backchannel_logout_uri": site.ending() })).await;
        let vie = CasService::at(world, &site.call_back());
        let cas = json!({ "service": vie.service, "match": "exact", "user": "identifier", "release": {} });
        world.registers(json!({ "client_id": "vie", "client_name": "vie", "first_party": true, "cas": cas })).await;
        Self { site, agenda, vie }
    }

    /// Somebody opens both: the ID token of the one and the ticket of the other.
    async fn serve(&self, world: &World, browser: &mut Browser, who: &Someone) -> (Value, String) {
        browser.opens(self.agenda.sign_in(&[])).await;
        if browser.shows("sign-in") {
            browser.signs_in(who).await;
        }
        let code = browser.told("code").expect("a code");
        let id_token = world.redeems(&self.agenda, &code, &[]).await.id_token();
        browser.opens(self.vie.sign_in()).await;
        let ticket = browser.told("ticket").expect("a ticket");
        let mut validate = world.origin().join("/cas/p3/serviceValidate").unwrap();
        validate.query_pairs_mut().append_pair("service", &self.vie.service).append_pair("ticket", &ticket);
        let answer = reqwest::get(validate).await.unwrap().text().await.unwrap();
        assert!(answer.contains("authenticationSuccess"), "{answer}");
        (id_token, ticket)
    }
}

/// What a logout token says, its signature looked at.
fn read(world: &World, told: &Told) -> Map<String, Value> {
    let token = told.parameter("logout_token");
    let claims = world.app().keys.load().verify(token, world.clock.now()).expect("one of our signatures");
    let header = token.split('.').next().unwrap();
    let header = String::from_utf8(base64::Engine::decode(&base64::prelude::BASE64_URL_SAFE_NO_PAD, header).unwrap());
    assert!(header.unwrap().contains("logout+jwt"), "Back-Channel Logout §2.4");
    claims
}

fn of_protocol<'a>(told: &'a [Told], parameter: &str) -> Vec<&'a Told> {
    told.iter().filter(|told| told.parameters.contains_key(parameter)).collect()
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn sso_05_acc_10_both_services_are_told_when_a_session_ends(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::with(engine, lets_out).await;
    let services = Services::of(&world).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    let (id_token, ticket) = services.serve(&world, &mut phone, &nadia).await;
    phone.opens(world.origin().join("/compte").unwrap()).await.presses("Se déconnecter").await;
    assert_eq!(phone.page().data_page(), "signed-out", "{}", phone.page().text());
    let told = services.site.awaits_endings(2).await;
    assert!(told.iter().all(|told| told.method == Method::POST));
    let said = read(&world, of_protocol(&told, "logout_token")[0]);
    assert_eq!((&said["sub"], &said["sid"]), (&id_token["sub"], &id_token["sid"]));
    assert_eq!((&said["aud"], &said["iss"]), (&json!("agenda"), &json!(world.app().config.issuer())));
    assert!(said["events"].get("http://schemas.openid.net/event/backchannel-logout").is_some());
    assert!(said.get("nonce").is_none() && said.contains_key("jti") && said.contains_key("exp"));
    let request = of_protocol(&told, "logoutRequest")[0].parameter("logoutRequest").to_owned();
    assert!(request.contains(&format!("<samlp:SessionIndex>{ticket}</samlp:SessionIndex>")), "{request}");
    for _ in 0..100 {
        if logout_notices::count(world.db()).await.unwrap() == 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(logout_notices::count(world.db()).await.unwrap(), 0, "nobody is told twice");
    assert_eq!(services.site.awaits_endings(2).await.len(), 2);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn sso_06_a_new_password_and_a_block_tell_the_services_of_what_ended(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::with(engine, lets_out).await;
    let services = Services::of(&world).await;
    let nadia = world.parent("Nadia Roux").await;
    let (mut phone, mut desk) = (world.phone(), world.desk());
    let (of_phone, _) = services.serve(&world, &mut phone, &nadia).await;
    let (of_desk, ticket) = services.serve(&world, &mut desk, &nadia).await;
    phone.opens(world.origin().join("/compte").unwrap()).await;
    phone.changes_password(&nadia.password, CHOSEN).await;
    assert!(phone.page().notice().contains("est changé"), "{}", phone.page().text());
    let told = services.site.awaits_endings(2).await;
    let tokens = of_protocol(&told, "logout_token");
    assert_eq!(tokens.len(), 1, "the session that goes on is not told of");
    assert_eq!(read(&world, tokens[0])["sid"], of_desk["sid"]);
    assert!(of_protocol(&told, "logoutRequest")[0].parameter("logoutRequest").contains(&ticket));
    world.changes(AccountChange::Suspended { id: nadia.account_id, reason: "à la demande de l’école".into() }).await;
    let told = services.site.awaits_endings(4).await;
    let said = read(&world, of_protocol(&told, "logout_token")[1]);
    assert_eq!(said["sid"], of_phone["sid"]);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn sso_05_a_service_that_does_not_answer_is_told_later_and_not_for_ever(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let world = World::with(engine, lets_out).await;
    let agenda = world.service_with("agenda", nowhere()).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.signed_in(&nadia, &agenda).await;
    let code = phone.told("code").unwrap();
    world.redeems(&agenda, &code, &[]).await;
    phone.opens(world.origin().join("/compte").unwrap()).await.presses("Se déconnecter").await;
    assert_eq!(logout_notices::count(world.db()).await.unwrap(), 1, "it waits, and the person did not");
    let site = Site::opens().await;
    world.service_with("agenda", json!({ "backchannel_logout_uri": site.ending() })).await;
    world.waits(Duration::from_secs(6));
    assert_eq!(
        read(&world, &site.awaits_endings(1).await[0])["aud"],
        "agenda",
        "it is told where it is to be told now"
    );
    let mut desk = world.signed_in(&nadia, &agenda).await;
    let code = desk.told("code").unwrap();
    world.redeems(&agenda, &code, &[]).await;
    world.service_with("agenda", nowhere()).await;
    desk.opens(world.origin().join("/compte").unwrap()).await.presses("Se déconnecter").await;
    for _ in 0..100 {
        if logout_notices::count(world.db()).await.unwrap() == 0 {
            return;
        }
        world.waits(Duration::from_hours(7));
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    panic!("it is told for ever");
}

fn nowhere() -> Value {
    json!({ "backchannel_logout_uri": "http://127.0.0.2:9/fin" })
}
