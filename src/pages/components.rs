//! The page of every piece, in demo mode: for whoever writes a page.

use axum::{extract::State, response::IntoResponse};

use crate::{
    app::App,
    web::{
        Answered, Visit, not_found,
        page::{ComponentsPage, Page},
    },
};

/// Every piece, with the colours of every portal; there is no such page outside a demo.
pub(super) async fn show(State(app): State<App>, visit: Visit) -> Answered {
    if !app.config.settings.demo {
        return not_found(visit).await;
    }
    let portals = app.config.policy.portals.iter().cloned();
    Ok(Page::of(&ComponentsPage::new(&visit.place, portals)).into_response())
}
