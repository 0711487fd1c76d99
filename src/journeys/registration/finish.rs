//! The link of a registration: a password of one's own, and the secret question where the portal has one (rows REG-06,
//! REG-07, REG-24, REG-27).

use crate::{
    app::App,
    domain::{
        AccountChange, Credential, Event, Fault, Instant, Link, LinkPurpose, PasswordHash, Question, Refusal,
        Replacing, Secret,
    },
    policy::{Portal, RuleList},
    signin::Visitor,
    store::{accounts, audit, links, secret_questions},
};

use super::{
    super::{
        Holder, account,
        new_password::{self, NotHashed},
        portal_of,
    },
    From, owe_link,
};

/// What became of a link.
#[derive(Debug)]
pub enum Standing {
    /// It waits for a password; its rules, and whether a secret question goes with it.
    Ready(Box<Holder>, Link, RuleList, bool),
    /// The account is there.
    Done(Box<Holder>, Link),
    /// Too old, or replaced: a fresh one can be asked for (row REG-24).
    Over(Box<Holder>, Link),
    /// There is no such link.
    Unknown,
}

/// Looks at a link; changes nothing, however often.
///
/// # Errors
/// The store did not answer.
pub async fn look(app: &App, token: &Secret, now: Instant) -> Result<Standing, Fault> {
    let link = links::find(&app.db, &token.digest()).await?;
    let Some(link) = link.filter(|link| link.purpose == LinkPurpose::Registration) else {
        return Ok(Standing::Unknown);
    };
    let Some(holder) = Holder::find(app, &link.account_id).await?.map(Box::new) else { return Ok(Standing::Unknown) };
    if matches!(holder.account.credential, Credential::Own { .. }) {
        return Ok(Standing::Done(holder, link));
    }
    if link.used_at.is_some() || link.superseded_at.is_some() || link.expires_at <= now {
        return Ok(Standing::Over(holder, link));
    }
    let portal = portal_of(app, &link.portal);
    let rules = new_password::rules(portal, &holder);
    let asks = account::asks_question(portal, &holder.profiles);
    Ok(Standing::Ready(holder, link, rules, asks))
}

/// A fresh link to the same mailbox, without another page of questions (row REG-24). What is over the limits sends nothing.
///
/// # Errors
/// The store did not answer.
pub async fn ask_again(app: &App, from: From<'_>, token: &Secret) -> Result<(), Fault> {
    let Standing::Over(holder, link) = look(app, token, from.caller.actor.now).await? else { return Ok(()) };
    let from = From { portal: portal_of(app, &link.portal), interaction_id: link.interaction_id.as_ref(), ..from };
    owe_link(app, from, &holder, &link.email).await
}

/// What was typed on the third page.
#[derive(Clone, Copy, Debug)]
pub struct Finishing<'a> {
    /// The password.
    pub password: &'a str,
    /// The same once more.
    pub confirmation: &'a str,
    /// The question's name.
    pub question: &'a str,
    /// Its words, as the page showed them.
    pub words: &'a str,
    /// The answer.
    pub answer: &'a str,
}

/// What came of it.
#[derive(Debug)]
pub enum Finished {
    /// The account is operational.
    Done(Box<Holder>, Link),
    /// What is wrong, all of it.
    Refused(Vec<Refusal>),
    /// Too many wait for a hash.
    Busy,
    /// Look again.
    Went,
}

/// Makes the account operational, once: the password, the proven address and the question together; a letter that was made
/// for it is void (row REG-27).
///
/// # Errors
/// The store or the pool did not answer.
pub async fn finish(app: &App, visitor: &Visitor, token: &Secret, typed: Finishing<'_>) -> Result<Finished, Fault> {
    let now = visitor.actor.now;
    let Standing::Ready(holder, link, _, asks) = look(app, token, now).await? else { return Ok(Finished::Went) };
    let portal = portal_of(app, &link.portal);
    let made = match hashes(app, visitor, (portal, &holder), asks, typed).await? {
        Ok(made) => made,
        Err(finished) => return Ok(finished),
    };
    let id = holder.account.id.clone();
    let mut tx = app.db.begin().await?;
    if links::take(&mut tx, LinkPurpose::Registration, &link.digest, now).await?.is_none() {
        return Ok(Finished::Went);
    }
    let how = Replacing::Mailbox(link.email.clone());
    let change = AccountChange::PasswordReplaced { id: id.clone(), password: made.password, how, keep: None };
    if !accounts::apply(&mut tx, &visitor.actor, change).await? {
        return Ok(Finished::Went);
    }
    if let Some((question, hash)) = &made.question {
        secret_questions::put(&mut tx, &id, (*question, hash), now).await?;
        audit::add(&mut tx, &visitor.actor, Some(&id), &Event::SecretQuestionSet).await?;
    }
    tx.commit().await?;
    Ok(Finished::Done(holder, link))
}

struct Made {
    password: PasswordHash,
    question: Option<(Question, PasswordHash)>,
}

/// Everything that is looked at, and the slow work, before the transaction.
async fn hashes(
    app: &App,
    visitor: &Visitor,
    (portal, holder): (&Portal, &Holder),
    asks: bool,
    typed: Finishing<'_>,
) -> Result<Result<Made, Finished>, Fault> {
    let password = new_password::check(app, portal, holder, typed.password, typed.confirmation).await?;
    let asked = account::QuestionAsked { question: typed.question, words: typed.words, answer: typed.answer };
    let question = asks.then(|| account::check_question(holder, asked)).transpose();
    let (password, question) = match (password, question) {
        (Ok(password), Ok(question)) => (password, question),
        (password, question) => {
            let refusals = password.err().into_iter().flatten().chain(question.err().into_iter().flatten()).collect();
            return Ok(Err(Finished::Refused(refusals)));
        }
    };
    let hash = match new_password::hash(app, &visitor.network, &holder.account.id, &password).await? {
        Ok(hash) => hash,
        Err(NotHashed::Former) => return Ok(Err(Finished::Refused(vec![Refusal::RecentPassword]))),
        Err(NotHashed::Busy) => return Ok(Err(Finished::Busy)),
    };
    let question = match question {
        None => None,
        Some((question, answer)) => match account::hash_answer(app, &visitor.network, &answer).await? {
            Some(hash) => Some((question, hash)),
            None => return Ok(Err(Finished::Busy)),
        },
    };
    Ok(Ok(Made { password: hash, question }))
}
