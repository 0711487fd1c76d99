//! `client_id` (RFC 6749 §4.1.1).

use std::sync::Arc;

use crate::{
    app::Registry,
    domain::{OidcClient, RelyingParty, RelyingPartyId},
    web::Params,
};

use super::super::error::{Code, Error, Shown};

/// A registered application with its OpenID Connect side.
#[derive(Clone, Debug)]
pub(in crate::oidc) struct Client {
    pub(in crate::oidc) party: Arc<RelyingParty>,
    pub(in crate::oidc) oidc: OidcClient,
}

impl Client {
    /// The client of that id; none where it is unknown or speaks CAS alone.
    pub(in crate::oidc) fn find(registry: &Registry, client_id: &str) -> Option<Self> {
        let party = registry.find(&RelyingPartyId::new(client_id))?.clone();
        let oidc = party.oidc.clone()?;
        Some(Self { party, oidc })
    }
}

pub(in crate::oidc) fn check(raw: &Params, find: &dyn Fn(&str) -> Option<Client>) -> Result<Client, Shown> {
    let client_id = raw.once("client_id")?.ok_or(Error::invalid_request("client_id is missing"))?;
    let unknown = Shown::unknown(Error::new(Code::UnauthorizedClient, "the client is not registered"));
    find(client_id).ok_or(unknown)
}
