//! A stand-in for SEPNE: a small OpenID Provider with its own accounts, sign-in page, session and keys.
//!
//! It stands for a program of other people on another address: it reads neither Préau's store nor its rooms, but for the
//! key ring that signs. Stories may tell it to misbehave, in process; no address of it does so.

mod authorize;
mod token;

use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use axum::{
    Json, Router,
    extract::State,
    http::StatusCode,
    middleware,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde_json::{Value, json};

use super::look;
use crate::{
    app::Clock,
    crypto::{KeyRing, Rng},
    domain::{Fault, Instant},
};

/// What people call it.
pub const LABEL: &str = "SEPNE";

/// Somebody with an account there.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct SepneAccount {
    /// The mailbox, which is the login name as well.
    pub address: String,
    /// The password.
    pub password: String,
    /// Given name and family name.
    pub name: String,
    /// The ten-digit student number; none for teachers and parents.
    pub student_number: Option<String>,
}

/// Who may ask it.
#[derive(Clone, Debug)]
pub struct SepneClient {
    /// `client_id`.
    pub id: String,
    /// `client_secret`.
    pub secret: String,
    /// `redirect_uri`, to the character.
    pub redirect_uri: String,
}

/// How it misbehaves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Mischief {
    /// Not at all.
    #[default]
    None,
    /// Every request but those of browsers is answered 503.
    Down,
    /// Every request but those of browsers is answered after so long.
    Slow(Duration),
    /// The ID token has another nonce.
    WrongNonce,
    /// The ID token has no nonce.
    NoNonce,
    /// The ID token's signature is not its own.
    WrongSignature,
    /// The ID token names a key that is not published.
    UnknownKey,
    /// The ID token is for somebody else.
    WrongAudience,
    /// The ID token is of somebody else.
    WrongIssuer,
    /// The ID token is out of date.
    Expired,
    /// The ID token was made long ago.
    Old,
    /// The answer to the browser says that another issuer made it (RFC 9207).
    WrongIss,
    /// The mailbox is not verified.
    UnverifiedMailbox,
    /// Claims come with UserInfo, not in the ID token.
    ClaimsAtUserInfo,
    /// The same, and `UserInfo` is about somebody else.
    AnotherAtUserInfo,
}

/// The provider. Clones are the same.
#[derive(Clone)]
pub struct Sepne(Arc<Inner>);

struct Inner {
    issuer: String,
    keys: PathBuf,
    client: SepneClient,
    accounts: Vec<SepneAccount>,
    clock: Clock,
    rng: Rng,
    ring: tokio::sync::RwLock<Option<KeyRing>>,
    state: Mutex<Held>,
    key_sets_given: AtomicUsize,
    sign_in_pages: AtomicUsize,
}

#[derive(Default)]
struct Held {
    mischief: Mischief,
    /// Addresses by cookie.
    sessions: BTreeMap<String, String>,
    codes: BTreeMap<String, Code>,
    tokens: BTreeMap<String, String>,
}

/// What a code stands for.
#[derive(Clone, Debug)]
struct Code {
    address: String,
    nonce: Option<String>,
    challenge: String,
    until: Instant,
}

/// Codes, sessions and tokens at the most, each; the oldest keys give way.
const MOST: usize = 5_000;

impl Sepne {
    /// A provider of that issuer, with its keys in a directory that is filled when they are first needed.
    #[must_use]
    pub fn new(
        issuer: impl Into<String>,
        keys: PathBuf,
        client: SepneClient,
        accounts: Vec<SepneAccount>,
        (clock, rng): (Clock, Rng),
    ) -> Self {
        Self(Arc::new(Inner {
            issuer: issuer.into(),
            keys,
            client,
            accounts,
            clock,
            rng,
            ring: tokio::sync::RwLock::default(),
            state: Mutex::default(),
            key_sets_given: AtomicUsize::new(0),
            sign_in_pages: AtomicUsize::new(0),
        }))
    }

