//! A parent's children: who they are, what is wrong with the list, a second letter (rows ACC-08, ACT-21, ACT-22).

use crate::{
    app::App,
    domain::{
        AccountChange, Credential, Event, Fault, Identifier, PasswordRefused, PersonId, PortalName, Refusal,
        SchoolNews, Typed,
    },
    policy::may_be_one,
    signin::{
        Passed, Try,
        again::{self, Again},
        password::{self, Posted},
    },
    store::{Tx, accounts, audit, children, children::Child},
};

use super::{
    super::Holder,
    Me,
    school::{self, Asked},
};

/// The holder's children, the eldest first.
///
/// # Errors
/// The store did not answer.
pub async fn list(app: &App, holder: &Holder) -> Result<Vec<Child>, Fault> {
    Ok(children::list(&app.db, &holder.person.id).await?)
}

/// "Je ne suis pas le responsable de cet élève": the link grants nothing from now on, and the school is asked. It takes a
/// right away and gives none, so that no password is asked for.
///
/// # Errors
/// The store did not answer.
pub async fn not_mine(app: &App, me: Me<'_>, child: &str) -> Result<bool, Fault> {
    let all = list(app, me.holder).await?;
    let Some(child) = all.iter().find(|known| known.id.as_str() == child && known.disputed_at.is_none()) else {
        return Ok(false);
    };
    let mut tx = app.db.begin().await?;
    let done = dispute(app, &mut tx, (me.holder, &me.portal.name), child, &me.actor()).await?;
    tx.commit().await?;
    Ok(done)
}

/// Suspends a link in the transaction of what else happens: the audit's line and the word to the school with it.
pub(in crate::journeys) async fn dispute(
    app: &App,
    tx: &mut Tx,
    (holder, portal): (&Holder, &PortalName),
    child: &Child,
    by: &crate::domain::Actor,
) -> Result<bool, Fault> {
    if !children::dispute(tx, &holder.person.id, &child.id, by.now).await? {
        return Ok(false);
    }
    let pupil_id: PersonId = child.id.clone();
    audit::add(tx, by, Some(&holder.account.id), &Event::GuardianshipDisputed { pupil_id }).await?;
    let news = SchoolNews::NotGuardian {
        pupil: format!("{} {}", child.given_name, child.family_name).trim().to_owned(),
        class: child.class.clone().unwrap_or_default(),
    };
    match (&child.school, &child.school_email) {
        (Some(school), Some(address)) => {
            school::write_to(app, tx, (holder, portal), (school, address), &news, by.now).await?;
        }
        _ => {
            school::write_to_own(app, tx, (holder, portal), &news, by.now).await?;
        }
    }
    Ok(true)
}

/// "Il manque un enfant": a word to the holder's schools.
///
/// # Errors
/// The store did not answer.
pub async fn one_is_missing(app: &App, me: Me<'_>, message: &str) -> Result<Asked, Fault> {
    school::ask(app, me, "child_missing", message, |message| SchoolNews::ChildMissing { message }).await
}

/// What stands on a second letter, with the current password.
#[derive(Clone, Copy, Debug)]
pub struct SecondLetter<'a> {
    /// The letter's identifier.
    pub identifier: &'a str,
    /// The letter's provisional password.
    pub password: &'a str,
    /// The current password of the account that stays.
    pub current: &'a str,
}

/// What came of adding a letter.
#[derive(Debug)]
pub enum Added {
    /// The letter's account is part of this one.
    Done,
    /// What is wrong, all of it; nothing changed.
    Refused(Vec<Refusal>),
    /// Too many wait for a hash; nothing changed.
    Busy,
}

