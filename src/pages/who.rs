//! "Qui êtes-vous ?", at a sign-in by an address that two people share (design §4).

use axum::{
    extract::{Query, State},
    response::IntoResponse,
};
use serde::Deserialize;

use crate::{
    app::App,
    domain::AccountId,
    signin::{Passed, either},
    web::{
        Answered, Guarded, Visit,
        page::{Hidden, Page, WhoPage, named},
        see_other,
    },
};

use super::{
    home::base,
    sign_in::{open, pending, visit_of},
};

/// The question, in the address and in the form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    w: String,
    account: String,
}

/// Where the question is put.
pub(super) const PATH: &str = "/connexion/qui";

/// The question.
pub(super) async fn show(State(app): State<App>, visit: Visit, Query(asked): Query<Asked>) -> Answered {
    let Some((people, interaction_id)) = either::look(&app, &visit.visitor, &asked.w).await? else {
        return Ok(see_other(&format!("{}/connexion?relance=1", base(&visit))));
    };
    let interaction = pending(&app, &visit.visitor, interaction_id.as_ref()).await?;
    let visit = interaction.as_ref().map_or_else(|| visit.clone(), |interaction| visit_of(&app, &visit, interaction));
    let action = format!("{}{PATH}", base(&visit));
    let form = (visit.form_token.as_str(), Hidden::new("w", asked.w));
    let people: Vec<_> = people.iter().map(|facts| named(&visit.place, facts)).collect();
    Ok(Page::of(&WhoPage::new(&visit.place, &action, form, &people)).into_response())
}

/// The answer, once.
pub(super) async fn post(State(app): State<App>, Guarded(visit, asked): Guarded<Asked>) -> Answered {
    let Some((_, interaction_id)) = either::look(&app, &visit.visitor, &asked.w).await? else {
        return Ok(see_other(&format!("{}/connexion?relance=1", base(&visit))));
    };
    if asked.account.is_empty() {
        return Ok(see_other(&format!("{}{PATH}?w={}", base(&visit), asked.w)));
    }
    let interaction = pending(&app, &visit.visitor, interaction_id.as_ref()).await?;
    match either::take(&app, &visit.visitor, &asked.w, &AccountId::new(asked.account)).await? {
        Some(proven) => open(&app, &visit, interaction.as_ref(), Passed::Own(proven)).await,
        None => Ok(see_other(&format!("{}/connexion?relance=1", base(&visit)))),
    }
}
