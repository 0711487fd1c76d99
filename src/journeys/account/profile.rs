//! The one form of the account page: a new password, another address or both, with the current password (rows ACC-03 to
//! ACC-07).

use crate::{
    app::App,
    domain::{AccountChange, Email, Fault, Kept, Password, PasswordHash, Refusal, Replacing, Typed},
    signin::{
        Opened,
        again::{self, Again},
    },
    store::accounts,
};

use super::{
    super::{
        activation::address,
        new_password::{self, NotHashed},
    },
    Me, email, replaced,
};

/// What was typed on the page.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The current password.
    pub current: &'a str,
    /// The new password; empty where it stays.
    pub password: &'a str,
    /// The same once more.
    pub confirmation: &'a str,
    /// The other address; empty where it stays.
    pub email: &'a str,
    /// Whether the person says that an address in doubt is theirs.
    pub sure: bool,
}

/// What came of it.
#[derive(Debug)]
pub enum Saved {
    /// It is done.
    Done(Box<Done>),
    /// What is wrong, all of it; nothing changed.
    Refused(Vec<Refusal>),
    /// Too many wait for a hash; nothing changed.
    Busy,
    /// The session has ended, or somebody else was first.
    Gone,
}

/// What was done.
#[derive(Debug)]
pub struct Done {
    /// The session goes on under a new secret.
    pub opened: Opened,
    /// Whether the password is a new one.
    pub password: bool,
    /// The address that waits for its confirmation.
    pub email: Option<Email>,
}

/// What is to be changed, as far as it is fit.
struct Fit {
    password: Option<Password>,
    email: Option<Email>,
}

/// Changes what was asked for, all of it or nothing.
///
/// # Errors
/// The store or the pool did not answer.
pub async fn save(app: &App, me: Me<'_>, wanted: Wanted<'_>) -> Result<Saved, Fault> {
    let (fit, mut refusals) = match check(app, me, wanted).await? {
        Ok(fit) => (Some(fit), Vec::new()),
        Err(refusals) => (None, refusals),
    };
    if wanted.current.is_empty() {
        refusals.insert(0, Refusal::Missing { field: "current_password" });
    }
    let (Some(fit), true) = (fit, refusals.is_empty()) else { return Ok(Saved::Refused(refusals)) };
    let current = match again::prove(app, me.visitor, &me.portal.name, &me.holder.account, wanted.current).await? {
        Again::Proven(current) => current,
        Again::Refused(refusal) => return Ok(Saved::Refused(vec![refusal])),
        Again::Busy => return Ok(Saved::Busy),
    };
    let hash = match &fit.password {
        Some(password) => match hash(app, me, password, &current).await? {
            Ok(hash) => Some(hash),
            Err(NotHashed::Former) => return Ok(Saved::Refused(vec![Refusal::RecentPassword])),
            Err(NotHashed::Busy) => return Ok(Saved::Busy),
        },
        None => None,
    };
    keep(app, me, hash, fit.email).await
}

/// What is fit to be changed, or everything that is wrong with it.
async fn check(app: &App, me: Me<'_>, wanted: Wanted<'_>) -> Result<Result<Fit, Vec<Refusal>>, Fault> {
    let (mut fit, mut refusals) = (Fit { password: None, email: None }, Vec::new());
    if !wanted.password.is_empty() || !wanted.confirmation.is_empty() {
        match new_password::check(app, me.portal, me.holder, wanted.password, wanted.confirmation).await? {
            Ok(password) => fit.password = Some(password),
            Err(broken) => refusals.extend(broken),
        }
    }
    let is_same = me.holder.account.email.as_ref().is_some_and(|email| email.as_str() == wanted.email.trim());
    if !wanted.email.trim().is_empty() && !is_same {
        match address(app, me, wanted).await? {
            Ok(email) => fit.email = Some(email),
            Err(refusal) => refusals.push(refusal),
        }
    }
    Ok(if !refusals.is_empty() {
        Err(refusals)
    } else if fit.password.is_none() && fit.email.is_none() {
        Err(vec![Refusal::NoChange])
    } else {
        Ok(fit)
    })
}

/// The rules of addresses are those of the activation; one in doubt is asked about first.
async fn address(app: &App, me: Me<'_>, wanted: Wanted<'_>) -> Result<Result<Email, Refusal>, Fault> {
    let email = match address::read(app, me.portal, me.holder, wanted.email).await? {
        Ok(email) => email,
        Err(refusal) => return Ok(Err(refusal)),
    };
    Ok(match address::doubt(app, me.portal, me.holder, &email).await? {
        Some(doubt) if !wanted.sure => Err(Refusal::EmailInDoubt(doubt)),
        _ => Ok(email),
    })
}

/// The hash of a new password, unless it is one of the last three.
async fn hash(
    app: &App,
    me: Me<'_>,
    password: &Password,
    current: &Typed,
) -> Result<Result<PasswordHash, NotHashed>, Fault> {
    if current.exact() == Some(password) {
        return Ok(Err(NotHashed::Former));
    }
    new_password::hash(app, &me.visitor.network, &me.holder.account.id, password).await
}

/// The changes, their audit lines, the end of the other sessions and the mails, together.
async fn keep(app: &App, me: Me<'_>, hash: Option<PasswordHash>, to: Option<Email>) -> Result<Saved, Fault> {
    let (account, now) = (&me.holder.account, me.visitor.actor.now);
    let mut tx = app.db.begin().await?;
    let Some(opened) = again::renew(app, &mut tx, me.visitor, me.session).await? else { return Ok(Saved::Gone) };
    let is_new = hash.is_some();
    if let Some(password) = hash {
        let keep = Some(Kept { session: opened.row.id.clone(), since: now });
        let change = AccountChange::PasswordReplaced { id: account.id.clone(), password, how: Replacing::Known, keep };
        if !accounts::apply(&mut tx, &me.actor(), change).await? {
            return Ok(Saved::Gone);
        }
        if let Some(email) = &account.email {
            me.tell(app, &mut tx, email, replaced(me.holder, &me.visitor.device, now)).await?;
        }
    }
    if let Some(to) = &to
        && let Some(refusal) = email::begin(app, &mut tx, me, to).await?
    {
        return Ok(Saved::Refused(vec![refusal]));
    }
    tx.commit().await?;
    Ok(Saved::Done(Box::new(Done { opened, password: is_new, email: to })))
}
