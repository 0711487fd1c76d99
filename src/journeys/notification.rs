//! The address for a portal's notifications: asked for once after the charter, given, confirmed or declined, and changed
//! later on the account page. Nothing is released by it.

use crate::{
    app::App,
    domain::{
        AccountId, Actor, Digest, Email, Event, Fault, Instant, InteractionId, Link, LinkPurpose, Mail, MailKind,
        NotificationAddress, PortalName, Recipient, Refusal, Secret,
    },
    mail,
    policy::is_plain,
    power_cut,
    store::{Tx, audit, interactions, links, notifications},
};

use super::{Holder, portal_address, told::tell};

/// What somebody answers.
#[derive(Clone, Copy, Debug)]
pub enum Answer<'a> {
    /// This address, as typed.
    Give(&'a str),
    /// Not now, not ever: it is not asked again.
    Decline,
}

/// From where an answer comes.
#[derive(Clone, Debug)]
pub struct At<'a> {
    /// For the audit trail; its `now` is the moment of the request.
    pub actor: &'a Actor,
    /// At which portal.
    pub portal: &'a PortalName,
    /// The browser.
    pub browser: &'a Digest,
    /// Its pending sign-in.
    pub interaction_id: Option<&'a InteractionId>,
    /// What the account's own address is told of it, where it is.
    pub told: Option<MailKind>,
}

/// What came of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answered {
    /// It is kept.
    Kept,
    /// It is kept, and a mail went to the address: its link confirms.
    Sent(Email),
}

/// The answer of an account; none where it was not asked yet.
///
/// # Errors
/// The store did not answer.
pub async fn find(app: &App, account_id: &AccountId) -> Result<Option<NotificationAddress>, Fault> {
    Ok(notifications::find(&app.db, account_id).await?)
}

/// Keeps an answer. The confirmed address of the account holds at once; another one is confirmed by a link, and the one
/// before stays in use until then.
///
/// # Errors
/// The store did not answer.
pub async fn answer(
    app: &App,
    at: At<'_>,
    holder: &Holder,
    answer: Answer<'_>,
) -> Result<Result<Answered, Refusal>, Fault> {
    let id = &holder.account.id;
    let (kept, event) = match answer {
        Answer::Decline => (NotificationAddress::default(), Event::NotificationEmailDeclined),
        Answer::Give(typed) => {
            let email = match read(typed) {
                Ok(email) => email,
                Err(refusal) => return Ok(Err(refusal)),
            };
            let before = notifications::find(&app.db, id).await?.and_then(|answer| answer.email);
            let is_confirmed = |known: &Email| known.folded() == email.folded();
            let awaits_confirmation =
                !holder.account.email.as_ref().is_some_and(is_confirmed) && !before.as_ref().is_some_and(is_confirmed);
            let kept = if awaits_confirmation {
                NotificationAddress { email: before, awaiting: Some(email) }
            } else {
                NotificationAddress { email: Some(email), awaiting: None }
            };
            (kept, Event::NotificationEmailGiven { awaits_confirmation })
        }
    };
    let actor = Actor { account_id: Some(id.clone()), ..at.actor.clone() };
    let mut tx = app.db.begin().await?;
    notifications::put(&mut tx, id, &kept, actor.now).await?;
    audit::add(&mut tx, &actor, Some(id), &event).await?;
    if let Some(email) = &kept.awaiting {
        send(app, &mut tx, (holder, &at), email).await?;
    } else {
        links::supersede(&mut tx, LinkPurpose::NotificationEmail, id, actor.now).await?;
    }
    if let (Some(told), Some(own)) = (at.told, &holder.account.email) {
        tell(app, &mut tx, (holder, at.portal), own, told, actor.now).await?;
    }
    tx.commit().await?;
    power_cut::at("notification-answered");
    Ok(Ok(kept.awaiting.map_or(Answered::Kept, Answered::Sent)))
}

/// What was typed as an address for notifications.
///
/// # Errors
/// Nothing was typed, or no address.
pub(super) fn read(typed: &str) -> Result<Email, Refusal> {
    if typed.trim().is_empty() {
        return Err(Refusal::Missing { field: "email" });
    }
    Email::parse(typed).filter(is_plain).ok_or(Refusal::EmailUnfit)
}

/// Links of one account in an hour, whatever the addresses.
const HOURLY_OF_ACCOUNT: i64 = 10;

