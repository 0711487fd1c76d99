//! The second factor: a code of an application, a recovery code, or a passkey; and a passkey alone, which is two at once.
//!
//! A code is looked at and counted in one transaction, so that guesses sent side by side gain nothing. Nothing here says
//! who must have a second factor (`policy` does), and nothing adds or removes one (`journeys` does).

use serde_json::Value;

use crate::{
    app::App,
    crypto::{
        Seed,
        passkeys::{Asking, Passkeys},
    },
    domain::{
        AccountId, Actor, Digest, Enrolled, Event, Factor, FactorNews, Fault, Identifier, Instant, Mail, MailKind,
        Outcome, Passkey, PortalName, Profile, Recipient, Refusal, Session,
    },
    ephemeral::Kind,
    mail,
    store::{
        Tx, accounts, audit, passkeys, people, recovery_codes,
        sessions::{self, Halfway},
        throttles, totp,
    },
};

use super::{Opened, Visitor, password::Proven};

/// How long a question to a browser about a key waits for its answer.
pub const QUESTION: std::time::Duration = std::time::Duration::from_mins(5);
const DAY: std::time::Duration = std::time::Duration::from_hours(24);
/// The purpose under which seeds are sealed.
const SEED: &str = "totp";

/// Whose second factor is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Whose<'a> {
    /// The account.
    pub account_id: &'a AccountId,
    /// Its identifier: mails go to its holder.
    pub identifier: &'a Identifier,
}

impl<'a> From<&'a Halfway> for Whose<'a> {
    fn from(halfway: &'a Halfway) -> Self {
        Self { account_id: halfway.account_id(), identifier: halfway.identifier() }
    }
}

/// Which second factors an account has: where it has one, the password alone is not enough for anything (row FPW-14).
///
/// # Errors
/// The store did not answer.
pub async fn enrolled(app: &App, account_id: &AccountId) -> Result<Enrolled, Fault> {
    Ok(totp::enrolled(&app.db, account_id).await?)
}

/// Seals a seed for its account.
///
/// # Errors
/// OpenSSL has no random bytes to give.
pub fn seal(app: &App, account_id: &AccountId, seed: &Seed) -> Result<String, Fault> {
    app.sealer.seal(&format!("{SEED} {account_id}"), seed.bytes())
}

/// The seed that was sealed for an account.
///
/// # Errors
/// It was sealed with another key.
pub fn unseal(app: &App, account_id: &AccountId, sealed: &str) -> Result<Seed, Fault> {
    let lost = || {
        Fault::new(format!("the seed of account {account_id} was sealed with another key"))
            .remedy("restore seal.key from a backup, or take the second factor away: preau admin reset-second-factor")
    };
    Ok(Seed::from_bytes(app.sealer.unseal(&format!("{SEED} {account_id}"), sealed).ok_or_else(lost)?))
}

/// What is kept of a recovery code: a keyed digest. The code has 47 random bits and wrong ones are paused, so that a slow
/// hash would add nothing but its cost; and without the key in `keys/` nothing can be guessed from the digest.
#[must_use]
pub fn recovery_digest(app: &App, account_id: &AccountId, code: &str) -> Digest {
    app.sealer.tag("recovery", format!("{account_id} {}", plain(code)).as_bytes())
}

/// A code without the blanks and hyphens that make it easy to read.
fn plain(typed: &str) -> String {
    typed.chars().filter(|sign| !sign.is_whitespace() && *sign != '-').take(64).collect::<String>().to_lowercase()
}

