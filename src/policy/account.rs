//! What holders may do to their own accounts.

use std::time::Duration;

/// What holders may do to their own accounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccountRules {
    /// How long the link to a new address confirms it (`account.email_link_ttl`).
    pub email_link: Duration,
    /// How long a change of address can be taken back at the old one (`account.undo_ttl`).
    pub undo_link: Duration,
    /// Whether a new address ends sessions that are older than its request (`account.email_ends_sessions`); a new password
    /// always ends the others.
    pub email_ends_sessions: bool,
}
