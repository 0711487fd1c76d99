//! `response_type` (RFC 6749 §3.1.1): the code flow alone (RFC 9700 §2.1.2).

use crate::web::Params;

use super::super::error::{Code, Error};

pub(in crate::oidc) fn check(raw: &Params) -> Result<(), Error> {
    match raw.once("response_type")? {
        Some("code") => Ok(()),
        Some(_) => Err(Error::new(Code::UnsupportedResponseType, "response_type must be code")),
        None => Err(Error::invalid_request("response_type is missing")),
    }
}
