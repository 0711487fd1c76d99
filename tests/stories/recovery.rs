//! Forgotten identifiers, and passwords by a link.

use std::time::Duration;

use preau::{
    config::{PortalSettings, Settings},
    domain::{AccountChange, Presence},
    policy::RecoveryWay,
    store::accounts,
};
use rstest::rstest;

use crate::{
    browser::Browser,
    engine::{Engine, Postgres, Sqlite},
    letters::CHOSEN,
    people::Someone,
    post::{Arrived, Post},
    world::World,
};

const MINUTE: Duration = Duration::from_mins(1);

async fn world(engine: Engine) -> (World, Post) {
    world_with(engine, |_| {}).await
}

async fn world_with(engine: Engine, more: impl FnOnce(&mut Settings)) -> (World, Post) {
    let post = Post::opens().await;
    let world = World::with(engine, |settings| {
        settings.mail.smtp.clone_from(&post.url);
        more(settings);
    })
    .await;
    (world, post)
}

impl World {
    /// Two people share an address.
    async fn share_address(&self, one: &Someone, other: &Someone) {
        let mut account = accounts::find(self.db(), &other.account_id).await.unwrap().expect("an account");
        account.email = preau::domain::Email::parse(&one.email);
        self.changes(AccountChange::Overwritten { account: Box::new(account) }).await;
    }
}

impl Browser {
    async fn forgot_identifier(&mut self, address: &str) -> &mut Self {
        self.opens("/identifiant-oublie").await.submits([("email", address)]).await
    }

    async fn forgot_password(&mut self, typed: &str) -> &mut Self {
        self.opens("/mot-de-passe-oublie").await.submits([("identifier", typed)]).await
    }

    async fn chooses_again(&mut self, password: &str) -> &mut Self {
        self.submits([("new_password", password), ("confirmation", password)]).await
    }
}

/// The last mail once there are so many.
async fn last(post: &Post, many: usize) -> Arrived {
    post.awaits(many).await.pop().expect("a mail")
}

/// The last link in so many mails; what is told of a new password may arrive after it.
async fn last_link(post: &Post, many: usize) -> String {
    let all = post.awaits(many).await;
    all.iter().rev().find(|mail| mail.text().contains("/lien/")).expect("a mail with a link").link()
}

