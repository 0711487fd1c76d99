//! The step that asks whether an address that gives mail back is still right (row MEL-05).

use axum::{
    extract::{Query, State},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};

use crate::{
    app::App,
    domain::{Email, Interaction, InteractionId, Refusal, clip},
    journeys::{
        Holder,
        account::{self, Me, Saved, Wanted},
    },
    signin::door,
    store::sessions::Standing,
    web::{
        Answered, Guarded, Visit,
        page::{BadAddress, BadAddressPage, Page},
        see_other,
    },
};

use super::{
    charter::{addressing, onwards, sign_in_first},
    home::base,
    refused::queue_full,
    sign_in::{pending, visit_of},
    why::Why,
};

/// What its address may carry.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// The pending sign-in.
    i: Option<InteractionId>,
    /// Set where something was refused: the page tells what.
    #[serde(rename = "refus")]
    refused: Option<String>,
}

/// The form.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    i: Option<InteractionId>,
    answer: String,
    email: String,
    current_password: String,
    sure: Option<String>,
}

/// What a refused form leaves: never a password.
#[derive(Debug, Default, Deserialize, Serialize)]
struct Told {
    typed: String,
    why: Vec<Why>,
}

/// Its path at a portal.
pub(super) const PATH: &str = "/adresse";

/// The page, where it is owed.
pub(super) async fn show(State(app): State<App>, visit: Visit, Query(asked): Query<Asked>) -> Answered {
    let interaction = pending(&app, &visit.visitor, asked.i.as_ref()).await?;
    let Some(standing) = door::standing(&app, &visit.visitor).await? else {
        return match &interaction {
            Some(interaction) => Ok(see_other(&onwards(&visit, Some(interaction)))),
            None => sign_in_first(&app, &visit, PATH).await,
        };
    };
    let visit = interaction.as_ref().map_or_else(|| visit.clone(), |it| visit_of(&app, &visit, it));
    let told: Told = asked.refused.as_ref().and_then(|_| visit.find_aside(&app, PATH)).unwrap_or_default();
    Ok(page(&visit, interaction.as_ref(), &standing, told)
        .unwrap_or_else(|| see_other(&onwards(&visit, interaction.as_ref()))))
}

/// The page of the step.
pub(super) fn step(visit: &Visit, interaction: Option<&Interaction>, standing: &Standing) -> Response {
    page(visit, interaction, standing, Told::default()).unwrap_or_else(|| see_other(&onwards(visit, interaction)))
}

fn page(visit: &Visit, interaction: Option<&Interaction>, standing: &Standing, told: Told) -> Option<Response> {
    let visit = addressing(visit, standing);
    let email = standing.account.email.as_ref().filter(|_| standing.has_bad_address)?;
    let refusals: Vec<Refusal> = told.why.into_iter().map(Refusal::from).collect();
    let shown = BadAddress {
        action: &format!("{}{PATH}", base(&visit)),
        form_token: visit.form_token.as_str(),
        interaction: interaction.map(|interaction| interaction.id.as_str()),
        email,
        typed: &told.typed,
        refusals: &refusals,
    };
    Some(Page::of(&BadAddressPage::new(&visit.place, &shown)).into_response())
}

/// Another address, or "it is right".
pub(super) async fn post(State(app): State<App>, Guarded(visit, typed): Guarded<Typed>) -> Answered {
    let interaction = pending(&app, &visit.visitor, typed.i.as_ref()).await?;
    let visit = interaction.as_ref().map_or_else(|| visit.clone(), |it| visit_of(&app, &visit, it));
    let to = onwards(&visit, interaction.as_ref());
    let Some(standing) = door::standing(&app, &visit.visitor).await? else { return Ok(see_other(&to)) };
    let Some(email) = standing.account.email.clone().filter(|_| standing.has_bad_address) else {
        return Ok(see_other(&to));
    };
    let Some(holder) = Holder::find(&app, &standing.account.id).await? else { return Ok(see_other(&to)) };
    let portal = visit.place.portal.clone();
    let me = Me { visitor: &visit.visitor, portal: &portal, holder: &holder, session: &standing.session };
    if typed.answer == "keep" {
        account::keep_address(&app, me, &email).await?;
        return Ok(see_other(&to));
    }
    change(&app, &visit, (me, &email), (interaction.as_ref(), &to), &typed).await
}

async fn change(
    app: &App,
    visit: &Visit,
    (me, email): (Me<'_>, &Email),
    (interaction, to): (Option<&Interaction>, &str),
    typed: &Typed,
) -> Answered {
    let wanted = Wanted {
        current: &typed.current_password,
        password: "",
        confirmation: "",
        email: &typed.email,
        sure: typed.sure.is_some(),
    };
    let here = match interaction {
        Some(interaction) => format!("{}{PATH}?i={}&refus=1", base(visit), interaction.id),
        None => format!("{}{PATH}?refus=1", base(visit)),
    };
    match account::save(app, me, wanted).await? {
        Saved::Done(done) => {
            visit.keep(&done.opened);
            account::forget_bounce(app, email).await?;
            Ok(see_other(to))
        }
        Saved::Refused(refusals) => {
            let why = refusals.into_iter().filter_map(Why::of).collect();
            let typed = clip(&typed.email);
            visit.put_aside(app, PATH, &Told { typed, why })?;
            Ok(see_other(&here))
        }
        Saved::Busy => Ok(queue_full(visit, "way-try-again", &here)),
        Saved::Gone => Ok(see_other(to)),
    }
}
