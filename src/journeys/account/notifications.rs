//! The address for notifications, changed later: with the current password (row ACC-03), else as when it was asked for.

use crate::{
    app::App,
    domain::{AccountNews, Email, Fault, Refusal},
    signin::again::{self, Again},
};

use super::{
    super::notification::{self, Answer, Answered, At},
    Me, news_of,
};

/// What came of it.
#[derive(Debug)]
pub enum Notified {
    /// It is kept; where it waits for its confirmation, the address.
    Done(Option<Email>),
    /// What is wrong, all of it; nothing changed.
    Refused(Vec<Refusal>),
    /// Too many wait for a hash; nothing changed.
    Busy,
}

/// Gives another address for notifications, or none; the account's own address is told.
///
/// # Errors
/// The store or the pool did not answer.
pub async fn set_notifications(app: &App, me: Me<'_>, current: &str, given: Answer<'_>) -> Result<Notified, Fault> {
    let mut refusals = Vec::new();
    if current.is_empty() {
        refusals.push(Refusal::Missing { field: "current_password" });
    }
    if let Answer::Give(typed) = given
        && let Err(refusal) = notification::read(typed)
    {
        refusals.push(refusal);
    }
    if !refusals.is_empty() {
        return Ok(Notified::Refused(refusals));
    }
    match again::prove(app, me.visitor, &me.portal.name, &me.holder.account, current).await? {
        Again::Proven(_) => {}
        Again::Refused(refusal) => return Ok(Notified::Refused(vec![refusal])),
        Again::Busy => return Ok(Notified::Busy),
    }
    let actor = me.actor();
    let at = At {
        actor: &actor,
        portal: &me.portal.name,
        browser: &me.visitor.browser,
        interaction_id: None,
        told: Some(news_of(me.holder, AccountNews::NotificationsChanged)),
    };
    let waiting = match notification::answer(app, at, me.holder, given).await? {
        Ok(Answered::Kept) => None,
        Ok(Answered::Sent(email)) => Some(email),
        Err(refusal) => return Ok(Notified::Refused(vec![refusal])),
    };
    Ok(Notified::Done(waiting))
}