/// Lets the courier settle what is owed; nothing more than so many mails went out.
async fn settled(world: &World, post: &Post, many: usize) {
    preau::mail::courier::deliver_due(world.app()).await.unwrap();
    while preau::store::outbox::count(world.db(), "waiting").await.unwrap() > 0 {
        tokio::task::yield_now().await;
    }
    let all: Vec<String> = post.arrived().iter().map(|mail| mail.header("Subject")).collect();
    assert_eq!(all.len(), many, "{all:?}");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn fid_01_fid_02_fid_06_the_identifier_comes_by_mail(#[values(Sqlite, Postgres)] engine: Engine) {
    let (world, post) = world(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.opens("/connexion").await.follows("Identifiant oublié ?").await;
    assert_eq!(phone.page().data_page(), "forgotten-identifier");
    assert_eq!(phone.page().texts("main label"), ["Mon adresse mail"]);
    assert_eq!(phone.page().texts("main button").len(), 1);
    phone.submits([("email", "  NadiaRoux@Example.ORG ")]).await;
    assert_eq!(phone.page().data_page(), "recovery-sent");
    let mail = last(&post, 1).await;
    assert_eq!(mail.to, [nadia.email.as_str()], "the address on record");
    let words = mail.words();
    let sign_in = format!("{}connexion", world.origin());
    for said in ["Bonjour Nadia,", &nadia.identifier, "Nadia Roux, Parent, Collège Jean-Moulin", &sign_in] {
        assert!(words.contains(said), "{said}: {words}");
    }
    assert!(!words.contains("/lien/") && !words.contains(&nadia.password), "{words}");
    assert_eq!(world.audit(&nadia).await.last().map(String::as_str), Some("recovery_asked"));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn fid_03_fpw_11_known_or_not_the_answer_and_the_work_are_the_same(#[values(Sqlite, Postgres)] engine: Engine) {
    let (world, post) = world(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let (leon, gone) = (world.parent("Léon Bézard").await, world.parent("Ana Partie").await);
    world.suspends(&leon).await;
    world.makes(&gone, Presence::Archived { since: world.clock.now() }).await;
    let mut seen = Vec::new();
    // The courier works after the answer: what it does is no part of what a stranger could measure.
    for (path, field, typed) in [
        ("/identifiant-oublie", "email", nadia.email.as_str()),
        ("/identifiant-oublie", "email", "inconnue@example.org"),
        ("/identifiant-oublie", "email", &leon.email),
        ("/mot-de-passe-oublie", "identifier", &nadia.identifier),
        ("/mot-de-passe-oublie", "identifier", "personne"),
        ("/mot-de-passe-oublie", "identifier", &leon.identifier),
        ("/mot-de-passe-oublie", "identifier", &gone.identifier),
        ("/mot-de-passe-oublie", "identifier", "inconnue@example.org"),
    ] {
        let mut stranger = world.browser();
        let (hashes, rows) = (world.app().hasher.count(), world.rows().await);
        stranger.opens(path).await.submits([(field, typed)]).await;
        let page = stranger.page();
        let text = page.text().replace(typed, "…");
        let after = world.rows().await;
        let more: Vec<(String, i64)> = after
            .iter()
            .map(|(table, count)| (table.clone(), count - rows.get(table).copied().unwrap_or(0)))
            .filter(|(table, more)| *more != 0 && !["throttle", "audit", "link"].contains(&table.as_str()))
            .collect();
        assert_eq!(more, [("outbox".to_owned(), 1)], "one row, the request: {typed}");
        assert_eq!(world.app().hasher.count(), hashes);
        seen.push((page.data_page(), page.title(), text));
        assert!(page.text().contains("Contactez l’établissement"));
    }
    seen.dedup();
    assert_eq!(seen.len(), 1, "{seen:?}");
    settled(&world, &post, 2).await;
    let mut phone = world.phone();
    phone.opens("/identifiant-oublie").await.submits([("email", "nadia")]).await;
    assert_eq!(phone.page().data_page(), "forgotten-identifier");
    assert!(phone.page().alert().contains("n’est pas complète"), "{}", phone.page().alert());
    assert_eq!(phone.page().field("email"), "nadia");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn fid_04_fpw_10_one_mail_names_everybody_who_shares_an_address(#[values(Sqlite, Postgres)] engine: Engine) {
    let (world, post) = world(engine).await;
    let (etienne, mireille) = (world.parent("Étienne Moreau").await, world.parent("Mireille Moreau").await);
    world.share_address(&etienne, &mireille).await;
    let mut phone = world.phone();
    phone.forgot_identifier(&etienne.email).await;
    let words = last(&post, 1).await.words();
    for holder in [&etienne, &mireille] {
        assert!(words.contains(&holder.identifier) && words.contains(&format!("{}, Parent", holder.name)), "{words}");
    }
    phone.forgot_password(&etienne.email).await;
    let mail = last(&post, 2).await;
    let links: Vec<String> =
        mail.text().lines().filter(|line| line.contains("/lien/")).map(|line| line.trim().to_owned()).collect();
    assert_eq!(links.len(), 2, "one each: {}", mail.text());
    let mut identifiers = Vec::new();
    for link in &links {
        phone.opens(link).await;
        identifiers.push(phone.page().texts("dd.exact").concat());
    }
    identifiers.sort_unstable();
    assert_eq!(identifiers, [etienne.identifier.clone(), mireille.identifier.clone()]);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn fid_05_log_07_each_profile_finds_its_own_ways(#[values(Sqlite, Postgres)] engine: Engine) {
    let (world, post) = world_with(engine, |settings| {
        let mut ent = PortalSettings { chooser: Some(true), ..PortalSettings::default() };
        ent.recovery.pupil = Some(RecoveryWay::Off);
        ent.recovery.parent = Some(RecoveryWay::Code);
        settings.portals.insert("ent".into(), ent);
    })
    .await;
    let mut phone = world.phone();
    for (profile, ways) in [
        ("pupil", &[] as &[&str]),
        ("parent", &["Récupérer son identifiant et son mot de passe"]),
        ("national_staff", &["Mot de passe oublié ?", "Identifiant oublié ?"]),
    ] {
        phone.opens(format!("/p/ent/connexion?profil={profile}")).await;
        assert_eq!(phone.page().texts(".links a"), ways, "{profile}");
    }
    phone.opens("/p/ent/identifiant-oublie?profil=pupil").await;
    assert_eq!(phone.page().data_page(), "forgotten-at-school");
    assert!(phone.page().text().contains("demande-le à un adulte"), "{}", phone.page().text());
    assert!(!phone.page().has("main form"));
    let ilyes = world.pupil("Ilyès Roux").await;
    phone.opens("/p/ent/identifiant-oublie?profil=national_staff").await.submits([("email", &ilyes.email)]).await;
    settled(&world, &post, 0).await;
    assert!(world.audit(&ilyes).await.iter().all(|event| event != "recovery_asked"), "not this way for a pupil");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn fid_07_the_fourth_request_in_an_hour_sends_nothing(#[values(Sqlite, Postgres)] engine: Engine) {
    let (world, post) = world(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.forgot_identifier(&nadia.email).await;
    settled(&world, &post, 1).await;
    phone.forgot_identifier(&nadia.email).await;
    settled(&world, &post, 1).await;
    let first = phone.page().text();
    for mails in [2, 3, 3] {
        world.waits(3 * MINUTE);
        phone.forgot_identifier(&nadia.email).await;
        assert_eq!(phone.page().data_page(), "recovery-sent");
        settled(&world, &post, mails).await;
    }
    let told = |text: &str| text.split("possible à").next().unwrap_or_default().to_owned();
    assert_eq!(told(&phone.page().text()), told(&first), "the page is the same");
    let asked = world.audit(&nadia).await.into_iter().filter(|event| event == "recovery_asked").count();
    assert_eq!(asked, 5, "and each is counted");
    world.waits(61 * MINUTE);
    phone.forgot_identifier(&nadia.email).await;
    settled(&world, &post, 4).await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn fid_08_fid_09_what_the_state_of_an_account_says(#[values(Sqlite, Postgres)] engine: Engine) {
    let (world, post) = world(engine).await;
    let nadia = world.parent_with_letter("Nadia Roux").await;
    let mut phone = world.phone();
    phone.forgot_identifier(&nadia.email).await;
    let words = last(&post, 1).await.words();
    assert!(words.contains(&nadia.identifier), "it is the roster's mailbox: {words}");
    assert!(words.contains("pas encore activé") && words.contains("peut en remettre un autre"), "{words}");
    for (name, presence) in [
        ("Léon Partant", Presence::Departing { since: world.clock.now() }),
        ("Léa Partie", Presence::Archived { since: world.clock.now() }),
    ] {
        let someone = world.parent(name).await;
        world.makes(&someone, presence).await;
        phone.forgot_identifier(&someone.email).await;
        assert_eq!(phone.page().data_page(), "recovery-sent");
    }
    settled(&world, &post, 1).await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn fpw_01_fpw_03_fpw_04_a_new_password_by_a_link(#[values(Sqlite, Postgres)] engine: Engine) {
    let (world, post) = world(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let service = world.service("agenda").await;
    let mut desk = world.desk();
    desk.opens(service.sign_in(&[])).await.signs_in(&nadia).await;
    let mut phone = world.phone();
    phone.opens("/connexion").await.follows("Mot de passe oublié ?").await;
    assert_eq!(phone.page().texts("main label"), ["Mon identifiant"]);
    phone.submits([("identifier", &nadia.identifier)]).await;
    phone.opens(last(&post, 1).await.link()).await;
    assert_eq!(phone.page().data_page(), "reset-password");
    assert_eq!(phone.page().texts("dd.exact"), [nadia.identifier.as_str()]);
    assert_eq!(phone.page().texts(".rules li").len(), 3);
    assert_eq!(phone.page().header("Referrer-Policy"), "same-origin");
    assert_eq!(phone.page().header("Cache-Control"), "no-store");
    phone.submits([("new_password", "court"), ("confirmation", "autre")]).await;
    assert_eq!(phone.page().data_page(), "reset-password");
    assert!(phone.page().alert().contains("Les deux mots de passe sont différents."), "{}", phone.page().alert());
    phone.chooses_again(CHOSEN).await;
    assert_eq!(phone.page().data_page(), "reset-done");
    let mail = last(&post, 2).await;
    assert!(mail.words().contains("Votre mot de passe a été changé"), "{}", mail.words());
    desk.opens("/compte").await;
    assert_eq!(desk.page().data_page(), "sign-in", "every other session has ended");
    phone.follows("Se connecter").await.tries(&nadia.identifier, &nadia.password).await;
    assert_eq!(phone.page().data_page(), "sign-in", "the old one opens nothing");
    phone.tries(&nadia.identifier, CHOSEN).await;
    assert_eq!(phone.page().data_page(), "home");
    let audit = world.audit(&nadia).await;
    assert_eq!(audit.iter().filter(|event| *event == "password_replaced").count(), 1, "{audit:?}");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn fpw_02_pol_09_the_address_stays_unsaid_and_old_passwords_stay_old(#[values(Sqlite, Postgres)] engine: Engine) {
    let (world, post) = world(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.forgot_password(&nadia.identifier).await;
    assert!(!phone.page().text().contains("example.org"), "{}", phone.page().text());
    phone.opens(last(&post, 1).await.link()).await.chooses_again(CHOSEN).await;
    assert_eq!(phone.page().data_page(), "reset-done");
    world.waits(3 * MINUTE);
    phone.forgot_password(&nadia.identifier).await;
    phone.opens(last_link(&post, 3).await).await.chooses_again("cerisier 42 Lanterne").await;
    world.waits(3 * MINUTE);
    phone.forgot_password(&nadia.identifier).await;
    phone.opens(last_link(&post, 5).await).await.chooses_again(CHOSEN).await;
    assert!(phone.page().alert().contains("Vous avez déjà eu ce mot de passe"), "{}", phone.page().alert());
    phone.chooses_again("cerisier 43 Lanterne").await;
    assert_eq!(phone.page().data_page(), "reset-done");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn fpw_05_fpw_06_fpw_16_a_scanner_uses_nothing_up_and_the_link_works_once_anywhere(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let (world, post) = world(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.forgot_password(&nadia.identifier).await;
    let link = last(&post, 1).await.link();
    for _ in 0..3 {
        let mut scanner = world.browser();
        scanner.asks(reqwest::Method::HEAD, &link).await.asks(reqwest::Method::GET, &link).await;
    }
    let mut desk = world.desk();
    desk.opens(&link).await;
    let mut other = desk.tab();
    tokio::join!(desk.chooses_again(CHOSEN), other.chooses_again("cerisier 42 Lanterne"));
    let done = [&desk, &other].iter().filter(|one| one.shows("reset-done")).count();
    assert_eq!(done, 1, "one of two wins: {} {}", desk.page().data_page(), other.page().data_page());
    let mail = last(&post, 2).await;
    assert!(mail.words().contains("depuis Firefox"), "the device that chose: {}", mail.words());
    phone.opens(&link).await;
    assert_eq!(phone.page().data_page(), "reset-used");
    phone.follows("Recevoir un autre lien").await;
    assert_eq!(phone.page().data_page(), "forgotten-password");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn fpw_07_fpw_08_fpw_09_newer_links_time_and_sign_ins_end_a_link(#[values(Sqlite, Postgres)] engine: Engine) {
    let (world, post) = world(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.forgot_password(&nadia.identifier).await;
    let first = last(&post, 1).await.link();
    world.waits(3 * MINUTE);
    phone.forgot_password(&nadia.identifier).await;
    let second = last(&post, 2).await.link();
    phone.opens(&first).await;
    assert_eq!(phone.page().data_page(), "reset-superseded");
    phone.opens(&second).await;
    assert_eq!(phone.page().data_page(), "reset-password");
    let form = phone.tab();
    world.desk().signs_in(&nadia).await;
    phone.opens(&second).await;
    assert_eq!(phone.page().data_page(), "reset-superseded", "who signs in has found the password");
    let mut late = form;
    late.chooses_again(CHOSEN).await;
    assert_eq!(late.page().data_page(), "reset-superseded", "nor with a form that was open");
    world.waits(3 * MINUTE);
    phone.forgot_password(&nadia.identifier).await;
    let third = last(&post, 3).await.link();
    world.waits(61 * MINUTE);
    phone.opens(&third).await;
    assert_eq!(phone.page().data_page(), "reset-expired");
    assert!(phone.page().text().contains("valable 60 minutes"), "{}", phone.page().text());
    phone.opens("/mot-de-passe-oublie/lien/jamaisvu").await;
    assert_eq!(phone.page().data_page(), "reset-unknown");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn fpw_12_a_reset_does_not_unblock(#[values(Sqlite, Postgres)] engine: Engine) {
    let (world, post) = world(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.forgot_password(&nadia.identifier).await;
    let link = last(&post, 1).await.link();
    phone.opens(&link).await;
    world.suspends(&nadia).await;
    phone.chooses_again(CHOSEN).await;
    assert_eq!(phone.page().data_page(), "suspended");
    phone.opens(&link).await;
    assert_eq!(phone.page().data_page(), "suspended");
    assert!(!world.audit(&nadia).await.contains(&"password_replaced".to_owned()));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn fpw_13_at_the_rosters_mailbox_the_link_activates(#[values(Sqlite, Postgres)] engine: Engine) {
    let (world, post) = world(engine).await;
    let nadia = world.parent_with_letter("Nadia Roux").await;
    let mut phone = world.phone();
    phone.forgot_password(&nadia.identifier).await;
    let mail = last(&post, 1).await;
    assert!(mail.words().contains("Lien pour activer le compte"), "{}", mail.words());
    phone.opens(mail.link()).await.chooses_again(&nadia.password).await;
    assert!(phone.page().alert().contains("courrier"), "not the letter's: {}", phone.page().alert());
    phone.chooses_again(CHOSEN).await;
    assert_eq!(phone.page().data_page(), "reset-done");
    assert_eq!(
        world.audit_since_letter(&nadia).await,
        ["letter_made", "recovery_asked", "password_chosen", "email_confirmed", "account_activated"][1..]
    );
    phone.opens("/connexion").await.tries(&nadia.identifier, CHOSEN).await;
    assert_eq!(phone.page().data_page(), "home");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn fpw_14_the_mailbox_alone_is_not_enough_where_there_is_a_second_factor(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let (world, post) = world(engine).await;
    let helene = world.teacher("Hélène Lefèvre").await;
    let seed = world.gives_application(&helene, &["bcdfg-23456"]).await;
    let strong = "Cerisier 41 Lanterne & Vélo";
    let mut phone = world.phone();
    phone.forgot_password(&helene.identifier).await;
    let link = last(&post, 1).await.link();
    phone.opens(&link).await;
    assert!(phone.page().has("#code"));
    phone.chooses_again(strong).await;
    assert_eq!(phone.page().attributes("[aria-invalid]", "name"), ["code"], "{}", phone.page().alert());
    let with = |code: &str| {
        vec![("new_password", strong.to_owned()), ("confirmation", strong.to_owned()), ("code", code.to_owned())]
    };
    let fields = with("000000");
    phone.submits(fields.iter().map(|(name, value)| (*name, value.as_str()))).await;
    assert_eq!(phone.page().attributes(".problems a", "href"), ["#code"]);
    assert!(!world.audit(&helene).await.contains(&"password_replaced".to_owned()));
    let fields = with(&world.code_of(&seed));
    phone.submits(fields.iter().map(|(name, value)| (*name, value.as_str()))).await;
    assert_eq!(phone.page().data_page(), "reset-done", "{}", phone.page().text());
    let audit = world.audit(&helene).await;
    let tail = &audit[audit.len() - 2..];
    assert_eq!(tail, ["second_factor_given", "password_replaced"]);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn fpw_15_a_mail_can_be_sent_again_after_two_minutes(#[values(Sqlite, Postgres)] engine: Engine) {
    let (world, post) = world(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.forgot_password(&nadia.identifier).await;
    assert!(phone.page().has("button[disabled]"));
    let text = phone.page().text();
    assert!(text.contains("indésirables") && text.contains("ne-pas-repondre@"), "{text}");
    settled(&world, &post, 1).await;
    world.waits(2 * MINUTE);
    phone.follows("Actualiser la page").await;
    assert!(!phone.page().has("button[disabled]"));
    phone.presses("Renvoyer").await;
    assert_eq!(phone.page().data_page(), "recovery-sent");
    settled(&world, &post, 2).await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn fpw_17_fpw_18_the_link_names_our_own_address_and_the_sign_in_goes_on(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let (world, post) = world(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let agenda = world.service("agenda").await;
    let mut phone = world.phone().with("x-forwarded-host", "ailleurs.example");
    phone.opens(agenda.sign_in(&[])).await.follows("Mot de passe oublié ?").await;
    phone.submits([("identifier", &nadia.identifier)]).await;
    let link = last(&post, 1).await.link();
    assert!(link.starts_with(world.origin().as_str()), "{link}");
    phone.opens(&link).await.chooses_again(CHOSEN).await;
    phone.follows("Se connecter").await;
    assert_eq!(phone.page().field("identifier"), nadia.identifier, "filled in");
    phone.submits([("password", CHOSEN)]).await;
    assert!(phone.place().as_str().starts_with(&agenda.redirect_uri), "{}", phone.place());
}