/// Takes the account of a second letter into this one: it carries every affiliation of both from then on.
///
/// # Errors
/// The store or the pool did not answer.
pub async fn add_letter(app: &App, me: Me<'_>, letter: SecondLetter<'_>) -> Result<Added, Fault> {
    let mut refusals = Vec::new();
    for (field, typed) in
        [("identifier", letter.identifier), ("password", letter.password), ("current_password", letter.current)]
    {
        if typed.trim().is_empty() {
            refusals.push(Refusal::Missing { field });
        }
    }
    if !refusals.is_empty() {
        return Ok(Added::Refused(refusals));
    }
    match again::prove(app, me.visitor, &me.portal.name, &me.holder.account, letter.current).await? {
        Again::Proven(_) => {}
        Again::Refused(refusal) => return Ok(Added::Refused(vec![refusal])),
        Again::Busy => return Ok(Added::Busy),
    }
    let other = match prove_letter(app, me, letter).await? {
        Proof::Holder(other) => other,
        Proof::Refused(refusal) => return Ok(Added::Refused(vec![refusal])),
        Proof::Busy => return Ok(Added::Busy),
    };
    let mine = (&me.holder.person, me.holder.profiles.as_slice());
    if !may_be_one(mine, (&other.person, other.profiles.as_slice())) {
        return Ok(Added::Refused(vec![Refusal::AnotherPerson]));
    }
    take_in(app, me, &other).await
}

/// Whose letter it is.
enum Proof {
    Holder(Box<Holder>),
    Refused(Refusal),
    Busy,
}

/// The letter's password, tried as at the door: one hash, the same counters, the same neutral refusal.
async fn prove_letter(app: &App, me: Me<'_>, letter: SecondLetter<'_>) -> Result<Proof, Fault> {
    let password = match Typed::read(letter.password) {
        Ok(password) => password,
        Err(PasswordRefused::Empty) => return Ok(Proof::Refused(Refusal::Missing { field: "password" })),
        Err(PasswordRefused::TooLong | PasswordRefused::Unfit) => {
            return Ok(Proof::Refused(Refusal::WrongCredentials));
        }
    };
    let identifier = Identifier::new(letter.identifier);
    let asked = Try { identifier, password, profile: None, portal: me.portal.name.clone(), remember: false };
    let pending = match password::post(app, me.visitor, asked).await? {
        Ok(Posted::Pending(pending)) => pending,
        Ok(Posted::Full) => return Ok(Proof::Busy),
        Err(refusal) => return Ok(Proof::Refused(refusal)),
    };
    let begun = match pending.finish(app, me.visitor).await? {
        Ok(Passed::Activation(begun)) => begun,
        // An account that works is not taken in by its password: there is a letter for nobody else's.
        Ok(Passed::Own(_) | Passed::Either(_)) => return Ok(Proof::Refused(Refusal::LetterUsed)),
        Err(refusal) => return Ok(Proof::Refused(refusal)),
    };
    let Some(id) = begun.letter_of() else { return Ok(Proof::Refused(Refusal::LetterBegun)) };
    Ok(match Holder::find(app, id).await? {
        Some(other) => Proof::Holder(Box::new(other)),
        None => Proof::Refused(Refusal::WrongCredentials),
    })
}

async fn take_in(app: &App, me: Me<'_>, other: &Holder) -> Result<Added, Fault> {
    let Credential::Letter { provisional, .. } = &other.account.credential else {
        return Ok(Added::Refused(vec![Refusal::LetterUsed]));
    };
    let account = &me.holder.account;
    let change = AccountChange::Merged {
        id: other.account.id.clone(),
        into: account.id.clone(),
        provisional: provisional.clone(),
    };
    let mut tx = app.db.begin().await?;
    if !accounts::apply(&mut tx, &me.actor(), change).await? {
        return Ok(Added::Refused(vec![Refusal::LetterUsed]));
    }
    if let Some(email) = &account.email {
        let news = crate::domain::AccountNews::LetterAdded { identifier: other.account.identifier.to_string() };
        me.tell(app, &mut tx, email, super::news_of(me.holder, news)).await?;
    }
    tx.commit().await?;
    Ok(Added::Done)
}
