//! Reading, accepting and refusing charters, for oneself and for one's child.
//!
//! What is owed is decided by `policy::Charters`; here it is looked up and kept, each fact once, with its audit line.

use std::sync::Arc;

use crate::{
    app::App,
    domain::{
        Account, AccountId, Actor, Charter, CharterId, CharterSignature, Digest, Event, Fault, Instant, Markdown,
    },
    policy::Concern,
    power_cut,
    store::{Tx, audit, charter_signatures as signatures, charters, sessions},
};

pub use crate::store::{charter_signatures::Ward, charters::Published};

/// What the versions in force mean for an account.
///
/// # Errors
/// The store did not answer.
pub async fn concerns(app: &App, account_id: &AccountId, now: Instant) -> Result<Vec<Concern>, Fault> {
    let charters = app.charters.load_full();
    if charters.mark(now).is_none() {
        return Ok(Vec::new());
    }
    let signer = signatures::find_signer(&app.db, account_id).await?;
    Ok(charters.concerns(&signer, now))
}

/// A version with its text.
///
/// # Errors
/// The store did not answer.
pub async fn find(app: &App, id: &CharterId) -> Result<Option<Published>, Fault> {
    charters::find(&app.db, id).await
}

/// The text of a version for a reader of that language, and the language it is in (row CHA-10).
#[must_use]
pub fn text(published: &Published, language: &str) -> (Markdown, &'static str) {
    let (body, language) = published.body.read_in(language);
    // Publishing has refused what is not plain text; whatever is left comes out as such.
    (Markdown::read(body).0, language)
}

/// A version that somebody may read, and what they signed of it.
#[derive(Clone, Debug)]
pub struct Known {
    /// The version.
    pub charter: Arc<Charter>,
    /// What was signed.
    pub signature: Option<CharterSignature>,
    /// Whether it is in force for them.
    pub is_in_force: bool,
}

/// Every version that an account signed or that is in force for it, newest first: what was accepted can be read again in
/// exactly the version that was.
///
/// # Errors
/// The store did not answer.
pub async fn list(app: &App, account_id: &AccountId, now: Instant) -> Result<Vec<Known>, Fault> {
    let charters = app.charters.load_full();
    let signer = signatures::find_signer(&app.db, account_id).await?;
    let concerns = charters.concerns(&signer, now);
    let known = |charter: &Arc<Charter>| {
        let signature = signer.signature(&charter.id).cloned();
        let is_in_force = concerns.iter().any(|concern| concern.charter.id == charter.id);
        (signature.is_some() || is_in_force).then(|| Known { charter: charter.clone(), signature, is_in_force })
    };
    let mut known: Vec<Known> = charters.iter().filter_map(known).collect();
    known.reverse();
    Ok(known)
}

/// Whether somebody may read a version: it is theirs or their child's.
///
/// # Errors
/// The store did not answer.
pub async fn may_read(app: &App, account: &Account, id: &CharterId, now: Instant) -> Result<bool, Fault> {
    let is_it = |known: &Known| known.charter.id == *id;
    if list(app, &account.id, now).await?.iter().any(is_it) {
        return Ok(true);
    }
    for ward in signatures::list_wards(&app.db, &account.person_id).await? {
        if list(app, &ward.id, now).await?.iter().any(is_it) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Who acts, in which session.
#[derive(Clone, Copy, Debug)]
pub struct By<'a> {
    /// For the audit trail; its `now` is the moment of the request.
    pub actor: &'a Actor,
    /// The session.
    pub session: &'a Digest,
    /// Whose session.
    pub account_id: &'a AccountId,
}

impl By<'_> {
    fn actor(&self) -> Actor {
        Actor { account_id: Some(self.account_id.clone()), ..self.actor.clone() }
    }
}

/// Accepts what is owed: all of it, or nothing. `ticked` are the versions that were shown and ticked, each with the
/// language it was read in. `false` where something owed was not among them: it was left out, or published meanwhile.
///
/// # Errors
/// The store did not answer.
pub async fn accept(app: &App, by: By<'_>, ticked: &[(CharterId, String)]) -> Result<bool, Fault> {
    let now = by.actor.now;
    let concerns = concerns(app, by.account_id, now).await?;
    let owed: Vec<&Concern> = concerns.iter().filter(|it| it.bars() && !it.awaits_guardian()).collect();
    let mut accepted = Vec::new();
    for concern in owed {
        let Some((_, language)) = ticked.iter().find(|(id, _)| *id == concern.charter.id) else { return Ok(false) };
        accepted.push((concern, concern.charter.title.read_in(language).1));
    }
    let actor = by.actor();
    let mut tx = app.db.begin().await?;
    for (concern, language) in &accepted {
        accept_one(&mut tx, (by.account_id, concern), language, &actor).await?;
    }
    let is_free = concerns.iter().all(|it| !it.bars() || !it.awaits_guardian() && !waits_then(it));
    if let (true, Some(mark)) = (is_free, app.charters.load().mark(now)) {
        sessions::settle_in(&mut tx, by.session, &mark).await?;
    }
    power_cut::at("charter-before-commit");
    tx.commit().await?;
    power_cut::at("charter-accepted");
    Ok(true)
}

