//! The address for notifications and the secret question, each on a page of its own (rows ACC-03, ACC-11, QST-14).

use axum::{
    extract::{Query, State},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};

use crate::{
    app::App,
    domain::{Refusal, clip},
    journeys::{
        account::{self, Notified, QuestionAsked, QuestionSaved},
        notification::{self, Answer},
    },
    web::{
        Answered, Guarded, Visit,
        page::{AccountTab, Page, Setting, SettingPage, question_words},
        see_other,
    },
};

use super::{super::why::Why, At, Inside, busy, enter};

/// The forms of both pages.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct Typed {
    current_password: String,
    email: String,
    answer: String,
    question: String,
}

/// What a form leaves for the page that follows: never an answer.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default)]
struct Told {
    why: Vec<Why>,
    typed: String,
    done: Option<Done>,
}

#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
enum Done {
    Notifications,
    NotificationsSent,
    Question,
}

impl Done {
    const fn key(self) -> &'static str {
        match self {
            Self::Notifications => "notifications-done",
            Self::NotificationsSent => "notifications-sent",
            Self::Question => "question-done",
        }
    }
}

const TAB: AccountTab = AccountTab::Profile;
const NOTIFICATIONS: &str = "notifications";
const QUESTION: &str = "question";

fn path(inside: &Inside, page: &str) -> String {
    format!("{}/{page}", inside.path(TAB))
}

/// The way to the page of the address for notifications.
pub(super) fn to_notifications(inside: &Inside) -> String {
    path(inside, NOTIFICATIONS)
}

/// The way to the page of the secret question.
pub(super) fn to_question(inside: &Inside) -> String {
    path(inside, QUESTION)
}

/// The address for notifications.
pub(in super::super) async fn notifications(State(app): State<App>, visit: Visit, Query(at): Query<At>) -> Answered {
    let inside = match enter(&app, &visit, TAB, &at).await? {
        Ok(inside) => inside,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let (told, refusals) = told(&app, &inside, &at, NOTIFICATIONS);
    let kept = notification::find(&app, &inside.holder.account.id).await?;
    let (action, back) = (to_notifications(&inside), inside.path(TAB));
    let shown = Setting { action: &action, back: &back, refusals: &refusals, done: told.done.map(Done::key) };
    let (place, shell) = (&inside.visit.place, inside.shell(&app, TAB).await?);
    let page = SettingPage::notifications(place, shell, (kept.as_ref(), &told.typed), &shown);
    Ok(Page::of(&page).into_response())
}

/// Another one, or none.
pub(in super::super) async fn post_notifications(
    State(app): State<App>,
    Guarded(visit, typed): Guarded<Typed>,
) -> Answered {
    let inside = match enter(&app, &visit, TAB, &At::default()).await? {
        Ok(inside) => inside,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let answer = if typed.answer == "decline" { Answer::Decline } else { Answer::Give(&typed.email) };
    let told = match account::set_notifications(&app, inside.me(), &typed.current_password, answer).await? {
        Notified::Done(None) => Told { done: Some(Done::Notifications), ..Told::default() },
        Notified::Done(Some(_)) => Told { done: Some(Done::NotificationsSent), ..Told::default() },
        Notified::Refused(refusals) => refused(refusals, &typed.email),
        Notified::Busy => return Ok(busy(&inside, TAB)),
    };
    again(&app, &inside, NOTIFICATIONS, &told)
}

/// The secret question, where the portal uses one.
pub(in super::super) async fn question(State(app): State<App>, visit: Visit, Query(at): Query<At>) -> Answered {
    let inside = match enter(&app, &visit, TAB, &at).await? {
        Ok(inside) => inside,
        Err(elsewhere) => return Ok(elsewhere),
    };
    if !account::asks_question(&inside.visit.place.portal, &inside.holder.profiles) {
        return Ok(see_other(&inside.path(TAB)));
    }
    let (told, refusals) = told(&app, &inside, &at, QUESTION);
    let kept = account::question(&app, &inside.holder).await?.map(|kept| kept.question);
    let (action, back) = (to_question(&inside), inside.path(TAB));
    let shown = Setting { action: &action, back: &back, refusals: &refusals, done: told.done.map(Done::key) };
    let (place, shell) = (&inside.visit.place, inside.shell(&app, TAB).await?);
    Ok(Page::of(&SettingPage::question(place, shell, (kept, &told.typed), &shown)).into_response())
}

/// Another question, or another answer.
pub(in super::super) async fn post_question(State(app): State<App>, Guarded(visit, typed): Guarded<Typed>) -> Answered {
    let inside = match enter(&app, &visit, TAB, &At::default()).await? {
        Ok(inside) => inside,
        Err(elsewhere) => return Ok(elsewhere),
    };
    if !account::asks_question(&inside.visit.place.portal, &inside.holder.profiles) {
        return Ok(see_other(&inside.path(TAB)));
    }
    let words = question_words(&inside.visit.place, &typed.question);
    let asked = QuestionAsked { question: &typed.question, words: &words, answer: &typed.answer };
    let told = match account::set_question(&app, inside.me(), &typed.current_password, asked).await? {
        QuestionSaved::Done => Told { done: Some(Done::Question), ..Told::default() },
        QuestionSaved::Refused(refusals) => refused(refusals, &typed.question),
        QuestionSaved::Busy => return Ok(busy(&inside, TAB)),
    };
    again(&app, &inside, QUESTION, &told)
}

fn told(app: &App, inside: &Inside, at: &At, about: &str) -> (Told, Vec<Refusal>) {
    let mut told: Told = at.told.as_ref().and_then(|_| inside.visit.find_aside(app, about)).unwrap_or_default();
    let expired = at.again.as_ref().map(|_| Refusal::FormExpired);
    let why = std::mem::take(&mut told.why);
    let refusals = expired.into_iter().chain(why.into_iter().map(Refusal::from)).collect();
    (told, refusals)
}

fn refused(refusals: Vec<Refusal>, typed: &str) -> Told {
    let why = refusals.into_iter().filter_map(Why::of).collect();
    Told { why, typed: clip(typed), done: None }
}

fn again(app: &App, inside: &Inside, page: &str, told: &Told) -> Result<Response, crate::domain::Fault> {
    inside.visit.put_aside(app, page, told)?;
    Ok(see_other(&format!("{}?suite=1", path(inside, page))))
}
