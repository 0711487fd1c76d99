//! A parent who has no letter gets an account from what the school knows.

use std::time::Duration;

use preau::{
    config::Settings,
    domain::{AccountState, EstablishmentKind, PersonId, Profile, Standing},
    store::{people, roster, secret_questions},
};
use rstest::rstest;

use crate::{
    browser::Browser,
    by_email::{DOOR, parents_by},
    engine::{Engine, Postgres, Sqlite},
    letters::CHOSEN,
    people::{Someone, Who, school},
    post::{Arrived, Post},
    world::World,
};

pub const HERE: &str = "/p/parents/creer-mon-compte";
pub const OFFICE: &str = "secretariat@jean-moulin.example";

pub fn by(post: &Post) -> impl FnOnce(&mut Settings) {
    let parents = parents_by(post);
    move |settings| {
        parents(settings);
        settings.portals.get_mut("parents").unwrap().help.email = Some("aide@reseau.example".into());
    }
}

impl World {
    /// What the roster knows of somebody: address, civic number, birth date.
    pub async fn knows(&self, id: &PersonId, email: Option<&str>, civic: Option<&str>, born: Option<&str>) {
        let mut person = people::find(self.db(), id).await.unwrap().expect("a person");
        person.email = email.and_then(preau::domain::Email::parse);
        person.civic_number = civic.map(Into::into);
        person.birth_date = born.map(Into::into).or(person.birth_date);
        let mut tx = self.db().begin().await.unwrap();
        roster::put_person(&mut tx, &person, &serde_json::Map::new(), self.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// A pupil born that day, and the guardian of the roster.
    pub async fn child(&self, name: &str, born: &str, of: &[(&Someone, Standing)]) -> Someone {
        let child = self.pupil(name).await;
        self.knows(&child.person_id, None, None, Some(born)).await;
        for (guardian, standing) in of {
            self.gives_child_as(guardian, &child, *standing).await;
        }
        child
    }

    /// A parent of the roster with an account to activate, whom the school knows by an address and a civic number.
    pub async fn on_roster(&self, name: &str, email: &str) -> Someone {
        let parent = self.enrols(Who::named(name, &[(Profile::Parent, None)])).await;
        self.rewrites(&parent, |account| (account.credential, account.email) = (preau::domain::Credential::None, None))
            .await;
        self.knows(&parent.person_id, Some(email), Some("2445"), None).await;
        Someone { email: email.into(), ..parent }
    }
}

/// What a parent writes on the second page, one field otherwise.
pub fn written<'a>(field: &str, text: &'a str) -> Vec<(&'static str, &'a str)> {
    let usual = [
        ("family_name", "TESTTEST"),
        ("given_name", "adzo"),
        ("birth_day", "1"),
        ("birth_month", "1"),
        ("birth_year", "2015"),
        ("school", "college"),
        ("civic_number", "2445"),
    ];
    usual.into_iter().map(|(name, usual)| (name, if name == field { text } else { usual })).collect()
}

impl Browser {
    pub async fn gives_mail(&mut self, email: &str) -> &mut Self {
        self.opens(HERE).await.submits([("email", email)]).await
    }

