//! The CAS face: `/cas/login`, `/cas/logout` and the validation of tickets (CAS protocol 1, 2 and 3).
//!
//! It parses a service's request, asks `signin` who stands at the door, and turns a session into a ticket and a ticket into
//! a user and attributes. It knows nothing of passwords, and a ticket goes to no address but a registered one.

mod attributes;
mod error;
mod login;
mod logout;
mod resume;
mod service;
pub mod single_logout;
#[cfg(test)]
mod tests;
mod ticket;
mod validate;
mod xml;

use axum::{Router, routing::get};

use crate::app::App;

/// The paths of this face.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/cas/login", get(login::show).post(login::post))
        .route("/cas/resume", get(resume::show))
        .route("/cas/logout", get(logout::show))
        .route("/cas/validate", get(validate::cas1))
        .route("/cas/serviceValidate", get(validate::cas2))
        .route("/cas/p3/serviceValidate", get(validate::cas3))
}
