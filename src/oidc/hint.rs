//! `id_token_hint`: an ID token of ours that a client shows again (OpenID Connect Core §3.1.2.1, RP-Initiated Logout §2).

use serde_json::{Map, Value};

use crate::{
    crypto::KeyRing,
    domain::{Instant, RelyingPartyId, SubjectId},
};

/// Of whom and for whom an ID token was. It proves nothing about who shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hint {
    pub(super) client_id: RelyingPartyId,
    pub(super) subject: SubjectId,
    pub(super) sid: Option<String>,
}

impl Hint {
    /// Reads one that a published key of ours signed, whatever its dates say: an expired one is still a hint.
    pub(super) fn read(jwt: &str, issuer: &str, keys: &KeyRing, now: Instant) -> Option<Self> {
        Self::of(&keys.verify(jwt, now)?, issuer)
    }

    fn of(claims: &Map<String, Value>, issuer: &str) -> Option<Self> {
        let text = |name: &str| claims.get(name).and_then(Value::as_str);
        // A logout token is signed by the same keys and is no ID token.
        if text("iss") != Some(issuer) || claims.contains_key("events") {
            return None;
        }
        Some(Self {
            client_id: RelyingPartyId::new(text("aud")?),
            subject: SubjectId::new(text("sub")?),
            sid: text("sid").map(str::to_owned),
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_an_id_token_of_ours_is_a_hint() {
        let read = |claims: Value| Hint::of(claims.as_object().expect("claims"), "https://id.example");
        let ours = json!({ "iss": "https://id.example", "aud": "agenda", "sub": "s1", "sid": "x", "exp": 1 });
        let hint = read(ours.clone()).expect("a hint");
        assert_eq!((hint.client_id.as_str(), hint.subject.as_str(), hint.sid.as_deref()), ("agenda", "s1", Some("x")));
        let differing = |name: &str, value: Value| {
            let mut claims = ours.clone();
            claims[name] = value;
            claims
        };
        assert_eq!(read(differing("iss", json!("https://id.example/"))), None);
        assert_eq!(read(differing("aud", json!(["agenda", "other"]))), None);
        assert_eq!(read(differing("sub", json!(7))), None);
        assert_eq!(read(differing("events", json!({}))), None);
    }
}
