//! The ways to every page of ours, for whoever looks at them.

use fantoccini::key::Key;
use preau::{
    config::{PortalSettings, Settings},
    crypto::{Class, Seed},
    demo::sepne::Mischief,
    domain::{Network, Password, Profile},
};
use serde_json::json;

use crate::{
    browser_door::with_ent,
    charters::charter,
    chromium::Window,
    eye::Eye,
    post::Post,
    sepne::{Provider, THERE, at_sepne},
    world::World,
};

/// Portals of three kinds: the default one, one with a chooser, one for staff alone.
pub fn settings(settings: &mut Settings) {
    with_ent(settings);
    settings.demo = true;
    let staff = PortalSettings {
        title: "Portail des personnels".into(),
        profiles: vec![Profile::NationalStaff],
        ..PortalSettings::default()
    };
    settings.portals.insert("staff".into(), staff);
    let asking = PortalSettings { notification_email: Some(true), ..PortalSettings::default() };
    settings.portals.insert("asking".into(), asking);
}

/// The same with one slow pool and no patience.
pub fn crowded(all: &mut Settings) {
    settings(all);
    all.hashing.workers = 1;
    all.hashing.passes = 2;
    all.hashing.memory_kib = 19_456;
    all.hashing.patience = 0;
}

/// Before and around a sign-in.
pub async fn at_the_door(world: &World, eye: &mut Eye) {
    for (path, page, name) in [
        ("/p/ent/connexion", "chooser", "chooser"),
        ("/p/ent/connexion?profil=parent", "sign-in", "sign-in-parent"),
        ("/p/ent/connexion?profil=pupil", "sign-in", "sign-in-pupil"),
        ("/connexion", "sign-in", "sign-in"),
        ("/connexion?relance=1", "sign-in", "sign-in-again"),
        ("/deconnexion", "signed-out", "signed-out"),
        ("/composants", "components", "components"),
    ] {
        eye.window.opens_at(world, path).await;
        eye.looks_at(page, name).await;
    }
    for (path, name) in [("/connexion", "refused"), ("/p/ent/connexion?profil=pupil", "refused-pupil")] {
        eye.window.opens_at(world, path).await;
        eye.window.signs_in_by_keyboard("personne", "pas le bon").await;
        eye.window.sees(".problems").await;
        eye.looks_at("sign-in", name).await;
    }
}

/// The pupils' reset through the stand-in for SEPNE, as far as the page that says it was sent.
pub async fn of_the_pupils_reset(world: &World, provider: &Provider, eye: &mut Eye) {
    world.pupil_with_number(0).await;
    for (path, page) in [
        ("/p/portail-eleves/connexion", "sign-in"),
        ("/p/portail-eleves/eleve/mot-de-passe-oublie", "pupil-forgotten"),
        ("/p/portail-eleves/eleve/reinitialisation/envoyee", "pupil-reset-sent"),
        ("/connexion/retour/sepne?state=perdu", "upstream-lost"),
    ] {
        eye.window.opens_at(world, path).await;
        eye.looks_at(page, &format!("eleves-{page}")).await;
    }
    provider.sepne.misbehaves(Mischief::Down);
    eye.window.opens_at(world, "/p/portail-eleves/eleve/reinitialisation/preuve").await;
    eye.looks_at("upstream-unavailable", "upstream-unavailable").await;
    provider.sepne.misbehaves(Mischief::None);
    eye.window.opens_at(world, "/p/portail-eleves/eleve/reinitialisation/preuve").await;
    eye.window.is_on("sepne-sign-in").await;
    eye.window.tabs_to("address").await;
    eye.window.types(&at_sepne("Paul Leblanc")).await;
    eye.window.tabs_to("password").await;
    eye.window.types(THERE).await;
    eye.window.presses(Key::Enter).await;
    eye.looks_at("pupil-reset", "pupil-reset").await;
    eye.window.tabs_to("number").await;
    eye.window.types("310 011 122").await;
    eye.window.presses(Key::Enter).await;
    eye.window.sees(".problems").await;
    eye.looks_at("pupil-reset", "pupil-reset-refused").await;
}

