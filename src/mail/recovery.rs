//! The courier's part of the ways back: who is meant by what was typed, whether a mail goes out, and the link in it.
//!
//! The form wrote the same row whatever was typed; all that depends on whether an account exists happens here, after the
//! answer. A link's secret is made from the row's id with a key, so that a mail that is handed over again is the same.

use std::time::Duration;

use crate::{
    app::App,
    domain::{
        Account, Actor, Credential, Digest, Email, Event, Facts, Fault, Forgotten, Identifier, Instant, Link,
        LinkPurpose, Mail, MailKind, Profile, Reached, Recipient, RecoveryMail, Secret,
    },
    policy::{Portal, RecoveryWay, may_come_back},
    store::{
        Tx, accounts, audit, links,
        outbox::Claimed,
        people, security_codes,
        throttles::{self},
    },
    words::Register,
};

const HOUR: Duration = Duration::from_hours(1);

/// The mail with the accounts that are meant, and its address; none where nobody is to get it.
///
/// # Errors
/// The store did not answer.
pub(super) async fn addressed(app: &App, row: &Claimed, mail: Mail) -> Result<Option<(Mail, Email)>, Fault> {
    let (MailKind::Recovery(asked), Recipient::Holder(typed)) = (&mail.kind, &mail.to) else { return Ok(None) };
    let portals = &app.config.policy.portals;
    let portal = portals.find(&mail.portal).unwrap_or_else(|| portals.default_portal()).clone();
    let found = meant(app, &portal, &asked.forgotten, typed).await?;
    let Some(to) = found.first().and_then(|facts| facts.reachable_at().cloned()) else { return Ok(None) };
    let found: Vec<Facts> =
        found.into_iter().filter(|facts| facts.reachable_at().map(Email::folded) == Some(to.folded())).collect();
    let mut asked = asked.clone();
    if !begin(app, row, (&portal, &to), &mut asked, &found).await? {
        return Ok(None);
    }
    let is_pupil = found.iter().all(|facts| facts.affiliations.iter().any(|(profile, ..)| *profile == Profile::Pupil));
    let register = if is_pupil { Register::Tu } else { Register::Vous };
    // One person's own language; several read it in the language of who asked.
    let language = match found.as_slice() {
        [only] => only.account.language.clone(),
        _ => mail.language.clone(),
    };
    let account_id = found.first().map(|facts| facts.account.id.clone());
    let kind = MailKind::Recovery(asked);
    Ok(Some((Mail { language, register: register.name().to_owned(), account_id, kind, ..mail }, to)))
}

/// Whose accounts are meant by an identifier or an address, as far as the portal lets them come back that way.
async fn meant(app: &App, portal: &Portal, forgotten: &Forgotten, typed: &str) -> Result<Vec<Facts>, Fault> {
    if matches!(forgotten, Forgotten::Password { .. } | Forgotten::QuestionPaused)
        && let Some(account) = accounts::find_by_identifier(&app.db, &Identifier::new(typed)).await?
    {
        return admitted(app, portal, RecoveryWay::Link, vec![account]).await;
    }
    match forgotten {
        Forgotten::Both { .. } => reached_at(app, portal, RecoveryWay::Code, typed).await,
        _ => reached_at(app, portal, RecoveryWay::Link, typed).await,
    }
}

/// Whose accounts are reached at an address, as far as the portal lets them come back that way.
///
/// # Errors
/// The store did not answer.
pub async fn reached_at(app: &App, portal: &Portal, way: RecoveryWay, folded: &str) -> Result<Vec<Facts>, Fault> {
    admitted(app, portal, way, accounts::list_reached_at(&app.db, folded).await?).await
}

async fn admitted(app: &App, portal: &Portal, way: RecoveryWay, accounts: Vec<Account>) -> Result<Vec<Facts>, Fault> {
    let mut found = Vec::new();
    for account in accounts.into_iter().filter(may_come_back) {
        let Some(facts) = people::find_facts(&app.db, &account.id).await? else { continue };
        let profiles: Vec<Profile> = facts.affiliations.iter().map(|(profile, ..)| *profile).collect();
        if portal.recovery.admits(&profiles, way) {
            found.push(facts);
        }
    }
    Ok(found)
}

