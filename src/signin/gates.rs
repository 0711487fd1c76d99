//! What stands between a right password and the answer besides proofs: charters, and the question for an address.

use crate::{
    app::App,
    domain::{AccountId, Fault, Instant, Profile},
    policy::Portal,
    store::{charter_signatures, sessions, sessions::Standing},
};

/// Whether a charter in force bars the way. A session that is known to owe none costs nothing; what is found out is kept
/// with it until a version is published or comes into force.
///
/// # Errors
/// The store did not answer.
pub(super) async fn owes_charter(app: &App, standing: &Standing, now: Instant) -> Result<bool, Fault> {
    let charters = app.charters.load_full();
    let Some(mark) = charters.mark(now) else { return Ok(false) };
    if standing.charters.as_deref() == Some(mark.as_str()) {
        return Ok(false);
    }
    if settled(app, &standing.account.id, now).await?.is_none() {
        return Ok(true);
    }
    sessions::settle(&app.db, &standing.session.id, &mark).await?;
    Ok(false)
}

/// The mark of the charters in force where somebody owes none of them; none as well where nothing is in force.
///
/// # Errors
/// The store did not answer.
pub(super) async fn settled(app: &App, account_id: &AccountId, now: Instant) -> Result<Option<String>, Fault> {
    let charters = app.charters.load_full();
    let Some(mark) = charters.mark(now) else { return Ok(None) };
    let signer = charter_signatures::find_signer(&app.db, account_id).await?;
    let bars = charters.concerns(&signer, now).iter().any(crate::policy::Concern::bars);
    Ok((!bars).then_some(mark))
}

/// Whether somebody is still to be asked for an address for notifications here. A pupil without an address is not.
pub(super) fn owes_notification(portal: &Portal, standing: &Standing) -> bool {
    let has_address = standing.account.email.is_some() || !standing.profiles.contains(&Profile::Pupil);
    portal.activation.asks_notification_email && !standing.answered_notification && has_address
}
