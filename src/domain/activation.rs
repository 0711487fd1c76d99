//! From the letter to the account: the provisional password, and the proof that it was known.

use std::fmt;

use super::{AccountId, Digest, Instant, InteractionId, Password, PasswordHash, PortalName, fold_name};

/// Printed on a letter; it opens the activation and nothing else. It has no voice: `reveal` is for the letter alone.
#[derive(Clone)]
pub struct ProvisionalPassword(String);

impl ProvisionalPassword {
    /// Takes what the random source drew.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// As it is printed: groups with hyphens between them.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is hashed, and compared with what was typed.
    #[must_use]
    pub fn plain(&self) -> Option<Password> {
        Self::plain_of(&self.0)
    }

    /// What was typed as a provisional password is read without case, accents, hyphens and blanks (row LOG-10): it was
    /// drawn from an alphabet that loses nothing by it. None where nothing is left.
    #[must_use]
    pub fn plain_of(typed: &str) -> Option<Password> {
        if typed.len() > Password::MOST_BYTES {
            return None;
        }
        Password::typed(&fold_name(typed)).ok()
    }
}

impl fmt::Debug for ProvisionalPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ProvisionalPassword(…)")
    }
}

/// What a letter's provisional password is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum LetterKind {
    /// Letters and digits: 50 bits at least.
    Code,
    /// Three short words, for young pupils; fewer tries a day open it.
    Words,
}

/// What is remembered of an account's last letter.
#[derive(Clone, Debug)]
pub struct Letter {
    /// What its password is made of.
    pub kind: LetterKind,
    /// Its provisional password after its use.
    pub spent: Option<Spent>,
}

/// A provisional password that was used: kept until the printed date, so that a second use is told kindly.
#[derive(Clone, Debug)]
pub struct Spent {
    /// Its hash.
    pub hash: PasswordHash,
    /// A few bits of a keyed tag of it: they say whether what is typed is tried against this hash or against the
    /// person's own, so that one hash is enough (design §4).
    pub tag: String,
    /// The date printed on the letter.
    pub until: Instant,
}

/// Which letter was proven: a newer one makes the proof void.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct LetterProof {
    /// The digest of the hash that matched.
    pub letter: Digest,
    /// The keyed tag of the provisional password, for `Spent`.
    pub tag: String,
}

/// A right password of an account that is not operational yet: no session, but the right to go on with the activation in
/// this browser.
#[derive(Clone, Debug)]
pub struct ActivationProof {
    /// It names a row and opens nothing: the browser's cookie does.
    pub id: String,
    /// The digest of the browser's cookie.
    pub browser: Digest,
    /// Whose activation.
    pub account_id: AccountId,
    /// At which portal.
    pub portal: PortalName,
    /// The pending sign-in that it interrupts.
    pub interaction_id: Option<InteractionId>,
    /// The letter; none where the person's own password was typed while the address waits for its confirmation.
    pub letter: Option<LetterProof>,
    /// Until when.
    pub expires_at: Instant,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn log_10_a_provisional_password_is_read_as_it_may_be_typed() {
        let plain = |text: &str| ProvisionalPassword::plain_of(text).map(|password| password.reveal().to_owned());
        for typed in ["k7xm-2hdr-pfwc", " K7XM 2HDR PFWC\r\n", "k7xm2hdrpfwc", "K7XM‑2HDR–PFWC\u{a0}"] {
            assert_eq!(plain(typed).as_deref(), Some("k7xm2hdrpfwc"), "{typed:?}");
        }
        assert_eq!(plain("Lune tapis cerf"), plain("lune-tapis-cerf"));
        assert_eq!([plain(""), plain(" - "), plain(&"a".repeat(2000))], [None, None, None]);
        assert_eq!(format!("{:?}", ProvisionalPassword::new("k7xm")), "ProvisionalPassword(…)");
    }
}
