//! Writes what differs, and only that.

use crate::{
    domain::{AccountChange, Actor, Fault, Guardianship, Standing},
    store::{Tx, accounts, roster},
};

use super::wish::Wish;

/// The person and the account. Whether anything differed.
pub(super) async fn account(tx: &mut Tx, by: &Actor, wish: &Wish) -> Result<bool, Fault> {
    let Some(before) = &wish.before else {
        put_person(tx, by, wish).await?;
        let account = Box::new(wish.account.clone());
        accounts::apply(tx, by, AccountChange::Created { account }).await?;
        return Ok(true);
    };
    let mut changed = false;
    if before.person != wish.person || before.details != wish.details {
        put_person(tx, by, wish).await?;
        changed = true;
    }
    if wish.differs(&before.account) {
        let account = Box::new(wish.account.clone());
        changed |= accounts::apply(tx, by, AccountChange::Overwritten { account }).await?;
    }
    let id = wish.account.id.clone();
    let change = match (&before.account.suspension, &wish.account.suspension) {
        (None, Some(now)) => Some(AccountChange::Suspended { id, reason: now.reason.clone() }),
        (Some(_), None) => Some(AccountChange::Resumed { id }),
        _ => None,
    };
    if let Some(change) = change {
        changed |= accounts::apply(tx, by, change).await?;
    }
    Ok(changed)
}

async fn put_person(tx: &mut Tx, by: &Actor, wish: &Wish) -> Result<(), Fault> {
    roster::put_person(tx, &wish.person, &wish.details, by.now).await.map_err(|error| {
        let is_taken = roster::is_taken(&error);
        let fault = Fault::from(error);
        if is_taken {
            Fault::new(format!("{}: {}", wish.account.identifier, fault.cause))
                .remedy("a pupil number and a join key belong to one person: give another or leave them out")
        } else {
            fault
        }
    })
}

/// School, classes and children. Whether anything differed.
pub(super) async fn relations(tx: &mut Tx, wish: &Wish) -> Result<bool, Fault> {
    let mut changed = roster::put_establishment(tx, &wish.school).await?;
    for place in &wish.places {
        changed |= roster::put_affiliation(tx, place).await?;
    }
    for (class, role) in &wish.classes {
        changed |= roster::put_group(tx, class).await?;
        changed |= roster::put_membership(tx, &wish.person.id, &class.id, *role).await?;
    }
    for pupil_id in &wish.children {
        let bond =
            Guardianship { guardian_id: wish.person.id.clone(), pupil_id: pupil_id.clone(), standing: Standing::Legal };
        changed |= roster::put_guardianship(tx, &bond).await?;
    }
    Ok(changed)
}
