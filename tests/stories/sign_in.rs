//! Signing in at the door.

use rstest::rstest;

use crate::{
    engine::{Engine, Postgres, Sqlite},
    world::World,
};

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_parent_signs_in_and_is_greeted_by_name(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.opens("/").await;
    assert_eq!((phone.page().data_page().as_str(), phone.place().path()), ("sign-in", "/connexion"));
    phone.submits([("Identifiant", &nadia.identifier), ("Mot de passe", &nadia.password)]).await;
    assert_eq!((phone.page().data_page().as_str(), phone.place().path()), ("home", "/"));
    assert!(phone.page().text().contains("Nadia Roux"), "{}", phone.page().text());
    assert_eq!(world.audit(&nadia).await, ["account_created", "signed_in"]);
}
