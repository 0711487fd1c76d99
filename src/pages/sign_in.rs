//! Identifier and password, and the dispatcher to which the browser comes back after every step.

use axum::{
    extract::{Query, State},
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use crate::{
    app::App,
    domain::{self, Identifier, Interaction, InteractionId, PasswordRefused, Profile, Refusal, Step},
    signin::{
        Passed, Resumed, Try, Visitor, door, either,
        password::{self, Posted},
        waiting::{self, Look},
    },
    store::interactions,
    web::{
        Answered, Guarded, Visit,
        page::{Chooser, ChooserPage, MessagePage, Page, Place, SignIn, SignInPage, Trouble, Way},
        see_other,
    },
};

use super::{
    bad_address, charter, consent, home::base, notification, refused, replace, second_factor, through, wait, who,
};

/// The longest identifier that an address fills in.
const MOST_BYTES: usize = 200;

/// What an address of the sign-in may carry.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Asked {
    /// The pending sign-in.
    pub i: Option<InteractionId>,
    /// The profile chosen at the door; empty: choose again.
    #[serde(rename = "profil")]
    profile: Option<String>,
    /// The identifier, where a letter's square led here (row ACT-23). It fills the field in and does nothing else.
    #[serde(rename = "identifiant")]
    identifier: Option<String>,
    /// Set where the page is shown anew.
    relance: Option<String>,
    /// Set where a try was refused: the page tells why.
    #[serde(rename = "refus")]
    refused: Option<String>,
}

/// The sign-in form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    i: Option<InteractionId>,
    identifier: String,
    password: String,
    remember: Option<String>,
}

/// What is owed next. A chosen profile is noted on the way.
pub(super) async fn show(State(app): State<App>, visit: Visit, Query(asked): Query<Asked>) -> Answered {
    let mut again = asked.relance.as_ref().map(|_| Refusal::FormExpired);
    let told = asked.refused.as_ref().and_then(|_| refused::find(&app, &visit, asked.i.as_ref()));
    if let Some(id) = &asked.i {
        if let (Some(chosen), Some(_)) = (&asked.profile, door::find(&app, &visit.visitor, id).await?) {
            interactions::choose_profile(&app.db, id, Profile::named(chosen)).await?;
        }
        match door::resume(&app, &visit.visitor, id).await? {
            Resumed::Answer(interaction, _) => return Ok(see_other(&interaction.asked.resume_path(&interaction.id))),
            Resumed::Owed(interaction, Step::AcceptCharter, Some(standing)) => {
                let visit = visit_of(&app, &visit, &interaction);
                let page = charter::step(&app, &visit, Some(&interaction), &standing, false).await?;
                return Ok(page.unwrap_or_else(|| see_other(&format!("/connexion?i={id}"))));
            }
            Resumed::Owed(interaction, Step::NotificationEmail, Some(standing)) => {
                let visit = visit_of(&app, &visit, &interaction);
                return Ok(notification::step(&visit, Some(&interaction), &standing));
            }
            Resumed::Owed(interaction, Step::CorrectAddress, Some(standing)) => {
                let visit = visit_of(&app, &visit, &interaction);
                return Ok(bad_address::step(&visit, Some(&interaction), &standing));
            }
            Resumed::Owed(interaction, step, standing) => {
                let visit = visit_of(&app, &visit, &interaction);
                let known = standing.map(|standing| standing.account.identifier.to_string());
                let hint = interaction.demands.login_hint.clone().or(known).unwrap_or_default();
                let shown = Shown { told, again, hint: &hint, profile: None };
                if let (Step::Authenticate, None, Some((upstream, profile))) =
                    (&step, &shown.told, through::routed(&visit, interaction.profile))
                {
                    return through::send(&app, &visit, Some(&interaction), upstream, profile).await;
                }
                return owed(&app, &visit, &interaction, &step, shown).await;
            }
            Resumed::Lost => again = Some(Refusal::FormExpired),
        }
    }
    let chosen = asked.profile.as_deref().and_then(Profile::named);
    if door::standing(&app, &visit.visitor).await?.is_some() {
        return Ok(see_other(&format!("{}/", base(&visit))));
    }
    if door::anybody(&app, &visit.visitor).await?.is_some_and(|standing| standing.owes_password) {
        return replace::show(&app, &visit, None).await;
    }
    // Whoever owes a second factor goes the way of every sign-in, to our own door.
    if door::halfway(&app, &visit.visitor).await?.is_some()
        && let Some(id) = own_door(&app, &visit).await?
    {
        return Ok(see_other(&format!("/connexion?i={id}")));
    }
    if visit.place.portal.chooser && chosen.is_none() && told.is_none() {
        return Ok(choose(&visit, None));
    }
    if let (None, Some((upstream, profile))) = (&told, through::routed(&visit, chosen)) {
        return through::send(&app, &visit, None, upstream, profile).await;
    }
    let hint = asked.identifier.as_deref().filter(|text| text.len() <= MOST_BYTES).unwrap_or_default();
    Ok(again_or(&app, &visit, None, Shown { told, again, hint, profile: chosen }))
}

