//! Sign-in by an e-mail, at a portal for parents: with two who share one, and with robots that try addresses.

use std::time::Duration;

use preau::{
    config::{PortalSettings, Settings},
    domain::Email,
    policy::Preset,
};
use rstest::rstest;

use crate::{
    engine::{Engine, Postgres, Sqlite},
    letters::CHOSEN,
    people::Someone,
    post::Post,
    world::World,
};

/// The preset of the reference, as the portal `parents`.
pub fn parents(settings: &mut Settings) {
    let portal = PortalSettings {
        preset: Preset::PortailParents,
        title: "Portail des parents".into(),
        country: "CA".into(),
        school_word: preau::policy::SchoolWord::School,
        ..PortalSettings::default()
    };
    settings.portals.insert("parents".into(), portal);
}

/// The same, with mail that arrives.
pub fn parents_by(post: &Post) -> impl FnOnce(&mut Settings) {
    let url = post.url.clone();
    move |settings| {
        settings.mail.smtp = url;
        parents(settings);
    }
}

pub const DOOR: &str = "/p/parents/connexion";

/// How many rows there are in all tables.
async fn rows(world: &World) -> i64 {
    world.rows().await.values().sum()
}

impl World {
    /// Somebody's confirmed address is another one.
    pub async fn readdresses(&self, someone: &Someone, email: &str) -> Someone {
        self.rewrites(someone, |account| account.email = Email::parse(email)).await;
        Someone { email: email.to_owned(), ..someone.clone() }
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn log_06_the_parents_form_and_a_sign_in_by_address_or_identifier(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::with(engine, parents).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.opens(DOOR).await;
    let page = phone.page();
    assert!(page.has("#identifier") && page.has("#password") && page.has("button[type=submit]"));
    for (label, path) in [
        ("Créer mon compte", "/p/parents/creer-mon-compte"),
        ("Réinitialiser mon mot de passe", "/p/parents/mot-de-passe-oublie/question"),
    ] {
        assert_eq!(page.link(label).as_deref(), Some(path), "{}", page.text());
    }
    assert!(page.link("Contacter l’école").is_some(), "{}", page.text());
    for typed in [format!(" {} ", nadia.email.to_uppercase()), nadia.identifier.clone()] {
        let mut phone = world.phone();
        phone.opens(DOOR).await.submits([("identifier", typed.as_str()), ("password", &nadia.password)]).await;
        assert_eq!(phone.page().data_page(), "home", "{typed}: {}", phone.page().text());
    }
    phone.opens("/connexion").await.tries(&nadia.email, &nadia.password).await;
    assert_eq!(phone.page().data_page(), "sign-in", "elsewhere an address names nobody");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn log_06_two_who_share_an_address_are_told_apart_by_password_or_by_their_own_word(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let world = World::with(engine, parents).await;
    let (nadia, karim) = (world.parent("Nadia Roux").await, world.parent("Karim Roux").await);
    let shared = "famille.roux@courriel.example";
    let (nadia, karim) = (world.readdresses(&nadia, shared).await, world.readdresses(&karim, shared).await);
    let agenda = world.service_with("agenda", serde_json::json!({ "portal": "parents" })).await;
    for parent in [&nadia, &karim] {
        let mut phone = world.phone();
        phone.opens(agenda.sign_in(&[])).await;
        phone.submits([("identifier", shared), ("password", &parent.password)]).await;
        assert!(phone.told("code").is_some(), "{}", phone.page().text());
        assert_eq!(world.audit(parent).await.last().map(String::as_str), Some("signed_in"));
    }
    // Both have the same password now.
    let mut desk = world.desk();
    for parent in [&nadia, &karim] {
        desk.opens_account(parent).await.changes_password(&parent.password, CHOSEN).await;
        desk.presses("Se déconnecter").await;
    }
    let mut phone = world.phone();
    phone.opens(agenda.sign_in(&[])).await.submits([("identifier", shared), ("password", CHOSEN)]).await;
    assert_eq!(phone.page().data_page(), "who", "{}", phone.page().text());
    assert!(phone.page().text().contains("Nadia Roux (Parent)") && phone.page().text().contains("Karim Roux (Parent)"));
    let question = phone.place().clone();
    let mut stranger = world.desk();
    stranger.opens(question.as_str()).await;
    assert_eq!(stranger.page().data_page(), "sign-in", "in another browser there is no question");
    phone.submits([("account", karim.account_id.as_str())]).await;
    assert!(phone.told("code").is_some(), "{}", phone.page().text());
    assert_eq!(world.audit(&karim).await.last().map(String::as_str), Some("signed_in"));
    phone.opens(question.as_str()).await;
    assert_ne!(phone.page().data_page(), "who", "it is asked once");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn log_06_known_shared_and_unknown_addresses_cost_the_same_and_are_refused_alike(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let world = World::with(engine, parents).await;
    let (nadia, karim) = (world.parent("Nadia Roux").await, world.parent("Karim Roux").await);
    let lina = world.parent("Lina Haddad").await;
    for parent in [&nadia, &karim] {
        world.readdresses(parent, "famille.roux@courriel.example").await;
    }
    world.phone().opens(DOOR).await.submits([("identifier", "x@courriel.example"), ("password", "pas le bon")]).await;
    let mut costs = Vec::new();
    for typed in ["famille.roux@courriel.example", lina.email.as_str(), "personne@courriel.example"] {
        let mut phone = world.phone();
        phone.opens(DOOR).await;
        let (hashes, before) = (world.app().hasher.count(), rows(&world).await);
        phone.submits([("identifier", typed), ("password", "pas le bon")]).await;
        assert!(phone.page().alert().contains("Identifiant ou mot de passe incorrect."), "{}", phone.page().alert());
        costs.push((world.app().hasher.count() - hashes, rows(&world).await - before));
    }
    assert!(costs.iter().all(|cost| *cost == costs[0]) && costs[0].0 == 2, "two hashes, whoever is meant: {costs:?}");
    for typed in ["famille.roux@courriel.example", lina.email.as_str(), "personne@courriel.example"] {
        let mut phone = world.phone();
        for _ in 0..4 {
            phone.opens(DOOR).await.submits([("identifier", typed), ("password", "pas le bon")]).await;
        }
        phone.opens(DOOR).await.submits([("identifier", typed), ("password", "pas le bon")]).await;
        assert!(phone.page().alert().contains("Trop d’essais."), "{typed}: {}", phone.page().alert());
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn acc_12_a_sign_in_by_address_follows_the_new_one(#[values(Sqlite, Postgres)] engine: Engine) {
    let post = Post::opens().await;
    let url = post.url.clone();
    let world = World::with(engine, |settings| {
        settings.mail.smtp = url;
        parents(settings);
    })
    .await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone
        .opens("/p/parents/compte")
        .await
        .submits([("identifier", nadia.email.as_str()), ("password", &nadia.password)])
        .await;
    phone.submits([("current_password", nadia.password.as_str()), ("email", "nadia@maison.example")]).await;
    let mails = post.awaits(2).await;
    let link = mails.iter().find(|mail| mail.to.concat() == "nadia@maison.example").expect("a mail").link();
    world.phone().opens(link).await.presses("Confirmer cette adresse").await;
    world.waits(Duration::from_mins(1));
    for (typed, page) in [(nadia.email.as_str(), "sign-in"), ("nadia@maison.example", "home")] {
        let mut desk = world.desk();
        desk.opens(DOOR).await.submits([("identifier", typed), ("password", nadia.password.as_str())]).await;
        assert_eq!(desk.page().data_page(), page, "{typed}: {}", desk.page().text());
    }
}
