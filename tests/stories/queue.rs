//! The queue before the hashing pool: a place in it instead of an error, fair over networks (design §8).

use std::time::Duration;

use preau::{
    config::Settings,
    crypto::{Verdict, Waiting},
    domain::{Demands, Network, Password},
};
use rstest::rstest;

use crate::{
    browser::Browser,
    engine::{Engine, Postgres, Sqlite},
    world::World,
};

const WRONG: &str = "Identifiant ou mot de passe incorrect. Ressaisissez votre mot de passe";
const AGAIN: &str = "Réessayer maintenant";

/// One hash at a time, each of some length, and no patience at all: whoever is not served at once waits on the page.
fn no_patience(settings: &mut Settings) {
    settings.hashing.workers = 1;
    settings.hashing.patience = 0;
    settings.trusted_proxies = vec!["127.0.0.1".into()];
}

/// The same with hashes long enough for a queue to stand while a story looks at it.
fn slow(settings: &mut Settings) {
    no_patience(settings);
    settings.hashing.memory_kib = 8192;
}

fn patient(settings: &mut Settings) {
    slow(settings);
    settings.hashing.patience = 60;
}

/// A crowd of guesses from one network, which nobody waits for.
fn crowd(world: &World, from: &str, guesses: usize) -> Vec<Waiting<Verdict>> {
    let (network, guess) = (Network::of(from.parse().unwrap()), Password::typed("au hasard").unwrap());
    (0..guesses).map(|_| world.app().hasher.verify(&network, None, &guess).expect("a place")).collect()
}

