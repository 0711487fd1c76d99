//! The face in one process: what a browser and a service see of it. The stories over HTTP stand in `tests/stories`.

use arc_swap::ArcSwap;
use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header},
    middleware,
};
use serde_json::json;
use tower::ServiceExt;

use super::*;
use crate::{
    app::{Clock, Gate, Registry, Services, Turns},
    config::{Config, Mode, Settings},
    crypto::{Hasher, KeyRing, Passkeys, Rng, Sealer},
    domain::{
        Account, AccountChange, AccountId, Actor, Affiliation, Credential, Digest, Email, Establishment,
        EstablishmentId, EstablishmentKind, Identifier, Instant, InteractionId, Network, PasswordHash, Person,
        PersonId, Presence, Profile, RelyingParty,
    },
    ephemeral::Ephemeral,
    signin::{Visitor, agreement, door, password::Proven},
    store::{Db, Opening, accounts, relying_parties, roster, sessions},
    web,
};

/// A server without a socket, a parent who has an account, and the services of a file.
struct House {
    app: App,
    router: Router,
    _dir: tempfile::TempDir,
}

/// What came back.
struct Reply {
    status: StatusCode,
    location: String,
    kind: String,
    cookies: Vec<String>,
    text: String,
}

/// Services as the store keeps them.
fn services() -> Vec<RelyingParty> {
    let party = |id: &str, first_party: bool, cas: serde_json::Value| {
        let mut whole = json!({ "service": "", "matching": "exact", "release": {}, "proxy": false, "logout_url": null, "user": "identifier" });
        for (member, value) in cas.as_object().expect("members") {
            whole[member] = value.clone();
        }
        serde_json::from_value(json!({
            "id": id, "name": id, "portal": "default", "first_party": first_party, "home": null, "sector": id, "oidc": null, "cas": whole,
        }))
        .expect("a service")
    };
    let release =
        json!({ "sn": "family_name", "ENTPersonProfils": "profiles", "mail": "email", "ecoles": "establishments" });
    vec![
        party("vie", true, json!({ "service": VIE, "matching": "prefix", "release": release })),
        party("opaque", true, json!({ "service": "https://opaque.example/", "user": "subject" })),
        party("other", true, json!({ "service": "https://other.example/" })),
        party("third", false, json!({ "service": "https://third.example/" })),
    ]
}

const VIE: &str = "http://127.0.0.3:8082/cas";

impl House {
    async fn new() -> Self {
        let dir = tempfile::tempdir().expect("a directory");
        let mut settings = Settings { keys: dir.path().join("keys"), ..Settings::default() };
        settings.database.url = format!("sqlite:{}", dir.path().join("preau.db").display());
        (settings.hashing.memory_kib, settings.hashing.passes) = (8, 1);
        let config = Config::check(settings, Mode::Demo).expect("settings");
        let app = assemble(config).await;
        let actor = Actor::command(app.clock.now());
        let mut tx = app.db.begin().await.expect("a store");
        for party in services() {
            relying_parties::put(&mut tx, &party, actor.now).await.expect("kept");
        }
        tx.commit().await.expect("kept");
        app.services.store(Registry::load(&app.db).await.expect("a store").into());
        people(&app, &actor).await;
        let router = routes().layer(middleware::from_fn_with_state(app.clone(), web::around)).with_state(app.clone());
        Self { app, router, _dir: dir }
    }

    async fn ask(&self, request: Request<Body>) -> Reply {
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        let header = |name| response.headers().get(name).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
        let cookies = response.headers().get_all(header::SET_COOKIE).iter();
        let cookies = cookies.filter_map(|cookie| cookie.to_str().ok()?.split(';').next().map(str::to_owned)).collect();
        let (status, location, kind) = (response.status(), header("location"), header("content-type"));
        let body = axum::body::to_bytes(response.into_body(), 1 << 20).await.expect("a body");
        Reply { status, location, kind, cookies, text: String::from_utf8(body.to_vec()).expect("UTF-8") }
    }

    async fn get(&self, path: &str, cookies: &str) -> Reply {
        self.ask(Request::get(path).header("cookie", cookies).body(Body::empty()).expect("a request")).await
    }

