//! The second factor at the door: giving it, and adding one where the portal requires it; and signing in with a key alone.

use axum::{
    extract::{Query, State},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};

use crate::{
    app::App,
    domain::{Demands, Fault, Instant, Interaction, InteractionId, Refusal, Step},
    journeys::second_factor::{self as journey, Added},
    policy::SecondFactorRule,
    signin::{Resumed, door, second_factor},
    store::{interactions, sessions::Halfway},
    web::{
        Answered, Guarded, Visit,
        page::{
            ApplicationPage, Asked, EnrolPage, FactorStep, Page, PasskeyPage, RecoveryCodesPage, SecondFactorPage,
            register_of,
        },
        see_other,
    },
};

use super::{
    refused,
    sign_in::{self, visit_of},
};

/// What every path of these pages begins with.
const BASE: &str = "/connexion/deux-etapes";
/// Where one signs in with a key alone.
pub(super) const KEY: &str = "/connexion/cle";

/// The forms: the pending sign-in, and what was typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    i: Option<InteractionId>,
    code: String,
    answer: String,
}

/// What an address may carry.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Which {
    i: Option<InteractionId>,
    #[serde(rename = "refus")]
    refused: Option<String>,
}

/// What a refused code leaves for the page: never the code.
#[derive(Debug, Deserialize, Serialize)]
enum Why {
    Wrong,
    Missing,
    Paused(Instant),
    Key,
}

/// The page that asks for the second factor.
pub(super) async fn show(app: &App, visit: &Visit, interaction: &Interaction) -> Answered {
    let Some(halfway) = door::halfway(app, &visit.visitor).await? else { return Ok(again(interaction)) };
    let visit = addressing(visit, &halfway);
    let told = told(app, &visit, interaction);
    let has = (halfway.enrolled().totp, halfway.enrolled().passkeys && app.passkeys.are_known());
    let page = SecondFactorPage::new(&visit.place, step(&visit, interaction), has, told.as_ref());
    Ok(Page::of(&page).into_response())
}

/// The page that asks to add one.
pub(super) async fn show_enrol(app: &App, visit: &Visit, interaction: &Interaction) -> Answered {
    let Some(halfway) = door::halfway(app, &visit.visitor).await? else { return Ok(again(interaction)) };
    let visit = addressing(visit, &halfway);
    let told = told(app, &visit, interaction);
    let page = EnrolPage::new(&visit.place, step(&visit, interaction), app.passkeys.are_known(), told.as_ref());
    Ok(Page::of(&page).into_response())
}

/// A code.
pub(super) async fn post(State(app): State<App>, Guarded(visit, typed): Guarded<Typed>) -> Answered {
    let Some((visit, interaction, halfway)) = owing(&app, &visit, typed.i.as_ref(), &Step::SecondFactor).await? else {
        return Ok(back(typed.i.as_ref()));
    };
    match second_factor::give_code(&app, &visit.visitor, &halfway, &typed.code).await? {
        Ok(opened) => {
            visit.drop_aside();
            visit.keep(&opened);
            Ok(again(&interaction))
        }
        Err(refusal) => tell(&app, &visit, &interaction, &refusal),
    }
}

/// A key is to be used.
pub(super) async fn ask_key(State(app): State<App>, Guarded(visit, typed): Guarded<Typed>) -> Answered {
    let Some((visit, interaction, halfway)) = owing(&app, &visit, typed.i.as_ref(), &Step::SecondFactor).await? else {
        return Ok(back(typed.i.as_ref()));
    };
    let Some(question) = second_factor::ask_key(&app, &visit.visitor, &halfway).await? else {
        return Ok(again(&interaction));
    };
    let visit = addressing(&visit, &halfway);
    Ok(key_page(&visit, &interaction, &question.to_string(), (&format!("{BASE}/cle/reponse"), false)))
}

/// Its answer.
pub(super) async fn give_key(State(app): State<App>, Guarded(visit, typed): Guarded<Typed>) -> Answered {
    let Some((visit, interaction, halfway)) = owing(&app, &visit, typed.i.as_ref(), &Step::SecondFactor).await? else {
        return Ok(back(typed.i.as_ref()));
    };
    match second_factor::give_key(&app, &visit.visitor, &halfway, &typed.answer).await? {
        Ok(opened) => {
            visit.drop_aside();
            visit.keep(&opened);
            Ok(again(&interaction))
        }
        Err(refusal) => tell(&app, &visit, &interaction, &refusal),
    }
}

/// An application is to be added: its seed is made, and shown by the page that follows.
pub(super) async fn add_application(State(app): State<App>, Guarded(visit, typed): Guarded<Typed>) -> Answered {
    let Some((visit, interaction, halfway)) = enrolling(&app, &visit, typed.i.as_ref()).await? else {
        return Ok(back(typed.i.as_ref()));
    };
    journey::offer_application(&app, &halfway, visit.now).await?;
    Ok(see_other(&format!("{BASE}/application?i={}", interaction.id)))
}

