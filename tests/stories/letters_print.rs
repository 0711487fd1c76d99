//! What a school prints, and what happens at the door with it.

use std::{fs, os::unix::fs::PermissionsExt, path::Path, process::Command};

use preau::{
    domain::{AccountChange, AccountState, Affiliation, Function, Identifier, Person, PersonId, Presence, Profile},
    store::{accounts, roster},
};
use rstest::rstest;
use serde_json::{Value, json};

use crate::{
    engine::{Engine, Postgres, Sqlite},
    letters::CHOSEN,
    page::Page,
    world::World,
};

/// A school whose people have names of every kind.
fn network() -> Value {
    let school = json!({"code": "0610999Z", "name": "Collège Les Tilleuls", "town": "Argentan",
        "email": "secretariat@tilleuls.example", "phone": "02 00 00 00 00", "kind": "lower_secondary"});
    let primary =
        json!({"code": "0610998Y", "name": "École Jean-Rostand", "town": "Argentan", "kind": "primary_school"});
    let pupil = |key: &str, given_name: &str, family_name: &str, class: &str| {
        json!({"identifier": key, "profile": "pupil", "given_name": given_name, "family_name": family_name,
            "establishment": school, "classes": [class]})
    };
    let parent = |key: &str, given_name: &str, family_name: &str, children: &[&str]| {
        json!({"join_key": key, "profile": "parent", "given_name": given_name, "family_name": family_name,
            "establishment": school, "children": children})
    };
    let mut malo = pupil("malo.aubry", "Malo", "Aubry", "CE2 A");
    malo["establishment"] = primary;
    json!([
        malo,
        pupil("ines.moreau", "Inès", "Moreau-Diallo", "4e B"),
        pupil("tom.eclair", "Tom", "Éclair", "10e"),
        pupil("ana.edel", "Ana", "Edel", "6e A"),
        parent("p1", "Delphine", "Moreau", &["ines.moreau", "malo.aubry"]),
        parent("p2", "Karim", "Diallo", &["ines.moreau"]),
        parent("p3", "N'Golo <script>alert(1)</script>", "D’Œuvre-Łącki\u{202e}Weiß", &["ana.edel"]),
        parent("p4", &"Maximilien-Anastase ".repeat(3), &"de Montgolfier ".repeat(4), &["ana.edel"]),
        parent("p5", "Delphine", "Moreau", &["tom.eclair"]),
    ])
}

impl World {
    async fn enrols_network(&self) {
        let people = self.dir().join("people.json");
        fs::write(&people, network().to_string()).unwrap();
        let (fine, told) = self.runs(&["people", "apply", "--json", people.to_str().unwrap()]).await;
        assert!(fine && told.contains("\"delphine.moreau\"") && told.contains("\"delphine.moreau2\""), "{told}");
        let (_, again) = self.runs(&["people", "apply", "--json", people.to_str().unwrap()]).await;
        assert!(!again.contains("\"changed\":true"), "the same people: {again}");
    }

    /// Prints letters of the college; what was told, and the PDF's pages as text.
    async fn prints(&self, further: &[&str]) -> (Value, Vec<String>) {
        let pdf = self.dir().join("letters.pdf");
        let arguments = ["letters", "--establishment", "0610999Z", "--json", "--force", "-o", pdf.to_str().unwrap()];
        let output = self.preau(&[&arguments[..], further].concat()).output().await.unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        (serde_json::from_slice(&output.stdout).unwrap(), pages(&pdf))
    }
}

/// The pages of a PDF as another program reads them.
pub fn pages(pdf: &Path) -> Vec<String> {
    let output = Command::new("pdftotext").arg(pdf).arg("-").output().expect("scripts/install-missing test");
    let text = String::from_utf8(output.stdout).unwrap().replace(['\u{a0}', '\u{202f}'], " ");
    text.split('\u{c}').filter(|page| !page.trim().is_empty()).map(str::to_owned).collect()
}

/// The line of a page that follows a label.
pub fn after(page: &str, label: &str) -> String {
    let mut lines = page.lines().map(str::trim).filter(|line| !line.is_empty()).skip_while(|line| *line != label);
    lines.nth(1).unwrap_or_else(|| panic!("no {label} in {page}")).to_owned()
}

