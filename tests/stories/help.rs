//! The help form to the school, and the questions that families ask.

use preau::{
    domain::{Establishment, EstablishmentId},
    store::roster,
};
use rstest::rstest;

use crate::{
    browser::Browser,
    engine::{Engine, Postgres, Sqlite},
    people::school,
    post::{Arrived, Post},
    world::World,
};

const FORM: &str = "/contacter-l-ecole";
const OFFICE: &str = "secretariat@jean-moulin.example";
const NETWORK: &str = "aide@reseau.example";
const PROBLEM: &str = "Le courrier est arrivé déchiré.\r\nLe mot de passe ne se lit plus.";

/// A network of two schools: the one of every story, with an address, and one without.
async fn world_of_two_schools(engine: Engine, help: Option<&str>) -> (World, Post) {
    let post = Post::opens().await;
    let world = World::with(engine, |settings| {
        settings.mail.smtp.clone_from(&post.url);
        settings.portals.entry("default".into()).or_default().help.email = help.map(Into::into);
    })
    .await;
    opens_offices(&world).await;
    (world, post)
}

pub async fn opens_offices(world: &World) {
    let with_office = Establishment { email: Some(OFFICE.into()), ..school() };
    let without = Establishment {
        id: EstablishmentId::new("etang"),
        code: "0990009Z".into(),
        name: "Collège de l’Étang".into(),
        phone: Some("02 33 00 00 09".into()),
        ..school()
    };
    let mut tx = world.db().begin().await.unwrap();
    for school in [&with_office, &without] {
        roster::put_establishment(&mut tx, school).await.unwrap();
    }
    tx.commit().await.unwrap();
}

/// What a parent writes, one field otherwise.
pub fn written<'a>(field: &str, text: &'a str) -> Vec<(&'static str, &'a str)> {
    let usual = [
        ("family_name", "D’Amours-Roux"),
        ("given_name", "Nadia"),
        ("email", " Nadia@Courriel.example "),
        ("phone", "613 555-0199"),
        ("child_family_name", "Roux"),
        ("child_given_name", "Ilyès"),
        ("level", "4e"),
        ("school", "college"),
        ("problem", PROBLEM),
        ("website", ""),
    ];
    usual.into_iter().map(|(name, usual)| (name, if name == field { text } else { usual })).collect()
}

