//! "Ce n'était pas moi": the link at the old address takes a change of address back (row ACC-14).
//!
//! Whoever began the change knew the password. So the old address is restored, the password is void, every session and
//! link ends and the school is told; the same link then lets its reader choose a new password. Somebody who does not is
//! not lost: the restored address is confirmed, so that a forgotten password is reset as ever.

use std::time::Duration;

use crate::{
    app::App,
    crypto::{Class, QueueFull},
    domain::{
        AccountChange, AccountNews, Credential, Enrolled, Fault, Instant, Link, LinkPurpose, Password, SchoolNews,
        Secret,
    },
    policy::RuleList,
    signin::{Visitor, second_factor},
    store::{accounts, links},
};

use super::{
    super::{
        Caller, Holder, new_password, portal_address,
        recovery::{self, Chosen, Typed},
    },
    email::portal_of_link,
    news_of, school, tell,
};

/// How long after the button the same link lets a new password be chosen.
const CHOICE: Duration = Duration::from_hours(24);

/// What became of a link that takes a change back.
#[derive(Debug)]
pub enum Undo {
    /// It waits for its button.
    Ready(Box<Holder>, Link),
    /// The change is undone, a new password is to be chosen; its rules, and whether a second factor is shown with it.
    Choose(Box<Holder>, Link, RuleList, Enrolled),
    /// The change is undone, and the password was chosen since.
    Done(Box<Holder>),
    /// Its time is over, or there is no such link.
    Over,
}

/// Looks at such a link; changes nothing.
///
/// # Errors
/// The store did not answer.
pub async fn look_at_undo(app: &App, token: &Secret, now: Instant) -> Result<Undo, Fault> {
    let link = links::find(&app.db, &token.digest()).await?;
    let Some(link) = link.filter(|link| link.purpose == LinkPurpose::EmailUndo) else { return Ok(Undo::Over) };
    let Some(holder) = Holder::find(app, &link.account_id).await?.map(Box::new) else { return Ok(Undo::Over) };
    if !matches!(holder.account.credential, Credential::Own { .. }) {
        return Ok(Undo::Over);
    }
    Ok(match link.used_at {
        // The password is void since that moment, and nobody chose another.
        Some(used_at) if link.superseded_at.is_none() && holder.account.valid_since == used_at => {
            if now < used_at + CHOICE {
                let rules = new_password::rules(portal_of_link(app, &link), &holder);
                let enrolled = second_factor::enrolled(app, &link.account_id).await?;
                Undo::Choose(holder, link, rules, enrolled)
            } else {
                Undo::Over
            }
        }
        Some(_) => Undo::Done(holder),
        None if link.superseded_at.is_some() || link.expires_at <= now => Undo::Over,
        None => Undo::Ready(holder, link),
    })
}

/// Takes the change back: address, password, sessions, links and the word to the school together, once.
///
/// # Errors
/// The store or the pool did not answer.
pub async fn undo(app: &App, caller: Caller<'_>, token: &Secret) -> Result<Chosen, Fault> {
    let now = caller.actor.now;
    let Undo::Ready(holder, link) = look_at_undo(app, token, now).await? else { return Ok(Chosen::Went) };
    // The hash of what nobody knows: the account costs the same tries as any other.
    let nobody_s = Password::typed(app.rng.secret().reveal())
        .map_err(|refused| Fault::new(format!("a secret is no password: {refused:?}")))?;
    let hash = match app.hasher.hash(Class::Person(caller.network.clone()), &nobody_s) {
        Ok(hashing) => hashing.await?,
        Err(QueueFull) => return Ok(Chosen::Busy),
    };
    let id = holder.account.id.clone();
    let mut tx = app.db.begin().await?;
    if links::take(&mut tx, LinkPurpose::EmailUndo, &link.digest, now).await?.is_none() {
        return Ok(Chosen::Went);
    }
    let change = AccountChange::EmailUndone { id: id.clone(), email: link.email.clone(), password: hash };
    if !accounts::apply(&mut tx, caller.actor, change).await? {
        return Ok(Chosen::Went);
    }
    let (here, until) = (portal_address(app, &link.portal), now + CHOICE);
    let news = AccountNews::ChangeUndone { link: format!("{here}/compte/annulation/lien/{}", token.reveal()), until };
    tell(app, &mut tx, (&holder, &link.portal), &link.email, news_of(&holder, news), now).await?;
    let news = SchoolNews::AddressContested { at: now };
    school::write_to_own(app, &mut tx, (&holder, &link.portal), &news, now).await?;
    tx.commit().await?;
    Ok(Chosen::Went)
}

/// Chooses the new password that the undone change owes. The mailbox alone is not enough where there is a second factor.
///
/// # Errors
/// The store or the pool did not answer.
pub async fn choose_after_undo(
    app: &App,
    visitor: &Visitor,
    token: &Secret,
    typed: Typed<'_>,
) -> Result<Chosen, Fault> {
    let now = visitor.actor.now;
    let Undo::Choose(holder, link, _, enrolled) = look_at_undo(app, token, now).await? else {
        return Ok(Chosen::Went);
    };
    let portal = portal_of_link(app, &link);
    let hash = match recovery::prepare(app, visitor, (portal, &holder), enrolled, typed).await? {
        Ok(hash) => hash,
        Err(chosen) => return Ok(chosen),
    };
    let mut tx = app.db.begin().await?;
    if let Some(refusal) = recovery::wrong_factor(app, &mut tx, visitor, (&holder, enrolled), typed.code).await? {
        tx.commit().await?;
        return Ok(Chosen::Refused(vec![refusal]));
    }
    if !links::close(&mut tx, &link.digest, now).await?
        || !recovery::replace(app, &mut tx, visitor, &holder, (portal, &link.email), hash).await?
    {
        return Ok(Chosen::Went);
    }
    tx.commit().await?;
    Ok(Chosen::Done(holder))
}
