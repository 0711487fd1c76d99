//! A service exchanges its ticket for a user and attributes (CAS 3.0 §2.4, §2.5).

mod cas1;
mod cas2;
mod json;

use axum::{
    extract::{RawQuery, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};

use crate::{
    app::App,
    domain::{CasUser, Fault, Instant, Secret, ServedParty, ServiceUrl},
    store::{sessions, sessions::Standing},
    web::{Call, Params, Repeated},
};

use super::{
    attributes,
    error::Error,
    service::Matched,
    ticket::{self, ServiceTicket},
};

/// Who stands behind a ticket.
pub(super) struct Validated {
    /// `cas:user`.
    pub(super) user: String,
    /// Name and value, as the service's file releases them; CAS 3 only.
    pub(super) attributes: Vec<(String, attributes::Released)>,
    /// When the proof was given.
    pub(super) authenticated_at: Instant,
    /// Whether the session is one of a browser that the person asked to be remembered in.
    pub(super) is_remembered: bool,
    /// Whether the proof was given for this very request.
    pub(super) is_from_new_login: bool,
}

/// What a service asks for.
struct Request {
    service: String,
    ticket: Secret,
    renew: bool,
}

/// Whether the answer carries attributes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Version {
    Two,
    Three,
}

/// CAS 1: `yes` and the user, or `no`.
pub(super) async fn cas1(State(app): State<App>, call: Call, RawQuery(query): RawQuery) -> Response {
    let outcome = outcome(&app, &call, &params(query), Version::Two).await;
    with_status(&outcome, cas1::answer(&outcome))
}

/// CAS 2: the user.
pub(super) async fn cas2(State(app): State<App>, call: Call, RawQuery(query): RawQuery) -> Response {
    answer(&app, &call, &params(query), Version::Two).await
}

/// CAS 3: the user and the released attributes.
pub(super) async fn cas3(State(app): State<App>, call: Call, RawQuery(query): RawQuery) -> Response {
    answer(&app, &call, &params(query), Version::Three).await
}

fn params(query: Option<String>) -> Params {
    Params::of(query.unwrap_or_default().as_bytes())
}

/// In XML, or in JSON where `format` asks for it (CAS 3.0 §2.5.1).
async fn answer(app: &App, call: &Call, params: &Params, version: Version) -> Response {
    let outcome = outcome(app, call, params, version).await;
    let wants_json = params.once("format").is_ok_and(|format| format.is_some_and(|f| f.eq_ignore_ascii_case("JSON")));
    let response = if wants_json {
        json::answer(&outcome, version)
    } else {
        cas2::answer(&outcome, version).unwrap_or_else(IntoResponse::into_response)
    };
    with_status(&outcome, response)
}

/// A refusal is an answer like another, as clients read it; a fault of ours is seen by whoever watches the status.
fn with_status(outcome: &Result<Validated, Error>, response: Response) -> Response {
    match outcome {
        Err(Error::Internal) => (StatusCode::INTERNAL_SERVER_ERROR, response).into_response(),
        _ => response,
    }
}

/// The outcome of a validation; a fault of ours goes to the log and is one of the protocol's errors here.
async fn outcome(app: &App, call: &Call, params: &Params, version: Version) -> Result<Validated, Error> {
    validate(app, call.now, params, version).await.unwrap_or_else(|fault| {
        let remedy = fault.remedy.as_deref().unwrap_or("");
        tracing::error!(request.id = %call.request_id, cause = %fault.cause, remedy, "a ticket could not be validated");
        Err(Error::Internal)
    })
}

async fn validate(
    app: &App,
    now: Instant,
    params: &Params,
    version: Version,
) -> Result<Result<Validated, Error>, Fault> {
    let request = match Request::parse(params) {
        Ok(request) => request,
        Err(error) => return Ok(Err(error)),
    };
    let Some(granted) = ticket::take(app, now, &request.ticket).await? else { return Ok(Err(Error::InvalidTicket)) };
    let registered = Matched::find_of(&app.services.load(), &granted.service, &granted.relying_party_id);
    let asked = ServiceUrl::parse(&request.service);
    let is_asked = |service: &Matched| asked.is_some_and(|asked| service.address.is_same_as(&asked));
    let Some(service) = registered.filter(is_asked) else {
        return Ok(Err(Error::InvalidService));
    };
    if request.renew && !granted.is_from_new_login {
        return Ok(Err(Error::InvalidTicket));
    }
    // The session must still be there and its account in order: a ticket is no way around a sign-out or a suspension.
    let Some(standing) = sessions::find_standing(&app.db, &granted.session, now).await? else {
        return Ok(Err(Error::InvalidTicket));
    };
    let validated = tell(app, &service, &standing, &granted, version).await?;
    let served = ServedParty {
        relying_party_id: granted.relying_party_id,
        protocol: "cas".into(),
        service: granted.service,
        ticket: Some(request.ticket.reveal().to_owned()),
    };
    let mut tx = app.db.begin().await?;
    sessions::serve(&mut tx, &granted.session, &served, now).await?;
    tx.commit().await?;
    Ok(Ok(validated))
}

impl Request {
    fn parse(params: &Params) -> Result<Self, Error> {
        let invalid = |_: Repeated| Error::InvalidRequest;
        let service = params.once("service").map_err(invalid)?.ok_or(Error::InvalidRequest)?;
        let ticket = params.once("ticket").map_err(invalid)?.ok_or(Error::InvalidRequest)?;
        let renew = params.is_set("renew").map_err(invalid)?;
        let ticket = Secret::new(ticket);
        if !ticket::is_service_ticket(&ticket) {
            return Err(if ticket.reveal().starts_with("PT-") {
                Error::InvalidTicketSpec
            } else {
                Error::InvalidTicket
            });
        }
        Ok(Self { service: service.to_owned(), ticket, renew })
    }
}

/// What this service learns about the person.
async fn tell(
    app: &App,
    service: &Matched,
    standing: &Standing,
    granted: &ServiceTicket,
    version: Version,
) -> Result<Validated, Fault> {
    let user = match service.cas().map(|cas| cas.user).unwrap_or_default() {
        CasUser::Identifier => standing.account.identifier.to_string(),
        CasUser::Email => {
            standing.account.email.as_ref().map_or_else(|| standing.account.identifier.to_string(), ToString::to_string)
        }
        CasUser::Subject => attributes::subject(app, service, standing).await?.to_string(),
    };
    let attributes = match version {
        Version::Two => Vec::new(),
        Version::Three => attributes::of(app, service, standing).await?,
    };
    Ok(Validated {
        user,
        attributes,
        authenticated_at: standing.session.authenticated_at,
        is_remembered: standing.session.remembered,
        is_from_new_login: granted.is_from_new_login,
    })
}