/// Presses the button until the wait is over.
async fn waits_its_turn(browser: &mut Browser) {
    for _ in 0..5000 {
        if !browser.shows("wait") {
            return;
        }
        browser.presses(AGAIN).await;
    }
    panic!("the wait has no end")
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn who_can_not_be_served_in_time_gets_a_place_in_the_queue(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::with(engine, slow).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.opens("/connexion").await;
    let door = world.awaits(&phone, "/sante/vivant?service=diary", Demands::default()).await;
    phone.opens(&door).await;
    // Enough that somebody still stands before her when the page is drawn on a busy machine.
    let crowd = crowd(&world, "127.0.0.1", 160);
    phone.signs_in(&nadia).await;
    let page = phone.page().clone();
    assert_eq!((page.status.as_u16(), page.data_page().as_str()), (503, "wait"));
    assert!(page.header("retry-after").parse::<u32>().is_ok_and(|seconds| seconds > 0));
    let refresh = page.header("refresh").to_owned();
    assert!(refresh.starts_with("5; url=/connexion/attente?i="), "{refresh}");
    assert!(page.text().contains("personnes avant vous"), "{}", page.text());
    assert!(page.has("progress") && !page.has("input[type=password]"), "the password is not asked for again");
    assert!(!page.body.contains(&nadia.password) && !page.body.contains(&nadia.identifier));
    let to = refresh.split_once("url=").expect("an address").1;
    phone.opens(to).await;
    assert!(phone.shows("wait"), "a look before the time is no harm: {}", phone.page().text());
    drop(crowd);
    waits_its_turn(&mut phone).await;
    assert_eq!(phone.place().query(), Some("service=diary"));
    assert_eq!(world.audit(&nadia).await, ["account_created", "signed_in"]);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_is_told_after_the_wait_with_the_identifier_kept(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::with(engine, no_patience).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    for identifier in [nadia.identifier.as_str(), "personne.ici"] {
        phone.opens("/connexion").await.tries(identifier, "pas le bon").await;
        waits_its_turn(&mut phone).await;
        assert_eq!((phone.page().status.as_u16(), phone.page().alert().as_str()), (200, WRONG));
        assert_eq!(phone.page().field("identifier"), identifier);
    }
    for _ in 0..4 {
        phone.tries(&nadia.identifier, "pas le bon").await;
        waits_its_turn(&mut phone).await;
        assert_eq!(phone.page().alert(), WRONG);
    }
    phone.signs_in(&nadia).await;
    assert_eq!(phone.page().alert(), "Trop d’essais. Réessayez dans une minute.", "who is paused needs no queue");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn the_outcome_is_fetched_at_any_node(#[values(Sqlite, Postgres)] engine: Engine) {
    let mut world = World::with(engine, slow).await;
    let nadia = world.parent("Nadia Roux").await;
    let second = world.second_node().await;
    let mut phone = world.phone();
    phone.opens("/connexion").await;
    let door = world.awaits(&phone, "/sante/vivant?service=diary", Demands::default()).await;
    let crowd = crowd(&world, "127.0.0.1", 20);
    phone.opens(&door).await.signs_in(&nadia).await;
    assert!(phone.shows("wait"));
    drop(crowd);
    if engine == Postgres {
        phone.meets_node(world.port(second));
    }
    waits_its_turn(&mut phone).await;
    assert_eq!(phone.place().query(), Some("service=diary"));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_lost_ticket_leads_to_the_form_with_the_identifier_kept(#[values(Sqlite, Postgres)] engine: Engine) {
    let mut world = World::with(engine, |s| {
        slow(s);
        s.hashing.memory_kib = 65_536;
    })
    .await;
    let nadia = world.parent("Nadia Roux").await;
    // So many that her turn does not come before the story is over.
    let crowd = crowd(&world, "127.0.0.1", 60);
    let (mut phone, mut desk) = (world.phone(), world.desk());
    phone.opens("/connexion").await;
    let door = world.awaits(&phone, "/sante/vivant?service=diary", Demands::default()).await;
    phone.opens(&door).await.signs_in(&nadia).await;
    desk.opens("/connexion").await.signs_in(&nadia).await;
    // The node is gone, and with it what it held in memory; two minutes later nobody keeps a ticket anywhere.
    world.restarts(|s| s.hashing.memory_kib = 64).await;
    world.waits(Duration::from_secs(121));
    for browser in [&mut phone, &mut desk] {
        assert!(browser.shows("wait"));
        browser.meets_node(world.port(0));
        browser.presses(AGAIN).await;
        assert!(browser.shows("sign-in"), "{}", browser.page().text());
        assert!(!browser.page().notice().is_empty(), "it says why: {}", browser.page().text());
        assert_eq!(browser.page().field("identifier"), nadia.identifier);
        browser.submits([("Mot de passe", &nadia.password)]).await;
        waits_its_turn(browser).await;
    }
    assert_eq!(phone.place().query(), Some("service=diary"));
    assert!(desk.shows("home"));
    drop(crowd);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_ticket_is_of_its_browser_alone(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::with(engine, slow).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.opens("/connexion").await;
    let door = world.awaits(&phone, "/sante/vivant?service=diary", Demands::default()).await;
    let crowd = crowd(&world, "127.0.0.1", 20);
    phone.opens(&door).await.signs_in(&nadia).await;
    drop(crowd);
    let address = phone.page().header("refresh").split_once("url=").expect("an address").1.to_owned();
    let mut thief = world.desk();
    thief.opens(&address).await;
    assert!(thief.shows("sign-in"));
    waits_its_turn(&mut phone).await;
    assert!(thief.opens(&address).await.shows("sign-in"));
    assert!(thief.cookie("preau_session").is_none());
    assert_eq!(phone.place().query(), Some("service=diary"));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_crowd_in_one_network_keeps_nobody_elsewhere_waiting(#[values(Sqlite, Postgres)] engine: Engine) {
    let long = |s: &mut Settings| {
        patient(s);
        s.hashing.memory_kib = 65_536;
    };
    let world = World::with(engine, long).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone().with("x-forwarded-for", "192.0.2.1");
    phone.opens("/connexion").await;
    let crowd = crowd(&world, "203.0.113.1", 500);
    let before = world.app().hasher.count();
    phone.signs_in(&nadia).await;
    let waited_for = world.app().hasher.count() - before;
    assert!(phone.shows("home"));
    // The request's own way there and back takes time in which the crowd's hashes go on: the story counts generously;
    // `crypto::queue` has it to the hash.
    assert!(waited_for < 30, "{waited_for} hashes passed before hers, of 500 that were there first");
    drop(crowd);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn discovery_and_signed_in_people_do_not_wait_for_hashes(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::with(engine, patient).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.signs_in(&nadia).await;
    let crowd = crowd(&world, "127.0.0.1", 400);
    for path in ["/.well-known/openid-configuration", "/oidc/jwks", "/", "/connexion", "/sante/pret"] {
        assert_eq!(phone.opens(path).await.page().status, 200, "{path}");
    }
    assert!(world.app().hasher.waiting() > 0, "all of it while the queue stood");
    drop(crowd);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_full_queue_says_when_to_come_back_and_tries_nothing(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::with(engine, |s| {
        slow(s);
        s.hashing.memory_kib = 65_536;
        s.hashing.passes = 3;
        s.hashing.queue = 8;
    })
    .await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.opens("/connexion").await;
    let door = world.awaits(&phone, "/sante/vivant?service=diary", Demands::default()).await;
    phone.opens(&door).await;
    let (network, guess) = (Network::of([127, 0, 0, 1].into()), Password::typed("au hasard").unwrap());
    let (mut crowd, begun) = (Vec::new(), world.app().hasher.count());
    // Full is full once the first of them is being hashed: until then its place comes free in a moment.
    loop {
        let is_hashing = world.app().hasher.count() > begun;
        match world.app().hasher.verify(&network, None, &guess) {
            Ok(waiting) => crowd.push(waiting),
            Err(_) if is_hashing => break,
            Err(_) => tokio::task::yield_now().await,
        }
    }
    phone.signs_in(&nadia).await;
    let page = phone.page().clone();
    assert_eq!((page.status.as_u16(), page.data_page().as_str()), (503, "error"), "{}", page.text());
    assert!(page.header("retry-after").parse::<u32>().is_ok_and(|seconds| seconds > 0));
    assert!(page.text().contains("Beaucoup de monde"), "{}", page.text());
    assert!(!world.rows().await.iter().any(|(table, rows)| table == "throttle" && *rows > 0), "no failure is counted");
    for waiting in crowd {
        waiting.await.expect("a verdict");
    }
    phone.follows("Se connecter").await.signs_in(&nadia).await;
    waits_its_turn(&mut phone).await;
    assert_eq!(phone.place().query(), Some("service=diary"));
}
