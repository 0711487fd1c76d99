//! "Espace numérique": a portal that signs in over OpenID Connect, with the `openidconnect` crate as its authors show it.
//!
//! Code flow with PKCE, `state` and `nonce` bound to the browser (RFC 9700 §2.1.1), `iss` compared (RFC 9207), what is
//! shown from `UserInfo`, the sign-out told to the provider (RP-Initiated Logout 1.0) and heard from it (Back-Channel Logout 1.0). Nothing of Préau is imported.

use axum::{
    Form, Router,
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
    middleware,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use axum_extra::extract::CookieJar;
use openidconnect::{
    AdditionalClaims, AuthorizationCode, ClientId, ClientSecret, CsrfToken, IdToken, IssuerUrl, JsonWebTokenType,
    LogoutRequest, Nonce, OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, PostLogoutRedirectUrl,
    ProviderMetadataWithLogout, RedirectUrl, Scope, TokenResponse, UserInfoClaims,
    core::{
        CoreAuthenticationFlow, CoreClient, CoreGenderClaim, CoreIdToken, CoreJweContentEncryptionAlgorithm,
        CoreJwsSigningAlgorithm,
    },
};
use serde_json::{Map, Value};

use super::{About, DOORS, Door, Kit, page, visits::Begun};
use crate::{demo::look, domain::Fault};

const TITLE: &str = "Espace numérique";

/// The application at one of its doors.
#[derive(Clone)]
pub struct DigitalSpace {
    kit: Kit,
    door: Door,
    client_id: String,
    client_secret: String,
}

/// Every claim that the crate has no name for.
#[derive(Clone, Debug, serde::Deserialize, serde::Serialize)]
struct Others(Map<String, Value>);

impl AdditionalClaims for Others {}

/// What signed tokens say of a session beside the claims that the crate knows.
#[derive(Clone, Debug, serde::Deserialize, serde::Serialize)]
struct OfSession {
    sid: Option<String>,
    #[serde(default)]
    events: Map<String, Value>,
}

impl AdditionalClaims for OfSession {}

/// An ID token or a logout token.
type Signed = IdToken<OfSession, CoreGenderClaim, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm>;

impl DigitalSpace {
    /// The pages of all its doors; `clients` are id and secret, a pair for each of `DOORS`.
    pub fn routes(kit: &Kit, clients: &[(String, String); 2]) -> Router {
        let mut router = look::routes();
        for (door, (client_id, client_secret)) in DOORS.into_iter().zip(clients) {
            let at = |path: &str| format!("{}{path}", door.prefix);
            let app = Self {
                kit: kit.clone(),
                door: door.clone(),
                client_id: client_id.clone(),
                client_secret: client_secret.clone(),
            };
            router = router.merge(
                Router::new()
                    .route(&at("/"), get(home))
                    .route(&at("/connexion"), get(begin))
                    .route(&at("/retour"), get(comes_back))
                    .route(&at("/deconnexion"), post(leave))
                    .route(&at("/deconnecte"), get(left))
                    .route(&at("/fin-de-session"), post(is_over))
                    .with_state(app),
            );
        }
        router
            .route("/ent", get(async || Redirect::to("/ent/")))
            .layer(middleware::from_fn(|request, next| look::headers(page::CSP, request, next)))
    }

    /// The provider as it describes itself. Asked each time: its keys may have been renewed since.
    async fn provider(&self) -> Result<ProviderMetadataWithLogout, Fault> {
        let issuer = IssuerUrl::new(self.kit.issuer.clone())?;
        Ok(ProviderMetadataWithLogout::discover_async(issuer, &self.kit.http).await?)
    }

    fn redirect_uri(&self) -> Result<RedirectUrl, Fault> {
        Ok(RedirectUrl::new(self.kit.address(&self.door, "/retour"))?)
    }

    /// Where the browser goes to sign in.
    async fn authorization(&self, jar: CookieJar) -> Result<(CookieJar, String), Fault> {
        let client = CoreClient::from_provider_metadata(
            self.provider().await?,
            ClientId::new(self.client_id.clone()),
            Some(ClientSecret::new(self.client_secret.clone())),
        )
        .set_redirect_uri(self.redirect_uri()?);
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let (url, state, nonce) = client
            .authorize_url(CoreAuthenticationFlow::AuthorizationCode, CsrfToken::new_random, Nonce::new_random)
            .add_scopes(["profile", "email", "school"].map(|scope| Scope::new(scope.into())))
            .set_pkce_challenge(challenge)
            .url();
        let jar = self.kit.visits.begin(jar, state.secret(), nonce.secret(), verifier.secret());
        Ok((jar, url.to_string()))
    }

    /// Takes the code to the provider and learns who it stands for.
    async fn learn(&self, code: String, begun: Begun) -> Result<About, Fault> {
        let client = CoreClient::from_provider_metadata(
            self.provider().await?,
            ClientId::new(self.client_id.clone()),
            Some(ClientSecret::new(self.client_secret.clone())),
        )
        .set_redirect_uri(self.redirect_uri()?);
        let tokens = client
            .exchange_code(AuthorizationCode::new(code))?
            .set_pkce_verifier(PkceCodeVerifier::new(begun.code_verifier))
            .request_async(&self.kit.http)
            .await?;
        let id_token = tokens.id_token().ok_or_else(|| Fault::new("no ID token came with the access token"))?;
        let claims = id_token.claims(&client.id_token_verifier(), &Nonce::new(begun.nonce))?;
        let subject = claims.subject().clone();
        // The crate's own ID token has no `sid`: the same token, read once more.
        let token: Signed = id_token.to_string().parse()?;
        let sid =
            token.claims(&client.id_token_verifier(), |_: Option<&Nonce>| Ok(()))?.additional_claims().sid.clone();
        let learnt: UserInfoClaims<Others, CoreGenderClaim> = client
            .user_info(tokens.access_token().clone(), Some(subject.clone()))?
            .request_async(&self.kit.http)
            .await?;
        let told = serde_json::to_value(&learnt)?;
        let told = told.as_object().cloned().unwrap_or_default();
        Ok(About::of_claims(subject.as_str(), &told, (id_token.to_string(), sid.unwrap_or_default())))
    }

    /// The session that a logout token says is over (OpenID Connect Back-Channel Logout 1.0 §2.6).
    async fn over(&self, token: &str) -> Result<String, Fault> {
        let client = CoreClient::from_provider_metadata(
            self.provider().await?,
            ClientId::new(self.client_id.clone()),
            Some(ClientSecret::new(self.client_secret.clone())),
        );
        let token: Signed = token.parse()?;
        let no_nonce = |nonce: Option<&Nonce>| match nonce {
            None => Ok(()),
            Some(_) => Err("a logout token has no nonce".to_owned()),
        };
        let kind = JsonWebTokenType::new("logout+jwt".to_owned()).normalize()?;
        let verifier = client.id_token_verifier().set_allowed_jose_types([kind]);
        let told = token.claims(&verifier, no_nonce)?.additional_claims();
        if !told.events.contains_key("http://schemas.openid.net/event/backchannel-logout") {
            return Err(Fault::new("a token that tells of no sign-out"));
        }
        told.sid.clone().ok_or_else(|| Fault::new("a logout token without a session"))
    }

    /// Where the browser goes to sign out of everything.
    async fn end_session(&self, id_token: &str) -> Result<String, Fault> {
        let provider = self.provider().await?;
        let endpoint = provider.additional_metadata().end_session_endpoint.clone();
        let endpoint = endpoint.ok_or_else(|| Fault::new("the provider names no end_session_endpoint"))?;
        let id_token: CoreIdToken = id_token.parse()?;
        let back = PostLogoutRedirectUrl::new(self.kit.address(&self.door, "/deconnecte"))?;
        let request = LogoutRequest::from(endpoint).set_id_token_hint(&id_token).set_post_logout_redirect_uri(back);
        Ok(request.http_get_url().to_string())
    }

    fn home(&self, who: Option<About>, signed_out: bool) -> Response {
        let neighbour = &self.kit.neighbour;
        let link = |href: String, text: &str| page::Link { href, text: text.to_owned() };
        let other = DOORS.into_iter().find(|door| *door != self.door);
        let mut links = vec![link(format!("{neighbour}{}/connexion", self.door.prefix), "Ouvrir Vie scolaire")];
        links.extend(other.map(|door| link(format!("{}/", door.prefix), &format!("Entrer par le {}", door.name))));
        look::page(&page::Home {
            app: "espace-numerique",
            title: TITLE,
            lead: "L’agenda, les cours et les nouvelles des établissements du réseau.",
            door: self.door.clone(),
            who,
            signed_out,
            links,
        })
    }

    fn problem(&self, cause: &Fault) -> Response {
        tracing::warn!(%cause, "Espace numérique: a sign-in failed");
        page::problem(TITLE, &self.door, "La connexion n’a pas pu être vérifiée. Recommencez depuis le début.")
    }
}

async fn home(State(app): State<DigitalSpace>, jar: CookieJar) -> Response {
    app.home(app.kit.visits.who(&jar, &app.door), false)
}

async fn begin(State(app): State<DigitalSpace>, jar: CookieJar) -> Response {
    match app.authorization(jar).await {
        Ok((jar, to)) => (jar, Redirect::to(&to)).into_response(),
        Err(cause) => app.problem(&cause),
    }
}

/// The authorization response (RFC 6749 §4.1.2, RFC 9207 §2).
#[derive(serde::Deserialize)]
struct Answer {
    code: Option<String>,
    state: Option<String>,
    iss: Option<String>,
    error: Option<String>,
}

async fn comes_back(State(app): State<DigitalSpace>, jar: CookieJar, Query(answer): Query<Answer>) -> Response {
    let Some(begun) = answer.state.as_deref().and_then(|state| app.kit.visits.take(&jar, state)) else {
        // Going back, reloading, or another browser: who is signed in already stays so.
        if app.kit.visits.who(&jar, &app.door).is_some() {
            return Redirect::to(&format!("{}/", app.door.prefix)).into_response();
        }
        return app.problem(&Fault::new("nobody began this sign-in in this browser"));
    };
    if answer.iss.as_ref().is_some_and(|iss| *iss != app.kit.issuer) {
        return app.problem(&Fault::new("the answer comes from another issuer"));
    }
    if let Some(error) = answer.error {
        return app.problem(&Fault::new(format!("the provider refused: {error}")));
    }
    match app.learn(answer.code.unwrap_or_default(), begun).await {
        Ok(about) => {
            let jar = app.kit.visits.open(jar, &app.door, about);
            (jar, Redirect::to(&format!("{}/", app.door.prefix))).into_response()
        }
        Err(cause) => app.problem(&cause),
    }
}

/// Ends the session here first, then at the provider.
async fn leave(State(app): State<DigitalSpace>, jar: CookieJar, headers: HeaderMap) -> Response {
    if !page::is_own_post(&headers, &app.kit.base) {
        return page::problem(TITLE, &app.door, "Cette demande vient d’ailleurs.");
    }
    let Some(who) = app.kit.visits.who(&jar, &app.door) else {
        return Redirect::to(&format!("{}/", app.door.prefix)).into_response();
    };
    let jar = app.kit.visits.close(jar, &app.door);
    match app.end_session(&who.id_token).await {
        Ok(to) => (jar, Redirect::to(&to)).into_response(),
        Err(cause) => (jar, app.problem(&cause)).into_response(),
    }
}

#[derive(serde::Deserialize)]
struct Over {
    logout_token: String,
}

/// The provider tells that a session is over.
async fn is_over(State(app): State<DigitalSpace>, Form(over): Form<Over>) -> StatusCode {
    match app.over(&over.logout_token).await {
        Ok(sid) => {
            app.kit.visits.end(&sid);
            StatusCode::OK
        }
        Err(cause) => {
            tracing::warn!(%cause, "Espace numérique: a sign-out was refused");
            StatusCode::BAD_REQUEST
        }
    }
}

async fn left(State(app): State<DigitalSpace>, jar: CookieJar) -> Response {
    app.home(app.kit.visits.who(&jar, &app.door), true)
}
