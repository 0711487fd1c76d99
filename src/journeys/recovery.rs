//! Forgotten identifiers, and passwords by a link (rows FID-01 to FPW-18). Asking changes nothing but one row, whatever was
//! typed: the courier finds out who is meant. The link's button ends what was issued before and opens no session.

use std::time::Duration;

use crate::{
    app::App,
    crypto::QueueFull,
    domain::{
        AccountChange, AccountState, Credential, Email, Enrolled, Fault, Forgotten, Instant, InteractionId, Link,
        LinkPurpose, Mail, MailKind, Outcome, Password, PasswordHash, ProvisionalPassword, Recipient, RecoveryMail,
        Refusal, Replacing, Secret, clip, fold,
    },
    mail,
    policy::{Portal, RuleList, may_come_back},
    signin::{
        Visitor,
        second_factor::{self, Whose},
    },
    store::{Tx, accounts, links, security_codes, throttles},
};

use super::{
    Caller, Holder,
    new_password::{self, NotHashed},
    portal_address, portal_of,
    told::{replaced, tell},
};

const HOUR: Duration = Duration::from_hours(1);

/// Where somebody asks.
#[derive(Clone, Copy, Debug)]
pub struct Asking<'a> {
    /// Who, and from where.
    pub caller: Caller<'a>,
    /// At which portal.
    pub portal: &'a Portal,
    /// In which language.
    pub language: &'a str,
    /// On what: "Firefox, Android".
    pub device: &'a str,
    /// The pending sign-in of the browser.
    pub interaction_id: Option<&'a InteractionId>,
}

/// Asks for the identifiers that belong to an address. The answer is the same whoever is reached there.
///
/// # Errors
/// The store did not answer.
pub async fn ask_identifier(app: &App, asking: Asking<'_>, typed: &str) -> Outcome<()> {
    if typed.trim().is_empty() {
        return Ok(Err(Refusal::Missing { field: "email" }));
    }
    let Some(email) = Email::parse(typed) else { return Ok(Err(Refusal::EmailUnfit)) };
    ask(app, asking, &email.folded(), Forgotten::Identifier).await
}

/// Asks for a link by which another password is chosen: by the identifier, or by an address (row FPW-10).
///
/// # Errors
/// The store did not answer.
pub async fn ask_link(app: &App, asking: Asking<'_>, typed: &str) -> Outcome<()> {
    if typed.trim().is_empty() {
        return Ok(Err(Refusal::Missing { field: "identifier" }));
    }
    let folded = fold(&clip(typed));
    let forgotten =
        Forgotten::Password { browser: asking.caller.browser.clone(), interaction_id: asking.interaction_id.cloned() };
    ask(app, asking, &folded, forgotten).await
}

async fn ask(app: &App, asking: Asking<'_>, folded: &str, forgotten: Forgotten) -> Outcome<()> {
    let mut tx = app.db.begin().await?;
    if let Some(again_at) = count(app, &mut tx, asking.caller).await? {
        return Ok(Err(Refusal::TooManyTries { again_at }));
    }
    let until = asking.caller.actor.now + app.config.policy.lifetimes.reset_link;
    owe(app, &mut tx, asking, folded, forgotten, until).await?;
    tx.commit().await?;
    Ok(Ok(()))
}

/// Counts one more request from a network; until when no more are taken, where that was too many. Known and unknown alike.
pub(super) async fn count(app: &App, tx: &mut Tx, caller: Caller<'_>) -> Result<Option<Instant>, Fault> {
    let most = app.config.policy.limits.recovery.of(caller.network);
    let key = format!("recovery:network:{}", caller.network.as_str());
    let count = throttles::fail(tx, &key, caller.actor.now, HOUR).await?;
    Ok((count.failures > i64::from(most)).then(|| count.since + HOUR))
}

