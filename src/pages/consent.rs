//! May a third-party service learn these things? (design §3)

use axum::{extract::State, response::IntoResponse};
use serde::Deserialize;

use crate::{
    app::App,
    domain::{Fault, Interaction, InteractionId, Step},
    signin::{Resumed, agreement, door},
    web::{
        Answered, Guarded, Visit,
        page::{Consent, ConsentPage, Page},
        see_other,
    },
};

/// The form.
#[derive(Debug, Deserialize)]
pub(super) struct Answer {
    i: InteractionId,
    answer: String,
}

/// The question.
pub(super) fn show(app: &App, visit: &Visit, interaction: &Interaction) -> Answered {
    let party = interaction.relying_party_id.as_ref().and_then(|id| app.services.load().find(id).cloned());
    let party = party.ok_or_else(|| Fault::new("a consent was asked for a service that is not registered"))?;
    let page = ConsentPage::new(
        &visit.place,
        &Consent {
            action: "/connexion/accord",
            form_token: visit.form_token.as_str(),
            interaction: Some(interaction.id.as_str()),
            service: &party.name,
            claims: &interaction.demands.claims,
        },
    );
    Ok(Page::of(&page).into_response())
}

/// The answer. A refusal is answered by the protocol room that asked.
pub(super) async fn post(State(app): State<App>, Guarded(visit, form): Guarded<Answer>) -> Answered {
    if let Resumed::Owed(interaction, Step::Consent, Some(standing)) =
        door::resume(&app, &visit.visitor, &form.i).await?
    {
        if form.answer != "accept" {
            agreement::refuse(&app, &interaction).await?;
            return Ok(see_other(&interaction.asked.resume_path(&interaction.id)));
        }
        agreement::give(&app, &visit.visitor, &interaction, &standing.account.id).await?;
    }
    Ok(see_other(&format!("/connexion?i={}", form.i)))
}