    /// Its paths.
    pub fn routes(&self) -> Router {
        let behind = Router::new()
            .route("/.well-known/openid-configuration", get(discovery))
            .route("/jwks", get(jwks))
            .route("/token", post(token::exchange))
            .route("/userinfo", get(token::userinfo))
            .layer(middleware::from_fn_with_state(self.clone(), troubled));
        Router::new()
            .route("/", get(authorize::home))
            .route("/connexion", get(authorize::ask).post(authorize::answer))
            .route("/deconnexion", post(authorize::sign_out))
            .with_state(self.clone())
            .merge(behind.with_state(self.clone()))
            .merge(look::routes())
            .layer(middleware::from_fn(|request, next| look::headers(authorize::CSP, request, next)))
    }

    /// From now on it misbehaves so.
    pub fn misbehaves(&self, mischief: Mischief) {
        self.held().mischief = mischief;
    }

    /// Makes new keys; the old ones are published no more (row SEP-20).
    ///
    /// # Errors
    /// The directory can't be used.
    pub async fn renews_its_keys(&self) -> Result<(), Fault> {
        let (keys, now) = (self.0.keys.clone(), self.0.clock.now());
        let ring = tokio::task::spawn_blocking(move || {
            KeyRing::rotate(&keys, now, Duration::ZERO)?;
            KeyRing::open(&keys, now)
        });
        *self.0.ring.write().await = Some(ring.await??);
        Ok(())
    }

    /// How often somebody asked for its keys.
    #[must_use]
    pub fn key_sets_given(&self) -> usize {
        self.0.key_sets_given.load(Ordering::Relaxed)
    }

    /// How often it showed its sign-in page.
    #[must_use]
    pub fn sign_in_pages(&self) -> usize {
        self.0.sign_in_pages.load(Ordering::Relaxed)
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn account(&self, address: &str) -> Option<&SepneAccount> {
        self.0.accounts.iter().find(|account| account.address.eq_ignore_ascii_case(address.trim()))
    }

    /// Its keys, made on first use: that takes a while.
    async fn ring(&self) -> Result<KeyRing, Fault> {
        if let Some(ring) = self.0.ring.read().await.clone() {
            return Ok(ring);
        }
        let mut place = self.0.ring.write().await;
        if let Some(ring) = place.clone() {
            return Ok(ring);
        }
        let (keys, now) = (self.0.keys.clone(), self.0.clock.now());
        let ring = tokio::task::spawn_blocking(move || KeyRing::open(&keys, now)).await??;
        *place = Some(ring.clone());
        Ok(ring)
    }
}

/// Puts something under a key; where there is too much already, the first goes.
fn keep<T>(all: &mut BTreeMap<String, T>, key: String, value: T) {
    if all.len() >= MOST {
        all.pop_first();
    }
    all.insert(key, value);
}

/// The mischief that befalls programs rather than people.
async fn troubled(State(sepne): State<Sepne>, request: axum::extract::Request, next: middleware::Next) -> Response {
    let mischief = sepne.held().mischief.clone();
    match mischief {
        Mischief::Down => return StatusCode::SERVICE_UNAVAILABLE.into_response(),
        Mischief::Slow(span) => tokio::time::sleep(span).await,
        _ => {}
    }
    next.run(request).await
}

/// OpenID Connect Discovery §3.
async fn discovery(State(sepne): State<Sepne>) -> Json<Value> {
    let issuer = &sepne.0.issuer;
    Json(json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/connexion"),
        "token_endpoint": format!("{issuer}/token"),
        "userinfo_endpoint": format!("{issuer}/userinfo"),
        "jwks_uri": format!("{issuer}/jwks"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "scopes_supported": ["openid", "profile", "email"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": true,
    }))
}

async fn jwks(State(sepne): State<Sepne>) -> Response {
    sepne.0.key_sets_given.fetch_add(1, Ordering::Relaxed);
    match sepne.ring().await {
        Ok(ring) => Json(ring.jwks(sepne.0.clock.now())).into_response(),
        Err(fault) => {
            tracing::error!(cause = %fault, "the stand-in's keys can't be read");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
