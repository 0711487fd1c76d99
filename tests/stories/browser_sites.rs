//! From a service on another origin through our door, and on to a third origin: as browsers really carry it.

use axum::http::Method;
use fantoccini::key::Key;
use rstest::rstest;
use serde_json::{Value, json};

use crate::{
    chromium::{Screen, Window},
    engine::{Engine, Postgres, Sqlite},
    services::{CasService, OidcService},
    site::{HOSTS, Site},
    world::World,
};

impl World {
    /// A service that a site belongs to.
    pub async fn service_of(&self, site: &Site, members: Value) -> OidcService {
        let mut file = json!({ "redirect_uris": [site.call_back()], "post_logout_redirect_uris": [site.gone()] });
        for (member, value) in members.as_object().unwrap() {
            file[member] = value.clone();
        }
        let mut service = self.service_with("agenda", file).await;
        service.redirect_uri = site.call_back();
        service
    }

    async fn cas_service_of(&self, site: &Site) -> CasService {
        let mut service = self.cas_service("vie-scolaire").await;
        service.service = site.call_back();
        let cas = json!({ "service": service.service, "match": "exact", "user": "identifier" });
        self.registers(json!({ "client_id": "vie-scolaire", "first_party": true, "cas": cas })).await;
        service
    }

    /// What the token endpoint answers to a code.
    pub async fn exchanges(&self, service: &OidcService, code: &str) -> Value {
        let form = [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", &service.redirect_uri)];
        let token = reqwest::Client::new().post(self.origin().join("/oidc/token").unwrap());
        let token = token.basic_auth(&service.client_id, Some(&service.client_secret)).form(&form);
        token.send().await.unwrap().json().await.unwrap()
    }

    /// What `UserInfo` tells whoever has the code.
    async fn tells(&self, service: &OidcService, code: &str) -> Value {
        let tokens = self.exchanges(service, code).await;
        let token = tokens["access_token"].as_str().unwrap_or_else(|| panic!("no access token: {tokens}"));
        let userinfo = reqwest::Client::new().get(self.origin().join("/oidc/userinfo").unwrap()).bearer_auth(token);
        userinfo.send().await.unwrap().json().await.unwrap()
    }

    async fn validates(&self, service: &CasService, ticket: &str) -> String {
        let mut url = self.origin().join("/cas/p3/serviceValidate").unwrap();
        url.query_pairs_mut().append_pair("service", &service.service).append_pair("ticket", ticket);
        reqwest::get(url).await.unwrap().text().await.unwrap()
    }
}

/// LOG-19, XCT-01, XCT-12: a telephone, a keyboard, three origins.
#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn log_19_xct_12_a_parent_signs_in_by_keyboard_to_a_service_elsewhere(
    #[values(Sqlite, Postgres)] engine: Engine,
    #[values(true, false)] scripts: bool,
) {
    let (world, site) = (World::on(engine).await, Site::opens().await);
    let nadia = world.parent("Nadia Roux").await;
    let service = world.service_of(&site, json!({})).await;
    site.links_to(&service.sign_in(&[]));
    let phone = Window::opens(Screen::phone().scripts(scripts)).await;
    phone.goes_to(&site.home).await;
    phone.presses(Key::Tab).await;
    phone.presses(Key::Enter).await;
    phone.is_on("sign-in").await;
    phone.presses(Key::Tab).await;
    assert_eq!(phone.focus().await.unwrap().label, "Aller au contenu", "the first stop leads past the roof");
    phone.presses(Key::Enter).await;
    phone.presses(Key::Tab).await;
    assert_eq!(phone.focus().await.unwrap().name, "identifier", "and the next is the first field");
    phone.types(&nadia.identifier).await;
    phone.tabs_to("password").await;
    phone.types(&nadia.password).await;
    phone.tabs_to("Se connecter").await;
    phone.presses(Key::Enter).await;
    phone.is_on("hall").await;
    assert_eq!(phone.place().await.host_str(), Some("127.0.0.3"));
    let told = site.told();
    assert_eq!((site.count(), told.method.clone()), (1, Method::GET));
    assert_eq!(told.parameter("state"), "state-of-agenda");
    assert_eq!(told.parameter("iss"), world.app().config.issuer());
    assert_eq!(world.tells(&service, told.parameter("code")).await["name"], "Nadia Roux");
    phone.closes(HOSTS).await;
}

