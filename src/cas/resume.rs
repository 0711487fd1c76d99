//! `/cas/resume`: a sign-in is complete, and its service gets its ticket.

use axum::extract::{Query, State};
use serde::Deserialize;

use crate::{
    app::App,
    domain::{Asked, Interaction, InteractionId, Step},
    signin::{Resumed, door},
    web::{Answered, Visit, page::Trouble, see_other},
};

use super::{
    login::{Answer, Kept},
    service::{Matched, refused},
};

/// Which sign-in.
#[derive(Debug, Deserialize)]
pub(super) struct Which {
    i: Option<InteractionId>,
}

/// The ticket, once; whoever comes too early is sent back to what is owed.
pub(super) async fn show(State(app): State<App>, visit: Visit, Query(Which { i }): Query<Which>) -> Answered {
    let Some(id) = i else { return Ok(refused(&visit, Trouble::InteractionGone)) };
    let (interaction, standing) = match door::resume(&app, &visit.visitor, &id).await? {
        Resumed::Answer(interaction, standing) => (interaction, standing),
        Resumed::Owed(interaction, Step::Consent, _) if interaction.demands.consent_refused => {
            return declined(&app, &visit, &interaction).await;
        }
        Resumed::Owed(interaction, ..) => return Ok(see_other(&format!("/connexion?i={}", interaction.id))),
        Resumed::Lost => return Ok(refused(&visit, Trouble::InteractionGone)),
    };
    let (Asked::Cas(kept), Some(party_id)) = (interaction.asked, interaction.relying_party_id) else {
        return Ok(refused(&visit, Trouble::RequestRefused));
    };
    let kept: Kept = serde_json::from_value(kept)?;
    // What is registered may have changed while the person typed.
    let Some(service) = Matched::find_of(&app.services.load(), &kept.service, &party_id) else {
        return Ok(refused(&visit, Trouble::UnknownService));
    };
    if !door::take(&app, &visit.visitor, &id).await? {
        return Ok(refused(&visit, Trouble::InteractionGone));
    }
    let is_from_new_login = standing.session.authenticated_at >= interaction.created_at;
    let answer = Answer { service: &service, method: kept.method, is_from_new_login };
    answer.send(&app, &visit, &standing.session).await
}

/// The person does not want this service to learn anything. CAS has no word for it, and a service that is called without
/// a ticket would only ask again: its home page if it named one, else ours.
async fn declined(app: &App, visit: &Visit, interaction: &Interaction) -> Answered {
    door::take(app, &visit.visitor, &interaction.id).await?;
    let party = interaction.relying_party_id.as_ref().and_then(|id| app.services.load().find(id).cloned());
    Ok(see_other(party.as_ref().and_then(|party| party.home.as_ref()).map_or("/", |home| home.as_str())))
}
