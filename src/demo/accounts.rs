//! The accounts to try: a few people with names and lives, and as many `ready0001`… as scripts ask for.

use std::{collections::HashSet, num::NonZero};

use serde_json::{Value, json};

use super::{secrets::Secrets, seed::SchoolNetwork, sepne::SepneAccount};
use crate::{
    admin::people::{self, Tools},
    app::App,
    crypto::{Class, Hasher, Rng},
    domain::{Actor, Answer, Credential, Fault, Hashing, Identifier, Question, SubjectId},
    store::{accounts, people as facts, secret_questions, subjects},
};

/// Somebody to try, beside what their file says.
pub(super) struct Trial {
    /// The login name.
    pub identifier: String,
    /// The password, as it was made; the person may have another by now.
    pub password: String,
    /// The profile to come in by.
    pub profile: String,
    /// The portal to come in by.
    pub portal: &'static str,
    /// Who it is, in a few French words; empty for `ready…`.
    pub who: &'static str,
}

/// Who is printed: the identifier, the portal and a few words. The first one is who the README speaks of.
const PRINTED: [(&str, &str, &str); 13] = [
    ("nadia.roux", "default", "Parent de trois élèves, dans trois établissements"),
    ("ilyes.roux", "default", "Élève de 4e, fils de Nadia Roux"),
    ("helene.lefevre", "default", "Enseignante au collège et parent"),
    ("camille.auclair", "default", "Parent, avec toutes les données d’OpenID Connect"),
    (
        "marie-eve.damours",
        "portail-parents",
        "Parent à l’école acadienne, question secrète : la réponse est Fantômette",
    ),
    ("etienne.moreau", "espace-parents", "Parent, même adresse que Mireille Moreau"),
    ("mireille.moreau", "espace-parents", "Parent, même adresse qu’Étienne Moreau"),
    ("gwenael.kerguelen", "default", "Administrateur local du collège"),
    ("yoann.jegou", "ent", "Enseignant du lycée agricole"),
    ("soizic.brehat", "ent", "Agente du département"),
    ("leon.bezard", "default", "Parent dont le compte est bloqué"),
    ("abc123456", "portail-eleves", "Élève, numéro 310 011 1222 : mot de passe oublié, par SEPNE"),
    ("abc123457", "portail-eleves", "Élève, sa sœur, numéro 310 011 1230"),
];

/// Who has no account yet and registers: what the school knows.
pub(super) const TO_REGISTER: &str = "Rose-Aimée Doucet, rose-aimee.doucet@example.net,
  numéro civique 2445 ; sa plus jeune, Louison, née le 9 juin 2015, à l’école de la Côte-Verte";
/// Who has a secret question from the start, and the answer that is printed beside the name.
const ASKED: (&str, Question, &str) = ("marie-eve.damours", Question::Hero, "Fantômette");

