//! Who is signed in proves it once more with their password, before anything of their account changes (row ACC-03).
//!
//! It costs one hash and counts as a sign-in does (row ACC-07). The session that proves it gets a new secret and a new
//! time of proof: it goes on when the account's other sessions end.

use crate::{
    app::App,
    crypto::QueueFull,
    domain::{Account, Fault, PasswordRefused, PortalName, Refusal, Session, Typed},
    store::{Tx, sessions},
};

use super::{Opened, Visitor, throttle, throttle::Counters};

/// What came of it.
#[derive(Debug)]
pub enum Again {
    /// It is the account's holder.
    Proven(Typed),
    /// It is not, or nothing is looked at for now.
    Refused(Refusal),
    /// Too many wait for a hash.
    Busy,
}

/// Compares what was typed as the current password of whoever is signed in.
///
/// # Errors
/// The store or the pool did not answer.
pub async fn prove(
    app: &App,
    visitor: &Visitor,
    portal: &PortalName,
    account: &Account,
    typed: &str,
) -> Result<Again, Fault> {
    let typed = match Typed::read(typed) {
        Ok(typed) => typed,
        Err(PasswordRefused::Empty) => return Ok(Again::Refused(Refusal::Missing { field: "current_password" })),
        Err(PasswordRefused::TooLong | PasswordRefused::Unfit) => return Ok(Again::Refused(Refusal::NotCurrent)),
    };
    let is_known = throttle::is_known(app, visitor, Some(account)).await?;
    let counters = Counters::of(app, visitor, &account.identifier.folded(), is_known);
    if let Some(again_at) = counters.paused_until(app, visitor.actor.now).await? {
        return Ok(Again::Refused(Refusal::TooManyTries { again_at }));
    }
    let own = account.credential.hash().filter(|_| typed.exact().is_some());
    let hash = match app.hasher.verify(&visitor.network, own, typed.some()) {
        Ok(hash) => hash,
        Err(QueueFull) => return Ok(Again::Busy),
    };
    let verdict = hash.await?;
    if let Some(again_at) = counters.paused_until(app, visitor.actor.now).await? {
        return Ok(Again::Refused(Refusal::TooManyTries { again_at }));
    }
    if !verdict.matches {
        let refusal = match counters.fail(app, visitor, portal, Some(&account.id)).await? {
            Refusal::WrongCredentials => Refusal::NotCurrent,
            other => other,
        };
        return Ok(Again::Refused(refusal));
    }
    let mut tx = app.db.begin().await?;
    counters.forget(&mut tx).await?;
    tx.commit().await?;
    Ok(Again::Proven(typed))
}

/// Gives the session a new secret and this moment as its time of proof; what it served stays told of it. None where it
/// has ended meanwhile.
///
/// # Errors
/// The store did not answer.
pub async fn renew(app: &App, tx: &mut Tx, visitor: &Visitor, session: &Session) -> Result<Option<Opened>, Fault> {
    let (secret, now) = (app.rng.secret(), visitor.actor.now);
    let row = Session { id: secret.digest(), authenticated_at: now, seen_at: now, ..session.clone() };
    if !sessions::rotate(tx, &session.id, &row).await? {
        return Ok(None);
    }
    let known_for = app.config.policy.lifetimes.known_browser;
    Ok(Some(Opened { session: secret, row, known: None, known_for }))
}
