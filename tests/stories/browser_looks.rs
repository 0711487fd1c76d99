//! Every public page as everybody must be able to use it: axe, the narrow and the magnified window, day and night, the
//! keyboard (rows XCT-01, XCT-03, XCT-04, XCT-05).

use fantoccini::key::Key;
use preau::{
    config::{PortalSettings, Settings},
    crypto::Class,
    domain::{Network, Password, Profile},
};
use rstest::rstest;
use serde::Deserialize;
use serde_json::json;

use crate::{
    browser_door::with_ent,
    chromium::{Screen, Window},
    engine::{Engine, Postgres, Sqlite},
    stranger,
    world::World,
};

/// The screens that every page is looked at on.
const SCREENS: [Screen; 5] =
    [Screen::narrow(), Screen::narrow().at_night(), Screen::desk(), Screen::desk().at_night(), Screen::magnified()];

/// WCAG 2.2, levels A and AA.
const STANDARD: [&str; 5] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

#[derive(Debug, Deserialize)]
struct Looks {
    complaints: Vec<String>,
    help: Option<String>,
}

/// A window that looks at pages.
struct Eye {
    window: Window,
    axe: String,
    help: Option<String>,
    seen: Vec<&'static str>,
}

impl Eye {
    async fn opens(screen: Screen) -> Self {
        let file = stranger::folder().join("node_modules/axe-core/axe.min.js");
        let axe = std::fs::read_to_string(&file)
            .unwrap_or_else(|error| panic!("{}: {error}. `scripts/clients` installs it", file.display()));
        Self { window: Window::opens(screen).await, axe, help: None, seen: Vec::new() }
    }

    /// Waits for a page and looks at it on every screen, by axe and by measure, then walks it by keyboard.
    async fn looks_at(&mut self, page: &'static str) {
        self.window.is_on(page).await;
        self.window.evaluates::<()>(&self.axe, vec![]).await;
        for screen in SCREENS {
            self.window.shows(screen).await;
            let looks: Looks = self.window.evaluates(include_str!("chromium/looks.js"), vec![]).await;
            assert!(looks.complaints.is_empty(), "{page} on {screen:?}: {:#?}", looks.complaints);
            let help = looks.help.unwrap_or_else(|| panic!("no help link on {page}"));
            assert_eq!(
                *self.help.get_or_insert(help.clone()),
                help,
                "the help link stands elsewhere on {page} (XCT-05)"
            );
            let found = self.axe().await;
            assert!(found.is_empty(), "{page} on {screen:?}: {found:#?}");
        }
        self.walks(page).await;
        self.window.shows(Screen::phone()).await;
        self.seen.push(page);
    }

    async fn axe(&self) -> Vec<String> {
        let run = "const [tags, done] = arguments; axe.run(document, { runOnly: tags, resultTypes: ['violations'], \
                   rules: { 'target-size': { enabled: true } } }).then(({ violations }) => done(violations.flatMap(({ id, nodes }) => \
                   nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)}: ${failureSummary}`))))";
        self.window.awaits(run, vec![json!(STANDARD)]).await
    }

    /// Every stop of the keyboard is seen, even at 400 %, and there is a way out of each.
    async fn walks(&self, page: &str) {
        let mut stops = Vec::new();
        for _ in 0..60 {
            self.window.presses(Key::Tab).await;
            let Some(focus) = self.window.focus().await else { break };
            assert!(focus.shows, "the focus on {focus:?} cannot be seen on {page}");
            stops.push(focus.label);
        }
        assert!(stops.len() > 3 && stops.len() < 60, "the keyboard is caught on {page}: {stops:?}");
    }
}

fn portals(settings: &mut Settings) {
    with_ent(settings);
    let staff = PortalSettings {
        title: "Portail des personnels".into(),
        profiles: vec![Profile::NationalStaff],
        ..PortalSettings::default()
    };
    settings.portals.insert("staff".into(), staff);
    settings.hashing.workers = 1;
    settings.hashing.passes = 2;
    settings.hashing.memory_kib = 19_456;
}

