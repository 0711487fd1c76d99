//! A handful of letters of the demo, made at its first start: for the activation to be tried from paper on. A later start
//! finds them as they were, used or not; a real network keeps no letter.

use std::{collections::BTreeMap, path::Path};

use serde_json::{Value, json};

use super::{
    accounts,
    handle::write_whole,
    secrets::{KeptLetter, Secrets},
    seed::SchoolNetwork,
};
use crate::{
    app::App,
    domain::{Actor, Establishment, Fault},
    letters::{self, Desk, Languages, Office, Wanted},
    store::{accounts as known, roll},
};

/// The folder of the PDFs, in the data directory.
pub(super) const FOLDER: &str = "lettres";

/// Somebody who gets a letter: a key in the roster, the school's place in the network, the portal, the language.
struct Addressee {
    key: &'static str,
    school: usize,
    portal: &'static str,
    languages: Languages,
    person: fn() -> Value,
}

/// The children of the letters' parents, who have identifiers of their own.
fn children(code: impl Fn(usize) -> String) -> Vec<Value> {
    let child = |identifier: &str, (given_name, family_name): (&str, &str), school: usize, class: &str, born: &str| {
        json!({"identifier": identifier, "profile": "pupil", "given_name": given_name, "family_name": family_name,
            "establishment": code(school), "classes": [class], "birth_date": born})
    };
    vec![
        child("ines.caradec-diallo", ("Inès", "Caradec-Diallo"), 1, "4e B", "2013-03-09"),
        child("lina.ndiaye", ("Lina", "N’Diaye"), 1, "6e A", "2015-05-30"),
        child("malick.ndiaye", ("Malick", "N’Diaye"), 0, "CE2 A", "2018-02-12"),
        child("lea.weiss", ("Léa", "Weiß"), 1, "5e C", "2014-10-21"),
    ]
}

fn addressees() -> Vec<Addressee> {
    let of = |key, school, languages, person| Addressee { key, school, portal: "ent", languages, person };
    vec![
        of("lettre-delphine", 1, Languages::French, || {
            json!({"profile": "parent", "given_name": "Delphine", "family_name": "Caradec",
                "email": "delphine.caradec@example.org", "children": ["ines.caradec-diallo"]})
        }),
        of("lettre-awa", 1, Languages::Both, || {
            json!({"profile": "parent", "given_name": "Awa", "family_name": "N’Diaye", "email": "awa.ndiaye@example.org",
                "children": ["lina.ndiaye", "malick.ndiaye"]})
        }),
        of("lettre-eloise", 1, Languages::French, || {
            json!({"profile": "parent", "given_name": "Éloïse", "family_name": "Weiß",
                "email": "famille.weiss@example.org", "children": ["lea.weiss"]})
        }),
        of("lettre-tomasz", 1, Languages::French, || {
            json!({"profile": "parent", "given_name": "Tomasz", "family_name": "Weiß",
                "email": "famille.weiss@example.org", "children": ["lea.weiss"]})
        }),
        of("lettre-malo", 1, Languages::French, || {
            json!({"profile": "pupil", "given_name": "Malo", "family_name": "Œuvrard", "classes": ["4e B"],
                "birth_date": "2013-08-17"})
        }),
        of("lettre-zelie", 0, Languages::French, || {
            json!({"profile": "pupil", "given_name": "Zélie", "family_name": "Cordier",
                "classes": ["CE2 A"], "birth_date": "2018-11-02"})
        }),
        of("lettre-maelle", 1, Languages::French, || {
            json!({"profile": "national_staff", "function": "teacher", "given_name": "Maëlle", "family_name": "Le Goff",
                "email": "maelle.le-goff@ac-valdorne.example", "classes": ["4e B"]})
        }),
    ]
}

/// Makes the letters that are not there yet, writes their PDFs, and gives what scripts are told of all.
pub(super) async fn settle(
    app: &App,
    network: &SchoolNetwork,
    secrets: &mut Secrets,
    folder: &Path,
) -> Result<Vec<Value>, Fault> {
    let missing: Vec<Addressee> =
        addressees().into_iter().filter(|one| !secrets.letters.contains_key(one.key)).collect();
    if !missing.is_empty() {
        std::fs::create_dir_all(folder)?;
        enrol(app, network, &missing).await?;
        for one in missing {
            let school = network.schools.get(one.school).ok_or_else(|| Fault::new("the demo lacks a school"))?;
            if let Some(letter) = write(app, school, &one, folder).await? {
                secrets.letters.insert(one.key.to_owned(), letter);
            }
        }
    }
    Ok(told(&secrets.letters, folder))
}

async fn enrol(app: &App, network: &SchoolNetwork, missing: &[Addressee]) -> Result<(), Fault> {
    let code = |place: usize| network.schools.get(place).map_or_else(String::new, |school| school.code.clone());
    let mut people = children(code);
    for one in missing {
        let mut person = (one.person)();
        if let Some(members) = person.as_object_mut() {
            members.insert("join_key".into(), one.key.into());
            members.insert("establishment".into(), code(one.school).into());
        }
        people.push(person);
    }
    accounts::write(app, &Value::Array(people).to_string()).await
}

/// Makes one letter and writes it; none where its holder has a password already (the file of secrets was lost).
async fn write(app: &App, school: &Establishment, to: &Addressee, folder: &Path) -> Result<Option<KeptLetter>, Fault> {
    let by = Actor::command(app.clock.now());
    let Some(account) = known::find_by_key(&app.db, to.key, to.key).await? else { return Ok(None) };
    let portal = letters::portal(&app.config, Some(to.portal))
        .ok_or_else(|| Fault::new(format!("there is no portal {}", to.portal)).remedy("leave `ent` in --config"))?;
    let wanted = Wanted { identifiers: vec![account.identifier], ..Wanted::default() };
    let (due, _) = letters::due(&roll::load(&app.db, &school.id).await?, &wanted, portal)?;
    let mut made = letters::make_all(Office::from(app), &by, portal, due, |_| ()).await?.letters;
    let desk = Desk { config: &app.config, school, portal, languages: to.languages, now: by.now };
    let paper = letters::paper(desk, &made);
    let Some(letter) = made.pop() else { return Ok(None) };
    let pdf =
        tokio::task::spawn_blocking(move || paper.pdf()).await.map_err(|error| Fault::new(error.to_string()))??;
    let identifier = letter.made.identifier.to_string();
    write_whole(&folder.join(format!("{identifier}.pdf")), &pdf)?;
    Ok(Some(KeptLetter {
        identifier,
        password: letter.made.provisional.reveal().to_owned(),
        portal: to.portal.to_owned(),
        profile: letter.due.profile.name().to_owned(),
        name: letter.due.person.full_name(),
        expires_at: letter.made.expires_at,
    }))
}

fn told(letters: &BTreeMap<String, KeptLetter>, folder: &Path) -> Vec<Value> {
    let of = |letter: &KeptLetter| {
        json!({
            "identifier": letter.identifier,
            "password": letter.password,
            "portal": letter.portal,
            "profile": letter.profile,
            "name": letter.name,
            "expires_at": letter.expires_at.rfc_3339(),
            "pdf": folder.join(format!("{}.pdf", letter.identifier)),
        })
    };
    addressees().iter().filter_map(|one| letters.get(one.key)).map(of).collect()
}
