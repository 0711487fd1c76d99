//! `code_challenge` and `code_challenge_method` (RFC 7636 §4.3): S256 alone; public clients must send one (RFC 9700 §2.1.1).

use crate::{
    domain::{AuthMethod, OidcClient},
    web::Params,
};

use super::super::error::Error;

pub(in crate::oidc) fn check(raw: &Params, client: &OidcClient) -> Result<Option<String>, Error> {
    match (raw.once("code_challenge")?, raw.once("code_challenge_method")?) {
        (Some(challenge), Some("S256")) if is_sha_256(challenge) => Ok(Some(challenge.to_owned())),
        (Some(_), Some("S256")) => Err(Error::invalid_request("code_challenge is not a SHA-256 in base64url")),
        // Without a method it would be `plain` (RFC 7636 §4.3).
        (Some(_), _) => Err(Error::invalid_request("code_challenge_method must be S256")),
        (None, Some(_)) => Err(Error::invalid_request("code_challenge is missing")),
        (None, None) if client.auth == AuthMethod::None => {
            Err(Error::invalid_request("a public client must send a code_challenge"))
        }
        (None, None) => Ok(None),
    }
}

/// 32 bytes in base64url without padding.
fn is_sha_256(text: &str) -> bool {
    text.len() == 43 && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}
