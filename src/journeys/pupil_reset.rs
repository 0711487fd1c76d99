//! A pupil's temporary password, after an external provider has proven who the pupil is (rows SEP-06 to SEP-21).
//!
//! Number, username and the provider's word must be about the same pupil. What is wrong is one sentence, and a line in the
//! audit trail; right or wrong, the same look-ups are made. The mail goes to the mailbox that the provider answers for.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::{
    app::App,
    crypto::Class,
    domain::{
        AccountId, AccountState, Actor, Digest, Email, Event, Fault, Identifier, Instant, InteractionId, Mail,
        MailKind, PortalName, Recipient, Refusal, UpstreamName,
    },
    ephemeral::Kind,
    mail,
    policy::{Portal, PupilReset, Upstream},
    store::{Tx, accounts, audit, grants, matching, sessions, throttles},
};

use super::{Caller, Holder, portal_address, portal_of, temporary};

const DAY: Duration = Duration::from_hours(24);

/// A pupil's identity, proven by a provider, in one browser and for a few minutes. Its id opens nothing by itself.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Proof {
    browser: Digest,
    /// By whom.
    pub upstream: UpstreamName,
    /// At which portal.
    pub portal: PortalName,
    /// The pending sign-in that goes on afterwards.
    pub interaction_id: Option<InteractionId>,
    account_id: AccountId,
    /// The pupil's mailbox there.
    pub mailbox: Email,
    /// Under which key wrong tries are counted.
    throttle: String,
}

/// What a provider has proven.
#[derive(Clone, Debug)]
pub struct Proven {
    /// By whom.
    pub upstream: UpstreamName,
    /// At which portal.
    pub portal: PortalName,
    /// The pending sign-in of the browser.
    pub interaction_id: Option<InteractionId>,
    /// The pupil's account.
    pub account_id: AccountId,
    /// What the provider knows the pupil by.
    pub subject: String,
    /// The pupil's mailbox there.
    pub mailbox: Email,
}

/// What was typed.
#[derive(Clone, Copy, Debug)]
pub struct Typed<'a> {
    /// The pupil number.
    pub number: &'a str,
    /// The username at the portal.
    pub identifier: &'a str,
}

/// What came of a request.
#[derive(Debug)]
pub enum Requested {
    /// A mail is on its way, from now or from a moment ago.
    Sent(Proof),
    /// The proof is too old, or was given elsewhere.
    NoProof,
    /// What is wrong, all of it.
    Refused(Vec<Refusal>),
    /// The account can't be given one: the school helps (row SEP-18).
    AskSchool,
    /// Too many wait for a hash.
    Busy,
}

/// Keeps a proof: the id of it, for the address of the page.
///
/// # Errors
/// The store of short-lived things did not answer.
pub async fn keep(app: &App, caller: Caller<'_>, reset: &PupilReset, proven: Proven) -> Result<String, Fault> {
    let id = app.rng.id();
    let who = format!("{} {}", proven.upstream, proven.subject);
    let proof = Proof {
        browser: caller.browser.clone(),
        throttle: format!("reset:{}", app.sealer.tag("reset", who.as_bytes()).as_str()),
        upstream: proven.upstream,
        portal: proven.portal,
        interaction_id: proven.interaction_id,
        account_id: proven.account_id,
        mailbox: proven.mailbox,
    };
    app.ephemeral.put(Kind::Proof, &Digest::of(id.as_bytes()), &proof, caller.actor.now, reset.proof).await?;
    Ok(id)
}

/// The proof of that id, if it was given in this browser and not too long ago (row SEP-14).
///
/// # Errors
/// The store of short-lived things did not answer.
pub async fn look(app: &App, caller: Caller<'_>, id: &str) -> Result<Option<Proof>, Fault> {
    let proof: Option<Proof> = app.ephemeral.find(Kind::Proof, &Digest::of(id.as_bytes()), caller.actor.now).await?;
    Ok(proof.filter(|proof| proof.browser.matches(caller.browser)))
}

/// Asks for a temporary password: kept, mailed and told in one transaction, in which the account's sessions end.
///
/// # Errors
/// A store or the pool did not answer.
pub async fn request(app: &App, caller: Caller<'_>, id: &str, typed: Typed<'_>) -> Result<Requested, Fault> {
    let Some(proof) = look(app, caller, id).await? else { return Ok(Requested::NoProof) };
    let portal = portal_of(app, &proof.portal);
    let (Some(reset), Some(upstream)) = (&portal.external.reset, app.config.policy.upstreams.find(&proof.upstream))
    else {
        return Ok(Requested::NoProof);
    };
    let number = match read(portal, reset, typed) {
        Ok(number) => number,
        Err(refusals) => return Ok(Requested::Refused(refusals)),
    };
    let now = caller.actor.now;
    if let Some(again_at) = paused_until(app, &proof, now).await? {
        return Ok(Requested::Refused(vec![Refusal::TooManyTries { again_at }]));
    }
    let holder = Holder::find(app, &proof.account_id).await?;
    let of_number = matching::find_by_pupil_number(&app.db, &number).await?.map(|account| account.id);
    let of_identifier = accounts::find_by_identifier(&app.db, &Identifier::new(typed.identifier)).await?;
    let of_identifier = of_identifier.map(|account| account.id);
    let is_theirs = |id: &Option<AccountId>| id.as_ref() == Some(&proof.account_id);
    let holder = holder.filter(|holder| holder.is_pupil() && is_theirs(&of_number) && is_theirs(&of_identifier));
    let Some(holder) = holder else {
        let event =
            Event::DelegatedResetIdentityMismatch { upstream: proof.upstream.clone(), of_number, of_identifier };
        return Ok(Requested::Refused(vec![fail(app, caller.actor, &proof, &event).await?]));
    };
    if holder.account.state() != AccountState::Operational {
        return Ok(Requested::AskSchool);
    }
    give(app, caller, (portal, reset, upstream), proof, &holder).await
}

