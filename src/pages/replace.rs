//! A temporary password is replaced before anything else (row QST-05).

use axum::{extract::State, response::IntoResponse};
use serde::Deserialize;

use crate::{
    app::App,
    domain::{Interaction, InteractionId, Profile},
    journeys::{
        Caller, Holder, new_password,
        temporary::{self, Replaced},
    },
    signin::door,
    web::{
        Answered, Guarded, Visit,
        page::{NewPassword, NewPasswordPage, Page, register_of},
        see_other,
    },
};

use super::{
    home::base,
    refused::queue_full,
    sign_in::{pending, visit_of},
    why::Told,
};

/// The form.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    i: Option<InteractionId>,
    new_password: String,
    confirmation: String,
}

/// What a refused form leaves is about this.
const ABOUT: &str = "replace";

/// The page: of the step, or of a session of our own door.
pub(super) async fn show(app: &App, visit: &Visit, interaction: Option<&Interaction>) -> Answered {
    let holder = match door::anybody(app, &visit.visitor).await? {
        Some(standing) => Holder::find(app, &standing.account.id).await?,
        None => None,
    };
    let Some(holder) = holder else { return Ok(see_other(&format!("{}/connexion", base(visit)))) };
    let visit = visit.addressing(register_of(holder.is_pupil().then_some(Profile::Pupil)));
    let told: Told = visit.find_aside(app, ABOUT).unwrap_or_default();
    let action = format!("{}/connexion/nouveau-mot-de-passe", base(&visit));
    let page = NewPasswordPage::replace(
        &visit.place,
        &NewPassword {
            action: &action,
            form_token: visit.form_token.as_str(),
            hidden: interaction.map(|interaction| ("i", interaction.id.as_str())),
            identifier: holder.account.identifier.as_str(),
            rules: &new_password::rules(&visit.place.portal, &holder),
            refusals: &told.refusals(),
            asks_code: false,
        },
    );
    Ok(Page::of(&page).into_response())
}

/// The new password. Whatever comes of it, the dispatcher says what follows.
pub(super) async fn post(State(app): State<App>, Guarded(visit, typed): Guarded<Typed>) -> Answered {
    let interaction = pending(&app, &visit.visitor, typed.i.as_ref()).await?;
    let visit = interaction.as_ref().map_or_else(|| visit.clone(), |it| visit_of(&app, &visit, it));
    let onwards = match &interaction {
        Some(interaction) => format!("/connexion?i={}", interaction.id),
        None => format!("{}/connexion", base(&visit)),
    };
    let Some(standing) = door::anybody(&app, &visit.visitor).await? else { return Ok(see_other(&onwards)) };
    let visitor = &visit.visitor;
    let caller = Caller { actor: &visitor.actor, browser: &visitor.browser, network: &visitor.network };
    let typed = (typed.new_password.as_str(), typed.confirmation.as_str());
    let at = (visit.place.portal.as_ref(), visitor.device.as_str());
    match temporary::replace(&app, caller, at, &standing, typed).await? {
        Replaced::Done => visit.drop_aside(),
        Replaced::Refused(refusals) => visit.put_aside(&app, ABOUT, &Told::of(refusals))?,
        Replaced::Busy => return Ok(queue_full(&visit, "replace-title", &onwards)),
    }
    Ok(see_other(&onwards))
}
