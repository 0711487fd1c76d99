//! What is typed on the way from the letter to the account, right and wrong.

use std::time::Duration;

use preau::{
    config::Settings,
    domain::{AccountState, EstablishmentKind, Profile},
};
use rstest::rstest;

use crate::{
    browser::Browser,
    browser_door::with_ent,
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
async fn act_13_act_14_what_is_unfit_is_named_at_its_field_and_the_address_is_kept(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let world = World::on(engine).await;
    let nadia = world.parent_with_letter("Nadia Roux").await;
    let mut phone = world.phone();
    phone.comes_with_letter(&nadia).await;
    let shouted = nadia.password.to_uppercase();
    let long = "é1".repeat(65);
    let huge = "a".repeat(20_000);
    for (password, confirmation, at, told) in [
        (nadia.password.as_str(), nadia.password.as_str(), "new_password", "Pas celui du courrier"),
        (&shouted, &shouted, "new_password", "Pas celui du courrier"),
        ("lune de Nadia Roux 75", "lune de Nadia Roux 75", "new_password", "Ni votre nom ni votre identifiant"),
        ("court", "court", "new_password", "ou 16 chiffres"),
        ("", "", "new_password", "Choisissez un mot de passe"),
        (CHOSEN, "cerisier 41 lanterne", "confirmation", "sont différents"),
        (CHOSEN, "", "confirmation", "une deuxième fois"),
        ("cerisier\u{0}41 Lanterne", "x", "new_password", "128 caractères au plus"),
        (&long, &long, "new_password", "128"),
        (&huge, &huge, "new_password", "128 caractères au plus"),
    ] {
        let typed = [("new_password", password), ("confirmation", confirmation), ("email", "nadia@courriel.example")];
        phone.submits(typed).await;
        let page = phone.page();
        assert_eq!(page.data_page(), "activation", "{told}");
        let problem = page.texts(&format!("#{at}-problem")).join(" ");
        assert!(problem.contains(told), "{told}: {problem} / {}", page.alert());
        let described = page.attribute(&format!("#{at}"), "aria-describedby").unwrap_or_default();
        assert!(described.contains(&format!("{at}-problem")), "{described}");
        assert!(page.alert().contains(told) && page.title().starts_with("Erreur"), "{}", page.alert());
        assert_eq!(page.field("email"), "nadia@courriel.example");
        assert_eq!((page.field("new_password"), page.field("confirmation")), (String::new(), String::new()));
        phone.reloads().await;
        assert_eq!(phone.page().data_page(), "activation", "reloading asks nothing");
    }
    for email in ["", "nadia", "nadia @courriel.example", "nadïa@courriel.example", "nadia@", "a@b@c.example"] {
        phone.chooses(CHOSEN, email).await;
        assert!(phone.page().has("#email-problem") && phone.page().field("email") == email, "{email}");
    }
    assert_eq!(world.state(&nadia).await, AccountState::ToActivate);
    phone.chooses("clé 🗝️ du Préau 41", "nadia@courriel.example").await;
    assert_eq!(phone.page().data_page(), "check-mail");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn act_15_two_parents_share_an_address_and_each_mail_names_its_holder(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let post = Post::opens().await;
    let world = World::with(engine, by(&post)).await;
    for (name, given_name) in [("Nadia O’Brien", "Nadia"), ("Karim Roux", "Karim")] {
        let parent = world.parent_with_letter(name).await;
        until_the_mail(&mut world.phone(), &parent, "famille@courriel.example").await;
        let mail = post.awaits(1).await.pop().unwrap();
        let mail = post.arrived().into_iter().find(|other| other.text().contains(name)).unwrap_or(mail);
        let mail = if mail.text().contains(name) { mail } else { post.awaits(2).await.remove(1) };
        let text = mail.text();
        assert!(text.contains(name) && text.contains(&parent.identifier) && text.contains(given_name), "{text}");
        world.phone().opens(mail.link()).await.presses("Activer mon compte").await;
        assert_eq!(world.state(&parent).await, AccountState::Operational);
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn act_16_a_childs_or_the_schools_address_is_asked_about_before_anything_is_sent(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let post = Post::opens().await;
    let change = by(&post);
    let world = World::with(engine, |settings| {
        change(settings);
        settings.portals.entry("default".into()).or_default().school_domains = vec!["College.example".into()];
    })
    .await;
    let child = world.pupil("Ilyès Roux").await;
    for (name, email, told) in [
        ("Nadia Roux", child.email.as_str(), "celle de votre enfant"),
        ("Karim Roux", "parent@college.example", "celle de l’établissement"),
    ] {
        let parent = world.parent_with_letter(name).await;
        world.gives_child(&parent, &child).await;
        let mut phone = world.phone();
        phone.comes_with_letter(&parent).await.chooses(CHOSEN, email).await;
        assert_eq!(phone.page().data_page(), "check-address");
        assert!(phone.page().text().contains(told), "{}", phone.page().text());
        assert_eq!(world.rows().await["outbox"], i64::from(name == "Karim Roux"), "nothing was sent yet");
        // Somebody else's: another one is given. Their own after all: they say so.
        if name == "Nadia Roux" {
            phone.submits([("email", "nadia@courriel.example")]).await;
        } else {
            let label = phone.page().forms()[0].buttons[0].0.clone();
            assert!(label.ends_with("est la bonne"), "{label}");
            phone.presses(&label).await;
        }
        assert_eq!(phone.page().data_page(), "check-mail", "{}", phone.page().text());
    }
    let mut to: Vec<String> = post.awaits(2).await.into_iter().flat_map(|mail| mail.to).collect();
    to.sort();
    assert_eq!(to, ["nadia@courriel.example", "parent@college.example"]);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn act_16_a_school_may_refuse_such_addresses(#[values(Sqlite, Postgres)] engine: Engine) {
    let change = |settings: &mut Settings| {
        settings.portals.entry("default".into()).or_default().bars_doubtful_email = true;
    };
    let world = World::with(engine, change).await;
    let (parent, child) = (world.parent_with_letter("Nadia Roux").await, world.pupil("Ilyès Roux").await);
    world.gives_child(&parent, &child).await;
    let mut phone = world.phone();
    phone.comes_with_letter(&parent).await.chooses(CHOSEN, &child.email).await;
    assert_eq!(phone.page().data_page(), "activation");
    assert!(phone.page().texts("#email-problem").join(" ").contains("celle de votre enfant"));
    assert_eq!(world.state(&parent).await, AccountState::ToActivate);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn act_17_a_mistyped_domain_is_asked_about_and_never_put_right_by_itself(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let post = Post::opens().await;
    let world = World::with(engine, by(&post)).await;
    for (name, button, to) in [
        ("Nadia Roux", "Oui, ro•••••@gmail.com", "roux@gmail.com"),
        ("Karim Roux", "ro•••••@gmial.com est la bonne", "roux@gmial.com"),
    ] {
        let parent = world.parent_with_letter(name).await;
        let (mut phone, before) = (world.phone(), post.arrived().len());
        phone.comes_with_letter(&parent).await.chooses(CHOSEN, "roux@gmial.com").await;
        assert_eq!(phone.page().data_page(), "check-address");
        assert!(phone.page().text().contains("Vouliez-vous dire ro•••••@gmail.com ?"), "{}", phone.page().text());
        // It is asked again, in whichever browser.
        let mut desk = world.desk();
        desk.tries(&parent.identifier, CHOSEN).await;
        assert_eq!(desk.page().data_page(), "check-address");
        desk.presses(button).await;
        assert_eq!(desk.page().data_page(), "check-mail");
        assert_eq!(post.awaits(before + 1).await[before].to, [to]);
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn log_10_a_letters_password_is_read_as_it_was_pasted_and_a_personal_one_never(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let post = Post::opens().await;
    let world = World::with(engine, by(&post)).await;
    let nadia = world.parent_with_letter("Nadia Roux").await;
    let printed = nadia.password.clone();
    for typed in [format!("{printed}\r\n"), format!(" {printed} "), printed.to_uppercase(), printed.replace('-', " ")] {
        let mut phone = world.phone();
        phone.tries(&nadia.identifier, &typed).await;
        assert_eq!(phone.page().data_page(), "activation", "{typed:?}");
    }
    let nadia = activates(&world, &post, &nadia).await;
    for typed in [format!("{CHOSEN} "), format!(" {CHOSEN}"), format!("{CHOSEN}\n"), CHOSEN.to_uppercase()] {
        let mut phone = world.phone();
        phone.tries(&nadia.identifier, &typed).await;
        assert_eq!(phone.page().data_page(), "sign-in", "{typed:?}");
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn log_20_the_letter_opens_the_activation_from_any_profile_of_the_portal(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let world = World::with(engine, with_ent).await;
    let nadia = world.parent_with_letter("Nadia Roux").await;
    for profile in ["parent", "pupil"] {
        let mut phone = world.phone();
        phone.opens(format!("/p/ent/connexion?profil={profile}")).await.signs_in(&nadia).await;
        assert_eq!((phone.page().data_page().as_str(), phone.place().path()), ("activation", "/p/ent/activation"));
        assert!(phone.page().text().contains("choisissez le vôtre"), "a parent is told vous whatever was chosen");
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn log_21_a_letter_that_is_out_of_date_says_so_and_whom_to_ask(#[values(Sqlite, Postgres)] engine: Engine) {
    let change = |settings: &mut Settings| {
        settings.portals.entry("default".into()).or_default().help.email = Some("aide@college.example".into());
    };
    let world = World::with(engine, change).await;
    let nadia = world.parent_with_letter("Nadia Roux").await;
    world.waits(91 * DAY);
    let mut phone = world.phone();
    phone.signs_in(&nadia).await;
    assert_eq!(phone.page().data_page(), "letter-expired");
    assert!(phone.page().link("Écrire à aide@college.example").is_some_and(|href| href.starts_with("mailto:")));
    assert_eq!(world.audit_since_letter(&nadia).await, ["letter_too_old"]);
    let fresh = Someone { password: world.prints_letter(&nadia, "default").await.unwrap(), ..nadia };
    phone.opens("/connexion").await.comes_with_letter(&fresh).await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_young_pupil_types_three_words_and_ten_wrong_tries_close_the_day(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::with(engine, |settings| settings.limits.account.failures = 50).await;
    let zoe = world.holds_letter("Zoé Petit", &[(Profile::Pupil, None)]).await;
    assert_eq!(zoe.password.split('-').count(), 3);
    assert!(zoe.password.bytes().any(|b| b.is_ascii_digit()), "a code at the collège: {}", zoe.password);
    world.changes_school(|school| school.kind = EstablishmentKind::PrimarySchool).await;
    let zoe = Someone { password: world.prints_letter(&zoe, "default").await.unwrap(), ..zoe };
    assert!(!zoe.password.bytes().any(|b| b.is_ascii_digit()), "words: {}", zoe.password);
    let mut desk = world.desk();
    desk.tries(&zoe.identifier, &zoe.password.replace('-', " ")).await;
    assert_eq!(desk.page().data_page(), "activation");
    let mut stranger = world.phone();
    for _ in 0..10 {
        stranger.tries(&zoe.identifier, "lune tapis cerf").await;
    }
    stranger.signs_in(&zoe).await;
    assert_eq!(stranger.page().data_page(), "sign-in");
    assert!(stranger.page().alert().contains("incorrect"), "nobody learns which guess was right");
    world.waits(DAY + Duration::from_secs(1));
    world.desk().comes_with_letter(&zoe).await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn pol_09_a_password_chosen_after_one_letter_is_not_taken_again_after_the_next(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let world = World::on(engine).await;
    let nadia = world.parent_with_letter("Nadia Roux").await;
    until_the_mail(&mut world.phone(), &nadia, "nadia@courriel.example").await;
    let password = world.prints_letter(&nadia, "default").await.expect("a second letter");
    let nadia = Someone { password, ..nadia };
    let mut phone = world.phone();
    phone.comes_with_letter(&nadia).await.chooses(CHOSEN, "nadia@courriel.example").await;
    assert_eq!(phone.page().data_page(), "activation");
    assert!(phone.page().alert().contains("il en faut un autre"), "{}", phone.page().alert());
    phone.chooses("sablier 42 Lanterne", "nadia@courriel.example").await;
    assert_eq!(phone.page().data_page(), "check-mail", "{}", phone.page().text());
}
