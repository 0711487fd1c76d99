//! A parent without a letter gets an account (rows REG-01 to REG-27): one page after the other, never a window (row REG-26).
//! What was typed is put aside sealed, never in an address.

use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};

use crate::{
    app::App,
    domain::{Email, Fault, InteractionId, Refusal, clip},
    journeys::{
        help,
        registration::{self, Asked as Looked, Finished, Finishing, Standing, Typed as Fields},
    },
    web::{
        Answered, Guarded, Visit,
        page::{
            Answering, AskPage, MessagePage, Page, Registration, RegistrationPage, RegistrationPassword,
            RegistrationPasswordPage, Way, WhoIs, question_words,
        },
        see_other,
    },
};

use super::{
    activation::{Id, caller, sign_in, token},
    recovery::{self, Place, place},
    refused::queue_full,
    why::{Told as Refused, Why},
};

/// What its address may carry.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// The pending sign-in.
    i: Option<InteractionId>,
    /// Set where a form led here: the page goes on with what it left.
    #[serde(rename = "suite")]
    told: Option<String>,
}

/// The forms of the first two pages; the second one brings the address along.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    i: Option<InteractionId>,
    email: String,
    #[serde(flatten)]
    fields: Fields,
    civic_number: Option<String>,
}

/// Where somebody stands.
#[derive(Debug, Deserialize, Serialize)]
enum Told {
    /// The address was refused.
    Address(String, Vec<(String, Why)>),
    /// The address is taken; perhaps the second page was refused.
    Who(String, Box<Fields>, Vec<(String, Why)>),
    /// A mail is on its way.
    Sent,
}

const PATH: &str = "/creer-mon-compte";
/// The ages of pupils, in years: the oldest and the youngest.
const AGES: (i16, i16) = (22, 2);

/// What was typed last, for the form that asks the school for help.
pub(super) fn typed(app: &App, visit: &Visit) -> Option<(String, Fields)> {
    match visit.find_aside(app, PATH)? {
        Told::Address(email, _) => Some((email, Fields::default())),
        Told::Who(email, fields, _) => Some((email, *fields)),
        Told::Sent => None,
    }
}

/// The page on which somebody stands.
pub(super) async fn show(State(app): State<App>, visit: Visit, Query(asked): Query<Asked>) -> Answered {
    let place = place(&app, &visit, (asked.i.as_ref(), None)).await?;
    let visit = &place.visit;
    let Some(rules) = visit.place.portal.registration else { return Ok(see_other(&place.sign_in())) };
    let told: Option<Told> = asked.told.as_ref().and_then(|_| visit.find_aside(&app, PATH));
    let (email, fields, wrong) = match told {
        Some(Told::Sent) => {
            let mut ways = ways(&place);
            ways.reverse();
            let page = MessagePage::registration_sent(&visit.place, ways);
            return Ok(Page::of(&page).into_response());
        }
        Some(Told::Who(email, fields, wrong)) => (email, fields, wrong),
        Some(Told::Address(email, wrong)) => return Ok(address(&place, &email, wrong)),
        None => return Ok(address(&place, "", Vec::new())),
    };
    let (wrong, ways) = (wrongs(wrong), ways(&place));
    let schools = help::list_schools(&app).await?;
    let year = visit.now.utc_date().year();
    let is = WhoIs {
        email: &email,
        typed: &fields.by_name(),
        schools: &schools,
        years: (year - AGES.0, year - AGES.1),
        any_child: rules.any_child,
    };
    let page = RegistrationPage::who(&visit.place, &is, &shown(&place, &place.at(PATH), &wrong, &ways));
    Ok(Page::of(&page).into_response())
}

fn address(place: &Place, typed: &str, wrong: Vec<(String, Why)>) -> Response {
    let (wrong, ways) = (wrongs(wrong), ways(place));
    let page = RegistrationPage::address(&place.visit.place, typed, &shown(place, &place.at(PATH), &wrong, &ways));
    Page::of(&page).into_response()
}