/// Whether nothing opens yet once the pupil has accepted.
fn waits_then(concern: &Concern) -> bool {
    concern.needs_guardian && concern.charter.blocking
}

async fn accept_one(
    tx: &mut Tx,
    (account_id, concern): (&AccountId, &Concern),
    language: &str,
    actor: &Actor,
) -> Result<(), Fault> {
    let charter = &concern.charter;
    let of = (account_id, &charter.id);
    if signatures::accept(tx, of, language, actor.account_id.as_ref(), actor.now).await? {
        let event = Event::CharterAccepted {
            charter_id: charter.id.clone(),
            version: charter.version.clone(),
            language: language.to_owned(),
            awaits_guardian: concern.needs_guardian,
        };
        audit::add(tx, actor, Some(account_id), &event).await?;
    }
    Ok(())
}

/// Refuses what is owed: the session ends, once (row CHA-04). `false` where nothing was owed.
///
/// # Errors
/// The store did not answer.
pub async fn refuse(app: &App, by: By<'_>) -> Result<bool, Fault> {
    let concerns = concerns(app, by.account_id, by.actor.now).await?;
    let charter_ids: Vec<CharterId> = concerns.iter().filter(|it| it.bars()).map(|it| it.charter.id.clone()).collect();
    if charter_ids.is_empty() {
        return Ok(false);
    }
    let mut tx = app.db.begin().await?;
    if sessions::end(&mut tx, by.session).await?.is_some() {
        audit::add(&mut tx, &by.actor(), Some(by.account_id), &Event::CharterRefused { charter_ids }).await?;
    }
    tx.commit().await?;
    Ok(true)
}

/// Puts the notice of a minor version away.
///
/// # Errors
/// The store did not answer.
pub async fn put_away(app: &App, account_id: &AccountId, id: &CharterId, now: Instant) -> Result<(), Fault> {
    let is_news = concerns(app, account_id, now).await?.iter().any(|it| it.is_news && it.charter.id == *id);
    if is_news {
        signatures::see(&app.db, account_id, id, now).await?;
    }
    Ok(())
}

/// A child whose charter waits for a guardian's signature.
#[derive(Clone, Debug)]
pub struct ForChild {
    /// The child.
    pub ward: Ward,
    /// The version in force.
    pub concern: Concern,
}

/// What an adult may sign for their children (row CHA-07).
///
/// # Errors
/// The store did not answer.
pub async fn of_children(app: &App, guardian: &Account, now: Instant) -> Result<Vec<ForChild>, Fault> {
    let mut all = Vec::new();
    if app.charters.load().mark(now).is_none() {
        return Ok(all);
    }
    for ward in signatures::list_wards(&app.db, &guardian.person_id).await? {
        let concerns = concerns(app, &ward.id, now).await?.into_iter().filter(Concern::wants_guardian);
        all.extend(concerns.map(|concern| ForChild { ward: ward.clone(), concern }));
    }
    Ok(all)
}

/// Accepts a version for a child: `false` where it is not the adult's to sign, or was signed already.
///
/// # Errors
/// The store did not answer.
pub async fn sign_for_child(
    app: &App,
    (actor, guardian): (&Actor, &Account),
    child: &AccountId,
    (id, language): (&CharterId, &str),
) -> Result<bool, Fault> {
    let all = of_children(app, guardian, actor.now).await?;
    let Some(found) = all.into_iter().find(|it| it.ward.id == *child && it.concern.charter.id == *id) else {
        return Ok(false);
    };
    let charter = &found.concern.charter;
    let actor = Actor { account_id: Some(guardian.id.clone()), ..actor.clone() };
    let language = charter.title.read_in(language).1;
    let mut tx = app.db.begin().await?;
    if !signatures::guard(&mut tx, (child, id), Some(language), Some(&guardian.id), actor.now).await? {
        return Ok(false);
    }
    let event = Event::CharterSigned { charter_id: id.clone(), version: charter.version.clone(), on_paper: false };
    audit::add(&mut tx, &actor, Some(child), &event).await?;
    tx.commit().await?;
    Ok(true)
}
