//! The pages of both applications.

use askama::Template;
use axum::{
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};

use super::{About, Door};
use crate::demo::look;

/// No script, and no `form-action`: Chromium would apply it to the redirects of the sign-out to Préau.
pub(super) const CSP: &str = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'";

/// A link to somewhere else.
pub(super) struct Link {
    pub href: String,
    pub text: String,
}

/// The first page, for who is signed in and for who is not.
#[derive(Template)]
#[template(path = "demo/app.html")]
pub(super) struct Home {
    /// `espace-numerique` or `vie-scolaire`.
    pub app: &'static str,
    pub title: &'static str,
    pub lead: &'static str,
    pub door: Door,
    pub who: Option<About>,
    /// Whether the person has just signed out.
    pub signed_out: bool,
    pub links: Vec<Link>,
}

/// What went wrong, with a way to begin again.
pub(super) fn problem(title: &'static str, door: &Door, what: &str) -> Response {
    let problem = look::Problem { title, what: what.to_owned(), onwards: format!("{}/", door.prefix) };
    (axum::http::StatusCode::BAD_REQUEST, look::page(&problem)).into_response()
}

/// Whether a post comes from a page of this application: browsers that say where it comes from must say here.
pub(super) fn is_own_post(headers: &HeaderMap, base: &str) -> bool {
    let told = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    told(header::ORIGIN.as_str()).is_none_or(|origin| origin == base)
        && told("sec-fetch-site").is_none_or(|site| site == "same-origin")
}
