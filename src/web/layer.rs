//! Around every route: the request's id, cookies, security headers, and the page of a fault.

use std::{borrow::Cow, sync::Arc};

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::{
    app::App,
    domain::{Fault, RequestId},
};

use super::{
    Answered, Jar, Visit,
    page::{MessagePage, Page, Trouble},
    visit::Arrival,
};

/// A response that stands for a fault: the layer makes the page of it and writes the log.
#[derive(Clone)]
struct Faulted(Arc<Fault>);

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
        response.extensions_mut().insert(Faulted(Arc::new(self)));
        response
    }
}

/// Request ids are dictated over the telephone: short, in capitals, without look-alikes. The log's time tells them apart.
const DICTATED: &str = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The layer around every route.
pub async fn around(State(app): State<App>, request: Request, next: Next) -> Response {
    let (now, request_id) = (app.clock.now(), RequestId::new(app.rng.code(DICTATED, 6)));
    let started = std::time::Instant::now();
    let (mut parts, body) = request.into_parts();
    let jar = Jar::of(&parts.headers, app.config.is_https());
    parts.extensions.insert(Arrival { now, request_id: request_id.clone(), jar: jar.clone() });
    let head = head_of(&parts);
    let mut response = next.run(Request::from_parts(parts, body)).await;
    if let Some(Faulted(fault)) = response.extensions_mut().remove::<Faulted>() {
        tracing::error!(request.id = %request_id, path = %loggable(head.uri.path()), cause = %fault.cause, remedy = fault.remedy.as_deref().unwrap_or(""), "a request failed");
        response = trouble_page(&app, &head, Trouble::Fault);
    } else if let Some(trouble) = bare_trouble(&response) {
        response = trouble_page(&app, &head, trouble);
    }
    jar.write(response.headers_mut());
    secure(&app, head.uri.path(), &request_id, response.headers_mut());
    if app.config.settings.log.requests {
        let duration = started.elapsed();
        tracing::info!(request.id = %request_id, method = %head.method, path = %loggable(head.uri.path()), status = response.status().as_u16(), duration_ms = duration.as_secs_f64() * 1000.0, "request");
    }
    response
}

/// What is needed of a request to show a page in its place.
fn head_of(parts: &Parts) -> Parts {
    let mut head = Request::new(()).into_parts().0;
    head.method = parts.method.clone();
    head.uri = parts.uri.clone();
    head.headers = parts.headers.clone();
    head.extensions = parts.extensions.clone();
    head
}

fn trouble_page(app: &App, head: &Parts, trouble: Trouble) -> Response {
    match Visit::arrive(app, head) {
        Ok(visit) => {
            Page::of(&MessagePage::error(&visit.place, trouble, Vec::new())).status(trouble.status()).into_response()
        }
        Err(fault) => (StatusCode::INTERNAL_SERVER_ERROR, fault.cause).into_response(),
    }
}

/// The troubles that the layers below answer without words: a body too large, a time that ran out.
fn bare_trouble(response: &Response) -> Option<Trouble> {
    let is_html =
        response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| !kind.as_bytes().starts_with(b"text/plain"));
    match response.status() {
        _ if is_html => None,
        StatusCode::PAYLOAD_TOO_LARGE => Some(Trouble::TooLarge),
        StatusCode::REQUEST_TIMEOUT => Some(Trouble::Busy),
        _ => None,
    }
}

/// A path as logs may have it: what opens something is left out.
fn loggable(path: &str) -> Cow<'_, str> {
    match path.split_once("/lien/") {
        Some((before, _)) => format!("{before}/lien/…").into(),
        None => path.into(),
    }
}

/// Pages that belong to an Interaction or a logout carry no `form-action`: Chromium applies it to every redirect after the
/// form, the service's own included (design §6).
fn lets_forms_go_on(path: &str) -> bool {
    let path = path.strip_prefix("/p/").and_then(|rest| rest.find('/').map(|at| rest.split_at(at).1)).unwrap_or(path);
    ["/connexion", "/charte", "/notifications", "/deconnexion", "/eleve/", "/oidc/", "/cas/"]
        .iter()
        .any(|prefix| path.starts_with(prefix))
}

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; \
    connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";

fn secure(app: &App, path: &str, request_id: &RequestId, headers: &mut HeaderMap) {
    let mut set = |name: HeaderName, value: &str| {
        if let (false, Ok(value)) = (headers.contains_key(&name), HeaderValue::from_str(value)) {
            headers.insert(name, value);
        }
    };
    let policy = if lets_forms_go_on(path) { POLICY.to_owned() } else { format!("{POLICY}; form-action 'self'") };
    set(header::CONTENT_SECURITY_POLICY, &policy);
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::X_FRAME_OPTIONS, "DENY");
    set(header::REFERRER_POLICY, "same-origin");
    set(header::CACHE_CONTROL, "no-store");
    set(HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()");
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(HeaderName::from_static("x-request-id"), request_id.as_str());
    if app.config.is_https() {
        set(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
}

/// Nothing lives at this address.
///
/// # Errors
/// None of its own.
pub async fn not_found(visit: Visit) -> Answered {
    Ok(shown(&visit, Trouble::NotFound))
}

/// Something is there, but takes another kind of request.
///
/// # Errors
/// None of its own.
pub async fn method_not_allowed(visit: Visit) -> Answered {
    Ok(shown(&visit, Trouble::MethodNotAllowed))
}

/// Too many ask at once: a page that asks for patience, and how long.
#[must_use]
pub fn busy(visit: &Visit) -> Response {
    ([(header::RETRY_AFTER, "10")], shown(visit, Trouble::Busy)).into_response()
}

fn shown(visit: &Visit, trouble: Trouble) -> Response {
    Page::of(&MessagePage::error(&visit.place, trouble, Vec::new())).status(trouble.status()).into_response()
}
