//! The link in the mail: looked at as often as one likes, used once, on whichever device.

use crate::{
    app::App,
    domain::{AccountChange, Credential, Email, Fault, Instant, Link, LinkPurpose, Secret},
    power_cut,
    store::{accounts, interactions, links},
};

use super::{
    Caller, Holder,
    address::{Asked, send},
};

/// What became of a link.
#[derive(Debug)]
pub enum Found {
    /// It waits for its button.
    Ready(Box<Holder>, Link),
    /// The account is operational: by this link or another way.
    Used(Box<Holder>, Link),
    /// Too old, but its address still waits: a fresh one can be asked for.
    Expired(Box<Holder>, Link),
    /// Another address or a new letter took its place.
    Superseded(Link),
    /// There is no such link.
    Unknown,
}

/// Looks at a link; changes nothing, however often (house, habit 14; row ACT-07).
///
/// # Errors
/// The store did not answer.
pub async fn look_at_link(app: &App, token: &Secret, now: Instant) -> Result<Found, Fault> {
    let link = links::find(&app.db, &token.digest()).await?;
    let Some(link) = link.filter(|link| link.purpose == LinkPurpose::Activation) else { return Ok(Found::Unknown) };
    let Some(holder) = Holder::find(app, &link.account_id).await?.map(Box::new) else { return Ok(Found::Unknown) };
    let awaited: Option<&Email> = match &holder.account.credential {
        Credential::Own { .. } => return Ok(Found::Used(holder, link)),
        Credential::Confirming { email, .. } => Some(email),
        Credential::None | Credential::Letter { .. } => None,
    };
    Ok(if awaited != Some(&link.email) {
        Found::Superseded(link)
    } else if link.superseded_at.is_some() || link.expires_at <= now {
        Found::Expired(holder, link)
    } else {
        Found::Ready(holder, link)
    })
}

/// Confirms the address, once: `true` for the one who did. The sign-in that waits in the browser where the activation
/// began gets the time to be gone on with.
///
/// # Errors
/// The store did not answer.
pub async fn confirm(app: &App, caller: Caller<'_>, token: &Secret) -> Result<bool, Fault> {
    let (digest, now) = (token.digest(), caller.actor.now);
    let mut tx = app.db.begin().await?;
    let Some((id, email)) = links::take(&mut tx, LinkPurpose::Activation, &digest, now).await? else {
        return Ok(false);
    };
    if !accounts::apply(&mut tx, caller.actor, AccountChange::EmailConfirmed { id, email }).await? {
        return Ok(false);
    }
    power_cut::at("link-before-commit");
    tx.commit().await?;
    power_cut::at("link-confirmed");
    if let Some(interaction_id) = links::find(&app.db, &digest).await?.and_then(|link| link.interaction_id) {
        interactions::renew(&app.db, &interaction_id, now + app.config.policy.lifetimes.interaction).await?;
    }
    Ok(true)
}

/// Sends a fresh link to the address of one that is too old; nothing needs to be typed again (row ACT-09).
///
/// # Errors
/// The store did not answer.
pub async fn ask_again(app: &App, caller: Caller<'_>, token: &Secret) -> Result<Option<Link>, Fault> {
    let Found::Expired(holder, link) = look_at_link(app, token, caller.actor.now).await? else { return Ok(None) };
    let asked = Asked {
        portal: &link.portal,
        browser: &link.browser,
        interaction_id: link.interaction_id.as_ref(),
        language: &holder.account.language,
    };
    let mut tx = app.db.begin().await?;
    send(app, &mut tx, &holder, (&link.email, &asked), caller.actor.now).await?;
    tx.commit().await?;
    Ok(Some(link))
}
