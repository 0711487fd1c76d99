//! Pending sign-ins: two tabs, going back, reloading, one that is over or somebody else's. Each leads somewhere sensible.

use std::time::Duration;

use preau::domain::{Demands, InteractionId};
use rstest::rstest;

use crate::{
    engine::{Engine, Postgres, Sqlite},
    world::World,
};

const DIARY: &str = "/sante/vivant?service=diary";
const CANTEEN: &str = "/sante/vivant?service=canteen";

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn log_16_two_tabs_end_each_at_its_own_service(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut first = world.phone();
    first.opens("/connexion").await;
    let (diary, canteen) = (
        world.awaits(&first, DIARY, Demands::default()).await,
        world.awaits(&first, CANTEEN, Demands::default()).await,
    );
    first.opens(&diary).await;
    let mut second = first.tab();
    second.opens(&canteen).await;
    second.signs_in(&nadia).await;
    assert_eq!(second.place().query(), Some("service=canteen"));
    first.adopts(&second);
    first.signs_in(&nadia).await;
    assert_eq!(first.place().query(), Some("service=diary"), "the form that was open still leads to its own service");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn log_16_one_password_opens_two_services_of_two_protocols(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let (agenda, canteen) = (world.service("agenda").await, world.cas_service("cantine").await);
    let mut first = world.phone();
    first.opens(agenda.sign_in(&[])).await;
    assert!(first.page().text().contains("Pour ouvrir agenda"), "{}", first.page().text());
    let mut second = first.tab();
    second.opens(canteen.sign_in()).await;
    assert!(second.page().text().contains("Pour ouvrir cantine"), "{}", second.page().text());
    second.signs_in(&nadia).await;
    assert!(second.place().as_str().starts_with(&format!("{}?ticket=ST-", canteen.service)), "{}", second.place());
    first.adopts(&second);
    first.reloads().await;
    assert!(first.place().as_str().starts_with(&agenda.redirect_uri), "{}", first.place());
    let sent: std::collections::HashMap<_, _> = first.place().query_pairs().collect();
    assert_eq!(sent["state"], "state-of-agenda");
    assert!(agenda.redeems(&world, &sent["code"]).await["id_token"].is_string());
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn log_16_a_tab_that_waits_goes_on_by_itself_once_another_has_signed_in(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut first = world.phone();
    first.opens("/connexion").await;
    let diary = world.awaits(&first, DIARY, Demands::default()).await;
    first.opens(&diary).await;
    let mut second = first.tab();
    second.opens("/connexion").await.signs_in(&nadia).await;
    first.adopts(&second);
    first.reloads().await;
    assert_eq!(first.place().query(), Some("service=diary"));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_reload_and_the_way_back_keep_the_service(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.opens("/connexion").await;
    let diary = world.awaits(&phone, DIARY, Demands::default()).await;
    phone.opens(&diary).await.reloads().await;
    phone.tries(&nadia.identifier, "pas le bon").await;
    phone.goes_back().await.signs_in(&nadia).await;
    assert_eq!(phone.place().query(), Some("service=diary"));
    phone.goes_back().await;
    assert_eq!(phone.place().query(), Some("service=diary"), "going back shows no form to who is signed in");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_language_chosen_after_a_wrong_password_keeps_the_service(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.opens("/connexion").await;
    let diary = world.awaits(&phone, DIARY, Demands::default()).await;
    phone.opens(&diary).await.tries(&nadia.identifier, "pas le bon").await;
    phone.follows("English").await;
    assert_eq!((phone.page().language().as_str(), phone.page().data_page().as_str()), ("en", "sign-in"));
    phone.signs_in(&nadia).await;
    assert_eq!(phone.place().query(), Some("service=diary"));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn one_that_is_over_starts_anew_with_a_word_about_it(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.opens("/connexion").await;
    let diary = world.awaits(&phone, DIARY, Demands::default()).await;
    let id = diary.split_once("i=").expect("an id").1;
    phone.opens(&diary).await;
    preau::store::interactions::purge(world.db(), world.clock.now() + Duration::from_hours(48)).await.unwrap();
    assert!(world.interaction(id).await.is_none());
    phone.signs_in(&nadia).await;
    assert_eq!(phone.page().data_page(), "sign-in");
    assert!(!phone.page().notice().is_empty(), "it says why: {}", phone.page().text());
    assert_eq!(phone.page().field("identifier"), nadia.identifier);
    phone.submits([("Mot de passe", &nadia.password)]).await;
    assert_eq!(phone.page().data_page(), "home", "a way on");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn one_of_another_browser_is_not_taken_over(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let (nadia, karim) = (world.parent("Nadia Roux").await, world.parent("Karim Haddad").await);
    let mut hers = world.phone();
    hers.opens("/connexion").await;
    let diary = world.awaits(&hers, DIARY, Demands::default()).await;
    let mut his = world.desk();
    his.opens(&diary).await;
    assert_eq!(his.page().data_page(), "sign-in");
    assert!(!his.page().notice().is_empty());
    his.signs_in(&karim).await;
    assert_eq!(his.page().data_page(), "home", "he lands at his own door, not at her service");
    hers.opens(&diary).await.signs_in(&nadia).await;
    assert_eq!(hers.place().query(), Some("service=diary"), "and hers still waits for her");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn an_invented_one_leads_to_the_sign_in(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let mut phone = world.phone();
    for address in
        ["/connexion?i=rien", "/connexion?i=", "/connexion/attente?i=rien", "/connexion/attente", "/connexion/accord"]
    {
        phone.opens(address).await;
        assert_eq!((phone.page().status.as_u16(), phone.page().data_page().as_str()), (200, "sign-in"), "{address}");
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn fifty_takes_of_one_interaction_have_one_winner(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let mut phone = world.phone();
    phone.opens("/connexion").await;
    let browser = phone.digest();
    for _ in 0..4 {
        let diary = world.awaits(&phone, DIARY, Demands::default()).await;
        let id = InteractionId::new(diary.split_once("i=").expect("an id").1);
        let takes: Vec<_> = (0..50)
            .map(|_| {
                let (db, id, browser) = (world.db().clone(), id.clone(), browser.clone());
                tokio::spawn(async move { preau::store::interactions::take(&db, &id, &browser).await.unwrap() })
            })
            .collect();
        let mut winners = 0;
        for take in takes {
            winners += usize::from(take.await.unwrap());
        }
        assert_eq!(winners, 1);
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn who_must_prove_anew_is_asked_with_the_name_filled_in(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.signs_in(&nadia).await;
    world.waits(Duration::from_mins(5));
    let demands =
        Demands { authenticate_after: Some(world.clock.now() - Duration::from_mins(1)), ..Demands::default() };
    let diary = world.awaits(&phone, DIARY, demands).await;
    phone.opens(&diary).await;
    assert_eq!(
        (phone.page().data_page(), phone.page().field("identifier")),
        ("sign-in".into(), nadia.identifier.clone())
    );
    phone.submits([("Mot de passe", &nadia.password)]).await;
    assert_eq!(phone.place().query(), Some("service=diary"));
}
