//! Who stands at the door, and what a sign-in still owes. The one dispatcher of steps (design §3).

use std::sync::Arc;

use crate::{
    app::App,
    domain::{Asked, Demands, Fault, Interaction, InteractionId, RelyingParty, Step},
    policy::{Owed, Portal, SecondFactorRule, next_step},
    store::{
        consents, interactions,
        sessions::{self, Halfway, Standing},
    },
};

use super::{Visitor, gates};

/// What a protocol room asks for, once it has parsed and checked its request.
#[derive(Clone, Debug)]
pub struct Request {
    /// Who asks; none for a page of our own.
    pub relying_party: Option<Arc<RelyingParty>>,
    /// At which portal.
    pub portal: Arc<Portal>,
    /// The request in its protocol's own words.
    pub asked: Asked,
    /// What the session must fulfil.
    pub demands: Demands,
}

/// Where a pending sign-in stands when the browser comes back to it.
#[derive(Debug)]
pub enum Resumed {
    /// Nothing is owed: the protocol room answers. The interaction is not taken yet (`take`).
    Answer(Box<Interaction>, Box<Standing>),
    /// This is owed; the standing is there where somebody is signed in.
    Owed(Box<Interaction>, Step, Option<Box<Standing>>),
    /// Unknown, or begun in another browser: start afresh.
    Lost,
}

/// Who is signed in, if anybody; one statement. Notes the use at most once a minute. Whoever still has to replace a
/// temporary password (row QST-05), owes a second factor or must add one at the visitor's portal, is nobody yet: `anybody`
/// and `halfway` tell of them.
///
/// # Errors
/// The store did not answer.
pub async fn standing(app: &App, visitor: &Visitor) -> Result<Option<Standing>, Fault> {
    Ok(anybody(app, visitor).await?.filter(|standing| is_somebody(app, visitor, standing)))
}

/// Whether nothing is owed that comes before everything else: a temporary password to be replaced, a second factor to be
/// added at the visitor's portal.
fn is_somebody(app: &App, visitor: &Visitor, standing: &Standing) -> bool {
    let portals = &app.config.policy.portals;
    let named = visitor.actor.portal.as_ref().and_then(|name| portals.find(name));
    let portal = named.unwrap_or_else(|| portals.default_portal());
    let rule = portal.second_factors.rule(&standing.profiles, standing.is_administrator);
    let must_enrol = rule == SecondFactorRule::Required && !standing.session.has_second_factor();
    !standing.owes_password && !must_enrol
}

/// The same, whoever still has to replace a temporary password or to add a second factor included.
///
/// # Errors
/// The store did not answer.
pub async fn anybody(app: &App, visitor: &Visitor) -> Result<Option<Standing>, Fault> {
    Ok(halfway(app, visitor).await?.and_then(Halfway::whole))
}

/// Who gave a first proof in this browser, whatever is still owed: enough to ask for the rest, not to open anything.
///
/// # Errors
/// The store did not answer.
pub async fn halfway(app: &App, visitor: &Visitor) -> Result<Option<Halfway>, Fault> {
    let Some(id) = &visitor.session else { return Ok(None) };
    let halfway = sessions::find_halfway(&app.db, id, visitor.actor.now).await?;
    if let Some(halfway) = &halfway {
        sessions::see(&app.db, halfway.session(), visitor.actor.now).await?;
    }
    Ok(halfway)
}

/// What a request owes right now, without writing anything but what the session is known to owe: the hot path ends here
/// with `Step::Answer`.
///
/// # Errors
/// The store did not answer.
pub async fn look(app: &App, visitor: &Visitor, request: &Request) -> Result<(Step, Option<Standing>), Fault> {
    let halfway = halfway(app, visitor).await?;
    let party = request.relying_party.as_deref();
    let step = decide(
        app,
        visitor,
        Asking { portal: &request.portal, demands: &request.demands, party, chosen: None },
        halfway.as_ref(),
    )
    .await?;
    Ok((step, halfway.and_then(Halfway::whole)))
}

/// What somebody who is signed in owes at a page of our own.
///
/// # Errors
/// The store did not answer.
pub async fn look_at_home(
    app: &App,
    visitor: &Visitor,
    portal: &Arc<Portal>,
) -> Result<(Step, Option<Standing>), Fault> {
    let asked = Asked::Page("/".into());
    let request = Request { relying_party: None, portal: portal.clone(), asked, demands: Demands::default() };
    let (step, standing) = look(app, visitor, &request).await?;
    Ok((step, standing.filter(|standing| is_somebody(app, visitor, standing))))
}