/// A pending sign-in to our own door.
async fn own_door(app: &App, visit: &Visit) -> Result<Option<InteractionId>, domain::Fault> {
    let own = door::Request {
        relying_party: None,
        portal: visit.place.portal.clone(),
        asked: domain::Asked::Page(format!("{}/", base(visit))),
        demands: domain::Demands::default(),
    };
    door::begin(app, &visit.visitor, own).await
}

/// The page of an owed step.
async fn owed(app: &App, visit: &Visit, interaction: &Interaction, step: &Step, shown: Shown<'_>) -> Answered {
    match step {
        Step::SecondFactor => second_factor::show(app, visit, interaction).await,
        Step::EnrolSecondFactor => second_factor::show_enrol(app, visit, interaction).await,
        Step::ReplacePassword => replace::show(app, visit, Some(interaction)).await,
        Step::Consent => consent::show(app, visit, interaction),
        Step::NotWelcome => Ok(Page::of(&MessagePage::not_welcome(&visit.place)).into_response()),
        Step::ChooseProfile => Ok(choose(visit, Some(&interaction.id))),
        Step::Authenticate | Step::CorrectAddress | Step::AcceptCharter | Step::NotificationEmail | Step::Answer => {
            Ok(again_or(app, visit, Some(interaction), shown))
        }
    }
}

/// What a GET of the form knows.
struct Shown<'a> {
    told: Option<refused::Told>,
    again: Option<Refusal>,
    hint: &'a str,
    profile: Option<Profile>,
}

/// The form: as a refused try has left it, else with what is known already.
fn again_or(app: &App, visit: &Visit, interaction: Option<&Interaction>, shown: Shown<'_>) -> Response {
    let Shown { told, again, hint, profile } = shown;
    let refusal = told.as_ref().and_then(|told| told.refusal(visit.now)).or(again);
    let identifier = told.as_ref().map_or(hint, |told| told.identifier.as_str());
    let remembered = told.as_ref().is_some_and(|told| told.remembered);
    form(app, visit, interaction, Form { identifier, profile, refusal: refusal.as_ref(), remembered })
}

/// A try with a password.
pub(super) async fn post(
    State(app): State<App>,
    Query(asked): Query<Asked>,
    Guarded(visit, typed): Guarded<Typed>,
) -> Answered {
    let chosen = asked.profile.as_deref().and_then(Profile::named);
    let interaction = match &typed.i {
        Some(id) => door::find(&app, &visit.visitor, id).await?,
        None => None,
    };
    let visit = interaction.as_ref().map_or_else(|| visit.clone(), |interaction| visit_of(&app, &visit, interaction));
    let profile = interaction.as_ref().map_or(chosen, |interaction| interaction.profile);
    let remember = typed.remember.is_some() && visit.place.portal.remember;
    let shown = Form { identifier: &typed.identifier, profile, refusal: None, remembered: remember };
    if let Some(interaction) = interaction.as_ref().filter(|interaction| visit.now > interaction.expires_at) {
        interactions::renew(&app.db, &interaction.id, visit.now + app.config.policy.lifetimes.interaction).await?;
        let expired = Form { refusal: Some(&Refusal::FormExpired), ..shown };
        return refused::answer(&app, &visit, Some(interaction), expired);
    }
    if typed.i.is_some() && interaction.is_none() {
        return refused::answer(&app, &visit, None, Form { refusal: Some(&Refusal::FormExpired), ..shown });
    }
    let password = match read(&typed) {
        Ok(password) => password,
        Err(refusal) => {
            return refused::answer(&app, &visit, interaction.as_ref(), Form { refusal: Some(&refusal), ..shown });
        }
    };
    let identifier = Identifier::new(&typed.identifier);
    let asked = Try { identifier, password, profile, portal: visit.place.portal.name.clone(), remember };
    let refusal = match password::post(&app, &visit.visitor, asked).await? {
        Ok(Posted::Full) => return Ok(full(&visit, interaction.as_ref())),
        Ok(Posted::Pending(pending)) => {
            let interaction_id = interaction.as_ref().map(|interaction| &interaction.id);
            let ticket = waiting::ticket(&app, &visit.visitor, interaction_id);
            match waiting::patiently(&app, &visit.visitor, ticket, *pending).await? {
                Look::Done(Ok(passed)) => return open(&app, &visit, interaction.as_ref(), passed).await,
                Look::Done(Err(refusal)) => refusal,
                Look::Waits { place } => {
                    refused::keep(&app, &visit, interaction_id, shown)?;
                    return Ok(wait::page(&visit, interaction_id, place));
                }
            }
        }
        Err(refusal) => refusal,
    };
    refused::answer(&app, &visit, interaction.as_ref(), Form { refusal: Some(&refusal), ..shown })
}

