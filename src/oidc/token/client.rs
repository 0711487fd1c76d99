//! Who a client is (RFC 6749 §2.3, OpenID Connect Core §9).

use std::sync::Arc;

use axum::http::{HeaderMap, header};
use base64::{Engine, prelude::BASE64_STANDARD};

use crate::{
    app::Registry,
    domain::{AuthMethod, RelyingParty, RelyingPartyId, Secret},
    oidc::{
        checks,
        error::{Code, Error},
    },
    web::Params,
};

const UNKNOWN: Error = Error::new(Code::InvalidClient, "the client could not be authenticated");

/// The client that a request proves to be of. A secret may come in the header or in the body, whichever of the two its
/// registration names: stock clients choose by themselves. A public client proves nothing.
pub(super) fn authenticate(raw: &Params, headers: &HeaderMap, registry: &Registry) -> Result<Arc<RelyingParty>, Error> {
    let in_body = (checks::text(raw, "client_id")?, checks::text(raw, "client_secret")?);
    let (client_id, secret) = match (basic(headers)?, in_body) {
        (Some(_), (_, Some(_))) => return Err(Error::invalid_request("the client proves itself in two ways")),
        (Some((id, _)), (Some(other), None)) if id != other => return Err(UNKNOWN),
        (Some((id, secret)), _) => (id, Some(secret)),
        (None, (Some(id), secret)) => (id, secret.map(Secret::new)),
        (None, (None, _)) => return Err(UNKNOWN),
    };
    let party = registry.find(&RelyingPartyId::new(client_id)).ok_or(UNKNOWN)?;
    let client = party.oidc.as_ref().ok_or(UNKNOWN)?;
    let is_proven = match (&client.auth, secret) {
        (AuthMethod::ClientSecretBasic(known) | AuthMethod::ClientSecretPost(known), Some(given)) => {
            Secret::new(known.digest.as_str()).matches(&Secret::new(given.digest().as_str()))
        }
        (AuthMethod::None, None) => true,
        _ => false,
    };
    is_proven.then(|| party.clone()).ok_or(UNKNOWN)
}

/// `Authorization: Basic`, both halves form-encoded (RFC 6749 §2.3.1).
fn basic(headers: &HeaderMap) -> Result<Option<(String, Secret)>, Error> {
    let Some(value) = headers.get(header::AUTHORIZATION) else { return Ok(None) };
    let encoded = value.to_str().ok().and_then(|value| {
        let (scheme, rest) = value.split_once(' ')?;
        scheme.eq_ignore_ascii_case("basic").then_some(rest.trim())
    });
    let decoded = encoded
        .and_then(|encoded| BASE64_STANDARD.decode(encoded).ok())
        .and_then(|bytes| String::from_utf8(bytes).ok());
    let (id, secret) = decoded.as_deref().and_then(|pair| pair.split_once(':')).ok_or(UNKNOWN)?;
    Ok(Some((decode(id), Secret::new(decode(secret)))))
}

fn decode(text: &str) -> String {
    let pair = format!("x={text}").replace('&', "%26");
    url::form_urlencoded::parse(pair.as_bytes()).next().map(|(_, value)| value.into_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_halves_of_basic_are_form_decoded() {
        let mut headers = HeaderMap::new();
        let value = format!("Basic {}", BASE64_STANDARD.encode("my%2Fclient:a%3Ab%26+c"));
        headers.insert(header::AUTHORIZATION, value.parse().expect("a header"));
        let (id, secret) = basic(&headers).expect("fine").expect("there");
        assert_eq!((id.as_str(), secret.reveal()), ("my/client", "a:b& c"));
        headers.insert(header::AUTHORIZATION, "Basic ???".parse().expect("a header"));
        assert!(basic(&headers).is_err());
    }
}
