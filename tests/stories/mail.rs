//! What is owed arrives: at once, as it should look, again when the mail server was away, and never twice differently.

use std::time::Duration;

use preau::{
    app::App,
    config::{Config, Mode, Settings},
    crypto::Rng,
    domain::{Email, Mail, MailKind, PortalName, Presence, Profile, Recipient},
    mail::{courier, owe},
    server,
    store::outbox,
};
use rstest::rstest;

use crate::{
    engine::{Engine, Postgres, Sqlite},
    people::Who,
    post::Post,
    world::World,
};

fn trial(to: &str) -> Mail {
    Mail {
        to: Recipient::Address(Email::parse(to).expect("an address")),
        portal: PortalName::new("default"),
        language: "en".into(),
        register: "vous".into(),
        account_id: None,
        kind: MailKind::Trial,
    }
}

fn paused(identifier: &str) -> Mail {
    let kind = MailKind::SignInPaused { given_name: String::new(), identifier: String::new() };
    Mail { to: Recipient::Holder(identifier.into()), kind, ..trial("nobody@example.org") }
}

fn by(settings: &mut Settings, post: &Post) {
    settings.mail.smtp.clone_from(&post.url);
    settings.mail.from = "ne-pas-repondre@id.example".into();
}

impl World {
    /// A courier beside the world's server, which has none of its own as long as `mail.smtp` is empty.
    async fn courier(&self, post: &Post) -> App {
        let mut settings = self.settings.clone();
        by(&mut settings, post);
        let config = Config::check(settings, Mode::Demo).unwrap();
        server::assemble(config, self.clock.clone(), Rng::from_os().unwrap()).await.unwrap()
    }

