//! Another address on the account page: asked for, confirmed, given up, taken back.

use std::time::Duration;

use preau::{config::Settings, domain::Profile, store::accounts};
use rstest::rstest;

use crate::{
    browser::Browser,
    engine::{Engine, Postgres, Sqlite},
    letters::CHOSEN,
    people::Someone,
    post::{Arrived, Post},
    world::World,
};

const NEW: &str = "nadia@maison.example";
const DAY: Duration = Duration::from_hours(24);

fn by(post: &Post) -> impl FnOnce(&mut Settings) {
    let url = post.url.clone();
    move |settings| settings.mail.smtp = url
}

/// The mail of that reader, among what arrived.
fn to<'a>(arrived: &'a [Arrived], reader: &str) -> &'a Arrived {
    arrived.iter().rev().find(|mail| mail.to.concat() == reader).unwrap_or_else(|| panic!("no mail to {reader}"))
}

/// The link in a mail that leads to that part of the account page.
fn link(mail: &Arrived, what: &str) -> String {
    let (text, way) = (mail.text(), format!("/compte/{what}/lien/"));
    let line = text.lines().find(|line| line.contains(&way)).unwrap_or_else(|| panic!("no {way} in {text}"));
    line.trim().to_owned()
}

impl Browser {
    async fn changes_email(&mut self, current: &str, new: &str) -> &mut Self {
        self.submits([("current_password", current), ("email", new)]).await
    }
}

