//! Who a parent that registers is: compared with the roster, forgiving, and silent on what did not agree.

use std::time::Duration;

use preau::domain::{AccountState, Standing};
use rstest::rstest;

use crate::{
    by_email::DOOR,
    engine::{Engine, Postgres, Sqlite},
    letters::CHOSEN,
    post::Post,
    registration::{ADDRESS, OFFICE, adzo, by, link, written},
    world::World,
};

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn reg_11_reg_21_what_does_not_agree_is_never_named_and_counted(#[values(Sqlite, Postgres)] engine: Engine) {
    let post = Post::opens().await;
    let world = World::with(engine, by(&post)).await;
    adzo(&world).await;
    let mut answers = Vec::new();
    for (field, text) in [("family_name", "Autre"), ("birth_day", "2"), ("civic_number", "12"), ("given_name", "Paul")]
    {
        let mut phone = world.phone();
        phone.gives_mail(ADDRESS).await.says(written(field, text)).await;
        assert!(!phone.page().has("[aria-invalid]"), "{field}: no field is marked");
        let other = if field == "family_name" { "civic_number" } else { "family_name" };
        assert!(!phone.page().field(other).is_empty(), "nothing typed is lost");
        answers.push(phone.page().alert().clone());
    }
    assert!(answers.iter().all(|told| *told == answers[0]), "{answers:?}");
    assert!(answers[0].contains("votre enfant le plus jeune"), "with the reminder: {}", answers[0]);
    let mut phone = world.phone();
    phone.gives_mail(ADDRESS).await.says(written("civic_number", "12")).await;
    phone.gives_mail(ADDRESS).await.says(written("", "")).await;
    assert!(phone.page().alert().contains("Réessayez demain"), "the right answers too: {}", phone.page().alert());
    assert!(post.arrived().is_empty());
    world.waits(Duration::from_hours(25));
    phone.gives_mail(ADDRESS).await.says(written("", "")).await;
    assert_eq!(phone.page().data_page(), "registration-sent");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn reg_11_known_and_unknown_addresses_cost_the_same(#[values(Sqlite, Postgres)] engine: Engine) {
    let post = Post::opens().await;
    let world = World::with(engine, |settings| {
        by(&post)(settings);
        settings.portals.get_mut("parents").unwrap().registration_tells_unknown_address = Some(false);
    })
    .await;
    adzo(&world).await;
    world.phone().gives_mail("x@courriel.example").await.says(written("", "")).await;
    let mut costs = Vec::new();
    for email in [ADDRESS, "personne@courriel.example"] {
        let (hashes, before) = (world.app().hasher.count(), world.rows().await);
        world.phone().gives_mail(email).await.says(written("civic_number", "9")).await;
        let after = world.rows().await;
        let grown: i64 = after.values().sum::<i64>() - before.values().sum::<i64>();
        costs.push((world.app().hasher.count() - hashes, grown));
    }
    assert_eq!(costs[0], costs[1]);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn reg_13_reg_14_names_and_numbers_as_people_write_them(#[values(Sqlite, Postgres)] engine: Engine) {
    let post = Post::opens().await;
    let world = World::with(engine, by(&post)).await;
    let elise = world.on_roster("Élise D’Amours-Roy", "elise@courriel.example").await;
    world.knows(&elise.person_id, Some("elise@courriel.example"), Some("3-2445A"), None).await;
    world.child("Léo Roy", "2015-01-01", &[(&elise, Standing::Legal)]).await;
    let mut phone = world.phone();
    phone.gives_mail("elise@courriel.example").await;
    let typed = [
        ("family_name", "damours roy"),
        ("given_name", "ELISE"),
        ("birth_day", "1"),
        ("birth_month", "1"),
        ("birth_year", "2015"),
        ("school", "college"),
        ("civic_number", " 2445-a "),
    ];
    phone.submits(typed).await;
    assert_eq!(phone.page().data_page(), "registration-sent", "{}", phone.page().alert());
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn reg_15_reg_16_the_youngest_child_is_asked_for_of_twins_either(#[values(Sqlite, Postgres)] engine: Engine) {
    let post = Post::opens().await;
    let world = World::with(engine, |settings| {
        by(&post)(settings);
        let any = preau::config::PortalSettings { registration_any_child: true, ..settings.portals["parents"].clone() };
        settings.portals.insert("tous".into(), any);
    })
    .await;
    let adzo = adzo(&world).await;
    world.child("Kossi Testtest", "2015-01-01", &[(&adzo, Standing::Legal)]).await;
    world.child("Ama Testtest", "2011-01-01", &[(&adzo, Standing::Legal)]).await;
    let mut phone = world.phone();
    phone.gives_mail(ADDRESS).await.says(written("birth_year", "2011")).await;
    assert!(phone.page().alert().contains("votre enfant le plus jeune"), "{}", phone.page().alert());
    phone.says(written("", "")).await;
    assert_eq!(phone.page().data_page(), "registration-sent", "either of the twins: {}", phone.page().alert());
    phone.opens("/p/tous/creer-mon-compte").await.submits([("email", ADDRESS)]).await;
    assert!(phone.page().text().contains("Information sur un de vos enfants"), "{}", phone.page().text());
    phone.says(written("birth_year", "2011")).await;
    assert_eq!(phone.page().data_page(), "registration-sent", "any child where the portal says so");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn reg_17_reg_18_two_parents_two_accounts_with_one_mailbox_or_two(#[values(Sqlite, Postgres)] engine: Engine) {
    let post = Post::opens().await;
    let world = World::with(engine, by(&post)).await;
    let mother = world.on_roster("Adzo Testtest", ADDRESS).await;
    let father = world.on_roster("Kodjo Testtest", ADDRESS).await;
    let apart = world.on_roster("Paul Ailleurs", "paul@courriel.example").await;
    world.knows(&apart.person_id, Some("paul@courriel.example"), Some("7"), None).await;
    let standing = Standing::Legal;
    world.child("Koffi Testtest", "2015-01-01", &[(&mother, standing), (&father, standing), (&apart, standing)]).await;
    let mut known = 0;
    for (parent, given, family, email, civic) in [
        (&mother, "Adzo", "Testtest", ADDRESS, "2445"),
        (&father, "Kodjo", "Testtest", ADDRESS, "2445"),
        (&apart, "Paul", "Ailleurs", "paul@courriel.example", "7"),
    ] {
        let mut phone = world.phone();
        phone.gives_mail(email).await;
        let mut fields = written("given_name", given);
        fields.retain(|(name, _)| *name != "family_name" && *name != "civic_number");
        fields.extend([("family_name", family), ("civic_number", civic)]);
        phone.says(fields).await;
        assert_eq!(phone.page().data_page(), "registration-sent", "{given}: {}", phone.page().alert());
        known += 1;
        let link = link(&post, known, email).await.link();
        phone.opens(link).await.chooses_with_question().await;
        assert_eq!(world.state(parent).await, AccountState::Operational, "{given}: {}", phone.page().text());
        // Of the others nothing is seen.
        phone.opens(DOOR).await.submits([("identifier", parent.identifier.as_str()), ("password", CHOSEN)]).await;
        phone.opens("/p/parents/compte/donnees").await;
        for other in ["Adzo", "Kodjo", "Paul"] {
            assert_eq!(phone.page().text().contains(other), other == given, "{given} {other}");
        }
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn reg_19_who_has_no_authority_is_refused_like_anybody_and_the_school_is_told(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let post = Post::opens().await;
    let world = World::with(engine, by(&post)).await;
    let barred = world.on_roster("Adzo Testtest", ADDRESS).await;
    world.child("Koffi Testtest", "2015-01-01", &[(&barred, Standing::Barred)]).await;
    world.changes_school(|school| school.email = Some(OFFICE.into())).await;
    let mut phone = world.phone();
    phone.gives_mail(ADDRESS).await.says(written("", "")).await;
    let told = phone.page().alert().clone();
    world.phone().gives_mail(ADDRESS).await;
    phone.gives_mail(ADDRESS).await.says(written("civic_number", "9")).await;
    assert_eq!(phone.page().alert(), told, "the same words as for whatever does not agree");
    let mail = post.awaits(1).await.remove(0);
    assert_eq!((mail.to.concat(), post.arrived().len()), (OFFICE.to_owned(), 1));
    assert!(mail.text().contains("Adzo Testtest") && mail.text().contains("responsable légal"), "{}", mail.text());
    assert_eq!(world.state(&barred).await, AccountState::ToActivate);
    assert!(world.dump().await.contains("registration_refused"));
}
