//! Links in mails: what they are for, and what is kept of them.

use super::{AccountId, Digest, Email, Instant, InteractionId, PortalName};

/// What a link's button does. A newer link takes the place of older ones of its own purpose only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum LinkPurpose {
    /// Confirms the address that was given in an activation.
    Activation,
    /// Lets its reader choose another password.
    Reset,
    /// Confirms another address of an account (row ACC-05).
    EmailChange,
    /// Takes a change of address back, at the old one (row ACC-14).
    EmailUndo,
    /// Confirms an address for notifications.
    NotificationEmail,
    /// Finishes a registration (row REG-06).
    Registration,
}

/// A link in a mail; it opens a page with a button, and nothing by itself.
#[derive(Clone, Debug)]
pub struct Link {
    /// The digest of its secret.
    pub digest: Digest,
    /// What its button does.
    pub purpose: LinkPurpose,
    /// Whose.
    pub account_id: AccountId,
    /// Where it was sent.
    pub email: Email,
    /// At which portal.
    pub portal: PortalName,
    /// The browser that asked for it.
    pub browser: Digest,
    /// The pending sign-in of that browser.
    pub interaction_id: Option<InteractionId>,
    /// When it was made.
    pub created_at: Instant,
    /// Until when its button works.
    pub expires_at: Instant,
    /// When the button was pressed.
    pub used_at: Option<Instant>,
    /// When something newer took its place.
    pub superseded_at: Option<Instant>,
}
