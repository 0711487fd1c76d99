//! The link of a forgotten password: its page and its button (rows FPW-03 to FPW-18).

use axum::{
    extract::{Path, Query, State},
    response::IntoResponse,
};
use serde::Deserialize;

use crate::{
    app::App,
    journeys::recovery::{self, Chosen, Reset, Typed},
    web::{
        Answered, Guarded, Visit,
        page::{MessagePage, NewPassword, NewPasswordPage, Page},
        see_other,
    },
};

use super::{
    activation::{Id, addressing, sign_in, token},
    home::base,
    recovery::fill_in,
    refused::queue_full,
    why::Told as Refused,
};

/// What its address may carry.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// Set where something was refused: the page tells what.
    #[serde(rename = "refus")]
    refused: Option<String>,
    /// Set where a password was just chosen.
    #[serde(rename = "fait")]
    done: Option<String>,
}

/// The link in the mail: looking changes nothing (row FPW-05).
pub(super) async fn show(
    State(app): State<App>,
    visit: Visit,
    Path(path): Path<Vec<(String, String)>>,
    Query(asked): Query<Asked>,
) -> Answered {
    let token = token(&path);
    let here = format!("{}/mot-de-passe-oublie/lien/{}", base(&visit), Id(token.reveal()));
    let again = format!("{}/mot-de-passe-oublie", base(&visit));
    let found = recovery::look(&app, &token, visit.now).await?;
    let sign_in = match &found {
        Reset::Ready(_, link, ..) | Reset::Used(_, link) | Reset::Superseded(link) | Reset::Expired(link, _) => {
            sign_in(&app, &visit, link.interaction_id.as_ref()).await?
        }
        Reset::Blocked(_) | Reset::Unknown => format!("{}/connexion", base(&visit)),
    };
    let page = match &found {
        Reset::Ready(holder, _, rules, enrolled) => {
            let told: Option<Refused> =
                asked.refused.as_ref().and_then(|_| visit.find_aside(&app, token.digest().as_str()));
            let refusals = told.map(Refused::refusals).unwrap_or_default();
            let shown = NewPassword {
                action: &here,
                form_token: visit.form_token.as_str(),
                hidden: None,
                identifier: holder.account.identifier.as_str(),
                rules,
                refusals: &refusals,
                asks_code: enrolled.any(),
            };
            Page::of(&NewPasswordPage::reset(&addressing(&visit, holder).place, &shown))
        }
        Reset::Used(holder, _) => {
            let place = addressing(&visit, holder).place;
            Page::of(&if asked.done.is_some() {
                MessagePage::reset_done(&place, &sign_in)
            } else {
                MessagePage::reset_used(&place, &again, &sign_in)
            })
        }
        Reset::Superseded(_) => Page::of(&MessagePage::reset_superseded(&visit.place, &again, &sign_in)),
        Reset::Expired(_, ttl) => Page::of(&MessagePage::reset_expired(&visit.place, *ttl, &again, &sign_in)),
        Reset::Blocked(holder) => Page::of(&MessagePage::suspended(&addressing(&visit, holder).place)),
        Reset::Unknown => Page::of(&MessagePage::reset_unknown(&visit.place, &again, &sign_in))
            .status(axum::http::StatusCode::NOT_FOUND),
    };
    Ok(page.into_response())
}

/// The new password of the link's page.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Passwords {
    new_password: String,
    confirmation: String,
    code: String,
}

/// The button of the link's page.
pub(super) async fn post(
    State(app): State<App>,
    Path(path): Path<Vec<(String, String)>>,
    Guarded(visit, form): Guarded<Passwords>,
) -> Answered {
    let token = token(&path);
    let here = format!("{}/mot-de-passe-oublie/lien/{}", base(&visit), Id(token.reveal()));
    let typed = Typed { password: &form.new_password, confirmation: &form.confirmation, code: &form.code };
    Ok(match recovery::choose(&app, &visit.visitor, &token, typed).await? {
        Chosen::Went => see_other(&here),
        Chosen::Done(holder) => {
            if let Reset::Used(_, link) = recovery::look(&app, &token, visit.now).await? {
                fill_in(&app, &visit, link.interaction_id.as_ref(), holder.account.identifier.as_str()).await?;
            }
            visit.drop_aside();
            see_other(&format!("{here}?fait=1"))
        }
        Chosen::Refused(refusals) => {
            visit.put_aside(&app, token.digest().as_str(), &Refused::of(refusals))?;
            see_other(&format!("{here}?refus=1"))
        }
        Chosen::Busy => queue_full(&visit, "way-try-again", &here),
    })
}
