//! What runs beside the requests: seeing what commands changed, and clearing away what is over.

use std::{sync::Arc, time::Duration};

use tokio::time::{MissedTickBehavior, interval};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    app::{App, Registry, load_charters},
    crypto::KeyRing,
    domain::Fault,
    mail::courier,
    store::{
        activations, audit, bounces, charters, grants, help_requests, interactions, letters, links, outbox,
        relying_parties, school_requests, security_codes, sessions, temporaries, throttles, totp,
    },
};

use super::notices;

const DAY: Duration = Duration::from_hours(24);

/// Starts the workers; they end with `stop`.
pub(super) fn spawn(app: &App, tasks: &TaskTracker, stop: &CancellationToken) {
    let (its_app, its_stop) = (app.clone(), stop.clone());
    tasks.spawn(async move { every(Duration::from_millis(500), its_stop, || watch(&its_app)).await });
    tasks.spawn(courier::run(app.clone(), stop.clone()));
    let (its_app, its_stop) = (app.clone(), stop.clone());
    tasks.spawn(async move {
        every(Duration::from_millis(500), its_stop.clone(), || async {
            notices::tell_due(&its_app, &its_stop).await.map(drop)
        })
        .await;
    });
    let (its_app, its_stop) = (app.clone(), stop.clone());
    tasks.spawn(async move { every(Duration::from_mins(1), its_stop, || clear(&its_app)).await });
}

async fn every<F: Future<Output = Result<(), Fault>>>(span: Duration, stop: CancellationToken, act: impl Fn() -> F) {
    let mut ticks = interval(span);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    while stop.run_until_cancelled(ticks.tick()).await.is_some() {
        if let Err(fault) = act().await {
            tracing::warn!(cause = %fault, "a worker's turn failed; it tries again");
        }
    }
}

/// A running server sees `service apply`, `charter publish` and `keys rotate` within two seconds.
async fn watch(app: &App) -> Result<(), Fault> {
    if relying_parties::revision(&app.db).await? != app.services.load().revision() {
        app.services.store(Arc::new(Registry::load(&app.db).await?));
    }
    if charters::revision(&app.db).await? != app.charters.load().revision() {
        app.charters.store(Arc::new(load_charters(&app.db).await?));
    }
    if app.keys.load().changed_since_opened() {
        let (directory, now) = (app.config.keys.clone(), app.clock.now());
        let ring = tokio::task::spawn_blocking(move || KeyRing::open(&directory, now)).await??;
        app.keys.store(Arc::new(ring));
    }
    Ok(())
}

/// Drops what is over. A pending sign-in stays a day longer, so that its page can start over by itself.
async fn clear(app: &App) -> Result<(), Fault> {
    let now = app.clock.now();
    app.ephemeral.sweep(now);
    app.gate.sweep();
    interactions::purge(&app.db, now - DAY).await?;
    activations::purge(&app.db, now).await?;
    letters::purge(&app.db, now).await?;
    temporaries::purge(&app.db, now - 30 * DAY).await?;
    // A link that is too old is still known for a while: it leads to a fresh one.
    links::purge(&app.db, now - 90 * DAY).await?;
    school_requests::purge(&app.db, now - DAY).await?;
    // An application that was offered and never confirmed.
    totp::purge(&app.db, now - DAY).await?;
    security_codes::purge(&app.db, now - DAY).await?;
    help_requests::purge(&app.db, now - 365 * DAY).await?;
    grants::purge(&app.db, now - DAY).await?;
    sessions::purge(&app.db, now).await?;
    throttles::purge(&app.db, now, now - 2 * DAY).await?;
    outbox::purge(&app.db, now - 30 * DAY).await?;
    bounces::purge(&app.db, now - 365 * DAY).await?;
    audit::purge(&app.db, now - 365 * DAY).await?;
    Ok(())
}
