//! A visit: everything that a handler knows of who knocks, read once.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::Arc,
};

use axum::{
    extract::{ConnectInfo, FromRef, FromRequestParts, OriginalUri},
    http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};

use crate::{
    app::App,
    domain::{Actor, Fault, Instant, Network, PortalName, RequestId},
    policy::Portal,
    signin::{Opened, Visitor},
    words::{Locale, Register, Speaker, negotiate},
};

use super::{
    Jar,
    cookies::Name,
    guard::FormToken,
    page::{Place, Theme},
};

/// Everything that a handler knows of who knocks.
#[derive(Clone, Debug)]
pub struct Visit {
    /// The moment of the request: the one look at the clock.
    pub now: Instant,
    /// The request, as logs and error pages name it.
    pub request_id: RequestId,
    /// Portal, language and theme, for pages.
    pub place: Place,
    /// Cookies' digests and network, for `signin`.
    pub visitor: Visitor,
    /// Proves that a form is of this browser.
    pub form_token: FormToken,
    accept_language: Option<String>,
    choice: Option<Locale>,
    pub(super) jar: Jar,
}

/// What the layer around every route found out before any handler.
#[derive(Clone, Debug)]
pub(super) struct Arrival {
    pub now: Instant,
    pub request_id: RequestId,
    pub jar: Jar,
}

impl<S> FromRequestParts<S> for Visit
where
    App: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Fault> {
        let app = App::from_ref(state);
        Self::arrive(&app, parts)
    }
}

impl Visit {
    /// Reads a visit from a request's head.
    ///
    /// # Errors
    /// The layer `around` is missing.
    pub(super) fn arrive(app: &App, parts: &Parts) -> Result<Self, Fault> {
        let arrival: Arrival =
            parts.extensions.get().cloned().ok_or_else(|| Fault::new("a route lacks the layer `around`"))?;
        let Arrival { now, request_id, jar } = arrival;
        let uri = parts.extensions.get::<OriginalUri>().map_or(&parts.uri, |uri| &uri.0);
        let query: Vec<(String, String)> =
            url::form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()).into_owned().collect();
        let asked = |name: &str| query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        let choice = chosen_locale(&jar, asked("lang"));
        let accept_language = text(&parts.headers, &header::ACCEPT_LANGUAGE).map(str::to_owned);
        let portal = portal(app, uri.path(), &parts.headers);
        let here = uri.path_and_query().map_or("/", |it| it.as_str()).to_owned();
        let speaker = Speaker::at(&portal, negotiate(choice, &[], accept_language.as_deref()));
        let place = Place {
            speaker,
            theme: chosen_theme(&jar, asked("theme")),
            here: if parts.method == axum::http::Method::GET { here } else { uri.path().to_owned() },
            zone: portal.time_zone.clone(),
            request_id: Some(request_id.clone()),
            now,
            portal,
        };
        let visitor = visitor(app, parts, &jar, &Arrived { now, request_id: &request_id, portal: &place.portal.name });
        let form_token = FormToken::of(app, &visitor.browser);
        Ok(Self { now, request_id, place, visitor, form_token, accept_language, choice, jar })
    }

    /// The same visit at another portal, in the language that a service asked for unless the person chose one.
    #[must_use]
    pub fn at(&self, portal: &Arc<Portal>, ui_locales: &[String]) -> Self {
        let locale = negotiate(self.choice, ui_locales, self.accept_language.as_deref());
        let place = Place {
            speaker: Speaker::at(portal, locale),
            portal: portal.clone(),
            zone: portal.time_zone.clone(),
            ..self.place.clone()
        };
        let mut visitor = self.visitor.clone();
        visitor.actor.portal = Some(portal.name.clone());
        Self { place, visitor, ..self.clone() }
    }

    /// The same visit, addressing who is met.
    #[must_use]
    pub fn addressing(&self, register: Register) -> Self {
        Self { place: self.place.addressing(register), ..self.clone() }
    }

    /// The language of the visit.
    #[must_use]
    pub const fn locale(&self) -> Locale {
        self.place.speaker.locale
    }

    /// Gives the browser the cookies of a fresh session.
    pub fn keep(&self, opened: &Opened) {
        let ttl = opened.row.remembered.then(|| opened.row.expires_at.since(self.now));
        self.jar.set(Name::Session, opened.session.reveal(), ttl);
        if let Some(known) = &opened.known {
            self.jar.set(Name::Known, known.reveal(), Some(opened.known_for));
        }
    }

    /// Remembers for an hour where one came to the account page from.
    pub fn note_way_back(&self, address: &str) {
        let encoded: String = url::form_urlencoded::byte_serialize(address.as_bytes()).collect();
        self.jar.set(Name::WayBack, &encoded, Some(std::time::Duration::from_hours(1)));
    }

    /// Where one came to the account page from, as the browser says: to be compared with what is registered.
    #[must_use]
    pub fn way_back(&self) -> Option<String> {
        let encoded = self.jar.find(Name::WayBack)?;
        url::form_urlencoded::parse(encoded.as_bytes()).next().map(|(address, _)| address.into_owned())
    }

    /// Takes the session's cookie back.
    pub fn forget_session(&self) {
        self.jar.clear(Name::Session);
    }
}

