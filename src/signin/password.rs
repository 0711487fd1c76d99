//! The proof by password: one argon2id whatever was typed, one sentence for what is wrong.

use crate::{
    app::App,
    crypto::{Class, QueueFull, Verdict, Waiting},
    domain::{
        Account, AccountChange, AccountId, Fault, Identifier, Letter, Outcome, Password, PortalName, Profile, Refusal,
        Temporary, Typed,
    },
    store::{accounts, letters, people, temporaries},
};

use super::{
    Visitor,
    letter::{self, Begun, Meant},
    throttle,
    throttle::Counters,
};

/// What a person typed at the door.
#[derive(Clone, Debug)]
pub struct Try {
    /// As typed.
    pub identifier: Identifier,
    /// As typed.
    pub password: Typed,
    /// The profile chosen, where the portal asked.
    pub profile: Option<Profile>,
    /// At which portal.
    pub portal: PortalName,
    /// Whether the person asked to be remembered.
    pub remember: bool,
}

/// A try that was looked at and now waits for its hash.
pub struct Pending {
    /// The hash.
    pub hash: Waiting<Verdict>,
    account: Option<Account>,
    letter: Option<Letter>,
    temporary: Option<Temporary>,
    meant: Meant,
    counters: Counters,
    asked: Try,
}

/// A right password, and what it opens.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub enum Passed {
    /// A session.
    Own(Proven),
    /// The activation, and nothing else (row ACT-02).
    Activation(Begun),
}

/// Somebody has proven who they are; `open` makes a session of it.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Proven {
    /// Who.
    pub account_id: AccountId,
    /// The profile chosen, put right where the portal does so.
    pub profile: Option<Profile>,
    /// Whether the person asked to be remembered; the policy decides.
    pub remember: bool,
    /// Whether it was a temporary password: the session must replace it.
    #[serde(default)]
    pub temporary: bool,
    /// How, in RFC 8176's words.
    pub amr: Vec<String>,
}

impl Proven {
    /// By a password, temporary or not.
    fn by_password(account_id: AccountId, profile: Option<Profile>, (remember, temporary): (bool, bool)) -> Self {
        Self { account_id, profile, remember, temporary, amr: vec!["pwd".to_owned()] }
    }
}

/// What came of posting a password.
pub enum Posted {
    /// It waits for its hash.
    Pending(Box<Pending>),
    /// The queue is full: nothing was looked at.
    Full,
}

/// Looks at a try and queues its hash. Statements and hashes are the same for known and unknown identifiers.
///
/// # Errors
/// The store did not answer.
pub async fn post(app: &App, visitor: &Visitor, asked: Try) -> Outcome<Posted> {
    let account = accounts::find_by_identifier(&app.db, &asked.identifier).await?;
    let nobody = AccountId::new("-");
    let id = account.as_ref().map_or(&nobody, |account| &account.id);
    let letter = letters::find(&app.db, id).await?;
    let temporary = temporaries::find(&app.db, id).await?;
    let is_known = throttle::is_known(app, visitor, account.as_ref()).await?;
    let counters = Counters::of(app, visitor, &asked.identifier.folded(), is_known);
    if let Some(again_at) = counters.paused_until(app, visitor.actor.now).await? {
        return Ok(Err(Refusal::TooManyTries { again_at }));
    }
    let against = letter::against(
        app,
        account.as_ref(),
        (letter.as_ref(), temporary.as_ref()),
        &asked.password,
        visitor.actor.now,
    );
    let typed = against.typed.unwrap_or_else(|| asked.password.some());
    let hash = app.hasher.verify(&visitor.network, against.hash.filter(|_| against.typed.is_some()), typed);
    let meant = against.meant;
    Ok(Ok(match hash {
        Ok(hash) => Posted::Pending(Box::new(Pending { hash, account, letter, temporary, meant, counters, asked })),
        Err(QueueFull) => Posted::Full,
    }))
}

