//! From the letter to the operational account: one address that shows the step one stands at, and the link in the mail.

use std::collections::HashMap;

use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};

use crate::{
    app::App,
    domain::{Fault, InteractionId, PortalName, Profile, Refusal, Secret, clip},
    journeys::{
        Caller, Holder, account,
        activation::{self, Choice, Chosen, Found, Going, Stage, Wish},
        new_password,
    },
    signin::door,
    web::{
        Answered, Guarded, Visit,
        page::{
            Activation, ActivationPage, Answering, AskPage, CheckMail, CheckMailPage, MessagePage, Page, register_of,
        },
        see_other,
    },
};

use super::{home::base, refused::queue_full, sign_in::visit_of, why::Why};

/// What an address of the activation may carry.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// The proof; it opens nothing by itself.
    #[serde(rename = "a")]
    proof: Option<String>,
    /// Set where the page is shown anew because its form had no token.
    relance: Option<String>,
    /// Set where something was refused: the page tells what.
    #[serde(rename = "refus")]
    refused: Option<String>,
    /// Set where the mail was asked for again.
    #[serde(rename = "renvoi")]
    again: Option<String>,
    /// Set for the one whose press confirmed.
    #[serde(rename = "fait")]
    done: Option<String>,
}

/// The form of the password and the address.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    a: String,
    new_password: String,
    confirmation: String,
    email: String,
    /// The boxes "not mine", by the pupil's id (row ACT-21).
    #[serde(flatten)]
    ticked: HashMap<String, String>,
}

impl Typed {
    /// The pupils whose box is ticked.
    fn not_mine(&self) -> Vec<String> {
        self.ticked.keys().filter_map(|name| name.strip_prefix("not_mine_")).map(str::to_owned).collect()
    }
}

/// The forms of the page that waits for the mail.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct MailForm {
    a: String,
    answer: String,
    email: String,
}

/// The button of the link's page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Press {
    answer: String,
}

/// What a refused form leaves for the page: never a password.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default)]
struct Told {
    email: String,
    not_mine: Vec<String>,
    why: Vec<Why>,
}

/// The step that is owed, or how an activation begins.
pub(super) async fn show(State(app): State<App>, visit: Visit, Query(asked): Query<Asked>) -> Answered {
    let going = match &asked.proof {
        Some(id) => activation::look(&app, caller(&visit), id).await?,
        None => None,
    };
    let Some(going) = going else {
        let page = MessagePage::activation_start(&visit.place, &format!("{}/connexion", base(&visit)));
        return Ok(Page::of(&page).into_response());
    };
    let visit = at_its_portal(&app, &visit, &going).await?;
    activation::stay(&app, &going, visit.now).await?;
    let told: Told = asked.refused.as_ref().and_then(|_| visit.find_aside(&app, &going.proof.id)).unwrap_or_default();
    let expired = asked.relance.as_ref().map(|_| Refusal::FormExpired);
    let refusals: Vec<Refusal> = expired.into_iter().chain(told.why.into_iter().map(Refusal::from)).collect();
    let said = Said { email: &told.email, not_mine: &told.not_mine, refusals: &refusals, again: asked.again.is_some() };
    stage(&app, &visit, &going, &said).await
}

/// A password of one's own, and an address.
pub(super) async fn post(State(app): State<App>, Guarded(visit, typed): Guarded<Typed>) -> Answered {
    let not_mine = typed.not_mine();
    let chosen = Chosen {
        password: &typed.new_password,
        confirmation: &typed.confirmation,
        email: &typed.email,
        language: visit.locale().tag(),
        not_mine: &not_mine,
    };
    match activation::choose(&app, caller(&visit), &typed.a, chosen).await? {
        Choice::Went => {
            visit.drop_aside();
            Ok(see_other(&format!("{}/activation?a={}", base(&visit), Id(&typed.a))))
        }
        Choice::Refused(refusals) => tell(&app, &visit, &typed.a, &Told::of(&typed.email, not_mine, refusals)),
        Choice::Busy => Ok(busy(&visit, &typed.a)),
    }
}

/// The mail again, or to another address.
pub(super) async fn mail(State(app): State<App>, Guarded(visit, form): Guarded<MailForm>) -> Answered {
    let wish = match form.answer.as_str() {
        "again" => Wish::Again,
        "mine" => Wish::Mine,
        "meant" => Wish::Meant,
        _ => Wish::Correct(&form.email),
    };
    match activation::write_to(&app, caller(&visit), &form.a, wish).await? {
        Ok(()) => Ok(see_other(&format!("{}/activation?a={}&renvoi=1", base(&visit), Id(&form.a)))),
        Err(refusal) => tell(&app, &visit, &form.a, &Told::of(&form.email, Vec::new(), vec![refusal])),
    }
}

