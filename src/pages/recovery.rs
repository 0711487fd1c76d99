//! Forgotten identifier, forgotten password by a link: the forms, and what was sent (rows FID-01 to FPW-02, FPW-10 to FPW-15).

use axum::{
    extract::{Query, State},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};

use crate::{
    app::App,
    domain::{Fault, Instant, InteractionId, Profile, Refusal, clip},
    journeys::recovery::{self, Asking},
    policy::RecoveryWay,
    signin::door,
    store::interactions,
    web::{
        Answered, Guarded, Visit,
        page::{Forgot, ForgottenPage, MessagePage, Page, RecoverySentPage, Sent, Way, register_of},
        see_other,
    },
};

use super::{activation::caller, home::base, question, sign_in::visit_of};

/// What an address of these pages may carry.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// The pending sign-in.
    i: Option<InteractionId>,
    /// The profile chosen at the door.
    #[serde(rename = "profil")]
    profile: Option<String>,
    /// Set where something was refused: the page tells what.
    #[serde(rename = "refus")]
    refused: Option<String>,
}

/// A form with one field; which one, its path says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    i: Option<InteractionId>,
    email: String,
    identifier: String,
}

/// What a form leaves for the page that follows: what was typed, when, and why it was refused.
#[derive(Debug, Deserialize, Serialize)]
struct Told {
    typed: String,
    at: Instant,
    why: Option<Why>,
}

#[derive(Debug, Deserialize, Serialize)]
enum Why {
    Missing,
    Unfit,
    Paused(Instant),
}

/// Which of the two ways.
#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Identifier,
    Link,
}

/// What was typed last, for the form that asks the school for help.
pub(super) fn typed(app: &App, visit: &Visit) -> Option<String> {
    let last = |what: What| visit.find_aside(app, what.path()).map(|told: Told| told.typed);
    last(What::Identifier).or_else(|| last(What::Link))
}

impl What {
    const fn path(self) -> &'static str {
        match self {
            Self::Identifier => "/identifiant-oublie",
            Self::Link => "/mot-de-passe-oublie",
        }
    }

    const fn field(self) -> &'static str {
        match self {
            Self::Identifier => "email",
            Self::Link => "identifier",
        }
    }
}

/// Where somebody stands who has forgotten something.
pub(super) struct Place {
    pub visit: Visit,
    pub interaction_id: Option<InteractionId>,
    pub ways: Vec<RecoveryWay>,
}

/// At the portal of the pending sign-in, where there is one.
pub(super) async fn place(
    app: &App,
    visit: &Visit,
    (id, chosen): (Option<&InteractionId>, Option<&str>),
) -> Result<Place, Fault> {
    let interaction = match id {
        Some(id) => door::find(app, &visit.visitor, id).await?,
        None => None,
    };
    let visit = interaction.as_ref().map_or_else(|| visit.clone(), |interaction| visit_of(app, visit, interaction));
    let chosen = chosen.and_then(Profile::named).or_else(|| interaction.as_ref().and_then(|it| it.profile));
    let portal = &visit.place.portal;
    let ways = portal.recovery.offered(chosen, &portal.profiles);
    let is_pupil = chosen == Some(Profile::Pupil) || portal.is_for_pupils();
    let visit = visit.addressing(register_of(is_pupil.then_some(Profile::Pupil)));
    Ok(Place { visit, interaction_id: interaction.map(|interaction| interaction.id), ways })
}

impl Place {
    pub(super) fn with(&self, path: &str) -> String {
        let path = format!("{}{path}", base_of(&self.visit));
        match &self.interaction_id {
            Some(id) => format!("{path}?i={id}"),
            None => path,
        }
    }

    /// The same with one more parameter.
    pub(super) fn with_also(&self, path: &str, more: &str) -> String {
        let to = self.with(path);
        format!("{to}{}{more}", if to.contains('?') { '&' } else { '?' })
    }

    /// A path of the portal, without the pending sign-in.
    pub(super) fn at(&self, path: &str) -> String {
        format!("{}{path}", base_of(&self.visit))
    }

    pub(super) fn sign_in(&self) -> String {
        match &self.interaction_id {
            Some(id) => format!("/connexion?i={id}"),
            None => format!("{}/connexion", base_of(&self.visit)),
        }
    }

    fn interaction(&self) -> Option<&str> {
        self.interaction_id.as_ref().map(InteractionId::as_str)
    }
}

