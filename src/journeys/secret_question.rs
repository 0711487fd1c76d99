//! A new password by the secret question, with the mailbox as the second proof (rows QST-01 to QST-15).
//!
//! Whoever is unknown, has no question or shares an address gets one of the list, drawn by a keyed tag of what was typed: the
//! same one next time, and no answer is right. Known and unknown cost the same statements, hashes and rows. A right answer
//! changes nothing but that a temporary password goes to the confirmed address; the own one stays good until that is used.

use std::time::Duration;

use crate::{
    app::App,
    crypto::{Class, QueueFull},
    domain::{
        Account, AccountId, AccountState, Answer, Fault, Forgotten, Identifier, Instant, MailKind, PersonId, Question,
        Refusal, SecretQuestion, clip,
    },
    policy::{Portal, RecoveryWay},
    store::{accounts, people, secret_questions, throttles},
};

use super::{
    Holder, portal_address,
    recovery::{Asking, count, owe},
    temporary,
    told::tell,
};

const HOUR: Duration = Duration::from_hours(1);

/// Who is meant by what was typed, as far as anybody is.
struct Meant {
    account: Option<Account>,
    question: Option<SecretQuestion>,
    folded: String,
}

/// What came of an answer.
#[derive(Debug)]
pub enum Answered {
    /// It was right: the mail is on its way, from now or from a moment ago (row QST-15).
    Sent,
    /// It was not, or nothing is looked at for now.
    Refused(Refusal),
    /// Too many wait for a hash.
    Busy,
}

/// Looks for the question of whoever is meant; the request is counted for its network.
///
/// # Errors
/// The store did not answer.
pub async fn ask(app: &App, asking: Asking<'_>, typed: &str) -> Result<Result<Question, Refusal>, Fault> {
    if typed.trim().is_empty() {
        return Ok(Err(Refusal::Missing { field: "identifier" }));
    }
    let mut tx = app.db.begin().await?;
    let paused = count(app, &mut tx, asking.caller).await?;
    tx.commit().await?;
    if let Some(again_at) = paused {
        return Ok(Err(Refusal::TooManyTries { again_at }));
    }
    look(app, asking.portal, typed).await.map(Ok)
}

/// The question of whoever is meant; changes nothing.
///
/// # Errors
/// The store did not answer.
pub async fn look(app: &App, portal: &Portal, typed: &str) -> Result<Question, Fault> {
    let meant = find(app, portal, typed).await?;
    Ok(meant.question.as_ref().map_or_else(|| drawn(app, &meant.folded), |kept| kept.question))
}

/// The question of somebody who has none: drawn, and the same one next time (row QST-06).
fn drawn(app: &App, folded: &str) -> Question {
    let tag = app.sealer.tag("secret-question", folded.as_bytes());
    let sum: usize = tag.as_str().bytes().map(usize::from).sum();
    Question::ALL.into_iter().cycle().nth(sum % Question::ALL.len()).unwrap_or(Question::Hero)
}

/// The same look-ups whoever is meant.
async fn find(app: &App, portal: &Portal, typed: &str) -> Result<Meant, Fault> {
    let typed = Identifier::new(&clip(typed));
    let mut found = accounts::list_meant(&app.db, &typed, portal.by_email).await?;
    let folded = typed.folded();
    // Two who share an address have two questions: by the identifier each is found.
    let only = if found.len() == 1 { found.pop() } else { None };
    let (nobody, no_account) = (PersonId::new("-"), AccountId::new("-"));
    let (person, account) = only.as_ref().map_or((&nobody, &no_account), |only| (&only.person_id, &only.id));
    let profiles = people::list_profiles(&app.db, person).await?;
    let question = secret_questions::find(&app.db, account).await?;
    let may = |account: &Account| {
        account.state() == AccountState::Operational
            && account.email.is_some()
            && portal.recovery.admits(&profiles, RecoveryWay::Question)
    };
    let account = only.filter(may);
    let question = question.filter(|_| account.is_some());
    Ok(Meant { account, question, folded })
}

