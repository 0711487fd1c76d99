//! "Sécurité" of one's own account: sessions, second factors, what happened. Whatever is changed wants a proof of the last
//! five minutes; else whoever is there signs in once more and comes back.

use axum::{
    extract::{Query, State},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};

use crate::{
    app::App,
    domain::{Asked, Demands, Fault, Refusal},
    journeys::{
        second_factor::{self as journey, Added, Unwanted},
        security,
    },
    policy::SecondFactorRule,
    signin::door,
    store::{passkeys, recovery_codes, sessions::Halfway, sessions::Standing, totp},
    web::{
        Answered, Guarded, Visit,
        page::{
            AccountTab, ApplicationPage, Asked as Question, FactorStep, Page, PasskeyPage, RecoveryCodesPage, Security,
            SecurityPage,
        },
        see_other,
    },
};

use super::{account, home::base};

/// What follows the portal's own prefix.
const PATH: &str = "/compte/securite";
/// What a form leaves for the page is about this.
const ABOUT: &str = "security";

/// What an address may carry.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct At {
    page: u32,
    #[serde(rename = "suite")]
    told: Option<String>,
}

/// The forms.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    sid: String,
    name: String,
    code: String,
    answer: String,
    id: String,
}

/// What a form leaves for the page.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
enum Told {
    Ended,
    Added,
    Removed,
    Needed,
    Passkey,
    Code,
    NoCode,
}

/// Who is inside.
struct Inside {
    account: account::Inside,
    visit: Visit,
    standing: Standing,
    halfway: Halfway,
    rule: SecondFactorRule,
}

/// The page.
pub(super) async fn show(State(app): State<App>, visit: Visit, Query(at): Query<At>) -> Answered {
    let inside = match enter(&app, &visit).await? {
        Ok(inside) => inside,
        Err(response) => return Ok(response),
    };
    let Inside { account, visit, standing, rule, .. } = &inside;
    let shell = account.shell(&app, AccountTab::Security).await?;
    let id = &standing.account.id;
    let sessions = security::sessions(&app, &visit.visitor, standing).await?;
    let (history, has_more) = security::history(&app, &visit.visitor, standing, at.page).await?;
    let application = totp::find(&app.db, id).await?.filter(|row| row.confirmed_at.is_some());
    let keys = passkeys::list(&app.db, id).await?;
    let codes_left = recovery_codes::count(&app.db, id).await?;
    let told: Option<Told> = at.told.as_ref().and_then(|_| visit.find_aside(&app, ABOUT));
    let path = path(visit);
    let page = SecurityPage::new(
        &visit.place,
        shell,
        &Security {
            base: &path,
            form_token: visit.form_token.as_str(),
            sessions: &sessions,
            own: &standing.session.sid,
            application: application.map(|row| (row.confirmed_at.unwrap_or(row.made_at), row.used_at)),
            keys: &keys,
            codes_left,
            offers: *rule != SecondFactorRule::Off,
            takes_keys: app.passkeys.are_known(),
            history: &history,
            page: at.page,
            has_more,
            done: told.and_then(Told::done),
            refusal: told.and_then(Told::refusal).as_ref(),
        },
    );
    Ok(Page::of(&page).into_response())
}

/// Ends one session.
pub(super) async fn end_session(State(app): State<App>, Guarded(visit, typed): Guarded<Typed>) -> Answered {
    let inside = match enter(&app, &visit).await? {
        Ok(inside) => inside,
        Err(response) => return Ok(response),
    };
    security::end_session(&app, &inside.visit.visitor, &inside.standing, &typed.sid).await?;
    tell(&app, &inside.visit, Told::Ended)
}

/// Ends every other session.
pub(super) async fn end_others(State(app): State<App>, Guarded(visit, _): Guarded<Typed>) -> Answered {
    let inside = match enter(&app, &visit).await? {
        Ok(inside) => inside,
        Err(response) => return Ok(response),
    };
    security::end_other_sessions(&app, &inside.visit.visitor, &inside.standing).await?;
    tell(&app, &inside.visit, Told::Ended)
}

/// An application is to be added.
pub(super) async fn add_application(State(app): State<App>, Guarded(visit, _): Guarded<Typed>) -> Answered {
    let inside = match enter_to_change(&app, &visit, true).await? {
        Ok(inside) => inside,
        Err(response) => return Ok(response),
    };
    let is_offered = journey::offer_application(&app, &inside.halfway, inside.visit.now).await?;
    let path = path(&inside.visit);
    Ok(see_other(&if is_offered { format!("{path}/application") } else { path }))
}

