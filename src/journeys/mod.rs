//! Sets of screens that change an account: one function per act, one transaction each.
//!
//! Cheap looks come first, slow work (hashing) before the transaction, then the change, its audit line and its mail
//! together. This room knows no protocol and no page; who goes where next is decided elsewhere.

pub mod activation;
pub mod letters;

use crate::domain::{Actor, Digest, Network};

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
