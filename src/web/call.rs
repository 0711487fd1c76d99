//! A call: what a handler knows of a program that asks. No browser, so no cookie is read or set, and no page is shown.

use axum::{extract::FromRef, extract::FromRequestParts, http::request::Parts};

use crate::{
    app::App,
    domain::{Actor, Fault, Instant, RequestId},
};

use super::visit::{Arrival, network};

/// What a handler knows of a program that asks.
#[derive(Clone, Debug)]
pub struct Call {
    /// The moment of the request: the one look at the clock.
    pub now: Instant,
    /// The request, as logs name it.
    pub request_id: RequestId,
    /// For the audit trail.
    pub actor: Actor,
}

impl<S> FromRequestParts<S> for Call
where
    App: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Fault> {
        let arrival: &Arrival = parts.extensions.get().ok_or_else(|| Fault::new("a route lacks the layer `around`"))?;
        let (now, request_id) = (arrival.now, arrival.request_id.clone());
        let actor = Actor {
            account_id: None,
            by: "service",
            portal: None,
            network: Some(network(&App::from_ref(state), parts).as_str().to_owned()),
            request_id: Some(request_id.clone()),
            now,
        };
        Ok(Self { now, request_id, actor })
    }
}
