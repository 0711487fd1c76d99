//! Identifier and password in three steps in one window: address, mailed code, new password (rows COD-01 to COD-24).
//!
//! Where somebody stands is a row of the browser, so that a closed window goes on where it was, on this device alone. A code
//! is made whatever address was typed; only the courier makes it the right one.

use std::time::Duration;

use crate::{
    app::App,
    domain::{AccountId, Email, Enrolled, Event, Facts, Fault, Forgotten, Instant, Outcome, Refusal},
    mail,
    policy::{CODE_SIGNS, Portal, RecoveryWay, RuleList, typed_code},
    signin::{Visitor, second_factor},
    store::{
        Tx, audit,
        security_codes::{self, SecurityCode},
        throttles,
    },
};

use super::{
    Caller, Holder, new_password,
    recovery::{Asking, Chosen, Typed, count, owe, prepare, replace, wrong_factor},
};

const DAY: Duration = Duration::from_hours(24);

/// Where somebody stands.
#[derive(Debug)]
pub enum Stage {
    /// The address is asked for.
    Address,
    /// The code is asked for.
    Code {
        /// Where it was sent, if anybody is reached there.
        email: Email,
        /// Until when it works.
        until: Instant,
        /// Whether that is over (row COD-15).
        is_over: bool,
    },
    /// The code was right; the address is shared, and the person says who they are (row COD-12).
    Who {
        /// The address.
        email: Email,
        /// Whose accounts are reached there.
        people: Vec<Facts>,
    },
    /// The new password is asked for.
    Password {
        /// The address.
        email: Email,
        /// Whose.
        holder: Box<Holder>,
        /// Its rules.
        rules: RuleList,
        /// Whether a second factor has to be shown with it.
        enrolled: Enrolled,
    },
}

/// Looks where a browser stands; changes nothing.
///
/// # Errors
/// The store did not answer.
pub async fn look(app: &App, caller: Caller<'_>, portal: &Portal) -> Result<Stage, Fault> {
    let Some(row) = security_codes::find_of_browser(&app.db, caller.browser, &portal.name).await? else {
        return Ok(Stage::Address);
    };
    stage(app, portal, row, caller.actor.now).await
}

async fn stage(app: &App, portal: &Portal, row: SecurityCode, now: Instant) -> Result<Stage, Fault> {
    let is_over = row.expires_at <= now;
    if row.proven_at.is_none() || is_over {
        return Ok(Stage::Code { email: row.email, until: row.expires_at, is_over });
    }
    let people = mail::reached_at(app, portal, RecoveryWay::Code, &row.email.folded()).await?;
    let whose = match (people.as_slice(), &row.account_id) {
        ([only], _) => Some(only.account.id.clone()),
        (several, Some(id)) => {
            several.iter().find(|facts| facts.account.id == *id).map(|facts| facts.account.id.clone())
        }
        _ => None,
    };
    let Some(id) = whose else { return Ok(Stage::Who { email: row.email, people }) };
    let Some(holder) = Holder::find(app, &id).await? else { return Ok(Stage::Address) };
    let enrolled = second_factor::enrolled(app, &id).await?;
    let rules = new_password::rules(portal, &holder);
    Ok(Stage::Password { email: row.email, holder: Box::new(holder), rules, enrolled })
}

/// Step 1: asks for the mail with identifier and code. The same work for every address.
///
/// # Errors
/// The store did not answer.
pub async fn ask(app: &App, asking: Asking<'_>, typed: &str) -> Outcome<()> {
    if typed.trim().is_empty() {
        return Ok(Err(Refusal::Missing { field: "email" }));
    }
    let Some(email) = Email::parse(typed) else { return Ok(Err(Refusal::EmailUnfit)) };
    send(app, asking, email).await
}

/// One more mail to the same address (row COD-15).
///
/// # Errors
/// The store did not answer.
pub async fn ask_again(app: &App, asking: Asking<'_>) -> Outcome<()> {
    match security_codes::find_of_browser(&app.db, asking.caller.browser, &asking.portal.name).await? {
        Some(row) if row.proven_at.is_none() || row.expires_at <= asking.caller.actor.now => {
            send(app, asking, row.email).await
        }
        _ => Ok(Ok(())),
    }
}