fn identifiers(told: &Value) -> Vec<&str> {
    told["letters"].as_array().unwrap().iter().map(|letter| letter["identifier"].as_str().unwrap()).collect()
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn act_01_rgn_08_prv_04_what_is_printed_opens_the_activation(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    world.enrols_network().await;
    let (told, pages) = world.prints(&["--profile", "parent", "--class", "4e B"]).await;
    assert_eq!(identifiers(&told), ["karim.diallo", "delphine.moreau"], "as French sorts: {told}");
    let page = pages.last().unwrap();
    for said in [
        "Collège Les Tilleuls",
        "Argentan, le",
        "02 00 00 00 00",
        "secretariat@tilleuls.example",
        "Delphine Moreau",
        "Inès Moreau-Diallo, 4e B",
        "Malo Aubry, CE2 A (École Jean-Rostand)",
        "Votre compte de parent est prêt",
        "À utiliser avant le",
        "Une seule fois, en cinq minutes",
        "Activer mon compte",
        "Cette lettre remplace les précédentes.",
    ] {
        assert!(page.replace('\n', " ").contains(said), "{said}: {page}");
    }
    let (identifier, password) = (after(page, "Identifiant"), after(page, "Mot de passe provisoire"));
    assert_eq!(after(page, "Adresse"), world.origin().as_str().trim_start_matches("http://").trim_end_matches('/'));
    assert_eq!((identifier.as_str(), password.len()), ("delphine.moreau", 14));
    assert!(!world.dump().await.contains(&password), "never stored in clear");
    let mode = fs::metadata(world.dir().join("letters.pdf")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);

    let mut phone = world.phone();
    phone.opens("/connexion").await;
    phone.submits([("identifier", identifier.as_str()), ("password", password.as_str())]).await;
    assert_eq!(phone.page().data_page(), "activation", "{}", phone.page().text());
    phone.chooses(CHOSEN, "delphine@example.org").await;
    let account = accounts::find_by_identifier(world.db(), &Identifier::new(&identifier)).await.unwrap().unwrap();
    assert_eq!(account.state(), AccountState::Confirming);

    let (told, _) = world.prints(&["--class", "4e B"]).await;
    assert_eq!(identifiers(&told), ["ines.moreau", "karim.diallo"], "what was begun stays: {told}");
    assert_eq!(told["skipped"][0]["reason"], "begun", "{told}");
    assert_eq!(told["replaced"], 1, "Karim's first letter is void: {told}");
    let (told, _) = world.prints(&["--identifier", "Delphine.Moreau"]).await;
    assert_eq!((identifiers(&told), &told["replaced"]), (vec!["delphine.moreau"], &json!(1)), "who asks gets one");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn rgn_09_rgn_10_one_letter_for_each_by_class_then_name(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    world.enrols_network().await;
    let blocked = accounts::find_by_identifier(world.db(), &Identifier::new("karim.diallo")).await.unwrap().unwrap();
    world.changes(AccountChange::Suspended { id: blocked.id, reason: "une raison".into() }).await;
    let mut gone = accounts::find_by_identifier(world.db(), &Identifier::new("tom.eclair")).await.unwrap().unwrap();
    gone.presence = Presence::Departing { since: world.clock.now() };
    world.changes(AccountChange::Overwritten { account: Box::new(gone) }).await;

    let (told, pages) = world.prints(&[]).await;
    let expected = ["ines.moreau", "delphine.moreau", "ana.edel", "ngolo", "maximilien", "delphine.moreau2"];
    let found = identifiers(&told);
    assert!(found.len() == 6 && found.iter().zip(expected).all(|(found, start)| found.starts_with(start)), "{told}");
    assert_eq!(pages.len(), 6, "an account, a page");
    for (page, identifier) in pages.iter().zip(&found) {
        assert_eq!(page.matches("Identifiant\n").count(), 1, "{page}");
        let squeezed: String = page.split_whitespace().collect();
        assert!(squeezed.contains(identifier), "{identifier}: {page}");
    }
    let reasons: Vec<_> = told["skipped"].as_array().unwrap().iter().map(|one| &one["reason"]).collect();
    assert!(reasons.contains(&&json!("suspended")) && reasons.contains(&&json!("departed")), "{told}");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn prv_04_whom_only_the_roster_knows_gets_an_account_with_the_letter(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    world.enrols_network().await;
    let school = roster::list_establishments(world.db()).await.unwrap().pop().expect("the college");
    let mut tx = world.db().begin().await.unwrap();
    for (id, given_name) in [("new-1", "Delphine"), ("new-2", "Łucja")] {
        let person = Person {
            id: PersonId::new(id),
            family_name: "Moreau".into(),
            given_name: given_name.into(),
            birth_date: None,
            email: None,
            phone: None,
            civic_number: None,
            join_key: None,
            pupil_number: None,
        };
        roster::put_person(&mut tx, &person, &serde_json::Map::new(), world.clock.now()).await.unwrap();
        let place = Affiliation {
            person_id: person.id,
            profile: Profile::NationalStaff,
            establishment_id: school.id.clone(),
            function: Some(Function::Teacher),
        };
        roster::put_affiliation(&mut tx, &place).await.unwrap();
    }
    tx.commit().await.unwrap();
    let (told, _) = world.prints(&["--profile", "national_staff"]).await;
    assert_eq!(identifiers(&told), ["delphine.moreau3", "lucja.moreau"], "the smallest free number: {told}");
    assert_eq!(told["replaced"], 0);
    let account = accounts::find_by_identifier(world.db(), &Identifier::new("lucja.moreau")).await.unwrap().unwrap();
    assert_eq!((account.state(), account.person_id.as_str()), (AccountState::ToActivate, "new-2"));
    let (told, _) = world.prints(&["--profile", "national_staff"]).await;
    assert_eq!((identifiers(&told).len(), &told["replaced"]), (2, &json!(2)), "theirs for life: {told}");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn xct_15_names_of_every_kind_are_printed_exactly_and_do_nothing(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    world.enrols_network().await;
    for language in ["fr", "en", "both"] {
        let (told, pages) = world.prints(&["--class", "6e A", "--profile", "parent", "--language", language]).await;
        assert_eq!((identifiers(&told).len(), pages.len()), (2, 2), "one page each in {language}: {told}");
        let all = pages.join(" ").replace('\n', " ");
        assert!(all.contains("N'Golo <script>alert(1)</script> D’Œuvre-ŁąckiWeiß"), "{all}");
        assert!(all.contains("Maximilien-Anastase Maximilien-Anastase"), "{all}");
        assert!(!all.contains('\u{202e}'));
        assert_eq!(all.contains("Votre compte de parent est prêt"), language != "en", "{all}");
        assert_eq!(all.contains("Your parent account is ready"), language != "fr", "{all}");
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_there_is_kept_and_what_is_wrong_is_named(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    world.enrols_network().await;
    let pdf = world.dir().join("letters.pdf");
    fs::write(&pdf, "mine").unwrap();
    let print = |further: &[&str]| {
        let arguments: Vec<String> =
            ["letters", "-o", pdf.to_str().unwrap()].iter().chain(further).map(|it| (*it).to_owned()).collect();
        let world = &world;
        async move { world.runs(&arguments.iter().map(String::as_str).collect::<Vec<_>>()).await }
    };
    let (fine, told) = print(&["--establishment", "0610999Z"]).await;
    assert!(!fine && told.contains("is there already") && told.contains("--force"), "{told}");
    assert_eq!(fs::read_to_string(&pdf).unwrap(), "mine");
    for (arguments, fault) in [
        (["--force", "--establishment", "0000000X"].as_slice(), "0610998Y, 0610999Z"),
        (&["--force", "--establishment", "0610999Z", "--portal", "ailleurs"], "default"),
        (&["--force", "--establishment", "0610999Z", "--profile", "cook"], "national_staff"),
    ] {
        let (fine, told) = print(arguments).await;
        assert!(!fine && told.contains(fault), "{arguments:?}: {told}");
    }
    let (fine, told) = print(&["--force", "--establishment", "0610999Z", "--class", "6e Z"]).await;
    assert!(fine && told.contains("nobody is due a letter"), "{told}");
    assert_eq!(fs::read_to_string(&pdf).unwrap(), "mine", "nothing was printed");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn act_23_the_square_leads_to_the_form_with_the_identifier_filled_in(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let mut phone = world.phone();
    phone.opens("/connexion?profil=parent&identifiant=d%C3%A9.m%22%3E%3Cb%3E").await;
    assert_eq!(phone.page().data_page(), "sign-in");
    let value = |page: &Page, name: &str| page.attribute(&format!("input[name={name}]"), "value").unwrap_or_default();
    assert_eq!(value(phone.page(), "identifier"), "dé.m\"><b>", "filled in, and no more than that");
    assert_eq!(value(phone.page(), "password"), "");
    phone.opens(&format!("/connexion?identifiant={}", "a".repeat(5_000))).await;
    assert_eq!(value(phone.page(), "identifier"), "");
}