/// XCT-01, XCT-05: the pages before and around a sign-in.
#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn xct_01_the_pages_at_the_door_are_for_everybody(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::with(engine, portals).await;
    let ilyes = world.pupil("Ilyès Roux").await;
    world.suspends(&ilyes).await;
    let mut eye = Eye::opens(Screen::phone()).await;
    for (path, page) in [
        ("/p/ent/connexion", "chooser"),
        ("/p/ent/connexion?profil=parent", "sign-in"),
        ("/p/ent/connexion?profil=pupil", "sign-in"),
        ("/connexion", "sign-in"),
        ("/deconnexion", "signed-out"),
        ("/nulle-part", "error"),
        ("/oidc/authorize?client_id=personne", "error"),
        ("/cas/login?service=http://127.0.0.2:9/personne", "error"),
    ] {
        eye.window.opens_at(&world, path).await;
        eye.looks_at(page).await;
    }
    for portal in ["", "/p/ent"] {
        eye.window.opens_at(&world, &format!("{portal}/connexion?profil=pupil")).await;
        eye.window.signs_in_by_keyboard(&ilyes.identifier, "pas le bon").await;
        eye.window.sees(".problems").await;
        eye.looks_at("sign-in").await;
    }
    eye.window.opens_at(&world, "/connexion").await;
    eye.window.signs_in_by_keyboard(&ilyes.identifier, &ilyes.password).await;
    eye.window.sees("body:not([data-page=sign-in])").await;
    eye.looks_at("suspended").await;
    eye.window.closes(&["localhost"]).await;
}

/// XCT-01, XCT-05: the pages of a session, and the one that waits for it.
#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn xct_01_the_pages_of_a_session_are_for_everybody(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::with(engine, portals).await;
    let nadia = world.parent("Nadia Roux").await;
    let stranger = world.service_with("cahier-malin", json!({ "first_party": false, "portal": "ent" })).await;
    let closed = world.service_with("personnels", json!({ "portal": "staff" })).await;
    let mut eye = Eye::opens(Screen::phone()).await;
    eye.window.opens_at(&world, "/connexion").await;
    eye.window.signs_in_by_keyboard(&nadia.identifier, &nadia.password).await;
    eye.looks_at("home").await;
    eye.window.opens_at(&world, "/deconnexion").await;
    eye.looks_at("sign-out-question").await;
    eye.window.goes_to(closed.sign_in(&[])).await;
    eye.looks_at("not-welcome").await;
    eye.window.goes_to(stranger.sign_in(&[])).await;
    eye.looks_at("consent").await;
    eye.window.closes(&["localhost"]).await;
}

/// XCT-01: the page that carries an answer to a service, where no script sends it on.
#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn xct_01_the_page_that_hands_over_is_for_everybody(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::with(engine, portals).await;
    let nadia = world.parent("Nadia Roux").await;
    let service = world.service("agenda").await;
    let mut eye = Eye::opens(Screen::phone()).await;
    eye.window.blocks("*/form-post*").await;
    eye.window.goes_to(service.sign_in(&[("response_mode", "form_post")])).await;
    eye.window.signs_in_by_keyboard(&nadia.identifier, &nadia.password).await;
    eye.looks_at("form-post").await;
    eye.window.closes(&["localhost"]).await;
}

/// XCT-01, design §8: whom the queue can't serve in time gets a page, which comes through by itself or by its button.
#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_that_waits_comes_through(
    #[values(Sqlite, Postgres)] engine: Engine,
    #[values(true, false)] by_itself: bool,
) {
    let crowded = |settings: &mut Settings| {
        portals(settings);
        settings.hashing.patience = 0;
    };
    let world = World::with(engine, crowded).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut eye = Eye::opens(Screen::phone().scripts(!by_itself)).await;
    eye.window.opens_at(&world, "/connexion").await;
    let crowd: Vec<_> = (0..60).map(|_| guess(&world)).collect();
    eye.window.signs_in_by_keyboard(&nadia.identifier, &nadia.password).await;
    eye.window.is_on("wait").await;
    if !by_itself {
        // Nothing moves while it is looked at.
        eye.window.evaluates::<()>("window.stop()", vec![]).await;
        eye.looks_at("wait").await;
        drop(crowd);
        eye.window.tabs_to("Réessayer maintenant").await;
        eye.window.presses(Key::Enter).await;
    }
    eye.window.is_on("home").await;
    eye.window.closes(&["localhost"]).await;
}

/// Somebody else's guess, from the same network.
fn guess(world: &World) -> impl Sized {
    let network = Network::of([127, 0, 0, 1].into());
    world.app().hasher.hash(Class::Person(network), &Password::typed("pas le bon").unwrap()).expect("a place")
}

/// XCT-03: the fields say what they are for, so that the browser can fill them in.
#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn xct_03_fields_say_what_they_are_for(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::with(engine, portals).await;
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
    let world = World::with(engine, portals).await;
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
