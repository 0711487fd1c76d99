//! The sessions of one's own account and what happened to it, for its holder's eyes.

use std::time::Duration;

use crate::{
    app::App,
    domain::{Actor, Entry, Event, Fault, SessionLine},
    signin::Visitor,
    store::{audit, grants, sessions, sessions::Standing},
};

/// How far back the list of events goes.
const YEAR: Duration = Duration::from_hours(24 * 365);
/// Lines on a page of it.
pub const PER_PAGE: u32 = 20;

/// The living sessions of whoever stands there.
///
/// # Errors
/// The store did not answer.
pub async fn sessions(app: &App, visitor: &Visitor, standing: &Standing) -> Result<Vec<SessionLine>, Fault> {
    Ok(sessions::list(&app.db, &standing.account.id, visitor.actor.now).await?)
}

/// A page of what happened, newest first, and whether there is more.
///
/// # Errors
/// The store did not answer.
pub async fn history(
    app: &App,
    visitor: &Visitor,
    standing: &Standing,
    page: u32,
) -> Result<(Vec<Entry>, bool), Fault> {
    let since = visitor.actor.now - YEAR;
    let skipped = page.saturating_mul(PER_PAGE);
    let mut lines = audit::list_last(&app.db, &standing.account.id, since, (skipped, PER_PAGE + 1)).await?;
    let per_page = usize::try_from(PER_PAGE).unwrap_or(usize::MAX);
    let has_more = lines.len() > per_page;
    lines.truncate(per_page);
    Ok((lines, has_more))
}

/// Ends one of the other sessions, with the tokens that it gave (row SSO-06); `false` where it had ended already.
///
/// # Errors
/// The store did not answer.
pub async fn end_session(app: &App, visitor: &Visitor, standing: &Standing, sid: &str) -> Result<bool, Fault> {
    if sid == standing.session.sid {
        return Ok(false);
    }
    let mut tx = app.db.begin().await?;
    let ended = sessions::end_one(&mut tx, &standing.account.id, sid).await?;
    let Some((session, device)) = ended else { return Ok(false) };
    grants::revoke_of_session(&mut tx, &session, visitor.actor.now).await?;
    let event = Event::SessionEnded { device };
    audit::add(&mut tx, &acting(visitor, standing), Some(&standing.account.id), &event).await?;
    tx.commit().await?;
    Ok(true)
}

/// Ends every other session, with the tokens that they gave.
///
/// # Errors
/// The store did not answer.
pub async fn end_other_sessions(app: &App, visitor: &Visitor, standing: &Standing) -> Result<u64, Fault> {
    let (id, own) = (&standing.account.id, &standing.session.id);
    let mut tx = app.db.begin().await?;
    let count = sessions::end_others(&mut tx, id, own).await?;
    grants::revoke_others(&mut tx, id, own, visitor.actor.now).await?;
    let event = Event::OtherSessionsEnded { count };
    audit::add(&mut tx, &acting(visitor, standing), Some(id), &event).await?;
    tx.commit().await?;
    Ok(count)
}

fn acting(visitor: &Visitor, standing: &Standing) -> Actor {
    Actor { account_id: Some(standing.account.id.clone()), ..visitor.actor.clone() }
}
