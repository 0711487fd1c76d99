//! What neither log nor store may hold, and passwords that stay good.

use preau::domain::Secret;
use rstest::rstest;

use crate::{
    engine::{Engine, Postgres, Sqlite},
    log::Log,
    world::World,
};

/// Every secret of a whole day at the door: typed, sent, kept by browsers.
const WRONG: &str = "un secret mal tapé 7";

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn mel_10_neither_log_nor_store_holds_what_opens_something(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::alone(engine, |settings| settings.log.requests = true).await;
    let log = Log::begins();
    let nadia = world.parent("Nadia Roux").await;
    let agenda = world.service("agenda").await;
    let vie_scolaire = world.cas_service("vie-scolaire").await;
    let mut phone = world.phone();
    for _ in 0..6 {
        phone.tries(&nadia.identifier, WRONG).await;
    }
    world.waits(std::time::Duration::from_mins(20));
    phone.opens(agenda.sign_in(&[])).await.signs_in(&nadia).await;
    let code = parameter(phone.place().as_str(), "code");
    let mut other = phone.tab();
    other.opens(vie_scolaire.sign_in()).await;
    let ticket = parameter(other.place().as_str(), "ticket");
    let session = phone.cookie("preau_session").expect("a session").to_owned();
    let browser = phone.cookie("preau_browser").expect("a browser's cookie").to_owned();
    let written = log.taken();
    let kept = world.dump().await;
    assert!(
        written.contains("SELECT") && written.contains("/connexion"),
        "the log was taken down, statements included"
    );
    for (what, secret) in [
        ("the password", nadia.password.as_str()),
        ("a wrong password", WRONG),
        ("the code", &code),
        ("the ticket", &ticket),
        ("the session's cookie", &session),
        ("the browser's cookie", &browser),
    ] {
        assert!(secret.len() > 8, "{what} is there");
        assert!(!written.contains(secret), "the log holds {what}");
        assert!(!kept.contains(secret), "the store holds {what}");
    }
    assert!(kept.contains(Secret::new(&session).digest().as_str()), "the session is kept by its digest");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn pol_08_a_year_later_the_same_password_still_opens_the_door(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    assert!(world.phone().signs_in(&nadia).await.shows("home"));
    world.waits(std::time::Duration::from_hours(24 * 366));
    let mut phone = world.phone();
    assert!(phone.signs_in(&nadia).await.shows("home"), "nothing is asked between the password and the door");
    assert!(!phone.page().text().contains("nouveau mot de passe"));
}

fn parameter(address: &str, name: &str) -> String {
    let address = url::Url::parse(address).expect("an address");
    address.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned()).expect("the parameter")
}
