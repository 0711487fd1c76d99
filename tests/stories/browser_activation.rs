//! From the letter to the portal as browsers carry it: the reference's five steps, by keyboard, on a telephone.

use fantoccini::key::Key;
use rstest::rstest;
use serde_json::json;

use crate::{
    browser_door::with_ent,
    charters::charter,
    chromium::{Screen, Window},
    engine::{Engine, Postgres, Sqlite},
    letters::CHOSEN,
    people::Someone,
    post::Post,
    site::{HOSTS, Site},
    world::World,
};

const EMAIL: &str = "nadia.roux@courriel.example";

impl Window {
    /// Tabs to a field and types into it.
    async fn fills_in(&self, label: &str, text: &str) {
        self.tabs_to(label).await;
        self.types(text).await;
    }

    /// Tabs to a button or a link and presses Enter.
    async fn chooses_by_keyboard(&self, label: &str) {
        self.tabs_to(label).await;
        self.presses(Key::Enter).await;
    }

    /// A password of one's own, twice, and an address.
    async fn chooses_a_password(&self, email: &str) {
        self.is_on("activation").await;
        self.fills_in("new_password", CHOSEN).await;
        self.fills_in("confirmation", CHOSEN).await;
        self.fills_in("email", email).await;
        self.presses(Key::Enter).await;
        self.is_on("check-mail").await;
    }

    /// Opens the link of a mail and presses its button.
    async fn activates_by(&self, link: &str) {
        self.goes_to(link).await;
        self.is_on("activation-link").await;
        self.chooses_by_keyboard("Activer mon compte").await;
        self.is_on("activated").await;
    }
}

/// A world with the ENT's portal, a mail server, and a parent with a letter who wants to go to the ENT.
async fn before_the_door(engine: Engine) -> (World, Post, Site, Someone) {
    let (post, site) = (Post::opens().await, Site::opens().await);
    let url = post.url.clone();
    let world = World::with(engine, |settings| {
        with_ent(settings);
        settings.mail.smtp = url;
        settings.portals.entry("ent".into()).or_default().notification_email = Some(true);
    })
    .await;
    world.publishes(&charter("familles-3", "3", "\"parent\"", "")).await;
    let nadia = world.parent_with_letter("Nadia Roux").await;
    let service = world.service_of(&site, json!({ "portal": "ent" })).await;
    site.links_to(&service.sign_in(&[]));
    (world, post, site, nadia)
}

/// `Se connecter` on the portal, the profile, and what the letter says.
async fn with_the_letter(window: &Window, site: &Site, nadia: &Someone) {
    window.goes_to(&site.home).await;
    window.presses(Key::Tab).await;
    window.presses(Key::Enter).await;
    window.is_on("chooser").await;
    window.chooses_by_keyboard("Élève ou parent").await;
    window.chooses_by_keyboard("Parent").await;
    window.is_on("sign-in").await;
    window.signs_in_by_keyboard(&nadia.identifier, &nadia.password).await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn act_02_act_04_sso_01_the_five_steps_by_keyboard_on_a_telephone(
    #[values(Sqlite, Postgres)] engine: Engine,
    #[values(true, false)] scripts: bool,
) {
    let (world, post, site, nadia) = before_the_door(engine).await;
    let phone = Window::opens(Screen::phone().scripts(scripts)).await;
    with_the_letter(&phone, &site, &nadia).await;
    phone.chooses_a_password(EMAIL).await;
    phone.activates_by(&post.awaits(1).await[0].link()).await;
    phone.chooses_by_keyboard("Se connecter").await;
    phone.is_on("sign-in").await;
    phone.tabs_to("password").await;
    phone.types(CHOSEN).await;
    phone.presses(Key::Enter).await;
    phone.is_on("charter").await;
    phone.tabs_to("accept-familles-3").await;
    phone.types(" ").await;
    phone.chooses_by_keyboard("Accepter et continuer").await;
    phone.is_on("notification-email").await;
    phone.chooses_by_keyboard("Utiliser cette adresse").await;
    phone.is_on("hall").await;
    assert_eq!(
        (site.count(), site.told().parameter("state")),
        (1, "state-of-agenda"),
        "where they wanted to go at first"
    );
    phone.closes(HOSTS).await;
    drop(world);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn act_07_act_18_a_scanner_reads_everything_twice_and_a_second_browser_goes_on(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let (world, post, site, nadia) = before_the_door(engine).await;
    let phone = Window::opens(Screen::phone()).await;
    with_the_letter(&phone, &site, &nadia).await;
    phone.chooses_a_password("nadia@faute.example").await;
    phone.closes(HOSTS).await;
    // The telephone is gone; at the desk the own password leads to the page that waits, where the address is corrected.
    let desk = Window::opens(Screen::desk()).await;
    desk.opens_at(&world, "/p/ent/connexion?profil=parent").await;
    desk.signs_in_by_keyboard(&nadia.identifier, CHOSEN).await;
    desk.is_on("check-mail").await;
    desk.clicks("details.fold summary").await;
    desk.fills_in("email", EMAIL).await;
    desk.presses(Key::Enter).await;
    let mail = post.awaits(2).await.pop().unwrap();
    assert_eq!(mail.to, [EMAIL]);
    // A mail scanner opens every address in the mail, in a browser of its own, twice.
    let scanner = Window::opens(Screen::desk().scripts(false)).await;
    let text = mail.text();
    let addresses: Vec<_> = text.split_whitespace().filter(|word| word.starts_with("http://localhost")).collect();
    assert!(!addresses.is_empty());
    let before = world.rows().await;
    for address in addresses.iter().chain(&addresses) {
        scanner.goes_to(address.trim_end_matches('.')).await;
    }
    scanner.closes(HOSTS).await;
    assert_eq!(world.rows().await, before);
    desk.activates_by(&mail.link()).await;
    desk.closes(HOSTS).await;
}
