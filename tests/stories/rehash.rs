//! Passwords over the years: they move to newer parameters by themselves, and nobody has to change one without a reason.

use std::time::Duration;

use preau::{config::Settings, store::accounts};
use rstest::rstest;

use crate::{
    engine::{Engine, Postgres, Sqlite},
    people::Someone,
    world::World,
};

async fn hash_of(world: &World, someone: &Someone) -> String {
    let account = accounts::find(world.db(), &someone.account_id).await.unwrap().expect("the account");
    account.credential.hash().expect("a password").as_str().to_owned()
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_password_is_hashed_anew_when_the_parameters_change(#[values(Sqlite, Postgres)] engine: Engine) {
    let mut world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let before = hash_of(&world, &nadia).await;
    world.restarts(|settings: &mut Settings| settings.hashing.memory_kib = 128).await;
    assert!(world.phone().signs_in(&nadia).await.shows("home"));
    // It is hashed after the answer, behind everybody who waits.
    let mut after = before.clone();
    for _ in 0..200 {
        after = hash_of(&world, &nadia).await;
        if after != before {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert!(before.contains("m=64,") && after.contains("m=128,"), "{before} {after}");
    assert!(world.phone().signs_in(&nadia).await.shows("home"), "the same password opens it");
    let audit = world.audit(&nadia).await;
    assert_eq!(audit.iter().filter(|event| *event == "password_rehashed").count(), 1, "{audit:?}");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn pol_08_a_year_later_the_same_password_still_opens_the_door(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    assert!(world.phone().signs_in(&nadia).await.shows("home"));
    world.waits(Duration::from_hours(24 * 366));
    let mut phone = world.phone();
    assert!(phone.signs_in(&nadia).await.shows("home"), "nothing is asked between the password and the door");
    assert!(!phone.page().text().contains("nouveau mot de passe"));
}
