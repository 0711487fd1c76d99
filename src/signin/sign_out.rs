//! The end of a session.

use crate::{
    app::App,
    domain::{Digest, Event, Fault},
    store::{audit, grants, sessions},
};

use super::Visitor;

/// Ends a session with the tokens that it gave (row SSO-06), once, and owes a word to whomever it served (row SSO-05).
///
/// # Errors
/// The store did not answer.
pub async fn end(app: &App, visitor: &Visitor, session: &Digest) -> Result<(), Fault> {
    let mut tx = app.db.begin().await?;
    let Some(account_id) = sessions::end(&mut tx, session).await? else { return Ok(()) };
    grants::revoke_of_session(&mut tx, session, visitor.actor.now).await?;
    audit::add(&mut tx, &visitor.actor, Some(&account_id), &Event::SignedOut).await?;
    tx.commit().await?;
    Ok(())
}
