//! The tabs Enfants, Services and Données.

use std::time::Duration;

use preau::{
    config::Settings,
    domain::{Affiliation, Establishment, EstablishmentId, Group, GroupId, GroupKind, Membership, Profile},
    store::roster,
};
use rstest::rstest;
use serde_json::{Value, json};

use crate::{
    engine::{Engine, Postgres, Sqlite},
    people::{Someone, Who, school},
    post::Post,
    world::World,
};

const OFFICE: &str = "secretariat@college.example";

fn by(post: &Post) -> impl FnOnce(&mut Settings) {
    let url = post.url.clone();
    move |settings| settings.mail.smtp = url
}

impl World {
    /// Puts a pupil in a class of everybody's school.
    pub async fn puts_in_class(&self, pupil: &Someone, name: &str) {
        self.puts_in_class_of(pupil, name, "4e").await;
    }

    /// The same of a class of that level.
    pub async fn puts_in_class_of(&self, pupil: &Someone, name: &str, level: &str) {
        let group = Group {
            id: GroupId::new(name),
            establishment_id: school().id,
            kind: GroupKind::Class,
            name: name.into(),
            level: level.into(),
            year: 2026,
        };
        let mut tx = self.db().begin().await.unwrap();
        roster::put_group(&mut tx, &group).await.unwrap();
        roster::put_membership(&mut tx, &pupil.person_id, &group.id, Membership::Pupil).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Gives somebody a place at the school of the other town.
    async fn enrols_at_the_other_school(&self, someone: &Someone, profile: Profile) {
        let other = Establishment {
            id: EstablishmentId::new("ecole"),
            code: "0590002B".into(),
            name: "École Jules-Ferry".into(),
            ..school()
        };
        let place = Affiliation {
            person_id: someone.person_id.clone(),
            profile,
            establishment_id: other.id.clone(),
            function: None,
        };
        let mut tx = self.db().begin().await.unwrap();
        roster::put_establishment(&mut tx, &other).await.unwrap();
        roster::put_affiliation(&mut tx, &place).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// A second letter for a person of that name, who is another row of the roster.
    async fn second_letter(&self, name: &str, identifier: &str) -> Someone {
        let places: &[(Profile, _)] = &[(Profile::Parent, None)];
        let someone = self.enrols(Who { identifier: Some(identifier), ..Who::named(name, places) }).await;
        let mut account =
            preau::store::accounts::find(self.db(), &someone.account_id).await.unwrap().expect("an account");
        (account.credential, account.email) = (preau::domain::Credential::None, None);
        self.changes(preau::domain::AccountChange::Overwritten { account: Box::new(account) }).await;
        let password = self.prints_letter(&someone, "default").await.expect("a letter");
        Someone { password, ..someone }
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn acc_08_act_21_children_are_listed_and_a_wrong_link_is_suspended(#[values(Sqlite, Postgres)] engine: Engine) {
    let post = Post::opens().await;
    let world = World::with(engine, by(&post)).await;
    let nadia = world.parent("Nadia Roux").await;
    let (ilyes, lina) = (world.pupil("Ilyès Roux").await, world.pupil("Lina Roux").await);
    world.changes_school(|school| school.email = Some(OFFICE.into())).await;
    world.puts_in_class(&ilyes, "4e B").await;
    world.gives_child(&nadia, &ilyes).await;
    world.gives_child(&nadia, &lina).await;
    let mut phone = world.phone();
    phone.opens_account(&nadia).await.follows("Enfants").await;
    assert_eq!(phone.page().data_page(), "account-children");
    let text = phone.page().text();
    assert!(text.contains("Ilyès Roux Collège Jean-Moulin · 4e B"), "{text}");
    assert!(text.contains("Lina Roux Collège Jean-Moulin"), "{text}");
    let wrong =
        phone.page().forms().into_iter().find(|form| {
            form.fields.iter().any(|(name, value)| name == "child" && *value == lina.person_id.to_string())
        });
    let token = wrong.expect("a form for Lina").fields.iter().find(|(name, _)| name == "form_token").unwrap().1.clone();
    let fields = [("form_token", token.as_str()), ("child", lina.person_id.as_str()), ("answer", "not-mine")];
    phone.posts("/compte/enfants", None, &fields).await;
    assert!(phone.page().text().contains("Lien suspendu, demande transmise"), "{}", phone.page().text());
    let mail = post.awaits(1).await.remove(0);
    assert_eq!(mail.to.concat(), OFFICE);
    assert!(mail.text().contains("Lina Roux") && mail.text().contains("Nadia Roux"), "{}", mail.text());
    let facts = preau::store::people::find_facts(world.db(), &nadia.account_id).await.unwrap().expect("facts");
    let names: Vec<_> = facts.children.iter().map(|child| child.given_name.as_str()).collect();
    assert_eq!(names, ["Ilyès"], "services learn nothing of her any more");
    assert!(world.audit(&nadia).await.contains(&"guardianship_disputed".to_owned()));
    phone.submits([("message", "Il manque Inès, en 6e A.")]).await;
    assert!(phone.page().text().contains("Le message est parti au secrétariat"), "{}", phone.page().text());
    let mail = post.awaits(2).await.remove(1);
    assert!(mail.text().contains("Il manque Inès, en 6e A."), "{}", mail.text());
    let pupil = world.pupil("Paul Petit").await;
    let mut desk = world.desk();
    desk.opens_account(&pupil).await;
    assert!(desk.page().link("Enfants").is_none(), "only parents have the tab");
    desk.opens("/compte/enfants").await;
    assert_eq!(desk.page().data_page(), "account");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn act_22_sso_09_a_second_letter_becomes_part_of_the_account(#[values(Sqlite, Postgres)] engine: Engine) {
    let post = Post::opens().await;
    let world = World::with(engine, by(&post)).await;
    let nadia = world.parent("Nadia Roux").await;
    let lina = world.pupil("Lina Roux").await;
    let letter = world.second_letter("Nadia Roux-Diallo", "n.rouxdiallo").await;
    world.enrols_at_the_other_school(&letter, Profile::Parent).await;
    world.gives_child(&letter, &lina).await;
    let agenda = world.service("agenda").await;
    let mut phone = world.signed_in(&nadia, &agenda).await;
    let code = phone.place().query_pairs().find(|(name, _)| name == "code").expect("a code").1.into_owned();
    let before = world.redeems(&agenda, &code, &[]).await.id_token()["sub"].clone();
    phone.opens(world.origin().join("/compte/enfants").unwrap()).await;
    let add = |identifier: &str, password: &str, current: &str| {
        [
            ("identifier", identifier.to_owned()),
            ("password", password.to_owned()),
            ("current_password", current.to_owned()),
        ]
    };
    phone.submits(add(&letter.identifier, &letter.password, "").iter().map(|(n, v)| (*n, v))).await;
    assert!(phone.page().has("#current_password[aria-invalid]"), "{}", phone.page().alert());
    phone.submits(add(&letter.identifier, &letter.password, "pas le bon").iter().map(|(n, v)| (*n, v))).await;
    assert!(phone.page().alert().contains("Ce mot de passe ne convient pas."), "{}", phone.page().alert());
    for (identifier, password) in [(letter.identifier.as_str(), "xxxx-xxxx-xxxx"), ("personne", "xxxx-xxxx-xxxx")] {
        phone.submits(add(identifier, password, &nadia.password).iter().map(|(n, v)| (*n, v))).await;
        assert!(phone.page().alert().contains("Identifiant ou mot de passe incorrect."), "{}", phone.page().alert());
    }
    phone.submits(add(&letter.identifier, &letter.password, &nadia.password).iter().map(|(n, v)| (*n, v))).await;
    let text = phone.page().text();
    assert!(text.contains("fait maintenant partie de votre compte") && text.contains("Lina Roux"), "{text}");
    phone.submits(add(&letter.identifier, &letter.password, &nadia.password).iter().map(|(n, v)| (*n, v))).await;
    assert!(!phone.page().alert().is_empty(), "once");
    let facts = preau::store::people::find_facts(world.db(), &nadia.account_id).await.unwrap().expect("facts");
    let codes: Vec<_> = facts.affiliations.iter().map(|(_, _, school)| school.code.as_str()).collect();
    assert_eq!(codes, ["0590001A", "0590002B"], "one account carries every affiliation");
    let mut desk = world.desk();
    desk.tries(&letter.identifier, &nadia.password).await;
    assert_eq!(desk.page().data_page(), "home", "the second identifier finds the account");
    assert!(desk.page().text().contains(&nadia.identifier));
    let mut tablet = world.browser();
    tablet.tries(&letter.identifier, &letter.password).await;
    assert_eq!(tablet.page().data_page(), "sign-in", "the letter opens nothing any more");
    desk.opens(agenda.sign_in(&[])).await;
    let code = desk.place().query_pairs().find(|(name, _)| name == "code").expect("a code").1.into_owned();
    assert_eq!(world.redeems(&agenda, &code, &[]).await.id_token()["sub"], before, "the subject stays");
    assert!(world.audit(&letter).await.contains(&"account_merged".to_owned()));
    assert!(world.audit(&nadia).await.contains(&"account_took_in".to_owned()));
    assert_eq!(post.awaits(1).await[0].to.concat(), nadia.email);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn act_22_somebody_else_s_letter_is_refused_with_the_way_to_the_school(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let letter = world.parent_with_letter("Karim Roux").await;
    let mut phone = world.phone();
    phone.opens_account(&nadia).await.follows("Enfants").await;
    let fields = [
        ("identifier", letter.identifier.as_str()),
        ("password", letter.password.as_str()),
        ("current_password", nadia.password.as_str()),
    ];
    phone.submits(fields).await;
    assert!(phone.page().alert().contains("au nom d’une autre personne"), "{}", phone.page().alert());
    let mut desk = world.desk();
    desk.comes_with_letter(&letter).await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn services_are_listed_with_what_they_learn_and_agreements_are_taken_back(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let stranger = world.service_with("cahier", json!({ "client_name": "Cahier malin", "first_party": false })).await;
    let mut phone = world.phone();
    phone.opens(stranger.sign_in(&[])).await.signs_in(&nadia).await;
    assert_eq!(phone.page().data_page(), "consent");
    phone.presses("Accepter").await;
    let code = phone.place().query_pairs().find(|(name, _)| name == "code").expect("a code").1.into_owned();
    let reply = world.redeems(&stranger, &code, &[]).await;
    let token = reply.text("access_token").to_owned();
    assert_eq!(world.userinfo(&token).await.status, 200);
    phone.opens(world.origin().join("/compte/services").unwrap()).await;
    assert_eq!(phone.page().data_page(), "account-services");
    let text = phone.page().text();
    assert!(
        text.contains("Cahier malin") && text.contains("Dernière ouverture") && text.contains("Avec votre accord"),
        "{text}"
    );
    let button = phone
        .page()
        .forms()
        .iter()
        .flat_map(|form| form.buttons.clone())
        .map(|(label, ..)| label)
        .find(|label| label.starts_with("Retirer mon accord"))
        .expect("a button");
    phone.presses(&button).await;
    assert!(phone.page().text().contains("Votre accord est retiré."), "{}", phone.page().text());
    assert_eq!(world.userinfo(&token).await.status, 401, "what was granted ends");
    phone.opens(stranger.sign_in(&[])).await;
    assert_eq!(phone.page().data_page(), "consent", "it is asked for anew");
    assert!(world.audit(&nadia).await.contains(&"consent_withdrawn".to_owned()));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn acc_17_one_s_data_is_read_taken_along_and_corrected_by_the_school(#[values(Sqlite, Postgres)] engine: Engine) {
    let post = Post::opens().await;
    let world = World::with(engine, by(&post)).await;
    let nadia = world.parent("Nadia Roux").await;
    let ilyes = world.pupil("Ilyès Roux").await;
    world.gives_child(&nadia, &ilyes).await;
    let mut phone = world.phone();
    phone.opens_account(&nadia).await.follows("Données").await;
    let text = phone.page().text();
    for known in ["Nadia", "Roux", &nadia.identifier, "Collège Jean-Moulin", "Ilyès Roux", "Firefox, Android"] {
        assert!(text.contains(known), "{known}: {text}");
    }
    phone.submits([("message", "Mon prénom est Nadja.")]).await;
    assert!(phone.page().text().contains("Aucune adresse de secrétariat"), "{}", phone.page().text());
    world.changes_school(|school| school.email = Some(OFFICE.into())).await;
    for _ in 0..2 {
        phone.submits([("message", "Mon prénom est Nadja.")]).await;
        assert!(phone.page().text().contains("Le message est parti"), "{}", phone.page().text());
    }
    assert_eq!(post.awaits(1).await[0].to.concat(), OFFICE);
    for _ in 0..2 {
        world.waits(Duration::from_mins(3));
        phone.submits([("message", "Mon prénom est Nadja.")]).await;
    }
    world.waits(Duration::from_mins(3));
    phone.submits([("message", "Mon prénom est Nadja.")]).await;
    assert!(phone.page().text().contains("Plusieurs messages"), "{}", phone.page().text());
    assert_eq!(post.awaits(3).await.len(), 3, "the same twice is one mail, and three an hour");
    phone.opens("/compte/donnees/fichier").await;
    assert!(phone.page().header("content-disposition").starts_with("attachment"));
    let file: Value = serde_json::from_str(&phone.page().body).expect("JSON");
    assert_eq!(file["account"]["identifier"], nadia.identifier.as_str());
    assert_eq!(file["children"][0]["name"], "Ilyès Roux");
    assert!(file["history"].as_array().unwrap().iter().any(|line| line["event"] == "signed_in"));
    assert!(!phone.page().body.contains("argon2"), "no hash is in it");
    assert!(!phone.page().body.contains(phone.cookie("preau_session").unwrap()));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn act_21_a_child_that_is_not_the_readers_is_ticked_and_the_activation_goes_on(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let post = Post::opens().await;
    let world = World::with(engine, by(&post)).await;
    let nadia = world.parent_with_letter("Nadia Roux").await;
    let (ilyes, other) = (world.pupil("Ilyès Roux").await, world.pupil("Hugo Blanc").await);
    world.gives_child(&nadia, &ilyes).await;
    world.gives_child(&nadia, &other).await;
    world.changes_school(|school| school.email = Some(OFFICE.into())).await;
    let mut phone = world.phone();
    phone.comes_with_letter(&nadia).await;
    let tick = format!("not_mine_{}", other.person_id);
    assert!(phone.page().text().contains("Je ne suis pas le responsable de cet élève : Hugo Blanc"));
    phone.submits([("new_password", "court"), ("confirmation", "court"), ("email", &nadia.email), (&tick, "1")]).await;
    assert!(phone.page().has(&format!("[name={tick}][checked]")), "a refused form keeps the tick");
    let password = crate::letters::CHOSEN;
    phone.submits([("new_password", password), ("confirmation", password), ("email", &nadia.email)]).await;
    assert_eq!(phone.page().data_page(), "check-mail", "{}", phone.page().text());
    let facts = preau::store::people::find_facts(world.db(), &nadia.account_id).await.unwrap().expect("facts");
    assert_eq!(facts.children.len(), 1, "one link is suspended");
    assert_eq!(facts.children[0].given_name, "Ilyès");
    let arrived = post.awaits(2).await;
    let mail = arrived.iter().find(|mail| mail.to.concat() == OFFICE).expect("a mail to the school");
    assert!(mail.text().contains("Hugo Blanc") && !mail.text().contains("Ilyès"), "{}", mail.text());
}
