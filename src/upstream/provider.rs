//! One provider: its discovery document and keys, kept for an hour; the requests to it.

use std::{
    fmt,
    pin::Pin,
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use arc_swap::ArcSwapOption;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use openidconnect::{
    AccessTokenHash, AsyncHttpClient, AuthType, AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret,
    CsrfToken, DiscoveryError, HttpRequest, HttpResponse, IssuerUrl, LanguageTag, Nonce, OAuth2TokenResponse,
    PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RequestTokenError, Scope, SignatureVerificationError,
    TokenResponse, UserInfoClaims, UserInfoError,
    core::{
        CoreAuthPrompt, CoreAuthenticationFlow, CoreClient, CoreClientAuthMethod, CoreGenderClaim, CoreIdToken,
        CoreJwsSigningAlgorithm, CoreProviderMetadata, CoreTokenResponse,
    },
};
use serde_json::{Map, Value};

use crate::{
    domain::{Instant, Secret},
    outbound::{Outbound, Unreached},
    policy::Upstream,
};

use super::{Asking, Identity, Unproven};

/// For how long a discovery document and its keys are good.
const KEPT: Duration = Duration::from_hours(1);
/// How far the provider's clock may be from ours.
const SKEW: Duration = Duration::from_mins(2);
/// How long ago an ID token may have been made: it came in the answer to a code that was a minute old at the most.
const FRESH: Duration = Duration::from_mins(10);

/// What a token may be signed with: keys that the provider alone holds, so never our secret, and never nothing.
const SIGNED_WITH: [CoreJwsSigningAlgorithm; 7] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// A provider.
pub(super) struct Provider {
    upstream: Arc<Upstream>,
    http: Http,
    known: ArcSwapOption<Known>,
}

/// What it said of itself.
struct Known {
    metadata: CoreProviderMetadata,
    read_at: Instant,
}

impl fmt::Debug for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Provider").field(&self.upstream.name).finish()
    }
}

/// Further claims of UserInfo, whatever they are.
#[derive(Clone, Debug, serde::Deserialize, serde::Serialize)]
struct Further {
    #[serde(flatten)]
    all: Map<String, Value>,
}

impl openidconnect::AdditionalClaims for Further {}

/// A client of the crate's for one request.
macro_rules! client {
    ($provider:expr, $metadata:expr, $asking:expr) => {{
        let redirect_uri =
            RedirectUrl::new($asking.redirect_uri.to_owned()).map_err(|why| unfit("our call-back", why))?;
        CoreClient::from_provider_metadata(
            $metadata.clone(),
            ClientId::new($provider.upstream.client_id.clone()),
            $provider.upstream.client_secret.as_ref().map(|secret| ClientSecret::new(secret.reveal().to_owned())),
        )
        .set_auth_type(auth_type(&$metadata))
        .set_redirect_uri(redirect_uri)
    }};
}

impl Provider {
    pub fn new(upstream: Arc<Upstream>, outbound: Outbound) -> Self {
        Self { upstream, http: Http(outbound), known: ArcSwapOption::empty() }
    }

    /// Reads the discovery document anew.
    pub async fn look(&self, now: Instant) -> Result<(), Unproven> {
        self.read(now).await.map(drop)
    }

