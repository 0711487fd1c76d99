//! The server that benchmarks measure: the real one on loopback, with SQLite and the least hashing that production allows.

use preau::{
    app::{App, Clock},
    config::{Config, Mode, Settings},
    crypto::Rng,
    domain::Fault,
    server,
};
use tempfile::TempDir;

/// Its services with a database of their own, and the folder that holds it for as long as it is kept.
pub async fn assemble(change: impl FnOnce(&mut Settings)) -> Result<(App, TempDir), Fault> {
    let directory = tempfile::tempdir()?;
    let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
    let listen = listener.local_addr()?;
    drop(listener);
    let mut settings = Settings { listen, keys: directory.path().join("keys"), ..Settings::default() };
    settings.public_url = format!("http://localhost:{}", listen.port());
    settings.database.url = format!("sqlite:{}", directory.path().join("preau.db").display());
    change(&mut settings);
    let app = server::assemble(Config::check(settings, Mode::Serve)?, Clock::default(), Rng::from_os()?).await?;
    Ok((app, directory))
}
