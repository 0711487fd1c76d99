//! The help form to the school and the questions that families ask: without an account, from every page.
//!
//! A refused form is answered at once, with all that was typed: too much for a cookie, and nothing that a server should
//! keep of somebody unknown.

use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};

use crate::{
    app::App,
    domain::{Email, Establishment, Fault, Instant, Markdown, Profile},
    journeys::{
        Caller,
        help::{self, Asked, LONGEST, OTHER_LEVEL, Typed, Wrong},
    },
    web::{
        self, Answered, Guarded, Visit,
        page::{HelpForm, HelpFormPage, MessagePage, OwnText, Page, ReadingPage, Way, register_of, telephone},
        see_other,
    },
    words::Locale,
};

use super::{home::base, question, recovery, recovery_steps, registration};

/// What its address may carry: the page from which it was opened.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct From {
    depuis: String,
}

/// What a sent form leaves for the page that says so.
#[derive(Debug, Deserialize, Serialize)]
struct Told {
    reference: String,
    school: String,
}

const ABOUT: &str = "help";

/// The empty form.
pub(super) async fn show(State(app): State<App>, visit: Visit, Query(from): Query<From>) -> Answered {
    if !visit.place.portal.contact.has_form {
        return web::not_found(visit).await;
    }
    let known = if from.depuis.is_empty() { Typed::default() } else { carried(&app, &visit) };
    let typed = Typed { page: from.depuis, ..known };
    Ok(form(&app, &visit, &typed, &[], None).await?.into_response())
}

/// What somebody typed already in the journey that led here, never a password (row HLP-10).
fn carried(app: &App, visit: &Visit) -> Typed {
    if let Some((email, who)) = registration::typed(app, visit) {
        return Typed {
            email,
            family_name: who.family_name,
            given_name: who.given_name,
            school: who.school,
            ..Typed::default()
        };
    }
    let typed = recovery::typed(app, visit)
        .or_else(|| question::typed(app, visit))
        .or_else(|| recovery_steps::typed(app, visit));
    // An identifier is not asked for here.
    Typed { email: typed.filter(|typed| Email::parse(typed).is_some()).unwrap_or_default(), ..Typed::default() }
}

/// The form as it was filled in.
pub(super) async fn post(State(app): State<App>, Guarded(visit, typed): Guarded<Typed>) -> Answered {
    let portal = visit.place.portal.clone();
    if !portal.contact.has_form {
        return web::not_found(visit).await;
    }
    let visitor = &visit.visitor;
    let caller = Caller { actor: &visitor.actor, browser: &visitor.browser, network: &visitor.network };
    let home = format!("{}/connexion", base(&visit));
    match help::ask(&app, caller, (&portal, visit.locale().tag()), &typed).await? {
        Asked::Sent { reference, school } => {
            visit.put_aside(&app, ABOUT, &Told { reference, school })?;
            Ok(see_other(&format!("{}/contacter-l-ecole/envoi", base(&visit))))
        }
        Asked::Nobody { school, phone } => {
            let label = |phone: &String| visit.place.speaker.say_with("help-call", &[("phone", phone.clone())]);
            let call = phone.as_ref().map(|phone| Way::new(label(phone), telephone(phone)));
            Ok(Page::of(&MessagePage::help_nobody(&visit.place, &school, call, &home)).into_response())
        }
        Asked::Refused(wrong) => {
            let page = form(&app, &visit, &typed, &wrong, None).await?;
            Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
        Asked::TooOften { again_at } => {
            let page = form(&app, &visit, &typed, &[], Some(again_at)).await?;
            Ok(page.status(StatusCode::TOO_MANY_REQUESTS).into_response())
        }
    }
}

/// It was sent.
pub(super) async fn sent(State(app): State<App>, visit: Visit) -> Answered {
    let Some(told) = visit.find_aside::<Told>(&app, ABOUT) else {
        return Ok(see_other(&format!("{}/contacter-l-ecole", base(&visit))));
    };
    let home = format!("{}/connexion", base(&visit));
    Ok(Page::of(&MessagePage::help_sent(&visit.place, &told.reference, &told.school, &home)).into_response())
}

/// Questions and answers: the portal's own where it brings them, in French where it has no English.
pub(super) async fn faq(visit: Visit) -> Response {
    let place = &visit.place;
    let contact = &place.portal.contact;
    let text = own_text(place.speaker.locale, contact.faq_fr.as_deref(), contact.faq_en.as_deref());
    let write = contact
        .has_form
        .then(|| Way::new(place.speaker.say("help-contact"), format!("{}/contacter-l-ecole?depuis=faq", base(&visit))));
    let back = Way::new(place.speaker.say("way-back-sign-in"), format!("{}/connexion", base(&visit)));
    Page::of(&ReadingPage::faq(place, text, write.into_iter().chain([back]).collect())).into_response()
}

/// A portal's own text for a language; the French one where it has no English.
fn own_text<'a>(locale: Locale, fr: Option<&'a Markdown>, en: Option<&'a Markdown>) -> OwnText<'a> {
    match (locale, fr, en) {
        (Locale::En, _, Some(text)) | (Locale::Fr, Some(text), _) => Some((text, None)),
        (Locale::En, Some(text), None) => Some((text, Some("fr"))),
        _ => None,
    }
}

/// What a reader of the privacy notice says of themselves.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Reader {
    /// Set where a pupil reads.
    #[serde(rename = "eleve")]
    is_pupil: Option<u8>,
}

