//! A proof becomes a session: the only place where one is opened.

use crate::{
    app::App,
    domain::{AccountChange, AccountId, Digest, Event, Fault, LinkPurpose, Outcome, Refusal, Secret, Session},
    power_cut,
    store::{Tx, accounts, audit, links, people, sessions, temporaries, throttles, totp},
};

use super::{Visitor, gates, password::Proven, throttle::Counters};

/// What the browser gets: the cookies of a fresh session.
#[derive(Debug)]
pub struct Opened {
    /// The session's secret: a new one at every sign-in (ASVS 5.0 V7.2.4).
    pub session: Secret,
    /// The session itself.
    pub row: Session,
    /// The secret by which accounts know this browser: what it had, or a new one.
    pub known: Option<Secret>,
    /// How long the browser keeps it.
    pub known_for: std::time::Duration,
}

impl Proven {
    /// Opens a session, which opens nothing yet where the account has a second factor that is still to be given; uses the
    /// temporary password up or voids one that waited, ends the session that this browser had, lets the account know the
    /// browser; one transaction.
    ///
    /// # Errors
    /// The store did not answer.
    pub async fn open(&self, app: &App, visitor: &Visitor) -> Outcome<Opened> {
        let (now, lifetimes) = (visitor.actor.now, &app.config.policy.lifetimes);
        let account = accounts::find(&app.db, &self.account_id).await?.filter(crate::domain::Account::may_sign_in);
        let account = account.ok_or_else(|| Fault::new("an account was closed while its session was being opened"))?;
        let profiles = people::list_profiles(&app.db, &account.person_id).await?;
        let lifetime = lifetimes.session(&profiles, self.remember);
        let temporary = temporaries::find(&app.db, &account.id).await?;
        let secret = app.rng.secret();
        let row = Session {
            id: secret.digest(),
            sid: app.rng.id(),
            account_id: account.id.clone(),
            authenticated_at: now,
            amr: self.amr.clone(),
            profile: self.profile,
            seen_at: now,
            idle_ttl: lifetime.idle,
            expires_at: now + lifetime.absolute,
            remembered: lifetime.absolute == lifetimes.remembered && self.remember,
        };
        let is_whole = row.has_second_factor() || !totp::enrolled(&app.db, &account.id).await?.any();
        let (fresh, known) = if is_whole { known(app, visitor) } else { (None, None) };
        let settled = gates::settled(app, &account.id, now).await?;
        let mut tx = app.db.begin().await?;
        let actor = crate::domain::Actor { account_id: Some(account.id.clone()), ..visitor.actor.clone() };
        match temporary {
            Some(temporary) if self.temporary => {
                let (id, hash, session) = (account.id.clone(), temporary.hash, row.id.clone());
                // Of two who type it at the same time, one is let in.
                if !accounts::apply(&mut tx, &actor, AccountChange::TemporaryUsed { id, hash, session }).await? {
                    return Ok(Err(Refusal::TemporaryOver));
                }
            }
            None if self.temporary => return Ok(Err(Refusal::TemporaryOver)),
            Some(_) => {
                accounts::apply(&mut tx, &actor, AccountChange::TemporaryVoided { id: account.id.clone() }).await?;
            }
            None => {}
        }
        end_what_was_before(&mut tx, visitor, &account.id).await?;
        sessions::add(&mut tx, &row, (&visitor.device, visitor.network.as_str()), now).await?;
        if let Some(mark) = &settled {
            sessions::settle_in(&mut tx, &row.id, mark).await?;
        }
        if let Some(known) = &known {
            throttles::know(&mut tx, known, &account.id, now, now + lifetimes.known_browser).await?;
        }
        Counters::of(app, visitor, &account.identifier.folded(), true).forget(&mut tx).await?;
        let event = if is_whole {
            Event::SignedIn { amr: row.amr.clone(), device: visitor.device.clone() }
        } else {
            Event::PasswordAccepted
        };
        audit::add(&mut tx, &actor, Some(&account.id), &event).await?;
        power_cut::at("session-before-commit");
        tx.commit().await?;
        power_cut::at("session-opened");
        Ok(Ok(Opened { session: secret, row, known: fresh, known_for: lifetimes.known_browser }))
    }
}

/// Who signs in has found the password: a link that was asked for before lets nobody choose another (row FPW-09). The
/// session that this browser had ends.
async fn end_what_was_before(tx: &mut Tx, visitor: &Visitor, account_id: &AccountId) -> Result<(), Fault> {
    links::supersede(tx, LinkPurpose::Reset, account_id, visitor.actor.now).await?;
    if let Some(old) = &visitor.session {
        sessions::end(tx, old).await?;
    }
    Ok(())
}

/// The secret by which accounts will know this browser, where it has none yet; and its digest in any case.
pub(super) fn known(app: &App, visitor: &Visitor) -> (Option<Secret>, Option<Digest>) {
    let fresh = visitor.known.is_none().then(|| app.rng.secret());
    let known = fresh.as_ref().map(Secret::digest).or_else(|| visitor.known.clone());
    (fresh, known)
}