/// The people of the file, passwords left out: printed ones, and the children who have none.
fn file(network: &SchoolNetwork) -> Vec<Value> {
    let code = |place: usize| network.schools.get(place).map_or("", |school| school.code.as_str());
    let (primary, college, lycee, board) = (code(0), code(1), code(2), code(3));
    let family = "Roux";
    vec![
        json!({"identifier": "nadia.roux", "profile": "parent", "given_name": "Nadia", "family_name": family,
            "email": "nadia.roux@example.org", "phone": "+33639980001", "civic_number": "12", "establishment": college,
            "further_establishments": [primary, lycee], "children": ["ilyes.roux", "zoe.roux", "noe.roux"]}),
        json!({"identifier": "ilyes.roux", "profile": "pupil", "given_name": "Ilyès", "family_name": family,
            "establishment": college, "classes": ["4e B"], "birth_date": "2013-04-21", "pupil_number": "000000001AA"}),
        json!({"identifier": "zoe.roux", "profile": "pupil", "given_name": "Zoé", "family_name": family,
            "establishment": primary, "classes": ["CE2 A"], "birth_date": "2018-09-03", "pupil_number": "000000002AA"}),
        json!({"identifier": "noe.roux", "profile": "pupil", "given_name": "Noé", "family_name": family,
            "establishment": lycee, "classes": ["2de 1"], "birth_date": "2011-01-30", "pupil_number": "000000003AA"}),
        json!({"identifier": "helene.lefevre", "profile": "national_staff", "profiles": ["parent"], "function": "teacher",
            "given_name": "Hélène", "family_name": "Lefèvre", "email": "helene.lefevre@ac-valdorne.example",
            "establishment": college, "classes": ["4e B", "6e A"], "children": ["coeline.lefevre"]}),
        json!({"identifier": "coeline.lefevre", "profile": "pupil", "given_name": "Cœline", "family_name": "Lefèvre",
            "establishment": college, "classes": ["6e A"], "birth_date": "2015-06-14", "pupil_number": "000000004AA"}),
        everything(college),
        json!({"identifier": "marie-eve.damours", "profile": "parent", "given_name": "Marie-Ève", "family_name": "D’Amours",
            "email": "marie-eve.damours@example.net", "phone": "+19025550101", "civic_number": "4471",
            "establishment": board, "children": ["louis-philippe.damours"]}),
        json!({"identifier": "louis-philippe.damours", "profile": "pupil", "given_name": "Louis-Philippe",
            "family_name": "D’Amours-Thériault", "establishment": board, "classes": ["8e année A"],
            "birth_date": "2013-02-11", "pupil_number": "1000000001"}),
        json!({"identifier": "abc123456", "profile": "pupil", "given_name": "Paul", "family_name": "Leblanc",
            "establishment": board, "classes": ["8e année A"], "birth_date": "2013-05-08", "pupil_number": "3100111222"}),
        json!({"identifier": "abc123457", "profile": "pupil", "given_name": "Rosalie", "family_name": "Leblanc",
            "establishment": board, "classes": ["6e année A"], "birth_date": "2015-10-19", "pupil_number": "3100111230"}),
        json!({"identifier": "rose-aimee.doucet", "profile": "parent", "given_name": "Rose-Aimée", "family_name": "Doucet",
            "email": "rose-aimee.doucet@example.net", "phone": "+19025550102", "civic_number": "2445",
            "establishment": board, "children": ["louison.doucet", "gabriel.doucet"]}),
        json!({"identifier": "louison.doucet", "profile": "pupil", "given_name": "Louison", "family_name": "Doucet",
            "establishment": board, "classes": ["6e année A"], "birth_date": "2015-06-09", "pupil_number": "1000000011"}),
        json!({"identifier": "gabriel.doucet", "profile": "pupil", "given_name": "Gabriel", "family_name": "Doucet",
            "establishment": board, "classes": ["8e année A"], "birth_date": "2013-03-24", "pupil_number": "1000000012"}),
        json!({"identifier": "etienne.moreau", "profile": "parent", "given_name": "Étienne", "family_name": "Moreau",
            "email": "famille.moreau@example.org", "establishment": college, "children": ["theo.moreau"]}),
        json!({"identifier": "mireille.moreau", "profile": "parent", "given_name": "Mireille", "family_name": "Moreau",
            "email": "famille.moreau@example.org", "establishment": college, "children": ["theo.moreau"]}),
        json!({"identifier": "theo.moreau", "profile": "pupil", "given_name": "Théo", "family_name": "Moreau",
            "establishment": college, "classes": ["5e C"], "birth_date": "2014-11-05", "pupil_number": "000000005AA"}),
        json!({"identifier": "gwenael.kerguelen", "profile": "national_staff", "function": "school_staff",
            "given_name": "Gwenaël", "family_name": "Kerguélen", "email": "gwenael.kerguelen@ac-valdorne.example",
            "establishment": college}),
        json!({"identifier": "yoann.jegou", "profile": "agricultural_staff", "function": "teacher", "given_name": "Yoann",
            "family_name": "Jégou", "email": "yoann.jegou@agricole-valdorne.example", "establishment": lycee,
            "classes": ["2de 1"]}),
        json!({"identifier": "soizic.brehat", "profile": "local_authority_staff", "function": "local_authority",
            "given_name": "Soizic", "family_name": "Bréhat", "email": "soizic.brehat@departement.example",
            "establishment": college}),
        json!({"identifier": "leon.bezard", "profile": "parent", "given_name": "Léon", "family_name": "Bézard",
            "email": "leon.bezard@example.org", "establishment": college, "suspended": "À la demande du collège"}),
    ]
}

