//! The first password of one's own, and the address that goes with it.

use crate::{
    app::App,
    crypto::QueueFull,
    domain::{
        AccountChange, Credential, Email, Fault, LetterProof, Network, Password, PasswordHash, Refusal, Spent, Typed,
    },
    policy::{Portal, PupilEmail},
    power_cut,
    store::{accounts, activations, children::Child},
};

use super::{
    super::{
        account,
        new_password::{self, NotHashed},
        portal_of,
    },
    Caller, Going, Holder, Stage, address, look,
};

/// What was typed on the page.
#[derive(Clone, Copy, Debug)]
pub struct Chosen<'a> {
    /// The new password.
    pub password: &'a str,
    /// The same once more.
    pub confirmation: &'a str,
    /// The address; empty where none was given.
    pub email: &'a str,
    /// The language of the page: `fr` or `en`.
    pub language: &'a str,
    /// The pupils that the person says not to be responsible for, by id (row ACT-21).
    pub not_mine: &'a [String],
}

/// What came of it.
#[derive(Debug)]
pub enum Choice {
    /// Look again: it went on, or another browser was first.
    Went,
    /// What is wrong, all of it.
    Refused(Vec<Refusal>),
    /// Too many wait for a hash.
    Busy,
}

/// Takes the password and the address: state, audit line and owed mail together, once.
///
/// # Errors
/// The store or the pool did not answer.
pub async fn choose(app: &App, caller: Caller<'_>, id: &str, chosen: Chosen<'_>) -> Result<Choice, Fault> {
    let Some(Going { proof, holder, stage: Stage::Choose }) = look(app, caller, id).await? else {
        return Ok(Choice::Went);
    };
    let (Some(proven), Credential::Letter { provisional, expires_at }) =
        (proof.letter.as_ref(), &holder.account.credential)
    else {
        return Ok(Choice::Went);
    };
    let portal = portal_of(app, &proof.portal);
    let (password, email) = match check(app, portal, &holder, chosen).await? {
        Ok(fine) => fine,
        Err(refusals) => return Ok(Choice::Refused(refusals)),
    };
    let Ok(same) = is_the_letters(app, &holder, proven, provisional, (&password, caller.network)).await? else {
        return Ok(Choice::Busy);
    };
    if same == Same::Yes {
        return Ok(Choice::Refused(vec![Refusal::SameAsLetter]));
    }
    let hash = match new_password::hash(app, caller.network, &holder.account.id, &password).await? {
        Ok(hash) => hash,
        Err(NotHashed::Former) => return Ok(Choice::Refused(vec![Refusal::RecentPassword])),
        Err(NotHashed::Busy) => return Ok(Choice::Busy),
    };
    let spent = Spent { hash: provisional.clone(), tag: proven.tag.clone(), until: *expires_at };
    let change = AccountChange::PasswordChosen {
        id: holder.account.id.clone(),
        password: hash,
        email: email.clone(),
        language: chosen.language.to_owned(),
        instead_of: provisional.clone(),
        spent: Some(spent).filter(|_| same == Same::No),
    };
    let doubt = match &email {
        Some(email) => address::doubt(app, portal, &holder, email).await?,
        None => None,
    };
    let disputed = disputed(app, &holder, chosen.not_mine).await?;
    let now = caller.actor.now;
    let mut tx = app.db.begin().await?;
    if !accounts::apply(&mut tx, caller.actor, change).await? {
        return Ok(Choice::Went);
    }
    activations::leave_letter(&mut tx, &proof.id, now + app.config.policy.lifetimes.activation_proof).await?;
    if let (Some(email), None) = (&email, doubt) {
        let asked = address::Asked::by(&proof, chosen.language);
        address::send(app, &mut tx, &holder, (email, &asked), now).await?;
    }
    for child in &disputed {
        account::dispute(app, &mut tx, (&holder, &proof.portal), child, caller.actor).await?;
    }
    power_cut::at("password-before-commit");
    tx.commit().await?;
    power_cut::at("password-chosen");
    Ok(Choice::Went)
}

/// The pupils whose boxes were ticked: "not mine".
async fn disputed(app: &App, holder: &Holder, ids: &[String]) -> Result<Vec<Child>, Fault> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let known = account::children(app, holder).await?;
    Ok(known.into_iter().filter(|child| ids.contains(&child.id.to_string())).collect())
}

/// Everything that is wrong with what was typed, at once.
async fn check(
    app: &App,
    portal: &Portal,
    holder: &Holder,
    chosen: Chosen<'_>,
) -> Result<Result<(Password, Option<Email>), Vec<Refusal>>, Fault> {
    let (password, mut refusals) =
        match new_password::check(app, portal, holder, chosen.password, chosen.confirmation).await? {
            Ok(password) => (Some(password), Vec::new()),
            Err(refusals) => (None, refusals),
        };
    let email = match address(app, portal, holder, chosen.email).await? {
        Ok(email) => email,
        Err(refusal) => {
            refusals.push(refusal);
            None
        }
    };
    Ok(match password {
        Some(password) if refusals.is_empty() => Ok((password, email)),
        _ => Err(refusals),
    })
}

/// The address as far as this portal asks this person for one.
async fn address(
    app: &App,
    portal: &Portal,
    holder: &Holder,
    typed: &str,
) -> Result<Result<Option<Email>, Refusal>, Fault> {
    let asked = holder.email_asked(portal);
    if asked == PupilEmail::Absent {
        return Ok(Ok(None));
    }
    if typed.trim().is_empty() {
        let missing = Refusal::Missing { field: "email" };
        return Ok(if asked == PupilEmail::Optional { Ok(None) } else { Err(missing) });
    }
    Ok(address::read(app, portal, holder, typed).await?.map(Some))
}

/// Whether a chosen password is the letter's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Same {
    Yes,
    No,
    /// No, but its few bits are the same: then the letter's password can't be kept beside it.
    Alike,
}

/// Tells it by the few bits of the tag; only where these agree is a hash spent.
async fn is_the_letters(
    app: &App,
    holder: &Holder,
    proven: &LetterProof,
    provisional: &PasswordHash,
    (password, network): (&Password, &Network),
) -> Result<Result<Same, QueueFull>, Fault> {
    let Ok(typed) = Typed::read(password.reveal()) else { return Ok(Ok(Same::No)) };
    let Some(plain) = typed.plain() else { return Ok(Ok(Same::No)) };
    if app.sealer.letter_tag(&holder.account.id, plain) != proven.tag {
        return Ok(Ok(Same::No));
    }
    // A letter that was made elsewhere is hashed as it was written there.
    for meant in [typed.plain(), typed.trimmed()].into_iter().flatten() {
        let Ok(hash) = app.hasher.verify(network, Some(provisional), meant) else { return Ok(Err(QueueFull)) };
        if hash.await?.matches {
            return Ok(Ok(Same::Yes));
        }
    }
    Ok(Ok(Same::Alike))
}