/// Keeps a request as a pending sign-in of this browser. The browser then goes to `/connexion?i=ID`. None where its network
/// has begun too many of late.
///
/// # Errors
/// The store did not answer.
pub async fn begin(app: &App, visitor: &Visitor, request: Request) -> Result<Option<InteractionId>, Fault> {
    if !app.gate.lets_in(&visitor.network) {
        return Ok(None);
    }
    let now = visitor.actor.now;
    let interaction = Interaction {
        id: InteractionId::new(app.rng.id()),
        browser: visitor.browser.clone(),
        portal: request.portal.name.clone(),
        relying_party_id: request.relying_party.map(|party| party.id.clone()),
        asked: request.asked,
        demands: request.demands,
        profile: None,
        created_at: now,
        expires_at: now + app.config.policy.lifetimes.interaction,
    };
    interactions::add(&app.db, &interaction).await?;
    Ok(Some(interaction.id))
}

/// Where a pending sign-in stands.
///
/// # Errors
/// The store did not answer.
pub async fn resume(app: &App, visitor: &Visitor, id: &InteractionId) -> Result<Resumed, Fault> {
    let Some(interaction) = find(app, visitor, id).await? else { return Ok(Resumed::Lost) };
    let party = interaction.relying_party_id.as_ref().and_then(|id| app.services.load().find(id).cloned());
    if interaction.relying_party_id.is_some() && party.is_none() {
        return Ok(Resumed::Lost);
    }
    let portal = portal_of(app, &interaction);
    let halfway = halfway(app, visitor).await?;
    let asking =
        Asking { portal: &portal, demands: &interaction.demands, party: party.as_deref(), chosen: interaction.profile };
    let step = decide(app, visitor, asking, halfway.as_ref()).await?;
    let (interaction, standing) = (Box::new(interaction), halfway.and_then(Halfway::whole).map(Box::new));
    Ok(match (step, standing) {
        (Step::Answer, Some(standing)) => Resumed::Answer(interaction, standing),
        (step, standing) => Resumed::Owed(interaction, step, standing),
    })
}

/// The pending sign-in of that id, if this browser began it.
///
/// # Errors
/// The store did not answer.
pub async fn find(app: &App, visitor: &Visitor, id: &InteractionId) -> Result<Option<Interaction>, Fault> {
    Ok(interactions::find(&app.db, id).await?.filter(|interaction| interaction.browser == visitor.browser))
}

/// Ends a pending sign-in so that it can be answered: `true` once.
///
/// # Errors
/// The store did not answer.
pub async fn take(app: &App, visitor: &Visitor, id: &InteractionId) -> Result<bool, Fault> {
    Ok(interactions::take(&app.db, id, &visitor.browser).await?)
}

/// The portal of a pending sign-in; the default one where the configuration has lost it.
#[must_use]
pub fn portal_of(app: &App, interaction: &Interaction) -> Arc<Portal> {
    let portals = &app.config.policy.portals;
    portals.find(&interaction.portal).unwrap_or_else(|| portals.default_portal()).clone()
}

struct Asking<'a> {
    portal: &'a Portal,
    demands: &'a Demands,
    party: Option<&'a RelyingParty>,
    chosen: Option<crate::domain::Profile>,
}

async fn decide(app: &App, visitor: &Visitor, asking: Asking<'_>, halfway: Option<&Halfway>) -> Result<Step, Fault> {
    let lacks_consent = match (asking.party, halfway) {
        (Some(party), Some(halfway)) if !party.first_party => {
            let given = consents::find(&app.db, halfway.account_id(), &party.id).await?;
            asking.demands.ask_consent
                || !given.is_some_and(|given| asking.demands.claims.iter().all(|claim| given.contains(claim)))
        }
        _ => false,
    };
    // Whoever still owes a second factor is asked for that first.
    let standing = halfway.and_then(Halfway::as_whole);
    let owes_charter = match standing {
        Some(standing) => gates::owes_charter(app, standing, visitor.actor.now).await?,
        None => false,
    };
    Ok(next_step(&Owed {
        portal: asking.portal,
        demands: asking.demands,
        chosen: asking.chosen,
        session: halfway.map(|halfway| (halfway.session(), halfway.profiles())),
        enrolled: halfway.is_some_and(|halfway| halfway.enrolled().any()),
        is_administrator: halfway.is_some_and(Halfway::is_administrator),
        owes_password: halfway.is_some_and(Halfway::owes_password),
        has_bad_address: standing.is_some_and(|standing| standing.has_bad_address),
        owes_charter,
        owes_notification: standing.is_some_and(|standing| gates::owes_notification(asking.portal, standing)),
        lacks_consent,
        now: visitor.actor.now,
    }))
}
