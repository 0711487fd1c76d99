//! The proof by a letter's provisional password: it opens the activation in one browser, never a session.
//!
//! Exactly one argon2id is spent whatever is pending: once the letter was used, a keyed tag of a few bits says which of two
//! hashes to try (design §4).

use crate::{
    app::App,
    domain::{
        Account, AccountId, ActivationProof, Credential, Digest, Event, Fault, Identifier, Instant, InteractionId,
        Letter, LetterKind, LetterProof, Outcome, Password, PasswordHash, PortalName, Refusal, Temporary, Typed,
    },
    power_cut,
    store::{accounts, activations, audit},
};

use super::{Visitor, password::Passed, throttle::Counters};

/// How a typed password is meant, as far as that can be told before it is hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meant {
    /// As the person's own.
    Own,
    /// As the letter's.
    Letter,
    /// As that of a letter that was used already.
    Spent,
    /// As the temporary one.
    Temporary,
}

/// What a typed password is tried against.
pub(super) struct Against<'a> {
    pub hash: Option<&'a PasswordHash>,
    /// None where it can't be what it is meant as.
    pub typed: Option<&'a Password>,
    pub meant: Meant,
}

/// Which hash a typed password is tried against, without hashing it.
pub(super) fn against<'a>(
    app: &App,
    account: Option<&'a Account>,
    (letter, temporary): (Option<&'a Letter>, Option<&'a Temporary>),
    typed: &'a Typed,
    now: Instant,
) -> Against<'a> {
    let own = |hash| Against { hash, typed: typed.exact(), meant: Meant::Own };
    let Some(account) = account else { return own(None) };
    if let Credential::Letter { provisional, .. } = &account.credential {
        // A letter that was made elsewhere (a file of test people) is hashed as it was written there.
        let typed = if letter.is_some() { typed.plain() } else { typed.trimmed() };
        return Against { hash: Some(provisional), typed, meant: Meant::Letter };
    }
    if let (Some(temporary), Some(plain)) = (temporary, typed.plain())
        && app.sealer.temporary_tag(&account.id, plain) == temporary.tag
    {
        return Against { hash: Some(&temporary.hash), typed: Some(plain), meant: Meant::Temporary };
    }
    let spent = letter.and_then(|letter| letter.spent.as_ref()).filter(|spent| now < spent.until);
    match (spent, typed.plain()) {
        (Some(spent), Some(plain)) if app.sealer.letter_tag(&account.id, plain) == spent.tag => {
            Against { hash: Some(&spent.hash), typed: Some(plain), meant: Meant::Spent }
        }
        _ => own(account.credential.hash()),
    }
}

/// What a right password opens that opens no session.
pub(super) async fn opens(
    app: &App,
    visitor: &Visitor,
    account: &Account,
    (meant, letter, typed, daily): (Meant, Option<&Letter>, &Typed, u32),
) -> Outcome<Passed> {
    let account_id = account.id.clone();
    Ok(match (meant, &account.credential) {
        (Meant::Letter, Credential::Letter { provisional, expires_at }) => {
            let is_words = letter.is_some_and(|letter| letter.kind == LetterKind::Words);
            if is_words && daily >= app.config.policy.limits.account.words {
                return Ok(Err(Refusal::WrongCredentials));
            }
            if *expires_at <= visitor.actor.now {
                let mut tx = app.db.begin().await?;
                audit::add(&mut tx, &visitor.actor, Some(&account_id), &Event::LetterTooOld).await?;
                tx.commit().await?;
                return Ok(Err(Refusal::LetterTooOld));
            }
            let tag = typed.plain().map(|plain| app.sealer.letter_tag(&account_id, plain)).unwrap_or_default();
            let letter = LetterProof { letter: Digest::of(provisional.as_str().as_bytes()), tag };
            Ok(Passed::Activation(Begun { account_id, letter: Some(letter) }))
        }
        (Meant::Own, Credential::Confirming { .. }) => Ok(Passed::Activation(Begun { account_id, letter: None })),
        (Meant::Spent, Credential::Confirming { .. }) => Err(Refusal::LetterBegun),
        (Meant::Spent, Credential::Own { .. }) => Err(Refusal::LetterUsed),
        _ => Err(Refusal::WrongCredentials),
    })
}

/// A temporary password was right, but used already or too old: noted, and told to who knew it.
pub(super) async fn over(app: &App, visitor: &Visitor, account_id: &AccountId) -> Result<Refusal, Fault> {
    let mut tx = app.db.begin().await?;
    audit::add(&mut tx, &visitor.actor, Some(account_id), &Event::TemporaryOver).await?;
    tx.commit().await?;
    Ok(Refusal::TemporaryOver)
}

/// A right password of an account that is not operational yet; `keep` lets the browser go on with its activation.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Begun {
    account_id: AccountId,
    letter: Option<LetterProof>,
}

impl Begun {
    /// Whose letter was proven; none where it was the person's own password while the address waits.
    #[must_use]
    pub const fn letter_of(&self) -> Option<&AccountId> {
        match &self.letter {
            Some(_) => Some(&self.account_id),
            None => None,
        }
    }

    /// Lets this browser go on with the activation: the id of the proof, which opens nothing by itself, and the identifier.
    ///
    /// # Errors
    /// The store did not answer.
    pub async fn keep(
        self,
        app: &App,
        visitor: &Visitor,
        portal: &PortalName,
        interaction_id: Option<&InteractionId>,
    ) -> Result<(String, Identifier), Fault> {
        let account = accounts::find(&app.db, &self.account_id).await?;
        let account = account.ok_or_else(|| Fault::new("an account went while its activation began"))?;
        let proof = ActivationProof {
            id: app.rng.id(),
            browser: visitor.browser.clone(),
            account_id: self.account_id,
            portal: portal.clone(),
            interaction_id: interaction_id.cloned(),
            letter: self.letter,
            expires_at: visitor.actor.now + app.config.policy.lifetimes.activation_proof,
        };
        let mut tx = app.db.begin().await?;
        activations::add(&mut tx, &proof).await?;
        Counters::of(app, visitor, &account.identifier.folded(), false).forget(&mut tx).await?;
        tx.commit().await?;
        power_cut::at("letter-opened");
        Ok((proof.id, account.identifier))
    }
}
