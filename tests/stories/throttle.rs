//! How many tries are looked at: pauses, networks, known browsers; and that a stranger costs the same as a friend.

use std::time::Duration;

use preau::config::Settings;
use rstest::rstest;

use crate::{
    browser::Browser,
    engine::{Engine, Postgres, Sqlite},
    equal_work::Work,
    log::Log,
    people::{Someone, Who},
    world::World,
};

const WRONG: &str = "Identifiant ou mot de passe incorrect. Ressaisissez votre mot de passe";
const A_MINUTE: &str = "Trop d’essais. Réessayez dans une minute.";

/// So many wrong tries, each from a browser that nobody knows.
async fn strangers_fail(world: &World, identifier: &str, times: usize) {
    for _ in 0..times {
        assert_eq!(world.phone().tries(identifier, "pas le bon").await.page().alert(), WRONG);
    }
}

async fn is_let_in(phone: &mut Browser, someone: &Someone) -> bool {
    phone.signs_in(someone).await.shows("home")
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn log_13_five_failures_pause_known_and_unknown_alike(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut transcripts = Vec::new();
    for identifier in [nadia.identifier.as_str(), "personne.ici"] {
        let mut phone = world.phone();
        let mut transcript = Vec::new();
        for password in ["a", "b", "c", "d", "e", &nadia.password, "f"] {
            let page = phone.tries(identifier, password).await.page();
            transcript.push((page.status.as_u16(), page.data_page(), page.alert(), page.title()));
        }
        transcripts.push(transcript);
    }
    let alerts: Vec<_> = transcripts[0].iter().map(|(_, _, alert, _)| alert.as_str()).collect();
    assert_eq!(alerts, [WRONG, WRONG, WRONG, WRONG, WRONG, A_MINUTE, A_MINUTE]);
    assert_eq!(transcripts[0], transcripts[1]);
    world.waits(Duration::from_secs(61));
    assert!(is_let_in(&mut world.phone(), &nadia).await, "after the pause the right password works");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn log_13_pauses_double_and_end_with_a_success(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    strangers_fail(&world, &nadia.identifier, 5).await;
    world.waits(Duration::from_secs(61));
    strangers_fail(&world, &nadia.identifier, 1).await;
    let mut phone = world.phone();
    assert_eq!(phone.signs_in(&nadia).await.page().alert(), "Trop d’essais. Réessayez dans 2 minutes.");
    world.waits(Duration::from_secs(121));
    assert!(is_let_in(&mut phone, &nadia).await);
    strangers_fail(&world, &nadia.identifier, 4).await;
    assert!(is_let_in(&mut world.phone(), &nadia).await, "the count began anew");
    assert_eq!(
        world.audit(&nadia).await,
        ["account_created", "sign_in_paused", "sign_in_paused", "signed_in", "signed_in"],
        "the account's trail tells of the pauses"
    );
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn log_13_a_known_browser_is_not_shut_out_by_strangers(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let (nadia, karim) = (world.parent("Nadia Roux").await, world.parent("Karim Haddad").await);
    let mut hers = world.phone();
    assert!(is_let_in(&mut hers, &nadia).await);
    hers.is_closed_and_opened();
    let known = hers.kept("preau_known").expect("the browser is known from now on").clone();
    assert!(known.to_string().contains(&format!("Max-Age={}", 180 * 24 * 3600)), "{known}");
    let mut his = world.desk();
    assert!(is_let_in(&mut his, &karim).await);
    his.is_closed_and_opened();
    strangers_fail(&world, &nadia.identifier, 5).await;
    assert_eq!(his.signs_in(&nadia).await.page().alert(), A_MINUTE, "known to Karim's account alone");
    assert!(is_let_in(&mut hers, &nadia).await);
    // Its own count: ten, then a pause of its own that strangers do not share.
    let mut hers = hers.tab();
    hers.forgets("preau_session");
    hers.opens("/connexion").await;
    world.waits(Duration::from_hours(1));
    for _ in 0..10 {
        assert_eq!(hers.tries(&nadia.identifier, "pas le bon").await.page().alert(), WRONG);
    }
    assert_eq!(hers.signs_in(&nadia).await.page().alert(), A_MINUTE);
    assert!(is_let_in(&mut world.desk(), &nadia).await);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn log_13_strangers_have_twenty_five_failures_a_day(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut hers = world.phone();
    assert!(is_let_in(&mut hers, &nadia).await);
    hers.is_closed_and_opened();
    for _ in 0..25 {
        strangers_fail(&world, &nadia.identifier, 1).await;
        world.waits(Duration::from_mins(16));
    }
    let mut stranger = world.desk();
    assert!(stranger.signs_in(&nadia).await.page().alert().starts_with("Trop d’essais."), "{}", stranger.page().text());
    assert!(is_let_in(&mut hers, &nadia).await, "her own phone is let in");
    assert!(stranger.signs_in(&nadia).await.page().alert().starts_with("Trop d’essais."), "which frees no stranger");
    world.waits(Duration::from_hours(18));
    assert!(is_let_in(&mut stranger, &nadia).await);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn log_13_counters_survive_a_restart(#[values(Sqlite, Postgres)] engine: Engine) {
    let mut world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    strangers_fail(&world, &nadia.identifier, 5).await;
    world.restarts(|_| {}).await;
    assert_eq!(world.phone().signs_in(&nadia).await.page().alert(), A_MINUTE);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn log_13_two_nodes_count_together(#[values(Sqlite, Postgres)] engine: Engine) {
    let mut world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let second = world.second_node().await;
    let mut phone = world.phone();
    for nth in 0..5 {
        phone.meets_node(world.port(if nth % 2 == 0 { 0 } else { second }));
        assert_eq!(phone.tries(&nadia.identifier, "pas le bon").await.page().alert(), WRONG);
    }
    for node in [0, second] {
        phone.meets_node(world.port(node));
        assert_eq!(phone.signs_in(&nadia).await.page().alert(), A_MINUTE);
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn log_13_fifty_guesses_side_by_side_gain_nothing(#[values(Sqlite, Postgres)] engine: Engine) {
    let mut world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let second = world.second_node().await;
    let mut guesses = Vec::new();
    for nth in 0..50 {
        let (mut browser, identifier) = (world.browser(), nadia.identifier.clone());
        browser.meets_node(world.port(if nth % 2 == 0 { 0 } else { second }));
        browser.opens("/connexion").await;
        guesses.push((browser, identifier, format!("essai {nth}")));
    }
    let guesses: Vec<_> = guesses
        .into_iter()
        .map(|(mut browser, identifier, password)| {
            tokio::spawn(async move { browser.tries(&identifier, &password).await.page().alert() })
        })
        .collect();
    let (mut looked_at, mut paused) = (0, 0);
    for guess in guesses {
        let alert = guess.await.unwrap();
        looked_at += usize::from(alert == WRONG);
        paused += usize::from(alert.starts_with("Trop d’essais."));
    }
    assert_eq!(looked_at + paused, 50);
    assert!(looked_at <= 5, "{looked_at} guesses learnt that they were wrong");
    assert!(!is_let_in(&mut world.phone(), &nadia).await);
}

/// Behind a proxy of ours, with a school of one address; a network is paused after ten failures elsewhere.
fn school(settings: &mut Settings) {
    settings.trusted_proxies = vec!["127.0.0.1".into()];
    settings.limits.school_networks = vec!["198.51.100.7".into()];
    settings.limits.network.failures = 10;
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn log_14_a_whole_class_mistypes_behind_one_address(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::with(engine, school).await;
    let hash = world.hash("lune de la classe").await;
    let mut pupils = Vec::new();
    for nth in 0..30 {
        let name = format!("Élève N{nth}");
        let who = Who { hash: Some(hash.clone()), ..Who::named(&name, &[(preau::domain::Profile::Pupil, None)]) };
        pupils.push(Someone { password: "lune de la classe".into(), ..world.enrols(who).await });
    }
    for (nth, pupil) in pupils.iter().enumerate() {
        let mut desk = world.desk().with("x-forwarded-for", "198.51.100.7");
        if nth < 20 {
            assert_eq!(desk.tries(&pupil.identifier, "pas le bon").await.page().alert(), WRONG);
        }
        assert!(is_let_in(&mut desk, pupil).await, "{}: {}", pupil.name, desk.page().text());
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_network_that_fails_too_often_is_paused_for_every_name(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::with(engine, school).await;
    let nadia = world.parent("Nadia Roux").await;
    for nth in 0..10 {
        let address = format!("203.0.113.{nth}");
        let mut bot = world.browser().with("x-forwarded-for", &address);
        assert_eq!(bot.tries(&format!("nom.{nth}"), "pas le bon").await.page().alert(), WRONG);
    }
    let mut neighbour = world.phone().with("x-forwarded-for", "203.0.113.200");
    assert_eq!(neighbour.signs_in(&nadia).await.page().alert(), A_MINUTE, "of the same /24");
    // What the visitor writes into the header stands left of what the proxy wrote.
    let mut liar = world.phone().with("x-forwarded-for", "192.0.2.1, 203.0.113.9");
    assert_eq!(liar.signs_in(&nadia).await.page().alert(), A_MINUTE);
    assert!(is_let_in(&mut world.phone().with("x-forwarded-for", "192.0.2.1"), &nadia).await);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn log_09_known_and_unknown_cost_the_same_hashes_rows_and_statements(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::alone(engine, |_| {}).await;
    let nadia = world.parent("Nadia Roux").await;
    let log = Log::begins();
    // The network's counter is there already when either name is tried.
    strangers_fail(&world, "un.autre", 1).await;
    let mut costs = Vec::new();
    for identifier in [nadia.identifier.as_str(), "personne.ici"] {
        let mut phone = world.phone();
        phone.opens("/connexion").await;
        let mut cost = Vec::new();
        // The fifth begins a pause, the sixth is refused unseen.
        for _ in 0..6 {
            let tries = async || {
                phone.tries(identifier, "pas le bon").await;
            };
            cost.push(Work::of(&world, &log, tries).await);
        }
        costs.push(cost);
    }
    assert_eq!(costs[0].iter().map(|work| work.hashes).collect::<Vec<_>>(), [1, 1, 1, 1, 1, 0]);
    assert_eq!(costs[0], costs[1]);
}
