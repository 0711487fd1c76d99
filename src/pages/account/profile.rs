//! The tab Profil: what is known of the account, and the one form that changes what opens it.

use axum::{
    extract::{Query, State},
    response::IntoResponse,
};
use serde::{Deserialize, Serialize};

use crate::{
    app::App,
    domain::{Refusal, clip},
    journeys::{
        account::{self, Saved, Wanted},
        new_password, notification,
    },
    web::{
        Answered, Guarded, Visit,
        page::{AccountTab, Outcomes, Page, Profile, ProfilePage, Waiting},
        see_other,
    },
};

use super::{
    super::why::Why,
    {At, Inside, busy, enter, setting},
};

/// The form.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct Typed {
    current_password: String,
    new_password: String,
    confirmation: String,
    email: String,
    sure: Option<String>,
}

/// What a form leaves for the page that follows.
#[expect(clippy::struct_excessive_bools, reason = "each is something that may have happened, none excludes another")]
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Told {
    why: Vec<Why>,
    /// The address as it was typed.
    typed: String,
    password_changed: bool,
    email_asked: bool,
    cancelled: bool,
    sent_again: bool,
}

impl Told {
    /// The change of address was given up.
    pub(super) fn cancelled() -> Self {
        Self { cancelled: true, ..Self::default() }
    }

    /// Its mail was asked for again.
    pub(super) fn sent_again() -> Self {
        Self { sent_again: true, ..Self::default() }
    }
}

/// What it is put aside about.
pub(super) const ABOUT: &str = "account";

/// The page.
pub(in super::super) async fn show(State(app): State<App>, visit: Visit, Query(at): Query<At>) -> Answered {
    let inside = match enter(&app, &visit, AccountTab::Profile, &at).await? {
        Ok(inside) => inside,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let told: Told = at.told.as_ref().and_then(|_| visit.find_aside(&app, ABOUT)).unwrap_or_default();
    let expired = at.again.as_ref().map(|_| Refusal::FormExpired);
    page(&app, &inside, told, expired).await
}

async fn page(app: &App, inside: &Inside, told: Told, expired: Option<Refusal>) -> Answered {
    let refusals: Vec<Refusal> = expired.into_iter().chain(told.why.into_iter().map(Refusal::from)).collect();
    let waiting = account::waiting(app, &inside.holder).await?;
    let (place, own) = (&inside.visit.place, &inside.holder.account);
    let profiles: Vec<String> = inside.holder.profiles.iter().map(|profile| place.speaker.profile(*profile)).collect();
    let portal = &place.portal;
    let notifications = notification::find(app, &own.id).await?;
    let shows_notifications = notifications.is_some() || portal.activation.asks_notification_email;
    let question = if account::asks_question(portal, &inside.holder.profiles) {
        Some(account::question(app, &inside.holder).await?.map(|kept| kept.question))
    } else {
        None
    };
    let (to_notifications, to_question) = (setting::to_notifications(inside), setting::to_question(inside));
    let page = ProfilePage::new(
        place,
        inside.shell(app, AccountTab::Profile).await?,
        &Profile {
            action: &inside.path(AccountTab::Profile),
            identifier: own.identifier.as_str(),
            email: own.email.as_ref(),
            profiles: &profiles.join(", "),
            rules: &new_password::rules(&place.portal, &inside.holder),
            refusals: &refusals,
            typed: &told.typed,
            waiting: waiting.as_ref().map(|link| Waiting { email: &link.email, until: link.expires_at }),
            outcomes: Outcomes {
                password_changed: told.password_changed,
                email_asked: told.email_asked,
                cancelled: told.cancelled,
                sent_again: told.sent_again,
            },
            notifications: shows_notifications.then_some((notifications.as_ref(), to_notifications.as_str())),
            question: question.map(|kept| (kept, to_question.as_str())),
        },
    );
    Ok(Page::of(&page).into_response())
}

/// What is to be changed.
pub(in super::super) async fn post(State(app): State<App>, Guarded(visit, typed): Guarded<Typed>) -> Answered {
    let inside = match enter(&app, &visit, AccountTab::Profile, &At::default()).await? {
        Ok(inside) => inside,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let wanted = Wanted {
        current: &typed.current_password,
        password: &typed.new_password,
        confirmation: &typed.confirmation,
        email: &typed.email,
        sure: typed.sure.is_some(),
    };
    let told = match account::save(&app, inside.me(), wanted).await? {
        Saved::Done(done) => {
            visit.keep(&done.opened);
            Told { password_changed: done.password, email_asked: done.email.is_some(), ..Told::default() }
        }
        Saved::Refused(refusals) => Told {
            why: refusals.into_iter().filter_map(Why::of).collect(),
            typed: clip(&typed.email),
            ..Told::default()
        },
        Saved::Busy => return Ok(busy(&inside, AccountTab::Profile)),
        Saved::Gone => return Ok(see_other(&inside.path(AccountTab::Profile))),
    };
    visit.put_aside(&app, ABOUT, &told)?;
    Ok(see_other(&format!("{}?suite=1", inside.path(AccountTab::Profile))))
}
