//! CAS 1: two lines of text (CAS 3.0 §2.4.2).

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};

use super::super::error::Error;
use super::Validated;

/// `yes` and the user, or `no`. With the charset: python-cas otherwise compares bytes with text and refuses every ticket.
pub(super) fn answer(outcome: &Result<Validated, Error>) -> Response {
    let text = outcome.as_ref().map_or_else(|_| "no\n".to_owned(), |validated| format!("yes\n{}\n", validated.user));
    ([(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"))], text).into_response()
}
