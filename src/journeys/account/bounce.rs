//! An address that gives mail back: its holder keeps it, or gave another (row MEL-05).

use crate::{
    app::App,
    domain::{Email, Event, Fault},
    store::{audit, bounces},
};

use super::Me;

/// "It is right": it is not asked about again until mail comes back once more.
///
/// # Errors
/// The store did not answer.
pub async fn keep_address(app: &App, me: Me<'_>, email: &Email) -> Result<(), Fault> {
    let mut tx = app.db.begin().await?;
    bounces::forget(&mut tx, email).await?;
    audit::add(&mut tx, &me.actor(), Some(&me.holder.account.id), &Event::AddressKept).await?;
    tx.commit().await?;
    Ok(())
}

/// Another address was given: the question is answered.
///
/// # Errors
/// The store did not answer.
pub async fn forget_bounce(app: &App, email: &Email) -> Result<(), Fault> {
    let mut tx = app.db.begin().await?;
    bounces::forget(&mut tx, email).await?;
    tx.commit().await?;
    Ok(())
}
