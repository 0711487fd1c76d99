//! Puts the house together: services, faces, layers, listeners, workers, and an orderly end.

mod health;
mod notices;
mod workers;

use std::{
    net::{SocketAddr, TcpListener},
    time::Duration,
};

use arc_swap::ArcSwap;
use axum::{Router, http::StatusCode, middleware};
use axum_server::{
    Handle,
    tls_openssl::{OpenSSLAcceptor, OpenSSLConfig},
};
use hyper_util::{
    rt::{TokioExecutor, TokioTimer},
    server::conn::auto::Builder,
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tower_http::{
    catch_panic::CatchPanicLayer, compression::CompressionLayer, limit::RequestBodyLimitLayer, timeout::TimeoutLayer,
};

use crate::{
    app::{App, Clock, Gate, Registry, Services, Turns, load_charters},
    cas,
    config::Config,
    crypto::{Hasher, KeyRing, Passkeys, Rng, Sealer},
    domain::Fault,
    ephemeral::Ephemeral,
    oidc,
    outbound::Outbound,
    pages,
    store::{Db, Opening},
    upstream::Providers,
    web,
};

/// Makes the services of a configuration: opens the database (bringing its schema up to date), Redis, the keys.
///
/// # Errors
/// A fault with what to do: whatever does not answer or is damaged.
pub async fn assemble(config: Config, clock: Clock, rng: Rng) -> Result<App, Fault> {
    let db = Db::open(&config.settings.database.url, Opening::Migrate).await?;
    let redis = &config.settings.redis;
    let ephemeral = match redis.url.as_str() {
        "" => Ephemeral::in_process(),
        url => Ephemeral::on_redis(url, &redis.prefix).await?,
    };
    let sealer = Sealer::open(&config.keys)?;
    let keys = KeyRing::open(&config.keys, clock.now())?;
    let hasher = Hasher::start(config.policy.hashing, rng.clone())?;
    let passkeys = Passkeys::of(&config.public_url)?;
    let services = Registry::load(&db).await?;
    let charters = load_charters(&db).await?;
    let outbound = Outbound::open(&config.settings.outbound)?;
    let providers = Providers::new(&config.policy.upstreams, &outbound);
    Ok(App::new(Services {
        db,
        ephemeral,
        hasher,
        keys: ArcSwap::from_pointee(keys),
        sealer,
        passkeys,
        services: ArcSwap::from_pointee(services),
        charters: ArcSwap::from_pointee(charters),
        clock,
        rng,
        turns: Turns::default(),
        gate: Gate::new(&config.policy.limits.network),
        providers,
        outbound,
        config,
    }))
}

/// A running server.
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    /// Its services.
    pub app: App,
    handle: Handle<SocketAddr>,
    stop: CancellationToken,
    tasks: TaskTracker,
}

/// How long requests under way may take to end.
const GRACE: Duration = Duration::from_secs(10);

/// Listens and serves. The socket is bound when this returns.
///
/// # Errors
/// The address is taken, or the certificate can't be read.
pub fn start(app: App) -> Result<Running, Fault> {
    let listener = bind(app.config.settings.listen)?;
    let address = listener.local_addr()?;
    let (handle, stop, tasks) = (Handle::new(), CancellationToken::new(), TaskTracker::new());
    let service = router(app.clone()).into_make_service_with_connect_info::<SocketAddr>();
    let tls = &app.config.settings.tls;
    if let (Some(cert), Some(key)) = (&tls.cert, &tls.key) {
        let config = OpenSSLConfig::from_pem_chain_file(cert, key).map_err(|error| {
            Fault::new(format!("the certificate can't be used: {error}")).remedy("check `tls.cert` and `tls.key`")
        })?;
        let acceptor = OpenSSLAcceptor::new(config);
        let mut server = axum_server::from_tcp(listener)?.acceptor(acceptor).handle(handle.clone());
        patient(server.http_builder());
        tasks.spawn(async move { ended(server.serve(service).await) });
    } else {
        let mut server = axum_server::from_tcp(listener)?.handle(handle.clone());
        patient(server.http_builder());
        tasks.spawn(async move { ended(server.serve(service).await) });
    }
    if let Some(address) = tls.redirect_listen {
        let server = axum_server::from_tcp(bind(address)?)?.handle(handle.clone());
        let to = app.config.issuer().to_owned();
        let redirect = Router::new().fallback(move |uri: axum::http::Uri| {
            let to = format!("{to}{}", uri.path_and_query().map_or("/", |it| it.as_str()));
            async move { axum::response::Redirect::permanent(&to) }
        });
        tasks.spawn(async move { ended(server.serve(redirect.into_make_service()).await) });
    }
    workers::spawn(&app, &tasks, &stop);
    Ok(Running { address, app, handle, stop, tasks })
}

fn bind(address: SocketAddr) -> Result<TcpListener, Fault> {
    let listener = TcpListener::bind(address).map_err(|error| {
        Fault::new(format!("{address} can't be listened on: {error}"))
            .remedy("choose another port in `listen`, or end the program that holds it")
    })?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

/// A client that sends its head a letter at a time is not waited for.
fn patient(builder: &mut Builder<TokioExecutor>) {
    builder.http1().timer(TokioTimer::new()).header_read_timeout(Duration::from_secs(15));
}

fn ended(outcome: std::io::Result<()>) {
    if let Err(error) = outcome {
        tracing::error!(%error, "a listener ended");
    }
}

impl Running {
    /// Ends: no new connection, requests under way get ten seconds, workers finish what they hold.
    pub async fn stop(self) {
        self.handle.graceful_shutdown(Some(GRACE));
        self.stop.cancel();
        self.tasks.close();
        self.tasks.wait().await;
        self.app.db.close().await;
    }
}

/// Every face with its layers.
fn router(app: App) -> Router {
    let settings = &app.config.settings;
    Router::new()
        .merge(pages::routes())
        .merge(cas::routes())
        .merge(oidc::routes())
        .merge(health::routes())
        .merge(web::assets::routes(&app.config.policy.portals))
        .fallback(web::not_found)
        .method_not_allowed_fallback(web::method_not_allowed)
        .layer(TimeoutLayer::with_status_code(
            StatusCode::REQUEST_TIMEOUT,
            Duration::from_secs(settings.limits.request_seconds),
        ))
        .layer(RequestBodyLimitLayer::new(settings.limits.body_bytes))
        .layer(CatchPanicLayer::new())
        .layer(middleware::from_fn_with_state(app.clone(), web::around))
        .layer(CompressionLayer::new())
        .with_state(app)
}
