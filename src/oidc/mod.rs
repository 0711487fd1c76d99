//! The OpenID Connect face: discovery, authorization code with PKCE, tokens, UserInfo, RP-initiated logout.
//!
//! It parses a client's request, asks `signin` who stands at the door, and turns a session into a code and a code into
//! tokens. It knows nothing of passwords; a code goes to no address but a registered one; and what a client learns is
//! `policy::release`'s affair. Endpoints that programs call set no cookie; those that a browser visits trust no body.

mod authorize;
pub mod backchannel;
mod checks;
mod code;
mod discovery;
mod end_session;
mod error;
mod hint;
mod posted;
mod reply;
mod request;
mod resume;
#[cfg(test)]
mod tests;
mod token;
mod userinfo;

use std::time::Duration;

use axum::{
    Router,
    http::{HeaderName, Method, StatusCode, header},
    routing::{get, post},
};
use tower_http::cors::{Any, CorsLayer};

use crate::app::App;

/// The paths of this face.
pub fn routes() -> Router<App> {
    Router::new()
        .merge(open())
        .route(authorize::PATH, get(authorize::show).post(authorize::post))
        .route(posted::PATH, get(authorize::posted))
        .route("/oidc/resume", get(resume::show))
        .route(end_session::PATH, get(end_session::show).post(end_session::post))
        .route(end_session::CONFIRM, get(end_session::show).post(end_session::confirm))
}

/// What programs call, scripts of any origin among them: public clients run in browsers. Nothing of it rests on a cookie,
/// so an answer says no more than `curl` would be told.
fn open() -> Router<App> {
    let from_anywhere = CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE])
        .expose_headers([header::WWW_AUTHENTICATE, HeaderName::from_static("x-request-id")])
        .max_age(Duration::from_hours(1));
    Router::new()
        .route("/.well-known/openid-configuration", get(discovery::show).options(nothing))
        .route(discovery::JWKS, get(discovery::jwks).options(nothing))
        .route(token::PATH, post(token::post).options(nothing))
        .route(userinfo::PATH, get(userinfo::show).post(userinfo::post).options(nothing))
        .layer(from_anywhere)
}

/// `OPTIONS`: the layer answers what browsers ask before a call; it only sees requests that a route takes.
async fn nothing() -> StatusCode {
    StatusCode::NO_CONTENT
}
