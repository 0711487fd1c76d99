//! Identifier and password in three steps in one window (rows COD-01 to COD-24), and the password policy (row POL-07).

use axum::{
    extract::{Query, State},
    response::IntoResponse,
};
use serde::{Deserialize, Serialize};

use crate::{
    app::App,
    domain::{AccountId, Facts, Fault, InteractionId, Profile, Refusal, clip},
    journeys::{
        recovery::{Asking, Chosen, Typed as NewPasswords},
        security_code::{self, Stage},
    },
    policy::{RecoveryWay, RuleList},
    web::{
        Answered, Guarded, Visit,
        page::{MessagePage, Page, PasswordPolicyPage, RecoverySteps, RecoveryStepsPage, StepShown, Way},
        see_other,
    },
};

use super::{
    activation::caller,
    recovery::{self, Place, place},
    refused::queue_full,
    why::Why,
};

/// What its address may carry.
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
    /// Set where a mail was just asked for.
    #[serde(rename = "envoi")]
    sent: Option<String>,
}

/// Its forms; `answer` says which.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    i: Option<InteractionId>,
    answer: String,
    email: String,
    code: String,
    account: String,
    new_password: String,
    confirmation: String,
}

/// What a refused form leaves: what was typed but for passwords, and why.
#[derive(Debug, Default, Deserialize, Serialize)]
struct Told {
    typed: String,
    why: Vec<Why>,
}

const PATH: &str = "/recuperation";

/// What was typed last, for the form that asks the school for help.
pub(super) fn typed(app: &App, visit: &Visit) -> Option<String> {
    visit.find_aside(app, PATH).map(|told: Told| told.typed)
}

/// Where the browser stands.
pub(super) async fn show(State(app): State<App>, visit: Visit, Query(asked): Query<Asked>) -> Answered {
    let place = place(&app, &visit, (asked.i.as_ref(), asked.profile.as_deref())).await?;
    if !place.ways.contains(&RecoveryWay::Code) {
        return Ok(recovery::elsewhere(&place));
    }
    let visit = &place.visit;
    let told: Told = asked.refused.as_ref().and_then(|_| visit.find_aside(&app, PATH)).unwrap_or_default();
    let refusals: Vec<Refusal> = told.why.into_iter().map(Refusal::from).collect();
    let portal = &visit.place.portal;
    let stage = security_code::look(&app, caller(visit), portal).await?;
    let parents = RuleList::new(portal.passwords.strictest(&[Profile::Parent]), &[], "");
    let rules = if let Stage::Password { rules, .. } = &stage { rules } else { &parents };
    let people = match &stage {
        Stage::Who { people, .. } => who(visit, people),
        _ => Vec::new(),
    };
    let codes = app.config.policy.codes;
    let policy = place.at("/mots-de-passe");
    let page = RecoveryStepsPage::new(
        &visit.place,
        &RecoverySteps {
            action: &place.at(PATH),
            form_token: visit.form_token.as_str(),
            interaction: place.interaction_id.as_ref().map(InteractionId::as_str),
            step: step(&stage, &people, &told.typed),
            rules,
            code: (codes.length(), codes.ttl.as_secs() / 60),
            refusals: &refusals,
            is_sent: asked.sent.is_some(),
            policy: &policy,
        },
    );
    Ok(Page::of(&page).into_response())
}

fn step<'a>(stage: &'a Stage, people: &'a [(String, String)], typed: &'a str) -> StepShown<'a> {
    match stage {
        Stage::Address => StepShown::Address { typed },
        Stage::Code { email, until, is_over } => {
            StepShown::Code { email: email.as_str(), until: *until, is_over: *is_over, typed }
        }
        Stage::Who { email, .. } => StepShown::Who { email: email.as_str(), people },
        Stage::Password { email, holder, enrolled, .. } => StepShown::Password {
            email: email.as_str(),
            identifier: holder.account.identifier.as_str(),
            asks_code: enrolled.any(),
        },
    }
}

/// First name and role of those who share an address (row COD-12).
fn who(visit: &Visit, people: &[Facts]) -> Vec<(String, String)> {
    let line = |facts: &Facts| {
        let role = facts.affiliations.first().map(|(profile, ..)| visit.place.speaker.profile(*profile));
        let who = role
            .map_or_else(|| facts.person.given_name.clone(), |role| format!("{} ({role})", facts.person.given_name));
        (facts.account.id.to_string(), who)
    };
    people.iter().map(line).collect()
}

