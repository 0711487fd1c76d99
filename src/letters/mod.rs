//! Letters: who is due one, the credentials on it, and the sheet that is printed (rows RGN-08 to RGN-10, RGN-17). And slips,
//! which a school hands to somebody who has forgotten their password.
//!
//! A provisional password is known here once, between its drawing and the sheet that carries it; nothing keeps it. This
//! room opens no file and speaks to no terminal: whoever asks for letters decides where the paper goes.

mod due;
mod make;
mod prepare;
mod run;
mod sheet;
mod slip;

pub use due::{Due, Reason, Skipped, Wanted, due, forgetful};
pub use make::{Made, NotMade, make};
pub use prepare::{prepare, prepare_one};
pub use run::{Letter, Outcome, make_all};
pub use sheet::{Desk, Languages, paper};
pub use slip::{Slip, slips};

use crate::{
    app::App,
    config::Config,
    crypto::{Hasher, Rng},
    domain::PortalName,
    policy::{Portal, Portals},
    store::Db,
};

/// The services that making letters needs.
#[derive(Clone, Copy)]
pub struct Office<'a> {
    /// Where accounts are kept.
    pub db: &'a Db,
    /// What hashes provisional passwords.
    pub hasher: &'a Hasher,
    /// Passwords and ids come from it.
    pub rng: &'a Rng,
    /// Portals, lifetimes, the rule of identifiers.
    pub config: &'a Config,
}

impl<'a> From<&'a App> for Office<'a> {
    fn from(app: &'a App) -> Self {
        Self { db: &app.db, hasher: &app.hasher, rng: &app.rng, config: &app.config }
    }
}

/// The portal of that name; the default one where none is named. None where there is no such portal.
#[must_use]
pub fn portal<'a>(config: &'a Config, name: Option<&str>) -> Option<&'a Portal> {
    let name = PortalName::new(name.unwrap_or(Portals::DEFAULT));
    config.policy.portals.find(&name).map(AsRef::as_ref)
}