async fn send(app: &App, asking: Asking<'_>, email: Email) -> Outcome<()> {
    let (now, rules) = (asking.caller.actor.now, app.config.policy.codes);
    let before = security_codes::find_of_browser(&app.db, asking.caller.browser, &asking.portal.name).await?;
    let again_after = app.config.policy.limits.mail.again_after;
    // The same request within two minutes is one mail, and its code goes on working.
    let is_same = |row: &SecurityCode| {
        row.email.folded() == email.folded() && row.proven_at.is_none() && now < row.created_at + again_after
    };
    if before.as_ref().is_some_and(is_same) {
        return Ok(Ok(()));
    }
    let (id, code) = (app.rng.id(), app.rng.code(CODE_SIGNS, rules.length()));
    let row = SecurityCode {
        code: digest(app, &id, &code),
        id: id.clone(),
        browser: asking.caller.browser.clone(),
        portal: asking.portal.name.clone(),
        interaction_id: asking.interaction_id.cloned(),
        email: email.clone(),
        tries: 0,
        created_at: now,
        expires_at: now + rules.ttl,
        sent_at: None,
        proven_at: None,
        account_id: None,
    };
    let mut tx = app.db.begin().await?;
    if let Some(again_at) = count(app, &mut tx, asking.caller).await? {
        return Ok(Err(Refusal::TooManyTries { again_at }));
    }
    security_codes::add(&mut tx, &row).await?;
    owe(app, &mut tx, asking, &email.folded(), Forgotten::Both { id, code }, row.expires_at).await?;
    tx.commit().await?;
    Ok(Ok(()))
}

/// Eight signs are guessed from a bare digest: this one takes a key.
fn digest(app: &App, id: &str, code: &str) -> crate::domain::Digest {
    app.sealer.tag("security-code", format!("{id} {code}").as_bytes())
}

/// Step 2: the code as it was typed. Each try is counted before it is looked at.
///
/// # Errors
/// The store did not answer.
pub async fn prove(app: &App, caller: Caller<'_>, portal: &Portal, typed: &str) -> Outcome<()> {
    let (now, most) = (caller.actor.now, app.config.policy.codes.tries);
    let Some(row) = security_codes::find_of_browser(&app.db, caller.browser, &portal.name).await? else {
        return Ok(Ok(()));
    };
    let code = typed_code(typed);
    if code.is_empty() {
        return Ok(Err(Refusal::Missing { field: "code" }));
    }
    if row.proven_at.is_some() {
        return Ok(Ok(()));
    }
    if row.expires_at <= now {
        return Ok(Err(Refusal::SecurityCodeOld));
    }
    let keys = keys(app, caller, &row.email);
    if let Some(again_at) = paused_until(app, &keys, now).await? {
        return Ok(Err(Refusal::TooManyTries { again_at }));
    }
    let mut tx = app.db.begin().await?;
    let Some((right, sent_at, tries)) =
        security_codes::count_try(&mut tx, (&row.id, caller.browser), most, now).await?
    else {
        return Ok(Err(Refusal::SecurityCodeVoid));
    };
    if digest(app, &row.id, &code).matches(&right) && sent_at.is_some() {
        security_codes::prove(&mut tx, &row.id, now).await?;
        tx.commit().await?;
        return Ok(Ok(()));
    }
    let refusal = wrong(app, &mut tx, caller, (&row, &keys), u32::try_from(tries).unwrap_or(most)).await?;
    tx.commit().await?;
    Ok(Err(refusal))
}