/// Every button of the page.
pub(super) async fn post(State(app): State<App>, Guarded(visit, typed): Guarded<Typed>) -> Answered {
    let place = place(&app, &visit, (typed.i.as_ref(), None)).await?;
    if !place.ways.contains(&RecoveryWay::Code) {
        return Ok(recovery::elsewhere(&place));
    }
    let visit = &place.visit;
    let portal = visit.place.portal.clone();
    let here = place.with(PATH);
    let asking = Asking {
        caller: caller(visit),
        portal: &portal,
        language: visit.locale().tag(),
        device: &visit.visitor.device,
        interaction_id: place.interaction_id.as_ref(),
    };
    let outcome = match typed.answer.as_str() {
        "cancel" => {
            security_code::cancel(&app, asking.caller, &portal).await?;
            visit.drop_aside();
            return Ok(see_other(&place.sign_in()));
        }
        "restart" => {
            security_code::cancel(&app, asking.caller, &portal).await?;
            return Ok(see_other(&here));
        }
        "address" => (security_code::ask(&app, asking, &typed.email).await?, typed.email.as_str()),
        "again" => (security_code::ask_again(&app, asking).await?, ""),
        "code" => (security_code::prove(&app, asking.caller, &portal, &typed.code).await?, typed.code.as_str()),
        "who" => {
            security_code::choose_who(&app, asking.caller, &portal, &AccountId::new(&typed.account)).await?;
            return Ok(see_other(&here));
        }
        "password" => return password(&app, &place, &typed).await,
        _ => return Ok(see_other(&here)),
    };
    match outcome {
        (Ok(()), _) if matches!(typed.answer.as_str(), "address" | "again") => {
            Ok(see_other(&place.with_also(PATH, "envoi=1")))
        }
        (Ok(()), _) => Ok(see_other(&here)),
        (Err(refusal), text) => tell(&app, &place, text, vec![refusal]),
    }
}

async fn password(app: &App, place: &Place, typed: &Typed) -> Answered {
    let visit = &place.visit;
    let passwords =
        NewPasswords { password: &typed.new_password, confirmation: &typed.confirmation, code: &typed.code };
    let here = place.with(PATH);
    // Without a proven code there is nothing to change (row COD-23).
    let stage = security_code::look(app, caller(visit), &visit.place.portal).await?;
    if !matches!(stage, Stage::Password { .. }) {
        let page = MessagePage::recovery_not_proven(&visit.place, &here);
        return Ok(Page::of(&page).status(axum::http::StatusCode::CONFLICT).into_response());
    }
    match security_code::set_password(app, &visit.visitor, &visit.place.portal, passwords).await? {
        Chosen::Went => Ok(see_other(&here)),
        Chosen::Done(holder) => {
            recovery::fill_in(app, visit, place.interaction_id.as_ref(), holder.account.identifier.as_str()).await?;
            visit.drop_aside();
            Ok(see_other(&place.with("/recuperation/termine")))
        }
        Chosen::Refused(refusals) => tell(app, place, "", refusals),
        Chosen::Busy => Ok(queue_full(visit, "way-try-again", &here)),
    }
}

fn tell(app: &App, place: &Place, typed: &str, refusals: Vec<Refusal>) -> Answered {
    let why = refusals.into_iter().filter_map(Why::of).collect();
    place.visit.put_aside(app, PATH, &Told { typed: clip(typed), why })?;
    Ok(see_other(&place.with_also(PATH, "refus=1")))
}

/// It is done: the secretariat is named for difficulties (rows COD-07, COD-10).
pub(super) async fn done(State(app): State<App>, visit: Visit, Query(asked): Query<Asked>) -> Answered {
    let place = place(&app, &visit, (asked.i.as_ref(), None)).await?;
    let shown = &place.visit.place;
    let contact = shown
        .portal
        .contact
        .has_form
        .then(|| Way::new(shown.speaker.say("help-contact"), place.at("/contacter-l-ecole?depuis=recovery-done")));
    let page = MessagePage::recovery_done(shown, &place.sign_in(), contact.into_iter().collect());
    Ok(Page::of(&page).into_response())
}

/// The password policy: the portal's rules, for each profile that it welcomes.
pub(super) async fn policy(visit: Visit) -> Result<impl IntoResponse, Fault> {
    let portal = &visit.place.portal;
    let mut parts: Vec<(Vec<Profile>, RuleList)> = Vec::new();
    for profile in &portal.profiles {
        let list = RuleList::new(portal.passwords.strictest(&[*profile]), &[], "");
        match parts.iter_mut().find(|(_, other)| *other == list) {
            Some((profiles, _)) => profiles.push(*profile),
            None => parts.push((vec![*profile], list)),
        }
    }
    let back = format!("{}/connexion", portal.path());
    Ok(Page::of(&PasswordPolicyPage::new(&visit.place, &parts, &back)))
}