fn shown<'a>(
    place: &'a Place,
    action: &'a str,
    wrong: &'a [(&'static str, Refusal)],
    ways: &'a [Way],
) -> Registration<'a> {
    Registration {
        action,
        form_token: place.visit.form_token.as_str(),
        interaction: place.interaction_id.as_ref().map(InteractionId::as_str),
        wrong,
        ways,
    }
}

/// The names of fields, as a page knows them.
const NAMES: [&str; 9] =
    ["", "email", "family_name", "given_name", "birth_day", "birth_month", "birth_year", "school", "civic_number"];

fn wrongs(wrong: Vec<(String, Why)>) -> Vec<(&'static str, Refusal)> {
    let known = |name: &str| NAMES.into_iter().find(|known| *known == name).unwrap_or_default();
    let field = |(name, why): (String, Why)| {
        let name = known(&name);
        let refusal =
            if matches!(why, Why::NoEmail) && name != "email" { Refusal::Missing { field: name } } else { why.into() };
        (name, refusal)
    };
    wrong.into_iter().map(field).collect()
}

/// To the school, at every step, and back.
fn ways(place: &Place) -> Vec<Way> {
    let speaker = place.visit.place.speaker;
    let contact = place.visit.place.portal.contact.has_form;
    let school =
        contact.then(|| Way::new(speaker.say("help-contact"), place.at("/contacter-l-ecole?depuis=registration")));
    school.into_iter().chain([Way::new(speaker.say("way-back-sign-in"), place.sign_in())]).collect()
}

/// An address, or who one is.
pub(super) async fn post(State(app): State<App>, Guarded(visit, typed): Guarded<Typed>) -> Answered {
    let place = place(&app, &visit, (typed.i.as_ref(), None)).await?;
    if place.visit.place.portal.registration.is_none() {
        return Ok(see_other(&place.sign_in()));
    }
    let from = from(&place);
    let (email, fields) = (clip(&typed.email), cut_fields(&typed));
    let parsed = Email::parse(&email);
    let told = match (&typed.civic_number, parsed) {
        (Some(_), Some(address)) => match registration::ask(&app, from, &address, &fields).await? {
            Looked::Sent => Told::Sent,
            Looked::Refused(wrong) => Told::Who(email, Box::new(fields), whys(wrong)),
            Looked::Not(refusal) => Told::Who(email, Box::new(fields), whys(vec![("", refusal)])),
        },
        _ => match registration::check_address(&app, from, &email).await? {
            Ok(address) => Told::Who(address.to_string(), Box::default(), Vec::new()),
            Err(refusal @ Refusal::TooManyTries { .. }) => Told::Address(email, whys(vec![("", refusal)])),
            Err(refusal) => Told::Address(email, whys(vec![("email", refusal)])),
        },
    };
    place.visit.put_aside(&app, PATH, &told)?;
    Ok(see_other(&place.with_also(PATH, "suite=1")))
}

fn from(place: &Place) -> registration::From<'_> {
    registration::From {
        caller: caller(&place.visit),
        portal: &place.visit.place.portal,
        language: place.visit.locale().tag(),
        interaction_id: place.interaction_id.as_ref(),
    }
}

fn cut_fields(typed: &Typed) -> Fields {
    let Fields { family_name, given_name, birth_day, birth_month, birth_year, school, .. } = &typed.fields;
    Fields {
        family_name: clip(family_name),
        given_name: clip(given_name),
        birth_day: clip(birth_day),
        birth_month: clip(birth_month),
        birth_year: clip(birth_year),
        school: clip(school),
        civic_number: clip(typed.civic_number.as_deref().unwrap_or_default()),
    }
}

fn whys(wrong: Vec<(&'static str, Refusal)>) -> Vec<(String, Why)> {
    wrong.into_iter().filter_map(|(name, refusal)| Some((name.to_owned(), Why::of(refusal)?))).collect()
}

/// What the link's address may carry.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct AtLink {
    /// Set where something was refused: the page tells what.
    #[serde(rename = "refus")]
    refused: Option<String>,
    /// Set where a fresh link was just asked for.
    #[serde(rename = "envoi")]
    sent: Option<String>,
}

/// What a refused third page leaves: never a password, never an answer.
#[derive(Debug, Default, Deserialize, Serialize)]
struct Left {
    why: Refused,
    question: String,
}

