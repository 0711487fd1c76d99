//! The charter: read and accepted before anything opens, once for each version.

use std::time::Duration;

use preau::store::sessions;
use rstest::rstest;
use serde_json::json;

use crate::{
    charters::charter,
    engine::{Engine, Postgres, Sqlite},
    log::Log,
    world::World,
};

const PARENTS: &str = "\"parent\"";

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn cha_01_cha_02_cha_03_the_charter_is_read_and_accepted_before_the_service_opens(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    world.publishes(&charter("familles-3", "3", PARENTS, "establishment = \"0590001A\"")).await;
    world.publishes(&charter("ailleurs-1", "1", "\"pupil\"", "")).await;
    let agenda = world.service("agenda").await;
    let mut phone = world.phone();
    phone.opens(agenda.sign_in(&[])).await.signs_in(&nadia).await;
    assert_eq!(phone.page().data_page(), "charter", "{}", phone.page().text());
    let said = phone.page().text();
    for needed in ["Collège Jean-Moulin · version 3, 5 janvier 2020", "Charte familles-3", "Le texte de familles-3"] {
        assert!(said.contains(needed), "{needed}: {said}");
    }
    assert!(phone.page().has(".reading h2") && phone.page().has(".reading strong") && phone.page().has("[data-print]"));
    assert_eq!(phone.page().texts("h1"), ["Charte familles-3"]);
    // The service's own request again, and a wrong step ahead, lead back to the charter and give nothing.
    let mut tab = phone.tab();
    tab.opens(agenda.sign_in(&[])).await;
    assert_eq!(tab.page().data_page(), "charter");
    tab.opens(tab.place().as_str().replace("/connexion?", "/oidc/resume?")).await;
    assert_eq!(tab.page().data_page(), "charter", "no code before the charter");
    let pdf = phone.page().link("Télécharger (PDF)").expect("a link");
    tab.opens(pdf).await;
    assert_eq!(tab.page().header("content-type"), "application/pdf");
    assert!(tab.page().body.starts_with("%PDF-1."), "a PDF");
    phone.accepts(&["familles-3"]).await;
    assert!(phone.place().as_str().starts_with(&agenda.redirect_uri), "{}", phone.place());
    assert!(phone.place().query_pairs().any(|(name, _)| name == "code"));
    let told = json!({ "charter_id": "familles-3", "version": "3", "language": "fr", "awaits_guardian": false });
    assert_eq!(world.charter_lines(&nadia).await, [("charter_accepted".to_owned(), told, true)]);
    assert_eq!(world.audit(&nadia).await, ["account_created", "signed_in", "charter_accepted"]);
    phone.opens(world.at("/charte/familles-3")).await;
    assert_eq!(phone.page().data_page(), "charter-text");
    assert!(phone.page().notice().starts_with("Acceptée le "), "{}", phone.page().notice());
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn cha_01_cha_12_cas_and_our_own_pages_ask_for_it_too_and_nobody_who_may_not_be_asked_is(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let world = World::on(engine).await;
    world.publishes(&charter("familles-3", "3", PARENTS, "")).await;
    let (nadia, agenda, notes) =
        (world.parent("Nadia Roux").await, world.service("agenda").await, world.cas_service("notes").await);
    let mut phone = world.phone();
    phone.signs_in(&nadia).await;
    assert_eq!(phone.page().data_page(), "charter", "without a service");
    for path in ["/", "/connexion", "/charte"] {
        phone.opens(path).await;
        assert_eq!(phone.page().data_page(), "charter", "{path}");
    }
    phone.opens(format!("{}&gateway=true", notes.sign_in())).await;
    assert_eq!(phone.place().as_str(), notes.service, "back without a ticket, and without a page");
    phone.opens(agenda.sign_in(&[("prompt", "none")])).await;
    let told = phone.place().query_pairs().find(|(name, _)| name == "error").map(|(_, value)| value.into_owned());
    assert_eq!(told.as_deref(), Some("interaction_required"));
    phone.opens(notes.sign_in()).await;
    assert_eq!(phone.page().data_page(), "charter");
    phone.accepts(&["familles-3"]).await;
    assert!(phone.place().as_str().starts_with(&format!("{}?ticket=ST-", notes.service)), "{}", phone.place());
    phone.opens(agenda.sign_in(&[("prompt", "none")])).await;
    assert!(phone.place().query_pairs().any(|(name, _)| name == "code"), "{}", phone.place());
    phone.opens(format!("{}&gateway=true", notes.sign_in())).await;
    assert!(phone.place().as_str().contains("ticket=ST-"), "{}", phone.place());
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn cha_04_who_refuses_has_no_session_and_reads_what_follows(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    world.publishes(&charter("familles-3", "3", PARENTS, "")).await;
    let (nadia, agenda) = (world.parent("Nadia Roux").await, world.service("agenda").await);
    let mut phone = world.phone();
    phone.opens(agenda.sign_in(&[])).await.signs_in(&nadia).await;
    // Signing out works before anything is accepted.
    let mut tab = phone.tab();
    tab.opens(world.at("/deconnexion")).await;
    assert_eq!(tab.page().data_page(), "sign-out-question");
    phone.presses("Je n’accepte pas pour l’instant").await;
    assert_eq!(phone.page().data_page(), "charter-refused");
    let said = phone.page().text();
    assert!(said.contains("aucun service ne s’ouvre") && said.contains("Adressez-vous au secrétariat"), "{said}");
    assert!(phone.cookie("preau_session").is_none(), "the cookie is taken back");
    assert_eq!(world.rows().await["session"], 0, "no session is left");
    phone.reloads().await;
    assert_eq!(phone.page().data_page(), "charter-refused");
    assert_eq!(world.audit(&nadia).await, ["account_created", "signed_in", "charter_refused"]);
    tab.opens(world.at("/deconnexion")).await;
    assert_eq!(tab.page().data_page(), "signed-out");
    // Thinking again: the sign-in that waited goes on.
    phone.follows("Relire la charte").await.signs_in(&nadia).await;
    assert_eq!(phone.page().data_page(), "charter");
    phone.accepts(&["familles-3"]).await;
    assert!(phone.place().as_str().starts_with(&agenda.redirect_uri), "{}", phone.place());
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn cha_03_a_missing_tick_is_told_and_the_same_form_twice_is_kept_once(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let world = World::on(engine).await;
    world.publishes(&charter("familles-3", "3", PARENTS, "")).await;
    let (nadia, agenda) = (world.parent("Nadia Roux").await, world.service("agenda").await);
    let mut phone = world.phone();
    phone.opens(agenda.sign_in(&[])).await.signs_in(&nadia).await;
    let mut tab = phone.tab();
    phone.presses("Accepter et continuer").await;
    assert_eq!(phone.page().data_page(), "charter");
    assert!(phone.page().alert().starts_with("Cochez chaque case"), "{}", phone.page().alert());
    assert!(phone.page().title().starts_with("Erreur : "), "{}", phone.page().title());
    phone.accepts(&["familles-3"]).await;
    assert!(phone.place().as_str().starts_with(&agenda.redirect_uri), "{}", phone.place());
    tab.accepts(&["familles-3"]).await;
    let accepted = world.audit(&nadia).await.into_iter().filter(|event| event == "charter_accepted").count();
    assert_eq!(accepted, 1);
    // A tick for something else than what is owed accepts nothing.
    let marc = world.parent("Marc Petit").await;
    let mut desk = world.desk();
    desk.signs_in(&marc).await;
    let token = desk.page().field("form_token");
    let origin = world.origin().origin().ascii_serialization();
    desk.posts("/charte", Some(&origin), &[("form_token", &token), ("accept-autre-1", "fr")]).await;
    assert_eq!(desk.page().data_page(), "charter");
    desk.posts("/charte", Some(&origin), &[("form_token", "x"), ("accept-familles-3", "fr")]).await;
    assert_eq!(desk.page().data_page(), "charter", "without its token it is shown anew");
    assert!(world.charter_lines(&marc).await.is_empty());
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn cha_05_cha_06_it_is_asked_once_and_a_new_version_only_of_its_own_people(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let world = World::on(engine).await;
    world.publishes(&charter("reseau-1", "1", "\"parent\", \"national_staff\"", "")).await;
    let (nadia, helene, agenda) =
        (world.parent("Nadia Roux").await, world.teacher("Hélène Lefèvre").await, world.service("agenda").await);
    for someone in [&nadia, &helene] {
        let mut phone = world.phone();
        phone.opens(agenda.sign_in(&[])).await.signs_in(someone).await.accepts(&["reseau-1"]).await;
        assert!(phone.place().as_str().starts_with(&agenda.redirect_uri));
    }
    let lands = async |someone, page: &str| {
        let mut phone = world.phone();
        phone.opens(agenda.sign_in(&[])).await.signs_in(someone).await;
        if page.is_empty() {
            assert!(phone.place().as_str().starts_with(&agenda.redirect_uri), "{}", phone.page().text());
        } else {
            assert_eq!(phone.page().data_page(), page);
        }
        phone
    };
    lands(&nadia, "").await;
    let mut open = lands(&nadia, "").await;
    // A minor version: told on our own page, not asked for.
    world.publishes(&charter("reseau-1.1", "1.1", "\"parent\"", "kind = \"minor\"")).await;
    open.opens(agenda.sign_in(&[])).await;
    assert!(open.place().as_str().starts_with(&agenda.redirect_uri), "a minor version bars nobody");
    lands(&nadia, "").await;
    open.opens(world.at("/")).await;
    assert_eq!(open.page().data_page(), "home");
    assert!(open.page().notice().contains("version (1.1)"), "{}", open.page().notice());
    open.follows("La lire").await;
    assert!(open.page().text().contains("Le texte de reseau-1.1"));
    open.opens(world.at("/")).await.presses("J’ai compris").await;
    assert_eq!((open.page().data_page().as_str(), open.page().notice().as_str()), ("home", ""));
    // A major one for the parents of this school: asked for at once, in the session that is open as well.
    world.publishes(&charter("moulin-2", "2", PARENTS, "establishment = \"0590001A\"\nkind = \"major\"")).await;
    open.opens(agenda.sign_in(&[])).await;
    assert_eq!(open.page().data_page(), "charter", "the open session meets it too");
    assert!(open.page().text().contains("Le texte de moulin-2"));
    lands(&nadia, "charter").await.accepts(&["moulin-2"]).await;
    lands(&nadia, "").await;
    lands(&helene, "").await;
    // Of another school's nobody here hears.
    let marc = world.parent("Marc Petit").await;
    world.also_at(&marc, "lycee", "Lycée Voltaire").await;
    world.publishes(&charter("lycee-9", "9", PARENTS, "establishment = \"LYCEE\"")).await;
    lands(&nadia, "").await;
    assert!(lands(&marc, "charter").await.page().text().contains("Le texte de lycee-9"));
    // What was accepted can be read again, in exactly that version.
    let mut phone = lands(&nadia, "").await;
    phone.opens(world.at("/charte")).await;
    let listed = phone.page().texts(".rows li").join("\n");
    assert!(listed.contains("Charte moulin-2, version 2") && listed.contains("Charte reseau-1, version 1"), "{listed}");
    assert!(!listed.contains("lycee-9"), "{listed}");
    phone.follows("Lire « Charte reseau-1 », version 1").await;
    assert!(phone.page().text().contains("Le texte de reseau-1, version 1."), "{}", phone.page().text());
    phone.opens(world.at("/charte/lycee-9")).await;
    assert_eq!(phone.page().status.as_u16(), 404, "another school's is not theirs to read");
    let mut stranger = world.phone();
    stranger.opens(world.at("/charte/reseau-1")).await;
    assert_eq!(stranger.page().data_page(), "sign-in");
    stranger.signs_in(&nadia).await;
    assert_eq!(stranger.page().data_page(), "charter-text", "the sign-in leads back to it");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn cha_06_a_version_is_asked_for_from_its_day_on(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let (nadia, agenda) = (world.parent("Nadia Roux").await, world.service("agenda").await);
    let tomorrow =
        jiff::Timestamp::from_second(world.clock.now().seconds()).unwrap() + jiff::SignedDuration::from_hours(30);
    let day = tomorrow.to_zoned(jiff::tz::TimeZone::get("Europe/Paris").unwrap()).date();
    let later = charter("familles-4", "4", PARENTS, "").replace("2020-01-05", &day.to_string());
    world.publishes(&charter("familles-3", "3", PARENTS, "")).await;
    world.publishes(&later).await;
    let mut phone = world.phone();
    phone.opens(agenda.sign_in(&[])).await.signs_in(&nadia).await;
    assert!(phone.page().text().contains("Le texte de familles-3"), "{}", phone.page().text());
    phone.accepts(&["familles-3"]).await.opens(agenda.sign_in(&[])).await;
    assert!(phone.place().as_str().starts_with(&agenda.redirect_uri));
    world.waits(Duration::from_hours(31));
    phone.opens(agenda.sign_in(&[])).await.signs_in(&nadia).await;
    assert!(phone.page().text().contains("Le texte de familles-4"), "{}", phone.page().text());
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn cha_09_two_schools_two_charters_one_page_two_ticks(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let (nadia, agenda) = (world.parent("Nadia Roux").await, world.service("agenda").await);
    world.also_at(&nadia, "lycee", "Lycée Voltaire").await;
    world.publishes(&charter("college-1", "1", PARENTS, "establishment = \"0590001A\"")).await;
    world.publishes(&charter("lycee-1", "1", PARENTS, "establishment = \"LYCEE\"")).await;
    let mut phone = world.phone();
    phone.opens(agenda.sign_in(&[])).await.signs_in(&nadia).await;
    assert_eq!(phone.page().texts("h1"), ["Vos chartes d’utilisation"]);
    assert_eq!(phone.page().texts(".sheet h2"), ["Charte college-1", "Charte lycee-1"]);
    let said = phone.page().text();
    assert!(said.contains("Collège Jean-Moulin · version 1") && said.contains("Lycée Voltaire · version 1"), "{said}");
    phone.accepts(&["college-1"]).await;
    assert_eq!(phone.page().data_page(), "charter", "one tick of two is not enough");
    assert!(phone.page().alert().starts_with("Cochez chaque case"));
    assert!(world.charter_lines(&nadia).await.is_empty(), "all or nothing");
    phone.accepts(&["college-1", "lycee-1"]).await;
    assert!(phone.place().as_str().starts_with(&agenda.redirect_uri), "{}", phone.place());
    let told: Vec<_> =
        world.charter_lines(&nadia).await.into_iter().map(|(_, data, _)| data["charter_id"].clone()).collect();
    assert_eq!(told, ["college-1", "lycee-1"]);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn cha_10_the_text_is_in_the_reader_s_language_or_says_that_it_is_french(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let world = World::on(engine).await;
    world.publishes(&charter("familles-3", "3", PARENTS, "")).await;
    let french = charter("personnels-1", "1", "\"national_staff\"", "");
    world.publishes(french.split("+++ en").next().unwrap()).await;
    let (nadia, helene) = (world.parent("Nadia Roux").await, world.teacher("Hélène Lefèvre").await);
    let english = || world.browser().with("accept-language", "en-GB");
    let mut desk = english();
    desk.signs_in(&nadia).await;
    assert_eq!(
        (desk.page().language().as_str(), desk.page().texts("h1").concat().as_str()),
        ("en", "Charter familles-3")
    );
    assert!(desk.page().attribute(".reading", "lang").is_none(), "it is in the page's own language");
    desk.accepts(&["familles-3"]).await;
    assert_eq!(world.charter_lines(&nadia).await[0].1["language"], "en");
    let mut desk = english();
    desk.signs_in(&helene).await;
    assert_eq!(desk.page().language(), "en");
    assert!(desk.page().text().contains("Read the charter"), "{}", desk.page().text());
    assert_eq!(desk.page().attribute(".reading", "lang").as_deref(), Some("fr"));
    assert_eq!(desk.page().attribute("h1", "lang").as_deref(), Some("fr"));
    desk.submits([("accept-personnels-1", "fr")]).await;
    assert_eq!(world.charter_lines(&helene).await[0].1["language"], "fr");
}

/// The hot path: a session that owes nothing costs not one statement more because charters are published.
#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn cha_05_an_accepted_charter_costs_a_sign_on_nothing(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::alone(engine, |_| {}).await;
    let (nadia, agenda) = (world.parent("Nadia Roux").await, world.service("agenda").await);
    let log = Log::begins();
    let mut phone = world.phone();
    phone.signs_in(&nadia).await.opens(agenda.sign_in(&[])).await;
    let _ = log.taken();
    phone.opens(agenda.sign_in(&[])).await;
    let before = log.statements();
    world.publishes(&charter("familles-3", "3", PARENTS, "")).await;
    phone.opens(agenda.sign_in(&[])).await;
    phone.accepts(&["familles-3"]).await;
    let _ = log.taken();
    phone.opens(agenda.sign_in(&[])).await;
    assert_eq!(log.statements(), before, "not one more");
    assert!(before.len() < 12, "{before:#?}");
    let mut fresh = world.phone();
    fresh.signs_in(&nadia).await;
    let _ = log.taken();
    fresh.opens(agenda.sign_in(&[])).await;
    assert!(
        log.statements().iter().all(|statement| !statement.contains("charter_signature")),
        "known since the sign-in"
    );
    let session = preau::domain::Secret::new(fresh.cookie("preau_session").unwrap()).digest();
    let standing = sessions::find_standing(world.db(), &session, world.clock.now()).await.unwrap();
    assert!(standing.expect("a session").charters.is_some());
}
