//! Sets of screens that change an account: one function per act, one transaction each.
//!
//! Cheap looks come first, slow work (hashing) before the transaction, then the change, its audit line and its mail
//! together. This room knows no protocol and no page; who goes where next is decided elsewhere.

pub mod account;
pub mod activation;
pub mod charter;
pub mod help;
mod holder;
pub mod new_password;
pub mod notification;
pub mod pupil_reset;
pub mod recovery;
pub mod registration;
pub mod second_factor;
pub mod secret_question;
pub mod security;
pub mod security_code;
pub mod temporary;
mod told;

pub use holder::Holder;

use crate::{
    app::App,
    domain::{Actor, Digest, Network, PortalName},
    policy::Portal,
};

/// Who acts in a browser.
#[derive(Clone, Copy, Debug)]
pub struct Caller<'a> {
    /// For the audit trail; its `now` is the moment of the request.
    pub actor: &'a Actor,
    /// The digest of the browser's own cookie.
    pub browser: &'a Digest,
    /// Where from: hashes queue by network.
    pub network: &'a Network,
}

/// The portal of that name; the default one where the configuration has lost it.
fn portal_of<'a>(app: &'a App, name: &PortalName) -> &'a Portal {
    let portals = &app.config.policy.portals;
    portals.find(name).unwrap_or_else(|| portals.default_portal())
}

/// The address of a portal's own pages, without a slash at its end: links in mails begin with it, whatever `Host` a
/// request named (row FPW-17).
fn portal_address(app: &App, portal: &PortalName) -> String {
    app.config.portal_address(portal)
}
