//! A typed password, prepared once, and what is kept of it.

use std::fmt;

use unicode_normalization::UnicodeNormalization;

use super::ProvisionalPassword;

/// A typed password, prepared as RFC 8265 §4.2 (`OpaqueString`) says: NFC, every kind of blank made U+0020. Never printed.
///
/// Two departures, both because the crate for it knows Unicode 6.3 only and would refuse the emoji of today's
/// keyboards: unassigned characters pass, and the invisible signs inside emoji, which keyboards put in or not, do not count.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

/// Why a typed text is no password at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordRefused {
    /// Nothing was typed.
    Empty,
    /// Over 1,024 bytes: refused before any work (row POL-10).
    TooLong,
    /// Holds characters that no keyboard types on purpose (controls, unassigned).
    Unfit,
}

impl Password {
    /// The most bytes that are looked at.
    pub const MOST_BYTES: usize = 1024;
    /// The most characters that a chosen password may have.
    pub const MOST_CHARACTERS: usize = 128;

    /// Prepares what was typed. A personal password is never trimmed (row LOG-10).
    ///
    /// # Errors
    /// The reason why it can't be a password.
    pub fn typed(text: &str) -> Result<Self, PasswordRefused> {
        if text.len() > Self::MOST_BYTES {
            return Err(PasswordRefused::TooLong);
        }
        if text.is_empty() {
            return Err(PasswordRefused::Empty);
        }
        if text.chars().any(char::is_control) {
            return Err(PasswordRefused::Unfit);
        }
        let visible = text.chars().filter(|c| !matches!(c, '\u{fe0e}' | '\u{fe0f}' | '\u{200d}'));
        let prepared: String = visible.map(|c| if c.is_whitespace() { ' ' } else { c }).nfc().collect();
        if prepared.is_empty() { Err(PasswordRefused::Empty) } else { Ok(Self(prepared)) }
    }

    /// The prepared text: for the hasher and the rules, nobody else.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

/// What was typed as a password, in the ways in which it may be meant: a person's own is never trimmed, one from a letter
/// is read without what a paste brings along (row LOG-10).
#[derive(Clone, Debug)]
pub struct Typed {
    exact: Option<Password>,
    trimmed: Option<Password>,
    plain: Option<Password>,
    some: Password,
}

impl Typed {
    /// Reads what was typed.
    ///
    /// # Errors
    /// It can't be a password in any way.
    pub fn read(text: &str) -> Result<Self, PasswordRefused> {
        let exact = Password::typed(text);
        let trimmed = if exact == Err(PasswordRefused::TooLong) { None } else { Password::typed(text.trim()).ok() };
        let plain = ProvisionalPassword::plain_of(text);
        let some = exact.clone().ok().or_else(|| trimmed.clone()).or_else(|| plain.clone());
        let some = some.ok_or_else(|| exact.clone().err().unwrap_or(PasswordRefused::Unfit))?;
        Ok(Self { exact: exact.ok(), trimmed, plain, some })
    }

    /// As a person's own password.
    #[must_use]
    pub const fn exact(&self) -> Option<&Password> {
        self.exact.as_ref()
    }

    /// Without blanks and line ends around.
    #[must_use]
    pub const fn trimmed(&self) -> Option<&Password> {
        self.trimmed.as_ref()
    }

    /// As a letter's provisional password.
    #[must_use]
    pub const fn plain(&self) -> Option<&Password> {
        self.plain.as_ref()
    }

    /// In some way: for the hash that is spent where nothing fits.
    #[must_use]
    pub const fn some(&self) -> &Password {
        &self.some
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// An argon2id hash in PHC form, parameters and salt included.
#[derive(Clone, PartialEq, Eq, sqlx::Type)]
#[sqlx(transparent)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// Takes a PHC string that the hasher made or the store kept.
    #[must_use]
    pub fn new(phc: impl Into<String>) -> Self {
        Self(phc.into())
    }

    /// The PHC string.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_password_typed_on_two_systems_is_the_same() {
        let composed = Password::typed("étoile 4 lune").expect("a password");
        let taken_apart = Password::typed("e\u{301}toile\u{a0}4 lune").expect("a password");
        assert_eq!(composed.reveal(), taken_apart.reveal());
        assert!(Password::typed("clé 🗝️ du préau").is_ok());
    }

    #[test]
    fn a_megabyte_and_a_nul_are_refused() {
        assert_eq!(Password::typed(&"a".repeat(1025)).err(), Some(PasswordRefused::TooLong));
        assert_eq!(Password::typed("a\0b").err(), Some(PasswordRefused::Unfit));
        for nothing in ["", "\u{fe0e}", "\u{200d}\u{fe0f}"] {
            assert_eq!(Password::typed(nothing).err(), Some(PasswordRefused::Empty), "nothing that counts");
        }
    }

    #[test]
    fn blanks_around_belong_to_the_password() {
        assert_eq!(Password::typed(" lune ").expect("a password").reveal(), " lune ");
    }

    proptest::proptest! {
        #[test]
        fn preparing_twice_changes_nothing(text in "\\PC+") {
            if let Ok(password) = Password::typed(&text) {
                let again = Password::typed(password.reveal()).map(|again| again.reveal().to_owned());
                proptest::prop_assert_eq!(again, Ok(password.reveal().to_owned()));
            }
        }
    }
}
