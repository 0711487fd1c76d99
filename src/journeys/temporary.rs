//! Temporary passwords: made here, known here once, and replaced in the session that they open.
//!
//! Who may have one made for whom is decided before; how it reaches its reader (mail, screen, slip) is the caller's affair.

use crate::{
    app::App,
    crypto::{Class, QueueFull, Rng},
    domain::{
        Account, AccountChange, AccountId, Actor, Credential, Fault, Identifier, Instant, Kept, LetterKind, Mail,
        Recipient, Refusal, Replacing, TemporaryPassword,
    },
    mail,
    policy::{HANDED_SIGNS, HANDED_WORDS, Portal, kind_for},
    store::{accounts, people, sessions::Standing, temporaries},
};

use super::{Caller, Holder, new_password, told::replaced};

/// Groups of a code, and signs of a group: 12 signs of 22, 53 bits.
const GROUPS: usize = 3;
const GROUP: usize = 4;
/// Words of a young pupil's, before a number of two digits: 5 × 9.5 + 6 bits.
const WORDS_EACH: usize = 5;
/// Digits that are not taken for letters.
const DIGITS: &str = "23456789";

/// A temporary password, made but not kept yet.
#[derive(Debug)]
pub struct Made {
    /// The password, for its reader alone.
    pub password: TemporaryPassword,
    /// Until when it opens a session.
    pub expires_at: Instant,
    /// The change that keeps it: to be applied in the transaction of what tells its reader.
    pub change: AccountChange,
}

/// What its reader needs.
#[derive(Debug)]
pub struct Given {
    /// The login name.
    pub identifier: Identifier,
    /// The password.
    pub password: TemporaryPassword,
    /// Until when it opens a session.
    pub expires_at: Instant,
}

/// Why none is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotGiven {
    /// There is no such account, it is closed or blocked.
    Closed,
    /// Its holder has not activated it: a letter does that (`letters::make`).
    NotActivated,
    /// Another was made a moment ago.
    TooSoon,
    /// Too many wait for a hash.
    Busy,
}

/// Gives an account a temporary password in place of the one before, if that was made at `none_since` or earlier (`by.now`:
/// whenever it was made). Nothing ends by it: the person's own password opens the account until this one is used.
///
/// # Errors
/// The store or the pool did not answer.
pub async fn give(
    app: &App,
    by: &Actor,
    (portal, class): (&Portal, Class),
    account_id: &AccountId,
    none_since: Instant,
) -> Result<Result<Given, NotGiven>, Fault> {
    let account = match fit(app, account_id).await? {
        Ok(account) => account,
        Err(why) => return Ok(Err(why)),
    };
    let Some(made) = make(app, by, (portal, class), &account, none_since).await? else {
        return Ok(Err(NotGiven::Busy));
    };
    let mut tx = app.db.begin().await?;
    if !accounts::apply(&mut tx, by, made.change).await? {
        return Ok(Err(NotGiven::TooSoon));
    }
    tx.commit().await?;
    Ok(Ok(Given { identifier: account.identifier, password: made.password, expires_at: made.expires_at }))
}

/// The account, if it may be given one.
///
/// # Errors
/// The store did not answer.
pub async fn fit(app: &App, account_id: &AccountId) -> Result<Result<Account, NotGiven>, Fault> {
    let account = accounts::find(&app.db, account_id).await?;
    let Some(account) = account.filter(|it| !it.is_archived() && it.suspension.is_none()) else {
        return Ok(Err(NotGiven::Closed));
    };
    let is_own = matches!(account.credential, Credential::Own { .. });
    Ok(if is_own { Ok(account) } else { Err(NotGiven::NotActivated) })
}

/// Draws one and hashes it, before the transaction that keeps it (row QST-11); none where too many wait for a hash.
///
/// # Errors
/// The store or the pool did not answer.
pub async fn make(
    app: &App,
    by: &Actor,
    (portal, class): (&Portal, Class),
    account: &Account,
    none_since: Instant,
) -> Result<Option<Made>, Fault> {
    let kind = kind_for(portal, &people::list_places(&app.db, &account.person_id).await?);
    let password = draw(&app.rng, kind);
    let plain = password.plain().ok_or_else(|| Fault::new("a temporary password was drawn empty"))?;
    let tag = app.sealer.temporary_tag(&account.id, &plain);
    let Ok(hashing) = app.hasher.hash(class, &plain) else { return Ok(None) };
    let (hash, expires_at) = (hashing.await?, by.now + app.config.policy.lifetimes.temporary);
    let change = AccountChange::TemporaryGiven { id: account.id.clone(), hash, tag, expires_at, none_since };
    Ok(Some(Made { password, expires_at, change }))
}

