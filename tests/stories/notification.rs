//! The address for notifications: asked for once, after the charter.

use preau::{config::Settings, domain::NotificationAddress, store::notifications};
use rstest::rstest;

use crate::{
    charters::charter,
    engine::{Engine, Postgres, Sqlite},
    letters::CHOSEN,
    people::Someone,
    post::Post,
    world::World,
};

fn asking(post: &Post) -> impl FnOnce(&mut Settings) {
    let url = post.url.clone();
    move |settings| {
        settings.mail.smtp = url;
        settings.portals.entry("default".into()).or_default().notification_email = Some(true);
    }
}

impl World {
    async fn notifies(&self, someone: &Someone) -> Option<(Option<String>, Option<String>)> {
        let kept = notifications::find(self.db(), &someone.account_id).await.unwrap();
        kept.map(|NotificationAddress { email, awaiting }| {
            (email.map(|it| it.to_string()), awaiting.map(|it| it.to_string()))
        })
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn sso_01_cha_03_cha_08_from_the_letter_to_the_page_that_was_asked_for_first(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let post = Post::opens().await;
    let world = World::with(engine, asking(&post)).await;
    world.publishes(&charter("familles-3", "3", "\"parent\"", "")).await;
    let nadia = world.parent_with_letter("Nadia Roux").await;
    let agenda = world.service("agenda").await;
    let mut phone = world.phone();
    phone.opens(agenda.sign_in(&[])).await.comes_with_letter(&nadia).await;
    phone.chooses(CHOSEN, "nadia@courriel.example").await;
    phone.opens(post.awaits(1).await[0].link()).await.presses("Activer mon compte").await;
    phone.follows("Se connecter").await;
    phone.tries(&nadia.identifier, CHOSEN).await;
    assert_eq!(phone.page().data_page(), "charter");
    phone.accepts(&["familles-3"]).await;
    assert_eq!(phone.page().data_page(), "notification-email");
    assert_eq!(phone.page().field("email"), "nadia@courriel.example", "the confirmed address stands in it");
    phone.presses("Utiliser cette adresse").await;
    assert!(phone.place().as_str().starts_with(&agenda.redirect_uri), "{}", phone.place());
    let state = phone.place().query_pairs().find(|(name, _)| name == "state").map(|(_, value)| value.into_owned());
    assert_eq!(state.as_deref(), Some("state-of-agenda"), "the page that was asked for at the start");
    assert_eq!(world.notifies(&nadia).await, Some((Some("nadia@courriel.example".into()), None)));
    let events = world.audit_since_letter(&nadia).await;
    assert_eq!(
        events,
        [
            "password_chosen",
            "email_confirmed",
            "account_activated",
            "signed_in",
            "charter_accepted",
            "notification_email_given"
        ]
    );
    let mut again = world.phone();
    again.opens(agenda.sign_in(&[])).await.tries(&nadia.identifier, CHOSEN).await;
    assert!(again.place().as_str().starts_with(&agenda.redirect_uri), "asked once: {}", again.page().text());
    assert_eq!(post.arrived().len(), 1, "a confirmed address needs no mail");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn cha_08_no_thanks_is_an_answer_and_is_not_asked_again(#[values(Sqlite, Postgres)] engine: Engine) {
    let post = Post::opens().await;
    let world = World::with(engine, asking(&post)).await;
    let (nadia, agenda, notes) =
        (world.parent("Nadia Roux").await, world.service("agenda").await, world.cas_service("notes").await);
    let mut phone = world.phone();
    phone.signs_in(&nadia).await;
    assert_eq!(phone.page().data_page(), "notification-email", "without a service as well");
    // Where nobody may be asked, it holds nobody up.
    phone.opens(agenda.sign_in(&[("prompt", "none")])).await;
    assert!(phone.place().query_pairs().any(|(name, _)| name == "code"), "{}", phone.place());
    phone.opens(format!("{}&gateway=true", notes.sign_in())).await;
    assert!(phone.place().as_str().contains("ticket=ST-"), "{}", phone.place());
    phone.opens(notes.sign_in()).await;
    assert_eq!(phone.page().data_page(), "notification-email");
    phone.presses("Non merci").await;
    assert!(phone.place().as_str().contains("ticket=ST-"), "{}", phone.place());
    assert_eq!(world.notifies(&nadia).await, Some((None, None)));
    assert_eq!(world.charter_lines(&nadia).await[0].0, "notification_email_declined");
    let mut again = world.phone();
    again.signs_in(&nadia).await;
    assert_eq!(again.page().data_page(), "home");
    let mut pupil = world.desk();
    let ilyes = world.pupil("Ilyès Roux").await;
    let mut account = preau::store::accounts::find(world.db(), &ilyes.account_id).await.unwrap().unwrap();
    account.email = None;
    world.changes(preau::domain::AccountChange::Overwritten { account: Box::new(account) }).await;
    pupil.signs_in(&ilyes).await;
    assert_eq!(pupil.page().data_page(), "home", "a pupil without an address is not asked");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn cha_08_another_address_is_confirmed_by_a_link_that_a_look_does_not_use(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let post = Post::opens().await;
    let world = World::with(engine, asking(&post)).await;
    let (nadia, agenda) = (world.parent("Nadia Roux").await, world.service("agenda").await);
    let mut phone = world.phone();
    phone.opens(agenda.sign_in(&[])).await.signs_in(&nadia).await;
    for (typed, told) in [("", "Écrivez votre adresse mail"), ("nadia", "Cette adresse n’est pas complète")] {
        phone.submits([("email", typed)]).await;
        assert!(phone.page().alert().contains(told), "{}", phone.page().alert());
        assert_eq!(
            (phone.page().data_page().as_str(), phone.page().field("email").as_str()),
            ("notification-email", typed)
        );
    }
    phone.submits([("email", "alertes@courriel.example")]).await;
    assert_eq!(phone.page().data_page(), "notification-sent");
    assert!(phone.page().text().contains("al•••••@courriel.example"), "{}", phone.page().text());
    phone.reloads().await;
    phone.follows("Continuer").await;
    assert!(phone.place().as_str().starts_with(&agenda.redirect_uri), "nobody waits for the mail: {}", phone.place());
    assert_eq!(world.notifies(&nadia).await, Some((None, Some("alertes@courriel.example".into()))));
    let mail = post.awaits(1).await.remove(0);
    assert_eq!(mail.to, ["alertes@courriel.example"]);
    let link =
        mail.text().lines().find(|line| line.contains("/notifications/lien/")).expect("a link").trim().to_owned();
    let (mut scanner, mut other) = (world.browser(), world.desk());
    let before = world.dump().await;
    for _ in 0..3 {
        scanner.opens(&link).await;
        assert_eq!(scanner.page().data_page(), "notification-link");
    }
    assert_eq!(world.dump().await, before, "looking changes nothing");
    other.opens(&link).await.presses("Confirmer cette adresse").await;
    assert_eq!(other.page().data_page(), "notification-confirmed");
    assert_eq!(world.notifies(&nadia).await, Some((Some("alertes@courriel.example".into()), None)));
    scanner.presses("Confirmer cette adresse").await;
    assert_eq!(scanner.page().data_page(), "notification-confirmed", "the second press is told kindly");
    let told: Vec<_> = world.charter_lines(&nadia).await.into_iter().map(|line| line.0).collect();
    assert_eq!(told, ["notification_email_given", "notification_email_confirmed"]);
    other.opens("/notifications/lien/nimporte").await;
    assert_eq!(other.page().data_page(), "notification-over");
}
