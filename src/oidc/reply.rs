//! How an authorization response reaches its client (RFC 6749 §4.1.2, OAuth 2.0 Form Post Response Mode, RFC 9207).

use axum::response::{IntoResponse, Response};

use crate::{
    app::App,
    domain::{ReturnTo, Secret},
    web::{
        Visit,
        page::{FormPostPage, Page},
        see_other,
    },
};

use super::error::Error;

/// How the parameters travel (`response_mode`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum ResponseMode {
    /// In the address of a redirect.
    #[default]
    Query,
    /// In a form that the browser posts.
    FormPost,
}

/// Where an answer goes. Who holds one has passed the exact match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reply {
    pub(super) return_to: ReturnTo,
    pub(super) state: Option<String>,
    pub(super) response_mode: ResponseMode,
}

impl Reply {
    /// Sends a code.
    pub(super) fn code(&self, app: &App, visit: &Visit, code: &Secret) -> Response {
        self.send(app, visit, &[("code", code.reveal())])
    }

    /// Sends an error.
    pub(super) fn error(&self, app: &App, visit: &Visit, error: &Error) -> Response {
        self.send(app, visit, &[("error", error.code.as_str()), ("error_description", error.description)])
    }

    fn send(&self, app: &App, visit: &Visit, said: &[(&str, &str)]) -> Response {
        let state = self.state.as_deref().map(|state| ("state", state));
        let fields = said.iter().copied().chain(state).chain([("iss", app.config.issuer())]);
        match self.response_mode {
            ResponseMode::Query => see_other(&with_query(self.return_to.as_str(), fields)),
            ResponseMode::FormPost => {
                Page::of(&FormPostPage::new(&visit.place, self.return_to.as_str(), fields)).into_response()
            }
        }
    }
}

/// A registered address with further parameters: what it has of its own stays as it is (RFC 6749 §3.1.2).
pub(super) fn with_query<'a>(address: &str, fields: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let joint = match (query.is_empty(), address.split_once('?')) {
        (true, _) => "",
        (false, None) => "?",
        (false, Some((_, own))) if own.is_empty() || own.ends_with('&') => "",
        (false, Some(_)) => "&",
    };
    format!("{address}{joint}{query}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_its_own_query() {
        let with = |address: &str| with_query(address, [("state", "a b&c")].into_iter());
        assert_eq!(with("https://a.example/cb"), "https://a.example/cb?state=a+b%26c");
        assert_eq!(with("https://a.example/cb?x=1"), "https://a.example/cb?x=1&state=a+b%26c");
        assert_eq!(with("https://a.example/cb?"), "https://a.example/cb?state=a+b%26c");
        assert_eq!(with("org.example.app:/cb"), "org.example.app:/cb?state=a+b%26c");
        assert_eq!(with_query("https://a.example/cb?x=1", std::iter::empty()), "https://a.example/cb?x=1");
    }
}
