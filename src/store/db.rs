//! The two engines behind one door.

use std::{fs::OpenOptions, os::unix::fs::OpenOptionsExt, path::Path, str::FromStr, time::Duration};

use sqlx::{
    PgPool, Postgres, Sqlite, SqlitePool, Transaction,
    migrate::{MigrateError, Migrator},
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use crate::domain::{Fault, Instant};

static MIGRATIONS: Migrator = sqlx::migrate!();

/// The database: SQLite by default, PostgreSQL for several nodes (design §5).
#[derive(Clone, Debug)]
pub enum Db {
    /// One file in WAL mode: several readers, one writer.
    Sqlite {
        /// Several connections that only read.
        readers: SqlitePool,
        /// The one connection that writes.
        writer: SqlitePool,
    },
    /// A server.
    Postgres(PgPool),
}

/// A transaction on either engine.
#[derive(Debug)]
pub enum Tx {
    /// On SQLite, begun with `BEGIN IMMEDIATE`.
    Sqlite(Transaction<'static, Sqlite>),
    /// On PostgreSQL.
    Postgres(Transaction<'static, Postgres>),
}

/// Which engine runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// SQLite.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

/// What to do about the schema when the database is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// Bring it up to date: forward only; a newer schema is refused.
    Migrate,
    /// Take it as it is.
    AsItIs,
}

/// Writes the same query for both engines, inside a transaction.
macro_rules! both {
    ($tx:expr, $conn:ident => $query:expr) => {
        match $tx {
            $crate::store::Tx::Sqlite(inner) => {
                let $conn = &mut **inner;
                $query
            }
            $crate::store::Tx::Postgres(inner) => {
                let $conn = &mut **inner;
                $query
            }
        }
    };
}

/// Writes the same reading query for both engines, outside a transaction.
macro_rules! read_from {
    ($db:expr, $pool:ident => $query:expr) => {
        match $db {
            $crate::store::Db::Sqlite { readers, .. } => {
                let $pool = readers;
                $query
            }
            $crate::store::Db::Postgres(pool) => {
                let $pool = pool;
                $query
            }
        }
    };
}

/// Writes the same single writing statement for both engines, as a transaction of its own.
macro_rules! write_to {
    ($db:expr, $pool:ident => $query:expr) => {
        match $db {
            $crate::store::Db::Sqlite { writer, .. } => {
                let $pool = writer;
                $query
            }
            $crate::store::Db::Postgres(pool) => {
                let $pool = pool;
                $query
            }
        }
    };
}

/// Makes a new database's file one that its owner alone may read: hashes and addresses lie in it. What SQLite puts beside
/// it takes after it. Where it can't be made, opening it says why; one that is there keeps the rights that it has.
fn make_private(path: &Path) {
    drop(OpenOptions::new().write(true).create_new(true).mode(0o600).open(path));
}

impl Db {
    /// Opens the database at a URL: `sqlite:PATH` or `postgres://…`.
    ///
    /// # Errors
    /// A fault with what to do: the URL is not understood, the server does not answer, or the schema is newer than this program.
    pub async fn open(url: &str, opening: Opening) -> Result<Self, Fault> {
        let db = match url.split_once(':') {
            Some(("sqlite", _)) => Self::open_sqlite(url).await?,
            Some(("postgres" | "postgresql", _)) => Self::open_postgres(url).await?,
            _ => {
                return Err(Fault::new("`database.url` is neither sqlite: nor postgres:")
                    .remedy("write sqlite:preau.db or postgres://user@host/preau"));
            }
        };
        if opening == Opening::Migrate {
            db.migrate().await?;
        }
        Ok(db)
    }

    async fn open_sqlite(url: &str) -> Result<Self, Fault> {
        let options = SqliteConnectOptions::from_str(url)?
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5));
        make_private(options.get_filename());
        let writer = SqlitePoolOptions::new().max_connections(1).connect_with(options.clone()).await.map_err(|e| {
            Fault::new(format!("the database {url} can't be opened: {e}")).remedy("check the path and its rights")
        })?;
        let readers = SqlitePoolOptions::new().max_connections(8).connect_with(options.read_only(true)).await?;
        Ok(Self::Sqlite { readers, writer })
    }

    async fn open_postgres(url: &str) -> Result<Self, Fault> {
        let options = PgConnectOptions::from_str(url)?;
        let pool = PgPoolOptions::new()
            .max_connections(16)
            .acquire_timeout(Duration::from_secs(5))
            .connect_with(options)
            .await;
        let pool = pool.map_err(|e| {
            Fault::new(format!("PostgreSQL does not answer: {e}"))
                .remedy("check `database.url` and that the server runs")
        })?;
        Ok(Self::Postgres(pool))
    }

    /// Brings the schema up to date.
    ///
    /// # Errors
    /// The schema is newer than this program, or the engine refused.
    pub async fn migrate(&self) -> Result<(), Fault> {
        let outcome = match self {
            Self::Sqlite { writer, .. } => MIGRATIONS.run(writer).await,
            Self::Postgres(pool) => MIGRATIONS.run(pool).await,
        };
        outcome.map_err(|error| match error {
            MigrateError::VersionMissing(version) | MigrateError::VersionTooNew(version, _) => {
                Fault::new(format!("the database's schema ({version}) is newer than this program"))
                    .remedy("start the newer program, or restore the backup made before it")
            }
            other => Fault::new(format!("the schema can't be brought up to date: {other}")),
        })
    }

    /// Whether the schema is the one that this program writes.
    ///
    /// # Errors
    /// The engine did not answer.
    pub async fn is_migrated(&self) -> Result<bool, Fault> {
        const APPLIED: &str = "SELECT COUNT(*) FROM _sqlx_migrations WHERE success";
        let applied: Result<i64, _> = read_from!(self, pool => sqlx::query_scalar(APPLIED).fetch_one(pool).await);
        let known = MIGRATIONS.iter().count();
        Ok(applied.is_ok_and(|count| usize::try_from(count).is_ok_and(|count| count == known)))
    }

    /// Which engine runs.
    #[must_use]
    pub const fn engine(&self) -> Engine {
        match self {
            Self::Sqlite { .. } => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }

    /// Begins a transaction that may write.
    ///
    /// # Errors
    /// The engine did not answer.
    pub async fn begin(&self) -> sqlx::Result<Tx> {
        Ok(match self {
            Self::Sqlite { writer, .. } => Tx::Sqlite(writer.begin_with("BEGIN IMMEDIATE").await?),
            Self::Postgres(pool) => Tx::Postgres(pool.begin().await?),
        })
    }

    /// Asks the engine for nothing, to see that it answers.
    ///
    /// # Errors
    /// The engine did not answer.
    pub async fn ping(&self) -> sqlx::Result<()> {
        read_from!(self, pool => sqlx::query("SELECT 1").execute(pool).await.map(|_| ()))
    }

    /// The engine's own clock, to compare with ours; `None` on SQLite, which has none.
    ///
    /// # Errors
    /// The engine did not answer.
    pub async fn clock(&self) -> sqlx::Result<Option<Instant>> {
        const NOW: &str = "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)";
        match self {
            Self::Sqlite { .. } => Ok(None),
            Self::Postgres(pool) => sqlx::query_scalar(NOW).fetch_one(pool).await.map(Some),
        }
    }

    /// Writes nothing, to see that the engine would let us: for `preau doctor`.
    ///
    /// # Errors
    /// A file that is read only, a user without the right, a standby.
    pub async fn try_to_write(&self) -> sqlx::Result<()> {
        const WRITE: &str = "DELETE FROM revision WHERE name = ''";
        let mut tx = self.begin().await?;
        both!(&mut tx, conn => sqlx::query(WRITE).execute(conn).await.map(|_| ()))
    }

    /// By which locale texts are ordered; `None` on SQLite, which orders by bytes.
    ///
    /// # Errors
    /// The engine did not answer.
    pub async fn text_order(&self) -> sqlx::Result<Option<String>> {
        const ORDER: &str = "SELECT CAST(datcollate AS TEXT) FROM pg_database WHERE datname = current_database()";
        match self {
            Self::Sqlite { .. } => Ok(None),
            Self::Postgres(pool) => sqlx::query_scalar(ORDER).fetch_one(pool).await.map(Some),
        }
    }

    /// Closes every connection.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { readers, writer } => {
                readers.close().await;
                writer.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

impl Tx {
    /// Makes everything in it true at once.
    ///
    /// # Errors
    /// The engine did not: nothing of it is true.
    pub async fn commit(self) -> sqlx::Result<()> {
        match self {
            Self::Sqlite(inner) => inner.commit().await,
            Self::Postgres(inner) => inner.commit().await,
        }
    }
}
