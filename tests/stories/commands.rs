//! What an operator does at the command line, beside a running server.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    process::{Output, Stdio},
    time::Duration,
};

use preau::domain::RelyingPartyId;
use rstest::rstest;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    process::Command,
    time::interval,
};

use crate::{
    engine::{Engine, Postgres, Sqlite},
    world::{World, free_address},
};

/// A migration that only a newer program knows.
const NEWER: &str = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
    VALUES (99990101, 'from tomorrow', TRUE, '', 0)";

impl World {
    /// The program with the world's settings, as variables.
    pub fn preau(&self, arguments: &[&str]) -> Command {
        let settings = &self.settings;
        let mut command = Command::new(env!("CARGO_BIN_EXE_preau"));
        command
            .args(arguments)
            .current_dir(self.dir())
            .env("PREAU_DEMO", "true")
            .env("PREAU_PUBLIC_URL", &settings.public_url)
            .env("PREAU_KEYS", &settings.keys)
            .env("PREAU_DATABASE__URL", &settings.database.url)
            .env("PREAU_HASHING__MEMORY_KIB", settings.hashing.memory_kib.to_string())
            .env("PREAU_HASHING__PASSES", settings.hashing.passes.to_string())
            .kill_on_drop(true);
        if !settings.redis.url.is_empty() {
            command.env("PREAU_REDIS__URL", &settings.redis.url).env("PREAU_REDIS__PREFIX", &settings.redis.prefix);
        }
        command
    }

    /// Runs it to its end: whether it went well, and what it said.
    pub async fn runs(&self, arguments: &[&str]) -> (bool, String) {
        said(&self.preau(arguments).output().await.unwrap())
    }
}

/// Whether it went well, and what it said, complaints after the answer.
fn said(output: &Output) -> (bool, String) {
    let text = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    (output.status.success(), String::from_utf8(text).unwrap())
}