    fn visitor(&self, browser: &str) -> Visitor {
        let secret = browser.split_once('=').map(|(_, value)| value).unwrap_or_default();
        Visitor {
            browser: Digest::of(secret.as_bytes()),
            session: None,
            known: None,
            network: Network::of([192, 0, 2, 7].into()),
            device: String::new(),
            actor: Actor { by: "browser", ..Actor::command(self.app.clock.now()) },
        }
    }

    /// Nadia Roux gives her password in the browser of that cookie; what her browser then sends.
    async fn sign_in(&self, browser: &str) -> String {
        let visitor = self.visitor(browser);
        let (account_id, amr) = (AccountId::new("nadia"), vec!["pwd".into()]);
        let proven = Proven { account_id, profile: None, remember: false, temporary: false, amr };
        let opened = proven.open(&self.app, &visitor).await.expect("a session").expect("let in");
        format!("{browser}; preau_session={}", opened.session.reveal())
    }

    async fn ticket(&self, service: &str, cookies: &str) -> String {
        let reply = self.get(&format!("/cas/login?service={}", encoded(service)), cookies).await;
        let (_, ticket) = reply.location.split_once("ticket=").unwrap_or_else(|| panic!("{}", reply.location));
        ticket.to_owned()
    }

    async fn validate(&self, path: &str, service: &str, ticket: &str) -> Reply {
        self.get(&format!("/cas/{path}service={}&ticket={ticket}", encoded(service)), "").await
    }
}

async fn assemble(config: Config) -> App {
    let (clock, rng) = (Clock::default(), Rng::seeded(5));
    App::new(Services {
        db: Db::open(&config.settings.database.url, Opening::Migrate).await.expect("a store"),
        ephemeral: Ephemeral::in_process(),
        hasher: Hasher::start(config.policy.hashing, rng.clone()).expect("a pool"),
        keys: ArcSwap::from_pointee(KeyRing::open(&config.keys, clock.now()).expect("keys")),
        sealer: Sealer::open(&config.keys).expect("a key"),
        passkeys: Passkeys::of(&config.public_url).expect("a host"),
        services: ArcSwap::default(),
        charters: ArcSwap::default(),
        turns: Turns::default(),
        gate: Gate::new(&config.policy.limits.network),
        providers: crate::upstream::Providers::default(),
        outbound: crate::outbound::Outbound::open(&config.settings.outbound).expect("a client"),
        clock,
        rng,
        config,
    })
}

async fn people(app: &App, actor: &Actor) {
    let (school, person) = (EstablishmentId::new("e1"), PersonId::new("p1"));
    let establishment = Establishment {
        id: school.clone(),
        code: "0610001A".into(),
        name: "Collège des Tilleuls".into(),
        kind: EstablishmentKind::LowerSecondary,
        town: "Orne".into(),
        authority: "Normandie".into(),
        country: "FR".into(),
        time_zone: "Europe/Paris".into(),
        email: None,
        phone: None,
    };
    let nadia = Person {
        id: person.clone(),
        family_name: "Roux & Fils".into(),
        given_name: "Nadia".into(),
        birth_date: None,
        email: None,
        phone: None,
        civic_number: None,
        join_key: None,
        pupil_number: None,
    };
    let account = Account {
        id: AccountId::new("nadia"),
        person_id: person.clone(),
        identifier: Identifier::new("n.roux"),
        email: Email::parse("nadia@example.org"),
        credential: Credential::Own { password: PasswordHash::new("$argon2id$") },
        suspension: None,
        presence: Presence::OnRoster,
        language: "fr".into(),
        valid_since: Instant::from_millis(0),
    };
    let place = Affiliation { person_id: person, profile: Profile::Parent, establishment_id: school, function: None };
    let mut tx = app.db.begin().await.expect("a store");
    roster::put_establishment(&mut tx, &establishment).await.expect("kept");
    roster::put_person(&mut tx, &nadia, &serde_json::Map::new(), actor.now).await.expect("kept");
    roster::put_affiliation(&mut tx, &place).await.expect("kept");
    accounts::apply(&mut tx, actor, AccountChange::Created { account: Box::new(account) }).await.expect("kept");
    tx.commit().await.expect("kept");
}

fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

const BROWSER: &str = "preau_browser=a-browser-that-came-before";

#[tokio::test]
async fn a_sign_in_ends_in_a_ticket_and_the_ticket_in_a_person() {
    let house = House::new().await;
    let service = format!("{VIE}/retour?next=%2Fagenda");
    let sent = house.get(&format!("/cas/login?service={}", encoded(&service)), "").await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    let id = sent.location.strip_prefix("/connexion?i=").expect("the sign-in").to_owned();
    let browser = sent.cookies.first().expect("a cookie for the browser").clone();
    let early = house.get(&format!("/cas/resume?i={id}"), &browser).await;
    assert_eq!(early.location, format!("/connexion?i={id}"), "what is owed comes first");
    let cookies = house.sign_in(&browser).await;
    let foreign = house.get(&format!("/cas/resume?i={id}"), BROWSER).await;
    assert_eq!(foreign.status, StatusCode::BAD_REQUEST);
    let back = house.get(&format!("/cas/resume?i={id}"), &cookies).await;
    assert!(back.location.starts_with(&format!("{service}&ticket=ST-")), "{}", back.location);
    let again = house.get(&format!("/cas/resume?i={id}"), &cookies).await;
    assert_eq!((again.status, again.location.as_str()), (StatusCode::BAD_REQUEST, ""));
    let (_, ticket) = back.location.split_once("ticket=").expect("a ticket");
    let told = house.validate("p3/serviceValidate?renew=true&", &service, ticket).await;
    assert_eq!(told.kind, "application/xml; charset=utf-8");
    for element in [
        "<cas:user>n.roux</cas:user>",
        "<cas:isFromNewLogin>true</cas:isFromNewLogin>",
        "<cas:sn>Roux &amp; Fils</cas:sn>",
        "<cas:ENTPersonProfils>parent</cas:ENTPersonProfils>",
        "<cas:ecoles>0610001A</cas:ecoles>",
        "<cas:mail>nadia@example.org</cas:mail>",
    ] {
        assert!(told.text.contains(element), "{element} in {}", told.text);
    }
}

#[tokio::test]
async fn with_a_session_nobody_is_asked_and_renew_asks_all_the_same() {
    let house = House::new().await;
    let cookies = house.sign_in(BROWSER).await;
    let ticket = house.ticket(VIE, &cookies).await;
    let told = house.validate("serviceValidate?", VIE, &ticket).await;
    assert!(told.text.contains("<cas:user>n.roux</cas:user>") && !told.text.contains("attributes"), "{}", told.text);
    let ticket = house.ticket(VIE, &cookies).await;
    let refused = house.validate("serviceValidate?renew=true&", VIE, &ticket).await;
    assert!(refused.text.contains("INVALID_TICKET\""), "{}", refused.text);
    let service = encoded(VIE);
    let renewed = house.get(&format!("/cas/login?service={service}&renew=true&gateway=true"), &cookies).await;
    let id = renewed.location.strip_prefix("/connexion?i=").expect("the sign-in");
    let early = house.get(&format!("/cas/resume?i={id}"), &cookies).await;
    assert_eq!(early.location, format!("/connexion?i={id}"), "a session is no fresh proof");
}

#[tokio::test]
async fn gateway_asks_nothing() {
    let house = House::new().await;
    let asked = format!("/cas/login?gateway=true&service={}", encoded(VIE));
    assert_eq!(house.get(&asked, "").await.location, VIE);
    let cookies = house.sign_in(BROWSER).await;
    assert!(house.get(&asked, &cookies).await.location.contains("ticket=ST-"));
}

