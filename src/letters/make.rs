//! The credentials of one letter.

use super::Office;
use crate::{
    crypto::{Class, QueueFull, Rng, Waiting},
    domain::{
        Account, AccountChange, AccountId, Actor, Credential, Fault, Identifier, Instant, LetterKind, PasswordHash,
        Presence, ProvisionalPassword,
    },
    policy::{HANDED_SIGNS, HANDED_WORDS, Portal, kind_for},
    store::{accounts, people},
};

/// Groups of a code, and signs of a group: 12 signs, 53 bits.
const GROUPS: usize = 3;
const GROUP: usize = 4;
/// Words of a password: 28 bits, which the stricter count of tries makes good (`limits.account.words`).
const WORDS_EACH: usize = 3;

/// What stands on a letter.
#[derive(Debug)]
pub struct Made {
    /// The login name.
    pub identifier: Identifier,
    /// What opens the activation.
    pub provisional: ProvisionalPassword,
    /// The date to print.
    pub expires_at: Instant,
}

/// Why no letter is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotMade {
    /// There is no such account, or it is closed.
    Closed,
    /// Its holder has a password of their own.
    Operational,
}

/// Makes the credentials of a letter. They void the letter before and what was begun with it.
///
/// # Errors
/// The store or the pool did not answer.
pub async fn make<'a>(
    office: impl Into<Office<'a>>,
    by: &Actor,
    portal: &Portal,
    account_id: &AccountId,
) -> Result<Result<Made, NotMade>, Fault> {
    let office = office.into();
    match begin(office, by, portal, account_id).await? {
        Ok(begun) => begun.finish(office, by).await,
        Err(why) => Ok(Err(why)),
    }
}

/// A letter whose provisional password is being hashed.
pub(super) struct Begun {
    account: Account,
    kind: LetterKind,
    provisional: ProvisionalPassword,
    expires_at: Instant,
    hashing: Waiting<PasswordHash>,
}

/// Draws a provisional password and hands it to the pool.
pub(super) async fn begin(
    office: Office<'_>,
    by: &Actor,
    portal: &Portal,
    account_id: &AccountId,
) -> Result<Result<Begun, NotMade>, Fault> {
    let account = accounts::find(office.db, account_id).await?;
    let Some(account) = account.filter(|account| !matches!(account.presence, Presence::Archived { .. })) else {
        return Ok(Err(NotMade::Closed));
    };
    if matches!(account.credential, Credential::Own { .. }) {
        return Ok(Err(NotMade::Operational));
    }
    let kind = kind_for(portal, &people::list_places(office.db, &account.person_id).await?);
    let provisional = draw(office.rng, kind);
    let plain = provisional.plain().ok_or_else(|| Fault::new("a provisional password was drawn empty"))?;
    let hashing = office.hasher.hash(Class::Bulk, &plain).map_err(|QueueFull| {
        Fault::new("too many letters are being made at once").remedy("wait until the others are done")
    })?;
    let expires_at = by.now + office.config.policy.lifetimes.letter;
    Ok(Ok(Begun { account, kind, provisional, expires_at, hashing }))
}

impl Begun {
    /// Keeps the hash, with its audit line.
    pub(super) async fn finish(self, office: Office<'_>, by: &Actor) -> Result<Result<Made, NotMade>, Fault> {
        let Self { account, kind, provisional, expires_at, hashing } = self;
        let hash = hashing.await?;
        let mut tx = office.db.begin().await?;
        let change = AccountChange::LetterMade { id: account.id, provisional: hash, kind, expires_at };
        if !accounts::apply(&mut tx, by, change).await? {
            return Ok(Err(NotMade::Operational));
        }
        tx.commit().await?;
        Ok(Ok(Made { identifier: account.identifier, provisional, expires_at }))
    }
}

fn draw(rng: &Rng, kind: LetterKind) -> ProvisionalPassword {
    let parts: Vec<String> = match kind {
        LetterKind::Code => (0..GROUPS).map(|_| rng.code(HANDED_SIGNS, GROUP)).collect(),
        LetterKind::Words => {
            let words: Vec<&str> = HANDED_WORDS.lines().collect();
            (0..WORDS_EACH).filter_map(|_| words.get(rng.below(words.len())).map(|word| (*word).to_owned())).collect()
        }
    };
    ProvisionalPassword::new(parts.join("-"))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn rgn_17_a_code_carries_fifty_bits_and_no_signs_that_look_alike() {
        let signs: HashSet<char> = HANDED_SIGNS.chars().collect();
        assert_eq!(signs.len(), HANDED_SIGNS.len());
        let bits = f64::from(u32::try_from(GROUPS * GROUP).expect("few")) * f64::from(22_u8).log2();
        assert!(signs.len() == 22 && bits >= 50.0, "{bits}");
        assert!("aeiouyl01vqsbz".chars().all(|sign| !signs.contains(&sign)), "look-alikes, and what makes words");
        let code = draw(&Rng::seeded(1), LetterKind::Code);
        assert_eq!(code.reveal().len(), 14);
        assert_eq!(code.plain().map(|plain| plain.reveal().len()), Some(12));
    }

    #[test]
    fn rgn_17_three_words_are_short_plain_and_many() {
        let words: HashSet<&str> = HANDED_WORDS.lines().collect();
        assert_eq!(words.len(), HANDED_WORDS.lines().count(), "none twice");
        assert!(words.len() >= 700);
        assert!(words.iter().all(|word| (3..=7).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_lowercase())));
        assert_eq!(draw(&Rng::seeded(1), LetterKind::Words).reveal().split('-').count(), 3);
    }
}