/// The link in the mail: looking changes nothing (row ACT-07).
pub(super) async fn link(
    State(app): State<App>,
    visit: Visit,
    Path(path): Path<Vec<(String, String)>>,
    Query(asked): Query<Asked>,
) -> Answered {
    let token = token(&path);
    let found = activation::look_at_link(&app, &token, visit.now).await?;
    let action = format!("{}/activation/lien/{}", base(&visit), Id(token.reveal()));
    let to = Answering { action: &action, form_token: visit.form_token.as_str(), proof: None };
    let page = match &found {
        Found::Ready(holder, link) => {
            let who = (holder.person.full_name(), holder.account.identifier.to_string());
            Page::of(&AskPage::link(&addressing(&visit, holder).place, to, (&who.0, &who.1), &link.email))
        }
        Found::Expired(holder, link) => {
            Page::of(&AskPage::link_expired(&addressing(&visit, holder).place, to, &link.email))
        }
        Found::Used(holder, link) => {
            let visit = addressing(&visit, holder);
            let sign_in = sign_in(&app, &visit, link.interaction_id.as_ref()).await?;
            Page::of(&if asked.done.is_some() {
                MessagePage::activated(&visit.place, &sign_in)
            } else {
                MessagePage::already_activated(&visit.place, &sign_in)
            })
        }
        Found::Superseded(link) => {
            let sign_in = sign_in(&app, &visit, link.interaction_id.as_ref()).await?;
            Page::of(&MessagePage::link_superseded(&visit.place, &sign_in))
        }
        Found::Unknown => Page::of(&MessagePage::link_unknown(&visit.place, &sign_in(&app, &visit, None).await?))
            .status(axum::http::StatusCode::NOT_FOUND),
    };
    Ok(page.into_response())
}

/// The button of the link's page: confirms once, or sends a fresh link.
pub(super) async fn press(
    State(app): State<App>,
    Path(path): Path<Vec<(String, String)>>,
    Guarded(visit, form): Guarded<Press>,
) -> Answered {
    let token = token(&path);
    if form.answer == "again"
        && let Some(link) = activation::ask_again(&app, caller(&visit), &token).await?
    {
        return Ok(Page::of(&MessagePage::link_sent(&visit.place, &link.email)).into_response());
    }
    let path = format!("{}/activation/lien/{}", base(&visit), Id(token.reveal()));
    let confirmed = form.answer == "confirm" && activation::confirm(&app, caller(&visit), &token).await?;
    Ok(see_other(&if confirmed { format!("{path}?fait=1") } else { path }))
}

/// A letter's password was right, but opens nothing (rows ACT-05, LOG-21).
pub(super) fn letter_refused(visit: &Visit, interaction: Option<&InteractionId>, refusal: &Refusal) -> Response {
    let sign_in = interaction.map_or_else(|| format!("{}/connexion", base(visit)), |id| format!("/connexion?i={id}"));
    let page = match refusal {
        Refusal::LetterTooOld => MessagePage::letter_expired(&visit.place),
        Refusal::LetterBegun => MessagePage::activation_begun(&visit.place, &sign_in),
        _ => MessagePage::already_activated(&visit.place, &sign_in),
    };
    Page::of(&page).into_response()
}

/// What the page of a step says beside the step.
struct Said<'a> {
    email: &'a str,
    not_mine: &'a [String],
    refusals: &'a [Refusal],
    again: bool,
}

