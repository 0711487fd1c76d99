//! A pupil's charter: in words of their age, and signed by a guardian where it says so.

use preau::{
    admin::charters as admin,
    domain::{CharterId, Identifier},
    store::{charters as store, roster},
};
use rstest::rstest;

use crate::{
    charters::charter,
    engine::{Engine, Postgres, Sqlite},
    people::Someone,
    world::World,
};

impl World {
    /// Writes a birth date into the roster.
    async fn is_born(&self, someone: &Someone, date: &str) {
        let mut person = preau::store::people::find(self.db(), &someone.person_id).await.unwrap().expect("a person");
        person.birth_date = Some(date.into());
        let mut tx = self.db().begin().await.unwrap();
        roster::put_person(&mut tx, &person, &serde_json::Map::new(), self.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// The secretary records a signature on paper.
    async fn records_paper(&self, id: &str, pupil: &Someone) -> Result<(), admin::NotSigned> {
        let published = store::find(self.db(), &CharterId::new(id)).await.unwrap().expect("a charter");
        admin::sign(self.db(), &self.operator(), &published.charter, &Identifier::new(&pupil.identifier)).await.unwrap()
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn cha_07_a_pupil_under_fifteen_accepts_and_a_guardian_signs_before_anything_opens(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let world = World::on(engine).await;
    world.publishes(&charter("eleves-1", "1", "\"pupil\"", "blocking = true")).await;
    let (nadia, ilyes, agenda) =
        (world.parent("Nadia Roux").await, world.pupil("Ilyès Roux").await, world.service("agenda").await);
    let marc = world.parent("Marc Petit").await;
    world.gives_child(&nadia, &ilyes).await;
    world.is_born(&ilyes, "2015-04-21").await;
    let mut desk = world.desk();
    desk.opens(agenda.sign_in(&[])).await.signs_in(&ilyes).await;
    assert_eq!(desk.page().data_page(), "charter");
    let said = desk.page().text();
    assert!(said.contains("Lis la charte") && said.contains("Un de tes parents devra aussi"), "{said}");
    desk.accepts(&["eleves-1"]).await;
    assert_eq!(desk.page().data_page(), "charter-waits", "{}", desk.page().text());
    assert!(desk.page().text().contains("« Enfants »"), "{}", desk.page().text());
    desk.follows("Réessayer").await;
    assert_eq!(desk.page().data_page(), "charter-waits");
    // Somebody else's parent sees nothing and signs nothing.
    let mut other = world.phone();
    other.signs_in(&marc).await.opens(world.at("/charte")).await;
    assert!(other.page().text().contains("Aucune charte"), "{}", other.page().text());
    let address = format!("/charte/enfant/{}/eleves-1", ilyes.account_id);
    let token = other.page().field("form_token");
    assert_eq!(token, "", "there is nothing to send");
    other.opens(world.at("/deconnexion")).await;
    let (token, origin) = (other.page().field("form_token"), world.origin().origin().ascii_serialization());
    other.posts(&address, Some(&origin), &[("form_token", &token), ("accept-eleves-1", "fr")]).await;
    desk.follows("Réessayer").await;
    assert_eq!(desk.page().data_page(), "charter-waits", "a stranger's signature counts for nothing");
    // Nadia does.
    let mut phone = world.phone();
    phone.signs_in(&nadia).await.opens(world.at("/compte/enfants")).await;
    let way = phone.page().attribute("#chartes a", "href").expect("a charter that waits, under Enfants");
    assert!(way.ends_with(&address), "{way}");
    phone.opens(world.at("/charte")).await;
    assert!(phone.page().texts(".rows li").concat().contains("En attente du responsable"), "{}", phone.page().text());
    phone.follows("Lire et accepter pour Ilyès").await;
    assert_eq!(phone.page().data_page(), "charter-child");
    assert!(
        phone.page().text().contains("L’accord d’un responsable est demandé pour Ilyès"),
        "{}",
        phone.page().text()
    );
    phone.presses("Accepter pour Ilyès").await;
    assert!(phone.page().alert().starts_with("Cochez"), "a tick is needed");
    phone.accepts(&["eleves-1"]).await;
    assert_eq!(phone.page().data_page(), "charters");
    assert!(!phone.page().text().contains("Ilyès"), "nothing waits any more: {}", phone.page().text());
    desk.follows("Réessayer").await;
    assert!(desk.place().as_str().starts_with(&agenda.redirect_uri), "{}", desk.place());
    let lines = world.charter_lines(&ilyes).await;
    assert_eq!(lines.iter().map(|line| line.0.as_str()).collect::<Vec<_>>(), ["charter_accepted", "charter_signed"]);
    assert_eq!((&lines[0].1["awaits_guardian"], &lines[1].1["on_paper"]), (&true.into(), &false.into()));
    let trail = preau::store::audit::list(world.db(), &ilyes.account_id).await.unwrap();
    assert_eq!(trail.last().expect("a line").actor_id.as_ref(), Some(&nadia.account_id), "the acting person");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn cha_07_where_it_does_not_block_the_pupil_goes_on_and_paper_is_as_good(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let world = World::on(engine).await;
    world.publishes(&charter("eleves-1", "1", "\"pupil\"", "requires_guardian = \"always\"")).await;
    let (nadia, ilyes, zoe, agenda) = (
        world.parent("Nadia Roux").await,
        world.pupil("Ilyès Roux").await,
        world.pupil("Zoé Roux").await,
        world.service("agenda").await,
    );
    world.gives_child(&nadia, &ilyes).await;
    world.gives_child(&nadia, &zoe).await;
    let mut desk = world.desk();
    desk.opens(agenda.sign_in(&[])).await.signs_in(&ilyes).await.accepts(&["eleves-1"]).await;
    assert!(desk.place().as_str().starts_with(&agenda.redirect_uri), "{}", desk.place());
    desk.opens(world.at("/charte")).await;
    assert!(desk.page().texts(".rows li").concat().contains("En attente du responsable"), "{}", desk.page().text());
    let mut phone = world.phone();
    phone.signs_in(&nadia).await.opens(world.at("/charte")).await;
    assert_eq!(phone.page().texts(".rows li").len(), 2, "the other child may be signed for before it has signed in");
    // On paper, before Zoé ever came: the charter is settled for her.
    assert_eq!(world.records_paper("eleves-1", &zoe).await, Ok(()));
    assert_eq!(world.records_paper("eleves-1", &zoe).await, Err(admin::NotSigned::Already));
    assert_eq!(world.records_paper("eleves-1", &nadia).await, Err(admin::NotSigned::NotTheirs));
    phone.reloads().await;
    assert_eq!(phone.page().texts(".rows li").len(), 1);
    let mut desk = world.desk();
    desk.opens(agenda.sign_in(&[])).await.signs_in(&zoe).await;
    assert!(desk.place().as_str().starts_with(&agenda.redirect_uri), "{}", desk.page().text());
    let lines = world.charter_lines(&zoe).await;
    assert_eq!((lines[0].0.as_str(), &lines[0].1["on_paper"], lines[0].2), ("charter_signed", &true.into(), false));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn cha_07_whoever_is_fifteen_accepts_alone(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    world.publishes(&charter("eleves-1", "1", "\"pupil\"", "blocking = true")).await;
    let (noe, agenda) = (world.pupil("Noé Roux").await, world.service("agenda").await);
    world.is_born(&noe, "2008-01-30").await;
    let mut desk = world.desk();
    desk.opens(agenda.sign_in(&[])).await.signs_in(&noe).await;
    assert!(desk.page().text().contains("Ton accord est enregistré avec la date"), "{}", desk.page().text());
    desk.accepts(&["eleves-1"]).await;
    assert!(desk.place().as_str().starts_with(&agenda.redirect_uri), "{}", desk.place());
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn cha_01_the_account_page_waits_for_the_charter_like_any_service(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    world.publishes(&charter("familles-3", "3", "\"parent\"", "")).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.signs_in(&nadia).await;
    for path in ["/compte", "/compte/enfants", "/compte/securite", "/compte/donnees/fichier"] {
        phone.opens(path).await;
        assert_eq!(phone.page().data_page(), "charter", "{path}");
    }
    phone.accepts(&["familles-3"]).await;
    phone.opens("/compte/donnees/fichier").await;
    let file: serde_json::Value = serde_json::from_str(&phone.page().body).expect("JSON");
    assert_eq!((&file["charters"][0]["id"], &file["charters"][0]["version"]), (&"familles-3".into(), &"3".into()));
    assert!(file["charters"][0]["accepted_at"].is_string());
}