/// Looks again and again, for two seconds.
pub async fn within_two_seconds(what: &str, mut holds: impl FnMut() -> bool) {
    let begun = std::time::Instant::now();
    let mut looks = interval(Duration::from_millis(50));
    while !holds() {
        assert!(begun.elapsed() < Duration::from_secs(2), "{what}");
        looks.tick().await;
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_running_server_sees_services_that_are_applied_and_removed(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let file = world.dir().join("agenda.json");
    fs::write(&file, r#"{"client_id": "agenda", "redirect_uris": ["https://agenda.example/cb"]}"#).unwrap();
    let (fine, told) = world.runs(&["service", "apply", "--json", file.to_str().unwrap()]).await;
    assert!(fine && told.contains("client_secret"), "{told}");
    let id = RelyingPartyId::new("agenda");
    within_two_seconds("the service appears", || world.app().services.load().find(&id).is_some()).await;
    let (fine, told) = world.runs(&["service", "apply", file.to_str().unwrap()]).await;
    assert!(fine && told.contains("agenda: unchanged") && !told.contains("client_secret"), "{told}");
    let (fine, listed) = world.runs(&["service", "list"]).await;
    assert!(fine && listed.contains("agenda") && listed.contains("OIDC"), "{listed}");
    let (fine, shown) = world.runs(&["service", "show", "agenda"]).await;
    fs::write(&file, &shown).unwrap();
    let (again, told) = world.runs(&["service", "apply", file.to_str().unwrap()]).await;
    assert!(fine && again && told.contains("unchanged"), "what is shown can be applied: {shown} {told}");
    fs::write(&file, r#"[{"client_id": "a"}, {"client_id": "agenda", "redirect_uris": ["ftp://x"], "colour": 1}]"#)
        .unwrap();
    let (fine, told) = world.runs(&["service", "apply", file.to_str().unwrap()]).await;
    for fault in ["a: ", "redirect_uris", "colour", "nothing was registered"] {
        assert!(!fine && told.contains(fault), "{told}");
    }
    assert!(world.runs(&["service", "remove", "agenda"]).await.0);
    within_two_seconds("the service goes", || world.app().services.load().find(&id).is_none()).await;
    let (fine, told) = world.runs(&["service", "remove", "agenda"]).await;
    assert!(!fine && told.contains("no service is called agenda"), "{told}");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_running_server_signs_with_rotated_keys_and_keeps_the_old_ones_published(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let world = World::on(engine).await;
    let (fine, before) = world.runs(&["keys", "list"]).await;
    assert!(fine && before.matches("signs").count() == 2, "{before}");
    let (fine, told) = world.runs(&["keys", "rotate"]).await;
    assert!(fine && told.lines().count() == 2, "{told}");
    let published = || world.app().keys.load().jwks(world.clock.now())["keys"].as_array().unwrap().len();
    within_two_seconds("the new keys are published beside the old ones", || published() == 4).await;
    assert!(world.runs(&["keys", "rotate", "--at-once"]).await.0);
    within_two_seconds("when a key was stolen, every old one is withdrawn", || published() == 2).await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn the_first_administrator_signs_in_with_the_password_that_is_told_once(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let world = World::on(engine).await;
    let (fine, told) = world.runs(&["admin", "create", "Claire.Opératrice", "--given-name", "Claire"]).await;
    let password = told.split("(told once): ").nth(1).map(str::trim).unwrap_or_default();
    assert!(fine && password.len() == 23, "{told}");
    let mut desk = world.desk();
    desk.opens("/connexion").await;
    desk.submits([("Identifiant", "claire.operatrice"), ("Mot de passe", password)]).await;
    assert_eq!(desk.page().data_page(), "enrol-second-factor");
    let (fine, told) = world.runs(&["admin", "create", "claire.operatrice"]).await;
    assert!(!fine && told.contains("already") && told.contains("choose another identifier"), "{told}");
    for (line, accepted) in
        [("motdepasse2024", false), ("Claire-opere-un-service-7", false), ("Vélo bleu du mardi 7", true)]
    {
        let mut command = world.preau(&["admin", "create", "chef", "--given-name", "Claire", "--password-stdin"]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(format!("{line}\n").as_bytes()).await.unwrap();
        let (fine, told) = said(&child.wait_with_output().await.unwrap());
        assert!(fine == accepted && !told.contains(line), "{told}");
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_finds_a_sound_house_sound_and_names_what_is_not(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let (fine, told) = world.runs(&["doctor"]).await;
    assert!(fine && told.contains("0 to mend"), "{told}");
    for topic in ["configuration", "addresses", "keys", "database", "clock", "redis", "mail"] {
        assert!(told.lines().any(|line| line.split_whitespace().nth(1) == Some(topic)), "{topic}: {told}");
    }
    let seal = world.settings.keys.join("seal.key");
    fs::set_permissions(&seal, fs::Permissions::from_mode(0o644)).unwrap();
    let (fine, told) = world.runs(&["doctor"]).await;
    assert!(!fine && told.contains("1 to mend") && told.contains("chmod 600"), "{told}");
    let wrong = world.preau(&["doctor"]).env("PREAU_LIMITS__ACOUNT__FAILURES", "3").output().await.unwrap();
    let (fine, told) = said(&wrong);
    assert!(!fine && told.contains("`limits.acount`"), "{told}");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_schema_is_brought_up_to_date_and_a_newer_one_is_refused(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let (fine, told) = world.runs(&["migrate"]).await;
    assert!(fine && told.contains("was up to date"), "{told}");
    match world.db() {
        preau::store::Db::Sqlite { writer, .. } => drop(sqlx::query(NEWER).execute(writer).await.unwrap()),
        preau::store::Db::Postgres(pool) => drop(sqlx::query(NEWER).execute(pool).await.unwrap()),
    }
    for command in ["migrate", "serve"] {
        let (fine, told) = world.runs(&[command]).await;
        assert!(!fine && told.contains("newer than this program"), "{told}");
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_server_ends_in_order_when_it_is_told_to(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let listen = free_address();
    let mut command = world.preau(&["serve"]);
    let mut server = command.env("PREAU_LISTEN", listen.to_string()).stderr(Stdio::piped()).spawn().unwrap();
    let mut log = BufReader::new(server.stderr.take().unwrap()).lines();
    loop {
        let line = log.next_line().await.unwrap().expect("it says when it answers");
        if line.contains("the server answers") {
            break;
        }
    }
    let taken = world.preau(&["serve"]).env("PREAU_LISTEN", listen.to_string()).output().await.unwrap();
    let (fine, told) = said(&taken);
    assert!(!fine && told.contains("can't be listened on") && told.contains("choose another port"), "{told}");
    let pid = server.id().unwrap().to_string();
    assert!(Command::new("kill").args(["-TERM", &pid]).status().await.unwrap().success());
    assert!(server.wait().await.unwrap().success(), "SIGTERM ends it with status 0");
}
