//! A refused try: noted, answered with a redirect, and told by the page that follows (rows LOG-09, LOG-17).

use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};

use crate::{
    app::App,
    domain::{Fault, Instant, Interaction, InteractionId, Refusal, clip},
    web::{
        Answered, Visit,
        page::{Chooser, MessagePage, Page, Trouble, Way},
        see_other,
    },
};

use super::{activation, home::base, sign_in::Form};

/// What the page tells: why, and what was typed but for the password.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct Told {
    why: Why,
    pub identifier: String,
    pub remembered: bool,
}

#[derive(Debug, Deserialize, Serialize)]
enum Why {
    Wrong,
    Paused(Instant),
    Expired,
    TemporaryOver,
    NoIdentifier,
    NoPassword,
    Passkey,
}

/// Too many wait for a hash: nothing has changed. The way on is called by a key of the catalogue.
pub(super) fn queue_full(visit: &Visit, key: &str, to: &str) -> Response {
    let ways = vec![Way::new(visit.place.speaker.say(key), to)];
    Page::of(&MessagePage::error(&visit.place, Trouble::Busy, ways)).status(Trouble::Busy.status()).into_response()
}

/// The answer to a refused try: the form again, or for a blocked account a page of its own.
pub(super) fn answer(app: &App, visit: &Visit, interaction: Option<&Interaction>, typed: Form<'_>) -> Answered {
    let why = match typed.refusal {
        Some(Refusal::Suspended) => return Ok(Page::of(&MessagePage::suspended(&visit.place)).into_response()),
        Some(refusal @ (Refusal::LetterUsed | Refusal::LetterBegun | Refusal::LetterTooOld)) => {
            return Ok(activation::letter_refused(visit, interaction.map(|interaction| &interaction.id), refusal));
        }
        Some(Refusal::TooManyTries { again_at }) => Why::Paused(*again_at),
        Some(Refusal::FormExpired) => Why::Expired,
        Some(Refusal::TemporaryOver) => Why::TemporaryOver,
        Some(Refusal::Missing { field: "identifier" }) => Why::NoIdentifier,
        Some(Refusal::Missing { .. }) => Why::NoPassword,
        Some(Refusal::PasskeyUnfit) => Why::Passkey,
        _ => Why::Wrong,
    };
    note(app, visit, interaction.map(|interaction| &interaction.id), (why, typed))?;
    Ok(see_other(&match (interaction, typed.profile) {
        (Some(interaction), _) => format!("/connexion?i={}&refus=1", interaction.id),
        (None, Some(profile)) => {
            format!("{}/connexion?{}={}&refus=1", base(visit), Chooser::PARAMETER, profile.name())
        }
        (None, None) => format!("{}/connexion?refus=1", base(visit)),
    }))
}

/// Keeps what was typed while its owner waits for a hash: whoever loses their place finds the form as they left it.
pub(super) fn keep(
    app: &App,
    visit: &Visit,
    interaction: Option<&InteractionId>,
    typed: Form<'_>,
) -> Result<(), Fault> {
    note(app, visit, interaction, (Why::Expired, typed))
}

fn note(
    app: &App,
    visit: &Visit,
    interaction: Option<&InteractionId>,
    (why, typed): (Why, Form<'_>),
) -> Result<(), Fault> {
    let identifier = clip(typed.identifier);
    visit.put_aside(app, about(interaction), &Told { why, identifier, remembered: typed.remembered })
}

/// What a refused try has left for this page.
pub(super) fn find(app: &App, visit: &Visit, interaction: Option<&InteractionId>) -> Option<Told> {
    visit.find_aside(app, about(interaction))
}

fn about(interaction: Option<&InteractionId>) -> &str {
    interaction.map_or("-", InteractionId::as_str)
}

impl Told {
    /// What was typed.
    pub(super) fn typed(&self) -> Form<'_> {
        Form { identifier: &self.identifier, remembered: self.remembered, ..Form::default() }
    }

    /// Why, as far as it still holds: a pause that is over is not told any more.
    pub(super) fn refusal(&self, now: Instant) -> Option<Refusal> {
        match self.why {
            Why::Wrong => Some(Refusal::WrongCredentials),
            Why::Paused(again_at) => (now < again_at).then_some(Refusal::TooManyTries { again_at }),
            Why::Expired => Some(Refusal::FormExpired),
            Why::TemporaryOver => Some(Refusal::TemporaryOver),
            Why::NoIdentifier => Some(Refusal::Missing { field: "identifier" }),
            Why::NoPassword => Some(Refusal::Missing { field: "password" }),
            Why::Passkey => Some(Refusal::PasskeyUnfit),
        }
    }
}
