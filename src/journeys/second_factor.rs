//! Second factors of one's own account: adding, removing, recovery codes. Whoever acts here has just given the password.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    app::App,
    crypto::{
        Seed,
        passkeys::{Holder, Passkeys, Registering},
    },
    domain::{AccountId, Actor, Event, Factor, FactorNews, Fault, Instant, Outcome, Passkey, Refusal},
    ephemeral::Kind,
    signin::{
        Opened, Visitor,
        second_factor::{self, QUESTION, question, recovery_digest, seal, tell, unseal},
    },
    store::{Tx, audit, passkeys, recovery_codes, sessions::Halfway, totp},
};

/// How many recovery codes are made at once.
const CODES: usize = 10;
/// No letter that is taken for another, no vowel to make a word of: 4.7 bits each.
const ALPHABET: &str = "23456789bcdfghjkmnpqrstvwxz";
const GROUP: usize = 5;
/// The longest name of a key, in characters.
const LONGEST_NAME: usize = 60;

/// What an addition leaves.
#[derive(Debug)]
pub struct Added {
    /// The session, which was given the new factor as well: under a new secret.
    pub opened: Opened,
    /// The recovery codes that were made with it, to be shown once; none where there were some already.
    pub codes: Vec<String>,
}

/// An application that waits for its first code.
pub struct Offered {
    /// The seed in base 32, to be typed.
    pub seed: String,
    /// What the picture holds.
    pub address: String,
}

/// Whether a proof was given so lately that whoever gave it is still the one who sits there: five minutes.
#[must_use]
pub fn is_fresh(halfway: &Halfway, now: Instant) -> bool {
    now.since(halfway.session().authenticated_at) <= FRESH
}

/// How long a proof counts as fresh.
const FRESH: std::time::Duration = std::time::Duration::from_mins(5);

/// Offers a seed for an application; an earlier offer makes way. `false` where an application is there already.
///
/// # Errors
/// The store did not answer.
pub async fn offer_application(app: &App, halfway: &Halfway, now: Instant) -> Result<bool, Fault> {
    let sealed = seal(app, halfway.account_id(), &Seed::fresh()?)?;
    let mut tx = app.db.begin().await?;
    let is_offered = totp::offer(&mut tx, halfway.account_id(), &sealed, now).await?;
    tx.commit().await?;
    Ok(is_offered)
}

/// The application that waits for its first code, if one does; `issuer` is what the application will call us.
///
/// # Errors
/// The store did not answer.
pub async fn offered_application(app: &App, halfway: &Halfway, issuer: &str) -> Result<Option<Offered>, Fault> {
    let row = totp::find(&app.db, halfway.account_id()).await?.filter(|row| row.confirmed_at.is_none());
    let Some(row) = row else { return Ok(None) };
    let seed = unseal(app, halfway.account_id(), &row.seed)?;
    Ok(Some(Offered { seed: seed.base_32(), address: seed.address(issuer, halfway.identifier().as_str())? }))
}

/// The first code: from now on the application counts.
///
/// # Errors
/// The store did not answer.
pub async fn confirm_application(app: &App, visitor: &Visitor, halfway: &Halfway, typed: &str) -> Outcome<Added> {
    let (now, account_id) = (visitor.actor.now, halfway.account_id());
    let code: String = typed.chars().filter(|sign| !sign.is_whitespace()).collect();
    if code.is_empty() {
        return Ok(Err(Refusal::Missing { field: "code" }));
    }
    let mut tx = app.db.begin().await?;
    let row = totp::find_in(&mut tx, account_id).await?.filter(|row| row.confirmed_at.is_none());
    let Some(row) = row else { return Ok(Err(Refusal::FormExpired)) };
    let Some(step) = unseal(app, account_id, &row.seed)?.step_of(&code, now)? else {
        return Ok(Err(Refusal::WrongCode));
    };
    if !totp::confirm(&mut tx, account_id, &row.seed, step, now).await? {
        return Ok(Err(Refusal::FormExpired));
    }
    let added = added(app, &mut tx, visitor, (halfway, "otp"), (Factor::Totp, FactorNews::AppAdded)).await?;
    tx.commit().await?;
    Ok(Ok(added))
}

/// What is kept while a browser makes a key.
#[derive(Serialize, Deserialize)]
struct Making {
    state: Registering,
    name: String,
    user_handle: String,
    account_id: AccountId,
}

/// What the browser is asked, to make a key of that name.
///
/// # Errors
/// The store did not answer.
pub async fn ask_new_key(app: &App, visitor: &Visitor, halfway: &Halfway, name: &str) -> Result<Value, Fault> {
    let known = passkeys::list(&app.db, halfway.account_id()).await?;
    let user_handle =
        known.first().map_or_else(|| Passkeys::fresh_handle(app.rng.bytes()), |key| key.user_handle.clone());
    let identifier = halfway.identifier().as_str();
    let holder = Holder { user_handle: &user_handle, identifier, name: halfway.full_name() };
    let (asked, state) = app.passkeys.ask_to_make(holder, &known)?;
    let name = named(name, &visitor.device);
    let making = Making { state, name, user_handle, account_id: halfway.account_id().clone() };
    app.ephemeral.put(Kind::Passkey, &question(app, visitor, "make"), &making, visitor.actor.now, QUESTION).await?;
    Ok(asked)
}

/// What a key is called: as its holder says, else as the device that made it.
fn named(typed: &str, device: &str) -> String {
    let typed = crate::domain::squeeze(typed);
    let name = if typed.is_empty() { device } else { typed.as_str() };
    name.chars().filter(|sign| !sign.is_control()).take(LONGEST_NAME).collect()
}

