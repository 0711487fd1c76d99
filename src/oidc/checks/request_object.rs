//! `request`, `request_uri` and `registration` (OpenID Connect Core §6, §7.2.1): not supported, and said so.

use crate::web::Params;

use super::super::error::{Code, Error};

pub(in crate::oidc) fn check(raw: &Params) -> Result<(), Error> {
    for (name, code, description) in [
        ("request", Code::RequestNotSupported, "request is not supported"),
        ("request_uri", Code::RequestUriNotSupported, "request_uri is not supported"),
        ("registration", Code::RegistrationNotSupported, "registration is not supported"),
    ] {
        if raw.once(name)?.is_some() {
            return Err(Error::new(code, description));
        }
    }
    Ok(())
}
