//! Which registered service an address belongs to.

use std::sync::Arc;

use axum::response::{IntoResponse, Response};

use crate::{
    app::{App, Registry},
    domain::{CasService, Match, RelyingParty, RelyingPartyId, ServiceUrl},
    policy::Portal,
    web::{
        Visit,
        page::{MessagePage, Page, Trouble},
    },
};

/// An address that has passed the match, and the service it belongs to: nothing else is redirected to.
#[derive(Clone, Debug)]
pub(super) struct Matched {
    pub(super) party: Arc<RelyingParty>,
    pub(super) address: ServiceUrl,
}

impl Matched {
    /// The service whose registered address this is; of several the narrowest: an exact one, else the longest prefix.
    pub(super) fn find(registry: &Registry, text: &str) -> Option<Self> {
        let address = ServiceUrl::parse(text)?;
        let matching = |party: &&Arc<RelyingParty>| party.cas.as_ref().is_some_and(|cas| cas.matches(&address));
        let party = registry.iter().filter(matching).max_by_key(|party| narrowness(party))?.clone();
        Some(Self { party, address })
    }

    /// The same, if it is still this service's.
    pub(super) fn find_of(registry: &Registry, text: &str, id: &RelyingPartyId) -> Option<Self> {
        Self::find(registry, text).filter(|matched| matched.party.id == *id)
    }

    /// Its CAS side.
    pub(super) fn cas(&self) -> Option<&CasService> {
        self.party.cas.as_ref()
    }

    /// Its portal; the default one where the configuration has lost it.
    pub(super) fn portal(&self, app: &App) -> Arc<Portal> {
        let portals = &app.config.policy.portals;
        portals.find(&self.party.portal).unwrap_or_else(|| portals.default_portal()).clone()
    }
}

fn narrowness(party: &RelyingParty) -> (bool, usize) {
    party.cas.as_ref().map_or((false, 0), |cas| (cas.matching == Match::Exact, cas.service.len()))
}

/// The page for a request that can't be answered; it names nothing of what was asked (row SSO-08).
pub(super) fn refused(visit: &Visit, trouble: Trouble) -> Response {
    Page::of(&MessagePage::error(&visit.place, trouble, Vec::new())).status(trouble.status()).into_response()
}