/// Of this adult every standard claim is known (OpenID Connect Core §5.1), and of the first of the ready ones.
fn everything(school: &str) -> Value {
    json!({"identifier": "camille.auclair", "profile": "parent", "given_name": "Camille", "family_name": "Auclair",
        "email": "camille.auclair@example.org", "phone": "+33639980002", "civic_number": "7 bis",
        "birth_date": "1984-05-17", "establishment": school, "children": ["ilyes.roux"], "claims": every_claim()})
}

fn every_claim() -> Value {
    json!({
        "middle_name": "Désirée", "nickname": "Cam", "profile": "https://www.valdorne.example/camille",
        "picture": "https://www.valdorne.example/camille.png", "website": "https://camille.example/",
        "gender": "female", "zoneinfo": "Europe/Paris", "phone_number_verified": true,
        "address": {"formatted": "7 bis, rue des Tilleuls\n00990 Mirebois\nFrance",
            "street_address": "7 bis, rue des Tilleuls", "locality": "Mirebois", "region": "Val d’Orne",
            "postal_code": "00990", "country": "France"}
    })
}

/// Who has an account at the stand-in for SEPNE: address, name, student number; the last one is a teacher.
const AT_SEPNE: [(&str, &str, Option<&str>); 4] = [
    ("p.leblanc@sepne.example", "Paul Leblanc", Some("3100111222")),
    ("r.leblanc@sepne.example", "Rosalie Leblanc", Some("3100111230")),
    ("lp.damours@sepne.example", "Louis-Philippe D’Amours-Thériault", Some("1000000001")),
    ("m.boudreau@sepne.example", "Mélanie Boudreau (enseignante)", None),
];

/// The accounts at the stand-in for SEPNE, each with a password of its own.
pub(super) fn at_sepne(secrets: &mut Secrets, rng: &Rng) -> Vec<SepneAccount> {
    let account = |(address, name, number): (&str, &str, Option<&str>)| SepneAccount {
        address: address.to_owned(),
        password: secrets.password(address, rng),
        name: name.to_owned(),
        student_number: number.map(str::to_owned),
    };
    AT_SEPNE.map(account).into()
}

fn ready(number: usize, school: &str) -> Value {
    let identifier = format!("ready{number:04}");
    let mut person = json!({"email": format!("{identifier}@example.org"), "identifier": identifier, "profile": "parent",
        "given_name": "Dominique", "family_name": format!("Prêt {number}"), "establishment": school});
    if let (1, Some(person)) = (number, person.as_object_mut()) {
        person.insert("phone".into(), "+33639980003".into());
        person.insert("birth_date".into(), "1984-05-17".into());
        person.insert("claims".into(), every_claim());
    }
    person
}

/// Makes everybody who is not there yet, and says who can be tried. Who is there already keeps the password that they
/// have chosen since, unless the file of secrets was lost.
pub(super) async fn apply(
    app: &App,
    network: &SchoolNetwork,
    secrets: &mut Secrets,
    ready_accounts: usize,
) -> Result<Vec<Trial>, Fault> {
    let college = network.schools.get(1).map_or("", |school| school.code.as_str());
    let mut people = file(network);
    people.extend((1..=ready_accounts).map(|number| ready(number, college)));
    let mut trials = Vec::new();
    for person in &mut people {
        let told = |member: &str| person.get(member).and_then(Value::as_str).unwrap_or_default().to_owned();
        let (identifier, profile) = (told("identifier"), told("profile"));
        let printed = PRINTED.iter().find(|(name, ..)| *name == identifier);
        let (portal, who, password) = match printed {
            Some((_, portal, who)) => (*portal, *who, secrets.password(&identifier, &app.rng)),
            None if identifier.starts_with("ready") => ("default", "", secrets.password("ready", &app.rng)),
            None => continue,
        };
        if let Some(person) = person.as_object_mut() {
            person.insert("password".into(), password.clone().into());
        }
        trials.push(Trial { identifier, password, profile, portal, who });
    }
    let missing = missing(app, secrets.are_new, people).await?;
    if !missing.is_empty() {
        write(app, &Value::Array(missing).to_string()).await?;
    }
    ask(app).await?;
    let place =
        |trial: &Trial| PRINTED.iter().position(|(name, ..)| *name == trial.identifier).unwrap_or(PRINTED.len());
    trials.sort_by_key(place);
    Ok(trials)
}