#[tokio::test]
async fn sso_08_an_unregistered_service_gets_a_page_that_does_not_name_it() {
    let house = House::new().await;
    let cookies = house.sign_in(BROWSER).await;
    let urls = [
        "https://evil.example/cas",
        "http://127.0.0.3:8082/casino",
        "javascript:alert(1)",
        "http://127.0.0.3:8082/cas/../x",
    ];
    for path in ["login?service=", "login?gateway=true&service=", "login?renew=true&service="] {
        for url in urls {
            let reply = house.get(&format!("/cas/{path}{}", encoded(url)), &cookies).await;
            assert_eq!((reply.status, reply.location.as_str()), (StatusCode::BAD_REQUEST, ""), "{path}{url}");
            assert!(reply.text.contains(r#"data-page="error""#) && reply.cookies.is_empty());
            let said = reply.text.replace(&encoded(url), "");
            assert!(!said.contains(url) && !said.contains("evil.example"), "{}", reply.text);
        }
    }
    let twice = house.get(&format!("/cas/login?service={}&service=x", encoded(VIE)), &cookies).await;
    assert_eq!(twice.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_ticket_is_for_one_service_once_and_for_seconds() {
    let house = House::new().await;
    let cookies = house.sign_in(BROWSER).await;
    let ticket = house.ticket(VIE, &cookies).await;
    let stolen = house.validate("serviceValidate?", "https://other.example/", &ticket).await;
    assert!(stolen.text.contains("INVALID_SERVICE"), "{}", stolen.text);
    let spent = house.validate("serviceValidate?", VIE, &ticket).await;
    assert!(spent.text.contains("INVALID_TICKET\""), "a failed validation uses the ticket up: {}", spent.text);
    let late = house.ticket(VIE, &cookies).await;
    house.app.clock.advance(house.app.config.policy.lifetimes.ticket);
    assert!(house.validate("serviceValidate?", VIE, &late).await.text.contains("INVALID_TICKET\""));
    for (path, code) in [
        ("serviceValidate?x=", "INVALID_REQUEST"),
        ("serviceValidate?service=a&ticket=ST-1&ticket=ST-2", "INVALID_REQUEST"),
        ("serviceValidate?service=a&ticket=PT-1", "INVALID_TICKET_SPEC"),
        ("p3/serviceValidate?service=a&ticket=ST-1", "INVALID_TICKET"),
    ] {
        assert!(house.get(&format!("/cas/{path}"), "").await.text.contains(code), "{path}");
    }
}

#[tokio::test]
async fn services_spell_their_address_as_their_library_does() {
    let house = House::new().await;
    let cookies = house.sign_in(BROWSER).await;
    for spelt in ["http%3a%2f%2f127.0.0.3%3a8082%2fcas%2fé", "http://127.0.0.3:8082/cas/%25C3%25A9%3Bjsessionid=AB12"]
    {
        let ticket = house.ticket(&format!("{VIE}/é"), &cookies).await;
        let path = format!("/cas/validate?ticket={ticket}&service={}", spelt.replace('é', "%c3%a9"));
        let told = house.get(&path, "").await;
        assert_eq!((told.text.as_str(), told.kind.as_str()), ("yes\nn.roux\n", "text/plain; charset=utf-8"), "{spelt}");
    }
    let refused = house.get("/cas/validate?ticket=ST-1&service=x", "").await;
    assert_eq!((refused.text.as_str(), refused.kind.as_str()), ("no\n", "text/plain; charset=utf-8"));
}

#[tokio::test]
async fn json_is_there_for_who_asks_and_an_opaque_user_stays_the_same() {
    let house = House::new().await;
    let cookies = house.sign_in(BROWSER).await;
    let mut users = Vec::new();
    for _ in 0..2 {
        let ticket = house.ticket("https://opaque.example/", &cookies).await;
        let told = house.validate("p3/serviceValidate?format=json&", "https://opaque.example/", &ticket).await;
        assert_eq!(told.kind, "application/json");
        let told: serde_json::Value = serde_json::from_str(&told.text).expect("JSON");
        users.push(told["serviceResponse"]["authenticationSuccess"]["user"].as_str().expect("a user").to_owned());
    }
    assert_eq!(users[0], users[1]);
    assert!(!users[0].contains("roux") && users[0].len() >= 20);
}

#[tokio::test]
async fn signing_out_ends_session_and_tickets_and_returns_to_registered_addresses_only() {
    let house = House::new().await;
    let cookies = house.sign_in(BROWSER).await;
    let ticket = house.ticket(VIE, &cookies).await;
    let out = house.get(&format!("/cas/logout?service={}", encoded(VIE)), &cookies).await;
    assert_eq!((out.status, out.location.as_str()), (StatusCode::SEE_OTHER, VIE));
    assert!(out.cookies.iter().any(|cookie| cookie == "preau_session="), "{:?}", out.cookies);
    assert!(house.validate("serviceValidate?", VIE, &ticket).await.text.contains("INVALID_TICKET\""));
    assert!(
        house.get(&format!("/cas/login?service={}", encoded(VIE)), &cookies).await.location.starts_with("/connexion")
    );
    for path in ["/cas/logout", "/cas/logout?service=https://evil.example/", "/cas/logout?url=https://evil.example/"] {
        let out = house.get(path, &cookies).await;
        assert_eq!((out.status, out.location.as_str()), (StatusCode::OK, ""), "{path}");
        assert!(out.text.contains(r#"data-page="signed-out""#));
    }
    let out = house.get(&format!("/cas/logout?url={}", encoded(VIE)), "").await;
    assert_eq!(out.location, VIE);
}

#[tokio::test]
async fn a_blocked_account_is_refused_with_its_ticket_and_a_validation_is_remembered() {
    let house = House::new().await;
    let cookies = house.sign_in(BROWSER).await;
    let ticket = house.ticket(VIE, &cookies).await;
    assert!(house.validate("validate?", VIE, &ticket).await.text.starts_with("yes"));
    let secret = cookies.rsplit_once('=').expect("a session").1;
    let served = sessions::list_served(&house.app.db, &Digest::of(secret.as_bytes())).await.expect("a store");
    let served: Vec<_> = served.iter().map(|it| (it.service.as_str(), it.ticket.as_deref())).collect();
    assert_eq!(served, [(VIE, Some(ticket.as_str()))], "so that the end can be told there");
    let ticket = house.ticket(VIE, &cookies).await;
    let suspended = AccountChange::Suspended { id: AccountId::new("nadia"), reason: "essai".into() };
    let mut tx = house.app.db.begin().await.expect("a store");
    accounts::apply(&mut tx, &Actor::command(house.app.clock.now()), suspended).await.expect("kept");
    tx.commit().await.expect("kept");
    assert_eq!(house.validate("validate?", VIE, &ticket).await.text, "no\n");
}

#[tokio::test]
async fn a_request_may_come_by_post_and_without_a_service() {
    let house = House::new().await;
    let form = format!("service={}&renew=true&username=n.roux&password=secret", encoded(VIE));
    let post = Request::post("/cas/login").header("content-type", "application/x-www-form-urlencoded");
    let sent = house.ask(post.body(Body::from(form)).expect("a request")).await;
    assert_eq!(sent.location, format!("/cas/login?service={}&renew=true", encoded(VIE)));
    assert_eq!(house.get("/cas/login", "").await.location, "/connexion");
    let cookies = house.sign_in(BROWSER).await;
    let posted = house.get(&format!("/cas/login?method=POST&service={}", encoded(VIE)), &cookies).await;
    assert!(posted.text.contains(r#"data-page="form-post""#) && posted.text.contains(r#"name="ticket" value="ST-"#));
}

#[tokio::test]
async fn who_refuses_a_third_party_is_led_home_without_a_ticket() {
    let house = House::new().await;
    let cookies = house.sign_in(BROWSER).await;
    let asked = format!("/cas/login?service={}", encoded("https://third.example/"));
    assert_eq!(house.get(&format!("{asked}&gateway=true"), &cookies).await.location, "https://third.example/");
    let sent = house.get(&asked, &cookies).await;
    let id = sent.location.strip_prefix("/connexion?i=").expect("the question").to_owned();
    let owed = house.get(&format!("/cas/resume?i={id}"), &cookies).await;
    assert_eq!(owed.location, sent.location);
    let interaction = door::find(&house.app, &house.visitor(BROWSER), &InteractionId::new(&id)).await;
    agreement::refuse(&house.app, &interaction.expect("a store").expect("a sign-in")).await.expect("noted");
    assert_eq!(house.get(&format!("/cas/resume?i={id}"), &cookies).await.location, "/");
    assert_eq!(house.get(&format!("/cas/resume?i={id}"), &cookies).await.status, StatusCode::BAD_REQUEST);
}