    async fn owes(&self, mail: &Mail) {
        let mut tx = self.db().begin().await.unwrap();
        owe(self.app(), &mut tx, mail, self.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// How many mails are waiting, sent, dead.
    async fn owed(&self) -> [i64; 3] {
        let mut counts = [0; 3];
        for (count, state) in counts.iter_mut().zip(["waiting", "sent", "dead"]) {
            *count = outbox::count(self.db(), state).await.unwrap();
        }
        counts
    }
}

async fn tries(courier: &App) -> usize {
    courier::deliver_due(courier).await.unwrap()
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn mel_06_a_mail_arrives_within_a_second_from_whom_it_says(#[values(Sqlite, Postgres)] engine: Engine) {
    let post = Post::opens().await;
    let world = World::with(engine, |settings| by(settings, &post)).await;
    let begun = std::time::Instant::now();
    world.owes(&trial("nadia@example.org")).await;
    let arrived = post.awaits(1).await;
    assert!(begun.elapsed() < Duration::from_secs(1), "it took {:?}", begun.elapsed());
    let mail = &arrived[0];
    assert_eq!(
        (mail.from.as_str(), mail.to.as_slice()),
        ("ne-pas-repondre@id.example", &["nadia@example.org".to_owned()][..])
    );
    assert!(mail.header("From").contains("<ne-pas-repondre@id.example>"), "{}", mail.raw);
    assert_eq!(mail.header("Auto-Submitted"), "auto-generated");
    assert_eq!((mail.header("Content-Language"), mail.header("Reply-To")), ("en".into(), String::new()));
    assert!(mail.header("Message-ID").ends_with("@localhost>"), "{}", mail.raw);
    assert!(mail.header("Subject").contains("Préau"), "{}", mail.header("Subject"));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn what_is_owed_to_an_identifier_reaches_its_holder_in_their_language(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let (post, world) = (Post::opens().await, World::on(engine).await);
    let courier = world.courier(&post).await;
    let nadia = world.parent("Nadia Roux").await;
    let ilyes = world.pupil("Ilyès Roux").await;
    let gone = Presence::Archived { since: world.clock.now() };
    world.enrols(Who { presence: gone, ..Who::named("Paul Parti", &[(Profile::Parent, None)]) }).await;
    for identifier in [nadia.identifier.as_str(), ilyes.identifier.as_str(), "paul.parti", "personne"] {
        world.owes(&paused(identifier)).await;
    }
    assert_eq!(tries(&courier).await, 4);
    assert_eq!(world.owed().await, [0, 4, 0], "nobody is told who has an account");
    let arrived = post.arrived();
    let to = |email: &str| arrived.iter().find(|mail| mail.to == [email]).unwrap_or_else(|| panic!("none to {email}"));
    assert_eq!(arrived.len(), 2);
    let (adult, pupil) = (to(&nadia.email), to(&ilyes.email));
    assert_eq!(adult.header("Content-Language"), "fr");
    assert!(adult.text().contains("Bonjour Nadia,") && adult.text().contains("C’était vous"), "{}", adult.text());
    assert!(adult.text().lines().any(|line| line == nadia.identifier), "{}", adult.text());
    assert!(pupil.text().contains("C’était toi") && !pupil.text().contains("vous"), "{}", pupil.text());
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn mel_06_a_mail_that_comes_twice_is_the_same_to_the_byte(#[values(Sqlite, Postgres)] engine: Engine) {
    let (post, world) = (Post::opens().await, World::on(engine).await);
    let courier = world.courier(&post).await;
    world.owes(&trial("nadia@example.org")).await;
    post.answers_data(Some("451 kept, but the answer is lost"));
    assert_eq!(tries(&courier).await, 1);
    post.answers_data(None);
    assert_eq!(tries(&courier).await, 0, "not before a minute is over");
    world.waits(Duration::from_mins(1));
    assert_eq!((tries(&courier).await, world.owed().await), (1, [0, 1, 0]));
    let arrived = post.arrived();
    assert_eq!(arrived.len(), 2);
    assert_eq!(arrived[0], arrived[1]);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn mel_04_a_mail_waits_while_the_mail_server_is_away_and_is_given_up_at_last(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let (post, world) = (Post::opens().await, World::on(engine).await);
    let courier = world.courier(&post).await;
    world.owes(&trial("nadia@example.org")).await;
    post.answers_rcpt(Some("451 come back later"));
    for minutes in [0, 1, 2, 5, 15, 30, 60, 60] {
        world.waits(Duration::from_mins(minutes));
        assert_eq!((tries(&courier).await, world.owed().await), (1, [1, 0, 0]), "after {minutes}");
    }
    // Our own sign-in at the mail server is what the operator can mend.
    post.answers_rcpt(Some("530 who are you"));
    world.waits(Duration::from_hours(1));
    assert_eq!((tries(&courier).await, world.owed().await), (1, [1, 0, 0]));
    world.waits(Duration::from_hours(48));
    assert_eq!((tries(&courier).await, world.owed().await), (1, [0, 0, 1]));
    assert!(post.arrived().is_empty());
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_is_refused_for_good_is_given_up_at_once_and_what_it_said_stays_sealed(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let (post, world) = (Post::opens().await, World::on(engine).await);
    let courier = world.courier(&post).await;
    let nadia = world.parent("Nadia Roux").await;
    world.owes(&paused(&nadia.identifier)).await;
    post.answers_rcpt(Some("550 nobody of that name"));
    assert_eq!((tries(&courier).await, world.owed().await), (1, [0, 0, 1]));
    let dump = world.dump().await;
    let line = dump.lines().find(|line| line.starts_with("outbox:")).unwrap_or_default();
    assert!(line.contains("nobody of that name") && !line.contains(&nadia.identifier), "{line}");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn two_couriers_hand_each_mail_over_once(#[values(Sqlite, Postgres)] engine: Engine) {
    let (post, world) = (Post::opens().await, World::on(engine).await);
    let (one, other) = (world.courier(&post).await, world.courier(&post).await);
    for nth in 0..30 {
        world.owes(&trial(&format!("reader{nth}@example.org"))).await;
    }
    let (by_one, by_other) = tokio::join!(tries(&one), tries(&other));
    assert_eq!((by_one + by_other, world.owed().await), (30, [0, 30, 0]));
    let mut readers: Vec<_> = post.arrived().into_iter().flat_map(|mail| mail.to).collect();
    readers.sort();
    readers.dedup();
    assert_eq!((readers.len(), post.arrived().len()), (30, 30));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn mail_to_one_provider_leaves_at_a_pace_and_holds_up_nobody_else(#[values(Sqlite, Postgres)] engine: Engine) {
    let post = Post::opens().await;
    let world = World::with(engine, |settings| {
        by(settings, &post);
        settings.mail.per_domain_minute = 2;
    })
    .await;
    for to in ["a@un.example", "b@un.example", "c@un.example", "a@autre.example"] {
        world.owes(&trial(to)).await;
    }
    let arrived = post.awaits(3).await;
    assert!(arrived.iter().any(|mail| mail.to.concat() == "a@autre.example"), "another provider's does not wait");
    assert_eq!(arrived.iter().filter(|mail| mail.to.concat().ends_with("@un.example")).count(), 2);
    tokio::time::sleep(Duration::from_millis(700)).await;
    assert_eq!((post.arrived().len(), world.owed().await), (3, [1, 3, 0]), "one waits, and is not given up");
}
