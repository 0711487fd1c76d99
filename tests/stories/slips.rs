//! A slip from the school: for somebody whom one knows, and who has forgotten their password.

use std::{fs, os::unix::fs::PermissionsExt};

use rstest::rstest;
use serde_json::{Value, json};

use crate::{
    engine::{Engine, Postgres, Sqlite},
    letters::CHOSEN,
    letters_print::{after, pages},
    world::World,
};

const OWN: &str = "étoile 4 lune verte";

impl World {
    /// A class of which one pupil has a password and one has none.
    async fn enrols_class(&self) {
        let school = json!({ "code": "0610999Z", "name": "Collège Les Tilleuls", "kind": "lower_secondary" });
        let pupil = |key: &str, names: (&str, &str)| {
            json!({ "identifier": key, "profile": "pupil", "given_name": names.0, "family_name": names.1,
                "establishment": school, "classes": ["4e B"] })
        };
        let mut lea = pupil("lea.petit", ("Léa", "Petit"));
        lea["password"] = OWN.into();
        let file = self.dir().join("class.json");
        fs::write(&file, json!([lea, pupil("ines.moreau", ("Inès", "Moreau"))]).to_string()).unwrap();
        let (applied, told) = self.runs(&["people", "apply", file.to_str().unwrap()]).await;
        assert!(applied, "{told}");
    }

    /// What `preau slips` tells, and what it prints.
    async fn cuts_slips(&self, further: &[&str]) -> (Value, String) {
        let pdf = self.dir().join("slips.pdf");
        let arguments = ["slips", "--establishment", "0610999Z", "--json", "--force", "-o", pdf.to_str().unwrap()];
        let output = self.preau(&[&arguments[..], further].concat()).output().await.unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let told: Value = serde_json::from_slice(&output.stdout).unwrap();
        let text = if told["file"].is_null() { String::new() } else { pages(&pdf).concat() };
        (told, text)
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_slip_opens_one_session_in_which_a_pupil_chooses_a_password(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    world.enrols_class().await;
    let (told, text) = world.cuts_slips(&["--class", "4e B", "--language", "both"]).await;
    assert_eq!(told["slips"].as_array().map(Vec::len), Some(1), "{told}");
    assert_eq!(
        (&told["skipped"][0]["identifier"], &told["skipped"][0]["reason"]),
        (&json!("ines.moreau"), &json!("not_activated"))
    );
    let mode = fs::metadata(world.dir().join("slips.pdf")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for said in
        ["Léa Petit – 4e B", "pour retrouver ton compte", "tu y choisis ton nouveau mot de passe", "opens one session"]
    {
        assert!(words.contains(said), "{said}: {words}");
    }
    let secret = after(&text, "Mot de passe temporaire · Temporary password");
    assert!(!world.dump().await.contains(&secret), "never stored in clear");
    let tries = |password: &str| [("identifier", "lea.petit".to_owned()), ("password", password.to_owned())];
    let mut phone = world.phone();
    phone.opens("/connexion").await.submits(tries(&secret).iter().map(|(name, text)| (*name, text))).await;
    assert_eq!(phone.page().data_page(), "replace-password", "{}", phone.page().text());
    phone.submits([("new_password", CHOSEN), ("confirmation", CHOSEN)]).await;
    for (password, page) in [(CHOSEN, "home"), (OWN, "sign-in"), (&secret, "sign-in")] {
        let mut other = world.desk();
        other.opens("/connexion").await.submits(tries(password).iter().map(|(name, text)| (*name, text))).await;
        assert_eq!(other.page().data_page(), page, "{}", other.page().text());
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn slips_are_for_those_who_are_named_and_a_new_one_voids_the_one_before(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let world = World::on(engine).await;
    world.enrols_class().await;
    let (_, first) = world.cuts_slips(&["--identifier", "lea.petit"]).await;
    let mut desk = world.desk();
    desk.opens("/connexion").await.submits([("identifier", "lea.petit"), ("password", OWN)]).await;
    assert_eq!(desk.page().data_page(), "home", "a slip changes nothing until it is used: {}", desk.page().text());
    let (told, second) = world.cuts_slips(&["--identifier", "LEA.petit"]).await;
    assert_eq!(told["slips"][0]["identifier"], "lea.petit", "{told}");
    for (page, text) in [("sign-in", first), ("replace-password", second)] {
        let secret = after(&text, "Mot de passe temporaire");
        let mut phone = world.phone();
        phone.opens("/connexion").await.submits([("identifier", "lea.petit"), ("password", &secret)]).await;
        assert_eq!(phone.page().data_page(), page, "{}", phone.page().text());
    }
    let (told, _) = world.cuts_slips(&["--identifier", "ines.moreau"]).await;
    assert!(told["file"].is_null() && told["skipped"][0]["reason"] == "not_activated", "{told}");
    let file = world.dir().join("all.pdf");
    let (fine, said) = world.runs(&["slips", "--establishment", "0610999Z", "-o", file.to_str().unwrap()]).await;
    assert!(!fine && said.contains("--class") && !file.exists(), "nobody prints a school's worth by accident: {said}");
}
