//! The address for notifications: asked for once, after the charter, and confirmed by a link (row CHA-08).

use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};

use crate::{
    app::App,
    domain::{Interaction, InteractionId, Profile, Refusal, Secret, clip},
    journeys::{
        Holder,
        notification::{self, Answer, At, Found},
    },
    signin::door,
    store::sessions::Standing,
    web::{
        Answered, Guarded, Visit,
        page::{Answering, AskPage, MessagePage, Notification, NotificationPage, Page, register_of},
        see_other,
    },
};

use super::{
    charter::{addressing, onwards, sign_in_first},
    home::base,
    sign_in::{pending, visit_of},
};

/// What its address may carry.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// The pending sign-in.
    i: Option<InteractionId>,
    /// Set where what was typed was refused: the page tells why.
    #[serde(rename = "refus")]
    refused: Option<String>,
    /// Set where a mail went to the address.
    #[serde(rename = "envoi")]
    sent: Option<String>,
}

/// The form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    i: Option<InteractionId>,
    answer: String,
    email: String,
}

/// The button of the link's page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Press {
    answer: String,
}

/// What a refused form leaves for the page.
#[derive(Debug, Deserialize, Serialize)]
struct Told {
    email: String,
    is_missing: bool,
}

const ABOUT: &str = "notifications";

/// The question, where it was not answered yet.
pub(super) async fn show(State(app): State<App>, visit: Visit, Query(asked): Query<Asked>) -> Answered {
    let interaction = pending(&app, &visit.visitor, asked.i.as_ref()).await?;
    let Some(standing) = door::standing(&app, &visit.visitor).await? else {
        return match &interaction {
            Some(interaction) => Ok(see_other(&onwards(&visit, Some(interaction)))),
            None => sign_in_first(&app, &visit, "/notifications").await,
        };
    };
    let visit = interaction.as_ref().map_or_else(|| visit.clone(), |it| visit_of(&app, &visit, it));
    let visit = addressing(&visit, &standing);
    let to = onwards(&visit, interaction.as_ref());
    let kept = notification::find(&app, &standing.account.id).await?;
    if let (Some(_), Some(email)) = (&asked.sent, kept.as_ref().and_then(|kept| kept.awaiting.as_ref())) {
        return Ok(Page::of(&MessagePage::notification_sent(&visit.place, email, &to)).into_response());
    }
    if kept.is_some() {
        return Ok(see_other(&to));
    }
    let told: Option<Told> = asked.refused.as_ref().and_then(|_| visit.find_aside(&app, ABOUT));
    Ok(ask(&visit, interaction.as_ref(), &standing, told.as_ref()))
}

/// The page of the question; the confirmed address stands in it.
pub(super) fn step(visit: &Visit, interaction: Option<&Interaction>, standing: &Standing) -> Response {
    ask(&addressing(visit, standing), interaction, standing, None)
}

fn ask(visit: &Visit, interaction: Option<&Interaction>, standing: &Standing, told: Option<&Told>) -> Response {
    let confirmed = standing.account.email.as_ref().map_or("", |email| email.as_str());
    let refusal =
        told.map(|told| if told.is_missing { Refusal::Missing { field: "email" } } else { Refusal::EmailUnfit });
    let page = NotificationPage::new(
        &visit.place,
        &Notification {
            action: &format!("{}/notifications", base(visit)),
            form_token: visit.form_token.as_str(),
            interaction: interaction.map(|interaction| interaction.id.as_str()),
            email: told.map_or(confirmed, |told| told.email.as_str()),
            refusal: refusal.as_ref(),
        },
    );
    Page::of(&page).into_response()
}

/// The answer.
pub(super) async fn post(State(app): State<App>, Guarded(visit, typed): Guarded<Typed>) -> Answered {
    let interaction = pending(&app, &visit.visitor, typed.i.as_ref()).await?;
    let visit = interaction.as_ref().map_or_else(|| visit.clone(), |it| visit_of(&app, &visit, it));
    let to = onwards(&visit, interaction.as_ref());
    let Some(standing) = door::standing(&app, &visit.visitor).await? else { return Ok(see_other(&to)) };
    // Asked once: what is answered is changed on the account page, with the current password.
    if standing.answered_notification {
        return Ok(see_other(&to));
    }
    let Some(holder) = Holder::find(&app, &standing.account.id).await? else { return Ok(see_other(&to)) };
    let answer = if typed.answer == "decline" { Answer::Decline } else { Answer::Give(&typed.email) };
    let at = At {
        actor: &visit.visitor.actor,
        portal: &visit.place.portal.name,
        browser: &visit.visitor.browser,
        interaction_id: interaction.as_ref().map(|interaction| &interaction.id),
        told: None,
    };
    let carried = interaction.as_ref().map(|it| format!("i={}&", it.id)).unwrap_or_default();
    match notification::answer(&app, at, &holder, answer).await? {
        Ok(notification::Answered::Kept) => Ok(see_other(&to)),
        Ok(notification::Answered::Sent(_)) => {
            Ok(see_other(&format!("{}/notifications?{carried}envoi=1", base(&visit))))
        }
        Err(refusal) => {
            let email = clip(&typed.email);
            let is_missing = matches!(refusal, Refusal::Missing { .. });
            visit.put_aside(&app, ABOUT, &Told { email, is_missing })?;
            Ok(see_other(&format!("{}/notifications?{carried}refus=1", base(&visit))))
        }
    }
}

/// The link in the mail: looking changes nothing.
pub(super) async fn link(State(app): State<App>, visit: Visit, Path(path): Path<Vec<(String, String)>>) -> Answered {
    let token = token(&path);
    let home = format!("{}/", base(&visit));
    let page = match notification::look_at_link(&app, &token, visit.now).await? {
        Found::Ready(holder, email) => {
            let visit = addressing_holder(&visit, &holder);
            let action = format!("{}/notifications/lien/{}", base(&visit), Id(token.reveal()));
            let to = Answering { action: &action, form_token: visit.form_token.as_str(), proof: None };
            Page::of(&AskPage::notification_link(&visit.place, to, &holder.person.full_name(), &email))
        }
        Found::Used(holder) => {
            let visit = addressing_holder(&visit, &holder);
            Page::of(&MessagePage::notification_confirmed(&visit.place, &home))
        }
        Found::Over => Page::of(&MessagePage::notification_over(&visit.place, &home)),
    };
    Ok(page.into_response())
}

/// The button of the link's page: confirms once.
pub(super) async fn press(
    State(app): State<App>,
    Path(path): Path<Vec<(String, String)>>,
    Guarded(visit, form): Guarded<Press>,
) -> Answered {
    let token = token(&path);
    if form.answer == "confirm" {
        notification::confirm(&app, &visit.visitor.actor, &token).await?;
    }
    let path = format!("{}/notifications/lien/{}", base(&visit), Id(token.reveal()));
    Ok(see_other(&path))
}

fn addressing_holder(visit: &Visit, holder: &Holder) -> Visit {
    visit.addressing(register_of(holder.is_pupil().then_some(Profile::Pupil)))
}

fn token(path: &[(String, String)]) -> Secret {
    Secret::new(path.iter().find(|(name, _)| name == "token").map_or("", |(_, token)| token.as_str()))
}

/// What may stand in an address of ours: whatever else came is left out.
struct Id<'a>(&'a str);

impl std::fmt::Display for Id<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.chars().filter(char::is_ascii_alphanumeric).take(64).try_for_each(|sign| write!(f, "{sign}"))
    }
}