/// Owes the mail to whoever is meant.
pub(super) async fn owe(
    app: &App,
    tx: &mut Tx,
    asking: Asking<'_>,
    folded: &str,
    forgotten: Forgotten,
    until: Instant,
) -> Result<(), Fault> {
    let now = asking.caller.actor.now;
    let asked = RecoveryMail {
        forgotten,
        device: asking.device.to_owned(),
        at: now,
        until,
        address: format!("{}/connexion", portal_address(app, &asking.portal.name)),
        holders: Vec::new(),
    };
    let mail = Mail {
        to: Recipient::Holder(folded.to_owned()),
        portal: asking.portal.name.clone(),
        language: asking.language.to_owned(),
        register: "vous".to_owned(),
        account_id: None,
        kind: MailKind::Recovery(Box::new(asked)),
    };
    mail::owe(app, tx, &mail, now).await
}

/// What became of a link.
#[derive(Debug)]
pub enum Reset {
    /// A password can be chosen; its rules, and whether a second factor has to be shown with it (row FPW-14).
    Ready(Box<Holder>, Link, RuleList, Enrolled),
    /// A password was chosen with it.
    Used(Box<Holder>, Link),
    /// Something newer took its place: another link, a sign-in, another password.
    Superseded(Link),
    /// Its time is over; how long that was.
    Expired(Link, Duration),
    /// A person blocked the account since (row FPW-12).
    Blocked(Box<Holder>),
    /// There is no such link.
    Unknown,
}

/// Looks at a link; changes nothing (row FPW-05).
///
/// # Errors
/// The store did not answer.
pub async fn look(app: &App, token: &Secret, now: Instant) -> Result<Reset, Fault> {
    let link = links::find(&app.db, &token.digest()).await?;
    let Some(link) = link.filter(|link| link.purpose == LinkPurpose::Reset) else { return Ok(Reset::Unknown) };
    let Some(holder) = Holder::find(app, &link.account_id).await?.map(Box::new) else { return Ok(Reset::Unknown) };
    if holder.account.state() == AccountState::Suspended {
        return Ok(Reset::Blocked(holder));
    }
    if link.used_at.is_some() {
        return Ok(Reset::Used(holder, link));
    }
    if link.superseded_at.is_some() {
        return Ok(Reset::Superseded(link));
    }
    if link.expires_at <= now || !may_come_back(&holder.account) {
        let ttl = link.expires_at.since(link.created_at);
        return Ok(Reset::Expired(link, ttl));
    }
    let enrolled = second_factor::enrolled(app, &holder.account.id).await?;
    let rules = new_password::rules(portal_of(app, &link.portal), &holder);
    Ok(Reset::Ready(holder, link, rules, enrolled))
}

/// What was typed in place of the forgotten password.
#[derive(Clone, Copy, Debug)]
pub struct Typed<'a> {
    /// The new password.
    pub password: &'a str,
    /// The same again.
    pub confirmation: &'a str,
    /// A code of the application or a recovery code, where the account has a second factor.
    pub code: &'a str,
}

/// What came of it.
#[derive(Debug)]
pub enum Chosen {
    /// Look again.
    Went,
    /// The password is another one now; what was issued before has ended.
    Done(Box<Holder>),
    /// What is wrong, all of it.
    Refused(Vec<Refusal>),
    /// Too many wait for a hash.
    Busy,
}

/// Chooses a password by a link, once.
///
/// # Errors
/// The store or the pool did not answer.
pub async fn choose(app: &App, visitor: &Visitor, token: &Secret, typed: Typed<'_>) -> Result<Chosen, Fault> {
    let now = visitor.actor.now;
    let Reset::Ready(holder, link, _, enrolled) = look(app, token, now).await? else { return Ok(Chosen::Went) };
    let portal = portal_of(app, &link.portal);
    let hash = match prepare(app, visitor, (portal, &holder), enrolled, typed).await? {
        Ok(hash) => hash,
        Err(chosen) => return Ok(chosen),
    };
    let mut tx = app.db.begin().await?;
    if let Some(refusal) = wrong_factor(app, &mut tx, visitor, (&holder, enrolled), typed.code).await? {
        tx.commit().await?;
        return Ok(Chosen::Refused(vec![refusal]));
    }
    if links::take(&mut tx, LinkPurpose::Reset, &link.digest, now).await?.is_none() {
        return Ok(Chosen::Went);
    }
    if !replace(app, &mut tx, visitor, &holder, (portal, &link.email), hash).await? {
        return Ok(Chosen::Went);
    }
    tx.commit().await?;
    Ok(Chosen::Done(holder))
}