    pub async fn says(&mut self, fields: Vec<(&'static str, &str)>) -> &mut Self {
        self.submits(fields).await
    }

    pub async fn chooses_with_question(&mut self) -> &mut Self {
        let fields =
            [("new_password", CHOSEN), ("confirmation", CHOSEN), ("question", "hero"), ("answer", "Fantômette")];
        self.submits(fields).await
    }
}

pub const ADDRESS: &str = "adzo.test@courriel.example";

/// Adzo Testtest with a child born on 1 January 2015, of whom the school knows everything; nobody has an account.
pub async fn adzo(world: &World) -> Someone {
    let adzo = world.on_roster("Adzo Testtest", ADDRESS).await;
    world.child("Koffi Testtest", "2015-01-01", &[(&adzo, Standing::Legal)]).await;
    adzo
}

pub async fn link(post: &Post, count: usize, to: &str) -> Arrived {
    let mails = post.awaits(count).await;
    mails.into_iter().rev().find(|mail| mail.to == [to]).unwrap_or_else(|| panic!("no mail to {to}"))
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn reg_01_reg_02_reg_05_from_the_address_to_the_mail(#[values(Sqlite, Postgres)] engine: Engine) {
    let post = Post::opens().await;
    let world = World::with(engine, by(&post)).await;
    let adzo = adzo(&world).await;
    let mut phone = world.phone();
    phone.opens(DOOR).await.follows("Créer mon compte").await;
    assert_eq!(phone.page().texts("h1"), ["Création d’un compte de portail"]);
    let text = phone.page().text();
    assert!(text.contains("Courriel") && text.contains("Valider le courriel"), "{text}");
    assert!(text.contains("La même que celle que l’école connaît"), "{text}");
    assert!(phone.page().link("Contacter l’école").is_some(), "{text}");
    for (typed, told) in [("", "adresse"), ("adzo", "adresse")] {
        phone.submits([("email", typed)]).await;
        assert!(phone.page().has("#email[aria-invalid]"), "{typed} {told}: {}", phone.page().text());
    }
    phone.submits([("email", " Adzo.Test@Courriel.example ")]).await;
    let text = phone.page().text();
    assert!(text.contains("adzo.test@courriel.example") || text.contains("Adzo.Test@courriel.example"), "{text}");
    for told in ["Information du parent", "Information sur votre enfant le plus jeune", "Numéro civique"] {
        assert!(text.contains(told), "{told}: {text}");
    }
    assert!(!text.contains("Koffi") && !phone.page().body.contains("2015-01"), "nothing of the roster is shown");
    phone.says(written("", "")).await;
    assert_eq!(phone.page().data_page(), "registration-sent", "{}", phone.page().text());
    assert!(phone.page().text().contains("Suivez les indications du message"), "{}", phone.page().text());
    let mail = link(&post, 1, ADDRESS).await;
    assert!(mail.text().contains("choisir votre mot de passe") && mail.link().contains("/creer-mon-compte/lien/"));
    phone.reloads().await;
    assert_eq!(post.arrived().len(), 1, "a reload sends nothing");
    assert_eq!(world.state(&adzo).await, AccountState::ToActivate, "the mailbox is not trusted before it is proven");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn reg_03_reg_04_reg_26_dates_and_schools_are_lists_on_one_page(#[values(Sqlite, Postgres)] engine: Engine) {
    let post = Post::opens().await;
    let world = World::with(engine, by(&post)).await;
    adzo(&world).await;
    let others = [("zola", "École Zola"), ("eluard", "École Éluard"), ("edison", "École Edison")];
    let mut tx = world.db().begin().await.unwrap();
    for (id, name) in others {
        let other = preau::domain::Establishment {
            id: preau::domain::EstablishmentId::new(id),
            code: id.to_uppercase(),
            name: name.into(),
            kind: EstablishmentKind::PrimarySchool,
            ..school()
        };
        roster::put_establishment(&mut tx, &other).await.unwrap();
    }
    tx.commit().await.unwrap();
    let mut phone = world.phone();
    phone.gives_mail(ADDRESS).await;
    let page = phone.page();
    assert_eq!(page.texts("#birth_day option").len(), 32);
    assert_eq!(page.texts("#birth_month option")[..4], ["Choisir", "janvier", "février", "mars"]);
    let years = page.texts("#birth_year option");
    assert_eq!((years.len(), years[0].as_str()), (22, "Choisir"), "the ages of pupils: {years:?}");
    let schools = page.texts("#school option");
    assert_eq!(schools, ["Choisir", "Collège Jean-Moulin", "École Edison", "École Éluard", "École Zola"]);
    assert!(!page.has("[target]") && !page.body.contains("window.open"), "no window");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn reg_06_reg_07_reg_08_the_link_makes_an_account_with_all_the_children(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let post = Post::opens().await;
    let world = World::with(engine, by(&post)).await;
    let adzo = adzo(&world).await;
    for (name, born) in [("Ama Testtest", "2011-05-02"), ("Yao Testtest", "2009-09-13")] {
        world.child(name, born, &[(&adzo, Standing::Legal)]).await;
    }
    let agenda = world.service_with("agenda", serde_json::json!({ "portal": "parents" })).await;
    let mut phone = world.phone();
    phone.opens(agenda.sign_in(&[])).await.follows("Créer mon compte").await;
    phone.submits([("email", ADDRESS)]).await.says(written("", "")).await;
    let link = link(&post, 1, ADDRESS).await.link();
    // A mail scanner reads everything twice.
    let mut scanner = world.browser();
    scanner.opens(&link).await.opens(&link).await;
    assert_eq!(world.state(&adzo).await, AccountState::ToActivate, "a look uses nothing up");
    phone.opens(&link).await;
    assert_eq!(phone.page().data_page(), "registration-password");
    assert!(phone.page().text().contains(ADDRESS), "{}", phone.page().text());
    assert!(phone.page().text().contains("Cette question vous sera posée si vous oubliez votre mot de passe."));
    phone.submits([("new_password", "court"), ("confirmation", "court"), ("question", ""), ("answer", "")]).await;
    for field in ["new_password", "question", "answer"] {
        assert!(phone.page().has(&format!("#{field}[aria-invalid]")), "{field}: {}", phone.page().alert());
    }
    phone.chooses_with_question().await;
    assert_eq!(phone.page().data_page(), "registration-done", "{}", phone.page().text());
    assert_eq!(world.state(&adzo).await, AccountState::Operational);
    assert!(secret_questions::find(world.db(), &adzo.account_id).await.unwrap().is_some());
    phone.follows("Se connecter").await;
    phone.submits([("identifier", ADDRESS), ("password", CHOSEN)]).await;
    assert!(phone.told("code").is_some(), "in the service that was asked for first: {}", phone.page().text());
    phone.opens(world.origin().join("/p/parents/compte/enfants").unwrap()).await;
    for child in ["Koffi Testtest", "Ama Testtest", "Yao Testtest"] {
        assert!(phone.page().text().contains(child), "{child}: {}", phone.page().text());
    }
    phone.opens(&link).await;
    assert_eq!(phone.page().data_page(), "registration-done", "a used link is friendly");
    let audit = world.audit(&adzo).await;
    for event in ["registration_asked", "account_activated", "secret_question_set"] {
        assert!(audit.contains(&event.to_owned()), "{event}: {audit:?}");
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn reg_09_reg_10_an_address_not_on_file_is_said_or_not_and_slowed(#[values(Sqlite, Postgres)] engine: Engine) {
    let post = Post::opens().await;
    let world = World::with(engine, |settings| {
        by(&post)(settings);
        settings.limits.registration.network = 4;
        let neutral = preau::config::PortalSettings {
            registration_tells_unknown_address: Some(false),
            ..settings.portals["parents"].clone()
        };
        settings.portals.insert("neutre".into(), neutral);
    })
    .await;
    adzo(&world).await;
    let mut phone = world.phone();
    phone.gives_mail("personne@courriel.example").await;
    assert!(phone.page().alert().contains("n’existe pas dans nos contacts"), "{}", phone.page().alert());
    assert!(phone.page().link("Contacter l’école").is_some(), "one click apart");
    assert_eq!(phone.page().field("email"), "personne@courriel.example", "nothing typed is lost");
    phone.opens("/p/neutre/creer-mon-compte").await.submits([("email", "personne@courriel.example")]).await;
    assert!(phone.page().has("#family_name"), "elsewhere everybody gets the same page: {}", phone.page().text());
    phone.says(written("", "")).await;
    assert!(phone.page().alert().contains("ne correspondent pas"), "{}", phone.page().alert());
    phone.opens("/p/neutre/creer-mon-compte").await.submits([("email", "autre@courriel.example")]).await;
    phone.says(written("", "")).await;
    assert!(phone.page().alert().contains("Trop d’essais"), "{}", phone.page().alert());
    assert_eq!(phone.page().field("family_name"), "TESTTEST", "nothing typed is lost");
    assert!(world.dump().await.contains("registration_probed"), "the trail tells of it");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn reg_20_who_has_an_account_is_told_by_mail_and_not_on_the_screen(#[values(Sqlite, Postgres)] engine: Engine) {
    let post = Post::opens().await;
    let world = World::with(engine, by(&post)).await;
    let adzo = world.parent("Adzo Testtest").await;
    world.knows(&adzo.person_id, Some(ADDRESS), Some("2445"), None).await;
    world.child("Koffi Testtest", "2015-01-01", &[(&adzo, Standing::Legal)]).await;
    let accounts_before = world.rows().await["account"];
    let mut phone = world.phone();
    phone.gives_mail(ADDRESS).await.says(written("", "")).await;
    assert_eq!(phone.page().data_page(), "registration-sent", "the page is the same");
    let mail = link(&post, 1, ADDRESS).await;
    let text = mail.text().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("vous avez déjà un compte") && text.contains(&adzo.identifier), "{text}");
    assert!(mail.text().contains("/p/parents/mot-de-passe-oublie"), "and how one comes back: {}", mail.text());
    assert_eq!(world.rows().await["account"], accounts_before, "no second account");
    phone.gives_mail(ADDRESS).await.says(written("", "")).await;
    assert_eq!((phone.page().data_page().as_str(), post.arrived().len()), ("registration-sent", 1), "one mail");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn reg_22_reg_23_impossible_dates_and_empty_fields_are_told_before_any_look(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let post = Post::opens().await;
    let world = World::with(engine, by(&post)).await;
    adzo(&world).await;
    let mut phone = world.phone();
    phone.gives_mail(ADDRESS).await;
    let before = world.dump().await;
    let mut february = written("birth_day", "31");
    february.retain(|(name, _)| *name != "birth_month");
    february.push(("birth_month", "2"));
    for (fields, field) in [
        (february, "birth_day"),
        (written("birth_year", "2099"), "birth_day"),
        (written("birth_month", "13"), "birth_day"),
    ] {
        phone.says(fields).await;
        assert!(phone.page().alert().contains("Cette date n’existe pas"), "{}", phone.page().alert());
        assert!(phone.page().has(&format!("#{field}[aria-invalid]")));
        assert_eq!(phone.page().field("family_name"), "TESTTEST", "nothing typed is lost");
    }
    for field in ["family_name", "given_name", "birth_day", "birth_month", "birth_year", "school", "civic_number"] {
        phone.says(written(field, " ")).await;
        assert!(phone.page().has(&format!("#{field}[aria-invalid]")), "{field}: {}", phone.page().alert());
        assert!(phone.page().has(&format!("[role=alert] a[href='#{field}']")), "{field}: a link to its field");
        let other = if field == "civic_number" { ("given_name", "adzo") } else { ("civic_number", "2445") };
        assert_eq!(phone.page().field(other.0), other.1);
    }
    phone.says(written("school", "ailleurs")).await;
    assert!(phone.page().has("#school[aria-invalid]"), "a school that is not of this network");
    assert_eq!(world.dump().await, before, "nothing was counted or looked up");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn reg_12_reg_24_reg_27_an_old_link_is_renewed_and_a_letter_is_void(#[values(Sqlite, Postgres)] engine: Engine) {
    let post = Post::opens().await;
    let world = World::with(engine, by(&post)).await;
    let adzo = adzo(&world).await;
    let letter = world.prints_letter(&adzo, "parents").await.expect("a letter");
    let mut phone = world.phone();
    phone.gives_mail(ADDRESS).await.says(written("", "")).await;
    let old = link(&post, 1, ADDRESS).await.link();
    phone.opens("/p/parents/compte").await;
    assert_eq!(phone.page().data_page(), "sign-in", "nothing of the account opens before the mailbox is proven");
    world.waits(Duration::from_hours(24 * 8));
    phone.opens(&old).await;
    assert_eq!(phone.page().data_page(), "registration-over", "{}", phone.page().text());
    phone.presses("Recevoir un nouveau lien").await;
    assert_eq!(phone.page().data_page(), "registration-sent");
    let fresh = link(&post, 2, ADDRESS).await.link();
    assert_ne!(fresh, old);
    phone.opens(&fresh).await.chooses_with_question().await;
    assert_eq!(phone.page().data_page(), "registration-done", "{}", phone.page().text());
    assert_eq!(world.state(&adzo).await, AccountState::Operational, "the prepared account was taken over");
    let mut desk = world.desk();
    desk.opens(DOOR).await.submits([("identifier", adzo.identifier.as_str()), ("password", letter.as_str())]).await;
    assert_eq!(desk.page().data_page(), "sign-in", "its letter opens nothing any more");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn reg_25_a_new_child_appears_and_one_that_left_does_not(#[values(Sqlite, Postgres)] engine: Engine) {
    let post = Post::opens().await;
    let world = World::with(engine, by(&post)).await;
    let adzo = adzo(&world).await;
    let mut phone = world.phone();
    phone.gives_mail(ADDRESS).await.says(written("", "")).await;
    phone.opens(link(&post, 1, ADDRESS).await.link()).await.chooses_with_question().await;
    phone.opens(DOOR).await.submits([("identifier", ADDRESS), ("password", CHOSEN)]).await;
    let later = world.child("Ama Testtest", "2019-03-04", &[(&adzo, Standing::Legal)]).await;
    phone.opens("/p/parents/compte/enfants").await;
    assert!(phone.page().text().contains("Ama Testtest"), "without anybody's action: {}", phone.page().text());
    world.gives_child_as(&adzo, &later, Standing::Contact).await;
    phone.reloads().await;
    assert!(!phone.page().text().contains("Ama Testtest"), "{}", phone.page().text());
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn reg_07_fifty_press_the_same_button_and_one_account_is_made(#[values(Sqlite, Postgres)] engine: Engine) {
    let post = Post::opens().await;
    let world = World::with(engine, by(&post)).await;
    let adzo = adzo(&world).await;
    let mut phone = world.phone();
    phone.gives_mail(ADDRESS).await.says(written("", "")).await;
    let link = link(&post, 1, ADDRESS).await.link();
    let mut crowd = tokio::task::JoinSet::new();
    for _ in 0..12 {
        let (mut one, link) = (world.browser(), link.clone());
        crowd.spawn(async move {
            one.opens(&link).await;
            if one.shows("registration-password") {
                one.chooses_with_question().await;
            }
            one.page().data_page()
        });
    }
    while let Some(page) = crowd.join_next().await {
        assert_eq!(page.unwrap(), "registration-done");
    }
    let activated = world.audit(&adzo).await.iter().filter(|event| *event == "account_activated").count();
    assert_eq!(activated, 1, "once");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn hlp_10_the_help_form_is_filled_in_from_the_journey_that_failed(#[values(Sqlite, Postgres)] engine: Engine) {
    let post = Post::opens().await;
    let world = World::with(engine, by(&post)).await;
    adzo(&world).await;
    let mut phone = world.phone();
    phone.gives_mail(ADDRESS).await.says(written("civic_number", "9")).await.follows("Contacter l’école").await;
    for (field, text) in [("email", ADDRESS), ("family_name", "TESTTEST"), ("given_name", "adzo"), ("phone", "")] {
        assert_eq!(phone.page().field(field), text, "{field}");
    }
    assert!(phone.page().has("#school option[value=college][selected]"), "{}", phone.page().body);
    assert_eq!(phone.page().field("depuis"), "registration", "and says where it failed");
    phone.opens("/mot-de-passe-oublie").await.submits([("identifier", "nadia@courriel.example")]).await;
    phone.opens("/contacter-l-ecole?depuis=recovery-sent").await;
    assert_eq!(phone.page().field("email"), "nadia@courriel.example");
    phone.opens("/mot-de-passe-oublie").await.submits([("identifier", "nadia.roux")]).await;
    phone.opens("/contacter-l-ecole?depuis=recovery-sent").await;
    assert_eq!(phone.page().field("email"), "", "an identifier is no address");
    phone.opens("/mot-de-passe-oublie").await.submits([("identifier", "nadia@courriel.example")]).await;
    phone.opens("/contacter-l-ecole").await;
    assert_eq!(phone.page().field("email"), "", "who came by themselves begins empty");
}
