//! Forms that change something: a token bound to the browser's cookie decides; `Origin` and `Sec-Fetch-Site`, when
//! present, must be ours (design §6).

use axum::{
    Form, RequestExt,
    extract::{FromRef, FromRequest, Request},
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use serde::de::DeserializeOwned;

use crate::{
    app::App,
    domain::{Digest, Fault},
};

use super::{
    Visit,
    page::{MessagePage, Page, Trouble},
    see_other,
};

/// Proves that a form is of this browser: a keyed tag of the browser's cookie.
#[derive(Clone, Debug)]
pub struct FormToken(Digest);

impl FormToken {
    /// The name of the hidden field.
    pub const FIELD: &'static str = "form_token";
    const PURPOSE: &'static str = "form";

    pub(super) fn of(app: &App, browser: &Digest) -> Self {
        Self(app.sealer.tag(Self::PURPOSE, browser.as_str().as_bytes()))
    }

    /// For the hidden field.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

/// A posted form that has passed the forgery check, with its visit. It consumes the body: it comes last.
#[derive(Debug)]
pub struct Guarded<F>(pub Visit, pub F);

impl<F, S> FromRequest<S> for Guarded<F>
where
    F: DeserializeOwned + 'static,
    App: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let app = App::from_ref(state);
        let (parts, body) = request.into_parts();
        let visit = Visit::arrive(&app, &parts).map_err(IntoResponse::into_response)?;
        let trouble = |trouble: Trouble| {
            let page = MessagePage::error(&visit.place, trouble, Vec::new());
            Page::of(&page).status(trouble.status()).into_response()
        };
        if !is_ours(&app, &parts.headers) {
            return Err(trouble(Trouble::FormForeign));
        }
        // A POST is shown at its own path, the portal's prefix included, which the router has taken off `parts.uri`.
        let path = visit.place.here.clone();
        let request = Request::from_parts(parts, body);
        let Ok(Form(fields)) = request.extract::<Form<Vec<(String, String)>>, _>().await else {
            return Err(trouble(Trouble::RequestRefused));
        };
        let token = fields.iter().find(|(name, _)| name == FormToken::FIELD).map_or("", |(_, value)| value);
        if !app.sealer.is_tag(FormToken::PURPOSE, visit.visitor.browser.as_str().as_bytes(), token) {
            return Err(again(&path, &fields));
        }
        let encoded = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&fields).finish();
        let request =
            Request::post("/").header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(encoded.into());
        let request = request.map_err(|error| Fault::from(error).into_response())?;
        match request.extract::<Form<F>, _>().await {
            Ok(Form(form)) => Ok(Self(visit, form)),
            Err(_) => Err(trouble(Trouble::RequestRefused)),
        }
    }
}

/// A form without its token was open too long, or the browser has lost its cookie: the page is shown anew and says so,
/// never a dead end (row LOG-15).
fn again(path: &str, fields: &[(String, String)]) -> Response {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in fields.iter().filter(|(name, _)| matches!(name.as_str(), "i" | "a")) {
        query.append_pair(name, value);
    }
    see_other(&format!("{path}?{}", query.append_pair("relance", "1").finish()))
}

/// Whether a request, as far as its browser says, came from one of our own pages.
fn is_ours(app: &App, headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let own = |origin: &str| {
        let scheme = app.config.public_url.scheme();
        let of_portal = |host: &str| app.config.policy.portals.find_by_host(host).is_some();
        origin == app.config.issuer()
            || origin
                .split_once("://")
                .is_some_and(|(s, rest)| s == scheme && of_portal(rest.rsplit_once(':').map_or(rest, |(host, _)| host)))
    };
    let origin_fine = text("origin").is_none_or(|origin| origin == "null" || own(origin));
    let site_fine = text("sec-fetch-site").is_none_or(|site| matches!(site, "same-origin" | "none"));
    origin_fine && site_fine
}