/// Everything that is looked at, and the slow work, before the transaction: the new password's hash, or why there is none.
pub(super) async fn prepare(
    app: &App,
    visitor: &Visitor,
    (portal, holder): (&Portal, &Holder),
    enrolled: Enrolled,
    typed: Typed<'_>,
) -> Result<Result<PasswordHash, Chosen>, Fault> {
    let lacks_code = enrolled.any() && typed.code.trim().is_empty();
    let checked = new_password::check(app, portal, holder, typed.password, typed.confirmation).await?;
    let password: Password = match checked {
        Ok(password) if !lacks_code => password,
        checked => {
            let mut refusals = checked.err().unwrap_or_default();
            refusals.extend(lacks_code.then_some(Refusal::Missing { field: "code" }));
            return Ok(Err(Chosen::Refused(refusals)));
        }
    };
    match is_the_letters(app, visitor, holder, &password).await? {
        Ok(true) => return Ok(Err(Chosen::Refused(vec![Refusal::SameAsLetter]))),
        Ok(false) => {}
        Err(QueueFull) => return Ok(Err(Chosen::Busy)),
    }
    Ok(match new_password::hash(app, &visitor.network, &holder.account.id, &password).await? {
        Ok(hash) => Ok(hash),
        Err(NotHashed::Former) => Err(Chosen::Refused(vec![Refusal::RecentPassword])),
        Err(NotHashed::Busy) => Err(Chosen::Busy),
    })
}

/// Whether a password is the one on the letter that the account waits with: that one is on paper (row ACT-13).
async fn is_the_letters(
    app: &App,
    visitor: &Visitor,
    holder: &Holder,
    password: &Password,
) -> Result<Result<bool, QueueFull>, Fault> {
    let (Credential::Letter { provisional, .. }, Some(plain)) =
        (&holder.account.credential, ProvisionalPassword::plain_of(password.reveal()))
    else {
        return Ok(Ok(false));
    };
    let Ok(verdict) = app.hasher.verify(&visitor.network, Some(provisional), &plain) else { return Ok(Err(QueueFull)) };
    Ok(Ok(verdict.await?.matches))
}

/// What is wrong with the second factor that goes with a new password, where the account has one (row FPW-14). A wrong code
/// is counted in the transaction: it is to be committed then.
pub(super) async fn wrong_factor(
    app: &App,
    tx: &mut Tx,
    visitor: &Visitor,
    (holder, enrolled): (&Holder, Enrolled),
    code: &str,
) -> Result<Option<Refusal>, Fault> {
    if !enrolled.any() {
        return Ok(None);
    }
    let whose = Whose { account_id: &holder.account.id, identifier: &holder.account.identifier };
    Ok(second_factor::show_code(app, tx, visitor, whose, code).await?.err())
}

/// Another password, everything that was issued before over, and the mail that tells of it.
pub(super) async fn replace(
    app: &App,
    tx: &mut Tx,
    visitor: &Visitor,
    holder: &Holder,
    (portal, email): (&Portal, &Email),
    hash: PasswordHash,
) -> Result<bool, Fault> {
    let (id, now) = (holder.account.id.clone(), visitor.actor.now);
    let how = Replacing::Mailbox(email.clone());
    let change = AccountChange::PasswordReplaced { id, password: hash, how, keep: None };
    if !accounts::apply(tx, &visitor.actor, change).await? {
        return Ok(false);
    }
    security_codes::end_of_address(tx, email, now).await?;
    tell(app, tx, (holder, &portal.name), email, replaced(holder, &visitor.device, now), now).await?;
    Ok(true)
}
