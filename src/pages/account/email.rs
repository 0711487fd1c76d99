//! Another address: the buttons of the tab Profil, the link to the new address, the link that takes the change back.

use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use crate::{
    app::App,
    domain::{Refusal, Secret},
    journeys::{
        account::{self, NewAddress, Undo},
        recovery::{Chosen, Typed},
    },
    web::{
        Answered, Guarded, Visit,
        page::{AccountTab, Answering, AskPage, MessagePage, NewPassword, NewPasswordPage, Page},
        see_other,
    },
};

use super::{
    super::{
        activation::{Id, addressing, caller, token},
        home::base,
        why::Told,
    },
    At, enter, full,
};

/// The buttons of a change that waits, or of a link's page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct Press {
    answer: String,
    new_password: String,
    confirmation: String,
    code: String,
}

/// The change that waits: its mail again, or no more of it (row ACC-13).
pub(in super::super) async fn waiting(State(app): State<App>, Guarded(visit, form): Guarded<Press>) -> Answered {
    let inside = match enter(&app, &visit, AccountTab::Profile, &At::default()).await? {
        Ok(inside) => inside,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let told = if form.answer == "cancel" {
        account::cancel(&app, inside.me()).await?;
        super::profile::Told::cancelled()
    } else {
        account::resend(&app, inside.me()).await?;
        super::profile::Told::sent_again()
    };
    visit.put_aside(&app, super::profile::ABOUT, &told)?;
    Ok(see_other(&format!("{}?suite=1", inside.path(AccountTab::Profile))))
}

/// The link to the new address: looking changes nothing.
pub(in super::super) async fn link(
    State(app): State<App>,
    visit: Visit,
    Path(path): Path<Vec<(String, String)>>,
) -> Answered {
    let token = token(&path);
    let action = at(&visit, "adresse", &token);
    let to = Answering { action: &action, form_token: visit.form_token.as_str(), proof: None };
    let door = format!("{}/compte", base(&visit));
    let page = match account::look_at_new_address(&app, &token, visit.now).await? {
        NewAddress::Ready(holder, link) => {
            let who = (holder.person.full_name(), holder.account.identifier.to_string());
            Page::of(&AskPage::new_address(&addressing(&visit, &holder).place, to, (&who.0, &who.1), &link.email))
        }
        NewAddress::Expired(holder, link) => {
            Page::of(&AskPage::new_address_expired(&addressing(&visit, &holder).place, to, &link.email))
        }
        NewAddress::Done(holder, link) => {
            Page::of(&MessagePage::address_changed(&addressing(&visit, &holder).place, &link.email, &door))
        }
        NewAddress::Superseded(_) => Page::of(&MessagePage::new_address_superseded(&visit.place, &door)),
        NewAddress::Unknown => {
            Page::of(&MessagePage::link_unknown(&visit.place, &door)).status(axum::http::StatusCode::NOT_FOUND)
        }
    };
    Ok(page.into_response())
}

/// Its button: confirms once, or sends a fresh link.
pub(in super::super) async fn press(
    State(app): State<App>,
    Path(path): Path<Vec<(String, String)>>,
    Guarded(visit, form): Guarded<Press>,
) -> Answered {
    let token = token(&path);
    if form.answer == "again"
        && let Some(link) = account::ask_new_address_again(&app, &token, visit.now).await?
    {
        return Ok(Page::of(&MessagePage::link_sent(&visit.place, &link.email)).into_response());
    }
    if form.answer == "confirm" {
        account::confirm_new_address(&app, caller(&visit), &token).await?;
    }
    Ok(see_other(&at(&visit, "adresse", &token)))
}

/// The link at the old address: looking changes nothing.
pub(in super::super) async fn undo(
    State(app): State<App>,
    visit: Visit,
    Path(path): Path<Vec<(String, String)>>,
    Query(asked): Query<At>,
) -> Answered {
    let token = token(&path);
    let action = at(&visit, "annulation", &token);
    let to = Answering { action: &action, form_token: visit.form_token.as_str(), proof: None };
    let door = format!("{}/connexion", base(&visit));
    let page = match account::look_at_undo(&app, &token, visit.now).await? {
        Undo::Ready(holder, link) => {
            let who = (holder.person.full_name(), holder.account.identifier.to_string());
            Page::of(&AskPage::undo(&addressing(&visit, &holder).place, to, (&who.0, &who.1), &link.email))
        }
        Undo::Choose(holder, link, rules, enrolled) => {
            let told: Option<Told> = asked.told.as_ref().and_then(|_| visit.find_aside(&app, &about(&token)));
            let refusals: Vec<Refusal> = told.unwrap_or_default().refusals();
            let shown = NewPassword {
                action: &action,
                form_token: visit.form_token.as_str(),
                hidden: None,
                identifier: holder.account.identifier.as_str(),
                rules: &rules,
                refusals: &refusals,
                asks_code: enrolled.any(),
            };
            Page::of(&NewPasswordPage::undone(&addressing(&visit, &holder).place, &link.email, &shown))
        }
        Undo::Done(holder) => Page::of(&MessagePage::change_undone(&addressing(&visit, &holder).place, &door)),
        Undo::Over => Page::of(&MessagePage::undo_over(&visit.place)),
    };
    Ok(page.into_response())
}

/// Its buttons: takes the change back once, then the new password.
pub(in super::super) async fn press_undo(
    State(app): State<App>,
    Path(path): Path<Vec<(String, String)>>,
    Guarded(visit, form): Guarded<Press>,
) -> Answered {
    let token = token(&path);
    let here = at(&visit, "annulation", &token);
    let undone = if form.answer == "undo" {
        account::undo(&app, caller(&visit), &token).await?
    } else {
        let typed = Typed { password: &form.new_password, confirmation: &form.confirmation, code: &form.code };
        account::choose_after_undo(&app, &visit.visitor, &token, typed).await?
    };
    answer(&app, &visit, undone, (&here, &about(&token)))
}

fn answer(
    app: &App,
    visit: &Visit,
    chosen: Chosen,
    (here, about): (&str, &str),
) -> Result<Response, crate::domain::Fault> {
    Ok(match chosen {
        Chosen::Went | Chosen::Done(_) => see_other(here),
        Chosen::Refused(refusals) => {
            visit.put_aside(app, about, &Told::of(refusals))?;
            see_other(&format!("{here}?suite=1"))
        }
        Chosen::Busy => full(visit, here),
    })
}

fn at(visit: &Visit, what: &str, token: &Secret) -> String {
    format!("{}/compte/{what}/lien/{}", base(visit), Id(token.reveal()))
}

/// What a refused password is put aside about.
fn about(token: &Secret) -> String {
    format!("undo {}", token.digest().as_str())
}
