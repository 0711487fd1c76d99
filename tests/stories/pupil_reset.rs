//! The pupils' reset through SEPNE (rows SEP-01 to SEP-24).

use std::time::{Duration, Instant as Watch};

use preau::{
    config::Settings,
    demo::sepne::Mischief,
    domain::{AccountChange, Credential, Presence},
    store::{accounts, audit, sessions},
};
use rstest::rstest;

use crate::{
    browser::Browser,
    engine::{Engine, Postgres, Sqlite},
    letters::CHOSEN,
    people::Someone,
    post::{Arrived, Post},
    sepne::{PUPILS, Provider, at_sepne, with_sepne},
    world::World,
};

const MINUTE: Duration = Duration::from_mins(1);
const SIGN_IN: &str = "/p/portail-eleves/connexion";
const RESET: &str = "/p/portail-eleves/eleve/reinitialisation";

/// A world with Paul in it, and where its mail goes.
async fn with_paul(engine: Engine, change: impl FnOnce(&mut Settings)) -> (World, Provider, Post, Someone) {
    let post = Post::opens().await;
    let url = post.url.clone();
    let (world, provider) = with_sepne(engine, |settings| {
        settings.mail.smtp = url;
        change(settings);
    })
    .await;
    let paul = world.pupil_with_number(0).await;
    (world, provider, post, paul)
}

