//! The pupils' reset through an external provider: what is needed, the way there, the two fields, what was sent
//! (rows SEP-01 to SEP-24).

use axum::{
    extract::{Query, State},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};

use crate::{
    app::App,
    domain::{Fault, Instant, InteractionId, Profile, Refusal, clip},
    journeys::{
        Caller,
        pupil_reset::{self, Proven, Requested},
    },
    policy::{PupilReset, Upstream},
    signin::{
        door,
        through::{Errand, Purpose, Someone},
    },
    web::{
        Answered, Guarded, Visit,
        page::{
            MessagePage, Page, PupilForgottenPage, PupilReset as Form, PupilResetPage, PupilResetSentPage, Way,
            register_of,
        },
        see_other,
    },
};

use super::{
    recovery::fill_in,
    refused::queue_full,
    sign_in::visit_of,
    through::{leave, prefix},
};

/// What an address of the reset may carry.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// The pending sign-in.
    i: Option<InteractionId>,
    /// The proof; it opens nothing by itself.
    #[serde(rename = "a")]
    proof: Option<String>,
    /// Set where somebody else is signed in at the provider (row SEP-13).
    #[serde(rename = "autre")]
    other: Option<String>,
    /// Set where something was refused: the page tells what.
    #[serde(rename = "refus")]
    refused: Option<String>,
    /// Set where the page is shown anew because its form had no token.
    relance: Option<String>,
}

/// The form.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    a: String,
    number: String,
    identifier: String,
}

/// What a refused form leaves for the page.
#[derive(Debug, Default, Deserialize, Serialize)]
struct Told {
    number: String,
    identifier: String,
    why: Vec<Why>,
}

#[derive(Debug, Deserialize, Serialize)]
enum Why {
    NoNumber,
    NoIdentifier,
    NumberUnfit(Option<usize>),
    NotSame,
    Paused(Instant),
}

/// What a visit needs for any of these pages: none where the portal offers no such reset.
async fn offered<'a>(
    app: &'a App,
    visit: &Visit,
    id: Option<&InteractionId>,
) -> Result<Option<(Visit, Option<InteractionId>, PupilReset, &'a Upstream)>, Fault> {
    let interaction = match id {
        Some(id) => door::find(app, &visit.visitor, id).await?,
        None => None,
    };
    let visit = interaction.as_ref().map_or_else(|| visit.clone(), |interaction| visit_of(app, visit, interaction));
    let visit = visit.addressing(register_of(Some(Profile::Pupil)));
    let Some(reset) = visit.place.portal.external.reset.clone() else { return Ok(None) };
    let Some(upstream) = app.config.policy.upstreams.find(&reset.upstream) else { return Ok(None) };
    Ok(Some((visit, interaction.map(|interaction| interaction.id), reset, upstream)))
}

/// What is needed, and the button (rows SEP-01 to SEP-03, SEP-24).
pub(super) async fn forgotten(State(app): State<App>, visit: Visit, Query(asked): Query<Asked>) -> Answered {
    let Some((visit, id, reset, upstream)) = offered(&app, &visit, asked.i.as_ref()).await? else {
        return crate::web::not_found(visit).await;
    };
    let (onwards, back) = (start(&visit, id.as_ref(), false), sign_in(&visit, id.as_ref()));
    let page = PupilForgottenPage::new(&visit.place, upstream, reset.number.digits, (&onwards, &back));
    Ok(Page::of(&page).into_response())
}

/// To the provider.
pub(super) async fn go(State(app): State<App>, visit: Visit, Query(asked): Query<Asked>) -> Answered {
    let Some((visit, id, reset, _)) = offered(&app, &visit, asked.i.as_ref()).await? else {
        return crate::web::not_found(visit).await;
    };
    let errand = Errand {
        upstream: reset.upstream,
        portal: visit.place.portal.name.clone(),
        interaction_id: id,
        purpose: Purpose::PupilReset,
    };
    leave(&app, &visit, errand, asked.other.is_some()).await
}

