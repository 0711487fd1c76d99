//! Whom the queue can't serve in time: the hash goes on, its outcome is put where any node finds it (design §8).
//!
//! The password itself stays in the memory of the node that got it and is never written or asked for again.

use std::time::Duration;

use crate::{
    app::App,
    domain::{Digest, Fault, InteractionId, Refusal},
    ephemeral::Kind,
};

use super::{
    Visitor,
    password::{Passed, Pending},
};

/// How long an outcome waits to be fetched.
const KEPT: Duration = Duration::from_mins(2);

/// What came of a try, or where it stands.
pub enum Look {
    /// It is decided.
    Done(Result<Passed, Refusal>),
    /// It waits: so many are before it.
    Waits {
        /// How many are before it, as this node knows.
        place: usize,
    },
}

/// The outcome as it is kept for whoever asks next. A refusal is kept without its details, which the page asks for again.
#[derive(serde::Serialize, serde::Deserialize)]
enum Kept {
    Passed(Passed),
    Wrong,
    Paused(crate::domain::Instant),
    Suspended,
    LetterUsed,
    LetterBegun,
    LetterTooOld,
    TemporaryOver,
    Fault,
}

/// The ticket of a waiting try: bound to the browser and to its pending sign-in, so that no address holds a secret.
#[must_use]
pub fn ticket(app: &App, visitor: &Visitor, interaction: Option<&InteractionId>) -> Digest {
    let of = interaction.map_or("-", InteractionId::as_str);
    app.sealer.tag("outcome", format!("{} {of}", visitor.browser.as_str()).as_bytes())
}

/// Waits for a try up to `hashing.patience`; after that it goes on by itself.
///
/// # Errors
/// The store or the pool did not answer.
pub async fn patiently(app: &App, visitor: &Visitor, ticket: Digest, pending: Pending) -> Result<Look, Fault> {
    let (sender, mut receiver) = tokio::sync::oneshot::channel();
    let turn = pending.turn().map(|turn| app.turns.enter(&ticket, turn));
    let (its_app, its_visitor, its_ticket) = (app.clone(), visitor.clone(), ticket.clone());
    tokio::spawn(async move {
        let outcome = pending.finish(&its_app, &its_visitor).await;
        if let Err(outcome) = sender.send(outcome) {
            keep(&its_app, &its_ticket, outcome).await;
        }
        drop(turn);
    });
    let outcome = if let Ok(outcome) = tokio::time::timeout(app.config.policy.hashing.patience, &mut receiver).await {
        outcome.ok()
    } else {
        // From here on the task keeps its outcome; one that was sent just before is still there to be taken.
        receiver.close();
        receiver.try_recv().ok()
    };
    if let Some(outcome) = outcome {
        return Ok(Look::Done(outcome?));
    }
    app.ephemeral.put(Kind::Turn, &ticket, &(), visitor.actor.now, KEPT).await?;
    Ok(Look::Waits { place: app.turns.place(&ticket).unwrap_or(0) })
}

async fn keep(app: &App, ticket: &Digest, outcome: Result<Result<Passed, Refusal>, Fault>) {
    let kept = match outcome {
        Ok(Ok(passed)) => Kept::Passed(passed),
        Ok(Err(Refusal::TooManyTries { again_at })) => Kept::Paused(again_at),
        Ok(Err(Refusal::Suspended)) => Kept::Suspended,
        Ok(Err(Refusal::LetterUsed)) => Kept::LetterUsed,
        Ok(Err(Refusal::LetterBegun)) => Kept::LetterBegun,
        Ok(Err(Refusal::LetterTooOld)) => Kept::LetterTooOld,
        Ok(Err(Refusal::TemporaryOver)) => Kept::TemporaryOver,
        Ok(Err(_)) => Kept::Wrong,
        Err(fault) => {
            tracing::error!(cause = %fault, "a sign-in that had waited failed");
            Kept::Fault
        }
    };
    if let Err(fault) = app.ephemeral.put(Kind::Outcome, ticket, &kept, app.clock.now(), KEPT).await {
        tracing::error!(cause = %fault, "the outcome of a sign-in that had waited could not be kept");
    }
}

/// What came of a try that had to wait; `None` where its ticket is lost: the sign-in page is shown again.
///
/// # Errors
/// The store did not answer.
pub async fn look(app: &App, visitor: &Visitor, ticket: &Digest) -> Result<Option<Look>, Fault> {
    let kept: Option<Kept> = app.ephemeral.take(Kind::Outcome, ticket, visitor.actor.now).await?;
    Ok(match kept {
        Some(Kept::Passed(passed)) => Some(Look::Done(Ok(passed))),
        Some(Kept::Wrong) => Some(Look::Done(Err(Refusal::WrongCredentials))),
        Some(Kept::Paused(again_at)) => Some(Look::Done(Err(Refusal::TooManyTries { again_at }))),
        Some(Kept::Suspended) => Some(Look::Done(Err(Refusal::Suspended))),
        Some(Kept::LetterUsed) => Some(Look::Done(Err(Refusal::LetterUsed))),
        Some(Kept::LetterBegun) => Some(Look::Done(Err(Refusal::LetterBegun))),
        Some(Kept::LetterTooOld) => Some(Look::Done(Err(Refusal::LetterTooOld))),
        Some(Kept::TemporaryOver) => Some(Look::Done(Err(Refusal::TemporaryOver))),
        Some(Kept::Fault) => None,
        None => waits(app, visitor, ticket).await?,
    })
}

/// Where a try waits that has no outcome yet: here, or on another node, which alone knows the place.
async fn waits(app: &App, visitor: &Visitor, ticket: &Digest) -> Result<Option<Look>, Fault> {
    if let Some(place) = app.turns.place(ticket) {
        return Ok(Some(Look::Waits { place }));
    }
    let now = visitor.actor.now;
    let Some(()) = app.ephemeral.take(Kind::Turn, ticket, now).await? else { return Ok(None) };
    app.ephemeral.put(Kind::Turn, ticket, &(), now, KEPT).await?;
    Ok(Some(Look::Waits { place: app.hasher.waiting() }))
}
