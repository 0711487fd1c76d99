//! What one authorization code gave.

use std::collections::BTreeSet;

use super::{AccountId, Claim, Digest, GrantId, Instant, RelyingPartyId};

/// What one authorization code gave to one relying party: the root of its tokens (RFC 6749 §1.3.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Its name in the store.
    pub id: GrantId,
    /// Of whom.
    pub account_id: AccountId,
    /// To whom.
    pub relying_party_id: RelyingPartyId,
    /// The session that it came from, if that is still known.
    pub session_id: Option<Digest>,
    /// The digest of the code: a second use finds the grant by it and ends it (RFC 6749 §4.1.2).
    pub code: Digest,
    /// What its tokens are for.
    pub given: Given,
    /// When the code was exchanged.
    pub created_at: Instant,
    /// After this nothing of it is good any more.
    pub expires_at: Instant,
}

/// What the tokens of a grant are for: as the person knew it when the code was issued.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Given {
    /// The granted scopes.
    pub scope: Vec<String>,
    /// The claims that UserInfo may tell; what the registration releases at that time still bounds them.
    pub claims: BTreeSet<Claim>,
}
