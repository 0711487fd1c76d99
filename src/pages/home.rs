//! Who is signed in, at our own door.

use axum::{extract::State, response::IntoResponse};

use crate::{
    app::App,
    signin::door,
    web::{
        Answered, Visit,
        page::{HomePage, Page, register_of},
        see_other,
    },
};

/// Who is signed in; else the sign-in.
pub(super) async fn show(State(app): State<App>, visit: Visit) -> Answered {
    let Some(standing) = door::standing(&app, &visit.visitor).await? else {
        return Ok(see_other(&format!("{}/connexion", base(&visit))));
    };
    let place =
        visit.place.addressing(register_of(standing.session.profile.or_else(|| standing.profiles.first().copied())));
    let account = format!("{}/compte", base(&visit));
    let page = HomePage::new(&place, &standing.full_name, standing.account.identifier.as_str(), &account);
    Ok(Page::of(&page).into_response())
}

/// The prefix of a portal's own addresses: empty at the default portal.
pub(super) fn base(visit: &Visit) -> String {
    if visit.place.here.starts_with("/p/") { format!("/p/{}", visit.place.portal.name) } else { String::new() }
}
