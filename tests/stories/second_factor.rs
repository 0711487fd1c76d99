//! The second factor: nothing opens before it, and each of its proofs counts once.

use std::time::Duration;

use preau::{
    admin::first::{NewAdministrator, Tools, create},
    config::Settings,
    crypto::Seed,
    domain::{Email, Identifier, Password},
    policy::SecondFactorRule,
    signin::second_factor::{recovery_digest, seal},
    store::{audit, recovery_codes, sessions, totp},
};
use reqwest::Method;
use rstest::rstest;
use serde_json::{Value, json};

use crate::{
    authenticator::Authenticator,
    browser::Browser,
    engine::{Engine, Postgres, Sqlite},
    people::Someone,
    post::{Arrived, Post},
    world::World,
};

const TWO_FACTORS: &str = "https://refeds.org/profile/mfa";

impl World {
    /// Somebody has an application for codes already, and recovery codes of that text.
    pub async fn gives_application(&self, someone: &Someone, codes: &[&str]) -> Seed {
        let (app, id, now) = (self.app(), &someone.account_id, self.clock.now());
        let seed = Seed::fresh().unwrap();
        let sealed = seal(app, id, &seed).unwrap();
        let digests: Vec<_> = codes.iter().map(|code| recovery_digest(app, id, code)).collect();
        let mut tx = self.db().begin().await.unwrap();
        assert!(totp::offer(&mut tx, id, &sealed, now).await.unwrap());
        assert!(totp::confirm(&mut tx, id, &sealed, 0, now).await.unwrap());
        recovery_codes::put(&mut tx, id, &digests, now).await.unwrap();
        tx.commit().await.unwrap();
        seed
    }

    /// What an application shows now.
    pub fn code_of(&self, seed: &Seed) -> String {
        seed.code(self.clock.now()).unwrap()
    }

    /// An administrator of the network, with a password of their own.
    pub async fn administrator(&self, identifier: &str) -> Someone {
        let app = self.app();
        let portal = app.config.policy.portals.default_portal();
        let tools = Tools { db: &app.db, hasher: &app.hasher, rng: &app.rng, portal };
        let password = "Vélo bleu du mardi 7";
        let email = format!("{identifier}@example.org");
        let new = NewAdministrator {
            identifier: Identifier::new(identifier),
            given_name: "Claire".into(),
            family_name: "Chef".into(),
            email: Email::parse(&email),
            password: Password::typed(password).unwrap(),
        };
        let account_id = create(tools, &self.operator(), new).await.unwrap();
        Someone {
            name: "Claire Chef".into(),
            identifier: identifier.into(),
            password: password.into(),
            email,
            account_id,
            person_id: preau::domain::PersonId::new("-"),
        }
    }
}

impl Browser {
    /// Gives a code on the page on the screen.
    pub async fn gives(&mut self, code: &str) -> &mut Self {
        assert_eq!(self.page().data_page(), "second-factor", "{}", self.page().text());
        self.submits([("code", code)]).await
    }
}

