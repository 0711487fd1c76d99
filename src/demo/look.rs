//! How the demo's own pages look: one stylesheet, apart from Préau's, in the colours of each application.

use askama::Template;
use axum::{
    Router,
    extract::Request,
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{Html, IntoResponse, Response},
    routing::get,
};

const STYLE: &str = include_str!("../../templates/demo/demo.css");

/// The stylesheet, and an icon that is none.
pub(super) fn routes() -> Router {
    let style = [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "max-age=300")];
    Router::new()
        .route("/demo.css", get(move || async move { (style, STYLE) }))
        .route("/favicon.ico", get(async || StatusCode::NO_CONTENT))
        .fallback(async || not_found())
}

/// The headers of every answer that has none of its own: the policy for content, and the usual ones.
pub(super) async fn headers(policy: &'static str, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (HeaderName::from_static("referrer-policy"), "same-origin"),
        (header::CACHE_CONTROL, "no-store"),
    ] {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

/// A page.
pub(super) fn page(page: &impl Template) -> Response {
    match page.render() {
        Ok(html) => Html(html).into_response(),
        Err(error) => {
            tracing::error!(%error, "a page of the demo can't be made");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// A page that says what went wrong, and how to go on.
#[derive(Template)]
#[template(path = "demo/problem.html")]
pub(super) struct Problem {
    /// The application's name.
    pub title: &'static str,
    /// What happened.
    pub what: String,
    /// Where to go on.
    pub onwards: String,
}

pub(super) fn not_found() -> Response {
    let problem = Problem { title: "Démonstration", what: "Cette page n’existe pas.".into(), onwards: "/".into() };
    (StatusCode::NOT_FOUND, page(&problem)).into_response()
}
