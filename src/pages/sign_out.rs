//! Sign-out at our own door.

use axum::{extract::State, response::IntoResponse};
use serde::Deserialize;

use crate::{
    app::App,
    signin::{door, sign_out},
    web::{
        Answered, Guarded, Visit,
        page::{MessagePage, Page, SignOut, SignOutQuestionPage},
    },
};

use super::home::base;

/// Nothing but the token.
#[derive(Debug, Deserialize)]
pub(super) struct Nothing {}

/// The question, where somebody is signed in; a GET ends nothing.
pub(super) async fn show(State(app): State<App>, visit: Visit) -> Answered {
    // Whoever can't go on for want of a second factor must be able to leave.
    let Some(halfway) = door::halfway(&app, &visit.visitor).await? else {
        return Ok(Page::of(&MessagePage::signed_out(&visit.place, None)).into_response());
    };
    let name = if halfway.owes_second_factor() { halfway.identifier().as_str() } else { halfway.full_name() };
    let action = format!("{}/deconnexion", base(&visit));
    let page = SignOutQuestionPage::new(
        &visit.place,
        &SignOut { action: &action, form_token: visit.form_token.as_str(), hidden: &[], name, back: "/" },
    );
    Ok(Page::of(&page).into_response())
}

/// The end of the session.
pub(super) async fn post(State(app): State<App>, Guarded(visit, _): Guarded<Nothing>) -> Answered {
    if let Some(session) = &visit.visitor.session {
        sign_out::end(&app, &visit.visitor, session).await?;
    }
    visit.forget_session();
    Ok(Page::of(&MessagePage::signed_out(&visit.place, None)).into_response())
}
