//! Who is signed in, at our own door.

use axum::{extract::State, response::IntoResponse};

use crate::{
    app::App,
    domain::Step,
    signin::door,
    web::{
        Answered, Visit,
        page::{HomePage, Page, register_of},
        see_other,
    },
};

use super::{bad_address, charter};

/// Who is signed in and owes nothing; else the sign-in, or what is owed.
pub(super) async fn show(State(app): State<App>, visit: Visit) -> Answered {
    let (step, standing) = door::look_at_home(&app, &visit.visitor, &visit.place.portal).await?;
    let Some(standing) = standing else {
        return Ok(see_other(&format!("{}/connexion", base(&visit))));
    };
    match step {
        Step::CorrectAddress => return Ok(see_other(&format!("{}{}", base(&visit), bad_address::PATH))),
        Step::AcceptCharter => return Ok(see_other(&format!("{}/charte", base(&visit)))),
        Step::NotificationEmail => return Ok(see_other(&format!("{}/notifications", base(&visit)))),
        _ => {}
    }
    let news = charter::news(&app, &visit, &standing).await?;
    let place =
        visit.place.addressing(register_of(standing.session.profile.or_else(|| standing.profiles.first().copied())));
    let account = format!("{}/compte", base(&visit));
    let page = HomePage::new(&place, &standing.full_name, standing.account.identifier.as_str(), &account).telling(news);
    Ok(Page::of(&page).into_response())
}

/// The prefix of a portal's own addresses: empty at the default portal.
pub(super) fn base(visit: &Visit) -> String {
    if visit.place.here.starts_with("/p/") { format!("/p/{}", visit.place.portal.name) } else { String::new() }
}