/// Looks at a code and uses it up, in the caller's transaction, which is to be committed **whatever comes of it**: a wrong
/// code is counted there. Six digits are an application's, anything else is a recovery code.
///
/// # Errors
/// The store did not answer.
pub async fn show_code(app: &App, tx: &mut Tx, visitor: &Visitor, whose: Whose<'_>, typed: &str) -> Outcome<Factor> {
    let (now, counters) = (visitor.actor.now, Counters::of(whose.account_id));
    if let Some(again_at) = counters.paused_until(app, now).await? {
        return Ok(Err(Refusal::TooManyTries { again_at }));
    }
    let code = plain(typed);
    if code.is_empty() {
        return Ok(Err(Refusal::Missing { field: "code" }));
    }
    // Counted first: the count's row is held until the end, so that who comes next sees what came of this one.
    let count = throttles::fail(tx, &counters.tries, now, DAY).await?;
    if count.paused_until > now {
        return Ok(Err(Refusal::TooManyTries { again_at: count.paused_until }));
    }
    let Some(factor) = take(app, tx, whose.account_id, &code, now).await? else {
        return Ok(Err(counters.fail(app, tx, visitor, (whose, count.failures)).await?));
    };
    throttles::forget(tx, &counters.tries).await?;
    let actor = acting(visitor, whose.account_id);
    audit::add(tx, &actor, Some(whose.account_id), &Event::SecondFactorGiven { factor }).await?;
    if factor == Factor::RecoveryCode {
        let left = recovery_codes::count_in(tx, whose.account_id).await?;
        let left = u32::try_from(left).unwrap_or(0);
        audit::add(tx, &actor, Some(whose.account_id), &Event::RecoveryCodeUsed { left }).await?;
        tell(app, tx, visitor, whose.identifier, FactorNews::CodeUsed(left)).await?;
    }
    Ok(Ok(factor))
}

/// Uses a code up, if it is right: once, in the statement.
async fn take(
    app: &App,
    tx: &mut Tx,
    account_id: &AccountId,
    code: &str,
    now: Instant,
) -> Result<Option<Factor>, Fault> {
    if code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()) {
        let Some(row) = totp::find_in(tx, account_id).await?.filter(|row| row.confirmed_at.is_some()) else {
            return Ok(None);
        };
        let Some(step) = unseal(app, account_id, &row.seed)?.step_of(code, now)? else { return Ok(None) };
        return Ok(totp::take_step(tx, account_id, step, now).await?.then_some(Factor::Totp));
    }
    let digest = recovery_digest(app, account_id, code);
    Ok(recovery_codes::take(tx, account_id, &digest, now).await?.then_some(Factor::RecoveryCode))
}

/// A code after the password: the session is whole from now on, under a new secret.
///
/// # Errors
/// The store did not answer.
pub async fn give_code(app: &App, visitor: &Visitor, halfway: &Halfway, typed: &str) -> Outcome<Opened> {
    let mut tx = app.db.begin().await?;
    let shown = show_code(app, &mut tx, visitor, halfway.into(), typed).await?;
    let opened = match shown {
        // RFC 8176 has one word for codes that are good once, whoever makes them.
        Ok(_) => Ok(complete(app, &mut tx, visitor, halfway, "otp").await?),
        Err(refusal) => Err(refusal),
    };
    tx.commit().await?;
    Ok(opened)
}

/// What the browser is asked, to use one of the account's keys after the password; none where it has no key.
///
/// # Errors
/// The store did not answer.
pub async fn ask_key(app: &App, visitor: &Visitor, halfway: &Halfway) -> Result<Option<Value>, Fault> {
    let keys = passkeys::list(&app.db, halfway.account_id()).await?;
    if keys.is_empty() || !app.passkeys.are_known() {
        return Ok(None);
    }
    let (asked, state) = app.passkeys.ask_one_of(&keys)?;
    let key = question(app, visitor, "second");
    app.ephemeral.put(Kind::Passkey, &key, &state, visitor.actor.now, QUESTION).await?;
    Ok(Some(asked))
}

/// The answer of a key after the password.
///
/// # Errors
/// The store did not answer.
pub async fn give_key(app: &App, visitor: &Visitor, halfway: &Halfway, answer: &str) -> Outcome<Opened> {
    let (now, account_id) = (visitor.actor.now, halfway.account_id());
    let state: Option<Asking> = app.ephemeral.take(Kind::Passkey, &question(app, visitor, "second"), now).await?;
    let key = match Passkeys::named_in(answer) {
        Some((id, _)) => passkeys::find(&app.db, &id).await?.filter(|key| key.account_id == *account_id),
        None => None,
    };
    let used = match (state, &key) {
        (Some(state), Some(key)) => app.passkeys.used(state, answer, key)?,
        _ => None,
    };
    let (Some(key), Some(used)) = (key, used) else {
        return Ok(Err(refuse_key(app, visitor, Some(account_id)).await?));
    };
    let mut tx = app.db.begin().await?;
    if !passkeys::note_use(&mut tx, &key, &used.credential, now).await? {
        return Ok(Err(Refusal::PasskeyUnfit));
    }
    let given = Event::SecondFactorGiven { factor: Factor::Passkey };
    audit::add(&mut tx, &acting(visitor, account_id), Some(account_id), &given).await?;
    let opened = complete(app, &mut tx, visitor, halfway, used.amr).await?;
    tx.commit().await?;
    Ok(Ok(opened))
}

