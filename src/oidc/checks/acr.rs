//! `acr_values` and the claim `acr` (OpenID Connect Core §3.1.2.1, §5.5.1.1): how somebody was authenticated.

use serde_json::Value;

use crate::{domain::Session, web::Params};

use super::super::error::Error;

/// One factor, over TLS (the class of the SAML 2.0 Authentication Context of that name, §3.4.2).
pub(in crate::oidc) const ONE_FACTOR: &str = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport";
/// Two factors (the MFA profile of REFEDS).
pub(in crate::oidc) const TWO_FACTORS: &str = "https://refeds.org/profile/mfa";

/// The values that are understood, as discovery tells them.
pub(in crate::oidc) const KNOWN: [&str; 2] = [ONE_FACTOR, TWO_FACTORS];

/// What was asked for, the best liked first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::oidc) struct Acr {
    values: Vec<String>,
    essential: bool,
}

/// The values of the essential claim go before those that are merely liked.
pub(in crate::oidc) fn check(raw: &Params) -> Result<Acr, Error> {
    let liked = raw.once("acr_values")?.unwrap_or_default();
    let liked = liked.split(' ').filter(|value| !value.is_empty()).map(str::to_owned);
    // That `claims` is an object is its own check.
    let claims: Value = raw.once("claims")?.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
    let asked = claims.pointer("/id_token/acr").cloned().unwrap_or_default();
    let essential = asked.get("essential").and_then(Value::as_bool).unwrap_or(false);
    let named = asked.get("values").and_then(Value::as_array).into_iter().flatten().chain(asked.get("value"));
    let mut values: Vec<String> = named.filter_map(Value::as_str).map(str::to_owned).collect();
    let essential = essential && !values.is_empty();
    if !essential {
        values.extend(liked);
    }
    Ok(Acr { values, essential })
}

impl Acr {
    /// Whether two factors are demanded, and nothing less will do.
    pub(in crate::oidc) fn demands_two_factors(&self) -> bool {
        self.essential && self.has(TWO_FACTORS) && !self.has(ONE_FACTOR)
    }

    /// Whether a session is what was demanded; where it is not, the answer is an error (§5.5.1.1).
    pub(in crate::oidc) fn is_met_by(&self, session: &Session) -> bool {
        !self.essential || self.values.iter().any(|value| Self::fits(value, session))
    }

    /// What the ID token says: what was asked for, as far as it is true; else the best that is.
    pub(in crate::oidc) fn told_of(&self, session: &Session) -> &'static str {
        let asked = self.values.iter().find(|value| Self::fits(value, session));
        let known = asked.and_then(|value| KNOWN.into_iter().find(|known| known == value));
        known.unwrap_or(if session.has_second_factor() { TWO_FACTORS } else { ONE_FACTOR })
    }

    fn has(&self, wanted: &str) -> bool {
        self.values.iter().any(|value| value == wanted)
    }

    fn fits(value: &str, session: &Session) -> bool {
        value == ONE_FACTOR || (value == TWO_FACTORS && session.has_second_factor())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::domain::{AccountId, Digest, Instant};

    fn session(amr: &[&str]) -> Session {
        Session {
            id: Digest::of(b"cookie"),
            sid: "sid".into(),
            account_id: AccountId::new("nadia"),
            authenticated_at: Instant::from_seconds(1),
            amr: amr.iter().map(|value| (*value).to_owned()).collect(),
            profile: None,
            seen_at: Instant::from_seconds(1),
            idle_ttl: Duration::from_mins(1),
            expires_at: Instant::from_seconds(90),
            remembered: false,
        }
    }

    fn of(acr_values: &str, claims: &str) -> Acr {
        let query = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs([("acr_values", acr_values), ("claims", claims)])
            .finish();
        check(&Params::of(query.as_bytes())).expect("fine")
    }

    #[test]
    fn what_is_told_is_what_was_asked_for_as_far_as_it_is_true() {
        let (one, two) = (session(&["pwd"]), session(&["pwd", "otp", "mfa"]));
        assert_eq!((of("", "").told_of(&one), of("", "").told_of(&two)), (ONE_FACTOR, TWO_FACTORS));
        let both = format!("urn:x {ONE_FACTOR} {TWO_FACTORS}");
        assert_eq!((of(&both, "").told_of(&one), of(&both, "").told_of(&two)), (ONE_FACTOR, ONE_FACTOR));
        let liked = of(TWO_FACTORS, "");
        assert_eq!((liked.told_of(&one), liked.is_met_by(&one)), (ONE_FACTOR, true), "a wish is no demand");
        assert!(!liked.demands_two_factors());
    }

    #[test]
    fn an_essential_acr_is_a_demand() {
        let (one, two) = (session(&["pwd"]), session(&["swk", "mfa"]));
        let demanded = of("", &format!(r#"{{"id_token":{{"acr":{{"essential":true,"values":["{TWO_FACTORS}"]}}}}}}"#));
        assert!(demanded.demands_two_factors() && !demanded.is_met_by(&one) && demanded.is_met_by(&two));
        let unknown = of(TWO_FACTORS, r#"{"id_token":{"acr":{"essential":true,"value":"urn:x"}}}"#);
        assert!(!unknown.demands_two_factors() && !unknown.is_met_by(&two));
        let bare = of("", r#"{"id_token":{"acr":{"essential":true}}}"#);
        assert!(bare.is_met_by(&one), "any value will do");
    }
}