    pub async fn address(&self, asking: Asking<'_>) -> Result<String, Unproven> {
        let metadata = self.metadata(asking.now).await?;
        let client = client!(self, metadata, asking);
        let (state, nonce) = (asking.state.reveal().to_owned(), asking.nonce.reveal().to_owned());
        let challenge =
            PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(asking.verifier.reveal().to_owned()));
        let mut request = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                move || CsrfToken::new(state),
                move || Nonce::new(nonce),
            )
            .add_scopes(
                self.upstream.scopes.iter().filter(|scope| *scope != "openid").map(|scope| Scope::new(scope.clone())),
            )
            .add_ui_locale(LanguageTag::new(asking.language.to_owned()))
            .set_pkce_challenge(challenge);
        if asking.again {
            request = request.add_prompt(CoreAuthPrompt::Login);
        }
        Ok(request.url().0.into())
    }

    pub async fn redeem(&self, code: &Secret, asking: Asking<'_>) -> Result<Identity, Unproven> {
        let metadata = self.metadata(asking.now).await?;
        let client = client!(self, metadata, asking);
        let exchange = client
            .exchange_code(AuthorizationCode::new(code.reveal().to_owned()))
            .map_err(|why| unfit("the token endpoint", why))?
            .set_pkce_verifier(PkceCodeVerifier::new(asking.verifier.reveal().to_owned()));
        let tokens = exchange.request_async(&self.http).await.map_err(token_error)?;
        let id_token = tokens.id_token().ok_or_else(|| unfit("the token response", "it holds no ID token"))?;
        let subject = match self.check(&metadata, &tokens, asking) {
            Err(Checked::UnknownKey) => {
                let fresh = self.read(asking.now).await?;
                self.check(&fresh, &tokens, asking).map_err(Unproven::from)?
            }
            checked => checked.map_err(Unproven::from)?,
        };
        let mut claims = payload(id_token)?;
        let is_missing =
            [&self.upstream.claim, &self.upstream.mailbox].into_iter().any(|claim| !claims.contains_key(claim));
        if is_missing && metadata.userinfo_endpoint().is_some() {
            for (name, value) in self.userinfo(&metadata, &tokens, &subject, asking).await? {
                claims.entry(name).or_insert(value);
            }
        }
        Ok(Identity { subject, claims })
    }

    /// The checks of OpenID Connect Core §3.1.3.7: issuer, audience, signature, algorithm, times, nonce, and the access
    /// token's hash where there is one. Gives the subject.
    fn check(
        &self,
        metadata: &CoreProviderMetadata,
        tokens: &CoreTokenResponse,
        asking: Asking<'_>,
    ) -> Result<String, Checked> {
        let refused = |why: &dyn fmt::Display| Checked::Refused(why.to_string());
        let client =
            CoreClient::from_provider_metadata(metadata.clone(), ClientId::new(self.upstream.client_id.clone()), None);
        let now = UNIX_EPOCH + Duration::from_millis(u64::try_from(asking.now.millis()).unwrap_or(0));
        let verifier = client
            .id_token_verifier()
            .set_allowed_algs(SIGNED_WITH)
            .set_time_fn(move || (now - SKEW).into())
            .set_issue_time_verifier_fn(move |issued| {
                let issued = SystemTime::from(issued);
                let is_fresh = issued <= now + SKEW && issued >= now - FRESH;
                if is_fresh { Ok(()) } else { Err("it was not made just now".to_owned()) }
            });
        let id_token = tokens.id_token().ok_or_else(|| refused(&"it holds no ID token"))?;
        let nonce = Nonce::new(asking.nonce.reveal().to_owned());
        let claims = id_token.claims(&verifier, &nonce).map_err(Checked::from)?;
        if let Some(expected) = claims.access_token_hash() {
            let alg = id_token.signing_alg().map_err(|why| refused(&why))?;
            let key = id_token.signing_key(&verifier).map_err(|why| refused(&why))?;
            let actual = AccessTokenHash::from_token(tokens.access_token(), alg, key).map_err(|why| refused(&why))?;
            if actual != *expected {
                return Err(refused(&"it belongs to another access token"));
            }
        }
        Ok(claims.subject().to_string())
    }

    async fn userinfo(
        &self,
        metadata: &CoreProviderMetadata,
        tokens: &CoreTokenResponse,
        subject: &str,
        asking: Asking<'_>,
    ) -> Result<Map<String, Value>, Unproven> {
        let client = client!(self, metadata, asking);
        let subject = openidconnect::SubjectIdentifier::new(subject.to_owned());
        let asked =
            client.user_info(tokens.access_token().clone(), Some(subject)).map_err(|why| unfit("UserInfo", why))?;
        let told: UserInfoClaims<Further, CoreGenderClaim> =
            asked.request_async(&self.http).await.map_err(userinfo_error)?;
        match serde_json::to_value(told).map_err(|why| unfit("UserInfo", why))? {
            Value::Object(claims) => Ok(claims),
            _ => Err(unfit("UserInfo", "it is no object")),
        }
    }

    /// What the provider says of itself: as it was read within an hour, else anew; an older one serves where it says
    /// nothing now.
    async fn metadata(&self, now: Instant) -> Result<CoreProviderMetadata, Unproven> {
        let known = self.known.load_full();
        if let Some(known) = known.as_ref().filter(|known| now.since(known.read_at) < KEPT) {
            return Ok(known.metadata.clone());
        }
        match (self.read(now).await, known) {
            (Ok(metadata), _) => Ok(metadata),
            (Err(_), Some(known)) => Ok(known.metadata.clone()),
            (Err(why), None) => Err(why),
        }
    }

    async fn read(&self, now: Instant) -> Result<CoreProviderMetadata, Unproven> {
        const WHAT: &str = "the discovery document";
        let issuer = IssuerUrl::new(self.upstream.issuer.clone()).map_err(|why| unfit(WHAT, why))?;
        let metadata = CoreProviderMetadata::discover_async(issuer, &self.http).await;
        let metadata = metadata.map_err(|error| match error {
            DiscoveryError::Request(why) => Unproven::Unreached { what: WHAT, why },
            DiscoveryError::Response(status, ..) => unfit(WHAT, status),
            DiscoveryError::Parse(why) => unfit(WHAT, why.path()),
            other => unfit(WHAT, other),
        })?;
        self.known.store(Some(Arc::new(Known { metadata: metadata.clone(), read_at: now })));
        Ok(metadata)
    }
}

