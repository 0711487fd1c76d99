//! The two pairs of stores that every story runs on, each world with its own.

use std::{
    path::Path,
    sync::atomic::{AtomicU32, Ordering},
};

use preau::{
    config::Settings,
    store::{Db, Opening},
};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tokio::sync::OnceCell;
use url::Url;

pub use Engine::{Postgres, Sqlite};

/// A pair of stores.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// A SQLite file, and short-lived things in the process.
    Sqlite,
    /// PostgreSQL and Redis.
    Postgres,
}

/// What a world must give back: its PostgreSQL database.
pub struct Lent {
    admin: String,
    name: String,
}

impl Engine {
    /// Points the settings at stores that nobody else uses.
    pub async fn lend(self, settings: &mut Settings, dir: &Path) -> Option<Lent> {
        if self == Sqlite {
            settings.database.url = format!("sqlite:{}", dir.join("preau.db").display());
            return None;
        }
        let lent = Lent { admin: service("PREAU_TEST_POSTGRES"), name: fresh_name() };
        let template = TEMPLATE.get_or_init(|| make_template(&lent.admin)).await;
        admin(&lent.admin, &format!("CREATE DATABASE {} TEMPLATE {template}", lent.name)).await;
        settings.database.url = at(&lent.admin, &lent.name);
        settings.redis.url = service("PREAU_TEST_REDIS");
        settings.redis.prefix.clone_from(&lent.name);
        Some(lent)
    }
}

/// Dropped in a thread of its own, for the world's runtime may be ending.
impl Drop for Lent {
    fn drop(&mut self) {
        let (url, drop) = (self.admin.clone(), format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name));
        let _ = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(admin(&url, &drop));
        })
        .join();
    }
}

/// The migrated database that the others are copies of; one for each run.
static TEMPLATE: OnceCell<String> = OnceCell::const_new();

async fn make_template(url: &str) -> String {
    sweep(url).await;
    let name = fresh_name();
    admin(url, &format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'")).await;
    Db::open(&at(url, &name), Opening::Migrate).await.expect("the template is migrated").close().await;
    name
}

/// Drops what runs that no longer run have left.
async fn sweep(url: &str) {
    let mut connection = connect(url).await;
    let names: Vec<String> =
        sqlx::query_scalar("SELECT datname FROM pg_database WHERE datname LIKE 'preau\\_story\\_%'")
            .fetch_all(&mut connection)
            .await
            .expect("a list of databases");
    for name in names {
        let is_running = name.split('_').nth(2).is_some_and(|pid| Path::new("/proc").join(pid).exists());
        if !is_running {
            admin(url, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
        }
    }
}

fn fresh_name() -> String {
    static MADE: AtomicU32 = AtomicU32::new(0);
    format!("preau_story_{}_{}", std::process::id(), MADE.fetch_add(1, Ordering::Relaxed))
}

/// A service that the stories need, by the variable that says where it is.
fn service(variable: &str) -> String {
    std::env::var(variable).unwrap_or_else(|_| {
        panic!(
            "{variable} says nothing: this story needs PostgreSQL and Redis. `make test` starts both on loopback and \
             runs everything; or set PREAU_TEST_POSTGRES=postgres://user@host:port/postgres (a user who may create \
             databases) and PREAU_TEST_REDIS=redis://host:port/0"
        )
    })
}

fn at(admin: &str, name: &str) -> String {
    let mut url = Url::parse(admin).expect("PREAU_TEST_POSTGRES is an address");
    url.set_path(name);
    url.into()
}

async fn connect(url: &str) -> PgConnection {
    PgConnection::connect(url).await.unwrap_or_else(|error| panic!("PREAU_TEST_POSTGRES does not answer: {error}"))
}

async fn admin(url: &str, statement: &str) {
    let mut connection = connect(url).await;
    sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut connection).await.expect(statement);
    connection.close().await.expect("a farewell");
}
