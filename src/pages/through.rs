//! To an external provider and back (rows LOG-05, SEP-04, SEP-15 to SEP-17).

use std::collections::BTreeSet;

use axum::{
    extract::{Path, Query, RawQuery, State},
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use crate::{
    app::App,
    domain::{Fault, Interaction, InteractionId, Profile, Secret, UpstreamName},
    policy::Upstream,
    signin::{
        door,
        through::{self, Answer, Errand, Manner, NotLet, Purpose, Returned},
    },
    web::{
        Answered, Params, Repeated, Visit,
        page::{Chooser, MessagePage, Page, Trouble, Way, register_of},
        see_other,
    },
};

use super::{home::base, pupil_reset, recovery, sign_in::visit_of};

/// What an address of a way to a provider may carry.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Asked {
    /// The pending sign-in.
    i: Option<InteractionId>,
    /// The profile chosen at the door.
    #[serde(rename = "profil")]
    profile: Option<String>,
}

/// To a provider, for a sign-in: only to one that the portal names.
pub(super) async fn go(
    State(app): State<App>,
    visit: Visit,
    Path(path): Path<Vec<(String, String)>>,
    Query(asked): Query<Asked>,
) -> Answered {
    let interaction = match &asked.i {
        Some(id) => door::find(&app, &visit.visitor, id).await?,
        None => None,
    };
    let visit = interaction.as_ref().map_or_else(|| visit.clone(), |interaction| visit_of(&app, &visit, interaction));
    let name = upstream_of(&path);
    let offered = &visit.place.portal.external.sign_in;
    let profile =
        interaction.as_ref().and_then(|it| it.profile).or_else(|| asked.profile.as_deref().and_then(Profile::named));
    let profile =
        profile.or_else(|| offered.iter().find(|(_, upstream)| **upstream == name).map(|(profile, _)| *profile));
    if !offered.values().any(|upstream| *upstream == name) {
        let id = interaction.as_ref().map(|interaction| &interaction.id);
        return Ok(see_other(&door_of(&visit, id, profile)));
    }
    send(&app, &visit, interaction.as_ref(), name, profile).await
}

/// The provider to which a portal leaves a profile: the one chosen, or the only one that it welcomes.
pub(super) fn routed(visit: &Visit, chosen: Option<Profile>) -> Option<(UpstreamName, Option<Profile>)> {
    let portal = &visit.place.portal;
    let only = match portal.profiles.as_slice() {
        [only] => Some(*only),
        _ => None,
    };
    let profile = chosen.or(only)?;
    portal.external.sign_in.get(&profile).map(|upstream| (upstream.clone(), Some(profile)))
}

/// What the form offers beside itself: providers, where nobody has said which profile they are; the pupils' reset.
pub(super) fn other_ways(
    app: &App,
    visit: &Visit,
    interaction: Option<&InteractionId>,
    profile: Option<Profile>,
) -> Vec<Way> {
    let (portal, speaker) = (&visit.place.portal, visit.place.speaker);
    let mut ways = Vec::new();
    if profile.is_none() {
        let names: BTreeSet<&UpstreamName> = portal.external.sign_in.values().collect();
        let upstreams = names.into_iter().filter_map(|name| app.config.policy.upstreams.find(name));
        ways.extend(upstreams.map(|upstream| {
            let label = speaker.say_with("sign-in-through", &[("label", upstream.label.as_str())]);
            Way::new(label, to_provider(visit, upstream, interaction, None))
        }));
    }
    let is_pupil = profile == Some(Profile::Pupil) || (profile.is_none() && portal.is_for_pupils());
    if portal.external.reset.is_some() && is_pupil {
        ways.push(Way::new(speaker.say("sign-in-forgotten"), pupil_reset::ways(visit, interaction).1));
    }
    ways.extend(recovery::offered(visit, interaction, profile));
    ways
}