/// The seed of the application that is being added.
pub(super) async fn show_application(State(app): State<App>, visit: Visit, Query(at): Query<At>) -> Answered {
    let inside = match enter_to_change(&app, &visit, true).await? {
        Ok(inside) => inside,
        Err(response) => return Ok(response),
    };
    let Inside { visit, halfway, .. } = &inside;
    let path = path(visit);
    let issuer = &visit.place.portal.look.title;
    let Some(offered) = journey::offered_application(&app, halfway, issuer).await? else { return Ok(see_other(&path)) };
    let told: Option<Told> = at.told.as_ref().and_then(|_| visit.find_aside(&app, ABOUT));
    let refusal = told.and_then(Told::refusal);
    let seed = (offered.seed.as_str(), offered.address.as_str());
    let page = ApplicationPage::new(&visit.place, step(visit, &path), seed, (&path, refusal.as_ref()));
    Ok(Page::of(&page).into_response())
}

/// Its first code.
pub(super) async fn confirm_application(State(app): State<App>, Guarded(visit, typed): Guarded<Typed>) -> Answered {
    let inside = match enter_to_change(&app, &visit, true).await? {
        Ok(inside) => inside,
        Err(response) => return Ok(response),
    };
    match journey::confirm_application(&app, &inside.visit.visitor, &inside.halfway, &typed.code).await? {
        Ok(added) => done(&app, &inside, &added),
        Err(Refusal::FormExpired) => Ok(see_other(&path(&inside.visit))),
        Err(refusal) => {
            let told = if refusal == Refusal::WrongCode { Told::Code } else { Told::NoCode };
            inside.visit.put_aside(&app, ABOUT, &told)?;
            Ok(see_other(&format!("{}/application?suite=1", path(&inside.visit))))
        }
    }
}

/// A key is to be made.
pub(super) async fn ask_new_key(State(app): State<App>, Guarded(visit, typed): Guarded<Typed>) -> Answered {
    let inside = match enter_to_change(&app, &visit, true).await? {
        Ok(inside) => inside,
        Err(response) => return Ok(response),
    };
    let path = path(&inside.visit);
    if !app.passkeys.are_known() {
        return Ok(see_other(&path));
    }
    let question = journey::ask_new_key(&app, &inside.visit.visitor, &inside.halfway, &typed.name).await?.to_string();
    let action = format!("{path}/nouvelle-cle/reponse");
    let asked = Question { action: &action, question: &question, makes: true, back: &path };
    Ok(Page::of(&PasskeyPage::new(&inside.visit.place, step(&inside.visit, &path), asked)).into_response())
}

/// The key that was made.
pub(super) async fn add_key(State(app): State<App>, Guarded(visit, typed): Guarded<Typed>) -> Answered {
    let inside = match enter_to_change(&app, &visit, true).await? {
        Ok(inside) => inside,
        Err(response) => return Ok(response),
    };
    match journey::add_key(&app, &inside.visit.visitor, &inside.halfway, &typed.answer).await? {
        Ok(added) => done(&app, &inside, &added),
        Err(_) => tell(&app, &inside.visit, Told::Passkey),
    }
}

/// A factor is to go: the key of that id, else the application. The last one stays where the portal requires one.
pub(super) async fn remove(State(app): State<App>, Guarded(visit, typed): Guarded<Typed>) -> Answered {
    let inside = match enter_to_change(&app, &visit, false).await? {
        Ok(inside) => inside,
        Err(response) => return Ok(response),
    };
    let unwanted = if typed.id.is_empty() { Unwanted::Application } else { Unwanted::Key(&typed.id) };
    let may_be_last = inside.rule != SecondFactorRule::Required;
    let told = match journey::remove(&app, &inside.visit.visitor, &inside.halfway, (unwanted, may_be_last)).await? {
        Ok(_) => Told::Removed,
        Err(_) => Told::Needed,
    };
    tell(&app, &inside.visit, told)
}