async fn stage(app: &App, visit: &Visit, going: &Going, said: &Said<'_>) -> Answered {
    let (holder, form_token, proof) = (&going.holder, visit.form_token.as_str(), going.proof.id.as_str());
    let action = format!("{}/activation", base(visit));
    let mail_action = format!("{action}/courriel");
    let sender = &app.config.settings.mail.from;
    let page = match &going.stage {
        Stage::Choose => Page::of(&ActivationPage::new(
            &visit.place,
            &Activation {
                action: &action,
                form_token,
                proof,
                given_name: &holder.person.given_name,
                identifier: holder.account.identifier.as_str(),
                rules: &new_password::rules(&visit.place.portal, holder),
                email_asked: holder.email_asked(&visit.place.portal),
                email: said.email,
                children: &children(app, holder, said.not_mine).await?,
                refusals: said.refusals,
            },
        )),
        Stage::Doubt(email, doubt) => {
            let to = Answering { action: &mail_action, form_token, proof: Some(proof) };
            let refused = (said.email, said.refusals.first());
            Page::of(&AskPage::address(&visit.place, to, (email, doubt), refused))
        }
        Stage::Mail { email, until } => Page::of(&CheckMailPage::new(
            &visit.place,
            &CheckMail {
                action: &mail_action,
                form_token,
                proof,
                email,
                until: *until,
                sender,
                again: said.again,
                typed: said.email,
                refusal: said.refusals.first(),
            },
        )),
        Stage::Done => {
            let sign_in = sign_in(app, visit, going.proof.interaction_id.as_ref()).await?;
            Page::of(&MessagePage::activated(&visit.place, &sign_in))
        }
        Stage::Elsewhere(refusal) => {
            return Ok(letter_refused(visit, going.proof.interaction_id.as_ref(), refusal));
        }
    };
    Ok(page.into_response())
}

/// The pupils that the letter names, each with whether its box is ticked.
async fn children(app: &App, holder: &Holder, not_mine: &[String]) -> Result<Vec<(String, String, bool)>, Fault> {
    let known = account::children(app, holder).await?.into_iter().filter(|child| child.disputed_at.is_none());
    let row = |child: crate::store::children::Child| {
        let name = format!("{} {}", child.given_name, child.family_name).trim().to_owned();
        let is_ticked = not_mine.contains(&child.id.to_string());
        (child.id.to_string(), name, is_ticked)
    };
    Ok(known.map(row).collect())
}

/// Puts aside what was refused and shows the page that tells of it.
fn tell(app: &App, visit: &Visit, proof: &str, told: &Told) -> Answered {
    visit.put_aside(app, proof, told)?;
    Ok(see_other(&format!("{}/activation?a={}&refus=1", base(visit), Id(proof))))
}

impl Told {
    fn of(email: &str, not_mine: Vec<String>, refusals: Vec<Refusal>) -> Self {
        let why = refusals.into_iter().filter_map(Why::of).collect();
        Self { email: clip(email), not_mine, why }
    }
}

fn busy(visit: &Visit, proof: &str) -> Response {
    queue_full(visit, "activation-title", &format!("{}/activation?a={}", base(visit), Id(proof)))
}

/// Where one signs in: the pending sign-in goes on in the browser that began it.
pub(super) async fn sign_in(app: &App, visit: &Visit, interaction: Option<&InteractionId>) -> Result<String, Fault> {
    if let Some(id) = interaction
        && door::find(app, &visit.visitor, id).await?.is_some()
    {
        return Ok(format!("/connexion?i={id}"));
    }
    Ok(format!("{}/connexion", base(visit)))
}

/// The visit at the portal where the activation began, in the language that its service asked for, addressing its holder.
async fn at_its_portal(app: &App, visit: &Visit, going: &Going) -> Result<Visit, Fault> {
    let interaction = match &going.proof.interaction_id {
        Some(id) => door::find(app, &visit.visitor, id).await?,
        None => None,
    };
    let visit = match &interaction {
        Some(interaction) => visit_of(app, visit, interaction),
        None => at(app, visit, &going.proof.portal),
    };
    Ok(addressing(&visit, &going.holder))
}

fn at(app: &App, visit: &Visit, portal: &PortalName) -> Visit {
    app.config.policy.portals.find(portal).map_or_else(|| visit.clone(), |portal| visit.at(portal, &[]))
}

pub(super) fn addressing(visit: &Visit, holder: &Holder) -> Visit {
    let profile = holder.is_pupil().then_some(Profile::Pupil);
    visit.addressing(register_of(profile))
}

pub(super) const fn caller(visit: &Visit) -> Caller<'_> {
    Caller { actor: &visit.visitor.actor, browser: &visit.visitor.browser, network: &visit.visitor.network }
}

pub(super) fn token(path: &[(String, String)]) -> Secret {
    Secret::new(path.iter().find(|(name, _)| name == "token").map_or("", |(_, token)| token.as_str()))
}

/// What may stand in an address of ours: whatever else was posted is left out.
pub(super) struct Id<'a>(pub &'a str);

impl std::fmt::Display for Id<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.chars().filter(char::is_ascii_alphanumeric).take(64).try_for_each(|sign| write!(f, "{sign}"))
    }
}