/// What the browser is asked, to sign in with whichever key it finds.
///
/// # Errors
/// Redis did not answer.
pub async fn ask_any_key(app: &App, visitor: &Visitor) -> Result<Value, Fault> {
    let (asked, state) = app.passkeys.ask_any()?;
    app.ephemeral.put(Kind::Passkey, &question(app, visitor, "first"), &state, visitor.actor.now, QUESTION).await?;
    Ok(asked)
}

/// The proof by a key alone: it checked who holds it, so it counts as two factors.
///
/// # Errors
/// The store did not answer.
pub async fn prove_by_key(
    app: &App,
    visitor: &Visitor,
    (portal, chosen): (&PortalName, Option<Profile>),
    answer: &str,
) -> Outcome<Proven> {
    let now = visitor.actor.now;
    let state: Option<Asking> = app.ephemeral.take(Kind::Passkey, &question(app, visitor, "first"), now).await?;
    let (Some(state), Some((id, Some(handle)))) = (state, Passkeys::named_in(answer)) else {
        return Ok(Err(Refusal::PasskeyUnfit));
    };
    // WebAuthn §7.2, step 6: the key says whose it is, and must be right about it.
    let key: Option<Passkey> = passkeys::find(&app.db, &id).await?.filter(|key| key.user_handle == handle);
    let Some(key) = key else { return Ok(Err(Refusal::PasskeyUnfit)) };
    let Some(used) = app.passkeys.used(state, answer, &key)? else {
        return Ok(Err(refuse_key(app, visitor, Some(&key.account_id)).await?));
    };
    let Some(account) = accounts::find(&app.db, &key.account_id).await? else { return Ok(Err(Refusal::PasskeyUnfit)) };
    if account.suspension.is_some() {
        return Ok(Err(Refusal::Suspended));
    }
    let profiles = people::list_profiles(&app.db, &account.person_id).await?;
    let profile = chosen.filter(|chosen| profiles.contains(chosen));
    let corrects = app.config.policy.portals.find(portal).is_none_or(|portal| portal.corrects_profile);
    if !account.may_sign_in() || (chosen.is_some() && profile.is_none() && !corrects) {
        return Ok(Err(Refusal::PasskeyUnfit));
    }
    let mut tx = app.db.begin().await?;
    if !passkeys::note_use(&mut tx, &key, &used.credential, now).await? {
        return Ok(Err(Refusal::PasskeyUnfit));
    }
    tx.commit().await?;
    let amr = vec![used.amr.to_owned(), Session::TWO_FACTORS.to_owned()];
    Ok(Ok(Proven { account_id: account.id, profile, remember: false, temporary: false, amr }))
}

/// A halfway session becomes whole, and only now is somebody signed in.
async fn complete(app: &App, tx: &mut Tx, visitor: &Visitor, halfway: &Halfway, factor: &str) -> Result<Opened, Fault> {
    let opened = raise(app, tx, visitor, halfway, factor).await?;
    let event = Event::SignedIn { amr: opened.row.amr.clone(), device: visitor.device.clone() };
    audit::add(tx, &acting(visitor, halfway.account_id()), Some(halfway.account_id()), &event).await?;
    Ok(opened)
}

/// A session gets a new secret and names a further factor, in the caller's transaction; the account knows the browser from
/// now on.
///
/// # Errors
/// The session ended meanwhile, or the store did not answer.
pub async fn raise(
    app: &App,
    tx: &mut Tx,
    visitor: &Visitor,
    halfway: &Halfway,
    factor: &str,
) -> Result<Opened, Fault> {
    let (now, account_id) = (visitor.actor.now, halfway.account_id());
    let (secret, old) = (app.rng.secret(), halfway.session());
    let mut amr = old.amr.clone();
    amr.extend(
        [factor, Session::TWO_FACTORS]
            .into_iter()
            .filter(|value| !old.amr.iter().any(|has| has == value))
            .map(str::to_owned),
    );
    let row = Session { id: secret.digest(), amr, seen_at: now, ..old.clone() };
    if !sessions::rotate(tx, &old.id, &row).await? {
        return Err(Fault::new("a session ended while its second factor was given"));
    }
    let known_for = app.config.policy.lifetimes.known_browser;
    let (fresh, known) = super::open::known(app, visitor);
    if let Some(known) = &known {
        throttles::know(tx, known, account_id, now, now + known_for).await?;
    }
    Ok(Opened { session: secret, row, known: fresh, known_for })
}