struct Arrived<'a> {
    now: Instant,
    request_id: &'a RequestId,
    portal: &'a PortalName,
}

fn visitor(app: &App, parts: &Parts, jar: &Jar, arrived: &Arrived<'_>) -> Visitor {
    let browser = jar.secret(Name::Browser).unwrap_or_else(|| {
        let fresh = app.rng.secret();
        // A form that comes across sites comes without cookies; a new one would part the browser from the sign-ins that
        // are pending in its other tabs.
        if parts.method.is_safe() {
            jar.set(Name::Browser, fresh.reveal(), None);
        }
        fresh
    });
    let network = network(app, parts);
    let actor = Actor {
        account_id: None,
        by: "browser",
        portal: Some(arrived.portal.clone()),
        network: Some(network.as_str().to_owned()),
        request_id: Some(arrived.request_id.clone()),
        now: arrived.now,
    };
    Visitor {
        browser: browser.digest(),
        session: jar.secret(Name::Session).map(|secret| secret.digest()),
        known: jar.secret(Name::Known).map(|secret| secret.digest()),
        network,
        device: device(text(&parts.headers, &header::USER_AGENT).unwrap_or_default()),
        actor,
    }
}

/// The network that a request came from.
pub(super) fn network(app: &App, parts: &Parts) -> Network {
    let peer =
        parts.extensions.get::<ConnectInfo<SocketAddr>>().map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |peer| peer.0.ip());
    let forwarded: Vec<&str> =
        parts.headers.get_all("x-forwarded-for").iter().filter_map(|line| line.to_str().ok()).collect();
    app.config.network(app.config.visitor(peer, &forwarded))
}

/// The portal of an address: `/p/{portal}/…`, else the host name, else the default one (design §4). The pending sign-in's
/// own portal goes before these: handlers that know it use `Visit::at`.
fn portal(app: &App, path: &str, headers: &HeaderMap) -> Arc<Portal> {
    let portals = &app.config.policy.portals;
    let by_path = path.strip_prefix("/p/").and_then(|rest| rest.split('/').next()).map(PortalName::new);
    let by_path = by_path.and_then(|name| portals.find(&name));
    let host = text(headers, &header::HOST).map(|host| host.rsplit_once(':').map_or(host, |(name, _)| name));
    by_path
        .or_else(|| host.and_then(|host| portals.find_by_host(host)))
        .unwrap_or_else(|| portals.default_portal())
        .clone()
}

/// The language chosen now (`?lang=`), which is kept, or before.
fn chosen_locale(jar: &Jar, asked: Option<&str>) -> Option<Locale> {
    if let Some(locale) = asked.and_then(Locale::from_tag) {
        jar.set(Name::Language, locale.tag(), Some(YEAR));
        return Some(locale);
    }
    jar.find(Name::Language).and_then(Locale::from_tag)
}

fn chosen_theme(jar: &Jar, asked: Option<&str>) -> Theme {
    if let Some(theme) = asked.and_then(Theme::named) {
        jar.set(Name::Theme, theme.name(), Some(YEAR));
        return theme;
    }
    jar.find(Name::Theme).and_then(Theme::named).unwrap_or_default()
}

const YEAR: std::time::Duration = std::time::Duration::from_hours(8760);

fn text<'a>(headers: &'a HeaderMap, name: &header::HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// "Firefox, Android": enough to recognise one's own browser in a list, not enough to tell people apart.
fn device(user_agent: &str) -> String {
    let first = |names: &[(&str, &'static str)]| {
        names.iter().find(|(sign, _)| user_agent.contains(sign)).map(|(_, name)| *name)
    };
    let browser =
        first(&[("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari")]);
    let system = first(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("CrOS", "ChromeOS"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    [browser, system].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// 303: the browser goes on with a GET (RFC 9110 §15.4.4). `to` is one of our own paths or a matched address.
#[must_use]
pub fn see_other(to: &str) -> Response {
    HeaderValue::from_str(to).map_or_else(
        |_| Fault::new("an address to go on to holds characters that no header may").into_response(),
        |to| (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response(),
    )
}