/// Sends the browser to a provider to sign in.
pub(super) async fn send(
    app: &App,
    visit: &Visit,
    interaction: Option<&Interaction>,
    upstream: UpstreamName,
    profile: Option<Profile>,
) -> Answered {
    let again = interaction.is_some_and(|interaction| interaction.demands.authenticate_after.is_some());
    let errand = Errand {
        upstream,
        portal: visit.place.portal.name.clone(),
        interaction_id: interaction.map(|interaction| interaction.id.clone()),
        purpose: Purpose::SignIn(profile),
    };
    leave(app, visit, errand, again).await
}

/// Sends the browser away, or tells that the provider can't be used.
pub(super) async fn leave(app: &App, visit: &Visit, errand: Errand, again: bool) -> Answered {
    let manner = Manner { again, language: visit.locale().tag() };
    match through::begin(app, &visit.visitor, errand.clone(), manner).await? {
        Ok(address) => Ok(see_other(&address)),
        Err(why) => refuse(app, visit, &errand, why),
    }
}

/// Back from a provider: exempt from the forgery check, for the provider's state does its work.
pub(super) async fn back(
    State(app): State<App>,
    visit: Visit,
    Path(path): Path<Vec<(String, String)>>,
    RawQuery(query): RawQuery,
) -> Answered {
    let name = upstream_of(&path);
    let answer = answer(&Params::of(query.unwrap_or_default().as_bytes())).unwrap_or_default();
    match through::come_back(&app, &visit.visitor, &name, answer).await? {
        Returned::Lost => Ok(lost(&visit)),
        Returned::Refused(errand, why) => refuse(&app, &at_its_portal(&app, &visit, &errand).await?, &errand, why),
        Returned::Known(errand, someone) => {
            let visit = at_its_portal(&app, &visit, &errand).await?;
            let Purpose::SignIn(profile) = errand.purpose else {
                return pupil_reset::proven(&app, &visit, &errand, *someone).await;
            };
            match through::admit(&app, &errand.portal, profile, &someone) {
                Ok(proven) => {
                    let Ok(opened) = proven.open(&app, &visit.visitor).await? else { return Ok(lost(&visit)) };
                    visit.keep(&opened);
                    Ok(see_other(
                        &errand
                            .interaction_id
                            .map_or_else(|| format!("{}/", prefix(&visit)), |id| format!("/connexion?i={id}")),
                    ))
                }
                Err(why) => refuse(&app, &visit, &errand, why),
            }
        }
    }
}

fn answer(params: &Params) -> Result<Answer, Repeated> {
    Ok(Answer {
        state: params.once("state")?.map(Secret::new),
        code: params.once("code")?.map(Secret::new),
        iss: params.once("iss")?.map(str::to_owned),
        error: params.once("error")?.map(str::to_owned),
    })
}

/// The page of a refusal, with its ways on.
pub(super) fn refuse(app: &App, visit: &Visit, errand: &Errand, why: NotLet) -> Answered {
    let Some(upstream) = app.config.policy.upstreams.find(&errand.upstream) else {
        return Err(Fault::new("a portal names a provider that is not configured"));
    };
    let is_reset = errand.purpose == Purpose::PupilReset;
    let (again, back) = match errand.purpose {
        Purpose::PupilReset => pupil_reset::ways(visit, errand.interaction_id.as_ref()),
        Purpose::SignIn(profile) => {
            let again = to_provider(visit, upstream, errand.interaction_id.as_ref(), profile);
            // The door itself leads to the provider where the profile is chosen: back is to the choice, or home.
            (again, door_of(visit, errand.interaction_id.as_ref(), None))
        }
    };
    let place = &visit.place;
    let say = |key: &str| place.speaker.say(key);
    let (retry, back) = (
        Way::new(say("way-try-again"), again),
        Way::new(say(if is_reset { "way-back-reset" } else { "way-back-sign-in" }), back),
    );
    let page = match why {
        NotLet::Suspended => MessagePage::suspended(place),
        NotLet::Crowded => MessagePage::error(place, Trouble::Busy, vec![retry, back]),
        NotLet::Unavailable => MessagePage::upstream(place, "upstream-unavailable", upstream, vec![retry, back]),
        NotLet::Declined => MessagePage::upstream(place, "upstream-declined", upstream, vec![back, retry]),
        NotLet::Unknown => MessagePage::upstream(place, "upstream-unknown", upstream, vec![back]),
        NotLet::Ambiguous => MessagePage::upstream(place, "upstream-ambiguous", upstream, vec![back]),
        NotLet::NotActivated => MessagePage::upstream(place, "upstream-not-activated", upstream, vec![back]),
    };
    let status = match why {
        NotLet::Unavailable | NotLet::Crowded => axum::http::StatusCode::SERVICE_UNAVAILABLE,
        _ => axum::http::StatusCode::OK,
    };
    Ok(Page::of(&page).status(status).into_response())
}