/// Our sender, as the crate wants one.
struct Http(Outbound);

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = Unreached;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, Unreached>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(async move {
            let request = reqwest::Request::try_from(request).map_err(|why| Unreached::Failed(why.to_string()))?;
            let reply = self.0.send(request).await?;
            let mut response = HttpResponse::new(reply.body);
            *response.status_mut() = reply.status;
            *response.headers_mut() = reply.headers;
            Ok(response)
        })
    }
}

/// How we say who we are: as most providers take it, in the body only where the header is not taken (RFC 6749 §2.3.1).
fn auth_type(metadata: &CoreProviderMetadata) -> AuthType {
    let Some(methods) = metadata.token_endpoint_auth_methods_supported() else { return AuthType::BasicAuth };
    let takes = |method| methods.contains(&method);
    if !takes(CoreClientAuthMethod::ClientSecretBasic) && takes(CoreClientAuthMethod::ClientSecretPost) {
        AuthType::RequestBody
    } else {
        AuthType::BasicAuth
    }
}

/// The claims of a checked ID token, all of them.
fn payload(id_token: &CoreIdToken) -> Result<Map<String, Value>, Unproven> {
    let jwt = id_token.to_string();
    let read = |jwt: &str| {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(jwt.split('.').nth(1)?).ok()?;
        serde_json::from_slice(&bytes).ok()
    };
    read(&jwt).ok_or_else(|| unfit("the ID token", "its claims can't be read"))
}

/// Why a token was refused.
enum Checked {
    /// It names a key that was not there when keys were read.
    UnknownKey,
    /// Anything else.
    Refused(String),
}

impl From<ClaimsVerificationError> for Checked {
    fn from(error: ClaimsVerificationError) -> Self {
        match error {
            ClaimsVerificationError::SignatureVerification(SignatureVerificationError::NoMatchingKey) => {
                Self::UnknownKey
            }
            ClaimsVerificationError::SignatureVerification(why) => Self::Refused(format!("its signature: {why}")),
            other => Self::Refused(other.to_string()),
        }
    }
}

impl From<Checked> for Unproven {
    fn from(checked: Checked) -> Self {
        match checked {
            Checked::UnknownKey => unfit("the ID token", "it is signed with a key that the provider does not publish"),
            Checked::Refused(why) => unfit("the ID token", why),
        }
    }
}

fn unfit(what: &'static str, why: impl fmt::Display) -> Unproven {
    Unproven::Unfit { what, why: why.to_string() }
}

/// What went wrong at the token endpoint; never what it sent, which may hold tokens.
fn token_error<T>(error: RequestTokenError<Unreached, T>) -> Unproven
where
    T: openidconnect::ErrorResponse + fmt::Display + 'static,
{
    const WHAT: &str = "the token response";
    match error {
        RequestTokenError::Request(why) => Unproven::Unreached { what: WHAT, why },
        RequestTokenError::ServerResponse(refused) => unfit(WHAT, refused),
        RequestTokenError::Parse(why, _) => unfit(WHAT, format!("{} can't be read", why.path())),
        RequestTokenError::Other(why) => unfit(WHAT, why),
    }
}

fn userinfo_error(error: UserInfoError<Unreached>) -> Unproven {
    const WHAT: &str = "UserInfo";
    match error {
        UserInfoError::Request(why) => Unproven::Unreached { what: WHAT, why },
        UserInfoError::Response(status, ..) => unfit(WHAT, status),
        UserInfoError::Parse(why) => unfit(WHAT, format!("{} can't be read", why.path())),
        UserInfoError::ClaimsVerification(why) => unfit(WHAT, why),
        other => unfit(WHAT, other.to_string()),
    }
}
