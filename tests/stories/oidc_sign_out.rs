//! A service asks for the end of the session (OpenID Connect RP-Initiated Logout).

use reqwest::StatusCode;
use rstest::rstest;
use serde_json::json;

use crate::{
    browser::Browser,
    engine::{Engine, Postgres, Sqlite},
    people::Someone,
    services::OidcService,
    world::World,
};

const BYE: &str = "http://127.0.0.2:9/au-revoir?x=1";

/// Somebody signed in, and the ID token that their service holds.
struct SignedIn {
    world: World,
    nadia: Someone,
    service: OidcService,
    phone: Browser,
    hint: String,
}

impl SignedIn {
    async fn on(engine: Engine) -> Self {
        let world = World::on(engine).await;
        let nadia = world.parent("Nadia Roux").await;
        let service = world.service_with("agenda", json!({ "post_logout_redirect_uris": [BYE] })).await;
        let phone = world.signed_in(&nadia, &service).await;
        let code = phone.told("code").unwrap();
        let hint = world.redeems(&service, &code, &[]).await.text("id_token").to_owned();
        Self { world, nadia, service, phone, hint }
    }

    async fn ends(&mut self, fields: &[(&str, &str)]) -> &mut Browser {
        let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.phone.opens(format!("{}oidc/end_session?{query}", self.world.origin())).await
    }

    /// Whether the service could get a code without a question.
    async fn is_over(&mut self) -> bool {
        self.phone.opens(self.service.sign_in(&[("prompt", "none")])).await;
        self.phone.told_error() == "login_required"
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn with_its_id_token_the_session_ends_at_once_and_the_browser_goes_on(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let mut it = SignedIn::on(engine).await;
    let hint = it.hint.clone();
    it.ends(&[("id_token_hint", &hint), ("post_logout_redirect_uri", BYE), ("state", "à+ bientôt")]).await;
    let place = it.phone.place().clone();
    assert_eq!(it.phone.told("state").as_deref(), Some("à+ bientôt"));
    assert!(place.as_str().starts_with(&format!("{BYE}&state=")), "{place}");
    assert_eq!(it.phone.cookie("preau_session"), None);
    assert!(it.is_over().await);
    assert_eq!(it.world.audit(&it.nadia).await, ["account_created", "signed_in", "signed_out"]);
    it.ends(&[("id_token_hint", &hint), ("post_logout_redirect_uri", BYE)]).await;
    assert_eq!(it.phone.place().as_str(), BYE, "once more is no error, and no state came");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_posted_request_from_another_site_ends_it_too(#[values(Sqlite, Postgres)] engine: Engine) {
    let mut it = SignedIn::on(engine).await;
    let (hint, address) = (it.hint.clone(), it.world.origin().join("/oidc/end_session").unwrap());
    let fields = [("id_token_hint", hint.as_str()), ("post_logout_redirect_uri", BYE)];
    it.phone.posts(address.as_str(), Some("http://127.0.0.2:9"), &fields).await;
    assert_eq!(it.phone.place().as_str(), BYE);
    assert!(it.is_over().await);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn without_it_a_person_is_asked_and_a_look_ends_nothing(#[values(Sqlite, Postgres)] engine: Engine) {
    let mut it = SignedIn::on(engine).await;
    let named = [("client_id", "agenda"), ("post_logout_redirect_uri", BYE), ("state", "s")];
    for fields in [&[][..], &[("state", "s")], &[("post_logout_redirect_uri", BYE)], &named] {
        it.ends(fields).await;
        assert_eq!(it.phone.page().data_page(), "sign-out-question", "{fields:?}");
        assert!(it.phone.page().text().contains("Nadia Roux"));
        assert!(!it.is_over().await, "{fields:?}");
    }
    it.ends(&[("post_logout_redirect_uri", BYE)]).await.presses("Se déconnecter").await;
    assert_eq!(it.phone.page().data_page(), "signed-out", "who asked is not known: nothing leads there");
    assert!(it.is_over().await);
    it.phone = it.world.signed_in(&it.nadia, &it.service).await;
    it.ends(&named).await.presses("Se déconnecter").await;
    assert_eq!(it.phone.place().as_str(), format!("{BYE}&state=s"), "the person agreed");
    assert!(it.is_over().await);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn sso_08_nothing_leads_to_an_address_that_is_not_registered(#[values(Sqlite, Postgres)] engine: Engine) {
    let mut it = SignedIn::on(engine).await;
    let hint = it.hint.clone();
    for evil in ["https://evil.example/", "http://127.0.0.2:9/au-revoir", "http://127.0.0.2:9/au-revoir?x=1&y=2"] {
        it.ends(&[("id_token_hint", &hint), ("post_logout_redirect_uri", evil)]).await;
        assert_eq!((it.phone.page().data_page().as_str(), it.phone.page().status), ("error", StatusCode::BAD_REQUEST));
        assert!(!it.phone.page().text().contains("evil"));
        assert!(!it.is_over().await, "a request that is refused ends nothing");
    }
    let mut tampered = hint.clone();
    tampered.replace_range(hint.len() - 8..hint.len() - 4, "AAAA");
    it.ends(&[("id_token_hint", &tampered), ("client_id", "agenda"), ("post_logout_redirect_uri", BYE)]).await;
    assert_eq!(it.phone.page().data_page(), "sign-out-question");
    it.phone.presses("Se déconnecter").await;
    assert_eq!(it.phone.page().data_page(), "signed-out");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn the_id_token_of_somebody_else_ends_nothing(#[values(Sqlite, Postgres)] engine: Engine) {
    let mut it = SignedIn::on(engine).await;
    let karim = it.world.parent("Karim Roux").await;
    let hers = it.hint.clone();
    it.phone = it.world.signed_in(&karim, &it.service).await;
    it.ends(&[("id_token_hint", &hers), ("post_logout_redirect_uri", BYE)]).await;
    assert_eq!(it.phone.page().data_page(), "sign-out-question");
    assert!(!it.is_over().await);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn an_older_id_token_of_the_same_person_is_as_good(#[values(Sqlite, Postgres)] engine: Engine) {
    let mut it = SignedIn::on(engine).await;
    let (older, again) = (it.hint.clone(), it.service.sign_in(&[("prompt", "login")]));
    it.phone.opens(again).await.signs_in(&it.nadia).await;
    assert!(it.phone.told("code").is_some(), "the session is another one now");
    it.ends(&[("id_token_hint", &older), ("post_logout_redirect_uri", BYE)]).await;
    assert_eq!(it.phone.place().as_str(), BYE);
    assert!(it.is_over().await);
}
