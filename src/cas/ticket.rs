//! Service tickets: random, once, for one service, for seconds (CAS 3.0 §3.1).

use crate::{
    app::App,
    domain::{Digest, Fault, Instant, RelyingPartyId, Secret, Session},
    ephemeral::Kind,
};

use super::service::Matched;

/// What begins every service ticket (CAS 3.0 §3.1.1).
const PREFIX: &str = "ST-";

/// What a ticket stands for while it waits to be validated.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
pub(super) struct ServiceTicket {
    /// The session that it was issued from; it dies with it.
    pub(super) session: Digest,
    /// The service that it was issued for.
    pub(super) relying_party_id: RelyingPartyId,
    /// The service's address.
    pub(super) service: String,
    /// Whether the person gave a proof for this very request (`renew` at validation asks for it).
    pub(super) is_from_new_login: bool,
}

/// Issues a ticket of a session for a service: 256 random bits, kept as their digest.
pub(super) async fn issue(
    app: &App,
    now: Instant,
    session: &Session,
    service: &Matched,
    is_from_new_login: bool,
) -> Result<Secret, Fault> {
    let ticket = Secret::new(format!("{PREFIX}{}", app.rng.secret().reveal()));
    let kept = ServiceTicket {
        session: session.id.clone(),
        relying_party_id: service.party.id.clone(),
        service: service.address.url().to_string(),
        is_from_new_login,
    };
    let ttl = app.config.policy.lifetimes.ticket;
    app.ephemeral.put(Kind::ServiceTicket, &ticket.digest(), &kept, now, ttl).await?;
    Ok(ticket)
}

/// Takes a ticket, once: whatever comes of it, it is used up (CAS 3.0 §3.1.1).
pub(super) async fn take(app: &App, now: Instant, ticket: &Secret) -> Result<Option<ServiceTicket>, Fault> {
    app.ephemeral.take(Kind::ServiceTicket, &ticket.digest(), now).await
}

/// Whether a text may be a service ticket: other kinds are for other paths.
pub(super) fn is_service_ticket(ticket: &Secret) -> bool {
    ticket.reveal().starts_with(PREFIX)
}