/// The seed of the application that is being added.
pub(super) async fn show_application(State(app): State<App>, visit: Visit, Query(which): Query<Which>) -> Answered {
    let Some((visit, interaction, halfway)) = enrolling(&app, &visit, which.i.as_ref()).await? else {
        return Ok(back(which.i.as_ref()));
    };
    let issuer = &visit.place.portal.look.title;
    let Some(offered) = journey::offered_application(&app, &halfway, issuer).await? else {
        return Ok(again(&interaction));
    };
    let visit = addressing(&visit, &halfway);
    let told = which.refused.as_ref().and_then(|_| told(&app, &visit, &interaction));
    let back = format!("/connexion?i={}", interaction.id);
    let (seed, address) = (offered.seed.as_str(), offered.address.as_str());
    let page = ApplicationPage::new(&visit.place, step(&visit, &interaction), (seed, address), (&back, told.as_ref()));
    Ok(Page::of(&page).into_response())
}

/// Its first code.
pub(super) async fn confirm_application(State(app): State<App>, Guarded(visit, typed): Guarded<Typed>) -> Answered {
    let Some((visit, interaction, halfway)) = enrolling(&app, &visit, typed.i.as_ref()).await? else {
        return Ok(back(typed.i.as_ref()));
    };
    match journey::confirm_application(&app, &visit.visitor, &halfway, &typed.code).await? {
        Ok(added) => Ok(done(&visit, &halfway, &added, &format!("/connexion?i={}", interaction.id))),
        Err(refusal) => {
            put_told(&app, &visit, &interaction, &refusal)?;
            Ok(see_other(&format!("{BASE}/application?i={}&refus=1", interaction.id)))
        }
    }
}

/// A key is to be made.
pub(super) async fn ask_new_key(State(app): State<App>, Guarded(visit, typed): Guarded<Typed>) -> Answered {
    let Some((visit, interaction, halfway)) = enrolling(&app, &visit, typed.i.as_ref()).await? else {
        return Ok(back(typed.i.as_ref()));
    };
    let question = journey::ask_new_key(&app, &visit.visitor, &halfway, "").await?;
    let visit = addressing(&visit, &halfway);
    Ok(key_page(&visit, &interaction, &question.to_string(), (&format!("{BASE}/nouvelle-cle/reponse"), true)))
}

/// The key that was made.
pub(super) async fn add_key(State(app): State<App>, Guarded(visit, typed): Guarded<Typed>) -> Answered {
    let Some((visit, interaction, halfway)) = enrolling(&app, &visit, typed.i.as_ref()).await? else {
        return Ok(back(typed.i.as_ref()));
    };
    match journey::add_key(&app, &visit.visitor, &halfway, &typed.answer).await? {
        Ok(added) => Ok(done(&visit, &halfway, &added, &format!("/connexion?i={}", interaction.id))),
        Err(refusal) => tell(&app, &visit, &interaction, &refusal),
    }
}

/// Signing in with a key alone: the browser is asked for whichever it finds.
pub(super) async fn ask_any_key(State(app): State<App>, Guarded(visit, typed): Guarded<Typed>) -> Answered {
    if !app.passkeys.are_known() {
        return Ok(back(typed.i.as_ref()));
    }
    let interaction = sign_in::pending(&app, &visit.visitor, typed.i.as_ref()).await?;
    let visit = interaction.as_ref().map_or_else(|| visit.clone(), |interaction| visit_of(&app, &visit, interaction));
    let question = second_factor::ask_any_key(&app, &visit.visitor).await?.to_string();
    let id = interaction.as_ref().map(|interaction| interaction.id.as_str());
    let door = id.map_or_else(|| "/connexion".to_owned(), |id| format!("/connexion?i={id}"));
    let to = FactorStep { base: KEY, form_token: visit.form_token.as_str(), interaction: id };
    let action = format!("{KEY}/reponse");
    let asked = Asked { action: &action, question: &question, makes: false, back: &door };
    Ok(Page::of(&PasskeyPage::new(&visit.place, to, asked)).into_response())
}

/// The answer of that key.
pub(super) async fn sign_in_with_key(State(app): State<App>, Guarded(visit, typed): Guarded<Typed>) -> Answered {
    let interaction = sign_in::pending(&app, &visit.visitor, typed.i.as_ref()).await?;
    let visit = interaction.as_ref().map_or_else(|| visit.clone(), |interaction| visit_of(&app, &visit, interaction));
    let profile = interaction.as_ref().and_then(|interaction| interaction.profile);
    let door = (&visit.place.portal.name, profile);
    match second_factor::prove_by_key(&app, &visit.visitor, door, &typed.answer).await? {
        Ok(proven) => sign_in::open(&app, &visit, interaction.as_ref(), crate::signin::Passed::Own(proven)).await,
        Err(refusal) => {
            let typed = sign_in::Form { refusal: Some(&refusal), ..sign_in::Form::default() };
            refused::answer(&app, &visit, interaction.as_ref(), typed)
        }
    }
}

