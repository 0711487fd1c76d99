//! Another address: confirmed at the new one, warned of and undone at the old one (rows ACC-05, ACC-12, ACC-13).
//!
//! The change that waits is its link: nothing of the account changes before the link's button is pressed. The old address
//! stays the account's until then.

use std::time::Duration;

use crate::{
    app::App,
    domain::{
        AccountChange, AccountNews, Credential, Email, Event, Fault, Instant, Link, LinkPurpose, Refusal, Secret,
    },
    store::{Tx, accounts, audit, grants, links, sessions},
};

use super::{
    super::{Caller, Holder, portal_address, portal_of},
    Me, news_of, tell,
};

const HOUR: Duration = Duration::from_hours(1);
/// Links of one account in an hour, whatever the addresses.
const HOURLY_OF_ACCOUNT: i64 = 10;

/// The change that waits for its confirmation, if one does.
///
/// # Errors
/// The store did not answer.
pub async fn waiting(app: &App, holder: &Holder) -> Result<Option<Link>, Fault> {
    let last = links::find_last(&app.db, LinkPurpose::EmailChange, &holder.account.id).await?;
    Ok(last.filter(|link| link.used_at.is_none()))
}

/// Begins a change: the link to the new address, the warning to the old one. Refused where too many were asked for.
pub(super) async fn begin(app: &App, tx: &mut Tx, me: Me<'_>, to: &Email) -> Result<Option<Refusal>, Fault> {
    let (account, now) = (&me.holder.account, me.visitor.actor.now);
    if !may_write(app, tx, me.holder, to, now).await? {
        return Ok(Some(Refusal::TooManyTries { again_at: now + HOUR }));
    }
    links::supersede(tx, LinkPurpose::EmailChange, &account.id, now).await?;
    send(app, tx, Asked::by(me), to, now).await?;
    if let Some(old) = &account.email {
        let (link, until) = undo_link(app, tx, Asked::by(me), old, now).await?;
        let news = AccountNews::AddressChanging { to: to.masked(), link, until };
        me.tell(app, tx, old, news_of(me.holder, news)).await?;
    }
    audit::add(tx, &me.actor(), Some(&account.id), &Event::EmailChangeAsked).await?;
    Ok(None)
}

/// Sends the link of the change that waits again. What is over the limits sends nothing and says nothing.
///
/// # Errors
/// The store did not answer.
pub async fn resend(app: &App, me: Me<'_>) -> Result<(), Fault> {
    let Some(link) = waiting(app, me.holder).await? else { return Ok(()) };
    again(app, Asked::by(me), &link.email, me.visitor.actor.now).await
}

/// Gives the change that waits up.
///
/// # Errors
/// The store did not answer.
pub async fn cancel(app: &App, me: Me<'_>) -> Result<(), Fault> {
    let Some(_) = waiting(app, me.holder).await? else { return Ok(()) };
    let id = &me.holder.account.id;
    let mut tx = app.db.begin().await?;
    links::supersede(&mut tx, LinkPurpose::EmailChange, id, me.visitor.actor.now).await?;
    audit::add(&mut tx, &me.actor(), Some(id), &Event::EmailChangeCancelled).await?;
    tx.commit().await?;
    Ok(())
}

/// What became of a link that confirms a new address.
#[derive(Debug)]
pub enum NewAddress {
    /// It waits for its button.
    Ready(Box<Holder>, Link),
    /// Too old: a fresh one can be asked for.
    Expired(Box<Holder>, Link),
    /// The address is the account's.
    Done(Box<Holder>, Link),
    /// Given up, or something newer took its place.
    Superseded(Link),
    /// There is no such link.
    Unknown,
}

/// Looks at a link to a new address; changes nothing.
///
/// # Errors
/// The store did not answer.
pub async fn look_at_new_address(app: &App, token: &Secret, now: Instant) -> Result<NewAddress, Fault> {
    let link = links::find(&app.db, &token.digest()).await?;
    let Some(link) = link.filter(|link| link.purpose == LinkPurpose::EmailChange) else {
        return Ok(NewAddress::Unknown);
    };
    let holder = Holder::find(app, &link.account_id).await?;
    let holder = holder.filter(|holder| matches!(holder.account.credential, Credential::Own { .. })).map(Box::new);
    Ok(match holder {
        None => NewAddress::Unknown,
        Some(_) if link.superseded_at.is_some() => NewAddress::Superseded(link),
        Some(holder) if link.used_at.is_some() => NewAddress::Done(holder, link),
        Some(holder) if link.expires_at <= now => NewAddress::Expired(holder, link),
        Some(holder) => NewAddress::Ready(holder, link),
    })
}

