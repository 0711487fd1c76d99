//! One's own account: what its holder changes alone. Every change of what opens it or where it writes to needs the current
//! password (row ACC-03), and is told by mail to the address that was there before.

mod profile;

use crate::{
    domain::{Actor, Session},
    policy::Portal,
    signin::Visitor,
};

use super::Holder;

pub use profile::{Saved, Wanted, save};

/// Who is signed in and acts on their own account.
#[derive(Clone, Copy, Debug)]
pub struct Me<'a> {
    /// Who knocks.
    pub visitor: &'a Visitor,
    /// At which portal.
    pub portal: &'a Portal,
    /// Whose account.
    pub holder: &'a Holder,
    /// The session.
    pub session: &'a Session,
}

impl Me<'_> {
    /// For the audit trail: the holder acts.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor { account_id: Some(self.holder.account.id.clone()), ..self.visitor.actor.clone() }
    }
}