/// New recovery codes.
pub(super) async fn make_codes(State(app): State<App>, Guarded(visit, _): Guarded<Typed>) -> Answered {
    let inside = match enter_to_change(&app, &visit, false).await? {
        Ok(inside) => inside,
        Err(response) => return Ok(response),
    };
    if !inside.halfway.enrolled().any() {
        return Ok(see_other(&path(&inside.visit)));
    }
    let codes = journey::make_codes(&app, &inside.visit.visitor, &inside.halfway).await?;
    Ok(codes_page(&inside, &codes))
}

/// Lets in who is signed in and owes nothing; everybody else goes through the ordinary sign-in and comes back.
async fn enter(app: &App, visit: &Visit) -> Result<Result<Inside, Response>, Fault> {
    let inside = match account::enter(app, visit, AccountTab::Security, &account::At::default()).await? {
        Ok(inside) => inside,
        Err(response) => return Ok(Err(response)),
    };
    let standing = door::standing(app, &visit.visitor).await?;
    let (Some(standing), Some(halfway)) = (standing, door::halfway(app, &visit.visitor).await?) else {
        return Ok(Err(through_the_door(app, visit, Demands::default()).await?));
    };
    let visit = inside.visit.clone();
    let rule = visit.place.portal.second_factors.rule(&standing.profiles, standing.is_administrator);
    Ok(Ok(Inside { account: inside, visit, standing, halfway, rule }))
}

/// The same for a change: the proof must be fresh. Where a factor is to be added, the portal must offer it.
async fn enter_to_change(app: &App, visit: &Visit, adds: bool) -> Result<Result<Inside, Response>, Fault> {
    let inside = match enter(app, visit).await? {
        Ok(inside) => inside,
        Err(response) => return Ok(Err(response)),
    };
    if adds && inside.rule == SecondFactorRule::Off {
        return Ok(Err(see_other(&path(&inside.visit))));
    }
    if journey::is_fresh(&inside.halfway, visit.now) {
        return Ok(Ok(inside));
    }
    let demands = Demands {
        authenticate_after: Some(visit.now),
        login_hint: Some(inside.standing.account.identifier.to_string()),
        ..Demands::default()
    };
    Ok(Err(through_the_door(app, visit, demands).await?))
}

/// A pending sign-in that leads to this page.
async fn through_the_door(app: &App, visit: &Visit, demands: Demands) -> Result<Response, Fault> {
    let own = door::Request {
        relying_party: None,
        portal: visit.place.portal.clone(),
        asked: Asked::Page(path(visit)),
        demands,
    };
    let id = door::begin(app, &visit.visitor, own).await?;
    Ok(see_other(&id.map_or_else(|| "/connexion".to_owned(), |id| format!("/connexion?i={id}"))))
}

fn done(app: &App, inside: &Inside, added: &Added) -> Answered {
    inside.visit.keep(&added.opened);
    if added.codes.is_empty() { tell(app, &inside.visit, Told::Added) } else { Ok(codes_page(inside, &added.codes)) }
}

fn codes_page(inside: &Inside, codes: &[String]) -> Response {
    let (identifier, on) = (inside.halfway.identifier().as_str(), path(&inside.visit));
    Page::of(&RecoveryCodesPage::new(&inside.visit.place, codes, identifier, &on)).into_response()
}

fn path(visit: &Visit) -> String {
    format!("{}{PATH}", base(visit))
}

fn step<'a>(visit: &'a Visit, base: &'a str) -> FactorStep<'a> {
    FactorStep { base, form_token: visit.form_token.as_str(), interaction: None }
}

fn tell(app: &App, visit: &Visit, told: Told) -> Answered {
    visit.put_aside(app, ABOUT, &told)?;
    Ok(see_other(&format!("{}?suite=1", path(visit))))
}

impl Told {
    /// The key of what was done.
    const fn done(self) -> Option<&'static str> {
        match self {
            Self::Ended => Some("security-ended"),
            Self::Added => Some("security-added"),
            Self::Removed => Some("security-removed"),
            Self::Needed | Self::Passkey | Self::Code | Self::NoCode => None,
        }
    }

    const fn refusal(self) -> Option<Refusal> {
        match self {
            Self::Needed => Some(Refusal::LastFactor),
            Self::Passkey => Some(Refusal::PasskeyUnfit),
            Self::Code => Some(Refusal::WrongCode),
            Self::NoCode => Some(Refusal::Missing { field: "code" }),
            Self::Ended | Self::Added | Self::Removed => None,
        }
    }
}