/// Back from the provider with somebody of the roster: pupils go on, others are refused (row SEP-17).
pub(super) async fn proven(app: &App, visit: &Visit, errand: &Errand, someone: Someone) -> Answered {
    let found = offered(app, visit, errand.interaction_id.as_ref()).await?;
    let Some((visit, id, reset, upstream)) = found else { return crate::web::not_found(visit.clone()).await };
    let (again, back) = ways(&visit, id.as_ref());
    let other = Way::new(visit.place.speaker.say("way-other-account"), format!("{again}{}autre=1", joint(&again)));
    let back = Way::new(visit.place.speaker.say("way-back-reset"), back);
    let refused = |page: &'static str| {
        Ok(Page::of(&MessagePage::upstream(&visit.place, page, upstream, vec![other.clone(), back.clone()]))
            .into_response())
    };
    if !someone.profiles.contains(&Profile::Pupil) {
        tracing::warn!(upstream.name = %upstream.name, account.id = %someone.account.id, "a reset was asked for by somebody who is no pupil");
        return refused("upstream-not-pupil");
    }
    let Some(mailbox) = someone.mailbox else {
        tracing::warn!(upstream.name = %upstream.name, account.id = %someone.account.id, "a provider answers for no mailbox of a pupil");
        return refused("upstream-no-mailbox");
    };
    let proven = Proven {
        upstream: upstream.name.clone(),
        portal: visit.place.portal.name.clone(),
        interaction_id: id,
        account_id: someone.account.id,
        subject: someone.subject,
        mailbox,
    };
    let proof = pupil_reset::keep(app, caller(&visit), &reset, proven).await?;
    Ok(see_other(&format!("{}/eleve/reinitialisation?a={proof}", prefix(&visit))))
}

/// The two fields; without a fresh proof, back to the provider (row SEP-14).
pub(super) async fn show(State(app): State<App>, visit: Visit, Query(asked): Query<Asked>) -> Answered {
    let proof = match &asked.proof {
        Some(id) => pupil_reset::look(&app, caller(&visit), id).await?.map(|proof| (id, proof)),
        None => None,
    };
    let about = proof.as_ref().and_then(|(_, proof)| proof.interaction_id.as_ref()).or(asked.i.as_ref());
    let Some((visit, interaction, reset, upstream)) = offered(&app, &visit, about).await? else {
        return crate::web::not_found(visit).await;
    };
    let Some((id, proof)) = proof else { return Ok(see_other(&start(&visit, interaction.as_ref(), false))) };
    let told: Told = asked.refused.as_ref().and_then(|_| visit.find_aside(&app, id)).unwrap_or_default();
    let expired = asked.relance.as_ref().map(|_| Refusal::FormExpired);
    let refusals: Vec<Refusal> =
        expired.into_iter().chain(told.why.into_iter().filter_map(|why| why.refusal(visit.now))).collect();
    let page = PupilResetPage::new(
        &visit.place,
        &Form {
            action: &format!("{}/eleve/reinitialisation", prefix(&visit)),
            form_token: visit.form_token.as_str(),
            proof: id,
            upstream,
            signed_in_as: proof.mailbox.as_str(),
            other_href: &start(&visit, interaction.as_ref(), true),
            digits: reset.number.digits,
            number: &told.number,
            identifier: &told.identifier,
            refusals: &refusals,
        },
    );
    Ok(Page::of(&page).into_response())
}

