//! The rules of HTTP (design §6): headers, forged forms, what is too large or not there, TLS.

use reqwest::Method;
use rstest::rstest;

use crate::{
    browser::Browser,
    engine::{Engine, Postgres, Sqlite},
    sign_in::ent,
    world::World,
};

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn every_page_carries_the_headers_that_protect_it(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::with(engine, ent).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.signs_in(&nadia).await;
    for path in [
        "/",
        "/connexion",
        "/p/ent/connexion",
        "/deconnexion",
        "/rien",
        "/sante/vivant",
        "/cas/login",
        "/oidc/authorize",
    ] {
        let page = phone.opens(path).await.page();
        let policy = page.header("content-security-policy");
        for rule in
            ["default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"]
        {
            assert!(policy.contains(rule), "{path}: {rule} in {policy}");
        }
        assert!(!policy.contains("unsafe") && !policy.contains("http"), "{path}: {policy}");
        assert_eq!(page.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(page.header("x-frame-options"), "DENY", "{path}");
        assert_eq!(page.header("referrer-policy"), "same-origin", "{path}");
        assert_eq!(page.header("cache-control"), "no-store", "{path}");
        assert_eq!(page.header("x-request-id").len(), 6, "{path}");
        assert_eq!(page.header("strict-transport-security"), "", "{path}: not over http");
        assert_eq!(page.header("server"), "", "{path}");
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn pages_of_a_sign_in_let_their_form_lead_on_and_no_others(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::with(engine, ent).await;
    let mut phone = world.phone();
    for (path, lets_go_on) in [
        ("/connexion", true),
        ("/p/ent/connexion", true),
        ("/connexion/attente", true),
        ("/deconnexion", true),
        ("/rien", false),
        ("/p/ent/rien", false),
    ] {
        let policy = phone.asks(Method::GET, path).await.page().header("content-security-policy").to_owned();
        assert_eq!(!policy.contains("form-action 'self'"), lets_go_on, "{path}: {policy}");
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn cookies_are_ours_alone_and_for_scripts_unreadable(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.tries(&nadia.identifier, "pas le bon").await;
    phone.opens("/connexion?lang=fr&theme=dark").await.signs_in(&nadia).await;
    let held = phone.cookies_held();
    assert_eq!(held, ["preau_browser", "preau_known", "preau_lang", "preau_session", "preau_theme"]);
    for name in held {
        let cookie = phone.kept(&name).expect("held").to_string();
        for part in ["HttpOnly", "SameSite=Lax", "Path=/"] {
            assert!(cookie.contains(part), "{cookie}");
        }
        assert!(!cookie.contains("Domain") && !cookie.contains("Secure"), "{cookie}");
    }
}

/// Whether a forged form was refused with a page, and nothing was tried.
async fn is_refused(world: &World, browser: &mut Browser, from: Option<&str>, fields: &[(&str, &str)]) -> bool {
    let hashes = world.app().hasher.count();
    browser.posts("/connexion", from, fields).await;
    let page = browser.page();
    page.status == 403
        && page.data_page() == "error"
        && page.has("main a[href]")
        && world.app().hasher.count() == hashes
        && browser.cookie("preau_session").is_none()
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_form_from_elsewhere_is_refused(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.opens("/connexion").await;
    let token = phone.page().field("form_token");
    let fields = [("form_token", token.as_str()), ("identifier", &nadia.identifier), ("password", &nadia.password)];
    let own = world.origin().origin().ascii_serialization();
    for foreign in [
        "https://evil.example",
        "http://localhost",
        "http://localhost.evil.example",
        &own.replace("http", "https"),
        "http://127.0.0.1",
    ] {
        assert!(is_refused(&world, &mut phone, Some(foreign), &fields).await, "{foreign}");
    }
    phone.headers.insert("sec-fetch-site", "same-site".parse().unwrap());
    assert!(is_refused(&world, &mut phone, None, &fields).await, "of the same site, but another origin");
    phone.headers.clear();
    phone.posts("/connexion", Some(&own), &fields).await;
    assert!(phone.shows("home"), "the very same form from our own page is taken");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_form_without_its_token_is_shown_anew_and_tries_nothing(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let (mut phone, mut other) = (world.phone(), world.desk());
    other.opens("/connexion").await;
    let token_of_another = other.page().field("form_token");
    phone.opens("/connexion").await;
    let token = phone.page().field("form_token");
    let own = world.origin().origin().ascii_serialization();
    let person = [("identifier", nadia.identifier.as_str()), ("password", nadia.password.as_str())];
    let twisted = format!("{token}x");
    for forged in [None, Some(""), Some(token_of_another.as_str()), Some(twisted.as_str())] {
        let fields: Vec<_> = forged.map(|token| ("form_token", token)).into_iter().chain(person).collect();
        for from in [Some(own.as_str()), None] {
            let hashes = world.app().hasher.count();
            phone.posts("/connexion", from, &fields).await;
            assert!(phone.shows("sign-in") && !phone.page().notice().is_empty(), "{forged:?}");
            assert_eq!(world.app().hasher.count(), hashes, "{forged:?}");
        }
    }
    phone.posts("/p/default/connexion", Some(own.as_str()), &person).await;
    assert_eq!(phone.place().path(), "/p/default/connexion", "the portal is kept");
    // Curl and the like send neither Origin nor Sec-Fetch-Site: then the token alone decides.
    let fields: Vec<_> = [("form_token", token.as_str())].into_iter().chain(person).collect();
    assert!(phone.posts("/connexion", None, &fields).await.shows("home"));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_signed_out_by_another_site(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.signs_in(&nadia).await;
    phone.posts("/deconnexion", Some("https://evil.example"), &[]).await;
    assert_eq!(phone.page().status, 403);
    for path in ["/deconnexion", "/oidc/end_session"] {
        phone.opens(path).await;
    }
    assert!(phone.opens("/").await.shows("home"), "a GET ends nothing by itself");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_has_a_page_with_a_way_on(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::with(engine, ent).await;
    let mut phone = world.phone();
    for (method, path, status) in [
        (Method::GET, "/rien", 404),
        (Method::GET, "/p/inconnu/rien", 404),
        (Method::GET, "/p/", 404),
        (Method::GET, "/connexion/", 404),
        (Method::GET, "/%2e%2e/%00", 404),
        (Method::DELETE, "/connexion", 405),
        (Method::PUT, "/deconnexion", 405),
        (Method::PATCH, "/", 405),
        (Method::POST, "/", 405),
    ] {
        let page = phone.asks(method.clone(), path).await.page();
        assert_eq!((page.status.as_u16(), page.data_page().as_str()), (status, "error"), "{method} {path}");
        assert!(page.has("main a.button[href]"), "{method} {path} has a way on");
        assert!(page.texts("main .exact").concat().replace('-', "") == page.header("x-request-id"), "its reference");
        assert!(!page.body.contains("rien\""), "nothing of the address is repeated in a link");
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn too_much_is_refused_and_half_a_form_too(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::with(engine, |s| s.limits.body_bytes = 4096).await;
    let mut phone = world.phone();
    phone.opens("/connexion").await;
    let token = phone.page().field("form_token");
    let own = world.origin().origin().ascii_serialization();
    let long = "x".repeat(5000);
    phone.posts("/connexion", Some(&own), &[("form_token", &token), ("identifier", &long)]).await;
    assert_eq!((phone.page().status.as_u16(), phone.page().data_page().as_str()), (413, "error"));
    // Fields that are missing are empty, ones that are not known are nothing, twice the same is no fault of ours.
    for fields in [&[][..], &[("autre", "chose")], &[("identifier", "a"), ("identifier", "b")]] {
        let fields: Vec<_> = [("form_token", token.as_str())].into_iter().chain(fields.iter().copied()).collect();
        let status = phone.posts("/connexion", Some(&own), &fields).await.page().status;
        assert!(!status.is_server_error(), "{status} for {fields:?}");
    }
    let address = format!("/connexion?i={}", "é".repeat(2000));
    assert!(phone.opens(&address).await.shows("sign-in"), "{}", phone.page().status);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn assets_are_kept_by_browsers_and_named_by_what_they_hold(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::with(engine, ent).await;
    let mut phone = world.phone();
    phone.opens("/p/ent/connexion").await;
    let page = phone.page().clone();
    let assets = [page.attributes("link[href]", "href"), page.attributes("script[src]", "src")].concat();
    assert!(assets.len() >= 5, "{assets:?}");
    for address in assets {
        let asset = phone.opens(&address).await.page();
        assert_eq!(asset.status, 200, "{address}");
        assert!(asset.header("cache-control").contains("immutable"), "{address}: {}", asset.header("cache-control"));
        assert!(!asset.header("set-cookie").contains("session"), "{address}");
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn operators_see_that_it_lives_and_is_ready(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let mut probe = world.browser();
    for path in ["/sante/vivant", "/sante/pret"] {
        assert_eq!(probe.opens(path).await.page().status, 200, "{path}");
    }
    world.db().close().await;
    assert_eq!(probe.opens("/sante/vivant").await.page().status, 200);
    assert_eq!(probe.opens("/sante/pret").await.page().status, 503, "the database is away");
    probe.opens("/connexion?i=quelconque").await;
    assert_eq!((probe.page().status.as_u16(), probe.page().data_page().as_str()), (500, "error"));
    assert!(!probe.page().body.to_lowercase().contains("pool"), "the cause is for the log: {}", probe.page().text());
    let reference = probe.page().header("x-request-id").to_owned();
    assert!(probe.page().text().replace('-', "").contains(&reference), "{}", probe.page().text());
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn the_page_of_all_pieces_is_the_demos_alone(#[values(Sqlite, Postgres)] engine: Engine) {
    let mut world = World::with(engine, ent).await;
    assert_eq!(world.phone().opens("/composants").await.page().status, 404);
    world.restarts(|settings| settings.demo = true).await;
    let mut phone = world.phone();
    phone.opens("/composants").await;
    assert_eq!((phone.page().status.as_u16(), phone.page().data_page().as_str()), (200, "components"));
    assert_eq!(phone.page().texts(".sample .portal").len(), 2, "a sample of each portal");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn nobody_fills_the_store_with_sign_ins_that_they_only_begin(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::with(engine, |settings| settings.limits.network.pending = 2).await;
    let (agenda, canteen) = (world.service("agenda").await, world.cas_service("cantine").await);
    for address in [agenda.sign_in(&[]), canteen.sign_in()] {
        assert!(world.phone().opens(address).await.shows("sign-in"));
    }
    let before = world.rows().await;
    for address in [agenda.sign_in(&[]), canteen.sign_in()] {
        let mut phone = world.phone();
        phone.opens(address).await;
        assert_eq!((phone.page().status.as_u16(), phone.page().header("retry-after")), (503, "10"));
        assert_eq!(phone.page().data_page(), "error");
    }
    assert_eq!(world.rows().await, before);
    assert!(world.phone().opens("/connexion").await.shows("sign-in"), "one's own door is open");
}