fn draw(rng: &Rng, kind: LetterKind) -> TemporaryPassword {
    let parts: Vec<String> = match kind {
        LetterKind::Code => (0..GROUPS).map(|_| rng.code(HANDED_SIGNS, GROUP)).collect(),
        LetterKind::Words => {
            let words: Vec<&str> = HANDED_WORDS.lines().collect();
            let drawn = (0..WORDS_EACH).filter_map(|_| words.get(rng.below(words.len())));
            drawn.map(|word| (*word).to_owned()).chain([rng.code(DIGITS, 2)]).collect()
        }
    };
    TemporaryPassword::new(parts.join("-"))
}

/// What came of choosing the password that replaces a temporary one.
#[derive(Debug)]
pub enum Replaced {
    /// It is done, or was done already.
    Done,
    /// What is wrong, all of it.
    Refused(Vec<Refusal>),
    /// Too many wait for a hash.
    Busy,
}

/// Takes the password that replaces a temporary one: what was issued before ends, this session goes on, and the holder is
/// told by mail.
///
/// # Errors
/// The store or the pool did not answer.
pub async fn replace(
    app: &App,
    caller: Caller<'_>,
    (portal, device): (&Portal, &str),
    standing: &Standing,
    (typed, confirmation): (&str, &str),
) -> Result<Replaced, Fault> {
    let id = &standing.account.id;
    let (Some(holder), Some(temporary)) = (Holder::find(app, id).await?, temporaries::find(&app.db, id).await?) else {
        return Ok(Replaced::Done);
    };
    if !standing.owes_password {
        return Ok(Replaced::Done);
    }
    let password = match new_password::check(app, portal, &holder, typed, confirmation).await? {
        Ok(password) => password,
        Err(refusals) => return Ok(Replaced::Refused(refusals)),
    };
    // With the bits of its tag in common it would be tried against the wrong hash.
    let plain = crate::domain::ProvisionalPassword::plain_of(password.reveal());
    if plain.is_some_and(|plain| app.sealer.temporary_tag(id, &plain) == temporary.tag) {
        return Ok(Replaced::Refused(vec![Refusal::SameAsTemporary]));
    }
    let hashing = match app.hasher.hash(Class::Person(caller.network.clone()), &password) {
        Ok(hashing) => hashing,
        Err(QueueFull) => return Ok(Replaced::Busy),
    };
    let keep = Kept { session: standing.session.id.clone(), since: standing.session.authenticated_at };
    let change = AccountChange::PasswordReplaced {
        id: id.clone(),
        password: hashing.await?,
        how: Replacing::Temporary,
        keep: Some(keep),
    };
    let actor = Actor { account_id: Some(id.clone()), ..caller.actor.clone() };
    let mut tx = app.db.begin().await?;
    if accounts::apply(&mut tx, &actor, change).await? {
        if let Some(mail) = changed(&holder, portal, device, caller.actor.now) {
            mail::owe(app, &mut tx, &mail, caller.actor.now).await?;
        }
        tx.commit().await?;
    }
    Ok(Replaced::Done)
}

/// The mail that tells a holder that their password was replaced; none where they have no address.
#[must_use]
pub fn changed(holder: &Holder, portal: &Portal, device: &str, now: Instant) -> Option<Mail> {
    let to = holder.account.email.clone().or_else(|| holder.person.email.clone())?;
    Some(Mail {
        to: Recipient::Address(to),
        portal: portal.name.clone(),
        language: holder.account.language.clone(),
        register: if holder.is_pupil() { "tu" } else { "vous" }.to_owned(),
        account_id: Some(holder.account.id.clone()),
        kind: replaced(holder, device, now),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Password;

    #[test]
    fn qst_11_ten_thousand_temporary_passwords_are_strong_plain_and_dictated_easily() {
        let rng = Rng::seeded(11);
        let words: std::collections::HashSet<&str> = HANDED_WORDS.lines().collect();
        let bits_of_words = 5.0 * f64::from(u32::try_from(words.len()).expect("few")).log2() + 2.0 * 8_f64.log2();
        assert!(bits_of_words >= 50.0 && 12.0 * 22_f64.log2() >= 50.0, "{bits_of_words}");
        for kind in [LetterKind::Code, LetterKind::Words] {
            for _ in 0..5_000 {
                let password = draw(&rng, kind);
                let text = password.reveal();
                assert!(text.starts_with(|c: char| c.is_ascii_alphanumeric()), "{text}");
                assert!(text.ends_with(|c: char| c.is_ascii_alphanumeric()), "{text}");
                match kind {
                    LetterKind::Code => assert!(!text.contains(['0', 'o', '1', 'l', 'i']), "{text}"),
                    LetterKind::Words => {
                        assert!(text.split('-').take(5).all(|word| words.contains(word)), "{text}");
                        assert!(!text.contains(['0', '1']), "{text}");
                    }
                }
                let typed = Password::typed(&text.replace('-', "")).expect("a password");
                assert_eq!(password.plain(), Some(typed), "hyphens are there to be read aloud");
            }
        }
    }
}
