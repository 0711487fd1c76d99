//! The courier: takes owed mails out of the outbox and hands them to the mail server.
//!
//! At least once: a mail that was handed over and not noted is handed over again, byte for byte the same (design §5). It
//! looks accounts up, so that a form need not tell by its work whether one exists. It never logs an address, nor what a
//! mail says: ids, kinds and the mail server's codes.

use std::{sync::Arc, time::Duration};

use lettre::AsyncTransport;
use tokio::{
    task::JoinSet,
    time::{MissedTickBehavior, interval},
};
use tokio_util::sync::CancellationToken;

use crate::{
    app::App,
    config::Config,
    domain::{Actor, Email, Fault, Identifier, Instant, Mail, MailKind, Presence, Profile, Recipient},
    power_cut,
    store::{
        accounts,
        outbox::{self, Claimed},
        people,
    },
    words::{Locale, Register},
};

use super::{
    bounce::{self, Failed},
    compose::{Particulars, compose},
    dkim::Signer,
    owe::PURPOSE,
    pace::Pace,
    recovery, render,
    transport::{Transport, transport},
};

/// How often the outbox is looked at: a mail is on its way within a second.
const LOOK: Duration = Duration::from_millis(400);
/// How many mails are under way at once.
const AT_ONCE: i64 = 8;
/// After which time a mail is tried again, in minutes; then every hour.
const PAUSES: [u64; 6] = [1, 2, 5, 15, 30, 60];