/// What the audit trail says of somebody in its own words: an event and its data.
async fn last_line(world: &World, of: &Someone) -> (String, serde_json::Value) {
    let line = audit::list(world.db(), &of.account_id).await.unwrap().pop().expect("a line");
    (line.event, line.data)
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn sep_01_sep_02_sep_03_the_sign_in_leads_to_what_is_needed_and_one_button(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let (world, _provider, _post, _paul) = with_paul(engine, |_| {}).await;
    let mut phone = world.phone();
    phone.opens(SIGN_IN).await.follows("Nom d’utilisateur ou mot de passe oublié ?").await;
    assert_eq!(phone.page().data_page(), "pupil-forgotten");
    let text = phone.page().text();
    for told in [
        "ton numéro d’élève, à 10 chiffres",
        "ton nom d’utilisateur sur le portail, par exemple abc123456",
        "tu ne peux réinitialiser que ton mot de passe",
        "Si tu as oublié ton nom d’utilisateur, ou s’il te manque une information, demande de l’aide à ton école",
    ] {
        assert!(text.contains(told), "{told}: {text}");
    }
    let buttons = phone.page().texts("main .button");
    assert_eq!(buttons, ["Réinitialise ton mot de passe par l’intermédiaire du SEPNE"]);
    phone.follows("Revenir à la connexion").await;
    assert!(phone.shows("sign-in"));
    // Where there is no such reset there is no such page.
    phone.opens("/eleve/mot-de-passe-oublie").await;
    assert_eq!(phone.page().status.as_u16(), 404);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn sep_24_a_pupil_without_an_account_reads_who_gives_the_slip(#[values(Sqlite, Postgres)] engine: Engine) {
    let (world, _provider, _post, _paul) = with_paul(engine, |_| {}).await;
    let mut phone = world.phone();
    phone.opens("/p/portail-eleves/eleve/mot-de-passe-oublie").await;
    let text = phone.page().text();
    assert!(
        text.contains("pas encore de compte") && text.contains("Ton école te remet un courrier ou un coupon"),
        "{text}"
    );
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn sep_04_sep_06_sep_07_a_pupil_proves_who_they_are_and_asks_with_number_and_username(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let (world, _provider, post, paul) = with_paul(engine, |_| {}).await;
    let agenda = world.service_with("agenda", serde_json::json!({ "portal": "portail-eleves" })).await;
    let mut phone = world.phone();
    phone.opens(agenda.sign_in(&[])).await.follows("Nom d’utilisateur ou mot de passe oublié ?").await;
    phone.follows("Réinitialise ton mot de passe par l’intermédiaire du SEPNE").await;
    let asked: Vec<(String, String)> = phone.place().query_pairs().into_owned().collect();
    for name in ["state", "nonce", "code_challenge"] {
        assert!(asked.iter().any(|(key, value)| key == name && value.len() >= 22), "{name}: {asked:?}");
    }
    phone.signs_in_there("Paul Leblanc").await;
    assert_eq!(
        (phone.page().data_page().as_str(), phone.page().texts("h1").concat().as_str()),
        ("pupil-reset", "Réinitialisation du mot de passe de l’élève pour le portail"),
        "{}",
        phone.page().text()
    );
    assert_eq!(phone.page().forms().len(), 1);
    assert_eq!(phone.page().texts("main .button"), ["Réinitialiser le mot de passe"]);
    phone.asks_with("3100111222", "ABC123456").await;
    assert_eq!(phone.page().data_page(), "pupil-reset-sent", "{}", phone.page().text());
    let text = phone.page().text();
    for told in [
        "Ta demande de réinitialisation de ton mot de passe pour le portail des élèves a été envoyée.",
        "Tu vas recevoir à ton compte SEPNE un message de courriel",
        "ton mot de passe temporaire",
        "Il faut compter jusqu’à 10 minutes",
    ] {
        assert!(text.contains(told), "{told}: {text}");
    }
    assert_eq!(post.awaits(1).await.len(), 1);
    assert_eq!(
        last_line(&world, &paul).await,
        ("delegated_reset_requested".into(), serde_json::json!({ "upstream": "sepne" }))
    );
    // The sign-in that waited goes on, with the identifier filled in.
    phone.reloads().await.follows("Se connecter").await;
    assert_eq!(
        (phone.page().data_page().as_str(), phone.page().field("identifier").as_str()),
        ("sign-in", "ABC123456")
    );
    assert!(phone.place().query_pairs().any(|(name, _)| name == "i"), "{}", phone.place());
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn sep_08_sep_09_the_mail_goes_to_the_mailbox_there_and_its_password_opens_once_and_is_replaced(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let (world, _provider, post, paul) = with_paul(engine, |_| {}).await;
    let mut phone = world.phone();
    phone.proves("Paul Leblanc").await.asks_with("3100111222", "abc123456").await;
    let mail = post.awaits(1).await.remove(0);
    assert_eq!(mail.to, [at_sepne("Paul Leblanc")], "not the account's address, {}", paul.email);
    let text = mail.text().split_whitespace().collect::<Vec<_>>().join(" ");
    for told in ["Bonjour Paul,", "abc123456", "/p/portail-eleves/connexion", "choisis un nouveau mot de passe"] {
        assert!(text.contains(told), "{told}: {text}");
    }
    let temporary = mail.temporary_password();
    assert!(!world.dump().await.contains(&temporary), "kept as a hash alone");
    // The password from before stays good until the temporary one is used.
    let mut desk = world.desk();
    desk.opens(SIGN_IN).await.tries(&paul.identifier, &temporary).await;
    assert!(desk.page().has("[name=new_password]"), "a new password is required: {}", desk.page().text());
    desk.opens("/p/portail-eleves/").await;
    assert!(!desk.shows("home"), "nothing else opens before");
    desk.opens(SIGN_IN).await;
    desk.submits([("new_password", CHOSEN), ("confirmation", CHOSEN)]).await;
    desk.opens("/p/portail-eleves/").await;
    assert!(desk.shows("home"), "{}", desk.page().text());
    let mut later = world.phone();
    for (password, opens) in [(temporary.as_str(), false), (paul.password.as_str(), false), (CHOSEN, true)] {
        later.opens(SIGN_IN).await.tries(&paul.identifier, password).await;
        assert_eq!(later.shows("home"), opens, "{}", later.page().text());
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn sep_05_who_is_signed_in_there_already_goes_straight_to_the_page(#[values(Sqlite, Postgres)] engine: Engine) {
    let (world, provider, _post, _paul) = with_paul(engine, |_| {}).await;
    let mut phone = world.phone();
    phone.proves("Paul Leblanc").await;
    let before = provider.sepne.sign_in_pages();
    phone.opens("/p/portail-eleves/eleve/mot-de-passe-oublie").await;
    phone.follows("Réinitialise ton mot de passe par l’intermédiaire du SEPNE").await.goes_on().await;
    assert_eq!((phone.page().data_page().as_str(), provider.sepne.sign_in_pages()), ("pupil-reset", before));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn sep_10_the_number_of_a_sister_is_refused_and_the_trail_says_whose_it_was(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let (world, _provider, post, paul) = with_paul(engine, |_| {}).await;
    let rosalie = world.pupil_with_number(1).await;
    let (_, identifier, number) = PUPILS[1];
    let mut phone = world.phone();
    phone.proves("Paul Leblanc").await;
    let rows = world.rows().await;
    phone.asks_with(number, identifier).await;
    assert_eq!(phone.page().data_page(), "pupil-reset");
    let told = phone.page().alert();
    assert!(told.contains("Ces informations ne vont pas ensemble"), "{told}");
    assert!(!phone.page().text().contains("Rosalie"), "{}", phone.page().text());
    assert_eq!((phone.page().field("number"), phone.page().field("identifier")), (number.into(), identifier.into()));
    let (event, data) = last_line(&world, &paul).await;
    assert_eq!(event, "delegated_reset_identity_mismatch");
    let whose = serde_json::json!(rosalie.account_id);
    assert_eq!((&data["of_number"], &data["of_identifier"]), (&whose, &whose), "{data}");
    let after_known = world.rows().await;
    // Who does not exist costs the same rows and reads the same.
    phone.asks_with("3100111231", "abc999999").await;
    assert_eq!(phone.page().alert(), told);
    let after_unknown = world.rows().await;
    assert_eq!(after_known["audit"] - rows["audit"], after_unknown["audit"] - after_known["audit"]);
    assert_eq!((rows["outbox"], post.arrived().len()), (after_unknown["outbox"], 0), "nothing is mailed");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn sep_11_five_wrong_tries_pause_and_number_and_username_are_refused_alike(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let (world, _provider, post, _paul) = with_paul(engine, |_| {}).await;
    let mut phone = world.phone();
    phone.proves("Paul Leblanc").await;
    let mut told = Vec::new();
    for (number, identifier) in [
        ("3100111222", "abc123455"),
        ("3100111223", "abc123456"),
        ("3100111222", "x"),
        ("0000000000", "abc123456"),
        ("3100111222", "nobody"),
    ] {
        phone.asks_with(number, identifier).await;
        told.push(phone.page().alert());
    }
    assert!(told.iter().all(|one| *one == told[0]), "{told:?}");
    phone.asks_with("3100111222", "abc123456").await;
    assert!(phone.page().alert().contains("Trop d’essais"), "the right ones wait as well: {}", phone.page().alert());
    // Another browser of the same pupil waits too.
    let mut desk = world.desk();
    desk.proves("Paul Leblanc").await.asks_with("3100111222", "abc123456").await;
    assert!(desk.page().alert().contains("Trop d’essais"));
    world.waits(MINUTE + Duration::from_secs(1));
    phone.asks_with("3100111222", "abc123456").await;
    assert_eq!(phone.page().data_page(), "pupil-reset-sent");
    assert_eq!(post.awaits(1).await.len(), 1);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn sep_12_a_number_as_people_type_it_is_taken_and_one_that_is_none_is_told_at_its_field(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let (world, _provider, _post, paul) = with_paul(engine, |_| {}).await;
    let mut phone = world.phone();
    phone.proves("Paul Leblanc").await;
    let lines = world.audit(&paul).await.len();
    for wrong in ["310011122", "31001112220", "3100A11222", ""] {
        phone.asks_with(wrong, "abc123456").await;
        assert!(phone.page().has("#number[aria-invalid=true]"), "{wrong}: {}", phone.page().text());
        let told = phone.page().texts("#number-problem").concat();
        assert!(told.contains(if wrong.is_empty() { "Écris ton numéro" } else { "10 chiffres" }), "{wrong}: {told}");
    }
    phone.asks_with("3100111222", " ").await;
    assert!(phone.page().has("#identifier[aria-invalid=true]"));
    assert_eq!(world.audit(&paul).await.len(), lines, "nothing was looked up, nothing counted");
    phone.asks_with("３１０ 011-1222", " ABC123456 ").await;
    assert_eq!(phone.page().data_page(), "pupil-reset-sent", "{}", phone.page().text());
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn sep_13_the_page_says_who_is_signed_in_there_and_lets_somebody_else_sign_in(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let (world, _provider, _post, _paul) = with_paul(engine, |_| {}).await;
    world.pupil_with_number(1).await;
    let mut shared = world.desk();
    shared.proves("Paul Leblanc").await;
    assert_eq!(shared.page().texts(".who b"), [at_sepne("Paul Leblanc")]);
    assert!(shared.page().texts(".who").concat().contains("Tu es connecté avec"), "{}", shared.page().text());
    shared.follows("Ce n’est pas toi ?").await;
    assert!(shared.place().query_pairs().any(|pair| pair == ("prompt".into(), "login".into())), "{}", shared.place());
    shared.signs_in_there("Rosalie Leblanc").await;
    assert_eq!(shared.page().texts(".who b"), [at_sepne("Rosalie Leblanc")], "{}", shared.page().text());
    let (_, identifier, number) = PUPILS[1];
    shared.asks_with(number, identifier).await;
    assert_eq!(shared.page().data_page(), "pupil-reset-sent");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn sep_14_without_a_fresh_proof_one_is_sent_back_there(#[values(Sqlite, Postgres)] engine: Engine) {
    let (world, _provider, post, _paul) = with_paul(engine, |_| {}).await;
    let is_away = |browser: &Browser| browser.place().query_pairs().any(|(name, _)| name == "code_challenge");
    let mut phone = world.phone();
    phone.opens(RESET).await;
    assert!(is_away(&phone), "{}", phone.place());
    phone.proves("Paul Leblanc").await;
    let page = phone.place().clone();
    // Another browser with the same address has no proof.
    let mut other = world.desk();
    other.opens(&page).await;
    assert!(is_away(&other), "{}", other.place());
    world.waits(10 * MINUTE);
    let mut same = phone.tab();
    same.opens(&page).await;
    assert!(is_away(&same), "ten minutes are over: {}", same.place());
    phone.asks_with("3100111222", "abc123456").await;
    assert!(is_away(&phone), "{}", phone.place());
    assert_eq!(post.arrived().len(), 0);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn sep_15_whatever_is_wrong_with_the_provider_resets_nothing_and_has_a_page_with_a_way_on(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let (world, provider, post, paul) = with_paul(engine, |settings| settings.outbound.seconds = 1).await;
    let start = format!("{RESET}/preuve");
    let mut phone = world.phone();
    // It can't even be asked.
    provider.sepne.misbehaves(Mischief::Down);
    phone.opens(&start).await;
    let is_unavailable = |browser: &Browser, why: &Mischief| {
        let page = browser.page();
        assert_eq!(
            (page.data_page().as_str(), page.status.as_u16()),
            ("upstream-unavailable", 503),
            "{why:?}: {}",
            page.text()
        );
        assert_eq!(page.texts("h1"), ["Le service SEPNE est indisponible"], "{why:?}");
        assert!(page.text().contains("demande de l’aide à ton école"), "{why:?}: {}", page.text());
        let said = page.text();
        for detail in ["nonce", "signature", "503", "token", "issuer"] {
            assert!(!said.contains(detail), "{why:?}: details are for the log: {said}");
        }
    };
    is_unavailable(&phone, &Mischief::Down);
    provider.sepne.misbehaves(Mischief::None);
    phone.follows("Réessayer").await.signs_in_there("Paul Leblanc").await;
    assert_eq!(phone.page().data_page(), "pupil-reset");
    let watch = Watch::now();
    for mischief in [
        Mischief::Down,
        Mischief::Slow(Duration::from_secs(20)),
        Mischief::WrongNonce,
        Mischief::NoNonce,
        Mischief::WrongSignature,
        Mischief::UnknownKey,
        Mischief::WrongAudience,
        Mischief::WrongIssuer,
        Mischief::Expired,
        Mischief::Old,
        Mischief::WrongIss,
    ] {
        let mut desk = world.desk();
        desk.opens(&start).await;
        provider.sepne.misbehaves(mischief.clone());
        desk.signs_in_there("Paul Leblanc").await;
        is_unavailable(&desk, &mischief);
        provider.sepne.misbehaves(Mischief::None);
        desk.follows("Réessayer").await.goes_on().await;
        assert_eq!(desk.page().data_page(), "pupil-reset", "{mischief:?}: it works again");
    }
    assert!(watch.elapsed() < MINUTE, "nobody waits for a slow provider");
    assert_eq!((world.audit(&paul).await.len(), post.arrived().len()), (1, 0));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn sep_16_who_stops_there_comes_back_to_a_calm_word(#[values(Sqlite, Postgres)] engine: Engine) {
    let (world, _provider, _post, _paul) = with_paul(engine, |_| {}).await;
    let mut phone = world.phone();
    phone.opens(format!("{RESET}/preuve")).await.goes_on().await.presses("Annuler").await;
    assert_eq!(phone.page().data_page(), "upstream-declined");
    assert!(phone.page().text().contains("ce n’est pas grave, rien n’a changé"), "{}", phone.page().text());
    phone.follows("Revenir au début").await;
    assert_eq!(phone.page().data_page(), "pupil-forgotten");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn sep_17_the_account_of_a_teacher_or_a_parent_is_refused(#[values(Sqlite, Postgres)] engine: Engine) {
    let (world, _provider, post, _paul) = with_paul(engine, |settings| {
        let sepne = settings.upstreams.get_mut("sepne").expect("a provider");
        (sepne.claim, sepne.matches) = ("email".into(), preau::policy::RosterAttribute::Email);
    })
    .await;
    let melanie = world.teacher("Mélanie Boudreau").await;
    let mut account = accounts::find(world.db(), &melanie.account_id).await.unwrap().expect("an account");
    account.email = preau::domain::Email::parse(&at_sepne("Mélanie Boudreau"));
    world.changes(AccountChange::Overwritten { account: Box::new(account) }).await;
    let mut phone = world.phone();
    phone.proves("Mélanie Boudreau").await;
    assert_eq!(phone.page().data_page(), "upstream-not-pupil", "{}", phone.page().text());
    phone.follows("Prendre un autre compte").await;
    assert!(phone.place().query_pairs().any(|pair| pair == ("prompt".into(), "login".into())), "{}", phone.place());
    // A teacher of whom the roster knows nothing there.
    let mut desk = world.desk();
    desk.proves("Inconnue Personne").await;
    assert_eq!(desk.page().data_page(), "upstream-unknown");
    assert_eq!(post.arrived().len(), 0);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn sep_18_an_account_that_is_not_activated_blocked_or_departing_leads_to_the_school(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let (world, _provider, post, paul) = with_paul(engine, |_| {}).await;
    let mut phone = world.phone();
    phone.proves("Paul Leblanc").await;
    let page = phone.place().clone();
    let as_it_was = accounts::find(world.db(), &paul.account_id).await.unwrap().expect("an account");
    let departing = Presence::Departing { since: world.clock.now() };
    for (credential, presence, blocked) in [
        (Credential::None, Presence::OnRoster, false),
        (as_it_was.credential.clone(), departing, false),
        (as_it_was.credential.clone(), Presence::OnRoster, true),
    ] {
        let mut account = as_it_was.clone();
        (account.credential, account.presence) = (credential, presence);
        world.changes(AccountChange::Overwritten { account: Box::new(account) }).await;
        if blocked {
            world.suspends(&paul).await;
        }
        phone.opens(&page).await.asks_with("3100111222", "abc123456").await;
        assert_eq!(phone.page().data_page(), "pupil-reset-school", "{}", phone.page().text());
        assert!(phone.page().texts("h1").concat().contains("Demande de l’aide à ton école"));
    }
    assert_eq!(post.arrived().len(), 0);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn sep_19_a_second_request_within_ten_minutes_sends_nothing_and_a_later_one_replaces(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let (world, _provider, post, paul) = with_paul(engine, |_| {}).await;
    let mut phone = world.phone();
    phone.proves("Paul Leblanc").await;
    let page = phone.place().clone();
    for _ in 0..2 {
        phone.opens(&page).await.asks_with("3100111222", "abc123456").await;
        assert!(phone.page().text().contains("jusqu’à 10 minutes"), "{}", phone.page().text());
    }
    let first = post.awaits(1).await[0].temporary_password();
    world.waits(9 * MINUTE);
    phone.proves_again().await.asks_with("3100111222", "abc123456").await;
    assert_eq!((phone.page().data_page().as_str(), post.arrived().len()), ("pupil-reset-sent", 1));
    world.waits(MINUTE);
    phone.proves_again().await.asks_with("3100111222", "abc123456").await;
    let second = post.awaits(2).await[1].temporary_password();
    assert_ne!(first, second);
    let mut desk = world.desk();
    desk.opens(SIGN_IN).await.tries(&paul.identifier, &first).await;
    assert!(!desk.page().has("[name=new_password]"), "the first is replaced: {}", desk.page().text());
    desk.opens(SIGN_IN).await.tries(&paul.identifier, &second).await;
    assert!(desk.page().has("[name=new_password]"), "{}", desk.page().text());
}

impl Browser {
    /// The same once more, where somebody is signed in at the provider.
    async fn proves_again(&mut self) -> &mut Self {
        self.opens(format!("{RESET}/preuve")).await.goes_on().await
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn sep_20_new_keys_there_are_fetched_once_and_the_sign_in_goes_on(#[values(Sqlite, Postgres)] engine: Engine) {
    let (world, provider, _post, _paul) = with_paul(engine, |_| {}).await;
    let mut phone = world.phone();
    phone.proves("Paul Leblanc").await;
    assert_eq!(provider.sepne.key_sets_given(), 1, "kept from the first request on");
    phone.proves_again().await;
    assert_eq!((phone.page().data_page().as_str(), provider.sepne.key_sets_given()), ("pupil-reset", 1));
    provider.sepne.renews_its_keys().await.expect("new keys");
    phone.proves_again().await;
    assert_eq!(
        (phone.page().data_page().as_str(), provider.sepne.key_sets_given()),
        ("pupil-reset", 2),
        "{}",
        phone.page().text()
    );
    phone.proves_again().await;
    assert_eq!(provider.sepne.key_sets_given(), 2);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn sep_21_every_session_ends_and_guardians_are_told_where_the_school_wants_it(
    #[values(Sqlite, Postgres)] engine: Engine,
    #[values(true, false)] tells: bool,
) {
    let (world, _provider, post, paul) = with_paul(engine, |settings| {
        settings.portals.get_mut("portail-eleves").expect("a portal").pupil_reset.tells_guardians = tells;
    })
    .await;
    let nadia = world.parent("Nadia Leblanc").await;
    world.gives_child(&nadia, &paul).await;
    let (mut at_school, mut phone) = (world.desk(), world.phone());
    at_school.signs_in(&paul).await;
    assert!(at_school.shows("home"));
    let secret = preau::domain::Secret::new(at_school.cookie("preau_session").expect("a session"));
    phone.proves("Paul Leblanc").await;
    assert!(at_school.opens("/").await.shows("home"), "a proof alone ends nothing");
    phone.asks_with("3100111222", "abc123456").await;
    at_school.opens("/").await;
    assert!(at_school.shows("sign-in"), "{}", at_school.page().text());
    assert!(sessions::find_standing(world.db(), &secret.digest(), world.clock.now()).await.unwrap().is_none());
    let mails = post.awaits(if tells { 2 } else { 1 }).await;
    let to_nadia: Vec<&Arrived> = mails.iter().filter(|mail| mail.to == [nadia.email.clone()]).collect();
    assert_eq!(to_nadia.len(), usize::from(tells));
    for mail in to_nadia {
        let text = mail.text();
        assert!(text.contains("Bonjour Nadia,") && text.contains("Paul Leblanc") && text.contains("SEPNE"), "{text}");
        assert!(!text.contains("Mot de passe temporaire\n"), "no password goes to a guardian: {text}");
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn sep_22_pupils_are_addressed_with_tu_on_every_page_and_mail(#[values(Sqlite, Postgres)] engine: Engine) {
    let (world, provider, post, _paul) = with_paul(engine, |_| {}).await;
    let mut phone = world.phone();
    let mut read = Vec::new();
    let mut keep = |browser: &Browser| read.push((browser.page().data_page(), browser.page().text()));
    phone.opens(SIGN_IN).await;
    keep(&phone);
    phone.tries("personne", "pas le bon").await;
    keep(&phone);
    phone.opens("/p/portail-eleves/eleve/mot-de-passe-oublie").await;
    keep(&phone);
    phone.opens(format!("{RESET}/preuve")).await.goes_on().await.presses("Annuler").await;
    keep(&phone);
    provider.sepne.misbehaves(Mischief::WrongNonce);
    phone.follows("Réessayer").await.signs_in_there("Paul Leblanc").await;
    keep(&phone);
    provider.sepne.misbehaves(Mischief::None);
    phone.follows("Réessayer").await.goes_on().await;
    keep(&phone);
    phone.asks_with("12", "").await;
    keep(&phone);
    phone.asks_with("3100111223", "abc").await;
    keep(&phone);
    phone.asks_with("3100111222", "abc123456").await;
    keep(&phone);
    let mut other = world.desk();
    other.proves("Inconnue Personne").await;
    keep(&other);
    other.opens("/p/portail-eleves/connexion/retour/sepne?state=x").await;
    keep(&other);
    let mail = post.awaits(1).await.remove(0);
    read.push(("mail".into(), mail.text()));
    for (page, text) in read {
        let lower = text.to_lowercase();
        let words: Vec<&str> = lower.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
        let vous: Vec<_> =
            words.iter().filter(|word| ["vous", "votre", "vos", "réessayez", "adressez"].contains(word)).collect();
        assert!(vous.is_empty(), "{page} says {vous:?}: {text}");
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn sep_23_another_school_calls_its_provider_something_else_and_every_text_follows(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let (world, provider, post, _paul) = with_paul(engine, |settings| {
        let sepne = settings.upstreams.get_mut("sepne").expect("a provider");
        (sepne.label, sepne.label_of) = ("EduConnect".into(), String::new());
    })
    .await;
    let mut phone = world.phone();
    let mut read = Vec::new();
    phone.opens(SIGN_IN).await.follows("Nom d’utilisateur ou mot de passe oublié ?").await;
    read.push(phone.page().text());
    phone
        .follows("Réinitialise ton mot de passe par l’intermédiaire d’EduConnect")
        .await
        .goes_on()
        .await
        .presses("Annuler")
        .await;
    read.push(phone.page().text());
    provider.sepne.misbehaves(Mischief::WrongAudience);
    phone.follows("Réessayer").await.signs_in_there("Paul Leblanc").await;
    read.push(phone.page().text());
    provider.sepne.misbehaves(Mischief::None);
    phone.follows("Réessayer").await.goes_on().await;
    read.push(phone.page().texts(".sheet").concat());
    phone.asks_with("3100111222", "abc123456").await;
    read.push(phone.page().text());
    read.push(post.awaits(1).await.remove(0).text());
    for text in read {
        assert!(text.contains("EduConnect") && !text.contains("SEPNE"), "{text}");
    }
}
