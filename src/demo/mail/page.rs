//! The mails to read: a list, each mail as it looks, its source, and the list as JSON for scripts.

use askama::Template;
use axum::{
    Json, Router,
    extract::{Path, Query, State},
    http::{HeaderName, StatusCode, header},
    middleware,
    response::{Html, IntoResponse, Response},
    routing::get,
};

use super::{Letterbox, Mail};
use crate::demo::look;

const CSP: &str = "default-src 'none'; style-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'self'; \
    frame-ancestors 'none'";
/// A mail's own HTML: its styles and embedded pictures, nothing from elsewhere, no script; only inside our page.
const CSP_OF_MAIL: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; \
    form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox \
    allow-top-navigation-by-user-activation";

/// `/`, `/courriel/{id}`, `/api?to=`.
pub fn routes(letterbox: Letterbox) -> Router {
    Router::new()
        .route("/", get(list))
        .route("/courriel/{id}", get(show))
        .route("/courriel/{id}/html", get(html))
        .route("/courriel/{id}/source", get(source))
        .route("/api", get(api))
        .with_state(letterbox)
        .merge(look::routes())
        .layer(middleware::from_fn(|request, next| look::headers(CSP, request, next)))
}

#[derive(serde::Deserialize)]
struct Wanted {
    to: Option<String>,
}

#[derive(Template)]
#[template(path = "demo/mails.html")]
struct ListPage {
    mails: Vec<Mail>,
    to: Option<String>,
}

#[derive(Template)]
#[template(path = "demo/mail.html")]
struct MailPage {
    mail: Mail,
}

async fn list(State(letterbox): State<Letterbox>, Query(Wanted { to }): Query<Wanted>) -> Response {
    let to = to.filter(|to| !to.trim().is_empty());
    look::page(&ListPage { mails: letterbox.list(to.as_deref()), to })
}

async fn show(State(letterbox): State<Letterbox>, Path(id): Path<String>) -> Response {
    letterbox.find(&id).map_or_else(look::not_found, |mail| look::page(&MailPage { mail }))
}

/// The HTML part, to be framed. Links lead out of the frame, as they would in a mail program.
async fn html(State(letterbox): State<Letterbox>, Path(id): Path<String>) -> Response {
    let Some(mail) = letterbox.find(&id) else { return look::not_found() };
    let headers =
        [(header::CONTENT_SECURITY_POLICY, CSP_OF_MAIL), (HeaderName::from_static("referrer-policy"), "no-referrer")];
    (headers, Html(leading_out(&mail.html))).into_response()
}

/// The same mail with `<base target="_top">` at the beginning of its head.
fn leading_out(html: &str) -> String {
    const BASE: &str = "<base target=\"_top\">";
    let after_head = || {
        let head = html.to_ascii_lowercase().find("<head")?;
        let end = html.get(head..)?.find('>')? + head + 1;
        Some(format!("{}{BASE}{}", html.get(..end)?, html.get(end..)?))
    };
    after_head().unwrap_or_else(|| format!("{BASE}{html}"))
}

async fn source(State(letterbox): State<Letterbox>, Path(id): Path<String>) -> Response {
    let Some(source) = letterbox.source(&id) else { return look::not_found() };
    let kind = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
    (StatusCode::OK, kind, String::from_utf8_lossy(&source).into_owned()).into_response()
}

async fn api(State(letterbox): State<Letterbox>, Query(Wanted { to }): Query<Wanted>) -> Json<Vec<Mail>> {
    Json(letterbox.list(to.as_deref()))
}
