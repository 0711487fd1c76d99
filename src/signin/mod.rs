//! Proofs, and the session that they open.
//!
//! A protocol room or a page asks here who stands at the door (`door`), and hands over what was typed (`password`). This
//! room decides neither rules (`policy` does) nor looks (`pages`), and speaks no protocol.

pub mod again;
pub mod agreement;
pub mod door;
pub mod either;
mod gates;
pub mod letter;
mod open;
pub mod password;
pub mod second_factor;
pub mod sign_out;
mod throttle;
pub mod through;
pub mod waiting;

pub use door::{Request, Resumed};
pub use open::Opened;
pub use password::{Passed, Try};

use crate::domain::{Actor, Digest, Network};

/// Who knocks: what a request's cookies and address say, before anybody is known.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// The digest of the browser's own cookie: interactions and forms are bound to it.
    pub browser: Digest,
    /// The digest of the session cookie, where there is one.
    pub session: Option<Digest>,
    /// The digest of the cookie by which accounts know a browser, where there is one.
    pub known: Option<Digest>,
    /// Where from.
    pub network: Network,
    /// A short text for the person's list of sessions: "Firefox, Android".
    pub device: String,
    /// For the audit trail; its `now` is the moment of the request.
    pub actor: Actor,
}
