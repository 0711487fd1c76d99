//! From the letter to the operational account.

use std::time::Duration;

use preau::{
    config::Settings,
    domain::{AccountState, Profile},
    letters::NotMade,
    policy::PupilEmail,
};
use reqwest::Method;
use rstest::rstest;

use crate::{
    browser::Browser,
    engine::{Engine, Postgres, Sqlite},
    letters::CHOSEN,
    people::Someone,
    post::Post,
    world::World,
};

const DAY: Duration = Duration::from_hours(24);

fn by(post: &Post) -> impl FnOnce(&mut Settings) {
    let url = post.url.clone();
    move |settings| settings.mail.smtp = url
}

/// Goes as far as the page that waits for the mail.
async fn until_the_mail(browser: &mut Browser, someone: &Someone, email: &str) {
    browser.comes_with_letter(someone).await.chooses(CHOSEN, email).await;
    assert_eq!(browser.page().data_page(), "check-mail", "{}", browser.page().text());
}

/// Activates in one go.
async fn activates(world: &World, post: &Post, someone: &Someone) -> Someone {
    let (mut browser, before) = (world.desk(), post.arrived().len());
    until_the_mail(&mut browser, someone, &someone.email).await;
    browser.opens(post.awaits(before + 1).await[before].link()).await.presses("Activer mon compte").await;
    assert_eq!(browser.page().data_page(), "activated", "{}", browser.page().text());
    Someone { password: CHOSEN.into(), ..someone.clone() }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn act_02_act_03_act_04_a_parent_activates_half_way_through_a_sign_in_and_lands_in_the_service(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let post = Post::opens().await;
    let world = World::with(engine, by(&post)).await;
    let nadia = world.parent_with_letter("Nadia Roux").await;
    assert_eq!(world.state(&nadia).await, AccountState::ToActivate);
    let agenda = world.service("agenda").await;
    let mut phone = world.phone();
    phone.opens(agenda.sign_in(&[])).await.signs_in(&nadia).await;
    assert_eq!(phone.page().data_page(), "activation");
    assert!(phone.cookie("preau_session").is_none(), "no session is opened yet");
    for field in ["new_password", "confirmation", "email"] {
        assert!(phone.page().has(&format!("[name={field}]")), "{field}");
    }
    phone.chooses(CHOSEN, "nadia.roux@courriel.example").await;
    assert_eq!(phone.page().data_page(), "check-mail");
    assert!(phone.page().text().contains("na•••••@courriel.example"), "{}", phone.page().text());
    assert!(!phone.page().body.contains("nadia.roux@courriel"), "the address is masked");
    assert_eq!(world.state(&nadia).await, AccountState::Confirming);
    let mail = post.awaits(1).await.remove(0);
    assert_eq!(mail.to, ["nadia.roux@courriel.example"]);
    assert!(mail.text().contains("Bonjour Nadia,") && mail.text().contains("Nadia Roux"), "{}", mail.text());
    phone.opens(mail.link()).await;
    assert_eq!(phone.page().data_page(), "activation-link");
    phone.presses("Activer mon compte").await;
    assert_eq!(
        (phone.page().data_page(), phone.page().texts("h1").concat()),
        ("activated".into(), "Votre compte est activé".into())
    );
    assert_eq!(world.state(&nadia).await, AccountState::Operational);
    phone.follows("Se connecter").await;
    assert_eq!(
        (phone.page().data_page().as_str(), phone.page().field("identifier")),
        ("sign-in", nadia.identifier.clone())
    );
    phone.submits([("identifier", nadia.identifier.as_str()), ("password", CHOSEN)]).await;
    assert!(phone.place().as_str().starts_with(&agenda.redirect_uri), "{}", phone.place());
    let told = ["password_chosen", "email_confirmed", "account_activated", "signed_in"];
    assert_eq!(world.audit_since_letter(&nadia).await, told);
    let dump = world.dump().await;
    assert!(
        !dump.contains(&nadia.password) && !dump.contains(&nadia.password.replace('-', "")) && !dump.contains(CHOSEN)
    );
    assert!(!dump.contains(mail.link().rsplit('/').next().unwrap()), "of a link only the digest is kept");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn act_06_the_activation_never_comes_back(#[values(Sqlite, Postgres)] engine: Engine) {
    let post = Post::opens().await;
    let world = World::with(engine, by(&post)).await;
    let letter = world.parent_with_letter("Nadia Roux").await;
    let nadia = activates(&world, &post, &letter).await;
    for wait in [0, 1, 100, 400] {
        world.waits(wait * DAY);
        let mut desk = world.desk();
        desk.signs_in(&nadia).await;
        assert_eq!(desk.page().data_page(), "home", "after {wait} days");
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn act_05_the_letter_is_told_to_be_used_until_its_date_and_then_is_wrong(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let post = Post::opens().await;
    let world = World::with(engine, by(&post)).await;
    let letter = world.parent_with_letter("Nadia Roux").await;
    let hashes = || world.app().hasher.count();
    activates(&world, &post, &letter).await;
    let mut phone = world.phone();
    phone.opens("/connexion").await;
    let before = hashes();
    phone.signs_in(&letter).await;
    assert_eq!((phone.page().data_page().as_str(), hashes()), ("already-activated", before + 1));
    assert!(phone.cookie("preau_session").is_none());
    phone.follows("Se connecter").await;
    for (identifier, password) in [("personne.dutout", "autre chose"), (&letter.identifier, "autre chose")] {
        let before = hashes();
        phone.tries(identifier, password).await;
        assert_eq!(
            (phone.page().data_page().as_str(), hashes()),
            ("sign-in", before + 1),
            "one hash whatever is pending"
        );
    }
    world.waits(91 * DAY);
    let mut later = world.phone();
    later.signs_in(&letter).await;
    assert_eq!(later.page().data_page(), "sign-in");
    assert!(later.page().alert().contains("Identifiant ou mot de passe incorrect"), "{}", later.page().alert());
    later.tries(&letter.identifier, CHOSEN).await;
    assert_eq!(later.page().data_page(), "home", "{}", later.page().text());
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn act_07_act_08_a_scanner_uses_nothing_up_and_a_used_link_is_friendly(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let post = Post::opens().await;
    let world = World::with(engine, by(&post)).await;
    let nadia = world.parent_with_letter("Nadia Roux").await;
    until_the_mail(&mut world.phone(), &nadia, "nadia@courriel.example").await;
    let link = post.awaits(1).await[0].link();
    let before = world.rows().await;
    for method in [Method::GET, Method::HEAD, Method::GET, Method::OPTIONS, Method::GET] {
        world.browser().asks(method, &link).await;
    }
    assert_eq!((world.rows().await, world.state(&nadia).await), (before, AccountState::Confirming));
    // Opened on another device than the one that began.
    let mut desk = world.desk();
    desk.opens(&link).await;
    assert_eq!(desk.page().header("cache-control"), "no-store");
    let text = desk.page().text();
    assert!(text.contains("Nadia Roux") && text.contains(&nadia.identifier), "{text}");
    desk.presses("Activer mon compte").await;
    assert_eq!(desk.page().data_page(), "activated");
    let mut again = world.phone();
    again.opens(&link).await;
    assert_eq!((again.page().data_page().as_str(), again.page().status.as_u16()), ("already-activated", 200));
    again.follows("Se connecter").await.tries(&nadia.identifier, CHOSEN).await;
    assert_eq!(again.page().data_page(), "home");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn act_09_a_link_that_is_too_old_leads_to_a_fresh_one_without_typing(#[values(Sqlite, Postgres)] engine: Engine) {
    let post = Post::opens().await;
    let world = World::with(engine, by(&post)).await;
    let nadia = world.parent_with_letter("Nadia Roux").await;
    until_the_mail(&mut world.phone(), &nadia, "nadia@courriel.example").await;
    let old = post.awaits(1).await[0].link();
    world.waits(8 * DAY);
    let mut desk = world.desk();
    desk.opens(&old).await;
    assert_eq!(desk.page().data_page(), "link-expired");
    desk.presses("Recevoir un nouveau lien").await;
    assert_eq!(desk.page().data_page(), "link-sent", "{}", desk.page().text());
    let fresh = post.awaits(2).await[1].link();
    assert_ne!(fresh, old);
    desk.opens(&fresh).await.presses("Activer mon compte").await;
    assert_eq!((desk.page().data_page().as_str(), world.state(&nadia).await), ("activated", AccountState::Operational));
    desk.opens("/activation/lien/0123456789abcdefghjkmnpqrs").await;
    assert_eq!((desk.page().data_page().as_str(), desk.page().status.as_u16()), ("link-unknown", 404));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn act_10_a_mistyped_address_is_corrected_after_signing_in_with_the_new_password(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let post = Post::opens().await;
    let world = World::with(engine, by(&post)).await;
    let nadia = world.parent_with_letter("Nadia Roux").await;
    until_the_mail(&mut world.phone(), &nadia, "nadai@courriel.example").await;
    let wrong = post.awaits(1).await[0].link();
    world.waits(3 * DAY);
    let mut desk = world.desk();
    desk.tries(&nadia.identifier, CHOSEN).await;
    assert_eq!(desk.page().data_page(), "check-mail");
    assert!(desk.cookie("preau_session").is_none());
    desk.submits([("email", "pas une adresse")]).await;
    assert_eq!(
        (desk.page().data_page().as_str(), desk.page().field("email")),
        ("check-mail", "pas une adresse".into())
    );
    assert!(desk.page().alert().contains("n’est pas complète"), "{}", desk.page().alert());
    desk.submits([("email", " Nadia@Courriel.Example ")]).await;
    assert!(desk.page().text().contains("Na•••••@courriel.example"), "{}", desk.page().text());
    let mail = post.awaits(2).await.remove(1);
    assert_eq!(mail.to, ["Nadia@courriel.example"]);
    let mut stranger = world.phone();
    stranger.opens(&wrong).await;
    assert_eq!(stranger.page().data_page(), "link-superseded", "the first address can't confirm any more");
    desk.opens(mail.link()).await.presses("Activer mon compte").await;
    assert_eq!(world.state(&nadia).await, AccountState::Operational);
    let told = ["password_chosen", "address_corrected", "email_confirmed", "account_activated"];
    assert_eq!(world.audit_since_letter(&nadia).await, told);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn act_11_no_code_and_no_ticket_before_the_address_is_confirmed(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let nadia = world.parent_with_letter("Nadia Roux").await;
    let mut phone = world.phone();
    until_the_mail(&mut phone, &nadia, "nadia@courriel.example").await;
    let (agenda, cantine) = (world.service("agenda").await, world.cas_service("cantine").await);
    for door in [agenda.sign_in(&[]), cantine.sign_in()] {
        phone.opens(&door).await;
        assert_eq!(phone.page().data_page(), "sign-in");
        phone.tries(&nadia.identifier, CHOSEN).await;
        assert_eq!(phone.page().data_page(), "check-mail", "{}", phone.place());
        assert!(phone.cookie("preau_session").is_none());
    }
    phone.opens(agenda.sign_in(&[("prompt", "none")])).await;
    assert!(phone.place().as_str().contains("error=login_required"), "{}", phone.place());
}

#[rstest]
#[case::absent(PupilEmail::Absent)]
#[case::optional(PupilEmail::Optional)]
#[tokio::test(flavor = "multi_thread")]
async fn act_12_a_pupil_activates_without_any_address(
    #[values(Sqlite, Postgres)] engine: Engine,
    #[case] asked: PupilEmail,
) {
    let change = |settings: &mut Settings| {
        settings.portals.entry("default".into()).or_default().pupil_email = asked;
    };
    let world = World::with(engine, change).await;
    let ilyes = world.holds_letter("Ilyès Roux", &[(Profile::Pupil, None)]).await;
    let mut desk = world.desk();
    desk.comes_with_letter(&ilyes).await;
    assert!(
        desk.page().text().contains("choisis le tien") && !desk.page().text().contains("vous"),
        "pupils are told tu"
    );
    assert_eq!(desk.page().has("[name=email]"), asked == PupilEmail::Optional);
    assert!(!desk.page().has("[name=email][required]"));
    desk.submits([("new_password", CHOSEN), ("confirmation", CHOSEN)]).await;
    assert_eq!((desk.page().data_page().as_str(), world.state(&ilyes).await), ("activated", AccountState::Operational));
    assert_eq!(world.audit_since_letter(&ilyes).await, ["password_chosen", "account_activated"]);
    assert_eq!(world.rows().await["outbox"], 0);
    desk.follows("Se connecter").await.tries(&ilyes.identifier, CHOSEN).await;
    assert_eq!(desk.page().data_page(), "home");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn act_18_after_a_power_cut_the_next_sign_in_goes_on_where_it_stopped(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let post = Post::opens().await;
    let mut world = World::with(engine, by(&post)).await;
    let nadia = world.parent_with_letter("Nadia Roux").await;
    let mut phone = world.phone();
    phone.comes_with_letter(&nadia).await;
    let page = phone.place().clone();
    world.restarts(|_| {}).await;
    let mut phone2 = world.phone();
    phone2.opens(page.path()).await;
    assert_eq!(phone2.page().data_page(), "activation-start", "another browser learns nothing");
    let mut phone = world.phone();
    until_the_mail(&mut phone, &nadia, "nadia@courriel.example").await;
    world.restarts(|_| {}).await;
    let mut desk = world.desk();
    desk.tries(&nadia.identifier, CHOSEN).await;
    assert_eq!(desk.page().data_page(), "check-mail");
    desk.opens(post.awaits(1).await[0].link()).await.presses("Activer mon compte").await;
    assert_eq!(world.state(&nadia).await, AccountState::Operational);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn act_19_two_browsers_activate_at_once_and_the_first_wins(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let nadia = world.parent_with_letter("Nadia Roux").await;
    let (mut phone, mut desk) = (world.phone(), world.desk());
    phone.comes_with_letter(&nadia).await;
    desk.comes_with_letter(&nadia).await;
    tokio::join!(
        phone.chooses(CHOSEN, "nadia@courriel.example"),
        desk.chooses("Prairie 93 tonnerre", "autre@courriel.example")
    );
    let mut pages = [phone.page().data_page(), desk.page().data_page()];
    pages.sort();
    assert_eq!(pages, ["activation-begun", "check-mail"]);
    assert_eq!(world.audit_since_letter(&nadia).await, ["password_chosen"]);
    assert_eq!(world.rows().await["outbox"], 1);
    let loser = if phone.shows("check-mail") { &mut desk } else { &mut phone };
    assert!(loser.page().text().contains("Un mot de passe a été choisi"), "{}", loser.page().text());
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn act_19_fifty_press_the_same_button_and_one_confirms(#[values(Sqlite, Postgres)] engine: Engine) {
    let post = Post::opens().await;
    let world = World::with(engine, by(&post)).await;
    let nadia = world.parent_with_letter("Nadia Roux").await;
    until_the_mail(&mut world.phone(), &nadia, "nadia@courriel.example").await;
    let link = post.awaits(1).await[0].link();
    let mut crowd = Vec::new();
    for _ in 0..50 {
        let mut browser = world.phone();
        browser.opens(&link).await;
        crowd.push(browser);
    }
    let pressed = crowd
        .into_iter()
        .map(|mut browser| tokio::spawn(async move { browser.presses("Activer mon compte").await.page().data_page() }));
    let pressed: Vec<_> = pressed.collect();
    let mut pages = Vec::new();
    for one in pressed {
        pages.push(one.await.unwrap());
    }
    pages.sort();
    assert_eq!(pages.iter().filter(|page| *page == "activated").count(), 1, "{pages:?}");
    assert_eq!(pages.iter().filter(|page| *page == "already-activated").count(), 49, "{pages:?}");
    assert_eq!(world.audit_since_letter(&nadia).await, ["password_chosen", "email_confirmed", "account_activated"]);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn act_20_wrong_letters_are_paused_like_wrong_passwords(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let nadia = world.parent_with_letter("Nadia Roux").await;
    for identifier in [nadia.identifier.as_str(), "personne.dutout"] {
        let mut phone = world.phone();
        for _ in 0..5 {
            phone.tries(identifier, "cdfg-hjkm-nprt").await;
            assert_eq!(phone.page().alert().lines().count(), 1);
            assert!(phone.page().alert().contains("incorrect"), "{}", phone.page().alert());
        }
        phone.tries(identifier, &nadia.password).await;
        assert!(phone.page().alert().contains("Trop d’essais"), "{identifier}: {}", phone.page().alert());
    }
    world.waits(Duration::from_secs(61));
    world.phone().comes_with_letter(&nadia).await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_new_letter_voids_the_old_one_and_what_was_begun_with_it(#[values(Sqlite, Postgres)] engine: Engine) {
    let post = Post::opens().await;
    let world = World::with(engine, by(&post)).await;
    let first = world.parent_with_letter("Nadia Roux").await;
    let (mut phone, mut desk) = (world.phone(), world.desk());
    phone.comes_with_letter(&first).await;
    let second = Someone { password: world.prints_letter(&first, "default").await.unwrap(), ..first.clone() };
    phone.chooses(CHOSEN, "nadia@courriel.example").await;
    assert_eq!(phone.page().data_page(), "activation-start", "the page of the old letter is void");
    desk.tries(&first.identifier, &first.password).await;
    assert_eq!(desk.page().data_page(), "sign-in");
    desk.comes_with_letter(&second).await.chooses("sablier 42 Lanterne", "nadia@courriel.example").await;
    let link = post.awaits(1).await[0].link();
    // Begun, then forgotten: the letter says so, and a third one begins anew.
    phone.opens("/connexion").await.signs_in(&second).await;
    assert_eq!(phone.page().data_page(), "activation-begun");
    let third = Someone { password: world.prints_letter(&first, "default").await.unwrap(), ..first.clone() };
    phone.opens(&link).await;
    assert_eq!(phone.page().data_page(), "link-superseded");
    let nadia = activates(&world, &post, &third).await;
    assert_eq!(world.prints_letter(&nadia, "default").await, Err(NotMade::Operational));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn the_mail_again_is_one_in_two_minutes_and_three_in_an_hour_and_the_page_is_the_same(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let world = World::on(engine).await;
    let nadia = world.parent_with_letter("Nadia Roux").await;
    let mut phone = world.phone();
    until_the_mail(&mut phone, &nadia, "nadia@courriel.example").await;
    for (wait, mails) in [(0, 1), (60, 1), (70, 2), (10, 2), (130, 3), (130, 3), (130, 3), (3600, 4)] {
        world.waits(Duration::from_secs(wait));
        if !phone.shows("check-mail") {
            phone.tries(&nadia.identifier, CHOSEN).await;
        }
        let relapsed = wait > 1800;
        if relapsed {
            phone.opens("/connexion").await.tries(&nadia.identifier, CHOSEN).await;
        }
        phone.presses("Renvoyer le message").await;
        assert_eq!(phone.page().data_page(), "check-mail");
        assert!(phone.page().notice().contains("Un message est en route"), "{}", phone.page().notice());
        assert_eq!(world.rows().await["outbox"], mails, "after {wait} s");
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn the_activation_in_english_and_the_form_sent_twice(#[values(Sqlite, Postgres)] engine: Engine) {
    let post = Post::opens().await;
    let world = World::with(engine, by(&post)).await;
    let nadia = world.parent_with_letter("Nadia Roux").await;
    let mut phone = world.browser().with("accept-language", "en-GB");
    phone.comes_with_letter(&nadia).await;
    assert_eq!(
        (phone.page().language(), phone.page().texts("h1").concat()),
        ("en".into(), "Choose your password".into())
    );
    let mut tab = phone.tab();
    phone.chooses(CHOSEN, "nadia@courriel.example").await;
    tab.chooses(CHOSEN, "nadia@courriel.example").await;
    assert_eq!([phone.page().data_page(), tab.page().data_page()], ["check-mail", "check-mail"]);
    let mails = post.awaits(1).await;
    assert_eq!((mails.len(), mails[0].header("Content-Language")), (1, "en".into()));
    assert!(mails[0].text().contains("Hello Nadia"), "{}", mails[0].text());
    phone.goes_back().await;
    assert_eq!(phone.page().data_page(), "check-mail", "going back finds the step that is owed");
    phone.opens(mails[0].link()).await.presses("Activate my account").await;
    assert_eq!(phone.page().texts("h1").concat(), "Your account is active");
    // A page that was left open says how to go on.
    tab.opens("/activation?a=nothing").await;
    assert_eq!(tab.page().data_page(), "activation-start");
}
