//! Requests that a service's page posted. They come without our cookies (`SameSite=Lax`): they are kept for minutes under
//! a name that nobody guesses, and the browser is sent to a GET of our own, where its cookies come along (design §6).

use std::time::Duration;

use crate::{
    app::App,
    domain::{Fault, Instant, Secret},
    ephemeral::Kind,
};

use crate::web::Params;

/// Where the browser goes on.
pub(super) const PATH: &str = "/oidc/authorize/posted";

/// Long enough for a slow line and a reload.
const TTL: Duration = Duration::from_mins(5);

/// Keeps a request; the address of the GET.
pub(super) async fn keep(app: &App, now: Instant, query: &String) -> Result<String, Fault> {
    let name = app.rng.secret();
    app.ephemeral.put(Kind::Posted, &name.digest(), query, now, TTL).await?;
    Ok(format!("{PATH}?r={}", name.reveal()))
}

/// The request of that name. It stays, so that a reload finds it: it opens nothing, whoever comes with it.
pub(super) async fn find(app: &App, now: Instant, name: &Secret) -> Result<Option<Params>, Fault> {
    let query: Option<String> = app.ephemeral.find(Kind::Posted, &name.digest(), now).await?;
    Ok(query.map(|query| Params::of(query.as_bytes())))
}
