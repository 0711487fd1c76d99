//! The relying party's side of OpenID Connect: what we ask an external provider, and what its answer proves.
//!
//! The protocol is the `openidconnect` crate's: code flow, PKCE S256, state, nonce, the ID token's checks. This room keeps
//! discovery documents and keys, and gives either a proven identity or a reason for the log. It knows nobody on the
//! roster, no session and no page.

mod identity;
mod provider;

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    domain::{Fault, Instant, Secret, UpstreamName},
    outbound::{Outbound, Unreached},
    policy::Upstreams,
};

pub use identity::Identity;
use provider::Provider;

/// The external providers, with what is known of each by now. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct Providers(Arc<BTreeMap<UpstreamName, Provider>>);

/// What is asked of a provider.
#[derive(Clone, Copy, Debug)]
pub struct Asking<'a> {
    /// Where it sends the browser back (RFC 6749 §3.1.2).
    pub redirect_uri: &'a str,
    /// Bound to the browser by the caller (RFC 6749 §10.12).
    pub state: &'a Secret,
    /// Of this request alone (OpenID Connect Core §3.1.2.1).
    pub nonce: &'a Secret,
    /// The secret of PKCE (RFC 7636 §4.1): 43 to 128 unreserved characters.
    pub verifier: &'a Secret,
    /// Whether the provider is to ask for a sign-in even where somebody is signed in there (`prompt=login`).
    pub again: bool,
    /// The language of our page (`ui_locales`).
    pub language: &'static str,
    /// The moment.
    pub now: Instant,
}

/// Why a provider's answer proves nothing. For the log; people read that the provider can't be used now.
#[derive(Debug, thiserror::Error)]
pub enum Unproven {
    /// Nobody of that name is configured.
    #[error("there is no such provider")]
    NoProvider,
    /// It could not be reached.
    #[error("{what} could not be had: {why}")]
    Unreached {
        /// What was asked for.
        what: &'static str,
        /// Why.
        why: Unreached,
    },
    /// It answered, but not as the specification says, or with an error.
    #[error("{what} was not what it should be: {why}")]
    Unfit {
        /// What was asked for.
        what: &'static str,
        /// Why.
        why: String,
    },
}

impl Providers {
    /// The configured ones; nothing is asked yet.
    #[must_use]
    pub fn new(upstreams: &Upstreams, outbound: &Outbound) -> Self {
        let provider = |upstream: &Arc<_>| Provider::new(Arc::clone(upstream), outbound.clone());
        Self(Arc::new(upstreams.iter().map(|upstream| (upstream.name.clone(), provider(upstream))).collect()))
    }

    fn find(&self, name: &UpstreamName) -> Result<&Provider, Unproven> {
        self.0.get(name).ok_or(Unproven::NoProvider)
    }

    /// Where the browser goes to be asked (OpenID Connect Core §3.1.2.1).
    ///
    /// # Errors
    /// The provider does not say where.
    pub async fn address(&self, name: &UpstreamName, asking: Asking<'_>) -> Result<String, Unproven> {
        self.find(name)?.address(asking).await
    }

    /// Changes a code for a proven identity (OpenID Connect Core §3.1.3). Keys that are not known yet are fetched once
    /// more (row SEP-20).
    ///
    /// # Errors
    /// Why it proves nothing.
    pub async fn redeem(&self, name: &UpstreamName, code: &Secret, asking: Asking<'_>) -> Result<Identity, Unproven> {
        self.find(name)?.redeem(code, asking).await
    }

    /// Reads every provider's discovery document: for `preau doctor`.
    pub async fn look(&self, now: Instant) -> Vec<(UpstreamName, Result<(), Fault>)> {
        let mut found = Vec::new();
        for (name, provider) in self.0.iter() {
            found.push((name.clone(), provider.look(now).await.map_err(Fault::from)));
        }
        found
    }
}
