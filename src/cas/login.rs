//! `/cas/login`: a service asks who somebody is (CAS 3.0 §2.1).

use axum::{
    extract::{RawForm, RawQuery, State},
    response::{IntoResponse, Response},
};

use crate::{
    app::App,
    domain::{Asked, Demands, Fault, Session, Step},
    signin::{Request, door},
    web::{
        Answered, Params, Repeated, Visit, busy,
        page::{FormPostPage, Page, Trouble},
        see_other,
    },
};

use super::{
    service::{Matched, refused},
    ticket,
};

/// What a service may ask with.
const KNOWN: [&str; 4] = ["service", "renew", "gateway", "method"];

/// A parsed request; the service's address has not been matched yet.
#[derive(Debug, PartialEq, Eq)]
struct Login {
    service: Option<String>,
    /// A proof is asked for although there is a session.
    renew: bool,
    /// Nobody is asked for anything.
    gateway: bool,
    method: Method,
}

/// How the ticket travels (`method`, CAS 3.0 §2.1.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub(super) enum Method {
    /// In the address of a redirect.
    #[default]
    Get,
    /// In a form that the browser posts.
    Post,
}

/// What is kept of a request while somebody signs in.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
pub(super) struct Kept {
    pub(super) service: String,
    pub(super) method: Method,
}

impl Login {
    fn parse(params: &Params) -> Result<Self, Repeated> {
        let renew = params.is_set("renew")?;
        let method = match params.once("method")? {
            Some(method) if method.eq_ignore_ascii_case("POST") => Method::Post,
            _ => Method::Get,
        };
        Ok(Self {
            service: params.once("service")?.map(str::to_owned),
            renew,
            // Both together are undefined; CAS 3.0 §2.1.1 recommends that gateway is ignored.
            gateway: params.is_set("gateway")? && !renew,
            method,
        })
    }
}

/// A service's request: a ticket where nothing is owed, else the sign-in.
pub(super) async fn show(State(app): State<App>, visit: Visit, RawQuery(query): RawQuery) -> Answered {
    let Ok(login) = Login::parse(&Params::of(query.unwrap_or_default().as_bytes())) else {
        return Ok(refused(&visit, Trouble::RequestRefused));
    };
    let Some(text) = login.service else { return Ok(see_other("/connexion")) };
    let Some(service) = Matched::find(&app.services.load(), &text) else {
        return Ok(refused(&visit, Trouble::UnknownService));
    };
    let kept = Kept { service: service.address.url().to_string(), method: login.method };
    let request = Request {
        relying_party: Some(service.party.clone()),
        portal: service.portal(&app),
        asked: Asked::Cas(serde_json::to_value(&kept)?),
        demands: Demands {
            authenticate_after: login.renew.then_some(visit.now),
            claims: service.party.cas.as_ref().map(crate::domain::CasService::claims).unwrap_or_default(),
            unasked: login.gateway,
            ..Demands::default()
        },
    };
    match door::look(&app, &visit.visitor, &request).await? {
        (Step::Answer, Some(standing)) => {
            let answer = Answer { service: &service, method: login.method, is_from_new_login: false };
            answer.send(&app, &visit, &standing.session).await
        }
        _ if login.gateway => Ok(see_other(service.address.url().as_str())),
        _ => Ok(match door::begin(&app, &visit.visitor, request).await? {
            Some(id) => see_other(&format!("/connexion?i={id}")),
            None => busy(&visit),
        }),
    }
}

/// The same by POST. From another site it comes without cookies, so it goes on as a GET of our own, where they come
/// (design §6). Credentials that somebody posts here are neither read nor sent on.
pub(super) async fn post(RawQuery(query): RawQuery, RawForm(form): RawForm) -> Response {
    let params = Params::of(query.unwrap_or_default().as_bytes()).and(Params::of(&form));
    see_other(&format!("/cas/login?{}", params.only(&KNOWN)))
}

/// A ticket, and how it reaches its service.
pub(super) struct Answer<'a> {
    pub(super) service: &'a Matched,
    pub(super) method: Method,
    pub(super) is_from_new_login: bool,
}

impl Answer<'_> {
    /// Issues the ticket and sends the browser to the service with it.
    pub(super) async fn send(&self, app: &App, visit: &Visit, session: &Session) -> Result<Response, Fault> {
        let ticket = ticket::issue(app, visit.now, session, self.service, self.is_from_new_login).await?;
        let address = &self.service.address;
        Ok(match self.method {
            Method::Get => see_other(address.with_ticket(ticket.reveal()).as_str()),
            Method::Post => {
                let visit = visit.at(&self.service.portal(app), &[]);
                let page = FormPostPage::new(&visit.place, address.url().as_str(), [("ticket", ticket.reveal())]);
                Page::of(&page).into_response()
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renew_wins_over_gateway_and_unknown_methods_redirect() {
        let parse = |query: &str| Login::parse(&Params::of(query.as_bytes())).expect("fine");
        let both = parse("service=https://a.example/&renew=true&gateway=true&method=post");
        assert_eq!((both.renew, both.gateway, both.method), (true, false, Method::Post));
        let gateway = parse("service=https://a.example/&gateway=true&renew=false&method=HEADER");
        assert_eq!((gateway.renew, gateway.gateway, gateway.method), (false, true, Method::Get));
        assert_eq!(parse("service=").service, None);
        assert_eq!(Login::parse(&Params::of(b"service=a&service=b")), Err(Repeated));
    }
}