impl World {
    async fn address(&self, of: &Someone) -> String {
        let account = accounts::find(self.db(), &of.account_id).await.unwrap().expect("an account");
        account.email.map(|email| email.to_string()).unwrap_or_default()
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn acc_05_acc_12_sso_09_a_new_address_is_confirmed_at_its_mailbox(#[values(Sqlite, Postgres)] engine: Engine) {
    let post = Post::opens().await;
    let world = World::with(engine, by(&post)).await;
    let nadia = world.parent("Nadia Roux").await;
    let agenda = world.service("agenda").await;
    let (mut phone, mut desk) = (world.phone(), world.desk());
    let subject =
        |place: &url::Url| place.query_pairs().find(|(name, _)| name == "code").expect("a code").1.into_owned();
    desk.opens(agenda.sign_in(&[])).await.signs_in(&nadia).await;
    let code = subject(desk.place());
    let before = world.redeems(&agenda, &code, &[]).await.id_token()["sub"].clone();
    world.waits(Duration::from_secs(2));
    phone.opens_account(&nadia).await.changes_email(&nadia.password, NEW).await;
    assert!(phone.page().text().contains("Un message est parti vers la nouvelle adresse"), "{}", phone.page().text());
    assert_eq!(world.address(&nadia).await, nadia.email, "the old one stays until then");
    let arrived = post.awaits(2).await;
    let warning = to(&arrived, &nadia.email);
    assert!(warning.text().contains("na•••••@maison.example"), "{}", warning.text());
    assert!(!warning.text().contains(NEW) && link(warning, "annulation").contains("/lien/"));
    let confirm = link(to(&arrived, NEW), "adresse");
    let mut tablet = world.browser();
    for _ in 0..3 {
        tablet.opens(&confirm).await;
        assert_eq!(tablet.page().data_page(), "email-link", "a scanner may look as often as it likes");
    }
    assert_eq!(world.address(&nadia).await, nadia.email);
    tablet.presses("Confirmer cette adresse").await;
    assert_eq!(tablet.page().data_page(), "email-changed");
    assert_eq!(world.address(&nadia).await, NEW);
    phone.opens("/compte").await;
    assert_eq!(phone.page().data_page(), "account", "the session that asked goes on");
    assert!(phone.page().text().contains(NEW));
    desk.opens(world.origin().join("/compte").unwrap()).await;
    assert_eq!(desk.page().data_page(), "sign-in", "older ones end");
    assert!(to(&post.awaits(3).await, &nadia.email).text().contains("Ce n’était pas vous"));
    desk.opens(agenda.sign_in(&[])).await.signs_in(&nadia).await;
    let code = subject(desk.place());
    let after = world.redeems(&agenda, &code, &[]).await.id_token()["sub"].clone();
    assert_eq!(before, after, "services know her by what they did before");
    let told = world.audit(&nadia).await;
    assert!(
        told.iter().any(|event| event == "email_change_asked") && told.iter().any(|event| event == "email_replaced")
    );
    assert!(!world.dump().await.contains(confirm.rsplit('/').next().unwrap()), "of a link only the digest is kept");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn acc_06_both_at_once_the_password_now_the_address_when_confirmed(#[values(Sqlite, Postgres)] engine: Engine) {
    let post = Post::opens().await;
    let world = World::with(engine, by(&post)).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.opens_account(&nadia).await;
    let both = [
        ("current_password", nadia.password.as_str()),
        ("new_password", CHOSEN),
        ("confirmation", CHOSEN),
        ("email", NEW),
    ];
    phone.submits(both).await;
    let text = phone.page().text();
    assert!(text.contains("Votre mot de passe est changé.") && text.contains("Nouvelle adresse en attente"), "{text}");
    assert_eq!(world.address(&nadia).await, nadia.email);
    let arrived = post.awaits(3).await;
    assert_eq!(
        arrived.iter().filter(|mail| mail.to.concat() == nadia.email).count(),
        2,
        "both told at the old address"
    );
    phone.opens(link(to(&arrived, NEW), "adresse")).await.presses("Confirmer cette adresse").await;
    assert_eq!(world.address(&nadia).await, NEW);
    let mut desk = world.desk();
    desk.tries(&nadia.identifier, CHOSEN).await;
    assert_eq!(desk.page().data_page(), "home");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn acc_13_a_change_that_waits_is_shown_sent_again_or_given_up(#[values(Sqlite, Postgres)] engine: Engine) {
    let post = Post::opens().await;
    let world = World::with(engine, by(&post)).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.opens_account(&nadia).await.changes_email(&nadia.password, NEW).await;
    let first = link(to(&post.awaits(2).await, NEW), "adresse");
    phone.opens("/compte").await;
    assert!(phone.page().text().contains(NEW), "{}", phone.page().text());
    phone.presses("Renvoyer le message").await;
    world.waits(Duration::from_mins(3));
    phone.presses("Renvoyer le message").await;
    let second = link(to(&post.awaits(3).await, NEW), "adresse");
    assert_ne!(first, second, "within two minutes one mail, then another");
    phone.presses("Annuler le changement").await;
    assert!(phone.page().text().contains("Le changement d’adresse est annulé."), "{}", phone.page().text());
    assert!(!phone.page().text().contains(NEW));
    for dead in [&first, &second] {
        phone.opens(dead).await;
        assert_eq!(phone.page().data_page(), "email-link-superseded");
    }
    assert_eq!(world.address(&nadia).await, nadia.email);
    assert!(world.audit(&nadia).await.contains(&"email_change_cancelled".to_owned()));
    phone.opens("/compte").await.changes_email(&nadia.password, "nadia@autre.example").await;
    let late = link(to(&post.awaits(5).await, "nadia@autre.example"), "adresse");
    world.waits(2 * DAY);
    phone.opens(&late).await;
    assert_eq!(phone.page().data_page(), "email-link-expired");
    phone.presses("Recevoir un nouveau lien").await;
    let fresh = link(to(&post.awaits(6).await, "nadia@autre.example"), "adresse");
    phone.opens(&fresh).await.presses("Confirmer cette adresse").await;
    assert_eq!(world.address(&nadia).await, "nadia@autre.example");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn acc_14_the_old_address_takes_the_change_back_even_after_it_was_confirmed(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let post = Post::opens().await;
    let world = World::with(engine, by(&post)).await;
    let nadia = world.parent("Nadia Roux").await;
    world.changes_school(|school| school.email = Some("secretariat@college.example".into())).await;
    // Somebody who knows the password.
    let mut thief = world.desk();
    thief.opens_account(&nadia).await.changes_email(&nadia.password, NEW).await;
    let arrived = post.awaits(2).await;
    let undo = link(to(&arrived, &nadia.email), "annulation");
    thief.opens(link(to(&arrived, NEW), "adresse")).await.presses("Confirmer cette adresse").await;
    thief.opens("/compte").await.changes_password(&nadia.password, CHOSEN).await;
    assert!(thief.page().notice().contains("est changé"), "{}", thief.page().text());
    world.waits(Duration::from_hours(30));
    let mut phone = world.phone();
    phone.opens(&undo).await;
    assert_eq!(phone.page().data_page(), "email-undo");
    assert_eq!(world.address(&nadia).await, NEW, "looking changes nothing");
    phone.presses("Annuler le changement et fermer tout").await;
    assert_eq!(phone.page().data_page(), "email-undo-password");
    assert_eq!(world.address(&nadia).await, nadia.email);
    thief.opens("/compte").await;
    assert_eq!(thief.page().data_page(), "sign-in", "every session has ended");
    thief.tries(&nadia.identifier, CHOSEN).await;
    assert_eq!(thief.page().data_page(), "sign-in", "and the password is void");
    phone.submits([("new_password", CHOSEN), ("confirmation", CHOSEN)]).await;
    assert!(phone.page().alert().contains("il en faut un autre"), "not what the other knew: {}", phone.page().text());
    phone.submits([("new_password", "voilier 44 Lanterne"), ("confirmation", "voilier 44 Lanterne")]).await;
    assert_eq!(phone.page().data_page(), "email-undone", "{}", phone.page().text());
    phone.opens(&undo).await;
    assert_eq!(phone.page().data_page(), "email-undone", "once");
    phone.opens("/connexion").await.tries(&nadia.identifier, "voilier 44 Lanterne").await;
    assert_eq!(phone.page().data_page(), "home");
    let arrived = post.awaits(7).await;
    let school = to(&arrived, "secretariat@college.example");
    assert!(
        school.text().contains("Nadia Roux") && school.text().contains("contesté")
            || school.header("Subject").contains("contesté")
    );
    let told = world.audit(&nadia).await;
    assert!(
        told.iter().any(|event| event == "email_change_undone") && told.iter().any(|event| event == "password_voided")
    );
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn acc_14_the_way_back_ends_after_its_time_and_needs_no_reader(#[values(Sqlite, Postgres)] engine: Engine) {
    let post = Post::opens().await;
    let world = World::with(engine, by(&post)).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.opens_account(&nadia).await.changes_email(&nadia.password, NEW).await;
    let arrived = post.awaits(2).await;
    phone.opens(link(to(&arrived, NEW), "adresse")).await.presses("Confirmer cette adresse").await;
    world.waits(8 * DAY);
    phone.opens(link(to(&arrived, &nadia.email), "annulation")).await;
    assert_eq!(phone.page().data_page(), "email-undo-over");
    phone.opens(link(to(&arrived, &nadia.email), "annulation").replace("/lien/", "/lien/0")).await;
    assert_eq!(phone.page().data_page(), "email-undo-over", "unknown and over look alike");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn acc_14_the_old_mailbox_alone_is_not_enough_where_there_is_a_second_factor(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let post = Post::opens().await;
    let world = World::with(engine, by(&post)).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.opens_account(&nadia).await.changes_email(&nadia.password, NEW).await;
    let arrived = post.awaits(2).await;
    let seed = world.gives_application(&nadia, &["bcdfg-23456"]).await;
    let mut desk = world.desk();
    desk.opens(link(to(&arrived, &nadia.email), "annulation")).await;
    desk.presses("Annuler le changement et fermer tout").await;
    let voilier = "voilier 44 Lanterne";
    desk.submits([("new_password", voilier), ("confirmation", voilier)]).await;
    assert_eq!(desk.page().attributes("[aria-invalid]", "name"), ["code"], "{}", desk.page().alert());
    desk.submits([("new_password", voilier), ("confirmation", voilier), ("code", "000000")]).await;
    assert_eq!(desk.page().attributes(".problems a", "href"), ["#code"]);
    let code = world.code_of(&seed);
    desk.submits([("new_password", voilier), ("confirmation", voilier), ("code", &code)]).await;
    assert_eq!(desk.page().data_page(), "email-undone", "{}", desk.page().text());
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn addresses_in_doubt_are_asked_about_first_and_unfit_ones_refused(#[values(Sqlite, Postgres)] engine: Engine) {
    let post = Post::opens().await;
    let world = World::with(engine, by(&post)).await;
    let (nadia, ilyes) = (world.parent("Nadia Roux").await, world.pupil("Ilyès Roux").await);
    world.gives_child(&nadia, &ilyes).await;
    let mut phone = world.phone();
    phone.opens_account(&nadia).await.changes_email(&nadia.password, "nadia").await;
    assert!(phone.page().has("#email[aria-invalid]") && phone.page().field("email") == "nadia");
    phone.changes_email(&nadia.password, "nadia@gmial.com").await;
    assert!(phone.page().alert().contains("Vouliez-vous dire gmail.com"), "{}", phone.page().alert());
    phone.changes_email(&nadia.password, &ilyes.email).await;
    assert!(phone.page().alert().contains("semble être celle de votre enfant"), "{}", phone.page().alert());
    assert!(post.arrived().is_empty());
    phone.submits([("current_password", nadia.password.as_str()), ("email", "nadia@gmial.com"), ("sure", "1")]).await;
    assert!(phone.page().text().contains("en attente"), "{}", phone.page().text());
    assert_eq!(post.awaits(2).await.len(), 2);
    let teacher = world.enrols(crate::people::Who::named("Paul Roux", &[(Profile::Parent, None)])).await;
    let mut desk = world.desk();
    desk.opens_account(&teacher).await.changes_email(&teacher.password, &nadia.email).await;
    assert!(desk.page().text().contains("en attente"), "two parents may share one");
}
