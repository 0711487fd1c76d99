//! The one form of the account page: a new password, with the current one (rows ACC-03 to ACC-07).

use crate::{
    app::App,
    crypto::{Class, QueueFull},
    domain::{AccountChange, Fault, Kept, Mail, MailKind, Password, PasswordHash, Recipient, Refusal, Replacing},
    mail,
    signin::{
        Opened,
        again::{self, Again},
    },
    store::accounts,
};

use super::{
    super::{Holder, new_password},
    Me,
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
}

/// What came of it.
#[derive(Debug)]
pub enum Saved {
    /// It is done: the session goes on under a new secret.
    Done(Box<Opened>),
    /// What is wrong, all of it; nothing changed.
    Refused(Vec<Refusal>),
    /// Too many wait for a hash; nothing changed.
    Busy,
    /// The session has ended, or somebody else was first.
    Gone,
}

/// Changes what was asked for, all of it or nothing.
///
/// # Errors
/// The store or the pool did not answer.
pub async fn save(app: &App, me: Me<'_>, wanted: Wanted<'_>) -> Result<Saved, Fault> {
    let (password, mut refusals) = match check(app, me, wanted).await? {
        Ok(password) => (Some(password), Vec::new()),
        Err(refusals) => (None, refusals),
    };
    if wanted.current.is_empty() {
        refusals.insert(0, Refusal::Missing { field: "current_password" });
    }
    let (Some(password), true) = (password, refusals.is_empty()) else { return Ok(Saved::Refused(refusals)) };
    let current = match again::prove(app, me.visitor, &me.portal.name, &me.holder.account, wanted.current).await? {
        Again::Proven(current) => current,
        Again::Refused(refusal) => return Ok(Saved::Refused(vec![refusal])),
        Again::Busy => return Ok(Saved::Busy),
    };
    if current.exact() == Some(&password) {
        return Ok(Saved::Refused(vec![Refusal::RecentPassword]));
    }
    match hash(app, me, &password).await? {
        Ok(Ok(hash)) => keep(app, me, hash).await,
        Ok(Err(refusal)) => Ok(Saved::Refused(vec![refusal])),
        Err(QueueFull) => Ok(Saved::Busy),
    }
}

async fn check(app: &App, me: Me<'_>, wanted: Wanted<'_>) -> Result<Result<Password, Vec<Refusal>>, Fault> {
    if wanted.password.is_empty() && wanted.confirmation.is_empty() {
        return Ok(Err(vec![Refusal::NoChange]));
    }
    new_password::check(app, me.portal, me.holder, wanted.password, wanted.confirmation).await
}

/// The hash of a new password, unless it is a former one.
async fn hash(
    app: &App,
    me: Me<'_>,
    password: &Password,
) -> Result<Result<Result<PasswordHash, Refusal>, QueueFull>, Fault> {
    let network = &me.visitor.network;
    match new_password::is_former(app, network, &me.holder.account.id, password).await? {
        Ok(true) => return Ok(Ok(Err(Refusal::RecentPassword))),
        Ok(false) => {}
        Err(full) => return Ok(Err(full)),
    }
    match app.hasher.hash(Class::Person(network.clone()), password) {
        Ok(hashing) => Ok(Ok(Ok(hashing.await?))),
        Err(full) => Ok(Err(full)),
    }
}

/// The change, its audit line, the end of the other sessions and the mail, together.
async fn keep(app: &App, me: Me<'_>, password: PasswordHash) -> Result<Saved, Fault> {
    let Holder { account, person, .. } = me.holder;
    let now = me.visitor.actor.now;
    let mut tx = app.db.begin().await?;
    let Some(opened) = again::renew(app, &mut tx, me.visitor, me.session).await? else { return Ok(Saved::Gone) };
    let keep = Some(Kept { session: opened.row.id.clone(), since: now });
    let change = AccountChange::PasswordReplaced { id: account.id.clone(), password, how: Replacing::Known, keep };
    if !accounts::apply(&mut tx, &me.actor(), change).await? {
        return Ok(Saved::Gone);
    }
    if let Some(email) = &account.email {
        let kind = MailKind::PasswordReplaced {
            given_name: person.given_name.clone(),
            identifier: account.identifier.to_string(),
            device: me.visitor.device.clone(),
            at: now,
        };
        let mail = Mail {
            to: Recipient::Address(email.clone()),
            portal: me.portal.name.clone(),
            language: account.language.clone(),
            register: if me.holder.is_pupil() { "tu" } else { "vous" }.to_owned(),
            account_id: Some(account.id.clone()),
            kind,
        };
        mail::owe(app, &mut tx, &mail, now).await?;
    }
    tx.commit().await?;
    Ok(Saved::Done(Box::new(opened)))
}