/// The visit at the portal of a pending sign-in that owes this step, and whose it is.
async fn owing(
    app: &App,
    visit: &Visit,
    id: Option<&InteractionId>,
    step: &Step,
) -> Result<Option<(Visit, Box<Interaction>, Halfway)>, Fault> {
    let Some(id) = id else { return Ok(None) };
    let Resumed::Owed(interaction, owed, _) = door::resume(app, &visit.visitor, id).await? else { return Ok(None) };
    let Some(halfway) = door::halfway(app, &visit.visitor).await?.filter(|_| owed == *step) else { return Ok(None) };
    Ok(Some((visit_of(app, visit, &interaction), interaction, halfway)))
}

/// The same where a factor is to be added: the portal must offer it, and the password must have been given just now; else
/// it is asked for again.
async fn enrolling(
    app: &App,
    visit: &Visit,
    id: Option<&InteractionId>,
) -> Result<Option<(Visit, Box<Interaction>, Halfway)>, Fault> {
    let Some((visit, interaction, halfway)) = owing(app, visit, id, &Step::EnrolSecondFactor).await? else {
        return Ok(None);
    };
    let rule = visit.place.portal.second_factors.rule(halfway.profiles(), halfway.is_administrator());
    if rule == SecondFactorRule::Off {
        return Ok(None);
    }
    if !journey::is_fresh(&halfway, visit.now) {
        let demands = Demands { authenticate_after: Some(visit.now), ..interaction.demands.clone() };
        interactions::set_demands(&app.db, &interaction.id, &demands).await?;
        return Ok(None);
    }
    Ok(Some((visit, interaction, halfway)))
}

/// A factor was added: the codes, once; else the way on.
fn done(visit: &Visit, halfway: &Halfway, added: &Added, on: &str) -> Response {
    visit.drop_aside();
    visit.keep(&added.opened);
    if added.codes.is_empty() {
        return see_other(on);
    }
    let visit = addressing(visit, halfway);
    let page = RecoveryCodesPage::new(&visit.place, &added.codes, halfway.identifier().as_str(), on);
    Page::of(&page).into_response()
}

fn key_page(visit: &Visit, interaction: &Interaction, question: &str, (action, makes): (&str, bool)) -> Response {
    let back = format!("/connexion?i={}", interaction.id);
    let asked = Asked { action, question, makes, back: &back };
    Page::of(&PasskeyPage::new(&visit.place, step(visit, interaction), asked)).into_response()
}

fn step<'a>(visit: &'a Visit, interaction: &'a Interaction) -> FactorStep<'a> {
    FactorStep { base: BASE, form_token: visit.form_token.as_str(), interaction: Some(interaction.id.as_str()) }
}

fn addressing(visit: &Visit, halfway: &Halfway) -> Visit {
    visit.addressing(register_of(halfway.session().profile.or_else(|| halfway.profiles().first().copied())))
}

fn again(interaction: &Interaction) -> Response {
    see_other(&format!("/connexion?i={}", interaction.id))
}

/// Whoever owes something else, or nothing: the dispatcher knows.
fn back(id: Option<&InteractionId>) -> Response {
    see_other(&id.map_or_else(|| "/connexion".to_owned(), |id| format!("/connexion?i={id}")))
}

fn put_told(app: &App, visit: &Visit, interaction: &Interaction, refusal: &Refusal) -> Result<(), Fault> {
    let why = match refusal {
        Refusal::TooManyTries { again_at } => Why::Paused(*again_at),
        Refusal::Missing { .. } => Why::Missing,
        Refusal::PasskeyUnfit => Why::Key,
        _ => Why::Wrong,
    };
    visit.put_aside(app, interaction.id.as_str(), &why)
}

fn tell(app: &App, visit: &Visit, interaction: &Interaction, refusal: &Refusal) -> Answered {
    put_told(app, visit, interaction, refusal)?;
    Ok(see_other(&format!("/connexion?i={}&refus=1", interaction.id)))
}

/// Why the last try was refused, as far as it still holds.
fn told(app: &App, visit: &Visit, interaction: &Interaction) -> Option<Refusal> {
    Some(match visit.find_aside(app, interaction.id.as_str())? {
        Why::Wrong => Refusal::WrongCode,
        Why::Missing => Refusal::Missing { field: "code" },
        Why::Paused(again_at) if visit.now < again_at => Refusal::TooManyTries { again_at },
        Why::Paused(_) => return None,
        Why::Key => Refusal::PasskeyUnfit,
    })
}