/// The prefix of the portal: a pending sign-in's page stands at the default portal's address.
fn base_of(visit: &Visit) -> String {
    let own = base(visit);
    if own.is_empty() && !visit.place.portal.hosts.is_empty() { own } else { visit.place.portal.path() }
}

/// The identifiers that belong to an address.
pub(super) async fn identifier(State(app): State<App>, visit: Visit, Query(asked): Query<Asked>) -> Answered {
    form(&app, &visit, &asked, What::Identifier).await
}

/// A link by mail.
pub(super) async fn password(State(app): State<App>, visit: Visit, Query(asked): Query<Asked>) -> Answered {
    form(&app, &visit, &asked, What::Link).await
}

async fn form(app: &App, visit: &Visit, asked: &Asked, what: What) -> Answered {
    let place = place(app, visit, (asked.i.as_ref(), asked.profile.as_deref())).await?;
    if !place.ways.contains(&RecoveryWay::Link) {
        return Ok(elsewhere(&place));
    }
    let told: Option<Told> = asked.refused.as_ref().and_then(|_| place.visit.find_aside(app, what.path()));
    let refusal = told.as_ref().and_then(|told| told.why.as_ref()).map(|why| match why {
        Why::Missing => Refusal::Missing { field: what.field() },
        Why::Unfit => Refusal::EmailUnfit,
        Why::Paused(again_at) => Refusal::TooManyTries { again_at: *again_at },
    });
    let speaker = place.visit.place.speaker;
    let (other, key) = match what {
        What::Identifier => (What::Link, "forgotten-to-password"),
        What::Link => (What::Identifier, "forgotten-to-identifier"),
    };
    let ways = [
        Way::new(speaker.say(key), place.with(other.path())),
        Way::new(speaker.say("way-back-sign-in"), place.sign_in()),
    ];
    let shown = Forgot {
        action: &format!("{}{}", base_of(&place.visit), what.path()),
        form_token: place.visit.form_token.as_str(),
        interaction: place.interaction(),
        typed: told.as_ref().map_or("", |told| told.typed.as_str()),
        refusal: refusal.as_ref(),
        ways: &ways,
    };
    let page = match what {
        What::Identifier => ForgottenPage::identifier(&place.visit.place, &shown),
        What::Link => ForgottenPage::password(&place.visit.place, &shown),
    };
    Ok(Page::of(&page).into_response())
}

/// What is offered where not this way: the three steps, an external provider, or the school (row FID-05).
pub(super) fn elsewhere(place: &Place) -> Response {
    if place.ways.contains(&RecoveryWay::Code) {
        return see_other(&place.with("/recuperation"));
    }
    if place.ways.contains(&RecoveryWay::Link) {
        return see_other(&place.with(What::Link.path()));
    }
    let visit = &place.visit;
    let reset = visit.place.portal.external.reset.as_ref();
    let through =
        reset.map(|_| Way::new(visit.place.speaker.say("sign-in-forgotten"), place.with("/eleve/mot-de-passe-oublie")));
    let back = Way::new(visit.place.speaker.say("way-back-sign-in"), place.sign_in());
    Page::of(&MessagePage::forgotten_at_school(&visit.place, through.into_iter().chain([back]).collect()))
        .into_response()
}

/// Asks for the identifiers.
pub(super) async fn ask_identifier(State(app): State<App>, Guarded(visit, typed): Guarded<Typed>) -> Answered {
    ask(&app, &visit, &typed, What::Identifier).await
}

/// Asks for a link.
pub(super) async fn ask_link(State(app): State<App>, Guarded(visit, typed): Guarded<Typed>) -> Answered {
    ask(&app, &visit, &typed, What::Link).await
}

async fn ask(app: &App, visit: &Visit, form: &Typed, what: What) -> Answered {
    let place = place(app, visit, (form.i.as_ref(), None)).await?;
    if !place.ways.contains(&RecoveryWay::Link) {
        return Ok(elsewhere(&place));
    }
    let visit = &place.visit;
    let asking = Asking {
        caller: caller(visit),
        portal: &visit.place.portal,
        language: visit.locale().tag(),
        device: &visit.visitor.device,
        interaction_id: place.interaction_id.as_ref(),
    };
    let (typed, outcome) = match what {
        What::Identifier => (&form.email, recovery::ask_identifier(app, asking, &form.email).await?),
        What::Link => (&form.identifier, recovery::ask_link(app, asking, &form.identifier).await?),
    };
    let why = outcome.err().map(|refusal| match refusal {
        Refusal::TooManyTries { again_at } => Why::Paused(again_at),
        Refusal::Missing { .. } => Why::Missing,
        _ => Why::Unfit,
    });
    let to = place.with(&format!("{}/envoi", what.path()));
    let to = if why.is_some() { place.with_also(what.path(), "refus=1") } else { to };
    visit.put_aside(app, what.path(), &Told { typed: clip(typed), at: visit.now, why })?;
    Ok(see_other(&to))
}

