//! Two people share an address and a password, and both were right: the person says which one they are.

use std::time::Duration;

use crate::{
    app::App,
    domain::{AccountId, Digest, Facts, Fault, InteractionId},
    ephemeral::Kind,
    store::people,
};

use super::{Visitor, password::Proven};

/// How long the question waits.
const KEPT: Duration = Duration::from_mins(10);

/// A question that waits in one browser. Its id opens nothing by itself.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
struct Waiting {
    browser: Digest,
    interaction_id: Option<InteractionId>,
    proven: Vec<Proven>,
}

/// Keeps both proofs: the id of the question.
///
/// # Errors
/// The store of short-lived things did not answer.
pub async fn keep(
    app: &App,
    visitor: &Visitor,
    interaction_id: Option<&InteractionId>,
    proven: Vec<Proven>,
) -> Result<String, Fault> {
    let id = app.rng.id();
    let waiting = Waiting { browser: visitor.browser.clone(), interaction_id: interaction_id.cloned(), proven };
    app.ephemeral.put(Kind::Either, &Digest::of(id.as_bytes()), &waiting, visitor.actor.now, KEPT).await?;
    Ok(id)
}

/// Who may be meant, and the pending sign-in; none where the question is over or was put to another browser.
///
/// # Errors
/// A store did not answer.
pub async fn look(
    app: &App,
    visitor: &Visitor,
    id: &str,
) -> Result<Option<(Vec<Facts>, Option<InteractionId>)>, Fault> {
    let waiting: Option<Waiting> =
        app.ephemeral.find(Kind::Either, &Digest::of(id.as_bytes()), visitor.actor.now).await?;
    let Some(waiting) = waiting.filter(|waiting| waiting.browser.matches(&visitor.browser)) else { return Ok(None) };
    let mut people = Vec::new();
    for proven in &waiting.proven {
        people.extend(people::find_facts(&app.db, &proven.account_id).await?);
    }
    Ok(Some((people, waiting.interaction_id)))
}

/// Takes the answer, once.
///
/// # Errors
/// The store of short-lived things did not answer.
pub async fn take(app: &App, visitor: &Visitor, id: &str, who: &AccountId) -> Result<Option<Proven>, Fault> {
    let waiting: Option<Waiting> =
        app.ephemeral.take(Kind::Either, &Digest::of(id.as_bytes()), visitor.actor.now).await?;
    let waiting = waiting.filter(|waiting| waiting.browser.matches(&visitor.browser));
    Ok(waiting.and_then(|waiting| waiting.proven.into_iter().find(|proven| proven.account_id == *who)))
}