/// A way that began in another browser, too long ago, or was gone already.
fn lost(visit: &Visit) -> Response {
    let ways = vec![Way::new(visit.place.speaker.say("way-sign-in"), format!("{}/connexion", base(visit)))];
    let page = MessagePage::upstream_lost(&visit.place, ways);
    Page::of(&page).status(axum::http::StatusCode::BAD_REQUEST).into_response()
}

/// The visit at the portal where the way began, addressing whom it is about.
async fn at_its_portal(app: &App, visit: &Visit, errand: &Errand) -> Result<Visit, Fault> {
    let interaction = match &errand.interaction_id {
        Some(id) => door::find(app, &visit.visitor, id).await?,
        None => None,
    };
    let visit = match (&interaction, app.config.policy.portals.find(&errand.portal)) {
        (Some(interaction), _) => visit_of(app, visit, interaction),
        (None, Some(portal)) => visit.at(portal, &[]),
        (None, None) => visit.clone(),
    };
    let profile = match errand.purpose {
        Purpose::PupilReset => Some(Profile::Pupil),
        Purpose::SignIn(profile) => profile,
    };
    Ok(match profile {
        Some(profile) => visit.addressing(register_of(Some(profile))),
        None => visit,
    })
}

/// Where a portal's own pages lie, whatever the address of this one.
pub(super) fn prefix(visit: &Visit) -> String {
    let portal = &visit.place.portal.name;
    if portal.as_str() == crate::policy::Portals::DEFAULT { String::new() } else { format!("/p/{portal}") }
}

/// The way to a provider.
pub(super) fn to_provider(
    visit: &Visit,
    upstream: &Upstream,
    interaction: Option<&InteractionId>,
    profile: Option<Profile>,
) -> String {
    with(format!("{}/connexion/vers/{}", prefix(visit), upstream.name), interaction, profile)
}

fn door_of(visit: &Visit, interaction: Option<&InteractionId>, profile: Option<Profile>) -> String {
    let path = if interaction.is_some() { "/connexion".to_owned() } else { format!("{}/connexion", prefix(visit)) };
    let chooses = profile.is_none() && visit.place.portal.chooser;
    let address = with(path, interaction, profile);
    // A choice that was made is taken back by an empty one.
    if chooses && interaction.is_some() { format!("{address}&{}=", Chooser::PARAMETER) } else { address }
}

fn with(path: String, interaction: Option<&InteractionId>, profile: Option<Profile>) -> String {
    let interaction = interaction.map(|id| format!("i={id}"));
    let profile = profile.map(|profile| format!("{}={}", Chooser::PARAMETER, profile.name()));
    let query: Vec<String> = [interaction, profile].into_iter().flatten().collect();
    if query.is_empty() { path } else { format!("{path}?{}", query.join("&")) }
}

fn upstream_of(path: &[(String, String)]) -> UpstreamName {
    UpstreamName::new(path.iter().find(|(name, _)| name == "upstream").map_or("", |(_, name)| name.as_str()))
}