/// A message with the identifiers is perhaps on its way.
pub(super) async fn identifier_sent(State(app): State<App>, visit: Visit, Query(asked): Query<Asked>) -> Answered {
    sent(&app, &visit, &asked, What::Identifier).await
}

/// A message with a link is perhaps on its way.
pub(super) async fn link_sent(State(app): State<App>, visit: Visit, Query(asked): Query<Asked>) -> Answered {
    sent(&app, &visit, &asked, What::Link).await
}

async fn sent(app: &App, visit: &Visit, asked: &Asked, what: What) -> Answered {
    let place = place(app, visit, (asked.i.as_ref(), None)).await?;
    let visit = &place.visit;
    let Some(told) = visit.find_aside::<Told>(app, what.path()) else {
        return Ok(see_other(&place.with(what.path())));
    };
    let again_at = told.at + app.config.policy.limits.mail.again_after;
    let ways = [Way::new(visit.place.speaker.say("way-back-sign-in"), place.sign_in())];
    let page = RecoverySentPage::new(
        &visit.place,
        &Sent {
            action: &format!("{}{}", base_of(visit), what.path()),
            form_token: visit.form_token.as_str(),
            interaction: place.interaction(),
            typed: (what.field(), &told.typed),
            again_at: (visit.now < again_at).then_some(again_at),
            here: &place.with(&format!("{}/envoi", what.path())),
            sender: &app.config.settings.mail.from,
            ways: &ways,
        },
    );
    Ok(Page::of(&page).into_response())
}

/// The pending sign-in of this browser goes on with the identifier filled in, and gets the time that a mail needs (design §4).
pub(super) async fn fill_in(
    app: &App,
    visit: &Visit,
    id: Option<&InteractionId>,
    identifier: &str,
) -> Result<(), Fault> {
    let Some(id) = id else { return Ok(()) };
    let Some(interaction) = door::find(app, &visit.visitor, id).await? else { return Ok(()) };
    let login_hint = Some(clip(identifier.trim()));
    interactions::set_demands(&app.db, id, &crate::domain::Demands { login_hint, ..interaction.demands }).await?;
    interactions::renew(&app.db, id, visit.now + app.config.policy.lifetimes.interaction).await?;
    Ok(())
}

/// The ways back that the sign-in form offers (row LOG-07).
pub(super) fn offered(visit: &Visit, interaction: Option<&InteractionId>, profile: Option<Profile>) -> Vec<Way> {
    let (portal, speaker) = (&visit.place.portal, visit.place.speaker);
    let chosen = profile.map(|profile| format!("profil={}", profile.name()));
    let query: Vec<String> = interaction.map(|id| format!("i={id}")).into_iter().chain(chosen).collect();
    let query = if query.is_empty() { String::new() } else { format!("?{}", query.join("&")) };
    let way = |key: &str, path: &str| Way::new(speaker.say(key), format!("{}{path}{query}", portal.path()));
    let mut ways = Vec::new();
    if portal.registration.is_some() && profile.is_none_or(|profile| profile == Profile::Parent) {
        ways.push(way("sign-in-register", "/creer-mon-compte"));
    }
    let offered = portal.recovery.offered(profile, &portal.profiles);
    // By link as well, but from the question's page: three links stand under the form (row LOG-06).
    let is_asked = offered.contains(&RecoveryWay::Question);
    for offered in offered.into_iter().filter(|way| !(is_asked && *way == RecoveryWay::Link)) {
        match offered {
            RecoveryWay::Link => {
                ways.push(way("sign-in-forgotten-password", What::Link.path()));
                ways.push(way("sign-in-forgotten-identifier", What::Identifier.path()));
            }
            RecoveryWay::Code => ways.push(way("sign-in-forgotten-both", "/recuperation")),
            RecoveryWay::Question => ways.push(way("sign-in-reset", question::PATH)),
            RecoveryWay::Off => {}
        }
    }
    ways
}