/// Begins what was asked for, once for each row: counts it, makes links or arms the code, and writes it in the trail;
/// whether the mail goes out.
async fn begin(
    app: &App,
    row: &Claimed,
    (portal, to): (&Portal, &Email),
    asked: &mut RecoveryMail,
    found: &[Facts],
) -> Result<bool, Fault> {
    let (now, limits) = (row.created_at, app.config.policy.limits.mail);
    let what = asked.forgotten.name();
    let key = format!("recovery:{what}:{}", app.sealer.tag("recovery-mail", to.folded().as_bytes()).as_str());
    let is_first = row.tries <= 1;
    let just_before = throttles::find(&app.db, &key).await?.map(|count| count.last_at);
    let mut tx = app.db.begin().await?;
    let mut goes = true;
    if is_first {
        goes = just_before.is_none_or(|at| now >= at + limits.again_after);
        if goes {
            let count = throttles::fail(&mut tx, &key, now, HOUR).await?;
            goes = count.failures <= i64::from(limits.hourly);
        }
    }
    for facts in found {
        let made = if goes { link(app, &mut tx, (row, portal), asked, facts, to).await? } else { None };
        let reached = reached(facts, made.as_ref().map(|(address, _)| address.clone()));
        asked.until = made.map_or(asked.until, |(_, until)| until);
        asked.holders.push(reached);
        if is_first {
            let event = match asked.forgotten {
                Forgotten::QuestionPaused => Event::SecretQuestionPaused,
                _ => Event::RecoveryAsked { what: what.to_owned(), sent: goes },
            };
            audit::add(&mut tx, &actor(portal, now), Some(&facts.account.id), &event).await?;
        }
    }
    match &asked.forgotten {
        Forgotten::Both { id, .. } if goes => goes = security_codes::arm(&mut tx, id, to, now).await?,
        Forgotten::Password { .. } => goes = goes && asked.holders.iter().any(|holder| holder.link.is_some()),
        _ => {}
    }
    tx.commit().await?;
    Ok(goes)
}

/// The courier acts for who asked at the portal; the request's own line in the log has its network.
fn actor(portal: &Portal, now: Instant) -> Actor {
    Actor { account_id: None, by: "browser", portal: Some(portal.name.clone()), network: None, request_id: None, now }
}

/// The link for an account, where one was asked for: its address and until when it works. A newer one takes the place of
/// older ones (row FPW-07); of a mail that is tried again it is the same, unless something newer took its place.
async fn link(
    app: &App,
    tx: &mut Tx,
    (row, portal): (&Claimed, &Portal),
    asked: &RecoveryMail,
    facts: &Facts,
    to: &Email,
) -> Result<Option<(String, Instant)>, Fault> {
    let Forgotten::Password { browser, interaction_id } = &asked.forgotten else { return Ok(None) };
    let account_id = &facts.account.id;
    let secret = secret(app, &row.id, account_id.as_str());
    let digest: Digest = secret.digest();
    let address = format!("{}/mot-de-passe-oublie/lien/{}", app.config.portal_address(&portal.name), secret.reveal());
    if let Some(known) = links::find(&app.db, &digest).await? {
        return Ok((known.superseded_at.is_none()).then_some((address, known.expires_at)));
    }
    let link = Link {
        digest,
        purpose: LinkPurpose::Reset,
        account_id: account_id.clone(),
        email: to.clone(),
        portal: portal.name.clone(),
        browser: browser.clone(),
        interaction_id: interaction_id.clone(),
        created_at: row.created_at,
        expires_at: row.created_at + app.config.policy.lifetimes.reset_link,
        used_at: None,
        superseded_at: None,
    };
    links::supersede(tx, LinkPurpose::Reset, account_id, row.created_at).await?;
    let is_new = links::add(tx, &link, app.config.policy.limits.mail.again_after).await?;
    Ok(is_new.then_some((address, link.expires_at)))
}

/// The secret of a row's link for an account: letters and digits alone, for it stands in an address.
fn secret(app: &App, row: &str, account: &str) -> Secret {
    let tag = app.sealer.tag("reset-link", format!("{row} {account}").as_bytes());
    Secret::new(tag.as_str().chars().filter(char::is_ascii_alphanumeric).collect::<String>())
}

fn reached(facts: &Facts, link: Option<String>) -> Reached {
    Reached {
        given_name: facts.person.given_name.clone(),
        full_name: facts.person.full_name(),
        identifier: facts.account.identifier.clone(),
        profile: facts.affiliations.first().map(|(profile, ..)| *profile),
        school: facts.affiliations.first().map(|(_, _, school)| school.name.clone()),
        is_activated: matches!(facts.account.credential, Credential::Own { .. }),
        link,
    }
}