impl Pending {
    /// Waits for the hash and says what came of it. A pause that began meanwhile holds for a right password too, so that
    /// guesses sent side by side gain nothing.
    ///
    /// # Errors
    /// The store or the pool did not answer.
    pub async fn finish(self, app: &App, visitor: &Visitor) -> Outcome<Passed> {
        let Self { hash, account, letter, temporary, meant, counters, asked } = self;
        let verdict = hash.await?;
        if let Some(again_at) = counters.paused_until(app, visitor.actor.now).await? {
            return Ok(Err(Refusal::TooManyTries { again_at }));
        }
        let id = account.as_ref().map(|account| account.id.clone());
        let Some(account) = account.filter(|_| verdict.matches) else {
            return Ok(Err(counters.fail(app, visitor, &asked.portal, id.as_ref()).await?));
        };
        if account.suspension.is_some() {
            return Ok(Err(Refusal::Suspended));
        }
        let profiles = profiles(app, &account).await?;
        let profile = asked.profile.filter(|chosen| profiles.contains(chosen));
        let corrects = app.config.policy.portals.find(&asked.portal).is_none_or(|portal| portal.corrects_profile);
        let is_at_a_wrong_door = asked.profile.is_some() && profile.is_none() && !corrects;
        let opened = if is_at_a_wrong_door || account.is_archived() {
            Err(Refusal::WrongCredentials)
        } else if account.may_sign_in() && meant == Meant::Temporary {
            let temporary = temporary.filter(|temporary| temporary.is_pending(visitor.actor.now));
            let proven = Proven::by_password(account.id.clone(), profile, (asked.remember, true));
            if temporary.is_some() {
                Ok(Passed::Own(proven))
            } else {
                Err(letter::over(app, visitor, &account.id).await?)
            }
        } else if account.may_sign_in() && meant == Meant::Own {
            // Once a temporary password was used, the one before it opens nothing any more (row QST-09).
            let is_replaced = temporary.is_some_and(|temporary| temporary.is_in_use());
            let proven = Proven::by_password(account.id.clone(), profile, (asked.remember, false));
            if is_replaced { Err(Refusal::WrongCredentials) } else { Ok(Passed::Own(proven)) }
        } else {
            let daily = counters.daily(app, visitor.actor.now).await?;
            letter::opens(app, visitor, &account, (meant, letter.as_ref(), &asked.password, daily)).await?
        };
        if matches!(opened, Err(Refusal::WrongCredentials)) {
            return Ok(Err(counters.fail(app, visitor, &asked.portal, Some(&account.id)).await?));
        }
        if let (true, Meant::Own, Some(password)) = (verdict.needs_rehash, meant, asked.password.exact()) {
            rehash_later(app.clone(), visitor.clone(), account, password.clone());
        }
        Ok(opened)
    }
}

async fn profiles(app: &App, account: &Account) -> Result<Vec<Profile>, Fault> {
    Ok(people::list_profiles(&app.db, &account.person_id).await?)
}

/// Hashes a right password under today's parameters, after the answer, behind everybody who waits.
fn rehash_later(app: App, visitor: Visitor, account: Account, password: Password) {
    tokio::spawn(async move {
        let Some(instead_of) = account.credential.hash().cloned() else { return };
        if let Err(fault) = rehash(&app, &visitor, &account.id, instead_of, &password).await {
            tracing::warn!(account.id = %account.id, cause = %fault, "a password could not be hashed anew");
        }
    });
}

async fn rehash(
    app: &App,
    visitor: &Visitor,
    id: &AccountId,
    instead_of: crate::domain::PasswordHash,
    password: &Password,
) -> Result<(), Fault> {
    let Ok(waiting) = app.hasher.hash(Class::Bulk, password) else { return Ok(()) };
    let change = AccountChange::PasswordRehashed { id: id.clone(), hash: waiting.await?, instead_of };
    let mut tx = app.db.begin().await?;
    accounts::apply(&mut tx, &visitor.actor, change).await?;
    tx.commit().await?;
    Ok(())
}
