//! Tells services of the ends of sessions, each by its own protocol room: at once, and again where they did not answer. It
//! must not know what a notice says.

use std::time::Duration;

use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::{
    app::App,
    cas,
    domain::{Fault, Instant},
    oidc,
    store::logout_notices::{self, Claimed},
};

/// How many are under way at once.
const AT_ONCE: i64 = 16;
/// How long one is left to the node that claimed it: longer than a request may take.
const CLAIM: Duration = Duration::from_mins(1);
/// The pauses between tries, in seconds; after the last one a service is not told any more.
const PAUSES: [u64; 6] = [5, 30, 120, 600, 3_600, 6 * 3_600];

/// Tells everybody who is to be told now; how many were tried.
///
/// # Errors
/// The store did not answer.
pub(super) async fn tell_due(app: &App, stop: &CancellationToken) -> Result<usize, Fault> {
    let mut tried = 0;
    while !stop.is_cancelled() && logout_notices::is_due(&app.db, app.clock.now()).await? {
        let now = app.clock.now();
        let claimed = logout_notices::claim(&app.db, now, now + CLAIM, AT_ONCE).await?;
        tried += claimed.len();
        let mut under_way = JoinSet::new();
        for row in claimed {
            let app = app.clone();
            under_way.spawn(async move { settle(&app, &row, now).await });
        }
        while let Some(outcome) = under_way.join_next().await {
            outcome??;
        }
    }
    Ok(tried)
}

async fn settle(app: &App, row: &Claimed, now: Instant) -> Result<(), Fault> {
    let notice = &row.notice;
    let form = match notice.protocol.as_str() {
        "oidc" => oidc::backchannel::form(app, notice, now).await?,
        _ => cas::single_logout::form(app, notice, now),
    };
    let Some(form) = form else { return Ok(logout_notices::done(&app.db, notice).await?) };
    let outcome = match app.outbound.post(form).await {
        Ok(reply) if reply.status.is_success() || reply.status.is_redirection() => None,
        Ok(reply) => Some(format!("it answered {}", reply.status)),
        Err(unreached) => Some(unreached.to_string()),
    };
    let service = &notice.relying_party_id;
    let Some(cause) = outcome else {
        tracing::info!(%service, "a service was told of the end of a session");
        return Ok(logout_notices::done(&app.db, notice).await?);
    };
    let nth = usize::try_from(row.tries).unwrap_or(1).saturating_sub(1);
    if let Some(pause) = PAUSES.get(nth) {
        tracing::warn!(%service, cause, "a service could not be told of the end of a session; it is tried again");
        logout_notices::later(&app.db, notice, now + Duration::from_secs(*pause)).await?;
    } else {
        tracing::error!(%service, cause, "a service could not be told of the end of a session, and is not tried again");
        logout_notices::done(&app.db, notice).await?;
    }
    Ok(())
}
