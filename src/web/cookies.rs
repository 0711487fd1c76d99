//! Our cookies: their names, and what each may do (design §6).

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::http::{HeaderMap, HeaderValue, header};
use axum_extra::extract::cookie::{Cookie, SameSite};

use crate::domain::Secret;

/// A cookie of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Name {
    /// The single sign-on session.
    Session,
    /// The browser itself: interactions and forms are bound to it; it opens nothing.
    Browser,
    /// By which accounts know a browser.
    Known,
    /// The language chosen.
    Language,
    /// The theme chosen.
    Theme,
    /// What a refused form leaves for the page that tells of it.
    Aside,
    /// Where one came to the account page from; it is compared with what is registered each time.
    WayBack,
}

impl Name {
    fn text(self, is_https: bool) -> String {
        let name = match self {
            Self::Session => "preau_session",
            Self::Browser => "preau_browser",
            Self::Known => "preau_known",
            Self::Language => "preau_lang",
            Self::Theme => "preau_theme",
            Self::Aside => "preau_aside",
            Self::WayBack => "preau_back",
        };
        if is_https { format!("__Host-{name}") } else { name.to_owned() }
    }
}

/// The cookies of a request, and those that its response will set.
#[derive(Clone, Debug)]
pub struct Jar {
    is_https: bool,
    came: Arc<Vec<Cookie<'static>>>,
    set: Arc<Mutex<Vec<Cookie<'static>>>>,
}

impl Jar {
    pub(super) fn of(headers: &HeaderMap, is_https: bool) -> Self {
        let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
        let came = lines.flat_map(|line| Cookie::split_parse(line.to_owned())).filter_map(Result::ok).collect();
        Self { is_https, came: Arc::new(came), set: Arc::default() }
    }

    pub(super) fn find(&self, name: Name) -> Option<&str> {
        let text = name.text(self.is_https);
        self.came.iter().find(|cookie| cookie.name() == text).map(Cookie::value)
    }

    pub(super) fn secret(&self, name: Name) -> Option<Secret> {
        self.find(name).filter(|value| (16..=128).contains(&value.len())).map(Secret::new)
    }

    /// Sets a cookie; without `ttl` it ends with the browser.
    pub(super) fn set(&self, name: Name, value: &str, ttl: Option<Duration>) {
        let mut cookie = Cookie::build((name.text(self.is_https), value.to_owned()))
            .path("/")
            .http_only(true)
            .secure(self.is_https)
            .same_site(SameSite::Lax)
            .build();
        if let Some(ttl) = ttl.and_then(|ttl| ttl.try_into().ok()) {
            cookie.set_max_age(Some(ttl));
        }
        self.keep(cookie);
    }

    pub(super) fn clear(&self, name: Name) {
        self.set(name, "", Some(Duration::ZERO));
    }

    fn keep(&self, cookie: Cookie<'static>) {
        let mut set = self.set.lock().unwrap_or_else(PoisonError::into_inner);
        set.retain(|other| other.name() != cookie.name());
        set.push(cookie);
    }

    pub(super) fn write(&self, headers: &mut HeaderMap) {
        for cookie in self.set.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
            if let Ok(value) = HeaderValue::from_str(&cookie.to_string()) {
                headers.append(header::SET_COOKIE, value);
            }
        }
    }
}
