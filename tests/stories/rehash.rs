//! Hashes grow stronger at the next sign-in.

use preau::{
    domain::{PasswordHash, Profile},
    store::accounts,
};
use rstest::rstest;

use crate::{
    engine::{Engine, Postgres, Sqlite},
    people::{Someone, Who},
    world::World,
};

async fn hash_of(world: &World, someone: &Someone) -> PasswordHash {
    let account = accounts::find(world.db(), &someone.account_id).await.unwrap().expect("an account");
    account.credential.hash().expect("a hash").clone()
}

/// Looks again until the hash is of that kind: it is made behind everybody who waits.
async fn comes_to_have(world: &World, someone: &Someone, parameters: &str) -> PasswordHash {
    let mut looks = tokio::time::interval(std::time::Duration::from_millis(10));
    for _ in 0..1000 {
        let hash = hash_of(world, someone).await;
        if hash.as_str().contains(parameters) {
            return hash;
        }
        looks.tick().await;
    }
    panic!("{parameters} never came")
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_password_is_hashed_anew_when_the_parameters_have_changed(#[values(Sqlite, Postgres)] engine: Engine) {
    let mut world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let first = hash_of(&world, &nadia).await;
    assert!(first.as_str().starts_with("$argon2id$") && first.as_str().contains("m=64,t=1,p=1"), "{}", first.as_str());
    world.phone().signs_in(&nadia).await;
    world.restarts(|s| (s.hashing.memory_kib, s.hashing.passes) = (128, 2)).await;
    assert_eq!(hash_of(&world, &nadia).await, first, "nothing had changed at the first sign-in");
    let mut phone = world.phone();
    phone.tries(&nadia.identifier, "pas le bon").await;
    let hashes = world.app().hasher.count();
    assert!(phone.signs_in(&nadia).await.shows("home"));
    let second = comes_to_have(&world, &nadia, "m=128,t=2,p=1").await;
    assert_eq!(world.app().hasher.count() - hashes, 2, "one for the try, one behind the answer");
    let trail = world.audit(&nadia).await;
    assert_eq!(trail.iter().filter(|event| *event == "password_rehashed").count(), 1, "{trail:?}");
    assert!(world.phone().signs_in(&nadia).await.shows("home"), "the password is the same");
    assert_eq!(hash_of(&world, &nadia).await, second);
    assert!(phone.opens("/").await.shows("home"), "and no session has ended");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_hash_that_can_not_be_read_is_wrong_and_costs_one(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let damaged = Who {
        hash: Some(PasswordHash::new("$argon2id$v=19$m=64,t=1,p=1$abc")),
        ..Who::named("Zoé Petit", &[(Profile::Parent, None)])
    };
    let zoe = world.enrols(damaged).await;
    let before = world.app().hasher.count();
    let mut phone = world.phone();
    phone.signs_in(&zoe).await;
    assert!(phone.page().alert().starts_with("Identifiant ou mot de passe incorrect."), "{}", phone.page().text());
    assert_eq!(world.app().hasher.count() - before, 1);
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