/// The link in the mail: looking changes nothing.
pub(super) async fn link(
    State(app): State<App>,
    visit: Visit,
    Path(path): Path<Vec<(String, String)>>,
    Query(at): Query<AtLink>,
) -> Answered {
    let token = token(&path);
    let here = at_link(&visit, &token);
    let page = match registration::look(&app, &token, visit.now).await? {
        Standing::Ready(_, link, rules, asks) => {
            let left: Left =
                at.refused.as_ref().and_then(|_| visit.find_aside(&app, token.digest().as_str())).unwrap_or_default();
            let refusals = left.why.refusals();
            let shown = RegistrationPassword {
                action: &here,
                form_token: visit.form_token.as_str(),
                email: &link.email,
                rules: &rules,
                question: asks.then_some(left.question.as_str()),
                refusals: &refusals,
            };
            Page::of(&RegistrationPasswordPage::new(&visit.place, &shown))
        }
        Standing::Done(_, link) => {
            let to = sign_in(&app, &visit, link.interaction_id.as_ref()).await?;
            Page::of(&MessagePage::registration_done(&visit.place, &to))
        }
        Standing::Over(..) if at.sent.is_some() => {
            let way = Way::new(visit.place.speaker.say("way-back-sign-in"), format!("{}/connexion", base(&visit)));
            Page::of(&MessagePage::registration_sent(&visit.place, vec![way]))
        }
        Standing::Over(..) => {
            let to = Answering { action: &here, form_token: visit.form_token.as_str(), proof: None };
            Page::of(&AskPage::registration_over(&visit.place, to))
        }
        Standing::Unknown => {
            let again = format!("{}{PATH}", base(&visit));
            Page::of(&MessagePage::registration_unknown(&visit.place, &again)).status(axum::http::StatusCode::NOT_FOUND)
        }
    };
    Ok(page.into_response())
}

/// The forms of the link's page: a password, or the wish for a fresh link.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Passwords {
    new_password: String,
    confirmation: String,
    question: String,
    answer: String,
}

/// The button of the link's page.
pub(super) async fn press(
    State(app): State<App>,
    Path(path): Path<Vec<(String, String)>>,
    Guarded(visit, form): Guarded<Passwords>,
) -> Answered {
    let token = token(&path);
    let here = at_link(&visit, &token);
    if let Standing::Over(..) = registration::look(&app, &token, visit.now).await? {
        let from = registration::From {
            caller: caller(&visit),
            portal: &visit.place.portal,
            language: visit.locale().tag(),
            interaction_id: None,
        };
        registration::ask_again(&app, from, &token).await?;
        return Ok(see_other(&format!("{here}?envoi=1")));
    }
    let words = question_words(&visit.place, &form.question);
    let typed = Finishing {
        password: &form.new_password,
        confirmation: &form.confirmation,
        question: &form.question,
        words: &words,
        answer: &form.answer,
    };
    Ok(match registration::finish(&app, &visit.visitor, &token, typed).await? {
        Finished::Went => see_other(&here),
        Finished::Done(_, link) => {
            recovery::fill_in(&app, &visit, link.interaction_id.as_ref(), link.email.as_str()).await?;
            visit.drop_aside();
            see_other(&here)
        }
        Finished::Refused(refusals) => refused(&app, &visit, (&token, &here), &form.question, refusals)?,
        Finished::Busy => queue_full(&visit, "way-try-again", &here),
    })
}

fn refused(
    app: &App,
    visit: &Visit,
    (token, here): (&crate::domain::Secret, &str),
    question: &str,
    refusals: Vec<Refusal>,
) -> Result<Response, Fault> {
    let question = clip(question);
    visit.put_aside(app, token.digest().as_str(), &Left { why: Refused::of(refusals), question })?;
    Ok(see_other(&format!("{here}?refus=1")))
}

fn base(visit: &Visit) -> String {
    super::home::base(visit)
}

fn at_link(visit: &Visit, token: &crate::domain::Secret) -> String {
    format!("{}{PATH}/lien/{}", base(visit), Id(token.reveal()))
}