/// A wrong code, counted for the address and for the network as well: whoever asks for ever new codes is paused.
async fn wrong(
    app: &App,
    tx: &mut Tx,
    caller: Caller<'_>,
    (row, [to, network]): (&SecurityCode, &[String; 2]),
    tries: u32,
) -> Result<Refusal, Fault> {
    let (now, limits, most) = (caller.actor.now, &app.config.policy.limits, app.config.policy.codes.tries);
    let day = throttles::fail(tx, to, now, DAY).await?;
    if day.failures >= i64::from(limits.account.daily) {
        throttles::pause(tx, to, day.since + DAY).await?;
    }
    let near = throttles::fail(tx, network, now, limits.network.window).await?;
    let many = if caller.network.is_school() { limits.network.school_failures } else { limits.network.failures };
    if near.failures >= i64::from(many) {
        throttles::pause(tx, network, now + limits.network.pause).await?;
    }
    if tries < most {
        return Ok(Refusal::WrongSecurityCode { left: most - tries });
    }
    security_codes::end(tx, &row.id, now).await?;
    audit::add(tx, caller.actor, None, &Event::SecurityCodeVoided).await?;
    Ok(Refusal::SecurityCodeVoid)
}

fn keys(app: &App, caller: Caller<'_>, email: &Email) -> [String; 2] {
    let to = app.sealer.tag("recovery-mail", email.folded().as_bytes());
    [format!("code:{}", to.as_str()), format!("code:network:{}", caller.network.as_str())]
}

async fn paused_until(app: &App, keys: &[String; 2], now: Instant) -> Result<Option<Instant>, Fault> {
    let mut until = None;
    for key in keys {
        let count = throttles::find(&app.db, key).await?;
        until = until.max(count.map(|count| count.paused_until).filter(|at| *at > now));
    }
    Ok(until)
}

/// Who somebody is, where the address is shared (row COD-12).
///
/// # Errors
/// The store did not answer.
pub async fn choose_who(app: &App, caller: Caller<'_>, portal: &Portal, id: &AccountId) -> Result<(), Fault> {
    let Some(row) = security_codes::find_of_browser(&app.db, caller.browser, &portal.name).await? else {
        return Ok(());
    };
    let people = mail::reached_at(app, portal, RecoveryWay::Code, &row.email.folded()).await?;
    if people.iter().any(|facts| facts.account.id == *id) {
        let mut tx = app.db.begin().await?;
        security_codes::choose(&mut tx, &row.id, id, caller.actor.now).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Step 3: the new password, once. The code stays proven while it is refused (row COD-19).
///
/// # Errors
/// The store or the pool did not answer.
pub async fn set_password(app: &App, visitor: &Visitor, portal: &Portal, typed: Typed<'_>) -> Result<Chosen, Fault> {
    let now = visitor.actor.now;
    let Some(row) = security_codes::find_of_browser(&app.db, &visitor.browser, &portal.name).await? else {
        return Ok(Chosen::Went);
    };
    let id = row.id.clone();
    let Stage::Password { email, holder, enrolled, .. } = stage(app, portal, row, now).await? else {
        return Ok(Chosen::Went);
    };
    let hash = match prepare(app, visitor, (portal, &holder), enrolled, typed).await? {
        Ok(hash) => hash,
        Err(chosen) => return Ok(chosen),
    };
    let mut tx = app.db.begin().await?;
    if let Some(refusal) = wrong_factor(app, &mut tx, visitor, (&holder, enrolled), typed.code).await? {
        tx.commit().await?;
        return Ok(Chosen::Refused(vec![refusal]));
    }
    if !security_codes::take(&mut tx, (&id, &visitor.browser), now).await?
        || !replace(app, &mut tx, visitor, &holder, (portal, &email), hash).await?
    {
        return Ok(Chosen::Went);
    }
    tx.commit().await?;
    Ok(Chosen::Done(holder))
}

/// Gives it up: the code is void, nothing has changed (row COD-08).
///
/// # Errors
/// The store did not answer.
pub async fn cancel(app: &App, caller: Caller<'_>, portal: &Portal) -> Result<(), Fault> {
    let Some(row) = security_codes::find_of_browser(&app.db, caller.browser, &portal.name).await? else {
        return Ok(());
    };
    let mut tx = app.db.begin().await?;
    security_codes::end(&mut tx, &row.id, caller.actor.now).await?;
    tx.commit().await?;
    Ok(())
}
