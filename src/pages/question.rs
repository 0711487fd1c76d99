//! A new password by the secret question (rows QST-01 to QST-15). What was typed is put aside sealed, never in an address; an
//! answer is not kept anywhere.

use axum::{
    extract::{Query, State},
    response::IntoResponse,
};
use serde::{Deserialize, Serialize};

use crate::{
    app::App,
    domain::{InteractionId, Refusal, clip},
    journeys::{
        recovery::Asking,
        secret_question::{self, Answered as Looked},
    },
    policy::RecoveryWay,
    web::{
        Answered, Guarded, Visit,
        page::{ByQuestion, ByQuestionPage, MessagePage, Page, Way},
        see_other,
    },
};

use super::{
    activation::caller,
    recovery::{self, Place, place},
    refused::queue_full,
    why::Why,
};

/// What its address may carry.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// The pending sign-in.
    i: Option<InteractionId>,
    /// The profile chosen at the door.
    #[serde(rename = "profil")]
    profile: Option<String>,
    /// Set where a form led here: the page goes on with what it left.
    #[serde(rename = "suite")]
    told: Option<String>,
}

/// Both forms; the second one has the answer.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    i: Option<InteractionId>,
    identifier: String,
    answer: Option<String>,
}

/// Where somebody stands.
#[derive(Debug, Deserialize, Serialize)]
enum Told {
    /// The username was refused.
    Refused(String, Why),
    /// The question is asked; perhaps an answer was refused.
    Asked(String, Option<Why>),
    /// The mail is on its way.
    Sent(String),
}

/// The page's path at a portal.
pub(super) const PATH: &str = "/mot-de-passe-oublie/question";

/// What was typed last, for the form that asks the school for help.
pub(super) fn typed(app: &App, visit: &Visit) -> Option<String> {
    visit.find_aside(app, PATH).map(|told| match told {
        Told::Refused(typed, _) | Told::Asked(typed, _) | Told::Sent(typed) => typed,
    })
}

/// Whose question, or the question itself.
pub(super) async fn show(State(app): State<App>, visit: Visit, Query(asked): Query<Asked>) -> Answered {
    let place = place(&app, &visit, (asked.i.as_ref(), asked.profile.as_deref())).await?;
    if !place.ways.contains(&RecoveryWay::Question) {
        return Ok(recovery::elsewhere(&place));
    }
    let visit = &place.visit;
    let told: Option<Told> = asked.told.as_ref().and_then(|_| visit.find_aside(&app, PATH));
    let (typed, is_asked, why) = match told {
        Some(Told::Sent(identifier)) => {
            recovery::fill_in(&app, visit, place.interaction_id.as_ref(), &identifier).await?;
            // The portal first: there is nothing else to do.
            let page = MessagePage::by_question_sent(&visit.place, ways(&place).split_off(1));
            return Ok(Page::of(&page).into_response());
        }
        Some(Told::Asked(typed, why)) => (typed, true, why),
        Some(Told::Refused(typed, why)) => (typed, false, Some(why)),
        None => (String::new(), false, None),
    };
    let question = if is_asked { Some(secret_question::look(&app, &visit.place.portal, &typed).await?) } else { None };
    let refusal = why.map(Refusal::from);
    let shown = ByQuestion {
        action: &place.at(PATH),
        form_token: visit.form_token.as_str(),
        interaction: place.interaction_id.as_ref().map(InteractionId::as_str),
        typed: &typed,
        question,
        refusal: refusal.as_ref(),
        ways: &ways(&place),
    };
    Ok(Page::of(&ByQuestionPage::new(&visit.place, &shown)).into_response())
}

/// By link, always; back to the portal; to the school.
fn ways(place: &Place) -> Vec<Way> {
    let (shown, speaker) = (&place.visit.place, place.visit.place.speaker);
    let by_link = Way::new(speaker.say("by-question-to-link"), place.with("/mot-de-passe-oublie"));
    let back = Way::new(speaker.say("by-question-back"), place.sign_in());
    let school = shown
        .portal
        .contact
        .has_form
        .then(|| Way::new(speaker.say("help-contact"), place.at("/contacter-l-ecole?depuis=by-question")));
    [by_link, back].into_iter().chain(school).collect()
}

/// A username, or an answer.
pub(super) async fn post(State(app): State<App>, Guarded(visit, typed): Guarded<Typed>) -> Answered {
    let place = place(&app, &visit, (typed.i.as_ref(), None)).await?;
    if !place.ways.contains(&RecoveryWay::Question) {
        return Ok(recovery::elsewhere(&place));
    }
    let visit = &place.visit;
    let asking = Asking {
        caller: caller(visit),
        portal: &visit.place.portal,
        language: visit.locale().tag(),
        device: &visit.visitor.device,
        interaction_id: place.interaction_id.as_ref(),
    };
    let identifier: String = clip(&typed.identifier);
    let told = match &typed.answer {
        None => match secret_question::ask(&app, asking, &identifier).await? {
            Ok(_) => Told::Asked(identifier, None),
            Err(refusal) => Told::Refused(identifier, Why::of(refusal).unwrap_or(Why::NoIdentifier)),
        },
        Some(answer) => match secret_question::answer(&app, asking, &identifier, answer).await? {
            Looked::Sent => Told::Sent(identifier),
            Looked::Refused(refusal) => Told::Asked(identifier, Why::of(refusal)),
            Looked::Busy => return Ok(queue_full(visit, "way-try-again", &place.with_also(PATH, "suite=1"))),
        },
    };
    visit.put_aside(&app, PATH, &told)?;
    Ok(see_other(&place.with_also(PATH, "suite=1")))
}
