//! One SQL text for two engines: every statement is understood by both.

use std::collections::BTreeSet;

use preau::store::{self, Db};
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
    assert!(statements.len() > 50, "the list of statements is there");
    for statement in statements {
        let text = AssertSqlSafe(statement).into_sql_str();
        let understood = match world.db() {
            Db::Sqlite { writer, .. } => writer.prepare(text).await.map(|_| ()),
            Db::Postgres(pool) => pool.prepare(text).await.map(|_| ()),
        };
        assert!(understood.is_ok(), "{statement}: {understood:?}");
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn no_statement_stands_outside_the_list(#[values(Sqlite, Postgres)] engine: Engine) {
    let _world = World::on(engine).await;
    let listed: BTreeSet<String> = store::statements().iter().map(|text| squeezed(text)).collect();
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        // What looks at the engine itself, not at our tables.
        if path.ends_with("db.rs") || path.ends_with("mod.rs") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        for written in text.split("&str =").skip(1).filter_map(|rest| rest.split('"').nth(1)) {
            let known = listed.contains(&squeezed(written)) || !written.contains(' ');
            assert!(known, "{} does not list: {written}", path.display());
        }
    }
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
