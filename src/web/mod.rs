//! The HTTP kit of every face: `Visit`, `Guarded` forms, cookies, headers, pages and their assets. It has no route of a
//! face's own, and it knows no journey and no protocol.

mod aside;
pub mod assets;
mod call;
mod cookies;
mod guard;
mod layer;
pub mod page;
mod params;
mod visit;

pub use call::Call;
pub use cookies::Jar;
pub use guard::{FormToken, Guarded};
pub use layer::{around, busy, method_not_allowed, not_found};
pub use params::{Params, Repeated};
pub use visit::{Visit, see_other};

/// What a handler answers: a response, or a fault of ours that becomes the error page.
pub type Answered = Result<axum::response::Response, crate::domain::Fault>;