/// The key that the browser made.
///
/// # Errors
/// The store did not answer.
pub async fn add_key(app: &App, visitor: &Visitor, halfway: &Halfway, answer: &str) -> Outcome<Added> {
    let now = visitor.actor.now;
    let making: Option<Making> = app.ephemeral.take(Kind::Passkey, &question(app, visitor, "make"), now).await?;
    let Some(making) = making.filter(|making| making.account_id == *halfway.account_id()) else {
        return Ok(Err(Refusal::PasskeyUnfit));
    };
    let Some(made) = app.passkeys.made(&making.state, answer)? else { return Ok(Err(Refusal::PasskeyUnfit)) };
    let key = Passkey {
        id: made.id,
        account_id: making.account_id,
        name: making.name,
        credential: made.credential,
        user_handle: making.user_handle,
        added_at: now,
        used_at: None,
    };
    let mut tx = app.db.begin().await?;
    if !passkeys::add(&mut tx, &key).await? {
        return Ok(Err(Refusal::PasskeyUnfit));
    }
    let news = FactorNews::PasskeyAdded(key.name.clone());
    let added = added(app, &mut tx, visitor, (halfway, made.amr), (Factor::Passkey, news)).await?;
    tx.commit().await?;
    Ok(Ok(added))
}

/// Everything that goes with a new factor: the session has it, the trail and the holder are told, and there are codes.
async fn added(
    app: &App,
    tx: &mut Tx,
    visitor: &Visitor,
    (halfway, amr): (&Halfway, &str),
    (factor, news): (Factor, FactorNews),
) -> Result<Added, Fault> {
    let (now, account_id) = (visitor.actor.now, halfway.account_id());
    let actor = acting(visitor, account_id);
    audit::add(tx, &actor, Some(account_id), &Event::SecondFactorAdded { factor }).await?;
    tell(app, tx, visitor, halfway.identifier(), news).await?;
    let opened = second_factor::raise(app, tx, visitor, halfway, amr).await?;
    if recovery_codes::count_in(tx, account_id).await? > 0 {
        return Ok(Added { opened, codes: Vec::new() });
    }
    let codes = fresh_codes(app, tx, account_id, now).await?;
    audit::add(tx, &actor, Some(account_id), &Event::RecoveryCodesMade).await?;
    Ok(Added { opened, codes })
}

/// New recovery codes in the place of the old ones, to be shown once.
///
/// # Errors
/// The store did not answer.
pub async fn make_codes(app: &App, visitor: &Visitor, halfway: &Halfway) -> Result<Vec<String>, Fault> {
    let account_id = halfway.account_id();
    let mut tx = app.db.begin().await?;
    let codes = fresh_codes(app, &mut tx, account_id, visitor.actor.now).await?;
    audit::add(&mut tx, &acting(visitor, account_id), Some(account_id), &Event::RecoveryCodesMade).await?;
    tell(app, &mut tx, visitor, halfway.identifier(), FactorNews::CodesMade).await?;
    tx.commit().await?;
    Ok(codes)
}

async fn fresh_codes(app: &App, tx: &mut Tx, account_id: &AccountId, now: Instant) -> Result<Vec<String>, Fault> {
    let one = || format!("{}-{}", app.rng.code(ALPHABET, GROUP), app.rng.code(ALPHABET, GROUP));
    let codes: Vec<String> = std::iter::repeat_with(one).take(CODES).collect();
    let digests: Vec<_> = codes.iter().map(|code| recovery_digest(app, account_id, code)).collect();
    recovery_codes::put(tx, account_id, &digests, now).await?;
    Ok(codes)
}

/// A factor that its holder wants to be rid of.
#[derive(Clone, Copy, Debug)]
pub enum Unwanted<'a> {
    /// The application.
    Application,
    /// The key of that id.
    Key(&'a str),
}

/// Removes a factor, once; with the last one, which may have to stay, the recovery codes go too. `false` where it was gone
/// already.
///
/// # Errors
/// The store did not answer.
pub async fn remove(
    app: &App,
    visitor: &Visitor,
    halfway: &Halfway,
    (unwanted, may_be_last): (Unwanted<'_>, bool),
) -> Outcome<bool> {
    let account_id = halfway.account_id();
    let mut tx = app.db.begin().await?;
    let (factor, news) = match unwanted {
        Unwanted::Application if totp::remove(&mut tx, account_id).await? => (Factor::Totp, FactorNews::AppRemoved),
        Unwanted::Application => return Ok(Ok(false)),
        Unwanted::Key(id) => match passkeys::remove(&mut tx, account_id, id).await? {
            Some(name) => (Factor::Passkey, FactorNews::PasskeyRemoved(name)),
            None => return Ok(Ok(false)),
        },
    };
    if !totp::enrolled_in(&mut tx, account_id).await?.any() {
        if !may_be_last {
            return Ok(Err(Refusal::LastFactor));
        }
        recovery_codes::forget(&mut tx, account_id).await?;
    }
    let event = Event::SecondFactorRemoved { factor };
    audit::add(&mut tx, &acting(visitor, account_id), Some(account_id), &event).await?;
    tell(app, &mut tx, visitor, halfway.identifier(), news).await?;
    tx.commit().await?;
    Ok(Ok(true))
}

fn acting(visitor: &Visitor, account_id: &AccountId) -> Actor {
    Actor { account_id: Some(account_id.clone()), ..visitor.actor.clone() }
}