/// Owes the mail with a fresh link, unless the same was asked for just now or too often. Links to other addresses stop.
async fn send(app: &App, tx: &mut Tx, (holder, at): (&Holder, &At<'_>), email: &Email) -> Result<(), Fault> {
    const PURPOSE: LinkPurpose = LinkPurpose::NotificationEmail;
    let (limits, now, id) = (&app.config.policy.limits.mail, at.actor.now, &holder.account.id);
    let hour = now - std::time::Duration::from_hours(1);
    if links::was_sent(tx, PURPOSE, (id, email), now - limits.again_after).await?
        || links::count_to(tx, PURPOSE, email, hour).await? >= i64::from(limits.hourly)
        || links::count_of(tx, PURPOSE, id, hour).await? >= HOURLY_OF_ACCOUNT
    {
        return Ok(());
    }
    links::supersede(tx, PURPOSE, id, now).await?;
    let secret = Secret::new(app.rng.id());
    let link = Link {
        digest: secret.digest(),
        purpose: PURPOSE,
        account_id: id.clone(),
        email: email.clone(),
        portal: at.portal.clone(),
        browser: at.browser.clone(),
        interaction_id: at.interaction_id.cloned(),
        created_at: now,
        expires_at: now + app.config.policy.lifetimes.activation_link,
        used_at: None,
        superseded_at: None,
    };
    if !links::add(tx, &link, limits.again_after).await? {
        return Ok(());
    }
    let mail = Mail {
        to: Recipient::Address(email.clone()),
        portal: at.portal.clone(),
        language: holder.account.language.clone(),
        register: if holder.is_pupil() { "tu" } else { "vous" }.to_owned(),
        account_id: Some(id.clone()),
        kind: MailKind::ConfirmNotification {
            given_name: holder.person.given_name.clone(),
            full_name: holder.person.full_name(),
            link: format!("{}/notifications/lien/{}", portal_address(app, at.portal), secret.reveal()),
            until: link.expires_at,
        },
    };
    mail::owe(app, tx, &mail, now).await
}

/// What became of a link.
#[derive(Debug)]
pub enum Found {
    /// It waits for its button.
    Ready(Box<Holder>, Email),
    /// Its address is confirmed.
    Used(Box<Holder>),
    /// Too old, replaced, or unknown.
    Over,
}

/// Looks at a link; changes nothing, however often (house, habit 14).
///
/// # Errors
/// The store did not answer.
pub async fn look_at_link(app: &App, token: &Secret, now: Instant) -> Result<Found, Fault> {
    let link = links::find(&app.db, &token.digest()).await?;
    let Some(link) = link.filter(|link| link.purpose == LinkPurpose::NotificationEmail) else { return Ok(Found::Over) };
    let Some(holder) = Holder::find(app, &link.account_id).await?.map(Box::new) else { return Ok(Found::Over) };
    let kept = notifications::find(&app.db, &link.account_id).await?.unwrap_or_default();
    Ok(if link.used_at.is_some() && kept.email.as_ref() == Some(&link.email) {
        Found::Used(holder)
    } else if link.used_at.is_some()
        || link.superseded_at.is_some()
        || link.expires_at <= now
        || kept.awaiting.as_ref() != Some(&link.email)
    {
        Found::Over
    } else {
        Found::Ready(holder, link.email)
    })
}

/// Confirms the address, once: `true` for the one who did.
///
/// # Errors
/// The store did not answer.
pub async fn confirm(app: &App, actor: &Actor, token: &Secret) -> Result<bool, Fault> {
    let digest = token.digest();
    let mut tx = app.db.begin().await?;
    let used = links::take(&mut tx, LinkPurpose::NotificationEmail, &digest, actor.now).await?;
    let Some((id, email)) = used else { return Ok(false) };
    if !notifications::confirm(&mut tx, &id, &email, actor.now).await? {
        return Ok(false);
    }
    audit::add(&mut tx, actor, Some(&id), &Event::NotificationEmailConfirmed).await?;
    tx.commit().await?;
    if let Some(interaction_id) = links::find(&app.db, &digest).await?.and_then(|link| link.interaction_id) {
        interactions::renew(&app.db, &interaction_id, actor.now + app.config.policy.lifetimes.interaction).await?;
    }
    Ok(true)
}
