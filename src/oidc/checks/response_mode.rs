//! `response_mode` (OAuth 2.0 Multiple Response Type Encoding Practices §2.1, Form Post Response Mode §2).

use crate::web::Params;

use super::super::{error::Error, reply::ResponseMode};

pub(in crate::oidc) fn check(raw: &Params) -> Result<ResponseMode, Error> {
    match raw.once("response_mode")? {
        None | Some("query") => Ok(ResponseMode::Query),
        Some("form_post") => Ok(ResponseMode::FormPost),
        Some(_) => Err(Error::invalid_request("response_mode must be query or form_post")),
    }
}
