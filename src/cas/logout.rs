//! `/cas/logout`: the end of the session, asked by a service (CAS 3.0 §2.3).

use axum::{
    extract::{RawQuery, State},
    response::IntoResponse,
};

use crate::{
    app::App,
    signin::sign_out,
    web::{
        Answered, Params, Visit,
        page::{MessagePage, Page},
        see_other,
    },
};

use super::service::Matched;

/// Ends the session, then sends the browser back to a registered address; to any other there is only the page. That a GET
/// ends something is the protocol's word: the cookie comes along only when a person follows a link (`SameSite=Lax`).
pub(super) async fn show(State(app): State<App>, visit: Visit, RawQuery(query): RawQuery) -> Answered {
    let params = Params::of(query.unwrap_or_default().as_bytes());
    if let Some(session) = &visit.visitor.session {
        sign_out::end(&app, &visit.visitor, session).await?;
        visit.forget_session();
    }
    // CAS 2 called it `url`. A parameter that comes twice leads nowhere.
    let back = ["service", "url"].into_iter().find_map(|name| params.once(name).ok().flatten());
    if let Some(service) = back.and_then(|text| Matched::find(&app.services.load(), text)) {
        return Ok(see_other(service.address.url().as_str()));
    }
    Ok(Page::of(&MessagePage::signed_out(&visit.place, None)).into_response())
}
