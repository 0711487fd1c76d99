//! What is answered to a client that asked wrongly: a registered code and a fixed description. The cause stays with us.

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

use crate::web::{Repeated, page::Trouble};

/// The registered code (RFC 6749 §4.1.2.1 and §5.2, OpenID Connect Core §3.1.2.6, OpenID Connect Core Error Code
/// `unmet_authentication_requirements` §2, RFC 6750 §3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Code {
    InvalidRequest,
    UnauthorizedClient,
    AccessDenied,
    UnsupportedResponseType,
    InvalidScope,
    ServerError,
    LoginRequired,
    InteractionRequired,
    ConsentRequired,
    UnmetAuthenticationRequirements,
    RequestNotSupported,
    RequestUriNotSupported,
    RegistrationNotSupported,
    InvalidClient,
    InvalidGrant,
    UnsupportedGrantType,
    InvalidToken,
}

impl Code {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::InvalidRequest => "invalid_request",
            Self::UnauthorizedClient => "unauthorized_client",
            Self::AccessDenied => "access_denied",
            Self::UnsupportedResponseType => "unsupported_response_type",
            Self::InvalidScope => "invalid_scope",
            Self::ServerError => "server_error",
            Self::LoginRequired => "login_required",
            Self::InteractionRequired => "interaction_required",
            Self::ConsentRequired => "consent_required",
            Self::UnmetAuthenticationRequirements => "unmet_authentication_requirements",
            Self::RequestNotSupported => "request_not_supported",
            Self::RequestUriNotSupported => "request_uri_not_supported",
            Self::RegistrationNotSupported => "registration_not_supported",
            Self::InvalidClient => "invalid_client",
            Self::InvalidGrant => "invalid_grant",
            Self::UnsupportedGrantType => "unsupported_grant_type",
            Self::InvalidToken => "invalid_token",
        }
    }
}

/// A refusal: the code and the description go out, the cause goes to the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Error {
    pub(super) code: Code,
    /// Of the characters that RFC 6749 §4.1.2.1 allows, and nothing of the request in it.
    pub(super) description: &'static str,
    /// What the client's developer may ask the operator about; no secret and nothing that somebody typed.
    pub(super) cause: Option<String>,
}

impl Error {
    pub(super) const fn new(code: Code, description: &'static str) -> Self {
        Self { code, description, cause: None }
    }

    pub(super) const fn invalid_request(description: &'static str) -> Self {
        Self::new(Code::InvalidRequest, description)
    }

    pub(super) const fn invalid_grant(description: &'static str) -> Self {
        Self::new(Code::InvalidGrant, description)
    }

    /// The same with what the log says of it.
    pub(super) fn cause(self, cause: impl Into<String>) -> Self {
        Self { cause: Some(cause.into()), ..self }
    }

    pub(super) fn json(&self) -> Value {
        json!({ "error": self.code.as_str(), "error_description": self.description })
    }

    /// At the token endpoint (RFC 6749 §5.2): a client that could not prove itself gets 401, and is told how if it tried
    /// by the `Authorization` header.
    pub(super) fn at_token_endpoint(&self, tried_by_header: bool) -> Response {
        let response = axum::Json(self.json()).into_response();
        match self.code {
            Code::InvalidClient if tried_by_header => {
                (StatusCode::UNAUTHORIZED, [(header::WWW_AUTHENTICATE, "Basic realm=\"preau\"")], response)
                    .into_response()
            }
            Code::InvalidClient => (StatusCode::UNAUTHORIZED, response).into_response(),
            Code::ServerError => (StatusCode::INTERNAL_SERVER_ERROR, response).into_response(),
            _ => (StatusCode::BAD_REQUEST, response).into_response(),
        }
    }

    /// At a protected resource (RFC 6750 §3.1).
    pub(super) fn at_resource(&self) -> Response {
        let status = match self.code {
            Code::InvalidToken => StatusCode::UNAUTHORIZED,
            Code::ServerError => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::BAD_REQUEST,
        };
        let (code, description) = (self.code.as_str(), self.description);
        let challenge = format!("Bearer realm=\"preau\", error=\"{code}\", error_description=\"{description}\"");
        (status, [(header::WWW_AUTHENTICATE, challenge)], axum::Json(self.json())).into_response()
    }
}

impl From<Repeated> for Error {
    fn from(_: Repeated) -> Self {
        Self::invalid_request("a parameter is included more than once")
    }
}

/// An error that can only be shown to the person: no address has matched that it could be sent to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shown {
    pub(super) trouble: Trouble,
    pub(super) error: Error,
}

impl Shown {
    /// A client or an address that is not registered: the page names neither (row SSO-08).
    pub(super) const fn unknown(error: Error) -> Self {
        Self { trouble: Trouble::UnknownService, error }
    }
}

impl From<Error> for Shown {
    fn from(error: Error) -> Self {
        Self { trouble: Trouble::RequestRefused, error }
    }
}

impl From<Repeated> for Shown {
    fn from(repeated: Repeated) -> Self {
        Error::from(repeated).into()
    }
}
