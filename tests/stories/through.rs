//! Sign-in through an external provider (row LOG-05).

use std::collections::BTreeMap;

use preau::{
    config::Settings,
    demo::sepne::Mischief,
    domain::{AccountChange, Demands},
    policy::RosterAttribute,
    store::accounts,
};
use rstest::rstest;

use crate::{
    engine::{Engine, Postgres, Sqlite},
    sepne::{THERE, at_sepne, with_sepne},
    world::World,
};

/// A portal whose staff of the Éducation nationale and pupils come by way of the provider, known by their addresses.
fn staff(settings: &mut Settings) {
    crate::sign_in::ent(settings);
    let ent = settings.portals.get_mut("ent").expect("a portal");
    ent.upstream.national_staff = Some("sepne".into());
    ent.upstream.pupil = Some("sepne".into());
    let sepne = settings.upstreams.get_mut("sepne").expect("a provider");
    (sepne.claim, sepne.matches) = ("email".into(), RosterAttribute::Email);
}

/// Somebody with that address on the roster's side.
async fn teacher(world: &World, name: &str) -> crate::people::Someone {
    let someone = world.teacher(name).await;
    has_address(world, &someone, &at_sepne(name)).await;
    someone
}

async fn has_address(world: &World, someone: &crate::people::Someone, address: &str) {
    world.rewrites(someone, |account| account.email = preau::domain::Email::parse(address)).await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn log_05_the_chosen_profile_leads_to_its_provider_with_a_fresh_state_and_nonce_and_back(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let (world, provider) = with_sepne(engine, staff).await;
    let melanie = teacher(&world, "Mélanie Boudreau").await;
    let accounts_before = accounts::count(world.db()).await.unwrap();
    let agenda = world.service_with("agenda", serde_json::json!({ "portal": "ent" })).await;
    let mut phone = world.phone();
    let mut told: Vec<BTreeMap<String, String>> = Vec::new();
    for _ in 0..2 {
        phone.opens(agenda.sign_in(&[])).await;
        assert_eq!(phone.page().data_page(), "chooser");
        phone.follows("Enseignant").await;
        assert_eq!(phone.place().host_str(), Some("127.0.0.1"), "{}", phone.place());
        told.push(phone.place().query_pairs().into_owned().collect());
    }
    for one in &told {
        assert_eq!((one["response_type"].as_str(), one["code_challenge_method"].as_str()), ("code", "S256"));
        assert_eq!(one["redirect_uri"], world.origin().join("/connexion/retour/sepne").unwrap().as_str());
        assert!(one["scope"].split(' ').any(|scope| scope == "openid"), "{}", one["scope"]);
        assert!(one["state"].len() >= 22 && one["nonce"].len() >= 22 && one["code_challenge"].len() == 43);
        assert!(!one.contains_key("prompt"));
    }
    for name in ["state", "nonce", "code_challenge"] {
        assert_ne!(told[0][name], told[1][name], "{name}");
    }
    phone.signs_in_there("Mélanie Boudreau").await;
    assert!(phone.place().as_str().starts_with(&agenda.redirect_uri), "{}: {}", phone.place(), phone.page().text());
    assert_eq!(world.audit(&melanie).await.last().map(String::as_str), Some("signed_in"));
    assert_eq!(accounts::count(world.db()).await.unwrap(), accounts_before, "nobody was made");
    phone.opens("/").await;
    assert!(phone.shows("home") && phone.page().text().contains("Mélanie Boudreau"), "{}", phone.page().text());
    // A service that wants a fresh proof gets one: the provider asks again.
    let fresh = Demands {
        authenticate_after: Some(world.clock.now() + std::time::Duration::from_secs(1)),
        ..Demands::default()
    };
    let before = provider.sepne.sign_in_pages();
    let path = world.awaits_at("ent", &phone, "/", fresh).await;
    phone.opens(format!("{path}&profil=national_staff")).await;
    assert!(phone.place().query_pairs().any(|pair| pair == ("prompt".into(), "login".into())), "{}", phone.place());
    phone.goes_on().await;
    assert_eq!(provider.sepne.sign_in_pages(), before + 1);
    assert!(!world.dump().await.contains(THERE));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn log_05_whom_the_roster_does_not_know_or_not_well_enough_gets_a_page_and_no_session(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let (world, provider) = with_sepne(engine, staff).await;
    let melanie = teacher(&world, "Mélanie Boudreau").await;
    let twin = world.teacher("Une Jumelle").await;
    let rows = accounts::count(world.db()).await.unwrap();
    let door = "/p/ent/connexion?profil=national_staff";
    let mut phone = world.phone();
    phone.opens(door).await.signs_in_there("Inconnue Personne").await;
    assert_eq!(phone.page().data_page(), "upstream-unknown", "{}", phone.page().text());
    assert!(phone.page().texts("h1").concat().contains("SEPNE"));
    phone.follows("Revenir à la connexion").await;
    assert!(phone.shows("chooser"), "a way on");

    let mut desk = world.desk();
    desk.opens(door).await.goes_on().await.presses("Annuler").await;
    assert_eq!(desk.page().data_page(), "upstream-declined");
    desk.follows("Réessayer").await;
    assert!(desk.place().as_str().contains("code_challenge"), "{}", desk.place());

    provider.sepne.misbehaves(Mischief::UnverifiedMailbox);
    desk.signs_in_there("Mélanie Boudreau").await;
    assert_eq!(desk.page().data_page(), "upstream-unknown", "an address that nobody answers for is no proof");
    provider.sepne.misbehaves(Mischief::None);

    has_address(&world, &twin, &at_sepne("Mélanie Boudreau")).await;
    desk.opens(door).await.goes_on().await;
    assert_eq!(desk.page().data_page(), "upstream-ambiguous", "{}", desk.page().text());
    has_address(&world, &twin, "jumelle@example.org").await;

    world.suspends(&melanie).await;
    desk.opens(door).await.goes_on().await;
    assert_eq!(desk.page().data_page(), "suspended");
    world.changes(AccountChange::Resumed { id: melanie.account_id.clone() }).await;

    let mut account = accounts::find(world.db(), &melanie.account_id).await.unwrap().expect("an account");
    account.credential = preau::domain::Credential::None;
    world.changes(AccountChange::Overwritten { account: Box::new(account) }).await;
    desk.opens(door).await.goes_on().await;
    assert_eq!(desk.page().data_page(), "upstream-not-activated");
    assert_eq!(accounts::count(world.db()).await.unwrap(), rows, "nobody was made");
    for browser in [&mut phone, &mut desk] {
        assert!(browser.cookie("preau_session").is_none());
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn log_05_an_answer_is_good_once_in_the_browser_that_asked(#[values(Sqlite, Postgres)] engine: Engine) {
    let (world, _provider) = with_sepne(engine, staff).await;
    let melanie = teacher(&world, "Mélanie Boudreau").await;
    let door = "/p/ent/connexion?profil=national_staff";
    let (mut phone, mut thief) = (world.phone(), world.desk());
    thief.opens("/connexion").await;
    phone.opens(door).await.goes_on().await;
    let form = phone.page().forms().remove(0);
    let state = form.fields.iter().find(|(name, _)| name == "state").map(|(_, state)| state.clone()).expect("a state");
    // A state that was never given, two of them, none, another provider's name: the same page, no session.
    for address in [
        "/connexion/retour/sepne?code=x&state=inventé".to_owned(),
        format!("/connexion/retour/sepne?code=x&state={state}&state={state}"),
        "/connexion/retour/sepne?code=x".to_owned(),
        "/connexion/retour/sepne".to_owned(),
    ] {
        thief.opens(&address).await;
        assert_eq!(
            (thief.page().data_page().as_str(), thief.page().status.as_u16()),
            ("upstream-lost", 400),
            "{address}"
        );
        thief.follows("Se connecter").await;
        assert!(thief.shows("sign-in"));
    }
    // The right state in another browser opens nothing, and is spent: the browser that asked begins anew.
    thief.opens(format!("/connexion/retour/sepne?code=x&state={state}")).await;
    assert_eq!(thief.page().data_page(), "upstream-lost");
    phone.signs_in_there("Mélanie Boudreau").await;
    assert_eq!(phone.page().data_page(), "upstream-lost");
    phone.opens(door).await.goes_on().await;
    assert!(phone.shows("home"), "{}", phone.page().text());
    let address = phone.place().clone();
    assert_eq!(address.path(), "/p/ent/");
    assert_eq!(world.audit(&melanie).await.iter().filter(|event| *event == "signed_in").count(), 1);
    assert!(thief.cookie("preau_session").is_none());
    // A way stands open for half an hour.
    let mut slow = world.phone();
    slow.opens(door).await.goes_on().await;
    world.waits(std::time::Duration::from_mins(31));
    slow.signs_in_there("Mélanie Boudreau").await;
    assert_eq!(slow.page().data_page(), "upstream-lost");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn log_05_where_nobody_says_who_they_are_the_form_offers_the_provider_as_well(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let (world, provider) = with_sepne(engine, |settings| {
        let portal = settings.portals.entry("default".into()).or_default();
        portal.upstream.pupil = Some("sepne".into());
    })
    .await;
    let paul = world.pupil_with_number(0).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.opens("/connexion").await.follows("Se connecter avec SEPNE").await;
    provider.sepne.misbehaves(Mischief::ClaimsAtUserInfo);
    phone.signs_in_there("Paul Leblanc").await;
    assert!(phone.shows("home") && phone.page().text().contains("Paul Leblanc"), "{}", phone.page().text());
    assert_eq!(world.audit(&paul).await.last().map(String::as_str), Some("signed_in"));
    provider.sepne.misbehaves(Mischief::AnotherAtUserInfo);
    let mut desk = world.desk();
    desk.opens("/connexion/vers/sepne").await.signs_in_there("Paul Leblanc").await;
    assert_eq!(desk.page().data_page(), "upstream-unavailable", "UserInfo about somebody else");
    // Everybody else signs in as before, and a provider that the portal does not name leads nowhere.
    desk.signs_in(&nadia).await;
    assert!(desk.shows("home"));
    let mut other = world.desk();
    other.opens("/p/portail-eleves/connexion/vers/sepne").await;
    assert!(other.shows("sign-in"), "{}", other.place());
    other.opens("/connexion/vers/personne").await;
    assert!(other.shows("sign-in"));
}
