//! `max_age` (OpenID Connect Core §3.1.2.1): seconds since the person gave a proof.

use std::time::Duration;

use crate::web::Params;

use super::super::error::Error;

/// No session is older: more than that demands nothing.
const MOST: u64 = 10 * 365 * 24 * 3600;

pub(in crate::oidc) fn check(raw: &Params) -> Result<Option<Duration>, Error> {
    let Some(text) = raw.once("max_age")? else { return Ok(None) };
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Error::invalid_request("max_age must be a number of seconds"));
    }
    Ok(Some(Duration::from_secs(text.parse().unwrap_or(MOST).min(MOST))))
}
