//! What this issuer speaks, and the keys that it signs with (OpenID Connect Discovery §3 and §4, RFC 8414, RFC 7517).

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

use crate::{app::App, domain::Claim, web::Call, words::Locale};

use super::{
    authorize,
    checks::{acr, scope},
    end_session, token, userinfo,
};

pub(super) const JWKS: &str = "/oidc/jwks";

/// Claims of the ID token beside those that are released.
const OWN_CLAIMS: [&str; 9] = ["iss", "aud", "exp", "iat", "auth_time", "nonce", "acr", "amr", "sid"];

/// The discovery document.
pub(super) async fn show(State(app): State<App>) -> Response {
    ([(header::CACHE_CONTROL, "public, max-age=3600")], axum::Json(document(app.config.issuer()))).into_response()
}

/// The published keys. A minute at the most: a key signs from the moment it is made.
pub(super) async fn jwks(State(app): State<App>, call: Call) -> Response {
    let kind = (header::CONTENT_TYPE, "application/jwk-set+json");
    let keys = app.keys.load().jwks(call.now).to_string();
    ([kind, (header::CACHE_CONTROL, "public, max-age=60")], keys).into_response()
}

fn document(issuer: &str) -> Value {
    let at = |path: &str| format!("{issuer}{path}");
    let claims: Vec<&str> = OWN_CLAIMS.into_iter().chain(Claim::ALL.iter().map(|claim| claim.name())).collect();
    json!({
        "issuer": issuer,
        "authorization_endpoint": at(authorize::PATH),
        "token_endpoint": at(token::PATH),
        "userinfo_endpoint": at(userinfo::PATH),
        "jwks_uri": at(JWKS),
        "end_session_endpoint": at(end_session::PATH),
        "backchannel_logout_supported": true,
        "backchannel_logout_session_supported": true,
        "scopes_supported": scope::KNOWN,
        "response_types_supported": ["code"],
        "response_modes_supported": ["query", "form_post"],
        "grant_types_supported": ["authorization_code"],
        "subject_types_supported": ["public", "pairwise"],
        "id_token_signing_alg_values_supported": ["RS256", "ES256"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post", "none"],
        "code_challenge_methods_supported": ["S256"],
        "prompt_values_supported": ["none", "login", "consent", "select_account"],
        "acr_values_supported": acr::KNOWN,
        "display_values_supported": ["page"],
        "claim_types_supported": ["normal"],
        "claims_supported": claims,
        "claims_parameter_supported": true,
        "request_parameter_supported": false,
        "request_uri_parameter_supported": false,
        "authorization_response_iss_parameter_supported": true,
        "ui_locales_supported": Locale::ALL.map(Locale::tag),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_names_its_issuer_to_the_character_and_promises_what_is_kept() {
        let document = document("https://id.example");
        assert_eq!(document["issuer"], "https://id.example");
        assert_eq!(document["token_endpoint"], "https://id.example/oidc/token");
        assert_eq!(document["request_uri_parameter_supported"], false, "its default is true");
        assert!(!document["scopes_supported"].as_array().expect("scopes").contains(&json!("offline_access")));
        let claims = document["claims_supported"].as_array().expect("claims");
        assert!(["sub", "email_verified", "children"].iter().all(|name| claims.contains(&json!(name))));
        let members = document.as_object().expect("members");
        assert!(members.values().all(|value| value != &json!([]) && !value.is_null()), "RFC 8414 §3.2: no empty lists");
    }
}
