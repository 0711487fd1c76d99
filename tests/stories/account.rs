//! One's own account: the frame of its tabs, and the tab Profil.

use std::time::Duration;

use preau::config::Settings;
use rstest::rstest;
use serde_json::json;

use crate::{
    browser::Browser,
    engine::{Engine, Postgres, Sqlite},
    letters::CHOSEN,
    people::Someone,
    post::Post,
    world::World,
};

fn by(post: &Post) -> impl FnOnce(&mut Settings) {
    let url = post.url.clone();
    move |settings| settings.mail.smtp = url
}

impl Browser {
    /// Opens one's own account, and signs in on the way where that is needed.
    pub async fn opens_account(&mut self, of: &Someone) -> &mut Self {
        self.opens("/compte").await;
        if self.shows("sign-in") {
            self.signs_in(of).await;
        }
        assert_eq!(self.page().data_page(), "account", "{}", self.page().text());
        self
    }

    /// Fills in the form of the tab Profil.
    pub async fn changes_password(&mut self, current: &str, new: &str) -> &mut Self {
        self.submits([("current_password", current), ("new_password", new), ("confirmation", new)]).await
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn acc_01_acc_02_the_account_opens_after_the_ordinary_sign_in(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.opens("/compte").await;
    assert_eq!(phone.page().data_page(), "sign-in", "whoever is not signed in signs in first");
    phone.signs_in(&nadia).await;
    assert_eq!(phone.place().path(), "/compte", "and comes back");
    let page = phone.page();
    assert_eq!(page.texts("h1"), ["Compte de Nadia"]);
    assert!(page.text().contains(&nadia.identifier) && page.text().contains(&nadia.email), "{}", page.text());
    assert_eq!(page.attribute("[name=username]", "value"), Some(nadia.identifier.clone()));
    assert!(page.attribute("[name=username]", "readonly").is_some(), "the identifier is for life");
    assert_eq!(page.texts(".tabs [aria-current=page]"), ["Profil"]);
    assert_eq!(page.texts("header.roof form button"), ["Se déconnecter"]);
    phone.opens("/").await.follows("Votre compte").await;
    assert_eq!(phone.page().data_page(), "account", "the home leads there");
    let ilyes = world.pupil("Ilyès Roux").await;
    let mut desk = world.desk();
    desk.opens_account(&ilyes).await;
    assert!(desk.page().text().contains("Changer ton mot de passe"), "pupils are addressed with tu");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn acc_03_nothing_changes_without_the_current_password(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.opens_account(&nadia).await;
    let (before, hashes) = (world.dump().await, world.app().hasher.count());
    phone.changes_password("", CHOSEN).await;
    assert_eq!(phone.page().data_page(), "account");
    assert!(phone.page().alert().contains("Écrivez votre mot de passe actuel."), "{}", phone.page().alert());
    assert!(phone.page().has("#current_password[aria-invalid]"));
    assert_eq!((world.dump().await, world.app().hasher.count()), (before.clone(), hashes), "no row, no hash");
    phone.changes_password(&nadia.password, "123").await;
    assert!(phone.page().has("#new_password[aria-invalid]"), "the rules hold here as well");
    phone.changes_password(&nadia.password, "").await;
    assert!(phone.page().alert().contains("Rien n’a été changé"), "{}", phone.page().alert());
    assert_eq!((world.dump().await, world.app().hasher.count()), (before, hashes), "what is unfit costs no hash");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn acc_04_sso_06_a_new_password_ends_the_other_sessions_and_keeps_this_one(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let post = Post::opens().await;
    let world = World::with(engine, by(&post)).await;
    let nadia = world.parent("Nadia Roux").await;
    let agenda = world.service("agenda").await;
    let (mut phone, mut desk) = (world.phone(), world.desk());
    desk.opens_account(&nadia).await;
    phone.opens(agenda.sign_in(&[])).await.signs_in(&nadia).await;
    let code = phone.place().query_pairs().find(|(name, _)| name == "code").expect("a code").1.into_owned();
    let tokens = agenda.redeems(&world, &code).await;
    world.waits(Duration::from_secs(2));
    phone.opens(world.origin().join("/compte").unwrap()).await;
    let before = phone.cookie("preau_session").unwrap().to_owned();
    phone.changes_password(&nadia.password, CHOSEN).await;
    assert!(phone.page().notice().contains("Votre mot de passe est changé."), "{}", phone.page().text());
    assert_ne!(phone.cookie("preau_session").unwrap(), before, "its secret is a new one");
    phone.opens("/compte").await;
    assert_eq!(phone.page().data_page(), "account", "this session goes on");
    phone.opens(agenda.sign_in(&[("prompt", "none")])).await;
    assert!(phone.place().query().unwrap_or_default().contains("code="), "{}", phone.place());
    desk.opens("/compte").await;
    assert_eq!(desk.page().data_page(), "sign-in", "the other one has ended");
    let user = reqwest::Client::new()
        .get(world.origin().join("/oidc/userinfo").unwrap())
        .bearer_auth(tokens["access_token"].as_str().unwrap());
    assert_eq!(user.send().await.unwrap().status(), 401, "what was issued before is void");
    let mail = post.awaits(1).await.remove(0);
    assert_eq!(mail.to.concat(), nadia.email);
    assert!(mail.text().contains("Votre mot de passe a été changé"), "{}", mail.text());
    assert!(mail.text().contains("Firefox, Android") && !mail.text().contains(CHOSEN), "{}", mail.text());
    desk.tries(&nadia.identifier, &nadia.password).await;
    assert_eq!(desk.page().data_page(), "sign-in", "the old password is wrong now");
    desk.tries(&nadia.identifier, CHOSEN).await;
    assert_eq!(desk.page().data_page(), "account");
    assert!(world.audit(&nadia).await.contains(&"password_replaced".to_owned()));
    assert!(!world.dump().await.contains(CHOSEN));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn acc_07_a_wrong_current_password_counts_as_a_wrong_sign_in(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.opens_account(&nadia).await;
    for nth in 1..=10 {
        let hashes = world.app().hasher.count();
        phone.changes_password("pas le bon", CHOSEN).await;
        assert!(phone.page().alert().contains("Ce mot de passe ne convient pas."), "{nth}: {}", phone.page().alert());
        assert!(phone.page().has("#current_password[aria-invalid]"));
        assert_eq!(world.app().hasher.count(), hashes + 1, "one hash, no more");
    }
    phone.changes_password(&nadia.password, CHOSEN).await;
    assert!(phone.page().alert().contains("Trop d’essais."), "the right one too: {}", phone.page().alert());
    world.waits(Duration::from_mins(16));
    phone.changes_password(&nadia.password, CHOSEN).await;
    assert!(phone.page().notice().contains("Votre mot de passe est changé."), "{}", phone.page().text());
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn pol_09_none_of_the_last_three_passwords_is_taken_again(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.opens_account(&nadia).await;
    let all = ["cerisier 41 Lanterne", "sablier 42 Lanterne", "plumier 43 Lanterne", "voilier 44 Lanterne"];
    phone.changes_password(&nadia.password, all[0]).await;
    phone.changes_password(all[0], all[1]).await;
    phone.changes_password(all[1], all[2]).await;
    assert!(phone.page().notice().contains("est changé"), "{}", phone.page().text());
    for former in &all[..3] {
        phone.changes_password(all[2], former).await;
        assert!(phone.page().alert().contains("il en faut un autre"), "{former}: {}", phone.page().text());
    }
    phone.changes_password(all[2], all[3]).await;
    phone.changes_password(all[3], all[0]).await;
    assert!(phone.page().notice().contains("est changé"), "the fourth back is free again: {}", phone.page().text());
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn acc_09_sso_08_back_leads_to_registered_addresses_alone(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let ent = json!({ "client_name": "Espace numérique", "client_uri": "https://ent.example/" });
    let agenda = world.service_with("agenda", ent).await;
    let vie = world.cas_service("vie").await;
    let back = |phone: &Browser| phone.page().attribute("header.roof nav a[href^=http]", "href");
    let mut phone = world.phone();
    phone.opens_account(&nadia).await;
    assert_eq!(back(&phone), None, "nothing is known of where one came from");
    for foreign in
        ["https://evil.example/", "https://ent.example.evil.example/", "//ent.example", "javascript:alert(1)"]
    {
        let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("retour", foreign).finish();
        phone.opens(format!("/compte?{query}")).await;
        assert_eq!(back(&phone), None, "{foreign}");
    }
    phone.opens("/compte?retour=https%3A%2F%2Fent.example%2F").await;
    assert_eq!(phone.page().link("Retourner à « Espace numérique »").as_deref(), Some("https://ent.example/"));
    phone.opens("/compte").await;
    assert_eq!(back(&phone).as_deref(), Some("https://ent.example/"), "it is remembered from tab to tab");
    phone.holds("preau_back", "https%3A%2F%2Fevil.example%2F");
    phone.opens("/compte").await;
    assert_eq!(back(&phone), None, "a planted cookie leads nowhere");
    phone.forgets("preau_back");
    let home = world.origin().join("/compte").unwrap();
    phone.opens(vie.sign_in()).await;
    let ticket = phone.place().query_pairs().find(|(name, _)| name == "ticket").expect("a ticket").1.into_owned();
    let mut validate = world.origin().join("/cas/p3/serviceValidate").unwrap();
    validate.query_pairs_mut().append_pair("service", &vie.service).append_pair("ticket", &ticket);
    assert!(reqwest::get(validate).await.unwrap().text().await.unwrap().contains("authenticationSuccess"));
    phone.opens(&home).await;
    assert_eq!(back(&phone).as_deref(), Some(vie.service.as_str()), "the service that was served last");
    world.waits(Duration::from_secs(1));
    phone.opens(agenda.sign_in(&[])).await;
    let code = phone.place().query_pairs().find(|(name, _)| name == "code").expect("a code").1.into_owned();
    agenda.redeems(&world, &code).await;
    phone.opens(&home).await;
    assert_eq!(back(&phone).as_deref(), Some("https://ent.example/"));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn acc_10_the_account_page_signs_out(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.opens_account(&nadia).await.presses("Se déconnecter").await;
    assert_eq!(phone.page().data_page(), "signed-out");
    assert!(phone.cookie("preau_session").is_none());
    phone.opens("/compte").await;
    assert_eq!(phone.page().data_page(), "sign-in");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn password_managers_find_where_the_password_is_changed(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.opens("/.well-known/change-password").await.signs_in(&nadia).await;
    assert_eq!(phone.page().data_page(), "account");
    assert!(phone.page().has("details#mot-de-passe[open]"));
    let nowhere = "/.well-known/resource-that-should-not-exist-whose-status-code-should-not-be-200";
    assert_eq!(phone.opens(nowhere).await.page().status, 404);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_was_blocked_meanwhile_changes_nothing(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.opens_account(&nadia).await;
    world.suspends(&nadia).await;
    phone.changes_password(&nadia.password, CHOSEN).await;
    assert_eq!(phone.page().data_page(), "sign-in");
    assert!(!world.audit(&nadia).await.contains(&"password_replaced".to_owned()));
}
