//! `redirect_uri`: required (OpenID Connect Core §3.1.2.1) and compared to the character (RFC 9700 §2.1).

use crate::{
    domain::{OidcClient, ReturnTo},
    web::Params,
};

use super::super::error::{Error, Shown};

pub(in crate::oidc) fn check(raw: &Params, client: &OidcClient) -> Result<ReturnTo, Shown> {
    let redirect_uri = raw.once("redirect_uri")?.ok_or(Error::invalid_request("redirect_uri is missing"))?;
    let unknown = Shown::unknown(Error::invalid_request("redirect_uri is not registered for this client"));
    client.return_to(redirect_uri).ok_or(unknown)
}
