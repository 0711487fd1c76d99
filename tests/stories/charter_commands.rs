//! Charters at the command line, beside a running server.

use std::fs;

use preau::domain::{CharterId, Profile};
use rstest::rstest;

use crate::{
    charters::charter,
    commands::within_two_seconds,
    engine::{Engine, Postgres, Sqlite},
    people::Who,
    world::World,
};

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn cha_06_a_running_server_asks_for_what_is_published_and_a_version_never_changes(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let path = world.dir().join("charte.md");
    let file = path.to_str().unwrap();
    let text = charter("familles-3", "3", "\"parent\"", "establishment = \"0590001A\"");
    fs::write(&path, &text).unwrap();
    let (fine, told) = world.runs(&["charter", "publish", file]).await;
    assert!(fine && told.contains("familles-3: published"), "{told}");
    let id = CharterId::new("familles-3");
    within_two_seconds("the charter is in force", || world.app().charters.load().find(&id).is_some()).await;
    let mut phone = world.phone();
    phone.signs_in(&nadia).await;
    assert_eq!(phone.page().data_page(), "charter");
    let (fine, told) = world.runs(&["charter", "publish", "--json", file]).await;
    assert!(fine && told.contains("\"changed\":false"), "{told}");
    fs::write(&path, text.replace("L’essentiel", "Autre chose")).unwrap();
    let (fine, told) = world.runs(&["charter", "publish", file]).await;
    assert!(!fine && told.contains("never changes") && told.contains("nothing was published"), "{told}");
    let (fine, told) = world.runs(&["charter", "list"]).await;
    assert!(fine && told.contains("familles-3  version 3  0590001A  parent") && told.contains("0 accepted"), "{told}");
    let (fine, shown) = world.runs(&["charter", "show", "familles-3"]).await;
    assert!(fine && shown.trim_end() == text.trim_end(), "the file, to the letter: {shown}");
    let (fine, told) = world.runs(&["charter", "show", "familles-9"]).await;
    assert!(!fine && told.contains("no charter is called familles-9"), "{told}");
    // Two files, one of them faulty: none is published, and every fault is named.
    let other = world.dir().join("autre.md");
    fs::write(&path, charter("familles-4", "3", "\"parent\"", "establishment = \"0590001A\"")).unwrap();
    fs::write(
        &other,
        "+++\nid = \"b\"\nversion = \"1\"\nprofiles = []\neffect = 2026-01-01\n+++ fr\n# B\n\n<i>b</i>\n",
    )
    .unwrap();
    let (fine, told) = world.runs(&["charter", "publish", file, other.to_str().unwrap()]).await;
    for fault in
        ["`version` 3 is that of familles-3", "`profiles` must be", "`fr, line 9` holds HTML", "nothing was published"]
    {
        assert!(!fine && told.contains(fault), "{fault}: {told}");
    }
    let early =
        charter("familles-2", "2", "\"parent\"", "establishment = \"0590001A\"").replace("2020-01-05", "2019-01-05");
    fs::write(&path, early).unwrap();
    let (fine, told) = world.runs(&["charter", "publish", file]).await;
    assert!(!fine && told.contains("would never be in force"), "{told}");
    fs::write(&path, charter("x-1", "1", "\"parent\"", "establishment = \"0999999Z\"")).unwrap();
    let (fine, told) = world.runs(&["charter", "publish", file]).await;
    assert!(!fine && told.contains("0999999Z is no school"), "{told}");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn cha_11_the_proof_names_who_accepted_what_and_no_cell_is_a_formula(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    world.publishes(&charter("tous-1", "1", "\"pupil\", \"parent\"", "requires_guardian = \"always\"")).await;
    let nadia = world.parent("Nadia Roux").await;
    let sly = world
        .enrols(Who { identifier: Some("ruse"), ..Who::named("Zoé =HYPERLINK(1)", &[(Profile::Pupil, None)]) })
        .await;
    let absent = world.pupil("Noé Roux").await;
    let class = preau::domain::Group {
        id: preau::domain::GroupId::new("4b"),
        establishment_id: crate::people::school().id,
        kind: preau::domain::GroupKind::Class,
        name: "4e B".into(),
        level: "4e".into(),
        year: 2026,
    };
    let mut tx = world.db().begin().await.unwrap();
    preau::store::roster::put_group(&mut tx, &class).await.unwrap();
    let role = preau::domain::Membership::Pupil;
    preau::store::roster::put_membership(&mut tx, &sly.person_id, &class.id, role).await.unwrap();
    tx.commit().await.unwrap();
    for someone in [&nadia, &sly] {
        world.phone().signs_in(someone).await.accepts(&["tous-1"]).await;
    }
    let (fine, told) = world.runs(&["charter", "sign", "tous-1", "ruse", "personne"]).await;
    assert!(!fine && told.contains("ruse: signed") && told.contains("personne: nobody is called so"), "{told}");
    let (fine, csv) = world.runs(&["charter", "export"]).await;
    let lines: Vec<&str> = csv.lines().map(str::trim_end).collect();
    assert!(fine && lines.len() == 3, "{csv}");
    assert!(
        lines[0].starts_with(
            "school_code,school,class,family_name,given_name,identifier,profile,charter,version,accepted_at"
        )
    );
    assert!(
        lines[1].starts_with("0590001A,Collège Jean-Moulin,4e B,'=HYPERLINK(1),Zoé,ruse,pupil,tous-1,1,20"),
        "{csv}"
    );
    assert!(lines[1].contains(",fr,the person,20") && lines[1].contains(",on paper,"), "{csv}");
    assert!(lines[2].contains(",,Roux,Nadia,nadia.roux,parent,tous-1,1,20"), "{csv}");
    for secret in [absent.identifier.as_str(), "127.0.0", "argon2", nadia.password.as_str()] {
        assert!(!csv.contains(secret), "{secret}: {csv}");
    }
    let path = world.dir().join("preuve.csv");
    let file = path.to_str().unwrap();
    let (fine, told) = world.runs(&["charter", "export", "tous-1", "--class", "4e B", "-o", file]).await;
    assert!(fine && told.contains("1 lines"), "{told}");
    assert_eq!(fs::read_to_string(&path).unwrap().lines().count(), 2);
    let (fine, csv) = world.runs(&["charter", "export", "--establishment", "0000000X"]).await;
    assert!(fine && csv.lines().count() == 1, "{csv}");
    let (fine, told) = world.runs(&["charter", "list", "--json"]).await;
    assert!(fine && told.contains("\"accepted\":2") && told.contains("\"signed_by_guardian\":1"), "{told}");
}
