//! A parent's temporary password for a child, where the school lets parents of that year do so (row ACC-15). The parent proves
//! with their own password who they are; the child's stays good until the temporary one is used.

use crate::{
    app::App,
    crypto::Class,
    domain::{AccountNews, Fault, Refusal},
    policy::Portal,
    signin::again::{self, Again},
    store::{accounts, children::Child},
};

use super::{
    super::{
        Holder,
        temporary::{self, Given},
    },
    Me, children, news_of, tell,
};

/// What came of asking.
#[derive(Debug)]
pub enum Handed {
    /// It is made: for the screen, once.
    Given(Box<Child>, Box<Given>),
    /// Why not; nothing changed.
    Refused(Refusal),
    /// Too many wait for a hash; nothing changed.
    Busy,
    /// The pupil is not one of the holder's children, or not one of whom the portal allows it.
    NotTheirs,
}

/// Whether a parent may make one for this child at a portal.
#[must_use]
pub fn may_hand(portal: &Portal, child: &Child) -> bool {
    let is_young = portal.child_passwords.is_some_and(|up_to| up_to.admits(child.level.as_deref()));
    is_young && child.disputed_at.is_none() && child.account_id.is_some()
}

/// The child of that id, if the holder may make a password for them.
///
/// # Errors
/// The store did not answer.
pub async fn find_young(app: &App, portal: &Portal, holder: &Holder, id: &str) -> Result<Option<Child>, Fault> {
    let all = children::list(app, holder).await?;
    Ok(all.into_iter().find(|child| child.id.as_str() == id && may_hand(portal, child)))
}

/// Makes one: the change, its audit line and the notice to the child's account together.
///
/// # Errors
/// The store or the pool did not answer.
pub async fn hand(app: &App, me: Me<'_>, child: &str, current: &str) -> Result<Handed, Fault> {
    let Some(child) = find_young(app, me.portal, me.holder, child).await? else { return Ok(Handed::NotTheirs) };
    let Some(id) = child.account_id.clone() else { return Ok(Handed::NotTheirs) };
    if current.is_empty() {
        return Ok(Handed::Refused(Refusal::Missing { field: "current_password" }));
    }
    match again::prove(app, me.visitor, &me.portal.name, &me.holder.account, current).await? {
        Again::Proven(_) => {}
        Again::Refused(refusal) => return Ok(Handed::Refused(refusal)),
        Again::Busy => return Ok(Handed::Busy),
    }
    let (Ok(account), Some(pupil)) = (temporary::fit(app, &id).await?, Holder::find(app, &id).await?) else {
        return Ok(Handed::Refused(Refusal::AskSchool));
    };
    let (by, now) = (me.actor(), me.visitor.actor.now);
    let class = Class::Person(me.visitor.network.clone());
    let none_since = now - app.config.policy.lifetimes.temporary_again;
    let Some(made) = temporary::make(app, &by, (me.portal, class), &account, none_since).await? else {
        return Ok(Handed::Busy);
    };
    let mut tx = app.db.begin().await?;
    if !accounts::apply(&mut tx, &by, made.change).await? {
        return Ok(Handed::Refused(Refusal::TemporaryTooSoon));
    }
    if let Some(email) = account.email.as_ref().or(pupil.person.email.as_ref()) {
        let guardian = me.holder.person.full_name();
        let news = AccountNews::TemporaryByGuardian { guardian, until: made.expires_at };
        tell(app, &mut tx, (&pupil, &me.portal.name), email, news_of(&pupil, news), now).await?;
    }
    tx.commit().await?;
    let given = Given { identifier: account.identifier, password: made.password, expires_at: made.expires_at };
    Ok(Handed::Given(Box::new(child), Box::new(given)))
}