/// What was typed, as far as it can be a password at all. Too long and unfit ones are wrong without a look at any account.
fn read(typed: &Typed) -> Result<domain::Typed, Refusal> {
    if typed.identifier.trim().is_empty() {
        return Err(Refusal::Missing { field: "identifier" });
    }
    domain::Typed::read(&typed.password).map_err(|refused| match refused {
        PasswordRefused::Empty => Refusal::Missing { field: "password" },
        PasswordRefused::TooLong | PasswordRefused::Unfit => Refusal::WrongCredentials,
    })
}

/// Opens the session and lets the dispatcher say what comes next; a letter's password leads to the activation, and the
/// pending sign-in keeps the identifier.
pub(super) async fn open(app: &App, visit: &Visit, interaction: Option<&Interaction>, passed: Passed) -> Answered {
    let id = interaction.map(|interaction| &interaction.id);
    visit.drop_aside();
    match passed {
        Passed::Own(proven) => {
            let opened = match proven.open(app, &visit.visitor).await? {
                Ok(opened) => opened,
                Err(refusal) => {
                    let again = Form { refusal: Some(&refusal), ..Form::default() };
                    return refused::answer(app, visit, interaction, again);
                }
            };
            visit.keep(&opened);
            Ok(see_other(&id.map_or_else(|| format!("{}/", base(visit)), |id| format!("/connexion?i={id}"))))
        }
        Passed::Either(proven) => {
            let question = either::keep(app, &visit.visitor, id, proven).await?;
            Ok(see_other(&format!("{}{}?w={question}", base(visit), who::PATH)))
        }
        Passed::Activation(begun) => {
            let portal = &visit.place.portal.name;
            let (proof, identifier) = begun.keep(app, &visit.visitor, portal, id).await?;
            if let Some(interaction) = interaction {
                let login_hint = Some(identifier.to_string());
                let demands = domain::Demands { login_hint, ..interaction.demands.clone() };
                interactions::set_demands(&app.db, &interaction.id, &demands).await?;
            }
            Ok(see_other(&format!("{}/activation?a={proof}", base(visit))))
        }
    }
}

/// What the form holds.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Form<'a> {
    pub identifier: &'a str,
    pub profile: Option<Profile>,
    pub refusal: Option<&'a Refusal>,
    pub remembered: bool,
}

fn form(app: &App, visit: &Visit, interaction: Option<&Interaction>, shown: Form<'_>) -> Response {
    let party =
        interaction.and_then(|it| it.relying_party_id.as_ref()).and_then(|id| app.services.load().find(id).cloned());
    let profile = interaction.map_or(shown.profile, |interaction| interaction.profile);
    let path = format!("{}/connexion", base(visit));
    let action = match (interaction, profile) {
        (None, Some(profile)) => format!("{path}?{}={}", Chooser::PARAMETER, profile.name()),
        _ => path,
    };
    // The page may answer a form, whose address has lost the pending sign-in: links to other languages must keep it.
    let here = interaction.map_or_else(|| action.clone(), |interaction| format!("{action}?i={}", interaction.id));
    let place = Place { here, ..visit.place.clone() };
    let ways = through::other_ways(app, visit, interaction.map(|interaction| &interaction.id), profile);
    let page = SignInPage::new(
        &place,
        &SignIn {
            action: &action,
            form_token: visit.form_token.as_str(),
            interaction: interaction.map(|interaction| interaction.id.as_str()),
            service: party.as_ref().map(|party| party.name.as_str()),
            identifier: shown.identifier,
            profile,
            refusal: shown.refusal,
            remembered: shown.remembered,
            passkey: app.passkeys.are_known().then_some(second_factor::KEY),
            ways: &ways,
        },
    );
    Page::of(&page).into_response()
}

fn choose(visit: &Visit, interaction: Option<&InteractionId>) -> Response {
    let path = format!("{}/connexion", base(visit));
    Page::of(&ChooserPage::new(&visit.place, &path, interaction.map(InteractionId::as_str))).into_response()
}

/// Nobody can be let into the queue: the only answer that is not a place in it.
fn full(visit: &Visit, interaction: Option<&Interaction>) -> Response {
    let to = interaction.map_or_else(|| format!("{}/connexion", base(visit)), |it| format!("/connexion?i={}", it.id));
    let ways = vec![Way::new(visit.place.speaker.say("sign-in-button"), to)];
    let page = Page::of(&MessagePage::error(&visit.place, Trouble::Busy, ways)).status(Trouble::Busy.status());
    ([(axum::http::header::RETRY_AFTER, "10")], page).into_response()
}

/// The visit at the portal of a pending sign-in, in the language that its service asked for.
pub(super) fn visit_of(app: &App, visit: &Visit, interaction: &Interaction) -> Visit {
    visit.at(&door::portal_of(app, interaction), &interaction.demands.ui_locales)
}

/// The pending sign-in of a page that only makes sense with one.
pub(super) async fn pending(
    app: &App,
    visitor: &Visitor,
    id: Option<&InteractionId>,
) -> Result<Option<Interaction>, crate::domain::Fault> {
    match id {
        Some(id) => door::find(app, visitor, id).await,
        None => Ok(None),
    }
}