/// What becomes of people's data, for adults or for pupils (row XCT-13).
pub(super) async fn privacy(visit: Visit, Query(reader): Query<Reader>) -> Response {
    let is_pupil = reader.is_pupil.is_some() || visit.place.portal.is_for_pupils();
    let visit = visit.addressing(register_of(is_pupil.then_some(Profile::Pupil)));
    let (place, path) = (&visit.place, format!("{}/donnees-personnelles", base(&visit)));
    let notice = &place.portal.privacy;
    let text = own_text(place.speaker.locale, notice.text_fr.as_deref(), notice.text_en.as_deref());
    let other = match (is_pupil, place.portal.is_for_pupils()) {
        (_, true) => None,
        (true, false) => Some(Way::new(place.speaker.say("privacy-for-adults"), path)),
        (false, false) => Some(Way::new(place.speaker.say("privacy-for-pupils"), format!("{path}?eleve=1"))),
    };
    let back = Way::new(place.speaker.say("way-back-sign-in"), format!("{}/connexion", base(&visit)));
    Page::of(&ReadingPage::privacy(place, text, other.into_iter().chain([back]).collect())).into_response()
}

async fn form(
    app: &App,
    visit: &Visit,
    typed: &Typed,
    wrong: &[Wrong],
    again_at: Option<Instant>,
) -> Result<Page, Fault> {
    let schools: Vec<Establishment> = help::list_schools(app).await?;
    let page = HelpFormPage::new(
        &visit.place,
        &HelpForm {
            action: &format!("{}/contacter-l-ecole", base(visit)),
            form_token: visit.form_token.as_str(),
            from: &typed.page,
            schools: &schools,
            other_level: OTHER_LEVEL,
            longest: LONGEST,
            typed: &[
                ("family_name", &typed.family_name),
                ("given_name", &typed.given_name),
                ("email", &typed.email),
                ("phone", &typed.phone),
                ("child_family_name", &typed.child_family_name),
                ("child_given_name", &typed.child_given_name),
                ("level", &typed.level),
                ("school", &typed.school),
                ("problem", &typed.problem),
                ("website", &typed.website),
            ],
            wrong,
            again_at,
            faq: &format!("{}/aide", base(visit)),
        },
    );
    Ok(Page::of(&page))
}
