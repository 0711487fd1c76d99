//! `/oidc/resume`: a sign-in is complete, and its client gets its code.

use axum::extract::{RawQuery, State};

use crate::{
    app::App,
    domain::{Asked, Interaction, InteractionId, Step},
    signin::{Resumed, door},
    store::sessions::Standing,
    web::{Answered, Params, Visit, see_other},
};

use super::{
    error::{Code, Error},
    request,
};

/// Where a sign-in starts over, with a word about why.
const LOST: &str = "/connexion?relance=1";

/// The code, once; whoever comes too early is sent back to what is owed.
pub(super) async fn show(State(app): State<App>, visit: Visit, RawQuery(query): RawQuery) -> Answered {
    let query = Params::of(query.unwrap_or_default().as_bytes());
    let Some(id) = query.once("i").ok().flatten().map(InteractionId::new) else { return Ok(see_other(LOST)) };
    match door::resume(&app, &visit.visitor, &id).await? {
        Resumed::Answer(interaction, standing) => answer(&app, &visit, &interaction, Some(&standing)).await,
        Resumed::Owed(interaction, Step::Consent, _) if interaction.demands.consent_refused => {
            answer(&app, &visit, &interaction, None).await
        }
        Resumed::Owed(interaction, ..) => Ok(see_other(&format!("/connexion?i={}", interaction.id))),
        Resumed::Lost => Ok(see_other(LOST)),
    }
}

/// Reads the request anew, for what is registered may have changed while the person typed. Without a standing, the person
/// has refused.
async fn answer(app: &App, visit: &Visit, interaction: &Interaction, standing: Option<&Standing>) -> Answered {
    let Asked::Oidc(serde_json::Value::String(query)) = &interaction.asked else { return Ok(see_other(LOST)) };
    let request = request::read(app, visit.now, &Params::of(query.as_bytes()));
    if !door::take(app, &visit.visitor, &interaction.id).await? {
        return Ok(see_other(LOST));
    }
    let mut request = match request {
        Ok(request) => request,
        Err(refused) => return Ok(refused.answer(app, visit)),
    };
    let visit = visit.at(&door::portal_of(app, interaction), &interaction.demands.ui_locales);
    let Some(standing) = standing else {
        return Ok(request.refuse(app, &visit, &Error::new(Code::AccessDenied, "the person did not agree")));
    };
    if !request.names(app, standing).await? {
        let error = Error::new(Code::LoginRequired, "another person has signed in than the request names");
        return Ok(request.refuse(app, &visit, &error));
    }
    // Nobody agreed to what was registered since.
    let agreed = &interaction.demands.claims;
    request.claims.retain(|claim| agreed.contains(claim));
    request.id_token_claims.retain(|claim| agreed.contains(claim));
    request.grant(app, &visit, &standing.session).await
}