/// Looks at an answer: one hash whoever is meant, three tries an hour (row QST-08).
///
/// # Errors
/// The store or the pool did not answer.
pub async fn answer(app: &App, asking: Asking<'_>, typed: &str, answer: &str) -> Result<Answered, Fault> {
    let (now, network) = (asking.caller.actor.now, asking.caller.network);
    if answer.trim().is_empty() {
        return Ok(Answered::Refused(Refusal::Missing { field: "answer" }));
    }
    let Some(given) = Answer::read(answer).and_then(|answer| answer.plain()) else {
        return Ok(Answered::Refused(Refusal::WrongAnswer));
    };
    let meant = find(app, asking.portal, typed).await?;
    let of = meant.account.as_ref().map_or(meant.folded.as_str(), |account| account.id.as_str());
    let key = format!("question:{}", app.sealer.tag("secret-question-tries", of.as_bytes()).as_str());
    if let Some(again_at) = paused_until(app, &key, now).await? {
        return Ok(Answered::Refused(Refusal::TooManyTries { again_at }));
    }
    let kept = meant.question.as_ref().map(|kept| &kept.answer_hash);
    let verdict = match app.hasher.verify(network, kept, &given) {
        Ok(verdict) => verdict.await?,
        Err(QueueFull) => return Ok(Answered::Busy),
    };
    match meant.account.as_ref().filter(|_| verdict.matches && kept.is_some()) {
        Some(account) => give(app, asking, account, &key).await,
        None => Ok(Answered::Refused(wrong(app, asking, (&key, &meant.folded)).await?)),
    }
}

async fn paused_until(app: &App, key: &str, now: Instant) -> Result<Option<Instant>, Fault> {
    Ok(throttles::find(&app.db, key).await?.map(|count| count.paused_until).filter(|until| *until > now))
}

/// Counts a wrong answer. The last one pauses the question for an hour and owes a word to whoever is meant.
async fn wrong(app: &App, asking: Asking<'_>, (key, folded): (&str, &str)) -> Result<Refusal, Fault> {
    let now = asking.caller.actor.now;
    let mut tx = app.db.begin().await?;
    if let Some(again_at) = count(app, &mut tx, asking.caller).await? {
        return Ok(Refusal::TooManyTries { again_at });
    }
    let tries = throttles::fail(&mut tx, key, now, HOUR).await?;
    if tries.paused_until > now {
        return Ok(Refusal::TooManyTries { again_at: tries.paused_until });
    }
    let mut told = Refusal::WrongAnswer;
    if tries.failures >= i64::from(app.config.policy.limits.question_tries) {
        let again_at = now + HOUR;
        throttles::pause(&mut tx, key, again_at).await?;
        owe(app, &mut tx, asking, folded, Forgotten::QuestionPaused, again_at).await?;
        told = Refusal::TooManyTries { again_at };
    }
    tx.commit().await?;
    Ok(told)
}

/// A temporary password to the confirmed address: the change, its audit line and the mail together.
async fn give(app: &App, asking: Asking<'_>, account: &Account, key: &str) -> Result<Answered, Fault> {
    let (caller, portal) = (asking.caller, asking.portal);
    let (Some(email), Some(holder)) = (&account.email, Holder::find(app, &account.id).await?) else {
        return Ok(Answered::Refused(Refusal::WrongAnswer));
    };
    let class = Class::Person(caller.network.clone());
    let none_since = caller.actor.now - app.config.policy.lifetimes.temporary_again;
    let Some(made) = temporary::make(app, caller.actor, (portal, class), account, none_since).await? else {
        return Ok(Answered::Busy);
    };
    let mut tx = app.db.begin().await?;
    throttles::forget(&mut tx, key).await?;
    if accounts::apply(&mut tx, caller.actor, made.change).await? {
        let kind = MailKind::TemporaryByQuestion {
            given_name: holder.person.given_name.clone(),
            password: made.password.reveal().to_owned(),
            until: made.expires_at,
            address: format!("{}/connexion", portal_address(app, &portal.name)),
        };
        tell(app, &mut tx, (&holder, &portal.name), email, kind, caller.actor.now).await?;
    }
    tx.commit().await?;
    Ok(Answered::Sent)
}
