//! What an ID token says (OpenID Connect Core §2, §3.1.3.6): who, for whom, since when and how; little else.

use std::time::Duration;

use serde_json::{Map, Value, json};

use crate::domain::{Instant, RelyingPartyId, Secret, Session, SubjectId};

/// What an ID token is made of.
pub(super) struct IdToken<'a> {
    pub(super) issuer: &'a str,
    pub(super) client_id: &'a RelyingPartyId,
    pub(super) subject: &'a SubjectId,
    pub(super) session: &'a Session,
    pub(super) nonce: Option<&'a str>,
    pub(super) acr: &'a str,
    pub(super) access_token: &'a Secret,
    pub(super) now: Instant,
    pub(super) ttl: Duration,
    /// Claims asked for by name (§5.5).
    pub(super) told: Vec<(&'static str, Value)>,
}

/// Its claims. Its own go before any that were asked for.
pub(super) fn claims(of: &IdToken<'_>) -> Value {
    let mut claims: Map<String, Value> =
        of.told.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    let own = [
        ("iss", json!(of.issuer)),
        ("sub", json!(of.subject)),
        ("aud", json!(of.client_id)),
        ("exp", json!((of.now + of.ttl).seconds())),
        ("iat", json!(of.now.seconds())),
        ("auth_time", json!(of.session.authenticated_at.seconds())),
        ("acr", json!(of.acr)),
        ("amr", json!(of.session.amr)),
        ("sid", json!(of.session.sid)),
        ("at_hash", json!(of.access_token.digest().left_half())),
    ];
    claims.extend(own.map(|(name, value)| (name.to_owned(), value)));
    claims.extend(of.nonce.map(|nonce| ("nonce".to_owned(), json!(nonce))));
    Value::Object(claims)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{AccountId, Digest};

    #[test]
    fn it_says_who_for_whom_since_when_and_how() {
        let session = Session {
            id: Digest::of(b"cookie"),
            sid: "sid-1".into(),
            account_id: AccountId::new("nadia"),
            authenticated_at: Instant::from_seconds(1000),
            amr: vec!["pwd".into()],
            profile: None,
            seen_at: Instant::from_seconds(1000),
            idle_ttl: Duration::from_mins(1),
            expires_at: Instant::from_seconds(5000),
            remembered: false,
        };
        let said = claims(&IdToken {
            issuer: "https://id.example",
            client_id: &RelyingPartyId::new("agenda"),
            subject: &SubjectId::new("s1"),
            session: &session,
            nonce: Some("n"),
            acr: "urn:a",
            // OpenID Connect Core appendix A.3.
            access_token: &Secret::new("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y"),
            now: Instant::from_millis(1_100_999),
            ttl: Duration::from_mins(10),
            told: vec![("name", json!("Nadia Roux")), ("sub", json!("somebody else"))],
        });
        let expected = json!({
            "iss": "https://id.example", "sub": "s1", "aud": "agenda", "exp": 1700, "iat": 1100, "auth_time": 1000,
            "acr": "urn:a", "amr": ["pwd"], "sid": "sid-1", "at_hash": "77QmUPtjPfzWtF2AnpK9RQ", "nonce": "n", "name": "Nadia Roux",
        });
        assert_eq!(said, expected);
    }
}