/// What goes wrong.
pub async fn of_what_goes_wrong(world: &World, eye: &mut Eye) {
    for (path, name) in [
        ("/nulle-part", "error-not-found"),
        ("/oidc/authorize?client_id=personne", "error-oidc"),
        ("/cas/login?service=http://127.0.0.2:9/personne", "error-cas"),
    ] {
        eye.window.opens_at(world, path).await;
        eye.looks_at("error", name).await;
    }
    let ilyes = world.pupil("Ilyès Roux").await;
    world.suspends(&ilyes).await;
    eye.window.opens_at(world, "/connexion").await;
    eye.window.signs_in_by_keyboard(&ilyes.identifier, &ilyes.password).await;
    eye.looks_at("suspended", "suspended").await;
    for _ in 0..5 {
        eye.window.opens_at(world, "/p/ent/connexion?profil=parent").await;
        eye.window.signs_in_by_keyboard("personne", "pas le bon").await;
        eye.window.sees(".problems").await;
    }
    eye.window.signs_in_by_keyboard("personne", "pas le bon").await;
    eye.looks_at("sign-in", "paused").await;
    let closed = world.service_with("personnels", json!({ "portal": "staff" })).await;
    let nadia = world.parent("Nadia Roux").await;
    eye.window.goes_to(closed.sign_in(&[])).await;
    eye.window.signs_in_by_keyboard(&nadia.identifier, &nadia.password).await;
    eye.looks_at("not-welcome", "not-welcome").await;
}

/// A session, and what stands between us and a service.
pub async fn of_a_session(world: &World, eye: &mut Eye) {
    let nadia = world.parent("Nadia Roux").await;
    let members = json!({ "client_name": "Cahier malin", "first_party": false, "portal": "ent" });
    let stranger = world.service_with("cahier-malin", members).await;
    let service = world.service_with("agenda", json!({ "client_name": "Espace numérique" })).await;
    eye.window.goes_to(service.sign_in(&[])).await;
    eye.looks_at("sign-in", "sign-in-service").await;
    eye.window.blocks("*/form-post*").await;
    eye.window.goes_to(service.sign_in(&[("response_mode", "form_post")])).await;
    eye.window.signs_in_by_keyboard(&nadia.identifier, &nadia.password).await;
    eye.looks_at("form-post", "form-post").await;
    for (path, page) in [
        ("/", "home"),
        ("/compte", "account"),
        ("/compte/enfants", "account-children"),
        ("/compte/services", "account-services"),
        ("/compte/donnees", "account-data"),
        ("/deconnexion", "sign-out-question"),
    ] {
        eye.window.opens_at(world, path).await;
        eye.looks_at(page, page).await;
    }
    eye.window.goes_to(stranger.sign_in(&[])).await;
    eye.looks_at("consent", "consent").await;
}

/// A second factor: added by whoever must have one, then asked for, and the page of security.
pub async fn of_second_factors(world: &World, eye: &mut Eye) {
    let claire = world.administrator("claire.chef").await;
    eye.window.opens_at(world, "/connexion").await;
    eye.window.signs_in_by_keyboard(&claire.identifier, &claire.password).await;
    eye.looks_at("enrol-second-factor", "enrol-second-factor").await;
    eye.window.clicks("form[action$='/application'] button").await;
    eye.looks_at("add-application", "add-application").await;
    let shown: String = eye.window.evaluates("return document.getElementById('seed').textContent", vec![]).await;
    let seed = Seed::from_base_32(&shown).expect("base 32");
    eye.window.tabs_to("code").await;
    eye.window.types(&world.code_of(&seed)).await;
    eye.window.presses(Key::Enter).await;
    eye.looks_at("recovery-codes", "recovery-codes").await;
    eye.window.opens_at(world, "/compte/securite").await;
    eye.looks_at("security", "security").await;
    eye.window.opens_at(world, "/deconnexion").await;
    eye.window.clicks("main form button").await;
    eye.window.is_on("signed-out").await;
    eye.window.opens_at(world, "/connexion").await;
    eye.window.signs_in_by_keyboard(&claire.identifier, &claire.password).await;
    eye.looks_at("second-factor", "second-factor").await;
    eye.window.tabs_to("code").await;
    eye.window.types("000000").await;
    eye.window.presses(Key::Enter).await;
    eye.window.sees(".problems").await;
    eye.looks_at("second-factor", "second-factor-refused").await;
}

