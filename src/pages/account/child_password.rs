//! A parent's temporary password for a child (row ACC-15). The password stands on the answer to the form alone: it is kept
//! nowhere, so that a reload makes no other and shows none.

use axum::{
    extract::{Path, Query, State},
    response::IntoResponse,
};
use serde::Deserialize;

use crate::{
    app::App,
    domain::Refusal,
    journeys::account::{self, Handed},
    store::children::Child,
    web::{
        Answered, Guarded, Visit,
        page::{AccountTab, ChildPassword, ChildPasswordPage, Page},
        see_other,
    },
};

use super::{super::why::Told, At, Inside, busy, enter};

/// The form.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct Typed {
    current_password: String,
}

const ABOUT: &str = "child-password";
const TAB: AccountTab = AccountTab::Children;

/// The page.
pub(in super::super) async fn show(
    State(app): State<App>,
    visit: Visit,
    Path(path): Path<Vec<(String, String)>>,
    Query(at): Query<At>,
) -> Answered {
    let inside = match enter(&app, &visit, TAB, &at).await? {
        Ok(inside) => inside,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let portal = &inside.visit.place.portal;
    let Some(child) = account::find_young(&app, portal, &inside.holder, child_of(&path)).await? else {
        return Ok(see_other(&inside.path(TAB)));
    };
    let told: Told = at.told.as_ref().and_then(|_| visit.find_aside(&app, ABOUT)).unwrap_or_default();
    let expired = at.again.as_ref().map(|_| Refusal::FormExpired);
    let refusals: Vec<Refusal> = expired.into_iter().chain(told.refusals()).collect();
    page(&app, &inside, &child, ChildPassword { refusals: &refusals, ..empty() }).await
}

/// Makes it.
pub(in super::super) async fn post(
    State(app): State<App>,
    Path(path): Path<Vec<(String, String)>>,
    Guarded(visit, typed): Guarded<Typed>,
) -> Answered {
    let inside = match enter(&app, &visit, TAB, &At::default()).await? {
        Ok(inside) => inside,
        Err(elsewhere) => return Ok(elsewhere),
    };
    match account::hand(&app, inside.me(), child_of(&path), &typed.current_password).await? {
        Handed::Given(child, given) => {
            let given = Some((&given.identifier, &given.password, given.expires_at));
            page(&app, &inside, &child, ChildPassword { given, ..empty() }).await
        }
        Handed::Refused(refusal) => {
            visit.put_aside(&app, ABOUT, &Told::of(vec![refusal]))?;
            let Some(child) = account::find_young(&app, &visit.place.portal, &inside.holder, child_of(&path)).await?
            else {
                return Ok(see_other(&inside.path(TAB)));
            };
            Ok(see_other(&format!("{}?suite=1", address(&inside, &child))))
        }
        Handed::Busy => Ok(busy(&inside, TAB)),
        Handed::NotTheirs => Ok(see_other(&inside.path(TAB))),
    }
}

async fn page(app: &App, inside: &Inside, child: &Child, shown: ChildPassword<'_>) -> Answered {
    let (action, back) = (address(inside, child), inside.path(TAB));
    let shown = ChildPassword { action: &action, back: &back, given_name: &child.given_name, ..shown };
    let page = ChildPasswordPage::new(&inside.visit.place, inside.shell(app, TAB).await?, &shown);
    Ok(Page::of(&page).into_response())
}

const fn empty() -> ChildPassword<'static> {
    ChildPassword { action: "", back: "", given_name: "", refusals: &[], given: None }
}

fn address(inside: &Inside, child: &Child) -> String {
    format!("{}/{}/mot-de-passe", inside.path(TAB), child.id)
}

fn child_of(path: &[(String, String)]) -> &str {
    path.iter().find(|(name, _)| name == "child").map_or("", |(_, id)| id)
}
