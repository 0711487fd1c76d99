//! Every public page as everybody must be able to use it: axe, the narrow and the magnified window, day and night, the
//! keyboard (rows XCT-01, XCT-03, XCT-04, XCT-05).

use fantoccini::key::Key;
use rstest::rstest;

use crate::{
    charters::charter,
    chromium::{Screen, Window},
    engine::{Engine, Postgres, Sqlite},
    eye::Eye,
    post::Post,
    sepne::with_sepne,
    tour,
    world::World,
};

/// XCT-01, XCT-05: the pages before and around a sign-in.
#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn xct_01_the_pages_at_the_door_are_for_everybody(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::with(engine, tour::settings).await;
    let mut eye = Eye::that_examines().await;
    tour::at_the_door(&world, &mut eye).await;
    eye.window.closes(&["localhost"]).await;
}

/// XCT-01, XCT-05: what goes wrong.
#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn xct_01_the_pages_of_what_goes_wrong_are_for_everybody(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::with(engine, tour::settings).await;
    let mut eye = Eye::that_examines().await;
    tour::of_what_goes_wrong(&world, &mut eye).await;
    eye.window.closes(&["localhost"]).await;
}

/// XCT-01, XCT-05: the pages of a session, and those between us and a service.
#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn xct_01_the_pages_of_a_session_are_for_everybody(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::with(engine, tour::settings).await;
    let mut eye = Eye::that_examines().await;
    tour::of_a_session(&world, &mut eye).await;
    eye.window.closes(&["localhost"]).await;
}

/// XCT-01: the pages of a second factor.
#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn xct_01_the_pages_of_a_second_factor_are_for_everybody(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::with(engine, tour::settings).await;
    let mut eye = Eye::that_examines().await;
    tour::of_second_factors(&world, &mut eye).await;
    eye.window.closes(&["localhost"]).await;
}

/// XCT-01, XCT-05: charters, and the address for notifications.
#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn xct_01_the_pages_of_charters_are_for_everybody(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::with(engine, tour::settings).await;
    let mut eye = Eye::that_examines().await;
    tour::of_charters(&world, &mut eye).await;
    eye.window.closes(&["localhost"]).await;
}

/// XCT-01, XCT-05, LOG-19: forgotten identifier and password by a link.
#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn xct_01_the_pages_of_a_link_are_for_everybody(#[values(Sqlite, Postgres)] engine: Engine) {
    let post = Post::opens().await;
    let world = World::with(engine, |settings| {
        tour::settings(settings);
        settings.mail.smtp.clone_from(&post.url);
    })
    .await;
    let mut eye = Eye::that_examines().await;
    tour::of_forgotten(&world, &post, &mut eye).await;
    eye.window.closes(&["localhost"]).await;
}

/// XCT-01, XCT-05: registration and the secret question.
#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn xct_01_the_parents_portal_is_for_everybody(#[values(Sqlite, Postgres)] engine: Engine) {
    let post = Post::opens().await;
    let world = World::with(engine, |settings| {
        tour::settings(settings);
        crate::by_email::parents(settings);
        settings.mail.smtp.clone_from(&post.url);
    })
    .await;
    let mut eye = Eye::that_examines().await;
    tour::of_the_parents_portal(&world, &post, &mut eye).await;
    eye.window.closes(&["localhost"]).await;
}

/// XCT-01, XCT-05: the help form, and what families ask.
#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn xct_01_the_pages_of_help_are_for_everybody(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::with(engine, tour::settings).await;
    let mut eye = Eye::that_examines().await;
    tour::of_help(&world, &mut eye).await;
    eye.window.closes(&["localhost"]).await;
}

/// XCT-14: on paper the charter is its text with school, version and day, and nothing to press.
#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn xct_14_a_charter_is_printed_cleanly(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::with(engine, tour::settings).await;
    let nadia = world.parent("Nadia Roux").await;
    world.publishes(&charter("familles-3", "3", "\"parent\"", "establishment = \"0590001A\"")).await;
    let desk = Window::opens(Screen::desk()).await;
    desk.opens_at(&world, "/connexion").await;
    desk.signs_in_by_keyboard(&nadia.identifier, &nadia.password).await;
    desk.is_on("charter").await;
    desk.prints().await;
    let seen =
        "return [...document.querySelectorAll('h1, .over, .reading, form, nav, .help, .ground, .skip, .actions')]
        .filter(it => it.checkVisibility()).map(it => it.className || it.localName)";
    let seen: Vec<String> = desk.evaluates(seen, vec![]).await;
    assert_eq!(seen, ["over", "h1", "reading"]);
    desk.closes(&["localhost"]).await;
}

/// XCT-01, XCT-05: the pupils' reset through an external provider.
#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn xct_01_the_pages_of_the_pupils_reset_are_for_everybody(#[values(Sqlite, Postgres)] engine: Engine) {
    let (world, provider) = with_sepne(engine, |_| {}).await;
    let mut eye = Eye::that_examines().await;
    tour::of_the_pupils_reset(&world, &provider, &mut eye).await;
    eye.window.closes(&["localhost", "127.0.0.1"]).await;
}

/// XCT-01: the page that waits, and its button.
#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn xct_01_the_page_that_waits_is_for_everybody(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::with(engine, tour::crowded).await;
    let mut eye = Eye::that_examines().await;
    tour::of_the_queue(&world, &mut eye).await;
    eye.window.tabs_to("Réessayer maintenant").await;
    eye.window.presses(Key::Enter).await;
    eye.window.is_on("home").await;
    eye.window.closes(&["localhost"]).await;
}

/// Design §8: whom the queue can't serve in time comes through by itself, without scripts as well.
#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_that_waits_comes_through_by_itself(
    #[values(Sqlite, Postgres)] engine: Engine,
    #[values(true, false)] scripts: bool,
) {
    let world = World::with(engine, tour::crowded).await;
    let phone = Window::opens(Screen::phone().scripts(scripts)).await;
    tour::into_the_queue(&world, &phone).await;
    phone.is_on("home").await;
    phone.closes(&["localhost"]).await;
}

/// XCT-03: the fields say what they are for, so that the browser can fill them in.
#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn xct_03_fields_say_what_they_are_for(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::with(engine, tour::settings).await;
    let phone = Window::opens(Screen::phone()).await;
    for path in ["/connexion", "/p/ent/connexion?profil=pupil"] {
        phone.opens_at(&world, path).await;
        assert_eq!(phone.attribute("#identifier", "autocomplete").await.as_deref(), Some("username"));
        assert_eq!(phone.attribute("#password", "autocomplete").await.as_deref(), Some("current-password"));
    }
    phone.closes(&["localhost"]).await;
}

/// XCT-04: what was copied can be pasted, into the password as well.
#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn xct_04_a_password_may_be_pasted(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::with(engine, tour::settings).await;
    let nadia = world.parent("Nadia Roux").await;
    let phone = Window::opens(Screen::phone()).await;
    phone.opens_at(&world, "/connexion").await;
    phone.tabs_to("identifier").await;
    phone.types(&nadia.password).await;
    for key in ['a', 'x'] {
        phone.presses_with_control(key).await;
    }
    phone.types(&nadia.identifier).await;
    phone.tabs_to("password").await;
    phone.presses_with_control('v').await;
    phone.presses(Key::Enter).await;
    phone.is_on("home").await;
    phone.closes(&["localhost"]).await;
}
