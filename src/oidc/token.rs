//! The token endpoint (RFC 6749 §3.2).

mod authorization_code;
mod client;

pub(super) use authorization_code::CLOSED;

use axum::{
    extract::{RawForm, State},
    http::HeaderMap,
    response::{IntoResponse, Response},
};

use crate::{
    app::App,
    web::{Params, Visit},
};

use super::error::{Code, Error};

/// Exchanges what a client holds for tokens. Client authentication decides, no cookie is read: it needs no form token.
pub(super) async fn post(State(app): State<App>, visit: Visit, headers: HeaderMap, RawForm(body): RawForm) -> Response {
    let raw = Params::of(&body);
    let exchanged = async {
        let party = client::authenticate(&raw, &headers, &app.services.load())?;
        match super::checks::text(&raw, "grant_type")?.as_deref() {
            Some("authorization_code") => authorization_code::exchange(&app, &visit, &party, &raw).await,
            Some(_) => Err(Error::new(Code::UnsupportedGrantType, "grant_type is authorization_code")),
            None => Err(Error::invalid_request("grant_type is missing")),
        }
    };
    exchanged.await.unwrap_or_else(IntoResponse::into_response)
}
