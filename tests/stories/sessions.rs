//! The browser's session: when it begins anew, when it ends, and what is kept of it.

use std::time::Duration;

use preau::domain::{AccountChange, Demands};
use rstest::rstest;

use crate::{
    browser::Browser,
    engine::{Engine, Postgres, Sqlite},
    people::Someone,
    world::World,
};

const MINUTE: Duration = Duration::from_mins(1);

/// Whether the browser is greeted by name.
async fn is_in(browser: &mut Browser) -> bool {
    browser.opens("/").await.shows("home")
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn every_sign_in_brings_a_new_session(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.opens("/connexion").await;
    let planted = "a-value-that-a-stranger-has-put-here-0123456789";
    phone.holds("preau_session", planted);
    assert!(phone.signs_in(&nadia).await.shows("home"));
    let first = phone.cookie("preau_session").expect("a session").to_owned();
    assert_ne!(first, planted, "what was there before is not taken over");
    world.waits(MINUTE);
    let demands = Demands { authenticate_after: Some(world.clock.now()), ..Demands::default() };
    let door = world.awaits(&phone, "/", demands).await;
    assert!(phone.opens(&door).await.shows("sign-in"), "proof is asked anew");
    assert!(phone.signs_in(&nadia).await.shows("home"));
    let second = phone.cookie("preau_session").expect("a session").to_owned();
    assert_ne!(first, second);
    assert!(is_in(&mut phone).await);
    phone.holds("preau_session", &first);
    assert!(!is_in(&mut phone).await, "the session before has ended");
    assert_eq!(world.rows().await["session"], 1);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn sso_07_a_session_ends_without_use_and_at_the_longest_as_its_profile_says(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let world = World::on(engine).await;
    let (ilyes, nadia, luc) =
        (world.pupil("Ilyès Roux").await, world.parent("Nadia Roux").await, world.teacher("Luc Petit").await);
    let hours = Duration::from_hours;
    for (someone, idle, absolute) in
        [(&ilyes, hours(1), hours(10)), (&nadia, hours(12), hours(24)), (&luc, hours(2), hours(12))]
    {
        let mut browser = world.desk();
        assert!(browser.signs_in(someone).await.shows("home"));
        world.waits(idle.saturating_sub(MINUTE));
        assert!(is_in(&mut browser).await, "{}: used in time", someone.name);
        world.waits(idle + MINUTE);
        assert!(!is_in(&mut browser).await, "{}: not used for {idle:?}", someone.name);
        assert!(browser.signs_in(someone).await.shows("home"));
        let (step, mut passed) = (idle / 2, Duration::ZERO);
        while passed + step < absolute {
            world.waits(step);
            passed += step;
            assert!(is_in(&mut browser).await, "{}: after {passed:?}", someone.name);
        }
        world.waits(step);
        assert!(!is_in(&mut browser).await, "{}: {absolute:?} at the longest", someone.name);
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn sso_07_nobody_is_remembered_unasked_and_pupils_never(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let (ilyes, nadia) = (world.pupil("Ilyès Roux").await, world.parent("Nadia Roux").await);
    let mut desk = world.desk();
    desk.opens("/connexion").await;
    assert!(!desk.page().has("[name=remember][checked]"), "not by default");
    assert!(desk.page().text().contains("Cet ordinateur n’est pas à vous"), "{}", desk.page().text());
    assert!(desk.signs_in(&nadia).await.shows("home"));
    desk.is_closed_and_opened();
    assert!(!is_in(&mut desk).await, "the session ends with the browser");
    let mut phone = world.phone();
    phone.opens("/connexion").await;
    let ticked = [("identifier", &nadia.identifier), ("password", &nadia.password), ("remember", &"1".to_owned())];
    assert!(phone.submits(ticked).await.shows("home"));
    phone.is_closed_and_opened();
    assert!(is_in(&mut phone).await, "she asked to be remembered on her phone");
    world.waits(Duration::from_hours(29 * 24));
    assert!(is_in(&mut phone).await);
    world.waits(Duration::from_hours(2 * 24));
    assert!(!is_in(&mut phone).await, "thirty days at the longest");
    let mut desk = world.desk();
    desk.opens("/connexion").await;
    let ticked = [("identifier", &ilyes.identifier), ("password", &ilyes.password), ("remember", &"1".to_owned())];
    assert!(desk.submits(ticked).await.shows("home"));
    desk.is_closed_and_opened();
    assert!(!is_in(&mut desk).await, "a pupil is not remembered, whatever was ticked");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn the_store_keeps_digests_only(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.opens("/connexion").await;
    let door = world.awaits(&phone, "/", Demands::default()).await;
    phone.opens(&door).await.tries(&nadia.identifier, "pas le bon").await;
    let dump = world.dump().await;
    assert!(dump.contains(phone.digest().as_str()), "the dump shows what is kept");
    phone.signs_in(&nadia).await;
    let dump = dump + &world.dump().await;
    assert!(dump.contains(&nadia.account_id.to_string()));
    for secret in [phone.cookie("preau_session"), phone.cookie("preau_browser"), phone.cookie("preau_known")] {
        assert!(!dump.contains(secret.expect("a cookie")));
    }
    for typed in [nadia.password.as_str(), "pas le bon"] {
        assert!(!dump.contains(typed), "{typed}");
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn signing_out_is_asked_first_and_then_is_for_good(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.signs_in(&nadia).await;
    let session = phone.cookie("preau_session").expect("a session").to_owned();
    phone.follows("Se déconnecter").await;
    assert!(phone.shows("sign-out-question") && phone.page().text().contains("Nadia Roux"), "{}", phone.page().text());
    assert!(is_in(&mut phone).await, "looking at the question ends nothing");
    phone.opens("/deconnexion").await.follows("Rester connecté").await;
    assert!(phone.shows("home"));
    phone.opens("/deconnexion").await.presses("Se déconnecter").await;
    assert!(phone.shows("signed-out"));
    assert_eq!(phone.cookie("preau_session"), None);
    assert!(!is_in(&mut phone).await);
    phone.holds("preau_session", &session);
    assert!(!is_in(&mut phone).await, "nor with the cookie that somebody copied");
    phone.forgets("preau_session");
    assert!(phone.opens("/deconnexion").await.shows("signed-out"), "once more says the same");
    phone.follows("Se connecter de nouveau").await;
    assert!(phone.shows("sign-in"));
    assert_eq!(world.audit(&nadia).await, ["account_created", "signed_in", "signed_out"]);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn who_is_blocked_meanwhile_is_signed_out(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let karim = world.parent("Karim Haddad").await;
    let mut phone = world.phone();
    phone.signs_in(&karim).await;
    world.suspends(&karim).await;
    assert!(!is_in(&mut phone).await);
    assert!(phone.signs_in(&karim).await.shows("suspended"));
    world.changes(AccountChange::Resumed { id: karim.account_id.clone() }).await;
    assert!(phone.opens("/connexion").await.signs_in(&karim).await.shows("home"));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_restart_signs_nobody_out(#[values(Sqlite, Postgres)] engine: Engine) {
    let mut world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.signs_in(&nadia).await;
    let mut other = world.desk();
    other.opens("/connexion").await;
    let door = world.awaits(&other, "/sante/vivant", Demands::default()).await;
    other.opens(&door).await;
    world.restarts(|_| {}).await;
    phone.meets_node(world.port(0));
    assert!(is_in(&mut phone).await);
    other.signs_in(&nadia).await;
    assert_eq!(other.place().path(), "/sante/vivant", "a sign-in that was under way goes on");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_session_holds_on_every_node(#[values(Sqlite, Postgres)] engine: Engine) {
    let mut world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let second = world.second_node().await;
    let mut phone = world.phone();
    phone.opens("/connexion").await;
    phone.meets_node(world.port(second));
    assert!(phone.signs_in(&nadia).await.shows("home"), "a form of one node is taken by the other");
    phone.meets_node(world.port(0));
    assert!(is_in(&mut phone).await);
    phone.opens("/deconnexion").await.presses("Se déconnecter").await;
    phone.meets_node(world.port(second));
    assert!(!is_in(&mut phone).await);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn the_next_person_at_the_same_computer_is_themself(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let (ilyes, lina) = (world.pupil("Ilyès Roux").await, world.pupil("Lina Morel").await);
    let mut desk = world.desk();
    desk.signs_in(&ilyes).await;
    let his = desk.cookie("preau_session").expect("a session").to_owned();
    let demands = Demands { authenticate_after: Some(world.clock.now() + MINUTE), ..Demands::default() };
    world.waits(2 * MINUTE);
    let door = world.awaits(&desk, "/", demands).await;
    desk.opens(&door).await.signs_in(&lina).await;
    assert!(
        desk.page().text().contains("Lina Morel") && !desk.page().text().contains("Ilyès"),
        "{}",
        desk.page().text()
    );
    desk.holds("preau_session", &his);
    assert!(!is_in(&mut desk).await, "his session ended when hers began");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_cookie_that_is_no_session_opens_nothing(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let nadia: Someone = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.signs_in(&nadia).await;
    let digest = preau::domain::Secret::new(phone.cookie("preau_session").expect("a session")).digest();
    for value in ["", "x", "%00", "é", digest.as_str(), &"a".repeat(5000)] {
        phone.holds("preau_session", value);
        assert!(!is_in(&mut phone).await && phone.shows("sign-in"), "{value:.20}: {}", phone.page().status);
    }
}