/// The same over CAS.
#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn log_19_a_parent_signs_in_by_keyboard_to_a_cas_service_elsewhere(
    #[values(Sqlite, Postgres)] engine: Engine,
    #[values(true, false)] scripts: bool,
) {
    let (world, site) = (World::on(engine).await, Site::opens().await);
    let nadia = world.parent("Nadia Roux").await;
    let service = world.cas_service_of(&site).await;
    site.links_to(&service.sign_in());
    let phone = Window::opens(Screen::phone().scripts(scripts)).await;
    phone.goes_to(&site.home).await;
    phone.presses(Key::Tab).await;
    phone.presses(Key::Enter).await;
    phone.signs_in_by_keyboard(&nadia.identifier, &nadia.password).await;
    phone.is_on("hall").await;
    let answer = world.validates(&service, site.told().parameter("ticket")).await;
    assert!(answer.contains(&format!("<cas:user>{}</cas:user>", nadia.identifier)), "{answer}");
    phone.goes_to(&site.home).await;
    phone.clicks("a").await;
    phone.is_on("hall").await;
    assert_eq!(site.count(), 2, "the second time nothing was asked");
    phone.closes(HOSTS).await;
}

/// A request that a service posts comes without our cookies (`SameSite=Lax`) and must be answered like one by link.
#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn requests_by_link_and_by_form_across_sites_behave_alike(
    #[values(Sqlite, Postgres)] engine: Engine,
    #[values(true, false)] scripts: bool,
) {
    let (world, site) = (World::on(engine).await, Site::opens().await);
    let nadia = world.parent("Nadia Roux").await;
    let service = world.service_of(&site, json!({})).await;
    let mut seen = Vec::new();
    for by_form in [false, true] {
        let phone = Window::opens(Screen::phone().scripts(scripts)).await;
        let address = service.sign_in(&[("login_hint", &nadia.identifier)]);
        if by_form {
            site.posts_to(&address);
        } else {
            site.links_to(&address);
        }
        phone.leaves_for_the_door(&site, by_form && scripts).await;
        phone.is_on("sign-in").await;
        let page = (phone.title().await, phone.text().await, phone.place().await.path().to_owned());
        let told_before = site.count();
        phone.tabs_to("password").await;
        phone.types(&nadia.password).await;
        phone.presses(Key::Enter).await;
        phone.is_on("hall").await;
        let told = site.told();
        let parameters: Vec<String> = told.parameters.keys().cloned().collect();
        assert_eq!(world.tells(&service, told.parameter("code")).await["email"], nadia.email);
        // A session is found by either, and nothing is asked again.
        phone.leaves_for_the_door(&site, by_form && scripts).await;
        phone.is_on("hall").await;
        assert_eq!(site.count(), told_before + 2);
        seen.push((page, told.method, parameters));
        phone.closes(HOSTS).await;
    }
    assert_eq!(seen[0], seen[1]);
}

/// `response_mode=form_post`: by itself where scripts run, by its button where they do not; the code is in no address.
#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn an_answer_by_form_reaches_the_service_with_and_without_scripts(
    #[values(Sqlite, Postgres)] engine: Engine,
    #[values(true, false)] scripts: bool,
) {
    let (world, site) = (World::on(engine).await, Site::opens().await);
    let nadia = world.parent("Nadia Roux").await;
    let service = world.service_of(&site, json!({})).await;
    site.links_to(&service.sign_in(&[("response_mode", "form_post")]));
    let mut phone = Window::opens(Screen::phone().scripts(scripts)).await;
    phone.leaves_for_the_door(&site, false).await;
    phone.signs_in_by_keyboard(&nadia.identifier, &nadia.password).await;
    if !scripts {
        phone.is_on("form-post").await;
        phone.tabs_to("Continuer").await;
        phone.presses(Key::Enter).await;
    }
    phone.is_on("hall").await;
    let told = site.told();
    assert_eq!(told.method, Method::POST);
    let code = told.parameter("code");
    assert_eq!(world.tells(&service, code).await["name"], "Nadia Roux");
    assert!(
        phone.requests().await.iter().all(|sent| !sent.url.as_str().contains(code)),
        "the code stands in an address"
    );
    phone.closes(HOSTS).await;
}

