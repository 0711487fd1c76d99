//! Passkeys in a real browser, with an authenticator that the driver plays (`WebAuthn` Level 3 §11).

use preau::policy::SecondFactorRule;
use rstest::rstest;

use crate::{
    chromium::{Screen, Window},
    engine::{Engine, Postgres, Sqlite},
    world::World,
};

/// The script asks the browser and sends its answer: a key is made, then it signs in alone.
#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_is_made_and_signs_in_alone_in_a_browser(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::with(engine, |settings| {
        settings.portals.entry("default".into()).or_default().second_factor.parent = Some(SecondFactorRule::Required);
    })
    .await;
    let nadia = world.parent("Nadia Roux").await;
    let phone = Window::opens(Screen::phone()).await;
    phone.gets_authenticator().await;
    phone.opens_at(&world, "/connexion").await;
    phone.signs_in_by_keyboard(&nadia.identifier, &nadia.password).await;
    phone.is_on("enrol-second-factor").await;
    phone.clicks("form[action$='/nouvelle-cle'] button").await;
    phone.is_on("recovery-codes").await;
    phone.clicks("main .actions a").await;
    phone.is_on("home").await;
    phone.opens_at(&world, "/deconnexion").await;
    phone.clicks("main form button").await;
    phone.is_on("signed-out").await;
    phone.opens_at(&world, "/connexion").await;
    phone.clicks("button[formaction='/connexion/cle']").await;
    phone.is_on("home").await;
    let trail = world.audit(&nadia).await;
    assert_eq!(trail.last().map(String::as_str), Some("signed_in"), "{trail:?}");
    phone.closes(&["localhost"]).await;
}

/// Without scripts the way by a key is not offered, and the code's is.
#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn without_scripts_codes_are_offered_alone(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let seed = world.gives_application(&nadia, &[]).await;
    let phone = Window::opens(Screen::narrow().scripts(false)).await;
    phone.opens_at(&world, "/connexion").await;
    assert!(!phone.text().await.contains("Se connecter avec une clé d’accès"));
    phone.signs_in_by_keyboard(&nadia.identifier, &nadia.password).await;
    phone.is_on("second-factor").await;
    phone.tabs_to("code").await;
    phone.types(&world.code_of(&seed)).await;
    phone.presses(fantoccini::key::Key::Enter).await;
    phone.is_on("home").await;
    phone.closes(&["localhost"]).await;
}
