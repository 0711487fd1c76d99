//! The proof by password: one argon2id whatever was typed, one sentence for what is wrong.

use crate::{
    app::App,
    crypto::{Class, QueueFull, Turn, Verdict, Waiting},
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

/// A try that was looked at and now waits for its hash, or for both where an address was typed.
pub struct Pending {
    candidates: Vec<Candidate>,
    asked: Try,
}

/// An account that what was typed may mean, or nobody in its place.
struct Candidate {
    hash: Waiting<Verdict>,
    account: Option<Account>,
    letter: Option<Letter>,
    temporary: Option<Temporary>,
    meant: Meant,
    counters: Counters,
}

/// A right password, and what it opens.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub enum Passed {
    /// A session.
    Own(Proven),
    /// The activation, and nothing else (row ACT-02).
    Activation(Begun),
    /// Two people share the address and the password: the person says which one they are.
    Either(Vec<Proven>),
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

/// Looks at a try and queues its hash. Statements and hashes are the same for known and unknown identifiers; where an e-mail
/// names an account and one was typed, always two of everything: decoys fill up (design §4).
///
/// # Errors
/// The store did not answer.
pub async fn post(app: &App, visitor: &Visitor, asked: Try) -> Outcome<Posted> {
    let mut candidates = Vec::new();
    for (nth, account) in named(app, &asked).await?.into_iter().enumerate() {
        match Candidate::look(app, visitor, (account, nth), &asked).await? {
            Ok(Some(candidate)) => candidates.push(candidate),
            Ok(None) => return Ok(Ok(Posted::Full)),
            Err(refusal) => return Ok(Err(refusal)),
        }
    }
    Ok(Ok(Posted::Pending(Box::new(Pending { candidates, asked }))))
}

/// Whom what was typed may mean: one, or two for an address where that names accounts.
async fn named(app: &App, asked: &Try) -> Result<Vec<Option<Account>>, Fault> {
    let by_email = app.config.policy.portals.find(&asked.portal).is_some_and(|portal| portal.by_email);
    let found = accounts::list_meant(&app.db, &asked.identifier, by_email).await?;
    let mut found: Vec<Option<Account>> = found.into_iter().map(Some).collect();
    let most = if by_email && asked.identifier.folded().contains('@') { 2 } else { 1 };
    found.resize_with(most, || None);
    Ok(found)
}

impl Candidate {
    /// Looks at one and queues its hash; none where the queue is full.
    async fn look(
        app: &App,
        visitor: &Visitor,
        (account, nth): (Option<Account>, usize),
        asked: &Try,
    ) -> Outcome<Option<Self>> {
        let nobody = AccountId::new("-");
        let id = account.as_ref().map_or(&nobody, |account| &account.id);
        let letter = letters::find(&app.db, id).await?;
        let temporary = temporaries::find(&app.db, id).await?;
        let is_known = throttle::is_known(app, visitor, account.as_ref()).await?;
        let folded = match (&account, nth) {
            (Some(account), _) => account.identifier.folded(),
            (None, 0) => asked.identifier.folded(),
            (None, nth) => format!("{} {nth}", asked.identifier.folded()),
        };
        let counters = Counters::of(app, visitor, &folded, is_known);
        if let Some(again_at) = counters.paused_until(app, visitor.actor.now).await? {
            return Ok(Err(Refusal::TooManyTries { again_at }));
        }
        let pending = (letter.as_ref(), temporary.as_ref());
        let against = letter::against(app, account.as_ref(), pending, &asked.password, visitor.actor.now);
        let typed = against.typed.unwrap_or_else(|| asked.password.some());
        let hash = app.hasher.verify(&visitor.network, against.hash.filter(|_| against.typed.is_some()), typed);
        let meant = against.meant;
        Ok(Ok(match hash {
            Ok(hash) => Some(Self { hash, account, letter, temporary, meant, counters }),
            Err(QueueFull) => None,
        }))
    }

    /// Waits for the hash and says what it opens; nothing is counted yet. `WrongCredentials` is what counts.
    async fn judge(self, app: &App, visitor: &Visitor, asked: &Try) -> Result<Judged, Fault> {
        let Self { hash, account, letter, temporary, meant, counters } = self;
        let verdict = hash.await?;
        let id = account.as_ref().map(|account| account.id.clone());
        let outcome = match account.filter(|_| verdict.matches) {
            None => Err(Refusal::WrongCredentials),
            Some(account) if account.suspension.is_some() => Err(Refusal::Suspended),
            Some(account) => {
                let pending = (letter.as_ref(), temporary);
                let opened = opens(app, visitor, (&account, &counters), (meant, pending), asked).await?;
                let is_let_in = opened.is_ok() || !matches!(opened, Err(Refusal::WrongCredentials));
                if let (true, true, Meant::Own, Some(password)) =
                    (is_let_in, verdict.needs_rehash, meant, asked.password.exact())
                {
                    rehash_later(app.clone(), visitor.clone(), account, password.clone());
                }
                opened
            }
        };
        Ok(Judged { outcome, counters, id })
    }
}

/// What a right password of a known account opens.
async fn opens(
    app: &App,
    visitor: &Visitor,
    (account, counters): (&Account, &Counters),
    (meant, (letter, temporary)): (Meant, (Option<&Letter>, Option<Temporary>)),
    asked: &Try,
) -> Outcome<Passed> {
    let profiles = profiles(app, account).await?;
    let profile = asked.profile.filter(|chosen| profiles.contains(chosen));
    let corrects = app.config.policy.portals.find(&asked.portal).is_none_or(|portal| portal.corrects_profile);
    let is_at_a_wrong_door = asked.profile.is_some() && profile.is_none() && !corrects;
    let proven = |is_temporary| Proven::by_password(account.id.clone(), profile, (asked.remember, is_temporary));
    Ok(if is_at_a_wrong_door || account.is_archived() {
        Err(Refusal::WrongCredentials)
    } else if account.may_sign_in() && meant == Meant::Temporary {
        if temporary.is_some_and(|temporary| temporary.is_pending(visitor.actor.now)) {
            Ok(Passed::Own(proven(true)))
        } else {
            Err(letter::over(app, visitor, &account.id).await?)
        }
    } else if account.may_sign_in() && meant == Meant::Own {
        // Once a temporary password was used, the one before it opens nothing any more (row QST-09).
        let is_replaced = temporary.is_some_and(|temporary| temporary.is_in_use());
        if is_replaced { Err(Refusal::WrongCredentials) } else { Ok(Passed::Own(proven(false))) }
    } else {
        let daily = counters.daily(app, visitor.actor.now).await?;
        letter::opens(app, visitor, account, (meant, letter, &asked.password, daily)).await?
    })
}

/// What became of a candidate.
struct Judged {
    outcome: Result<Passed, Refusal>,
    counters: Counters,
    id: Option<AccountId>,
}

impl Pending {
    /// A handle on the place in the queue that the last hash has.
    #[must_use]
    pub fn turn(&self) -> Option<Turn> {
        self.candidates.last().map(|candidate| candidate.hash.turn())
    }

    /// Waits for the hashes and says what came of them. A pause that began meanwhile holds for a right password too, so that
    /// guesses sent side by side gain nothing.
    ///
    /// # Errors
    /// The store or the pool did not answer.
    pub async fn finish(self, app: &App, visitor: &Visitor) -> Outcome<Passed> {
        let Self { candidates, asked } = self;
        let (mut passed, mut refused) = (Vec::new(), Vec::new());
        for candidate in candidates {
            let judged = candidate.judge(app, visitor, &asked).await?;
            if let Some(again_at) = judged.counters.paused_until(app, visitor.actor.now).await? {
                return Ok(Err(Refusal::TooManyTries { again_at }));
            }
            match judged.outcome {
                Ok(opened) => passed.push(opened),
                Err(refusal) => refused.push((refusal, judged.counters, judged.id)),
            }
        }
        if !passed.is_empty() {
            return Ok(Ok(one_of(passed)));
        }
        if let Some(nth) = refused.iter().position(|(refusal, ..)| *refusal != Refusal::WrongCredentials) {
            return Ok(Err(refused.swap_remove(nth).0));
        }
        let mut told = Refusal::WrongCredentials;
        for (_, counters, id) in refused {
            match counters.fail(app, visitor, &asked.portal, id.as_ref()).await? {
                Refusal::WrongCredentials => {}
                other => told = other,
            }
        }
        Ok(Err(told))
    }
}

/// What opened, or both where two people share an address and a password.
fn one_of(mut passed: Vec<Passed>) -> Passed {
    let proven: Vec<Proven> =
        passed.iter().filter_map(|it| if let Passed::Own(proven) = it { Some(proven.clone()) } else { None }).collect();
    if proven.len() > 1 { Passed::Either(proven) } else { passed.swap_remove(0) }
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
