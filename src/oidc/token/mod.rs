//! `/oidc/token`: a client exchanges what it holds for tokens (RFC 6749 §3.2). A file per grant type.

mod authorization_code;
mod client_auth;
mod id_token;

use axum::{
    extract::{RawForm, State, rejection::RawFormRejection},
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use serde_json::Value;

use crate::{
    app::App,
    domain::Fault,
    web::{Call, Params},
};

use super::{
    checks::client_id::Client,
    error::{Code, Error},
};

pub(super) const PATH: &str = "/oidc/token";

/// A token request, answered in JSON whatever happens. `no-store` comes from the layer around every route.
pub(super) async fn post(
    State(app): State<App>,
    call: Call,
    headers: HeaderMap,
    form: Result<RawForm, RawFormRejection>,
) -> Response {
    let tried_by_header = headers.contains_key(header::AUTHORIZATION);
    let Ok(RawForm(form)) = form else {
        return Error::invalid_request("the body must be a form").at_token_endpoint(tried_by_header);
    };
    let outcome = exchange(&app, &call, &headers, &Params::of(&form)).await.unwrap_or_else(|fault| {
        let remedy = fault.remedy.as_deref().unwrap_or("");
        tracing::error!(request.id = %call.request_id, cause = %fault.cause, remedy, "a token request failed");
        Err(Error::new(Code::ServerError, "the tokens can not be issued now"))
    });
    match outcome {
        Ok(tokens) => ([(header::PRAGMA, "no-cache")], axum::Json(tokens)).into_response(),
        Err(error) => error.at_token_endpoint(tried_by_header),
    }
}

/// The client proves itself first: nobody else learns anything about a code.
async fn exchange(app: &App, call: &Call, headers: &HeaderMap, form: &Params) -> Result<Result<Value, Error>, Fault> {
    let find = |client_id: &str| Client::find(&app.services.load(), client_id);
    let client = match client_auth::authenticate(headers, form, find) {
        Ok(client) => client,
        Err(error) => {
            let cause = error.cause.as_deref().unwrap_or(error.description);
            tracing::info!(request.id = %call.request_id, error = error.code.as_str(), cause, "a client could not prove itself");
            return Ok(Err(error));
        }
    };
    let outcome = match form.once("grant_type") {
        Ok(Some("authorization_code")) => authorization_code::exchange(app, call, &client, form).await?,
        Ok(Some(_)) => Err(Error::new(Code::UnsupportedGrantType, "grant_type must be authorization_code")),
        Ok(None) => Err(Error::invalid_request("grant_type is missing")),
        Err(repeated) => Err(repeated.into()),
    };
    if let Err(error) = &outcome {
        log(call, &client, error);
    }
    Ok(outcome)
}

fn log(call: &Call, client: &Client, error: &Error) {
    let cause = error.cause.as_deref().unwrap_or(error.description);
    tracing::info!(request.id = %call.request_id, relying_party.id = %client.party.id, error = error.code.as_str(), cause, "a token request was refused");
}
