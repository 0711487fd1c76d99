//! The browser's single sign-on session.

use std::time::Duration;

use super::{AccountId, Demands, Digest, Instant, Profile, RelyingPartyId};

/// A session: opened by a proof, held by a cookie whose digest names the row.
#[derive(Clone, Debug)]
pub struct Session {
    /// The digest of the cookie.
    pub id: Digest,
    /// The name that services know it by (`sid`, OpenID Connect Back-Channel Logout §2.1); opens nothing.
    pub sid: String,
    /// Whose it is.
    pub account_id: AccountId,
    /// When the proof was given (`auth_time`).
    pub authenticated_at: Instant,
    /// How: RFC 8176 values, `pwd` for a password; `mfa` where two factors were given.
    pub amr: Vec<String>,
    /// The profile chosen at the door, where the portal asked.
    pub profile: Option<Profile>,
    /// Last use, to a minute.
    pub seen_at: Instant,
    /// Ends without use for this long.
    pub idle_ttl: Duration,
    /// Ends whatever happens.
    pub expires_at: Instant,
    /// Whether the person asked to be remembered, so that the cookie outlives the browser.
    pub remembered: bool,
}

impl Session {
    /// Whether it still opens anything.
    #[must_use]
    pub fn is_alive(&self, now: Instant) -> bool {
        now < self.expires_at && now.since(self.seen_at) < self.idle_ttl
    }

    /// Whether its proof is recent enough for what was asked (OpenID Connect Core §3.1.2.1 `prompt`, `max_age`; CAS `renew`).
    #[must_use]
    pub fn satisfies(&self, demands: &Demands) -> bool {
        demands.authenticate_after.is_none_or(|moment| self.authenticated_at >= moment)
    }

    /// Whether two factors were given (RFC 8176 `mfa`).
    #[must_use]
    pub fn has_second_factor(&self) -> bool {
        self.amr.iter().any(|value| value == Self::TWO_FACTORS)
    }

    /// RFC 8176: two factors were given.
    pub const TWO_FACTORS: &'static str = "mfa";
}

/// A living session, as its holder's list shows it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct SessionLine {
    /// The digest of its cookie.
    pub id: Digest,
    /// Its name in forms; opens nothing.
    pub sid: String,
    /// "Firefox, Android"; may be empty.
    pub device: String,
    /// The network that it was opened from, never the whole address; may be empty.
    pub network: String,
    /// Since when.
    pub created_at: Instant,
    /// Last use, to a minute.
    pub seen_at: Instant,
}

/// A relying party that a session has served, and what is needed to tell it the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServedParty {
    /// The service.
    pub relying_party_id: RelyingPartyId,
    /// `oidc` or `cas`.
    pub protocol: String,
    /// For CAS: the tickets' service URL; for OIDC empty.
    pub service: String,
    /// For CAS: the ticket that the service knows the session by.
    pub ticket: Option<String>,
}

/// A service that is to be told of the end of a session.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct LogoutNotice {
    /// The name by which services know the session.
    pub sid: String,
    /// Whom to tell.
    pub relying_party_id: RelyingPartyId,
    /// `oidc` or `cas`.
    pub protocol: String,
    /// The CAS address that was served; empty for OIDC.
    pub service: String,
    /// The CAS ticket by which the service knows the session.
    pub ticket: Option<String>,
    /// Whose session it was.
    pub account_id: AccountId,
}
