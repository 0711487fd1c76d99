//! For operators: whether the process lives, and whether it can serve.

use axum::{Router, extract::State, http::StatusCode, routing::get};

use crate::app::App;

/// `/sante/vivant` and `/sante/pret` (design §6).
pub(super) fn routes() -> Router<App> {
    Router::new().route("/sante/vivant", get(async || "vivant\n")).route("/sante/pret", get(ready))
}

/// 200 when database and Redis answer; else 503, the cause in the log.
async fn ready(State(app): State<App>) -> (StatusCode, &'static str) {
    let database = app.db.ping().await.map_err(crate::domain::Fault::from);
    for outcome in [database, app.ephemeral.ping().await] {
        if let Err(fault) = outcome {
            tracing::warn!(cause = %fault, "not ready");
            return (StatusCode::SERVICE_UNAVAILABLE, "pas prêt\n");
        }
    }
    (StatusCode::OK, "prêt\n")
}