/// RP-initiated logout: with the ID token nobody is asked, without it one question; afterwards the door asks again.
#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_sign_out_from_the_service_ends_on_its_own_page(
    #[values(Sqlite, Postgres)] engine: Engine,
    #[values(true, false)] with_hint: bool,
) {
    let (world, site) = (World::on(engine).await, Site::opens().await);
    let nadia = world.parent("Nadia Roux").await;
    let service = world.service_of(&site, json!({})).await;
    site.links_to(&service.sign_in(&[]));
    let phone = Window::opens(Screen::phone()).await;
    phone.leaves_for_the_door(&site, false).await;
    phone.signs_in_by_keyboard(&nadia.identifier, &nadia.password).await;
    phone.is_on("hall").await;
    let tokens = world.exchanges(&service, site.told().parameter("code")).await;
    let mut end = world.origin().join("/oidc/end_session").unwrap();
    end.query_pairs_mut().append_pair("post_logout_redirect_uri", &site.gone()).append_pair("state", "au-revoir");
    if with_hint {
        end.query_pairs_mut().append_pair("id_token_hint", tokens["id_token"].as_str().unwrap());
    } else {
        end.query_pairs_mut().append_pair("client_id", &service.client_id);
    }
    site.links_to(end.as_str());
    phone.leaves_for_the_door(&site, false).await;
    if !with_hint {
        phone.is_on("sign-out-question").await;
        phone.tabs_to("Se déconnecter").await;
        phone.presses(Key::Enter).await;
    }
    phone.is_on("gone").await;
    assert_eq!(phone.place().await.query(), Some("state=au-revoir"));
    site.links_to(&service.sign_in(&[]));
    phone.leaves_for_the_door(&site, false).await;
    phone.is_on("sign-in").await;
    phone.closes(HOSTS).await;
}

/// XCT-06: French where the browser reads neither language; what is chosen then holds through the whole flow.
#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn xct_06_a_language_once_chosen_stays(#[values(Sqlite, Postgres)] engine: Engine) {
    let (world, site) = (World::on(engine).await, Site::opens().await);
    let nadia = world.parent("Nadia Roux").await;
    let service = world.service_of(&site, json!({})).await;
    site.links_to(&service.sign_in(&[("ui_locales", "fr")]));
    let phone = Window::opens(Screen::phone().reading("de,de-DE")).await;
    let lang = "return document.documentElement.lang";
    phone.leaves_for_the_door(&site, false).await;
    phone.is_on("sign-in").await;
    assert_eq!(phone.evaluates::<String>(lang, vec![]).await, "fr");
    phone.tabs_to("English").await;
    phone.presses(Key::Enter).await;
    phone.sees("html[lang=en]").await;
    phone.signs_in_by_keyboard(&nadia.identifier, "not the one").await;
    phone.sees("html[lang=en] .problems").await;
    assert!(phone.title().await.starts_with("Error: Sign in"), "{}", phone.title().await);
    phone.tabs_to("password").await;
    phone.types(&nadia.password).await;
    phone.presses(Key::Enter).await;
    phone.is_on("hall").await;
    for path in ["/", "/deconnexion", "/nulle-part"] {
        phone.opens_at(&world, path).await;
        phone.sees("html[lang=en]").await;
    }
    phone.closes(HOSTS).await;
}

impl Window {
    /// Opens the site's page and follows its link, or sends its form where that does not send itself.
    async fn leaves_for_the_door(&self, site: &Site, by_itself: bool) {
        self.goes_to(&site.home).await;
        if !by_itself {
            self.clicks("a, button").await;
        }
    }
}
