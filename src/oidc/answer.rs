//! Answering a client at its matched address: a code, or an error. Every answer names the issuer (RFC 9207).

use axum::response::{IntoResponse, Response};

use crate::{
    app::App,
    domain::{AccountId, Digest, Fault, Instant, RelyingPartyId, Secret},
    ephemeral::Kind,
    store::sessions::Standing,
    web::{
        Visit,
        page::{FormPostPage, MessagePage, Page, Trouble, Way},
        see_other,
    },
};

use super::{
    error::Error,
    request::{Answer, Request, ResponseMode, Return},
};

/// What a code stands for, until it is exchanged.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub(super) struct Granted {
    pub(super) request: Request,
    pub(super) account_id: AccountId,
    pub(super) session_id: Digest,
    pub(super) sid: String,
    pub(super) auth_time: Instant,
    pub(super) amr: Vec<String>,
}

/// Gives the client a code for who stands at the door: one `put`, no write to the database (design §8).
pub(super) async fn code(app: &App, visit: &Visit, request: Request, standing: &Standing) -> Result<Response, Fault> {
    let code: Secret = app.rng.secret();
    let to = request.to.clone();
    let granted = Granted {
        request,
        account_id: standing.account.id.clone(),
        session_id: standing.session.id.clone(),
        sid: standing.session.sid.clone(),
        auth_time: standing.session.authenticated_at,
        amr: standing.session.amr.clone(),
    };
    app.ephemeral.put(Kind::Code, &code.digest(), &granted, visit.now, app.config.policy.lifetimes.code).await?;
    Ok(send(app, visit, &to, &[("code", code.reveal())]))
}

/// Tells the client an error at its matched address (RFC 6749 §4.1.2.1).
pub(super) fn error(app: &App, visit: &Visit, to: &Return, error: Error) -> Response {
    send(app, visit, to, &[("error", error.code.text()), ("error_description", error.description)])
}

/// An error that goes where the parser says: to a page, or to the client.
pub(super) fn refuse(app: &App, visit: &Visit, answer: Answer, client_id: Option<&RelyingPartyId>) -> Response {
    match answer {
        Answer::Redirect(to, refused) => error(app, visit, &to, refused),
        Answer::Page(trouble) => page(app, visit, trouble, client_id),
    }
}

/// An error page of the protocol: status 400, and a way back to the service where it is known.
pub(super) fn page(app: &App, visit: &Visit, trouble: Trouble, client_id: Option<&RelyingPartyId>) -> Response {
    let registry = app.services.load();
    let home =
        client_id.and_then(|id| registry.find(id)).and_then(|party| Some((party.name.clone(), party.home.clone()?)));
    let ways = home.map(|(name, url)| Way::new(name, url)).into_iter().collect();
    Page::of(&MessagePage::error(&visit.place, trouble, ways)).status(trouble.status()).into_response()
}

fn send(app: &App, visit: &Visit, to: &Return, what: &[(&str, &str)]) -> Response {
    let state = to.state.as_deref().map(|state| ("state", state));
    let fields: Vec<(&str, &str)> = what.iter().copied().chain(state).chain([("iss", app.config.issuer())]).collect();
    match to.mode {
        ResponseMode::FormPost => Page::of(&FormPostPage::new(&visit.place, to.to.as_str(), fields)).into_response(),
        ResponseMode::Query => see_other(&with_query(to.to.as_str(), &fields)),
    }
}

/// An address with further parameters, its own query kept to the character (RFC 6749 §3.1.2).
pub(super) fn with_query(address: &str, fields: &[(&str, &str)]) -> String {
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    match address.split_once('?') {
        None => format!("{address}?{query}"),
        Some((_, "")) => format!("{address}{query}"),
        Some(_) => format!("{address}&{query}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_its_own_query() {
        assert_eq!(with_query("https://a.example/cb", &[("code", "é&")]), "https://a.example/cb?code=%C3%A9%26");
        assert_eq!(with_query("https://a.example/cb?x=%20", &[("code", "1")]), "https://a.example/cb?x=%20&code=1");
    }
}
