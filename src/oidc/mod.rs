//! The OpenID Connect face: discovery, authorization, tokens, `UserInfo`, RP-initiated logout.
//!
//! It parses a client's request into types that can only be right, asks `signin` who stands at the door, and turns a
//! session into a code and a code into tokens. It knows nothing of passwords and nothing of CAS; the only addresses that
//! it redirects to have passed the exact match (`ReturnTo`).

mod answer;
mod authorize;
mod checks;
mod discovery;
mod end_session;
mod error;
mod request;
mod resume;
mod token;
mod userinfo;

use axum::{Router, http::Method, routing::get};
use tower_http::cors::{Any, CorsLayer};

use crate::app::App;

/// The paths of this face.
pub fn routes() -> Router<App> {
    // Public clients in browsers call these from their own origins; none of them reads a cookie.
    let open = CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([axum::http::header::AUTHORIZATION, axum::http::header::CONTENT_TYPE]);
    let called_by_clients = Router::new()
        .route("/.well-known/openid-configuration", get(discovery::configuration))
        .route("/oidc/jwks", get(discovery::jwks))
        .route("/oidc/token", axum::routing::post(token::post))
        .route("/oidc/userinfo", get(userinfo::show).post(userinfo::show))
        .layer(open);
    Router::new()
        .route("/oidc/authorize", get(authorize::show).post(authorize::post))
        .route("/oidc/resume", get(resume::show))
        .route("/oidc/end_session", get(end_session::show).post(end_session::post))
        .route("/oidc/end_session/oui", axum::routing::post(end_session::yes))
        .merge(called_by_clients)
}
