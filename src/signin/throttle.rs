//! How many tries are looked at: the counters of design §4, in one place for every door that takes a password.
//!
//! Known and unknown identifiers cost the same statements and rows: what is counted is what was typed.

use std::time::Duration;

use crate::{
    app::App,
    domain::{Account, AccountId, Event, Fault, Instant, Mail, MailKind, PortalName, Recipient, Refusal},
    mail,
    policy::AccountLimits,
    store::{Tx, audit, throttles},
};

use super::Visitor;

const DAY: Duration = Duration::from_hours(24);

/// The counters that one try touches.
pub(super) struct Counters {
    identifier: String,
    daily: String,
    browser: Option<String>,
    network: String,
    is_school: bool,
    folded: String,
}

impl Counters {
    /// For a try of this visitor at a folded identifier; what a stranger typed is kept as a keyed tag only.
    pub(super) fn of(app: &App, visitor: &Visitor, folded: &str, is_known: bool) -> Self {
        let tag = app.sealer.tag("throttle", folded.as_bytes());
        let known = visitor.known.as_ref().filter(|_| is_known);
        Self {
            identifier: format!("identifier:{}", tag.as_str()),
            daily: format!("daily:{}", tag.as_str()),
            browser: known.map(|browser| format!("browser:{}:{}", browser.as_str(), tag.as_str())),
            network: format!("network:{}", visitor.network.as_str()),
            is_school: visitor.network.is_school(),
            folded: folded.to_owned(),
        }
    }

    /// Until when this try is refused unseen, if it is. Four look-ups, whoever asks.
    pub(super) async fn paused_until(&self, app: &App, now: Instant) -> Result<Option<Instant>, Fault> {
        let limits = &app.config.policy.limits;
        let mut until = None;
        let mut consider = |at: Instant| {
            if at > now {
                until = until.max(Some(at));
            }
        };
        let (identifier, daily) =
            (throttles::find(&app.db, &self.identifier).await?, throttles::find(&app.db, &self.daily).await?);
        let browser = throttles::find(&app.db, self.browser.as_deref().unwrap_or("browser:-")).await?;
        if self.browser.is_some() {
            consider(browser.map_or(now, |count| count.paused_until));
        } else {
            consider(identifier.map_or(now, |count| count.paused_until));
            let over =
                daily.filter(|count| count.failures >= i64::from(limits.account.daily) && now.since(count.since) < DAY);
            consider(over.map_or(now, |count| count.since + DAY));
        }
        consider(throttles::find(&app.db, &self.network).await?.map_or(now, |count| count.paused_until));
        Ok(until)
    }

    /// Counts a failure and pauses what has failed too often; what the person is told. Of guesses sent side by side only
    /// as many as the limit learn that they were wrong: the rest find the pause that the others began, and count nothing.
    pub(super) async fn fail(
        &self,
        app: &App,
        visitor: &Visitor,
        portal: &PortalName,
        account: Option<&AccountId>,
    ) -> Result<Refusal, Fault> {
        let (limits, now) = (&app.config.policy.limits, visitor.actor.now);
        let mut tx = app.db.begin().await?;
        // The network comes last: many fail there at the same time, and its row is held until the end.
        let (key, own) = self.browser.as_ref().map_or((&self.identifier, limits.account), |browser| {
            (browser, AccountLimits { failures: limits.account.known_browser, ..limits.account })
        });
        let count = throttles::fail(&mut tx, key, now, DAY).await?;
        let mut paused_until = count.paused_until;
        if self.browser.is_none() {
            let day = throttles::fail(&mut tx, &self.daily, now, DAY).await?;
            if day.failures > i64::from(limits.account.daily) {
                paused_until = paused_until.max(day.since + DAY);
            }
        }
        let network = throttles::fail(&mut tx, &self.network, now, limits.network.window).await?;
        paused_until = paused_until.max(network.paused_until);
        if paused_until > now {
            return Ok(Refusal::TooManyTries { again_at: paused_until });
        }
        let most = if self.is_school { limits.network.school_failures } else { limits.network.failures };
        if network.failures >= i64::from(most) {
            throttles::pause(&mut tx, &self.network, now + limits.network.pause).await?;
        }
        if let Some(pause) = own.pause_after(failures(count.failures)) {
            throttles::pause(&mut tx, key, now + pause).await?;
            audit::add(&mut tx, &visitor.actor, account, &Event::SignInPaused { seconds: pause.as_secs() }).await?;
            if pause == limits.account.pause {
                mail::owe(app, &mut tx, &self.warning(portal), now).await?;
            }
        }
        tx.commit().await?;
        Ok(Refusal::WrongCredentials)
    }

    /// Tells the holder, if there is one, that tries were paused.
    fn warning(&self, portal: &PortalName) -> Mail {
        Mail {
            to: Recipient::Holder(self.folded.clone()),
            portal: portal.clone(),
            language: String::new(),
            register: String::new(),
            account_id: None,
            kind: MailKind::SignInPaused { given_name: String::new(), identifier: String::new() },
        }
    }

    /// How often this identifier failed in a day, from browsers that its account does not know.
    pub(super) async fn daily(&self, app: &App, now: Instant) -> Result<u32, Fault> {
        let count = throttles::find(&app.db, &self.daily).await?;
        Ok(count.filter(|count| now.since(count.since) < DAY).map_or(0, |count| failures(count.failures)))
    }

    /// Ends the counts of an account that was opened. The day's count stays: it is of guesses, not of its holder.
    pub(super) async fn forget(&self, tx: &mut Tx) -> Result<(), Fault> {
        throttles::forget(tx, &self.identifier).await?;
        if let Some(browser) = &self.browser {
            throttles::forget(tx, browser).await?;
        }
        Ok(())
    }
}

/// Whether the account knows this browser; asked for unknown accounts too, so that both cost one statement.
pub(super) async fn is_known(app: &App, visitor: &Visitor, account: Option<&Account>) -> Result<bool, Fault> {
    let nobody = AccountId::new("-");
    let id = account.map_or(&nobody, |account| &account.id);
    let none = crate::domain::Digest::of(b"");
    let browser = visitor.known.as_ref().unwrap_or(&none);
    Ok(throttles::knows(&app.db, browser, id, visitor.actor.now).await?)
}

fn failures(count: i64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
