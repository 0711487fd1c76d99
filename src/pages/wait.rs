//! The waiting page: a place in the queue instead of an error (design §8).

use axum::{
    extract::{Query, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use crate::{
    app::App,
    domain::InteractionId,
    signin::waiting::{self, Look},
    web::{
        Answered, Guarded, Visit,
        page::{Page, Place, Wait, WaitPage},
        see_other,
    },
};

use super::{
    home::base,
    refused::{self, Told},
    sign_in::{Asked, Form, open, pending, visit_of},
};

/// Its button.
#[derive(Debug, Deserialize)]
pub(super) struct Button {
    i: Option<InteractionId>,
}

/// What came of the try that waits. The address holds no secret: the ticket is made of the browser's cookie.
pub(super) async fn show(State(app): State<App>, visit: Visit, Query(asked): Query<Asked>) -> Answered {
    look(&app, &visit, asked.i.as_ref()).await
}

/// The same by the button, for browsers that do not refresh.
pub(super) async fn post(State(app): State<App>, Guarded(visit, button): Guarded<Button>) -> Answered {
    look(&app, &visit, button.i.as_ref()).await
}

async fn look(app: &App, visit: &Visit, id: Option<&InteractionId>) -> Answered {
    let interaction = pending(app, &visit.visitor, id).await?;
    let visit = interaction.as_ref().map_or_else(|| visit.clone(), |interaction| visit_of(app, visit, interaction));
    let id = interaction.as_ref().map(|interaction| &interaction.id);
    let ticket = waiting::ticket(app, &visit.visitor, id);
    match waiting::look(app, &visit.visitor, &ticket).await? {
        Some(Look::Done(Ok(passed))) => open(app, &visit, interaction.as_ref(), passed).await,
        Some(Look::Done(Err(refusal))) => {
            let typed = refused::find(app, &visit, id);
            let typed = typed.as_ref().map_or(Form::default(), Told::typed);
            refused::answer(app, &visit, interaction.as_ref(), Form { refusal: Some(&refusal), ..typed })
        }
        Some(Look::Waits { place }) => Ok(page(&visit, id, place)),
        None => {
            let path = format!("{}/connexion", base(&visit));
            // `refus` shows the form as it was left, `relance` says so even where that is lost too.
            Ok(see_other(
                &id.map_or_else(
                    || format!("{path}?refus=1&relance=1"),
                    |id| format!("{path}?i={id}&refus=1&relance=1"),
                ),
            ))
        }
    }
}

/// 503 with `Retry-After` and a `Refresh` long enough to be read.
pub(super) fn page(visit: &Visit, id: Option<&InteractionId>, place: usize) -> Response {
    let ahead = u64::try_from(place).unwrap_or(u64::MAX);
    // About thirty hashes a second on the least machine; the page rounds up to tens.
    let seconds = ahead.div_ceil(30).max(1);
    let action = format!("{}/connexion/attente", base(visit));
    let next = id.map_or_else(|| action.clone(), |id| format!("{action}?i={id}"));
    // The page may answer a form: links to other languages lead back to the wait.
    let place = Place { here: next.clone(), ..visit.place.clone() };
    let page = WaitPage::new(
        &place,
        &Wait {
            action: &action,
            form_token: visit.form_token.as_str(),
            interaction: id.map(InteractionId::as_str),
            ahead,
            seconds,
            percent: None,
        },
    );
    let refresh = format!("5; url={next}");
    let headers = [(header::RETRY_AFTER, "5".to_owned()), (header::REFRESH, refresh)];
    (headers, Page::of(&page).status(StatusCode::SERVICE_UNAVAILABLE)).into_response()
}
