//! The door in a real browser: by keyboard, with scripts and without, at the width of a telephone.

use fantoccini::key::Key;
use preau::config::{PortalSettings, Settings};
use rstest::rstest;

use crate::{
    chromium::{Screen, Window},
    engine::{Engine, Postgres, Sqlite},
    world::World,
};

/// The door of the portal `ent`, which asks who one is.
pub fn with_ent(settings: &mut Settings) {
    let ent = PortalSettings {
        preset: preau::policy::Preset::Ent,
        title: "ENT des collèges".into(),
        network: "Réseau du Val d’Orne".into(),
        notification_email: Some(false),
        ..PortalSettings::default()
    };
    settings.portals.insert("ent".into(), ent);
}

impl Window {
    /// Opens a path of ours.
    pub async fn opens_at(&self, world: &World, path: &str) {
        self.goes_to(world.origin().join(path).unwrap()).await;
    }

    /// Fills in the sign-in form by keyboard alone and sends it by Enter.
    pub async fn signs_in_by_keyboard(&self, identifier: &str, password: &str) {
        self.is_on("sign-in").await;
        self.tabs_to("identifier").await;
        self.types(identifier).await;
        self.tabs_to("password").await;
        self.types(password).await;
        self.presses(Key::Enter).await;
    }
}

/// LOG-01, LOG-02, LOG-19: five families in the seed's order; one with choices opens in place, nothing is sent.
#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn log_02_a_family_opens_in_place_by_keyboard(
    #[values(Sqlite, Postgres)] engine: Engine,
    #[values(true, false)] scripts: bool,
) {
    let world = World::with(engine, with_ent).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = Window::opens(Screen::phone().scripts(scripts)).await;
    phone.opens_at(&world, "/p/ent/connexion").await;
    phone.is_on("chooser").await;
    let doors = "return [...document.querySelectorAll('.families > li')].map(li => li.querySelector('summary, a').innerText.trim())";
    let families: Vec<String> = phone.evaluates(doors, vec![]).await;
    assert_eq!(
        families,
        [
            "Élève ou parent",
            "Personnel de l’Éducation nationale",
            "Personnel de l’enseignement agricole",
            "Personnel de collectivité",
            "Autre et invité"
        ]
    );
    let (before, sent) = (phone.place().await, phone.requests().await.len());
    phone.tabs_to("Élève ou parent").await;
    let expanded = "return document.activeElement.getAttribute('aria-expanded')";
    let says = |state: &str| scripts.then(|| state.to_owned());
    assert_eq!(phone.evaluates::<Option<String>>(expanded, vec![]).await, says("false"));
    phone.presses(Key::Enter).await;
    // The event that tells of it comes after the attribute.
    phone.sees(if scripts { "details[open] summary[aria-expanded='true']" } else { "details[open] a" }).await;
    assert_eq!(phone.evaluates::<Option<String>>(expanded, vec![]).await, says("true"));
    assert_eq!(phone.focus().await.unwrap().label, "Élève ou parent", "the focus stays where it was");
    assert_eq!((phone.place().await, phone.requests().await.len()), (before, sent), "nothing is sent");
    phone.tabs_to("Parent").await;
    phone.presses(Key::Enter).await;
    phone.is_on("sign-in").await;
    assert!(phone.text().await.contains("Profil\u{a0}: Parent"), "{}", phone.text().await);
    phone.signs_in_by_keyboard(&nadia.identifier, &nadia.password).await;
    phone.is_on("home").await;
    phone.closes(&["localhost"]).await;
}

/// LOG-12: the button shows what was typed, says so, and hides it again before it is sent.
#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn log_12_a_password_is_shown_and_hidden_again_when_sent(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let phone = Window::opens(Screen::phone()).await;
    phone.opens_at(&world, "/connexion").await;
    phone.tabs_to("identifier").await;
    phone.types(&nadia.identifier).await;
    phone.tabs_to("password").await;
    phone.types("pas le bon").await;
    let state = "const b = document.querySelector('[data-reveal]'); return [document.getElementById('password').type, \
                 b.getAttribute('aria-pressed'), b.innerText.replace(/\\s+/gu, ' ').trim()]";
    let hidden = ["password", "false", "Afficher : Mot de passe"];
    assert_eq!(phone.evaluates::<[String; 3]>(state, vec![]).await, hidden);
    phone.tabs_to("Afficher : Mot de passe").await;
    phone.presses(Key::Enter).await;
    assert_eq!(phone.evaluates::<[String; 3]>(state, vec![]).await, ["text", "true", "Masquer : Mot de passe"]);
    let keep = "document.forms[0].addEventListener('submit', () => sessionStorage.setItem('sent', document.getElementById('password').type))";
    phone.evaluates::<()>(keep, vec![]).await;
    phone.tabs_to("Se connecter").await;
    phone.presses(Key::Enter).await;
    phone.sees(".problems").await;
    assert_eq!(phone.evaluates::<String>("return sessionStorage.getItem('sent')", vec![]).await, "password");
    assert_eq!(phone.evaluates::<[String; 3]>(state, vec![]).await, hidden);
    phone.closes(&["localhost"]).await;
}

