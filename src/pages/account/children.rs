//! The tab Enfants: who they are, what is wrong with the list, a second letter (rows ACC-08, ACT-21, ACT-22).

use axum::{
    extract::{Query, State},
    response::IntoResponse,
};
use serde::{Deserialize, Serialize};

use crate::{
    app::App,
    domain::{Refusal, clip},
    journeys::account::{self, Added, SecondLetter},
    web::{
        Answered, Guarded, Visit,
        page::{AccountTab, ChildRow, Children, ChildrenPage, Page},
        see_other,
    },
};

use super::{
    super::{charter, why::Why},
    At, Word, busy, enter,
};

/// The forms of the tab.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct Typed {
    answer: String,
    child: String,
    message: String,
    identifier: String,
    password: String,
    current_password: String,
}

/// What a form leaves for the page that follows.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default)]
struct Told {
    why: Vec<Why>,
    identifier: String,
    added: bool,
    disputed: bool,
    word: Option<Word>,
}

const ABOUT: &str = "children";
const TAB: AccountTab = AccountTab::Children;

/// The page.
pub(in super::super) async fn show(State(app): State<App>, visit: Visit, Query(at): Query<At>) -> Answered {
    let inside = match enter(&app, &visit, TAB, &at).await? {
        Ok(inside) => inside,
        Err(elsewhere) => return Ok(elsewhere),
    };
    if !TAB.is_for(&inside.holder.profiles) {
        return Ok(see_other(&inside.path(AccountTab::Profile)));
    }
    let told: Told = at.told.as_ref().and_then(|_| visit.find_aside(&app, ABOUT)).unwrap_or_default();
    let expired = at.again.as_ref().map(|_| Refusal::FormExpired);
    let refusals: Vec<Refusal> = expired.into_iter().chain(told.why.into_iter().map(Refusal::from)).collect();
    let children = account::children(&app, &inside.holder).await?;
    let rows: Vec<ChildRow<'_>> = children
        .iter()
        .map(|child| ChildRow {
            id: child.id.as_str(),
            given_name: &child.given_name,
            family_name: &child.family_name,
            school: child.school.as_deref(),
            class: child.class.as_deref(),
            is_disputed: child.disputed_at.is_some(),
            may_hand: account::may_hand(&inside.visit.place.portal, child),
        })
        .collect();
    let shown = Children {
        action: &inside.path(TAB),
        rows: &rows,
        identifier: &told.identifier,
        refusals: &refusals,
        added: told.added,
        disputed: told.disputed,
        word: told.word.map(Word::key),
        charters: charter::rows_for_children(&app, &inside.visit, &inside.holder.account).await?,
    };
    let page = ChildrenPage::new(&inside.visit.place, inside.shell(&app, TAB).await?, &shown);
    Ok(Page::of(&page).into_response())
}

/// A link that is wrong, a child that is missing, a second letter.
pub(in super::super) async fn post(State(app): State<App>, Guarded(visit, typed): Guarded<Typed>) -> Answered {
    let inside = match enter(&app, &visit, TAB, &At::default()).await? {
        Ok(inside) => inside,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let told = match typed.answer.as_str() {
        "not-mine" => Told { disputed: account::not_mine(&app, inside.me(), &typed.child).await?, ..Told::default() },
        "missing" => {
            let asked = account::one_is_missing(&app, inside.me(), &typed.message).await?;
            Told { word: Some(Word::of(asked)), ..Told::default() }
        }
        _ => {
            let letter = SecondLetter {
                identifier: &typed.identifier,
                password: &typed.password,
                current: &typed.current_password,
            };
            match account::add_letter(&app, inside.me(), letter).await? {
                Added::Done => Told { added: true, ..Told::default() },
                Added::Refused(refusals) => Told {
                    why: refusals.into_iter().filter_map(Why::of).collect(),
                    identifier: clip(&typed.identifier),
                    ..Told::default()
                },
                Added::Busy => return Ok(busy(&inside, TAB)),
            }
        }
    };
    visit.put_aside(&app, ABOUT, &told)?;
    Ok(see_other(&format!("{}?suite=1", inside.path(TAB))))
}
