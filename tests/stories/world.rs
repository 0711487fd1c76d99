//! A world for one story: the real server on loopback, stores of its own, a clock that we move.

use std::{
    collections::BTreeMap,
    ffi::OsString,
    io::Write,
    net::TcpListener,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::Path,
    sync::{Arc, OnceLock},
    time::Duration,
};

use preau::{
    app::{App, Clock, Registry},
    config::{Config, Mode, Settings},
    crypto::{KeyRing, Rng, Sealer},
    domain::{Actor, Asked, Demands, Interaction, InteractionId, Network, PortalName},
    server::{self, Running},
    signin::{Visitor, door},
    store::{Db, Opening, audit, interactions},
};
use tempfile::TempDir;
use tokio::sync::{RwLock, RwLockReadGuard, RwLockWriteGuard};
use url::Url;

use crate::{
    browser::Browser,
    engine::{Engine, Lent},
    people::Someone,
};

/// Stories run side by side; who must be alone (to count statements, to read the log) waits for all others to end. A
/// story has one world at a time, else it would wait for itself.
static HOUSE: RwLock<()> = RwLock::const_new(());

/// What a story holds of the house while it runs.
enum Stay {
    Shared { _guard: RwLockReadGuard<'static, ()> },
    Alone { _guard: RwLockWriteGuard<'static, ()> },
}

/// A world for one story.
pub struct World {
    /// The settings of the first node.
    pub settings: Settings,
    /// The clock of every node.
    pub clock: Clock,
    nodes: Vec<Running>,
    http: reqwest::Client,
    // Dropped in this order: servers, database, directory, and only then may others be alone.
    _lent: Option<Lent>,
    dir: TempDir,
    _stay: Stay,
}

impl World {
    /// A world with the least costly hashing and every default.
    pub async fn on(engine: Engine) -> Self {
        Self::with(engine, |_| {}).await
    }

    /// The same with other settings. Issuer, stores and keys are set already when the change sees them.
    pub async fn with(engine: Engine, change: impl FnOnce(&mut Settings)) -> Self {
        let stay = Stay::Shared { _guard: HOUSE.read().await };
        Self::build(engine, stay, change).await
    }

    /// The same while no other story runs in this process.
    pub async fn alone(engine: Engine, change: impl FnOnce(&mut Settings)) -> Self {
        let stay = Stay::Alone { _guard: HOUSE.write().await };
        Self::build(engine, stay, change).await
    }

    async fn build(engine: Engine, stay: Stay, change: impl FnOnce(&mut Settings)) -> Self {
        let dir = tempfile::tempdir().expect("a directory");
        let mut settings = Settings { keys: dir.path().join("keys"), ..Settings::default() };
        settings.hashing.memory_kib = 64;
        settings.hashing.passes = 1;
        copy_keys(&settings.keys);
        let lent = engine.lend(&mut settings, dir.path()).await;
        settings.listen = free_address();
        settings.public_url = format!("http://localhost:{}", settings.listen.port());
        change(&mut settings);
        let authority = settings.tls.cert.as_deref().map(|cert| std::fs::read(cert).expect("a certificate"));
        let mut world = Self {
            settings: settings.clone(),
            clock: Clock::default(),
            nodes: Vec::new(),
            http: Browser::client(authority.as_deref()),
            _lent: lent,
            dir,
            _stay: stay,
        };
        world.starts(settings).await;
        world
    }

    /// Starts a node with these settings.
    async fn starts(&mut self, settings: Settings) {
        let config = Config::check(settings, Mode::Demo).expect("fine settings");
        let rng = Rng::from_os().expect("chance");
        let app = server::assemble(config, self.clock.clone(), rng).await.expect("services");
        self.nodes.push(server::start(app).expect("a server"));
    }

    /// Starts one more node on the same stores and keys; its number.
    pub async fn second_node(&mut self) -> usize {
        let listen = free_address();
        self.starts(Settings { listen, ..self.settings.clone() }).await;
        self.nodes.len() - 1
    }

    /// Ends every node and starts one anew with the same settings, changed or not.
    pub async fn restarts(&mut self, change: impl FnOnce(&mut Settings)) {
        self.rests().await;
        change(&mut self.settings);
        self.starts(self.settings.clone()).await;
    }

    /// Every node ends; the stores stay, for a program in a process of its own.
    pub async fn rests(&mut self) {
        for node in self.nodes.drain(..) {
            node.stop().await;
        }
    }

    /// The stores as somebody sees them who looks in from beside the server.
    pub async fn beside(&self) -> Db {
        Db::open(&self.settings.database.url, Opening::AsItIs).await.expect("the stores")
    }

    /// Ends in order, as on SIGTERM.
    pub async fn ends(mut self) {
        self.rests().await;
    }

    /// The services of the first node.
    pub fn app(&self) -> &App {
        self.app_of(0)
    }

    /// The services of a node.
    pub fn app_of(&self, node: usize) -> &App {
        &self.nodes[node].app
    }

    /// The services of every node.
    pub fn apps(&self) -> impl Iterator<Item = &App> {
        self.nodes.iter().map(|node| &node.app)
    }

    /// The database.
    pub fn db(&self) -> &Db {
        &self.app().db
    }

    /// A directory for the story's own files.
    pub fn dir(&self) -> &std::path::Path {
        self.dir.path()
    }

    /// The issuer.
    pub fn origin(&self) -> Url {
        self.app().config.public_url.clone()
    }

    /// The port of a node.
    pub fn port(&self, node: usize) -> u16 {
        self.nodes[node].address.port()
    }

    /// Time passes, for every node and browser.
    pub fn waits(&self, span: Duration) {
        self.clock.advance(span);
    }

    /// A French phone.
    pub fn phone(&self) -> Browser {
        self.browser()
            .with("accept-language", "fr-FR,fr;q=0.9")
            .with("user-agent", "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0")
    }

    /// A French computer.
    pub fn desk(&self) -> Browser {
        self.browser()
            .with("accept-language", "fr,fr-FR;q=0.8,en;q=0.5")
            .with("user-agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
    }

    /// A browser that says nothing of itself.
    pub fn browser(&self) -> Browser {
        Browser::new(&self.origin(), self.port(0), self.clock.clone(), self.http.clone())
    }

    /// An operator at the command line, now.
    pub fn operator(&self) -> Actor {
        Actor::command(self.clock.now())
    }

    /// Every node sees the services as they are now; by itself it would within a second.
    pub async fn reload_services(&self) {
        for node in &self.nodes {
            node.app.services.store(Arc::new(Registry::load(&node.app.db).await.expect("services")));
        }
    }

    /// The names of what the audit trail says of somebody, oldest first.
    pub async fn audit(&self, of: &Someone) -> Vec<String> {
        let lines = audit::list(self.db(), &of.account_id).await.expect("audit lines");
        lines.into_iter().map(|line| line.event).collect()
    }

    /// The pending sign-in that a browser is at.
    pub async fn interaction(&self, id: &str) -> Option<Interaction> {
        interactions::find(self.db(), &InteractionId::new(id)).await.expect("an answer")
    }

    /// Somebody's page of our own waits for a sign-in in this browser, as a service does: where the browser goes to.
    pub async fn awaits(&self, browser: &Browser, path: &str, demands: Demands) -> String {
        self.awaits_at("default", browser, path, demands).await
    }

    /// The same at a portal.
    pub async fn awaits_at(&self, portal: &str, browser: &Browser, path: &str, demands: Demands) -> String {
        let portals = &self.app().config.policy.portals;
        let visitor = Visitor {
            browser: browser.digest(),
            session: None,
            known: None,
            network: Network::of([127, 0, 0, 1].into()),
            device: String::new(),
            actor: self.operator(),
        };
        let request = door::Request {
            relying_party: None,
            portal: portals.find(&PortalName::new(portal)).expect("a portal").clone(),
            asked: Asked::Page(path.to_owned()),
            demands,
        };
        let id = door::begin(self.app(), &visitor, request).await.expect("an answer").expect("an interaction");
        format!("/connexion?i={id}")
    }

    /// How many rows every table has.
    pub async fn rows(&self) -> BTreeMap<String, i64> {
        let mut rows = BTreeMap::new();
        for table in self.tables().await {
            let count = sqlx::AssertSqlSafe(format!("SELECT COUNT(*) FROM {table}"));
            let count: i64 = match self.db() {
                Db::Sqlite { readers, .. } => sqlx::query_scalar(count).fetch_one(readers).await.unwrap(),
                Db::Postgres(pool) => sqlx::query_scalar(count).fetch_one(pool).await.unwrap(),
            };
            rows.insert(table, count);
        }
        rows
    }

    /// Every row of every table, as one text: to look for what must not be in it.
    pub async fn dump(&self) -> String {
        let mut dump = String::new();
        for table in self.tables().await {
            let columns = self.columns(&table).await;
            let row: Vec<_> = columns.iter().map(|column| format!("COALESCE(CAST({column} AS TEXT), '')")).collect();
            let select = sqlx::AssertSqlSafe(format!("SELECT {} FROM {table}", row.join(" || ' | ' || ")));
            let lines: Vec<String> = match self.db() {
                Db::Sqlite { readers, .. } => sqlx::query_scalar(select).fetch_all(readers).await.unwrap(),
                Db::Postgres(pool) => sqlx::query_scalar(select).fetch_all(pool).await.unwrap(),
            };
            for line in lines {
                dump.extend([table.as_str(), ": ", &line, "\n"]);
            }
        }
        dump
    }

    async fn tables(&self) -> Vec<String> {
        match self.db() {
            Db::Sqlite { readers, .. } => {
                sqlx::query_scalar("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%sql%'")
                    .fetch_all(readers)
                    .await
                    .unwrap()
            }
            Db::Postgres(pool) => {
                sqlx::query_scalar("SELECT CAST(tablename AS TEXT) FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE '%sqlx%'")
                    .fetch_all(pool)
                    .await
                    .unwrap()
            }
        }
    }

    async fn columns(&self, table: &str) -> Vec<String> {
        match self.db() {
            Db::Sqlite { readers, .. } => sqlx::query_scalar("SELECT name FROM pragma_table_info($1)")
                .bind(table)
                .fetch_all(readers)
                .await
                .unwrap(),
            Db::Postgres(pool) => {
                let names = "SELECT CAST(column_name AS TEXT) FROM information_schema.columns WHERE table_name = $1";
                sqlx::query_scalar(names).bind(table).fetch_all(pool).await.unwrap()
            }
        }
    }
}

/// Fills a directory with the keys that every world of this run has: a new RSA key would cost each more than its story.
pub fn copy_keys(to: &Path) {
    static KEYS: OnceLock<Vec<(OsString, Vec<u8>)>> = OnceLock::new();
    let files = KEYS.get_or_init(|| {
        let dir = tempfile::tempdir().expect("a directory");
        let keys = dir.path().join("keys");
        KeyRing::open(&keys, Clock::default().now()).expect("signing keys");
        Sealer::open(&keys).expect("a key to seal with");
        let files = std::fs::read_dir(&keys).unwrap().map(Result::unwrap);
        files.map(|file| (file.file_name(), std::fs::read(file.path()).unwrap())).collect()
    });
    std::fs::DirBuilder::new().mode(0o700).create(to).unwrap();
    for (name, bytes) in files {
        let mut file =
            std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(to.join(name)).unwrap();
        file.write_all(bytes).unwrap();
    }
}

/// An address on loopback that nobody listens on just now.
pub fn free_address() -> std::net::SocketAddr {
    TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address")
}
