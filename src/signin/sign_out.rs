//! The end of a session.

use crate::{
    app::App,
    domain::{Digest, Event, Fault, ServedParty},
    store::{audit, grants, sessions},
};

use super::Visitor;

/// Ends a session with the tokens that it gave (row SSO-06), once, and says whom it served: they are told by their own protocol rooms.
///
/// # Errors
/// The store did not answer.
pub async fn end(app: &App, visitor: &Visitor, session: &Digest) -> Result<Vec<ServedParty>, Fault> {
    let served = sessions::list_served(&app.db, session).await?;
    let mut tx = app.db.begin().await?;
    let Some(account_id) = sessions::end(&mut tx, session).await? else { return Ok(Vec::new()) };
    grants::revoke_of_session(&mut tx, session, visitor.actor.now).await?;
    audit::add(&mut tx, &visitor.actor, Some(&account_id), &Event::SignedOut).await?;
    tx.commit().await?;
    Ok(served)
}