/// What a portal says of everybody who is a parent, and of administrators.
fn asking(rule: SecondFactorRule) -> impl Fn(&mut Settings) {
    move |settings| {
        settings.portals.entry("default".into()).or_default().second_factor.parent = Some(rule);
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn adm_20_an_administrator_adds_a_second_factor_before_anything_opens(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let post = Post::opens().await;
    let world = World::with(engine, |settings| settings.mail.smtp.clone_from(&post.url)).await;
    let claire = world.administrator("claire.chef").await;
    let service = world.service("agenda").await;
    let mut desk = world.desk();
    desk.opens(service.sign_in(&[])).await.signs_in(&claire).await;
    assert_eq!(desk.page().data_page(), "enrol-second-factor", "{}", desk.page().text());
    let pending = desk.place().clone();
    for path in ["/", "/connexion"] {
        desk.opens(path).await;
        assert_eq!(desk.page().data_page(), "enrol-second-factor", "{path}");
    }
    desk.opens(service.sign_in(&[("prompt", "none")])).await;
    assert_eq!(desk.told_error(), "interaction_required");
    desk.opens(pending.as_str()).await.presses("Ajouter une application").await;
    assert_eq!(desk.page().data_page(), "add-application");
    assert!(desk.page().has("svg.qr path"));
    let seed = seed_on(&desk);
    let mut reloaded = desk.tab();
    reloaded.reloads().await;
    assert_eq!(seed_on(&reloaded).base_32(), seed.base_32(), "looking changes nothing");
    desk.submits([("code", "000000")]).await;
    assert!(desk.page().alert().contains("Ce code ne convient pas"), "{}", desk.page().alert());
    desk.submits([("code", &world.code_of(&seed))]).await;
    assert_eq!(desk.page().data_page(), "recovery-codes", "{}", desk.page().text());
    let codes = codes_on(&desk);
    assert_eq!(codes.len(), 10);
    desk.follows("C’est noté, continuer").await;
    let code = desk.told("code").unwrap_or_else(|| panic!("no code: {}", desk.place()));
    let told = world.redeems(&service, &code, &[]).await.id_token();
    assert_eq!((&told["amr"], &told["acr"]), (&json!(["pwd", "otp", "mfa"]), &json!(TWO_FACTORS)));
    let dump = world.dump().await;
    assert!(!dump.contains(&seed.base_32()) && codes.iter().all(|code| !dump.contains(code.as_str())));
    let mail = post.awaits(1).await;
    assert_eq!(mail[0].header("Subject"), "La vérification en deux étapes a changé – Préau");
    assert!(mail[0].text().contains("Une application de codes"), "{}", mail[0].text());
    let trail = world.audit(&claire).await;
    assert_eq!(trail, ["account_created", "signed_in", "second_factor_added", "recovery_codes_made"]);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_password_alone_opens_nothing_where_there_is_a_second_factor(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let seed = world.gives_application(&nadia, &[]).await;
    let (service, cantine) = (world.service("agenda").await, world.cas_service("cantine").await);
    let mut phone = world.phone();
    phone.opens("/connexion").await.signs_in(&nadia).await;
    assert_eq!(phone.page().data_page(), "second-factor");
    for path in ["/", "/connexion", "/p/default/"] {
        phone.opens(path).await;
        assert_eq!(phone.page().data_page(), "second-factor", "{path}");
    }
    phone.opens(service.sign_in(&[("prompt", "none")])).await;
    assert_eq!(phone.told_error(), "interaction_required");
    phone.opens(format!("{}&gateway=true", cantine.sign_in())).await;
    assert_eq!((phone.place().as_str(), phone.told("ticket")), (cantine.service.as_str(), None));
    let half = sessions::find_standing(world.db(), &session_of(&phone), world.clock.now()).await.unwrap();
    assert!(half.is_none(), "nobody stands there yet");
    phone.opens(world.origin().join("/deconnexion").unwrap()).await;
    assert_eq!(phone.page().data_page(), "sign-out-question", "whoever can't go on can leave");
    phone.opens(service.sign_in(&[])).await;
    let before = session_of(&phone);
    phone.gives(&world.code_of(&seed)).await;
    let code = phone.told("code").unwrap_or_else(|| panic!("no code: {}", phone.place()));
    assert_ne!(before, session_of(&phone), "a new secret for a new proof");
    let told = world.redeems(&service, &code, &[]).await.id_token();
    assert_eq!(told["amr"], json!(["pwd", "otp", "mfa"]));
    phone.opens(cantine.sign_in()).await;
    assert!(phone.told("ticket").is_some());
    assert_eq!(world.audit(&nadia).await, ["account_created", "password_accepted", "second_factor_given", "signed_in"]);
    phone.opens(service.sign_in(&[("prompt", "login")])).await.signs_in(&nadia).await;
    assert_eq!(phone.page().data_page(), "second-factor", "a new password wants a new second factor");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_taken_once_even_side_by_side_and_one_step_of_drift_is_taken(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let seed = world.gives_application(&nadia, &[]).await;
    let code = world.code_of(&seed);
    let (mut phone, mut desk) = (world.phone(), world.desk());
    phone.signs_in(&nadia).await;
    desk.signs_in(&nadia).await;
    tokio::join!(phone.gives(&code), desk.gives(&code));
    let mut pages = [phone.page().data_page(), desk.page().data_page()];
    pages.sort();
    assert_eq!(pages, ["home", "second-factor"]);
    let loser = if phone.shows("home") { &mut desk } else { &mut phone };
    assert!(loser.page().alert().contains("Ce code ne convient pas"), "{}", loser.page().alert());
    let ahead = seed.code(world.clock.now() + Duration::from_secs(30)).unwrap();
    loser.gives(&ahead).await;
    assert_eq!(loser.page().data_page(), "home", "the application's clock is a little fast");
    let mut late = world.phone();
    late.signs_in(&nadia).await.gives(&code).await;
    assert_eq!(late.page().data_page(), "second-factor", "no code of an earlier step is taken after a later one");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn wrong_codes_are_paused_and_the_holder_is_told_that_somebody_knows_the_password(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let post = Post::opens().await;
    let world = World::with(engine, |settings| settings.mail.smtp.clone_from(&post.url)).await;
    let nadia = world.parent("Nadia Roux").await;
    let seed = world.gives_application(&nadia, &["bcdfg-23456"]).await;
    let mut phone = world.phone();
    phone.signs_in(&nadia).await;
    for wrong in ["000000", "", "zzzzz-zzzzz", "12345", "000000", "000000"] {
        phone.gives(wrong).await;
        let expected = if wrong.is_empty() { "Écrivez le code" } else { "Ce code ne convient pas" };
        assert!(phone.page().alert().contains(expected), "{wrong}: {}", phone.page().alert());
    }
    // Another browser and another password change nothing: the count is the account's.
    let mut desk = world.desk();
    desk.signs_in(&nadia).await.gives(&world.code_of(&seed)).await;
    assert!(desk.page().alert().contains("Trop d’essais"), "{}", desk.page().alert());
    let mail = post.awaits(1).await;
    assert_eq!(mail[0].header("Subject"), "Quelqu’un connaît peut-être le mot de passe – Préau");
    world.waits(Duration::from_secs(61));
    desk.gives(&world.code_of(&seed)).await;
    assert_eq!(desk.page().data_page(), "home");
    let trail = world.audit(&nadia).await;
    let count = |name: &str| trail.iter().filter(|event| *event == name).count();
    assert_eq!((count("second_factor_refused"), count("second_factor_paused"), count("signed_in")), (5, 1, 1));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_recovery_code_works_once_of_twenty_who_show_it(#[values(Sqlite, Postgres)] engine: Engine) {
    let post = Post::opens().await;
    let change = |settings: &mut Settings| {
        settings.mail.smtp.clone_from(&post.url);
        settings.limits.account.failures = 100;
        settings.limits.account.daily = 100;
    };
    let world = World::with(engine, change).await;
    let nadia = world.parent("Nadia Roux").await;
    world.gives_application(&nadia, &["bcdfg-23456", "hjkmn-78923"]).await;
    let mut crowd = Vec::new();
    for _ in 0..20 {
        let mut browser = world.phone();
        browser.signs_in(&nadia).await;
        crowd.push(browser);
    }
    let shown = crowd
        .into_iter()
        .map(|mut browser| tokio::spawn(async move { browser.gives("BCDFG 23456").await.page().data_page() }));
    let shown: Vec<_> = shown.collect();
    let mut pages = Vec::new();
    for one in shown {
        pages.push(one.await.unwrap());
    }
    assert_eq!(pages.iter().filter(|page| *page == "home").count(), 1, "{pages:?}");
    let lines = audit::list(world.db(), &nadia.account_id).await.unwrap();
    let used: Vec<_> = lines.iter().filter(|line| line.event == "recovery_code_used").collect();
    assert_eq!((used.len(), &used[0].data["left"]), (1, &json!(1)));
    let mail = post.awaits(1).await;
    assert!(mail[0].text().contains("Il en reste un"), "{}", mail[0].text());
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_is_added_is_a_second_factor_and_signs_in_alone(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::with(engine, asking(SecondFactorRule::Required)).await;
    let nadia = world.parent("Nadia Roux").await;
    let service = world.service("agenda").await;
    let (mut phone, mut key) = (world.phone(), Authenticator::of(&world));
    phone.opens(service.sign_in(&[])).await.signs_in(&nadia).await.presses("Ajouter une clé d’accès").await;
    phone.touches(&mut key).await;
    assert_eq!(phone.page().data_page(), "recovery-codes", "{}", phone.page().text());
    phone.follows("C’est noté, continuer").await;
    assert!(phone.told("code").is_some(), "{}", phone.place());
    // After the password.
    let mut desk = world.desk();
    desk.opens(service.sign_in(&[])).await.signs_in(&nadia).await.presses("Utiliser une clé d’accès").await;
    let question = desk.place().clone();
    let mut foreign = Authenticator::of(&world);
    desk.touches(&mut foreign).await;
    assert!(desk.page().alert().contains("Cette clé d’accès n’a pas pu servir"), "{}", desk.page().alert());
    desk.presses("Utiliser une clé d’accès").await.touches(&mut key).await;
    let code = desk.told("code").unwrap_or_else(|| panic!("no code: {} {question}", desk.place()));
    assert_eq!(world.redeems(&service, &code, &[]).await.id_token()["amr"], json!(["pwd", "hwk", "mfa"]));
    // Alone, without an identifier.
    let mut other = world.phone();
    other.opens(service.sign_in(&[])).await.presses("Se connecter avec une clé d’accès").await.touches(&mut key).await;
    let code = other.told("code").unwrap_or_else(|| panic!("no code: {}", other.place()));
    let told = world.redeems(&service, &code, &[]).await.id_token();
    assert_eq!((&told["amr"], &told["acr"]), (&json!(["hwk", "mfa"]), &json!(TWO_FACTORS)));
    // A key that does not check who holds it proves nothing.
    key.verifies = false;
    let mut thief = world.phone();
    thief.opens("/connexion").await.presses("Se connecter avec une clé d’accès").await.touches(&mut key).await;
    assert_eq!(thief.page().data_page(), "sign-in");
    assert!(thief.page().alert().contains("Cette clé d’accès n’a pas pu servir"), "{}", thief.page().alert());
    world.suspends(&nadia).await;
    key.verifies = true;
    thief.presses("Se connecter avec une clé d’accès").await.touches(&mut key).await;
    assert_eq!(thief.page().data_page(), "suspended");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn an_answer_of_a_key_counts_once(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::with(engine, asking(SecondFactorRule::Required)).await;
    let nadia = world.parent("Nadia Roux").await;
    let (mut phone, mut key) = (world.phone(), Authenticator::of(&world));
    phone.signs_in(&nadia).await.presses("Ajouter une clé d’accès").await.touches(&mut key).await;
    let mut desk = world.desk();
    desk.opens("/connexion").await.presses("Se connecter avec une clé d’accès").await;
    let question: Value =
        serde_json::from_str(&desk.page().attribute("form[data-passkey]", "data-passkey").unwrap()).unwrap();
    let answer = key.answers(&question);
    let mut tab = desk.tab();
    desk.submits([("answer", answer.as_str())]).await;
    assert_eq!(desk.page().data_page(), "home");
    tab.submits([("answer", answer.as_str())]).await;
    assert_eq!(tab.page().data_page(), "sign-in", "the question was answered already");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn an_essential_acr_leads_to_a_second_factor_or_to_an_error(#[values(Sqlite, Postgres)] engine: Engine) {
    let off = |settings: &mut Settings| {
        let mut closed = preau::config::PortalSettings::default();
        closed.second_factor.parent = Some(SecondFactorRule::Off);
        settings.portals.insert("closed".into(), closed);
    };
    let world = World::with(engine, off).await;
    let nadia = world.parent("Nadia Roux").await;
    let (open, closed) =
        (world.service("agenda").await, world.service_with("cantine", json!({ "portal": "closed" })).await);
    let claims = json!({ "id_token": { "acr": { "essential": true, "values": [TWO_FACTORS] } } }).to_string();
    let mut phone = world.signed_in(&nadia, &open).await;
    let code = phone.told("code").unwrap();
    let told = world.redeems(&open, &code, &[]).await.id_token();
    let one = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport";
    assert_eq!((&told["amr"], &told["acr"]), (&json!(["pwd"]), &json!(one)));
    phone.opens(closed.sign_in(&[("claims", &claims)])).await;
    assert_eq!(phone.told_error(), "unmet_authentication_requirements");
    phone.opens(open.sign_in(&[("acr_values", TWO_FACTORS)])).await;
    assert!(phone.told("code").is_some(), "a wish alone holds nobody up");
    phone.opens(open.sign_in(&[("claims", &claims), ("prompt", "none")])).await;
    assert_eq!(phone.told_error(), "interaction_required");
    world.waits(Duration::from_mins(10));
    phone.opens(open.sign_in(&[("claims", &claims)])).await;
    assert_eq!(phone.page().data_page(), "enrol-second-factor");
    phone.presses("Ajouter une application").await;
    assert_eq!(phone.page().data_page(), "sign-in", "the password was given too long ago");
    phone.signs_in(&nadia).await.presses("Ajouter une application").await;
    let seed = seed_on(&phone);
    phone.submits([("code", &world.code_of(&seed))]).await.follows("C’est noté, continuer").await;
    let code = phone.told("code").unwrap_or_else(|| panic!("no code: {}", phone.place()));
    assert_eq!(world.redeems(&open, &code, &[]).await.id_token()["acr"], TWO_FACTORS);
    let discovery = world.call(Method::GET, "/.well-known/openid-configuration").send().await.unwrap();
    let discovery: Value = discovery.json().await.unwrap();
    assert_eq!(discovery["acr_values_supported"], json!([one, TWO_FACTORS]));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn acc_16_sso_06_sessions_are_listed_and_ended_one_by_one_or_all(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let service = world.service("agenda").await;
    let mut phone = world.signed_in(&nadia, &service).await;
    let code = phone.told("code").unwrap();
    let token = world.redeems(&service, &code, &[]).await.text("access_token").to_owned();
    let (mut desk, mut third) = (world.desk(), world.desk());
    third.signs_in(&nadia).await;
    desk.opens("/compte/securite").await.signs_in(&nadia).await;
    assert_eq!(desk.page().data_page(), "security", "{}", desk.page().text());
    let shown = desk.page().text();
    assert!(shown.contains("Firefox, Android") && shown.contains("cet appareil") && shown.contains("127.0.0.0/24"));
    assert_eq!(desk.page().texts("button").iter().filter(|text| text.starts_with("Fermer la connexion")).count(), 2);
    desk.presses("Fermer la connexion Firefox, Android").await;
    assert!(desk.page().notice().contains("C’est fermé"), "{}", desk.page().notice());
    phone.opens(world.origin()).await;
    assert_eq!(phone.page().data_page(), "sign-in", "it is over at once");
    assert_eq!(world.userinfo(&token).await.status, reqwest::StatusCode::UNAUTHORIZED);
    third.opens("/").await;
    assert_eq!(third.page().data_page(), "home");
    desk.presses("Fermer toutes les autres connexions").await;
    third.opens("/").await;
    assert_eq!(third.page().data_page(), "sign-in");
    desk.opens("/").await;
    assert_eq!(desk.page().data_page(), "home", "this one goes on");
    let trail = world.audit(&nadia).await;
    assert_eq!(trail[trail.len() - 2..], ["session_ended", "other_sessions_ended"]);
    // Nobody ends another's.
    let (ilyes, mut other) = (world.parent("Ilyès Roux").await, world.phone());
    other.opens("/compte/securite").await.signs_in(&ilyes).await;
    let sids: Vec<String> = sessions::list(world.db(), &nadia.account_id, world.clock.now())
        .await
        .unwrap()
        .into_iter()
        .map(|line| line.sid)
        .collect();
    let token = other.page().attribute("[name=form_token]", "value").unwrap();
    other
        .posts("/compte/securite/session", Some(&own_origin(&world)), &[("form_token", &token), ("sid", &sids[0])])
        .await;
    desk.opens("/").await;
    assert_eq!(desk.page().data_page(), "home");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn acc_16_what_happened_is_told_in_words_a_page_at_a_time(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    for _ in 0..12 {
        let mut phone = world.phone();
        phone.signs_in(&nadia).await.opens("/deconnexion").await.presses("Se déconnecter").await;
        world.waits(Duration::from_secs(1));
    }
    let mut desk = world.browser().with("accept-language", "en-GB");
    desk.opens("/compte/securite").await.signs_in(&nadia).await;
    let lines = desk.page().texts("#history li");
    assert_eq!(lines.len(), 20);
    assert!(lines[0].starts_with("Signed in") && lines[1].starts_with("Signed out"), "{lines:?}");
    assert!(lines[2].starts_with("Signed in (Firefox, Android)") && lines[2].contains("127.0.0.0/24"), "{lines:?}");
    desk.follows("Older").await;
    let lines = desk.page().texts("#history li");
    assert_eq!(lines.len(), 6, "{lines:?}");
    assert!(lines[5].starts_with("Account made"), "{lines:?}");
    world.waits(Duration::from_hours(24 * 366));
    let mut late = world.desk();
    late.opens("/compte/securite").await.signs_in(&nadia).await;
    assert_eq!(late.page().texts("#history li").len(), 1, "twelve months");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn factors_are_added_and_removed_with_a_fresh_password_and_each_is_told_by_mail(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let post = Post::opens().await;
    let world = World::with(engine, |settings| settings.mail.smtp.clone_from(&post.url)).await;
    let nadia = world.parent("Nadia Roux").await;
    let (mut desk, mut key) = (world.desk(), Authenticator::of(&world));
    let mut pending = world.phone();
    pending.signs_in(&nadia).await;
    desk.opens("/compte/securite").await.signs_in(&nadia).await;
    world.waits(Duration::from_secs(301));
    desk.presses("Ajouter une application").await;
    assert_eq!(desk.page().data_page(), "sign-in", "the password was given too long ago");
    assert_eq!(desk.page().field("identifier"), nadia.identifier);
    desk.signs_in(&nadia).await;
    assert_eq!(desk.page().data_page(), "security");
    desk.presses("Ajouter une application").await;
    let seed = seed_on(&desk);
    desk.submits([("code", &world.code_of(&seed))]).await.follows("C’est noté, continuer").await;
    assert!(desk.page().text().contains("Il reste 10 codes de secours"), "{}", desk.page().text());
    pending.opens("/").await;
    assert_eq!(pending.page().data_page(), "second-factor", "a session of before owes it as well");
    desk.submits([("name", "Clé du bureau")]).await.touches(&mut key).await;
    assert!(desk.page().text().contains("Clé du bureau"), "{}", desk.page().text());
    desk.presses("Faire de nouveaux codes de secours").await;
    assert_eq!(codes_on(&desk).len(), 10);
    desk.follows("C’est noté, continuer").await.presses("Retirer Application de codes").await;
    assert!(desk.page().notice().contains("C’est retiré"), "{}", desk.page().notice());
    desk.presses("Retirer Clé d’accès « Clé du bureau »").await;
    assert!(!desk.page().text().contains("codes de secours."), "{}", desk.page().text());
    assert_eq!(world.rows().await["recovery_code"], 0, "they stand in for nothing any more");
    let subjects: Vec<String> = post.awaits(5).await.iter().map(Arrived::text).collect();
    for news in
        ["application de codes à usage unique a été ajoutée", "« Clé du bureau » a été ajoutée", "nouveaux codes"]
    {
        assert!(subjects.iter().any(|text| text.replace(['\u{a0}', '\n'], " ").contains(news)), "{news}: {subjects:?}");
    }
    let trail = world.audit(&nadia).await;
    let changes: Vec<&str> =
        trail.iter().map(String::as_str).filter(|event| event.contains("factor") || event.contains("codes")).collect();
    assert_eq!(
        changes,
        [
            "second_factor_added",
            "recovery_codes_made",
            "second_factor_added",
            "recovery_codes_made",
            "second_factor_removed",
            "second_factor_removed"
        ]
    );
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn the_last_factor_stays_where_one_is_required(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::with(engine, asking(SecondFactorRule::Required)).await;
    let nadia = world.parent("Nadia Roux").await;
    let seed = world.gives_application(&nadia, &[]).await;
    let mut desk = world.desk();
    desk.opens("/compte/securite").await.signs_in(&nadia).await.gives(&world.code_of(&seed)).await;
    desk.presses("Retirer Application de codes").await;
    assert!(desk.page().alert().contains("une deuxième étape est obligatoire"), "{}", desk.page().alert());
    assert_eq!(world.rows().await["totp"], 1);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn an_operator_takes_lost_factors_away_and_the_holder_is_told(#[values(Sqlite, Postgres)] engine: Engine) {
    let post = Post::opens().await;
    let world = World::with(engine, |settings| settings.mail.smtp.clone_from(&post.url)).await;
    let nadia = world.parent("Nadia Roux").await;
    let seed = world.gives_application(&nadia, &["bcdfg-23456"]).await;
    let mut phone = world.phone();
    phone.signs_in(&nadia).await.gives(&world.code_of(&seed)).await;
    let (fine, told) = world.runs(&["admin", "reset-second-factor", "NADIA.ROUX"]).await;
    assert!(fine && told.contains("the password is enough"), "{told}");
    phone.opens("/").await;
    assert_eq!(phone.page().data_page(), "sign-in", "every session has ended");
    phone.signs_in(&nadia).await;
    assert_eq!(phone.page().data_page(), "home");
    let mail = post.awaits(1).await;
    assert_eq!(mail[0].header("Subject"), "La vérification en deux étapes a été allégée – Préau");
    assert!(world.audit(&nadia).await.contains(&"second_factor_reset".to_owned()));
    for unknown in ["nadia.roux", "personne"] {
        let (fine, told) = world.runs(&["admin", "reset-second-factor", unknown]).await;
        assert!(!fine && told.contains(unknown), "{told}");
    }
}

fn own_origin(world: &World) -> String {
    world.origin().origin().ascii_serialization()
}

/// The seed that the page shows in letters.
fn seed_on(browser: &Browser) -> Seed {
    let shown: String = browser.page().texts("#seed").concat().split_whitespace().collect();
    Seed::from_base_32(&shown).expect("base 32")
}

/// The recovery codes on the page.
fn codes_on(browser: &Browser) -> Vec<String> {
    browser.page().texts("#codes").concat().split_whitespace().map(str::to_owned).collect()
}

fn session_of(browser: &Browser) -> preau::domain::Digest {
    preau::domain::Secret::new(browser.cookie("preau_session").expect("a session")).digest()
}