/// Notes that a key was refused.
async fn refuse_key(app: &App, visitor: &Visitor, account_id: Option<&AccountId>) -> Result<Refusal, Fault> {
    let mut tx = app.db.begin().await?;
    audit::add(&mut tx, &visitor.actor, account_id, &Event::SecondFactorRefused).await?;
    tx.commit().await?;
    Ok(Refusal::PasskeyUnfit)
}

/// Where the state of a question waits: bound to the browser and to what it is for.
#[must_use]
pub fn question(app: &App, visitor: &Visitor, what: &str) -> Digest {
    app.sealer.tag("passkey", format!("{what} {}", visitor.browser.as_str()).as_bytes())
}

/// Owes the holder of an account the news of a second factor.
///
/// # Errors
/// The engine did not answer.
pub async fn tell(
    app: &App,
    tx: &mut Tx,
    visitor: &Visitor,
    identifier: &Identifier,
    news: FactorNews,
) -> Result<(), Fault> {
    let portal = visitor.actor.portal.clone();
    let portal = portal.unwrap_or_else(|| app.config.policy.portals.default_portal().name.clone());
    mail::owe(app, tx, &news_of(&portal, identifier, news, visitor.actor.now), visitor.actor.now).await
}

/// The mail that tells a holder; the courier knows the rest of them.
#[must_use]
pub fn news_of(portal: &PortalName, identifier: &Identifier, news: FactorNews, at: Instant) -> Mail {
    Mail {
        to: Recipient::Holder(identifier.folded()),
        portal: portal.clone(),
        language: String::new(),
        register: String::new(),
        account_id: None,
        kind: MailKind::SecondFactor { given_name: String::new(), identifier: String::new(), news, at },
    }
}

fn acting(visitor: &Visitor, account_id: &AccountId) -> Actor {
    Actor { account_id: Some(account_id.clone()), ..visitor.actor.clone() }
}

/// The counts of wrong codes: they are the account's alone, for whoever gets here knows its password.
struct Counters {
    tries: String,
    daily: String,
}

impl Counters {
    fn of(account_id: &AccountId) -> Self {
        Self { tries: format!("second:{account_id}"), daily: format!("second-daily:{account_id}") }
    }

    async fn paused_until(&self, app: &App, now: Instant) -> Result<Option<Instant>, Fault> {
        let count = throttles::find(&app.db, &self.tries).await?;
        Ok(count.map(|count| count.paused_until).filter(|until| *until > now))
    }

    /// Counts a wrong code for the day as well, and pauses what has failed too often.
    async fn fail(
        &self,
        app: &App,
        tx: &mut Tx,
        visitor: &Visitor,
        (whose, failures): (Whose<'_>, i64),
    ) -> Result<Refusal, Fault> {
        let (limits, now) = (app.config.policy.limits.account, visitor.actor.now);
        let id = Some(whose.account_id);
        audit::add(tx, &visitor.actor, id, &Event::SecondFactorRefused).await?;
        let day = throttles::fail(tx, &self.daily, now, DAY).await?;
        let in_a_row = limits.pause_after(u32::try_from(failures).unwrap_or(u32::MAX));
        let of_the_day = (day.failures >= i64::from(limits.daily)).then(|| (day.since + DAY).since(now));
        if let Some(pause) = in_a_row.max(of_the_day) {
            throttles::pause(tx, &self.tries, now + pause).await?;
            audit::add(tx, &visitor.actor, id, &Event::SecondFactorPaused { seconds: pause.as_secs() }).await?;
            if pause == limits.pause {
                tell(app, tx, visitor, whose.identifier, FactorNews::Paused).await?;
            }
        }
        Ok(Refusal::WrongCode)
    }
}
