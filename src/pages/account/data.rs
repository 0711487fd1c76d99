//! The tab Données: what is kept, as a page and as a file, and a word to the school about what is wrong (row ACC-17).

use axum::{
    extract::{Query, State},
    http::header,
    response::IntoResponse,
};
use serde::Deserialize;

use crate::{
    app::App,
    journeys::account,
    web::{
        Answered, Guarded, Visit,
        page::{AccountTab, DataPage, Page},
        see_other,
    },
};

use super::{At, Word, enter};

/// The word to the school.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct Message {
    message: String,
}

const TAB: AccountTab = AccountTab::Data;
const ABOUT: &str = "data";

/// The page.
pub(in super::super) async fn show(State(app): State<App>, visit: Visit, Query(at): Query<At>) -> Answered {
    let inside = match enter(&app, &visit, TAB, &at).await? {
        Ok(inside) => inside,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let word: Option<Word> = at.told.as_ref().and_then(|_| visit.find_aside(&app, ABOUT));
    let data = account::export(&app, inside.me()).await?;
    let (action, file) = (inside.path(TAB), format!("{}/fichier", inside.path(TAB)));
    let shell = inside.shell(&app, TAB).await?;
    let page = DataPage::new(&inside.visit.place, shell, (&action, &file), &data, word.map(Word::key));
    Ok(Page::of(&page).into_response())
}

/// The file: to be kept, never shown.
pub(in super::super) async fn file(State(app): State<App>, visit: Visit) -> Answered {
    let inside = match enter(&app, &visit, TAB, &At::default()).await? {
        Ok(inside) => inside,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let data = serde_json::to_string_pretty(&account::export(&app, inside.me()).await?)?;
    let headers = [
        (header::CONTENT_TYPE, "application/json; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"mes-donnees.json\""),
    ];
    Ok((headers, data).into_response())
}

/// A word to the school.
pub(in super::super) async fn post(State(app): State<App>, Guarded(visit, typed): Guarded<Message>) -> Answered {
    let inside = match enter(&app, &visit, TAB, &At::default()).await? {
        Ok(inside) => inside,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let asked = account::ask_for_correction(&app, inside.me(), &typed.message).await?;
    visit.put_aside(&app, ABOUT, &Word::of(asked))?;
    Ok(see_other(&format!("{}?suite=1", inside.path(TAB))))
}