/// LOG-11: a polite word while Caps Lock is on, and nothing is blocked. (No driver can press that key: the event is made.)
#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn log_11_caps_lock_is_mentioned_politely(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let phone = Window::opens(Screen::phone()).await;
    phone.opens_at(&world, "/connexion").await;
    phone.tabs_to("password").await;
    let strike = "const line = document.querySelector('[data-caps]'); const event = new KeyboardEvent('keydown', \
                  { key: 'A', bubbles: true, cancelable: true, modifierCapsLock: arguments[0] }); \
                  const let_through = document.activeElement.dispatchEvent(event); \
                  return [line.getAttribute('role'), line.textContent, String(let_through)]";
    let said: [String; 3] = phone.evaluates(strike, vec![true.into()]).await;
    assert_eq!(said, ["status", "Verr. Maj est activée.", "true"]);
    let said: [String; 3] = phone.evaluates(strike, vec![false.into()]).await;
    assert_eq!(said, ["status", "", "true"]);
    phone.closes(&["localhost"]).await;
}

/// XCT-02, LOG-09: what was refused is said first, has the focus, names its fields and keeps all but the password.
#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn xct_02_a_refused_sign_in_has_the_focus_on_its_summary(
    #[values(Sqlite, Postgres)] engine: Engine,
    #[values(true, false)] scripts: bool,
) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let phone = Window::opens(Screen::phone().scripts(scripts)).await;
    for identifier in [nadia.identifier.as_str(), "personne.inconnue"] {
        phone.opens_at(&world, "/connexion").await;
        phone.signs_in_by_keyboard(identifier, "pas le bon").await;
        phone.sees(".problems").await;
        assert_eq!(phone.evaluates::<String>("return document.activeElement.id", vec![]).await, "problems");
        assert!(phone.title().await.starts_with("Erreur\u{a0}: "), "{}", phone.title().await);
        let fields = "return ['identifier', 'password'].map(id => document.getElementById(id)).map(field => \
                      [field.getAttribute('aria-invalid'), field.value, [...(field.getAttribute('aria-describedby') ?? '').split(' ')] \
                      .every(id => document.getElementById(id) !== null)])";
        let fields: Vec<(Option<String>, String, bool)> = phone.evaluates(fields, vec![]).await;
        assert_eq!(fields[0].1, identifier, "the identifier is kept");
        assert_eq!(fields[1].1, "", "the password is not");
        assert!(fields.iter().any(|(invalid, ..)| invalid.as_deref() == Some("true")), "{fields:?}");
        assert!(fields.iter().all(|(.., described)| *described), "{fields:?}");
    }
    phone.tabs_to("identifier").await;
    phone.closes(&["localhost"]).await;
}

/// LOG-17: back after failures, and forward, and a reload: a form that works, never "confirm form resubmission".
#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn log_17_going_back_after_failures_leads_to_a_form_that_works(
    #[values(Sqlite, Postgres)] engine: Engine,
    #[values(true, false)] scripts: bool,
) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let phone = Window::opens(Screen::phone().scripts(scripts)).await;
    phone.opens_at(&world, "/connexion").await;
    for _ in 0..2 {
        phone.signs_in_by_keyboard(&nadia.identifier, "pas le bon").await;
        phone.sees(".problems").await;
    }
    // Whether two answers at one address are one entry of the history or two is the browser's affair: one step back is
    // a form in both cases.
    phone.goes_back().await;
    phone.is_on("sign-in").await;
    phone.signs_in_by_keyboard(&nadia.identifier, &nadia.password).await;
    phone.is_on("home").await;
    phone.closes(&["localhost"]).await;
}