/// Delivers what is owed, until told to stop; what is under way then is finished.
pub async fn run(app: App, stop: CancellationToken) {
    let courier = match Courier::of(&app) {
        Ok(Some(courier)) => courier,
        Ok(None) => return tracing::warn!("`mail.smtp` is empty: mail waits in the outbox"),
        Err(fault) => return tracing::error!(cause = %fault, "mail waits in the outbox"),
    };
    let mut ticks = interval(LOOK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    while stop.run_until_cancelled(ticks.tick()).await.is_some() {
        if let Err(fault) = courier.pass(&stop).await {
            tracing::warn!(cause = %fault, "the outbox could not be looked at; the courier tries again");
        }
    }
}

/// Tries every mail that is due once; how many were tried.
///
/// # Errors
/// The store did not answer, or the settings name no mail server that could be used.
pub async fn deliver_due(app: &App) -> Result<usize, Fault> {
    match Courier::of(app)? {
        Some(courier) => courier.pass(&CancellationToken::new()).await,
        None => Err(Fault::new("`mail.smtp` is empty").remedy("name the mail server in `mail.smtp`")),
    }
}

/// Hands a trial mail over now, past the outbox: for `preau doctor --mail-to`.
///
/// # Errors
/// What the mail server said, or settings that can't be used.
pub async fn send_trial(config: &Config, to: &Email, now: Instant) -> Result<(), Fault> {
    let none = || Fault::new("`mail.smtp` is empty").remedy("name the mail server in `mail.smtp`");
    let transport = transport(&config.settings)?.ok_or_else(none)?;
    let portal = config.policy.portals.default_portal();
    let mail = Mail {
        to: Recipient::Address(to.clone()),
        portal: portal.name.clone(),
        language: Locale::default().tag().into(),
        register: Register::default().name().into(),
        account_id: None,
        kind: MailKind::Trial,
    };
    let id = format!("trial-{}", now.millis());
    let particulars = Particulars {
        id: &id,
        message_id: &format!("<{id}@{}>", config.public_url.host_str().unwrap_or("localhost")),
        created_at: now,
        sender: &portal.look.title,
        to,
        language: &mail.language,
        reply_to: None,
    };
    let settings = &config.settings.mail;
    let words = render(&mail, portal, config.issuer())?;
    let (envelope, message) = compose(words, &particulars, settings, Signer::of(settings)?.as_ref())?;
    transport.send_raw(&envelope, &message).await?;
    Ok(())
}

/// A courier with its open connections. Clones share them.
#[derive(Clone)]
struct Courier {
    app: App,
    transport: Transport,
    signer: Option<Arc<Signer>>,
    pace: Option<Arc<Pace>>,
}

/// What became of one try.
enum Fate {
    /// Handed over, or there was nobody to hand it to.
    Done,
    /// Its provider has had enough for now: after so long.
    Paced(Duration),
    /// Perhaps later.
    Later(String),
    /// The mail server refused it for good: its address gives mail back.
    Refused(Failed, String),
    /// Never.
    Dead(String),
}

impl Courier {
    fn of(app: &App) -> Result<Option<Self>, Fault> {
        let settings = &app.config.settings;
        let signer = Signer::of(&settings.mail)?.map(Arc::new);
        let pace = Pace::of(settings.mail.per_domain_minute).map(Arc::new);
        Ok(transport(settings)?.map(|transport| Self { app: app.clone(), transport, signer, pace }))
    }

    async fn pass(&self, stop: &CancellationToken) -> Result<usize, Fault> {
        let mut tried = 0;
        if let Some(pace) = &self.pace {
            pace.sweep();
        }
        while !stop.is_cancelled() && outbox::is_due(&self.app.db, self.app.clock.now()).await? {
            let now = self.app.clock.now();
            let claimed = outbox::claim(&self.app.db, now, now + self.claim(), AT_ONCE).await?;
            tried += claimed.len();
            power_cut::at("mail-claimed");
            let mut under_way = JoinSet::new();
            for row in claimed {
                let courier = self.clone();
                under_way.spawn(async move { courier.settle(&row).await });
            }
            while let Some(outcome) = under_way.join_next().await {
                outcome??;
            }
        }
        Ok(tried)
    }

    /// Tries one mail and notes what became of it.
    async fn settle(&self, row: &Claimed) -> Result<(), Fault> {
        let fate = self.deliver(row).await?;
        power_cut::at("mail-accepted");
        let (db, now) = (&self.app.db, self.app.clock.now());
        let (mail, kind, tries) = (&row.id, &row.kind, row.tries);
        let (next_at, error) = match fate {
            Fate::Done => {
                tracing::info!(mail, kind, tries, "a mail is settled");
                outbox::sent(db, mail, now).await?;
                power_cut::at("mail-noted");
                return Ok(());
            }
            Fate::Paced(wait) => return Ok(outbox::later(db, mail, now + wait, "paced").await?),
            Fate::Later(error) => (next_try(row, now, self.patience()), error),
            Fate::Refused(failed, error) => {
                let by = Actor { by: "service", ..Actor::command(now) };
                bounce::mark(db, &failed, &by, now).await?;
                (None, error)
            }
            Fate::Dead(error) => (None, error),
        };
        if let Some(next_at) = next_at {
            tracing::warn!(mail, kind, tries, "a mail could not be handed over and waits");
            outbox::later(db, mail, next_at, &error).await?;
        } else {
            tracing::error!(mail, kind, tries, "a mail is given up");
            outbox::dead(db, mail, &error).await?;
        }
        Ok(())
    }

    /// For how long a claimed mail is left alone: longer than handing it over may take. A courier whose process died holds
    /// its mails back no longer than that.
    fn claim(&self) -> Duration {
        Duration::from_secs(self.app.config.settings.mail.claim)
    }

    fn patience(&self) -> Duration {
        Duration::from_secs(self.app.config.settings.mail.give_up_hours.saturating_mul(3600))
    }

    async fn deliver(&self, row: &Claimed) -> Result<Fate, Fault> {
        let Some(sealed) = self.app.sealer.unseal(PURPOSE, &row.sealed) else {
            return Ok(Fate::Dead("it was sealed with another key".into()));
        };
        let mail: Mail = serde_json::from_slice(&sealed)?;
        let addressed = match &mail.kind {
            MailKind::Recovery(_) => recovery::addressed(&self.app, row, mail).await?,
            _ => self.addressed(mail).await?,
        };
        let Some((mail, to)) = addressed else { return Ok(Fate::Done) };
        let (envelope, message) = match self.composed(row, &mail, &to) {
            Ok(composed) => composed,
            Err(fault) => return Ok(Fate::Dead(fault.cause)),
        };
        if let Some(Err(wait)) = self.pace.as_ref().map(|pace| pace.lets(&to)) {
            return Ok(Fate::Paced(wait));
        }
        Ok(match self.transport.send_raw(&envelope, &message).await {
            Ok(_) => Fate::Done,
            Err(error) if is_for_good(&error) => {
                let status = error.status().map_or_else(|| "5".to_owned(), |code| code.to_string());
                Fate::Refused(Failed { email: to, cause: status }, Fault::from(error).cause)
            }
            Err(error) => Fate::Later(Fault::from(error).cause),
        })
    }

    fn composed(&self, row: &Claimed, mail: &Mail, to: &Email) -> Result<(lettre::address::Envelope, Vec<u8>), Fault> {
        let config = &self.app.config;
        let portals = &config.policy.portals;
        let portal = portals.find(&mail.portal).unwrap_or_else(|| portals.default_portal());
        let particulars = Particulars {
            id: &row.id,
            message_id: &row.message_id,
            created_at: row.created_at,
            sender: &portal.look.title,
            to,
            language: Locale::from_tag(&mail.language).unwrap_or_default().tag(),
            reply_to: mail.kind.reply_to(),
        };
        compose(render(mail, portal, config.issuer())?, &particulars, &config.settings.mail, self.signer.as_deref())
    }

    /// The mail with what only the account knows, and its address; none where nobody is to get it.
    async fn addressed(&self, mail: Mail) -> Result<Option<(Mail, Email)>, Fault> {
        let holder = match &mail.to {
            Recipient::Address(to) => {
                let to = to.clone();
                let kind = match mail.kind {
                    MailKind::HelpReceived { help, .. } => {
                        MailKind::HelpReceived { help, is_known: people::is_on_file(&self.app.db, &to).await? }
                    }
                    kind => kind,
                };
                return Ok(Some((Mail { kind, ..mail }, to)));
            }
            Recipient::Holder(folded) => Identifier::new(folded),
        };
        let db = &self.app.db;
        let Some(account) = accounts::find_by_identifier(db, &holder).await? else { return Ok(None) };
        if matches!(account.presence, Presence::Archived { .. }) {
            return Ok(None);
        }
        let Some(facts) = people::find_facts(db, &account.id).await? else { return Ok(None) };
        let Some(to) = facts.reachable_at().cloned() else { return Ok(None) };
        let is_pupil = facts.affiliations.iter().any(|(profile, ..)| *profile == Profile::Pupil);
        let register = if is_pupil { Register::Tu } else { Register::Vous };
        let kind = match mail.kind {
            MailKind::SignInPaused { .. } => MailKind::SignInPaused {
                given_name: facts.person.given_name,
                identifier: account.identifier.to_string(),
            },
            MailKind::SecondFactor { news, at, .. } => MailKind::SecondFactor {
                given_name: facts.person.given_name,
                identifier: account.identifier.to_string(),
                news,
                at,
            },
            MailKind::PupilResetTold { pupil, at, upstream, .. } => {
                MailKind::PupilResetTold { given_name: facts.person.given_name, pupil, at, upstream }
            }
            kind => kind,
        };
        let (language, register) = (account.language, register.name().to_owned());
        Ok(Some((Mail { language, register, account_id: Some(account.id), kind, ..mail }, to)))
    }
}

/// When a mail is tried again; none when its time is over.
fn next_try(row: &Claimed, now: Instant, patience: Duration) -> Option<Instant> {
    let end = row.created_at + patience;
    let nth = usize::try_from(row.tries).unwrap_or(1).saturating_sub(1);
    let pause = Duration::from_mins(PAUSES.get(nth).copied().unwrap_or(60));
    (now < end).then(|| (now + pause).min(end))
}

/// Whether the mail server's answer will not change: 5xx (RFC 5321 §4.2.1), unless it is our own sign-in that it refuses
/// (53x, RFC 4954 §6), which the operator can mend.
fn is_for_good(error: &lettre::transport::smtp::Error) -> bool {
    error.is_permanent() && error.status().is_some_and(|code| !(530..540).contains(&u16::from(code)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_is_tried_more_and_more_seldom_until_its_time_is_over() {
        let patience = Duration::from_hours(2);
        let created_at = Instant::from_seconds(0);
        let row = |tries| Claimed {
            id: "x".into(),
            sealed: String::new(),
            kind: "trial".into(),
            message_id: "<x@localhost>".into(),
            tries,
            created_at,
        };
        let minutes = |tries, now: i64| {
            next_try(&row(tries), Instant::from_seconds(now * 60), patience).map(|next| next.seconds() / 60 - now)
        };
        assert_eq!(
            [1, 2, 3, 4, 5, 6, 7, 99].map(|tries| minutes(tries, 0).unwrap_or(-1)),
            [1, 2, 5, 15, 30, 60, 60, 60]
        );
        assert_eq!(minutes(6, 100), Some(20), "the last try is at the end");
        assert_eq!(minutes(6, 120), None);
    }
}
