//! The tab Services: where one signed in, what each learns, agreements taken back.

use axum::{
    extract::{Query, State},
    response::IntoResponse,
};
use serde::Deserialize;

use crate::{
    app::App,
    domain::RelyingPartyId,
    journeys::account,
    web::{
        Answered, Guarded, Visit,
        page::{AccountTab, Page, ServiceRow, ServicesPage},
        see_other,
    },
};

use super::{At, enter};

/// The button of a service.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct Button {
    service: String,
}

const TAB: AccountTab = AccountTab::Services;
const ABOUT: &str = "services";

/// The page.
pub(in super::super) async fn show(State(app): State<App>, visit: Visit, Query(at): Query<At>) -> Answered {
    let inside = match enter(&app, &visit, TAB, &at).await? {
        Ok(inside) => inside,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let withdrawn: bool = at.told.as_ref().and_then(|_| visit.find_aside(&app, ABOUT)).unwrap_or_default();
    let services = account::services(&app, inside.me()).await?;
    let rows: Vec<ServiceRow<'_>> = services
        .iter()
        .map(|service| ServiceRow {
            id: service.id.as_str(),
            name: &service.name,
            last_at: service.last_at,
            claims: &service.claims,
            agreed_at: service.agreed_at,
        })
        .collect();
    let shell = inside.shell(&app, TAB).await?;
    Ok(Page::of(&ServicesPage::new(&inside.visit.place, shell, &inside.path(TAB), &rows, withdrawn)).into_response())
}

/// An agreement is taken back.
pub(in super::super) async fn post(State(app): State<App>, Guarded(visit, button): Guarded<Button>) -> Answered {
    let inside = match enter(&app, &visit, TAB, &At::default()).await? {
        Ok(inside) => inside,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let withdrawn = account::withdraw(&app, inside.me(), &RelyingPartyId::new(button.service)).await?;
    visit.put_aside(&app, ABOUT, &withdrawn)?;
    Ok(see_other(&format!("{}?suite=1", inside.path(TAB))))
}