/// What was typed, as far as it can be right: a number that can't be one is told before anything is looked up (row SEP-12).
fn read(portal: &Portal, reset: &PupilReset, typed: Typed<'_>) -> Result<String, Vec<Refusal>> {
    let mut refusals = Vec::new();
    let number = reset.number.read(&portal.country, typed.number);
    if typed.number.trim().is_empty() {
        refusals.push(Refusal::Missing { field: "number" });
    } else if number.is_none() {
        refusals.push(Refusal::NumberUnfit { digits: reset.number.digits });
    }
    if typed.identifier.trim().is_empty() {
        refusals.push(Refusal::Missing { field: "identifier" });
    }
    number.filter(|_| refusals.is_empty()).ok_or(refusals)
}

async fn paused_until(app: &App, proof: &Proof, now: Instant) -> Result<Option<Instant>, Fault> {
    let count = throttles::find(&app.db, &proof.throttle).await?;
    Ok(count.map(|count| count.paused_until).filter(|until| *until > now))
}

/// Counts a wrong try against the proven identity, and pauses it after five (row SEP-11).
async fn fail(app: &App, by: &Actor, proof: &Proof, event: &Event) -> Result<Refusal, Fault> {
    let (limits, now) = (&app.config.policy.limits.account, by.now);
    let mut tx = app.db.begin().await?;
    let count = throttles::fail(&mut tx, &proof.throttle, now, DAY).await?;
    if count.paused_until > now {
        return Ok(Refusal::TooManyTries { again_at: count.paused_until });
    }
    if let Some(pause) = limits.pause_after(u32::try_from(count.failures).unwrap_or(u32::MAX)) {
        throttles::pause(&mut tx, &proof.throttle, now + pause).await?;
    }
    audit::add(&mut tx, by, Some(&proof.account_id), event).await?;
    tx.commit().await?;
    Ok(Refusal::NotSamePupil)
}

async fn give(
    app: &App,
    caller: Caller<'_>,
    (portal, reset, upstream): (&Portal, &PupilReset, &Upstream),
    proof: Proof,
    holder: &Holder,
) -> Result<Requested, Fault> {
    let (by, now, id) = (caller.actor, caller.actor.now, &holder.account.id);
    let class = Class::Person(caller.network.clone());
    let Some(made) = temporary::make(app, by, (portal, class), &holder.account, now - reset.again_after).await? else {
        return Ok(Requested::Busy);
    };
    let mut tx = app.db.begin().await?;
    if !accounts::apply(&mut tx, by, made.change).await? {
        // One was made a moment ago: its mail is on its way (row SEP-19).
        return Ok(Requested::Sent(proof));
    }
    // The identity is proven: what is open anywhere ends now (row SEP-21). The password that was forgotten stays good until
    // the temporary one is used.
    let nobody = Digest::of(b"");
    sessions::end_others(&mut tx, id, &nobody).await?;
    grants::revoke_others(&mut tx, id, &nobody, now).await?;
    throttles::forget(&mut tx, &proof.throttle).await?;
    audit::add(&mut tx, by, Some(id), &Event::DelegatedResetRequested { upstream: proof.upstream.clone() }).await?;
    let kind = MailKind::TemporaryByUpstream {
        given_name: holder.person.given_name.clone(),
        identifier: holder.account.identifier.to_string(),
        password: made.password.reveal().to_owned(),
        until: made.expires_at,
        address: format!("{}/connexion", portal_address(app, &portal.name)),
        upstream: upstream.label.clone(),
    };
    let mail = Mail {
        to: Recipient::Address(proof.mailbox.clone()),
        portal: portal.name.clone(),
        language: holder.account.language.clone(),
        register: "tu".to_owned(),
        account_id: Some(id.clone()),
        kind,
    };
    mail::owe(app, &mut tx, &mail, now).await?;
    if reset.tells_guardians {
        tell_guardians(app, &mut tx, (portal, upstream), holder, now).await?;
    }
    tx.commit().await?;
    Ok(Requested::Sent(proof))
}

/// Owes a mail to each legal guardian who has an account; the courier finds their addresses.
async fn tell_guardians(
    app: &App,
    tx: &mut Tx,
    (portal, upstream): (&Portal, &Upstream),
    holder: &Holder,
    now: Instant,
) -> Result<(), Fault> {
    for guardian in matching::list_guardians(tx, &holder.person.id).await? {
        let mail = Mail {
            to: Recipient::Holder(guardian),
            portal: portal.name.clone(),
            language: String::new(),
            register: String::new(),
            account_id: None,
            kind: MailKind::PupilResetTold {
                given_name: String::new(),
                pupil: holder.person.full_name(),
                at: now,
                upstream: upstream.label.clone(),
            },
        };
        mail::owe(app, tx, &mail, now).await?;
    }
    Ok(())
}