/// Gives one of them a secret question, once: whoever has another by now keeps it.
async fn ask(app: &App) -> Result<(), Fault> {
    let (identifier, question, answer) = ASKED;
    let Some(account) = accounts::find_by_identifier(&app.db, &Identifier::new(identifier)).await? else {
        return Ok(());
    };
    let plain = Answer::read(answer).and_then(|answer| answer.plain());
    if let (None, Some(plain)) = (secret_questions::find(&app.db, &account.id).await?, plain) {
        let Ok(hashing) = app.hasher.hash(Class::Bulk, &plain) else { return Ok(()) };
        let hash = hashing.await?;
        let mut tx = app.db.begin().await?;
        secret_questions::put(&mut tx, &account.id, (question, &hash), app.clock.now()).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Those who have no password of their own yet.
async fn missing(app: &App, are_new: bool, people: Vec<Value>) -> Result<Vec<Value>, Fault> {
    if are_new {
        return Ok(people);
    }
    let known: HashSet<String> = accounts::list_holders(&app.db).await?.into_iter().map(|(_, folded)| folded).collect();
    let mut missing = Vec::new();
    for person in people {
        let identifier = Identifier::new(person.get("identifier").and_then(Value::as_str).unwrap_or_default());
        let has_password = person.get("password").is_some();
        let is_settled = known.contains(&identifier.folded())
            && match accounts::find_by_identifier(&app.db, &identifier).await? {
                Some(account) => !has_password || !matches!(account.credential, Credential::None),
                None => false,
            };
        if !is_settled {
            missing.push(person);
        }
    }
    Ok(missing)
}

/// Hashes on every core, apart from the server's own pool: nobody waits at the door yet.
pub(super) async fn write(app: &App, text: &str) -> Result<(), Fault> {
    let workers = std::thread::available_parallelism().map_or(1, NonZero::get);
    let hashing = Hashing { workers, ..app.config.policy.hashing };
    let hasher = Hasher::start(hashing, app.rng.clone())?;
    let tools = Tools { db: &app.db, hasher: &hasher, rng: &app.rng, rule: app.config.policy.identifiers };
    let applied = people::apply(tools, &Actor::command(app.clock.now()), ("the demo's accounts", text)).await?;
    applied.map(drop).map_err(|faults| {
        let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
        Fault::new(told.join("; ")).remedy("these schools or people are not the demo's: start with an empty --data")
    })
}

/// What scripts are told of an account.
pub(super) async fn handle(app: &App, trial: &Trial) -> Result<Value, Fault> {
    let identifier = Identifier::new(&trial.identifier);
    let account = accounts::find_by_identifier(&app.db, &identifier).await?;
    let account = account.ok_or_else(|| Fault::new(format!("{} is gone", trial.identifier)))?;
    let person = facts::find(&app.db, &account.person_id).await?;
    let subject = subjects::find_or_add(&app.db, &account.id, "public", SubjectId::new(app.rng.id())).await?;
    Ok(json!({
        "identifier": trial.identifier,
        "email": account.email,
        "password": trial.password,
        "profile": trial.profile,
        "portal": trial.portal,
        "state": account.state(),
        "name": person.map(|person| person.full_name()),
        "subject": subject,
    }))
}