pub async fn sends(browser: &mut Browser, fields: Vec<(&'static str, &str)>) {
    browser.opens(FORM).await.submits(fields).await;
}

/// The number on the page that says it was sent.
fn reference(browser: &Browser) -> String {
    let text = browser.page().text();
    text.split("n° ").nth(1).and_then(|rest| rest.split(' ').next()).unwrap_or_default().to_owned()
}

async fn mail_to(post: &Post, many: usize, to: &str) -> Arrived {
    let all = post.awaits(many).await;
    all.into_iter().rev().find(|mail| mail.to == [to]).unwrap_or_else(|| panic!("no mail to {to}"))
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn hlp_01_hlp_02_hlp_04_a_parent_writes_to_the_school_without_an_account(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let (world, post) = world_of_two_schools(engine, Some(NETWORK)).await;
    let mut phone = world.phone();
    phone.opens("/connexion").await.follows("Contacter l’établissement").await;
    assert_eq!(phone.page().data_page(), "help-form");
    assert_eq!(
        phone.page().texts("#school option"),
        ["Choisir", "Collège de l’Étang (Villeneuve)", "Collège Jean-Moulin (Villeneuve)"]
    );
    assert_eq!(phone.page().texts("label").len(), 10, "nine questions and the one that people do not see");
    phone.submits(written("", "")).await;
    assert_eq!(phone.page().data_page(), "help-sent");
    let (reference, text) = (reference(&phone), phone.page().text());
    assert!(text.contains(&format!("Demande n° {reference} envoyée à : Collège Jean-Moulin.")), "{text}");
    let mail = mail_to(&post, 2, OFFICE).await;
    assert_eq!(
        mail.header("Subject").split(" – ").next(),
        Some(&*format!("Demande d’aide n°\u{a0}{reference} de Nadia D’Amours-Roux"))
    );
    phone.reloads().await;
    assert_eq!((phone.page().data_page().as_str(), post.arrived().len()), ("help-sent", 2), "a reload sends nothing");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn hlp_05_hlp_13_the_secretary_answers_the_parent_by_answering_the_mail(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let (world, post) = world_of_two_schools(engine, None).await;
    let mut phone = world.phone();
    phone.opens("/connexion?profil=parent").await.follows("Contacter l’établissement").await;
    phone.submits(written("phone", "+33 6 12 34 56 78")).await;
    let (mail, reference) = (mail_to(&post, 2, OFFICE).await, reference(&phone));
    assert_eq!(mail.header("Reply-To"), "Nadia@courriel.example");
    let words = mail.words();
    for said in [
        &*reference,
        "Nadia D’Amours-Roux",
        "Nadia@courriel.example",
        "+33 6 12 34 56 78",
        "Ilyès Roux",
        "4e",
        "Le courrier est arrivé déchiré. Le mot de passe ne se lit plus.",
        "sign-in",
        "Une réponse à ce message arrive à la personne",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
    assert!(!words.contains("merci de ne pas y répondre"), "{words}");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn hlp_06_the_parent_gets_the_number_and_only_a_known_address_what_was_written(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let (world, post) = world_of_two_schools(engine, None).await;
    let nadia = world.parent("Nadia Roux").await;
    opens_offices(&world).await;
    let mut phone = world.phone();
    sends(&mut phone, written("email", "victime@ailleurs.example")).await;
    assert_eq!(phone.page().data_page(), "help-sent", "{}", phone.page().text());
    let stranger = mail_to(&post, 2, "victime@ailleurs.example").await;
    let words = stranger.words();
    assert!(words.contains(&reference(&phone)) && words.contains("dans les deux jours d’école"), "{words}");
    for typed in ["déchiré", "D’Amours", "Ilyès", "613"] {
        assert!(!words.contains(typed), "nobody is made to write to a stranger: {typed} in {words}");
    }
    assert_eq!(stranger.header("Reply-To"), "", "nobody reads an answer to a receipt");
    let mut desk = world.desk();
    desk.opens("/connexion?lang=en").await;
    sends(&mut desk, written("email", &nadia.email)).await;
    assert_eq!(desk.page().data_page(), "help-sent", "{}", desk.page().text());
    let known = mail_to(&post, 4, &nadia.email).await;
    let words = known.words();
    assert!(words.contains("Your request of") && words.contains("déchiré"), "in the reader's language: {words}");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn hlp_03_every_field_is_needed_and_nothing_typed_is_lost(#[values(Sqlite, Postgres)] engine: Engine) {
    let (world, post) = world_of_two_schools(engine, None).await;
    let mut phone = world.phone();
    sends(&mut phone, written("", "").into_iter().map(|(name, _)| (name, "")).collect()).await;
    let links = phone.page().attributes(".problems a", "href");
    let fields = [
        "#family_name",
        "#given_name",
        "#child_family_name",
        "#child_given_name",
        "#level",
        "#school",
        "#email",
        "#phone",
        "#problem",
    ];
    assert_eq!(links.len(), fields.len(), "{links:?}");
    assert!(fields.iter().all(|field| links.iter().any(|link| link == field)), "{links:?}");
    assert!(phone.page().title().starts_with("Erreur"));
    for (field, text, said) in [
        ("phone", "555", "Ce numéro n’est pas complet."),
        ("email", "nadia@", "Cette adresse n’est pas complète"),
        ("school", "ailleurs", "Choisissez une réponse de la liste."),
        ("level", "43e", "Choisissez une réponse de la liste."),
        ("child_given_name", " ", "Pour l’enfant : Écrivez le prénom."),
        ("problem", &"é".repeat(2001), "C’est trop long : 2000 caractères au plus."),
    ] {
        sends(&mut phone, written(field, text)).await;
        let page = phone.page();
        assert_eq!(page.data_page(), "help-form");
        assert!(page.alert().contains(said), "{field}: {}", page.alert());
        assert_eq!(page.attributes("[aria-invalid]", "name"), [field]);
        assert_eq!(page.field("given_name"), "Nadia");
        if field != "problem" {
            assert_eq!(page.texts("#problem"), [PROBLEM.replace("\r\n", " ")]);
        }
        if field != "school" {
            assert_eq!(page.attributes("#school option[selected]", "value"), ["college"]);
        }
    }
    assert_eq!(post.arrived().len(), 0);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn hlp_07_a_school_without_an_address_is_reached_by_the_network_or_by_telephone(
    #[values(Sqlite, Postgres)] engine: Engine,
    #[values(true, false)] has_help: bool,
) {
    let (world, post) = world_of_two_schools(engine, has_help.then_some(NETWORK)).await;
    let mut phone = world.phone();
    sends(&mut phone, written("school", "etang")).await;
    if has_help {
        assert_eq!(phone.page().data_page(), "help-sent");
        assert!(mail_to(&post, 2, NETWORK).await.words().contains("Collège de l’Étang"));
    } else {
        assert_eq!(phone.page().data_page(), "help-nobody");
        assert_eq!(phone.page().link("Appeler le 02 33 00 00 09").as_deref(), Some("tel:0233000009"));
        assert_eq!(post.arrived().len(), 0);
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn hlp_08_what_is_written_stays_text(#[values(Sqlite, Postgres)] engine: Engine) {
    let (world, post) = world_of_two_schools(engine, None).await;
    let mut phone = world.phone();
    let name = "Nadia\r\nBcc: tous@ailleurs.example\r\n\r\n\u{202e}<script>alert(1)</script>";
    sends(&mut phone, written("given_name", name)).await;
    assert_eq!(phone.page().data_page(), "help-sent");
    let mail = mail_to(&post, 2, OFFICE).await;
    assert_eq!(mail.header("Bcc"), "");
    assert!(post.arrived().iter().all(|mail| mail.to.len() == 1 && !mail.to.concat().contains("tous@")));
    assert!(mail.html().contains("&#60;script&#62;") && !mail.raw.contains('\u{202e}'), "{}", mail.raw);
    assert!(mail.words().contains("Nadia Bcc: tous@ailleurs.example <script>"), "{}", mail.words());
    sends(&mut phone, written("email", "nadia@courriel.example\r\nBcc: tous@ailleurs.example")).await;
    assert_eq!(phone.page().attributes("[aria-invalid]", "name"), ["email"]);
    sends(&mut phone, written("problem", &"mot ".repeat(5000))).await;
    assert!(phone.page().alert().contains("2000 caractères au plus"));
    assert!(phone.page().texts("#problem-hint").concat().contains("2000 caractères au plus"), "said before");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn hlp_09_robots_and_hasty_fingers_send_little(#[values(Sqlite, Postgres)] engine: Engine) {
    let (world, post) = world_of_two_schools(engine, None).await;
    let mut robot = world.phone();
    sends(&mut robot, written("website", "https://ailleurs.example")).await;
    assert_eq!(robot.page().attributes("[aria-invalid]", "name"), ["website"], "and a person can empty it");
    let mut phone = world.phone();
    phone.opens(FORM).await;
    let mut other = phone.tab();
    tokio::join!(phone.submits(written("", "")), other.submits(written("", "")));
    assert_eq!(reference(&phone), reference(&other), "the same form twice is one request");
    assert_eq!(post.awaits(2).await.len(), 2);
    for problem in ["un", "deux"] {
        sends(&mut phone, written("problem", problem)).await;
        assert_eq!(phone.page().data_page(), "help-sent");
    }
    sends(&mut phone, written("problem", "trois")).await;
    assert_eq!(phone.page().data_page(), "help-form");
    assert!(phone.page().alert().contains("Trop d’essais"), "{}", phone.page().alert());
    assert_eq!(phone.page().field("given_name"), "Nadia");
    assert_eq!(post.awaits(6).await.len(), 6, "three requests an hour for an address, two mails each");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn hlp_12_four_questions_are_answered_and_a_portal_brings_its_own(#[values(Sqlite, Postgres)] engine: Engine) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("faq.md");
    std::fs::write(&file, "## Où est le secrétariat ?\n\nAu *premier* étage.\n").unwrap();
    let world = World::with(engine, |settings| {
        settings.portals.entry("ent".into()).or_default().faq_fr = Some(file.clone());
    })
    .await;
    let mut phone = world.phone();
    phone.opens("/contacter-l-ecole").await.follows("Questions fréquentes").await;
    assert_eq!(phone.page().data_page(), "faq");
    assert_eq!(phone.page().texts("main h2").len(), 4);
    assert!(phone.page().text().contains("un seul compte par parent"));
    phone.follows("Contacter l’établissement").await;
    assert_eq!(phone.page().data_page(), "help-form");
    phone.opens("/p/ent/aide").await;
    assert_eq!(phone.page().texts("main h2"), ["Où est le secrétariat ?"]);
    phone.opens("/p/ent/aide?lang=en").await;
    assert_eq!(phone.page().attribute(".reading", "lang").as_deref(), Some("fr"), "where there is no English");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn hlp_14_of_a_request_a_number_is_kept_for_a_year(#[values(Sqlite, Postgres)] engine: Engine) {
    let (world, post) = world_of_two_schools(engine, None).await;
    let mut phone = world.phone();
    sends(&mut phone, written("", "")).await;
    post.awaits(2).await;
    let dump = world.dump().await;
    assert!(dump.contains(&reference(&phone)));
    for typed in ["Amours", "nadia@", "613 555-0199", "déchiré"] {
        assert!(!dump.to_lowercase().contains(&typed.to_lowercase()), "{typed} is kept");
    }
    let year = std::time::Duration::from_hours(24 * 366);
    let kept = |at| preau::store::help_requests::purge(world.db(), at);
    let now = world.operator().now;
    assert_eq!(kept(now - year).await.unwrap(), 0);
    assert_eq!(kept(now + year).await.unwrap(), 1);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn xct_09_a_form_that_took_a_day_is_sent_as_it_was_written(#[values(Sqlite, Postgres)] engine: Engine) {
    let (world, post) = world_of_two_schools(engine, Some(NETWORK)).await;
    let mut phone = world.phone();
    phone.opens(FORM).await;
    world.waits(std::time::Duration::from_hours(26));
    phone.submits(written("", "")).await;
    assert_eq!(phone.page().data_page(), "help-sent", "no time runs out: {}", phone.page().text());
    assert!(mail_to(&post, 2, OFFICE).await.text().contains("Le mot de passe ne se lit plus."));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn xct_13_every_page_leads_to_what_becomes_of_the_data(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::with(engine, |settings| {
        let portal = settings.portals.entry("default".into()).or_default();
        portal.controller = Some("Le chef d’établissement".into());
        portal.data_protection = Some("dpd@reseau.example".into());
    })
    .await;
    let newcomer = world.parent_with_letter("Nadia Roux").await;
    let mut phone = world.phone();
    phone.comes_with_letter(&newcomer).await;
    for path in ["/connexion", FORM, "/identifiant-oublie", "/mot-de-passe-oublie"] {
        phone.opens(path).await;
        assert_eq!(phone.page().link("Données personnelles").as_deref(), Some("/donnees-personnelles"), "{path}");
    }
    phone.follows("Données personnelles").await;
    let text = phone.page().text();
    for told in ["Le chef d’établissement", "dpd@reseau.example", "mission de service public", "douze mois", "CNIL"]
    {
        assert!(text.contains(told), "{told}: {text}");
    }
    phone.follows("La même page pour les élèves").await;
    let text = phone.page().text();
    assert!(text.contains("Tes parents peuvent t’aider.") && !text.contains("CNIL"), "{text}");
    assert!(!text.contains("votre") && !text.contains("vous"), "pupils are addressed with tu: {text}");
}