/// Forgotten identifier, forgotten password by a link: as far as the link's page.
pub async fn of_forgotten(world: &World, post: &Post, eye: &mut Eye) {
    let nadia = world.parent("Nadia Roux").await;
    eye.window.opens_at(world, "/identifiant-oublie").await;
    eye.looks_at("forgotten-identifier", "forgotten-identifier").await;
    eye.window.tabs_to("email").await;
    eye.window.types("nadia").await;
    eye.window.presses(Key::Enter).await;
    eye.window.sees(".problems").await;
    eye.looks_at("forgotten-identifier", "forgotten-identifier-refused").await;
    eye.window.opens_at(world, "/mot-de-passe-oublie").await;
    eye.looks_at("forgotten-password", "forgotten-password").await;
    eye.window.tabs_to("identifier").await;
    eye.window.types(&nadia.identifier).await;
    eye.window.presses(Key::Enter).await;
    eye.looks_at("recovery-sent", "recovery-sent").await;
    let link = post.awaits(1).await[0].link();
    eye.window.goes_to(link).await;
    eye.looks_at("reset-password", "reset-password").await;
    for field in ["new_password", "confirmation"] {
        eye.window.tabs_to(field).await;
        eye.window.types("cerisier 41 Lanterne").await;
    }
    eye.window.presses(Key::Enter).await;
    eye.looks_at("reset-done", "reset-done").await;
    eye.window.opens_at(world, "/mot-de-passe-oublie/lien/jamaisvu").await;
    eye.looks_at("reset-unknown", "reset-unknown").await;
}

/// The help form and what families ask.
pub async fn of_help(world: &World, eye: &mut Eye) {
    world.parent("Nadia Roux").await;
    eye.window.opens_at(world, "/contacter-l-ecole").await;
    eye.looks_at("help-form", "help-form").await;
    eye.window.tabs_to("phone").await;
    eye.window.types("555").await;
    eye.window.presses(Key::Enter).await;
    eye.window.sees(".problems").await;
    eye.looks_at("help-form", "help-form-refused").await;
    eye.window.opens_at(world, "/p/ent/aide").await;
    eye.looks_at("faq", "faq").await;
}

/// Charters and the address for notifications.
pub async fn of_charters(world: &World, eye: &mut Eye) {
    let (nadia, ilyes) = (world.parent("Nadia Roux").await, world.pupil("Ilyès Roux").await);
    world.gives_child(&nadia, &ilyes).await;
    let adults = charter("familles-3", "3", "\"parent\"", "establishment = \"0590001A\"");
    world.publishes(&adults).await;
    let pupils = charter("eleves-1", "1", "\"pupil\"", "blocking = true");
    world.publishes(pupils.split("+++ en").next().unwrap_or_default()).await;
    let agenda = world.service_with("agenda", json!({ "portal": "asking" })).await;
    eye.window.goes_to(agenda.sign_in(&[])).await;
    eye.window.signs_in_by_keyboard(&ilyes.identifier, &ilyes.password).await;
    eye.looks_at("charter", "charter-pupil").await;
    eye.window.clicks("#accept-eleves-1").await;
    eye.window.clicks("#accept .button").await;
    eye.looks_at("charter-waits", "charter-waits").await;
    eye.window.opens_at(world, "/deconnexion").await;
    eye.window.clicks("form .button").await;
    eye.window.is_on("signed-out").await;
    eye.window.goes_to(agenda.sign_in(&[])).await;
    eye.window.signs_in_by_keyboard(&nadia.identifier, &nadia.password).await;
    eye.looks_at("charter", "charter").await;
    eye.window.clicks("#accept .text").await;
    eye.looks_at("charter-refused", "charter-refused").await;
    eye.window.goes_to(agenda.sign_in(&[])).await;
    eye.window.signs_in_by_keyboard(&nadia.identifier, &nadia.password).await;
    eye.window.is_on("charter").await;
    eye.window.clicks("#accept-familles-3").await;
    eye.window.clicks("#accept .button").await;
    eye.looks_at("notification-email", "notification-email").await;
    eye.window.evaluates::<()>("document.querySelector('#email').value = 'alertes@courriel.example'", vec![]).await;
    eye.window.clicks("form .button").await;
    eye.looks_at("notification-sent", "notification-sent").await;
    world
        .publishes(&charter("familles-3.1", "3.1", "\"parent\"", "establishment = \"0590001A\"\nkind = \"minor\""))
        .await;
    let child = format!("/charte/enfant/{}/eleves-1", ilyes.account_id);
    for (path, page, name) in [
        ("/", "home", "home-news"),
        ("/charte", "charters", "charters"),
        ("/charte/familles-3", "charter-text", "charter-text"),
        (child.as_str(), "charter-child", "charter-child"),
        ("/notifications/lien/passe", "notification-over", "notification-over"),
    ] {
        eye.window.opens_at(world, path).await;
        eye.looks_at(page, name).await;
    }
}

