//! What a client's developer reads first (OpenID Connect Discovery §3, RFC 8414).

use axum::{
    Json,
    extract::State,
    http::{HeaderName, header},
    response::IntoResponse,
};
use serde_json::{Value, json};

use crate::{app::App, domain::Claim, words::Locale};

/// Good for five minutes: keys are published that long before they sign nothing depends on.
const FOR_A_WHILE: [(HeaderName, &str); 1] = [(header::CACHE_CONTROL, "public, max-age=300")];

/// The discovery document.
pub(super) async fn configuration(State(app): State<App>) -> impl IntoResponse {
    (FOR_A_WHILE, Json(document(app.config.issuer())))
}

/// The public keys (RFC 7517 §5).
pub(super) async fn jwks(State(app): State<App>) -> impl IntoResponse {
    (FOR_A_WHILE, Json(app.keys.load().jwks(app.clock.now())))
}

fn document(issuer: &str) -> Value {
    let at = |path: &str| format!("{issuer}{path}");
    let claims: Vec<&str> = Claim::ALL.iter().map(|claim| claim.name()).collect();
    let own = ["iss", "aud", "exp", "iat", "auth_time", "nonce", "sid", "amr", "at_hash"];
    json!({
        "issuer": issuer,
        "authorization_endpoint": at("/oidc/authorize"),
        "token_endpoint": at("/oidc/token"),
        "userinfo_endpoint": at("/oidc/userinfo"),
        "jwks_uri": at("/oidc/jwks"),
        "end_session_endpoint": at("/oidc/end_session"),
        "scopes_supported": ["openid", "profile", "email", "address", "phone", "school"],
        "response_types_supported": ["code"],
        "response_modes_supported": ["query", "form_post"],
        "grant_types_supported": ["authorization_code"],
        "subject_types_supported": ["public", "pairwise"],
        "id_token_signing_alg_values_supported": ["RS256", "ES256"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post", "none"],
        "code_challenge_methods_supported": ["S256"],
        "prompt_values_supported": ["none", "login", "consent", "select_account"],
        "claim_types_supported": ["normal"],
        "claims_supported": own.iter().chain(&claims).collect::<Vec<_>>(),
        "claims_parameter_supported": true,
        "request_parameter_supported": false,
        "request_uri_parameter_supported": false,
        "authorization_response_iss_parameter_supported": true,
        "ui_locales_supported": Locale::ALL.map(Locale::tag),
        "service_documentation": at("/"),
    })
}
