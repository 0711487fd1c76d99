//! Who somebody is, by the word of a provider.

use std::fmt;

use serde_json::{Map, Value};

use crate::{domain::Email, policy::Upstream};

/// A proven identity: the claims of a checked ID token, and of UserInfo where the provider tells more there.
#[derive(Clone)]
pub struct Identity {
    pub(super) subject: String,
    pub(super) claims: Map<String, Value>,
}

impl Identity {
    /// The provider's name of the person (`sub`, OpenID Connect Core §8); never changes and is nobody else's.
    #[must_use]
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// The claim by which the person is found on our roster; a number counts as its text.
    #[must_use]
    pub fn key(&self, upstream: &Upstream) -> Option<String> {
        let text = match self.claims.get(&upstream.claim)? {
            Value::String(text) => text.trim().to_owned(),
            Value::Number(number) => number.to_string(),
            _ => return None,
        };
        let is_proven = upstream.claim != "email" || !upstream.verified_mailbox || self.email_is_verified();
        (!text.is_empty() && is_proven).then_some(text)
    }

    /// The person's mailbox there, where the provider answers for it (row SEP-08).
    #[must_use]
    pub fn mailbox(&self, upstream: &Upstream) -> Option<Email> {
        let mailbox = Email::parse(self.claims.get(&upstream.mailbox)?.as_str()?)?;
        (!upstream.verified_mailbox || self.email_is_verified()).then_some(mailbox)
    }

    /// How the person proved it there (RFC 8176): short words only.
    #[must_use]
    pub fn amr(&self) -> Vec<String> {
        let values = self.claims.get("amr").and_then(Value::as_array).into_iter().flatten();
        let is_word = |text: &&str| (1..=16).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric());
        values.filter_map(Value::as_str).filter(is_word).take(8).map(str::to_owned).collect()
    }

    /// `email_verified`; some providers write it as a text.
    fn email_is_verified(&self) -> bool {
        match self.claims.get("email_verified") {
            Some(Value::Bool(verified)) => *verified,
            Some(Value::String(text)) => text == "true",
            _ => false,
        }
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Identity(…)")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{domain::UpstreamName, policy::RosterAttribute};

    fn upstream(claim: &str, verified_mailbox: bool) -> Upstream {
        Upstream {
            name: UpstreamName::new("sepne"),
            label: "SEPNE".into(),
            label_of: "du SEPNE".into(),
            issuer: "https://sepne.example".into(),
            client_id: "preau".into(),
            client_secret: None,
            scopes: vec![],
            claim: claim.into(),
            matches: RosterAttribute::PupilNumber,
            mailbox: "email".into(),
            verified_mailbox,
        }
    }

    #[test]
    fn a_claim_counts_where_it_is_a_text_and_an_address_where_the_provider_answers_for_it() {
        let identity =
            |claims: Value| Identity { subject: "s".into(), claims: claims.as_object().cloned().unwrap_or_default() };
        let told = identity(
            json!({"n": " 31 ", "m": 31, "x": [31], "empty": "", "email": "p@sepne.example", "amr": ["pwd", "mfa", 3, "a b", ""]}),
        );
        let key = |claim: &str| told.key(&upstream(claim, true));
        assert_eq!(
            ["n", "m", "x", "empty", "none", "email"].map(key),
            [Some("31".into()), Some("31".into()), None, None, None, None]
        );
        assert_eq!(told.key(&upstream("email", false)).as_deref(), Some("p@sepne.example"));
        assert_eq!(told.amr(), ["pwd", "mfa"]);
        for (verified, counts) in [(json!(true), true), (json!("true"), true), (json!(false), false), (json!(1), false)]
        {
            let told = identity(json!({"email": "p@sepne.example", "email_verified": verified}));
            assert_eq!(told.mailbox(&upstream("sub", true)).is_some(), counts, "{verified}");
            assert!(told.mailbox(&upstream("sub", false)).is_some());
        }
        assert!(told.mailbox(&upstream("sub", true)).is_none() && !format!("{told:?}").contains("sepne"));
    }
}