/// The queue, which stands still while it is looked at.
pub async fn of_the_queue(world: &World, eye: &mut Eye) {
    into_the_queue(world, &eye.window).await;
    eye.window.evaluates::<()>("window.stop()", vec![]).await;
    eye.looks_at("wait", "wait").await;
}

/// Signs in behind a crowd, as far as the page that waits.
pub async fn into_the_queue(world: &World, window: &Window) {
    let nadia = world.parent("Nadia Roux").await;
    window.opens_at(world, "/connexion").await;
    for _ in 0..60 {
        let network = Network::of([127, 0, 0, 1].into());
        let guess = world.app().hasher.hash(Class::Person(network), &Password::typed("pas le bon").unwrap());
        drop(guess.expect("a place"));
    }
    window.signs_in_by_keyboard(&nadia.identifier, &nadia.password).await;
    window.is_on("wait").await;
}

/// Registration and the secret question, at the parents' portal.
pub async fn of_the_parents_portal(world: &World, post: &Post, eye: &mut Eye) {
    const ADDRESS: &str = "adzo.test@courriel.example";
    let adzo = world.on_roster("Adzo Testtest", ADDRESS).await;
    world.child("Koffi Testtest", "2015-01-01", &[(&adzo, preau::domain::Standing::Legal)]).await;
    eye.window.opens_at(world, "/p/parents/connexion").await;
    eye.looks_at("sign-in", "parents-sign-in").await;
    eye.window.opens_at(world, "/p/parents/creer-mon-compte").await;
    eye.looks_at("registration", "registration").await;
    eye.window.tabs_to("email").await;
    eye.window.types(ADDRESS).await;
    eye.window.presses(Key::Enter).await;
    eye.window.sees("#family_name").await;
    eye.looks_at("registration", "registration-who").await;
    eye.window.clicks("main button[type=submit]").await;
    eye.window.sees(".problems").await;
    eye.looks_at("registration", "registration-who-refused").await;
    let told = [
        ("family_name", "Testtest"),
        ("given_name", "Adzo"),
        ("birth_day", "1"),
        ("birth_month", "Ja"),
        ("birth_year", "2015"),
        ("school", "Col"),
        ("civic_number", "2445"),
    ];
    for (field, text) in told {
        eye.window.tabs_to(field).await;
        eye.window.types(text).await;
    }
    eye.window.presses(Key::Enter).await;
    eye.looks_at("registration-sent", "registration-sent").await;
    eye.window.goes_to(post.awaits(1).await[0].link()).await;
    eye.looks_at("registration-password", "registration-password").await;
    eye.window.opens_at(world, "/p/parents/mot-de-passe-oublie/question").await;
    eye.looks_at("by-question", "by-question").await;
    eye.window.tabs_to("identifier").await;
    eye.window.types(ADDRESS).await;
    eye.window.presses(Key::Enter).await;
    eye.window.sees("#question").await;
    eye.looks_at("by-question", "by-question-asked").await;
    eye.window.opens_at(world, "/p/parents/donnees-personnelles").await;
    eye.looks_at("privacy", "privacy").await;
}
