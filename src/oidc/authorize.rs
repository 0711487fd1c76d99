//! `/oidc/authorize`: a client asks for a code (RFC 6749 §4.1.1, OpenID Connect Core §3.1.2).

use std::time::Duration;

use axum::{
    extract::{RawForm, RawQuery, State, rejection::RawFormRejection},
    response::{IntoResponse, Response},
};

use crate::{
    app::App,
    domain::{Asked, Demands, Fault, Instant, Secret, Session, Step},
    signin::{self, door},
    store::{sessions::Standing, subjects},
    web::{
        Answered, Params, Visit, busy,
        page::{MessagePage, Page, Trouble},
        see_other,
    },
};

use super::{
    code,
    error::{Code, Error},
    posted,
    request::{self, AuthorizationRequest, KNOWN, MOST, Refused},
};

pub(super) const PATH: &str = "/oidc/authorize";

/// A request by GET.
pub(super) async fn show(State(app): State<App>, visit: Visit, RawQuery(query): RawQuery) -> Answered {
    answer(&app, &visit, &Params::of(query.unwrap_or_default().as_bytes())).await
}

/// A request by POST. Its cookies stayed at home if another site's page posted it: nothing is read or set here. What
/// could be answered is kept, the rest says by GET what is wrong with it.
pub(super) async fn post(
    State(app): State<App>,
    RawQuery(query): RawQuery,
    form: Result<RawForm, RawFormRejection>,
) -> Answered {
    let now = app.clock.now();
    let form = form.map(|RawForm(form)| Params::of(&form)).unwrap_or_default();
    let raw = Params::of(query.unwrap_or_default().as_bytes()).and(form);
    let has_address = !matches!(request::read(&app, now, &raw), Err(Refused::Shown(_)));
    let query = raw.only(&KNOWN);
    if has_address && query.len() <= MOST {
        return Ok(see_other(&posted::keep(&app, now, &query).await?));
    }
    let query = raw.only(&["client_id", "redirect_uri"]);
    Ok(see_other(&format!("{PATH}?{}", if query.len() <= MOST { &query } else { "" })))
}

/// A request that was posted, now with the browser's cookies.
pub(super) async fn posted(State(app): State<App>, visit: Visit, RawQuery(query): RawQuery) -> Answered {
    let query = Params::of(query.unwrap_or_default().as_bytes());
    let kept = match query.once("r").ok().flatten() {
        Some(name) => posted::find(&app, visit.now, &Secret::new(name)).await?,
        None => None,
    };
    let Some(raw) = kept else {
        let page = MessagePage::error(&visit.place, Trouble::InteractionGone, Vec::new());
        return Ok(Page::of(&page).status(Trouble::InteractionGone.status()).into_response());
    };
    answer(&app, &visit, &raw).await
}

/// A code where nothing is owed; else the sign-in, unless nobody may be asked.
async fn answer(app: &App, visit: &Visit, raw: &Params) -> Answered {
    let request = match request::read(app, visit.now, raw) {
        Ok(request) => request,
        Err(refused) => return Ok(refused.answer(app, visit)),
    };
    let portal = request::portal(app, &request.party);
    let visit = &visit.at(&portal, &request.ui_locales);
    let mut pending = signin::Request {
        relying_party: Some(request.party.clone()),
        portal,
        asked: Asked::Oidc(raw.only(&KNOWN).into()),
        demands: request.demands(visit.now),
    };
    let (step, standing) = door::look(app, &visit.visitor, &pending).await?;
    let is_named = match &standing {
        Some(standing) => request.names(app, standing).await?,
        None => true,
    };
    if let (Step::Answer, Some(standing), true) = (&step, &standing, is_named) {
        return request.grant(app, visit, &standing.session).await;
    }
    if request.prompt.none {
        return Ok(request.refuse(app, visit, &unasked(&step)));
    }
    if !is_named {
        pending.demands.authenticate_after = Some(just_after(visit.now));
    }
    Ok(match door::begin(app, &visit.visitor, pending).await? {
        Some(id) => see_other(&format!("/connexion?i={id}")),
        None => busy(visit),
    })
}

/// What `prompt=none` is told (OpenID Connect Core §3.1.2.6). Who stands there but is not the one that the request names
/// would have to sign in as well.
const fn unasked(step: &Step) -> Error {
    match step {
        Step::Consent => Error::new(Code::ConsentRequired, "the person has to agree"),
        Step::SecondFactor | Step::EnrolSecondFactor => {
            Error::new(Code::InteractionRequired, "the person has to give a second factor")
        }
        Step::NotWelcome => Error::new(Code::InteractionRequired, "the person has to choose another account"),
        Step::ReplacePassword => {
            Error::new(Code::InteractionRequired, "the person has to replace a temporary password")
        }
        Step::AcceptCharter => Error::new(Code::InteractionRequired, "the person has to accept a charter"),
        Step::NotificationEmail | Step::CorrectAddress => {
            Error::new(Code::InteractionRequired, "the person has a question to answer")
        }
        Step::ChooseProfile | Step::Authenticate | Step::Answer => {
            Error::new(Code::LoginRequired, "the person has to sign in")
        }
    }
}

/// A proof given in the millisecond of asking is none that was asked for.
fn just_after(now: Instant) -> Instant {
    now + Duration::from_millis(1)
}

impl AuthorizationRequest {
    /// What the session must fulfil.
    fn demands(&self, now: Instant) -> Demands {
        Demands {
            authenticate_after: self.prompt.login.then(|| just_after(now)).or(self.max_age.map(|age| now - age)),
            two_factors: self.acr.demands_two_factors(),
            ask_consent: self.prompt.consent,
            consent_refused: false,
            claims: self.claims.union(&self.id_token_claims).copied().collect(),
            login_hint: self.login_hint.clone(),
            ui_locales: self.ui_locales.clone(),
            unasked: self.prompt.none,
        }
    }

    /// Whether the request is about whoever stands at the door, or does not say (OpenID Connect Core §3.1.2.2).
    pub(super) async fn names(&self, app: &App, standing: &Standing) -> Result<bool, Fault> {
        let Some(named) = &self.subject else { return Ok(true) };
        let subject = subjects::find(&app.db, &standing.account.id, &self.party.sector).await?;
        Ok(subject.as_ref() == Some(named))
    }

    /// Issues a code and sends it.
    pub(super) async fn grant(&self, app: &App, visit: &Visit, session: &Session) -> Answered {
        if !self.acr.is_met_by(session) {
            let error =
                Error::new(Code::UnmetAuthenticationRequirements, "the acr that the request demands is not met");
            return Ok(self.refuse(app, visit, &error));
        }
        let code = code::issue(app, visit.now, self, session).await?;
        Ok(self.reply.code(app, visit, &code))
    }

    /// Sends an error.
    pub(super) fn refuse(&self, app: &App, visit: &Visit, error: &Error) -> Response {
        request::log(visit, &self.party, error);
        self.reply.error(app, visit, error)
    }
}
