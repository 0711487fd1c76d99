//! The store on both engines: statements, the schema, transactions.

use std::{
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use preau::store::{self, Db, Opening, Tx, audit, throttles};
use rstest::rstest;
use sqlx::{AssertSqlSafe, Executor, SqlSafeStr};

use crate::{
    engine::{Engine, Postgres, Sqlite},
    world::World,
};

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn every_statement_is_understood(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let statements = store::statements();
    assert!(statements.len() > 50);
    for statement in statements {
        let sql = AssertSqlSafe(statement).into_sql_str();
        let outcome = match world.db() {
            Db::Sqlite { writer, .. } => writer.prepare(sql).await.map(|_| ()),
            Db::Postgres(pool) => pool.prepare(sql).await.map(|_| ()),
        };
        outcome.unwrap_or_else(|error| panic!("{statement}: {error}"));
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn every_statement_of_a_file_is_on_its_list(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let listed: Vec<_> = store::statements().iter().map(|statement| plain(statement)).collect();
    for path in files(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src/store"))) {
        let text = std::fs::read_to_string(&path).unwrap();
        if path.ends_with("db.rs") {
            continue;
        }
        // A const whose text begins with a word of SQL.
        for (nth, _) in text.match_indices(": &str =") {
            let rest = text[nth..].trim_start_matches(": &str =").trim_start();
            let Some(written) =
                rest.strip_prefix('"').and_then(|rest| rest.split_once("\";")).map(|(sql, _)| plain(sql))
            else {
                continue;
            };
            let is_sql = ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH"].iter().any(|word| written.starts_with(word));
            assert!(!is_sql || listed.contains(&written), "{}: {written}", path.display());
        }
    }
    assert!(world.db().is_migrated().await.unwrap());
}

/// Every file below a directory.
fn files(dir: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

fn plain(sql: &str) -> String {
    sql.replace("\\\n", " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_newer_schema_is_refused_with_what_to_do(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let url = world.settings.database.url.clone();
    Db::open(&url, Opening::Migrate).await.expect("twice changes nothing").close().await;
    let newer = "INSERT INTO _sqlx_migrations (version, description, installed_on, success, checksum, execution_time)
        SELECT 9999, 'of tomorrow', installed_on, success, checksum, 0 FROM _sqlx_migrations WHERE version = 1";
    match world.db() {
        Db::Sqlite { writer, .. } => drop(sqlx::query(newer).execute(writer).await.unwrap()),
        Db::Postgres(pool) => drop(sqlx::query(newer).execute(pool).await.unwrap()),
    }
    let fault = Db::open(&url, Opening::Migrate).await.expect_err("a newer schema");
    assert!(fault.cause.contains("newer than this program") && fault.remedy.is_some(), "{fault}");
    let as_it_is = Db::open(&url, Opening::AsItIs).await.expect("opened for a look");
    assert!(!as_it_is.is_migrated().await.unwrap());
    as_it_is.close().await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_committed_never_was(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let before = world.dump().await;
    let mut tx = world.db().begin().await.unwrap();
    let change = preau::domain::AccountChange::Suspended { id: nadia.account_id.clone(), reason: "une raison".into() };
    assert!(store::accounts::apply(&mut tx, &world.operator(), change).await.unwrap());
    drop(tx);
    assert_eq!(world.dump().await, before, "neither the change nor its line");
    let lines = audit::list(world.db(), &nadia.account_id).await.unwrap();
    assert_eq!(lines.len(), 1);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn fifty_that_count_side_by_side_are_each_counted_once(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let now = world.clock.now();
    let writers: Vec<_> = (0..50)
        .map(|_| {
            let db = world.db().clone();
            tokio::spawn(async move {
                let mut tx: Tx = db.begin().await.unwrap();
                let count = throttles::fail(&mut tx, "a key", now, std::time::Duration::from_hours(1)).await.unwrap();
                tx.commit().await.unwrap();
                count.failures
            })
        })
        .collect();
    let mut counts = Vec::new();
    for writer in writers {
        counts.push(writer.await.unwrap());
    }
    counts.sort_unstable();
    assert_eq!(counts, (1..=50).collect::<Vec<_>>(), "none lost, none twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_database_is_for_its_owner_alone() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("preau.db");
    let db = Db::open(&format!("sqlite:{}", path.display()), Opening::Migrate).await.unwrap();
    for file in std::fs::read_dir(dir.path()).unwrap().map(Result::unwrap) {
        let mode = file.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{}", file.path().display());
    }
    db.close().await;
}