/// Asks for the temporary password.
pub(super) async fn post(State(app): State<App>, Guarded(visit, typed): Guarded<Typed>) -> Answered {
    let asked = pupil_reset::Typed { number: &typed.number, identifier: &typed.identifier };
    match pupil_reset::request(&app, caller(&visit), &typed.a, asked).await? {
        Requested::Sent(proof) => {
            visit.drop_aside();
            fill_in(&app, &visit, proof.interaction_id.as_ref(), &typed.identifier).await?;
            let to = format!("{}/eleve/reinitialisation/envoyee", prefix(&visit));
            Ok(see_other(&with(to, proof.interaction_id.as_ref())))
        }
        Requested::NoProof => Ok(see_other(&start(&visit, None, false))),
        Requested::Refused(refusals) => {
            let why = refusals.iter().filter_map(Why::of).collect();
            let told = Told { number: clip(&typed.number), identifier: clip(&typed.identifier), why };
            visit.put_aside(&app, &typed.a, &told)?;
            Ok(see_other(&format!("{}/eleve/reinitialisation?a={}&refus=1", prefix(&visit), plain(&typed.a))))
        }
        Requested::AskSchool => {
            let Some((visit, id, _, upstream)) = offered(&app, &visit, None).await? else {
                return crate::web::not_found(visit).await;
            };
            let back = Way::new(visit.place.speaker.say("way-sign-in"), sign_in(&visit, id.as_ref()));
            let page = MessagePage::upstream(&visit.place, "pupil-reset-school", upstream, vec![back]);
            Ok(Page::of(&page).into_response())
        }
        Requested::Busy => Ok(busy(&visit, &typed.a)),
    }
}

/// It was asked for (rows SEP-07, SEP-19).
pub(super) async fn sent(State(app): State<App>, visit: Visit, Query(asked): Query<Asked>) -> Answered {
    let Some((visit, id, _, upstream)) = offered(&app, &visit, asked.i.as_ref()).await? else {
        return crate::web::not_found(visit).await;
    };
    let page = PupilResetSentPage::new(&visit.place, upstream, &sign_in(&visit, id.as_ref()));
    Ok(Page::of(&page).into_response())
}

/// Where to try again, and where the reset begins.
pub(super) fn ways(visit: &Visit, id: Option<&InteractionId>) -> (String, String) {
    (start(visit, id, false), with(format!("{}/eleve/mot-de-passe-oublie", prefix(visit)), id))
}

fn start(visit: &Visit, id: Option<&InteractionId>, other: bool) -> String {
    let to = with(format!("{}/eleve/reinitialisation/preuve", prefix(visit)), id);
    if other { format!("{to}{}autre=1", joint(&to)) } else { to }
}

fn sign_in(visit: &Visit, id: Option<&InteractionId>) -> String {
    id.map_or_else(|| format!("{}/connexion", prefix(visit)), |id| format!("/connexion?i={id}"))
}

fn with(path: String, id: Option<&InteractionId>) -> String {
    match id {
        Some(id) => format!("{path}?i={id}"),
        None => path,
    }
}

fn joint(address: &str) -> char {
    if address.contains('?') { '&' } else { '?' }
}

/// What may stand in an address of ours: whatever else was posted is left out.
fn plain(id: &str) -> String {
    id.chars().filter(char::is_ascii_alphanumeric).take(64).collect()
}

fn busy(visit: &Visit, proof: &str) -> Response {
    queue_full(visit, "way-try-again", &format!("{}/eleve/reinitialisation?a={}", prefix(visit), plain(proof)))
}

const fn caller(visit: &Visit) -> Caller<'_> {
    Caller { actor: &visit.visitor.actor, browser: &visit.visitor.browser, network: &visit.visitor.network }
}

impl Why {
    fn of(refusal: &Refusal) -> Option<Self> {
        Some(match *refusal {
            Refusal::Missing { field: "number" } => Self::NoNumber,
            Refusal::Missing { .. } => Self::NoIdentifier,
            Refusal::NumberUnfit { digits } => Self::NumberUnfit(digits),
            Refusal::NotSamePupil => Self::NotSame,
            Refusal::TooManyTries { again_at } => Self::Paused(again_at),
            _ => return None,
        })
    }

    /// As far as it still holds: a pause that is over is not told any more.
    fn refusal(self, now: Instant) -> Option<Refusal> {
        Some(match self {
            Self::NoNumber => Refusal::Missing { field: "number" },
            Self::NoIdentifier => Refusal::Missing { field: "identifier" },
            Self::NumberUnfit(digits) => Refusal::NumberUnfit { digits },
            Self::NotSame => Refusal::NotSamePupil,
            Self::Paused(again_at) if now < again_at => Refusal::TooManyTries { again_at },
            Self::Paused(_) => return None,
        })
    }
}
