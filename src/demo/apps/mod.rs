//! The two applications that the demo signs in to: "Espace numérique" over OpenID Connect, "Vie scolaire" over CAS.
//!
//! They stand for what schools run: programs of other people, on other addresses, that know Préau by its protocols alone.
//! Nothing in here reads Préau's store or rooms. Each has two doors, one for each portal of the demo.

mod about;
mod digital_space;
mod page;
mod school_life;
mod visits;

use std::{path::Path, time::Duration};

use reqwest::redirect::Policy;

use crate::{app::Clock, crypto::Rng, domain::Fault};

pub use about::About;
pub use digital_space::DigitalSpace;
pub use school_life::SchoolLife;
pub use visits::Visits;

/// One of an application's doors: it belongs to a portal of Préau's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Door {
    /// Before every path: empty, or `/ent`.
    pub prefix: &'static str,
    /// As people read it.
    pub name: &'static str,
}

/// The doors, by portal: `default`, then `ent`.
pub const DOORS: [Door; 2] =
    [Door { prefix: "", name: "portail habituel" }, Door { prefix: "/ent", name: "portail ENT" }];

/// What both applications work with.
#[derive(Clone)]
pub struct Kit {
    /// The application's own address, without a slash at the end.
    pub base: String,
    /// The issuer of the identity provider.
    pub issuer: String,
    /// The other application's address.
    pub neighbour: String,
    /// For requests to the identity provider.
    pub http: reqwest::Client,
    /// Who is signed in here, and who is about to.
    pub visits: Visits,
}

impl Kit {
    /// Its place for a path behind a door.
    #[must_use]
    pub fn address(&self, door: &Door, path: &str) -> String {
        format!("{}{}{path}", self.base, door.prefix)
    }
}

/// A client that follows no redirect, as relying parties should not, uses no proxy and trusts a further authority.
///
/// # Errors
/// The authority's file can't be read.
pub fn http_client(ca_file: Option<&Path>) -> Result<reqwest::Client, Fault> {
    let mut builder = reqwest::Client::builder().redirect(Policy::none()).no_proxy().timeout(Duration::from_secs(15));
    if let Some(path) = ca_file {
        let pem = std::fs::read(path).map_err(|error| {
            Fault::new(format!("{} can't be read: {error}", path.display())).remedy("check `outbound.ca_file`")
        })?;
        for authority in reqwest::Certificate::from_pem_bundle(&pem)? {
            builder = builder.add_root_certificate(authority);
        }
    }
    Ok(builder.build()?)
}

/// Who visits an application that begins with nobody.
#[must_use]
pub fn nobody(clock: Clock, rng: Rng) -> Visits {
    Visits::new(clock, rng)
}
