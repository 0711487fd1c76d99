//! What a person agrees that a third-party service may learn.

use crate::{
    app::App,
    domain::{AccountId, Actor, Event, Fault, Interaction},
    store::{audit, consents, interactions},
};

use super::Visitor;

/// Keeps an agreement; its audit line stands in the same transaction.
///
/// # Errors
/// The store did not answer.
pub async fn give(
    app: &App,
    visitor: &Visitor,
    interaction: &Interaction,
    account_id: &AccountId,
) -> Result<(), Fault> {
    let Some(party) = &interaction.relying_party_id else { return Ok(()) };
    let actor = Actor { account_id: Some(account_id.clone()), ..visitor.actor.clone() };
    let mut tx = app.db.begin().await?;
    consents::put(&mut tx, account_id, party, &interaction.demands.claims, actor.now).await?;
    audit::add(&mut tx, &actor, Some(account_id), &Event::ConsentGiven { relying_party_id: party.clone() }).await?;
    tx.commit().await?;
    let mut demands = interaction.demands.clone();
    demands.ask_consent = false;
    interactions::set_demands(&app.db, &interaction.id, &demands).await
}

/// Notes a refusal: the protocol room answers it (`Demands::consent_refused`).
///
/// # Errors
/// The store did not answer.
pub async fn refuse(app: &App, interaction: &Interaction) -> Result<(), Fault> {
    let mut demands = interaction.demands.clone();
    demands.consent_refused = true;
    interactions::set_demands(&app.db, &interaction.id, &demands).await
}