/// Confirms a new address, once: `true` for the one who did. Sessions that are older than the request end; the one in
/// which it was asked for was proven at that moment, and goes on.
///
/// # Errors
/// The store did not answer.
pub async fn confirm_new_address(app: &App, caller: Caller<'_>, token: &Secret) -> Result<bool, Fault> {
    let now = caller.actor.now;
    let NewAddress::Ready(holder, link) = look_at_new_address(app, token, now).await? else { return Ok(false) };
    let (account, ends) = (&holder.account, app.config.policy.account.email_ends_sessions);
    let mut tx = app.db.begin().await?;
    let Some((id, email)) = links::take(&mut tx, LinkPurpose::EmailChange, &link.digest, now).await? else {
        return Ok(false);
    };
    let since = if ends { link.created_at } else { account.valid_since };
    let change = AccountChange::EmailReplaced { id: id.clone(), email: email.clone(), valid_since: since };
    if !accounts::apply(&mut tx, caller.actor, change).await? {
        return Ok(false);
    }
    if ends {
        sessions::end_older(&mut tx, &id, link.created_at).await?;
        grants::revoke_others(&mut tx, &id, &crate::domain::Digest::of(b""), now).await?;
    }
    if let Some(old) = account.email.as_ref().filter(|old| old.folded() != email.folded()) {
        let (undo, until) = undo_link(app, &mut tx, Asked::like(&holder, &link), old, now).await?;
        let news = AccountNews::AddressChanged { to: email.masked(), link: undo, until };
        tell(app, &mut tx, (&holder, &link.portal), old, news_of(&holder, news), now).await?;
    }
    tx.commit().await?;
    Ok(true)
}

/// Sends a fresh link to the address of one that is too old.
///
/// # Errors
/// The store did not answer.
pub async fn ask_new_address_again(app: &App, token: &Secret, now: Instant) -> Result<Option<Link>, Fault> {
    let NewAddress::Expired(holder, link) = look_at_new_address(app, token, now).await? else { return Ok(None) };
    again(app, Asked::like(&holder, &link), &link.email, now).await?;
    Ok(Some(link))
}

/// Whose link, at which portal, asked for in which browser.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    holder: &'a Holder,
    portal: &'a crate::domain::PortalName,
    browser: &'a crate::domain::Digest,
}

impl<'a> Asked<'a> {
    fn by(me: Me<'a>) -> Self {
        Self { holder: me.holder, portal: &me.portal.name, browser: &me.visitor.browser }
    }

    fn like(holder: &'a Holder, link: &'a Link) -> Self {
        Self { holder, portal: &link.portal, browser: &link.browser }
    }

    fn link(self, purpose: LinkPurpose, email: &Email, (secret, now, ttl): (&Secret, Instant, Duration)) -> Link {
        Link {
            digest: secret.digest(),
            purpose,
            account_id: self.holder.account.id.clone(),
            email: email.clone(),
            portal: self.portal.clone(),
            browser: self.browser.clone(),
            interaction_id: None,
            created_at: now,
            expires_at: now + ttl,
            used_at: None,
            superseded_at: None,
        }
    }
}

async fn may_write(app: &App, tx: &mut Tx, holder: &Holder, to: &Email, now: Instant) -> Result<bool, Fault> {
    let (purpose, hourly) = (LinkPurpose::EmailChange, i64::from(app.config.policy.limits.mail.hourly));
    Ok(links::count_to(tx, purpose, to, now - HOUR).await? < hourly
        && links::count_of(tx, purpose, &holder.account.id, now - HOUR).await? < HOURLY_OF_ACCOUNT)
}

/// The same mail again, unless it was sent just now or too often.
async fn again(app: &App, asked: Asked<'_>, to: &Email, now: Instant) -> Result<(), Fault> {
    let (id, since) = (&asked.holder.account.id, now - app.config.policy.limits.mail.again_after);
    let mut tx = app.db.begin().await?;
    if links::was_sent(&mut tx, LinkPurpose::EmailChange, (id, to), since).await?
        || !may_write(app, &mut tx, asked.holder, to, now).await?
    {
        return Ok(());
    }
    send(app, &mut tx, asked, to, now).await?;
    tx.commit().await?;
    Ok(())
}

async fn send(app: &App, tx: &mut Tx, asked: Asked<'_>, to: &Email, now: Instant) -> Result<(), Fault> {
    let secret = Secret::new(app.rng.id());
    let ttl = app.config.policy.account.email_link;
    let link = asked.link(LinkPurpose::EmailChange, to, (&secret, now, ttl));
    if !links::add(tx, &link, ONE_EACH).await? {
        return Ok(());
    }
    let news = AccountNews::ConfirmNewAddress {
        link: format!("{}/compte/adresse/lien/{}", portal_address(app, asked.portal), secret.reveal()),
        until: link.expires_at,
    };
    tell(app, tx, (asked.holder, asked.portal), to, news_of(asked.holder, news), now).await
}

/// A link that takes a change of address back, for the old address: its text and until when it does.
async fn undo_link(
    app: &App,
    tx: &mut Tx,
    asked: Asked<'_>,
    old: &Email,
    now: Instant,
) -> Result<(String, Instant), Fault> {
    let secret = Secret::new(app.rng.id());
    let link = asked.link(LinkPurpose::EmailUndo, old, (&secret, now, app.config.policy.account.undo_link));
    links::add(tx, &link, ONE_EACH).await?;
    let address = portal_address(app, asked.portal);
    Ok((format!("{address}/compte/annulation/lien/{}", secret.reveal()), link.expires_at))
}

/// Each of these links counts, however soon it follows another: what may be sent was decided before.
const ONE_EACH: Duration = Duration::from_millis(1);

/// The rules of the portal where a link was asked for.
pub(super) fn portal_of_link<'a>(app: &'a App, link: &Link) -> &'a crate::policy::Portal {
    portal_of(app, &link.portal)
}
