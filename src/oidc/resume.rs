//! The browser comes back when nothing is owed any more: the client is answered, once.

use axum::extract::{Query, State};
use serde::Deserialize;

use crate::{
    app::App,
    domain::{Asked, Interaction, InteractionId, Step},
    signin::{Resumed, door},
    web::{Answered, Visit, page::Trouble, see_other},
};

use super::{
    answer,
    error::{Code, Error},
    request::Request,
};

/// The pending sign-in.
#[derive(Debug, Deserialize)]
pub(super) struct Pending {
    i: InteractionId,
}

/// Answers a pending sign-in, or sends the browser to the step that is owed.
pub(super) async fn show(State(app): State<App>, visit: Visit, Query(pending): Query<Pending>) -> Answered {
    match door::resume(&app, &visit.visitor, &pending.i).await? {
        Resumed::Answer(interaction, standing) => {
            let Some((visit, request)) = read(&app, &visit, &interaction) else {
                return Ok(answer::page(&app, &visit, Trouble::UnknownService, None));
            };
            if !door::take(&app, &visit.visitor, &interaction.id).await? {
                return Ok(see_other("/connexion?relance=1"));
            }
            answer::code(&app, &visit, request, &standing).await
        }
        Resumed::Owed(interaction, Step::Consent, _) if interaction.demands.consent_refused => {
            let Some((visit, request)) = read(&app, &visit, &interaction) else {
                return Ok(answer::page(&app, &visit, Trouble::UnknownService, None));
            };
            door::take(&app, &visit.visitor, &interaction.id).await?;
            let refused = Error::new(Code::AccessDenied, "the person did not agree");
            Ok(answer::error(&app, &visit, &request.to, refused))
        }
        Resumed::Owed(interaction, ..) => Ok(see_other(&format!("/connexion?i={}", interaction.id))),
        Resumed::Lost => Ok(see_other("/connexion?relance=1")),
    }
}

/// The request that was kept, if today's registration still stands for it.
fn read(app: &App, visit: &Visit, interaction: &Interaction) -> Option<(Visit, Request)> {
    let Asked::Oidc(kept) = &interaction.asked else { return None };
    let request: Request = serde_json::from_value(kept.clone()).ok()?;
    request.still_fine(&app.services.load())?;
    Some((visit.at(&door::portal_of(app, interaction), &interaction.demands.ui_locales), request))
}
