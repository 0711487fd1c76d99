//! The secret question, where the portal uses one: chosen from the list and answered, with the current password (rows ACC-11,
//! QST-13, QST-14).

use crate::{
    app::App,
    crypto::{Class, QueueFull},
    domain::{
        AccountNews, Answer, Email, Event, Fault, Network, PasswordHash, Profile, Question, Refusal, SecretQuestion,
    },
    policy::{Portal, RecoveryWay},
    signin::again::{self, Again},
    store::{audit, secret_questions},
};

use super::{super::Holder, Me, news_of};

/// Letters and digits of the shortest answer.
pub const LEAST: usize = 3;

/// What was chosen and typed.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The question's name.
    pub question: &'a str,
    /// Its words, as the page showed them.
    pub words: &'a str,
    /// The answer, as typed.
    pub answer: &'a str,
}

/// What came of it.
#[derive(Debug)]
pub enum QuestionSaved {
    /// It is kept.
    Done,
    /// What is wrong, all of it; nothing changed.
    Refused(Vec<Refusal>),
    /// Too many wait for a hash; nothing changed.
    Busy,
}

/// Whether people with these profiles have a secret question at a portal.
#[must_use]
pub fn asks_question(portal: &Portal, profiles: &[Profile]) -> bool {
    portal.recovery.admits(profiles, RecoveryWay::Question)
}

/// The holder's question; none where they have none.
///
/// # Errors
/// The store did not answer.
pub async fn question(app: &App, holder: &Holder) -> Result<Option<SecretQuestion>, Fault> {
    Ok(secret_questions::find(&app.db, &holder.account.id).await?)
}

/// Everything that is wrong with a question and its answer, or both as they are kept (row QST-13).
///
/// # Errors
/// The refusals, for their fields `question` and `answer`.
pub fn check_question(holder: &Holder, asked: Asked<'_>) -> Result<(Question, Answer), Vec<Refusal>> {
    let mut refusals = Vec::new();
    let question = Question::named(asked.question);
    if question.is_none() {
        refusals.push(Refusal::Missing { field: "question" });
    }
    let answer = Answer::read(asked.answer);
    let refusal = match &answer {
        None if asked.answer.trim().is_empty() => Some(Refusal::Missing { field: "answer" }),
        None => Some(Refusal::AnswerUnfit),
        Some(answer) => {
            let (account, person) = (&holder.account, &holder.person);
            let known = [Some(account.identifier.as_str()), account.email.as_ref().map(Email::as_str)];
            let names = [person.given_name.as_str(), person.family_name.as_str()];
            let told = known.into_iter().flatten().chain(names).chain([asked.words]);
            (answer.length() < LEAST || told.into_iter().any(|text| answer.stands_in(text)))
                .then_some(Refusal::AnswerUnfit)
        }
    };
    refusals.extend(refusal);
    match (question, answer) {
        (Some(question), Some(answer)) if refusals.is_empty() => Ok((question, answer)),
        _ => Err(refusals),
    }
}

/// An answer as it is kept; none while too many wait for a hash.
///
/// # Errors
/// The pool did not answer.
pub async fn hash_answer(app: &App, network: &Network, answer: &Answer) -> Result<Option<PasswordHash>, Fault> {
    let plain = answer.plain().ok_or_else(|| Fault::new("an answer that was read can't be hashed"))?;
    match app.hasher.hash(Class::Person(network.clone()), &plain) {
        Ok(hashing) => Ok(Some(hashing.await?)),
        Err(QueueFull) => Ok(None),
    }
}

/// Keeps a question and its answer: the change, its audit line and the mail that tells of it together.
///
/// # Errors
/// The store or the pool did not answer.
pub async fn set_question(app: &App, me: Me<'_>, current: &str, asked: Asked<'_>) -> Result<QuestionSaved, Fault> {
    let (fit, mut refusals) = match check_question(me.holder, asked) {
        Ok(fit) => (Some(fit), Vec::new()),
        Err(refusals) => (None, refusals),
    };
    if current.is_empty() {
        refusals.insert(0, Refusal::Missing { field: "current_password" });
    }
    let (Some((question, answer)), true) = (fit, refusals.is_empty()) else {
        return Ok(QuestionSaved::Refused(refusals));
    };
    match again::prove(app, me.visitor, &me.portal.name, &me.holder.account, current).await? {
        Again::Proven(_) => {}
        Again::Refused(refusal) => return Ok(QuestionSaved::Refused(vec![refusal])),
        Again::Busy => return Ok(QuestionSaved::Busy),
    }
    let Some(hash) = hash_answer(app, &me.visitor.network, &answer).await? else { return Ok(QuestionSaved::Busy) };
    let (account, now) = (&me.holder.account, me.visitor.actor.now);
    let mut tx = app.db.begin().await?;
    secret_questions::put(&mut tx, &account.id, (question, &hash), now).await?;
    audit::add(&mut tx, &me.actor(), Some(&account.id), &Event::SecretQuestionSet).await?;
    if let Some(email) = &account.email {
        me.tell(app, &mut tx, email, news_of(me.holder, AccountNews::QuestionChanged)).await?;
    }
    tx.commit().await?;
    Ok(QuestionSaved::Done)
}
