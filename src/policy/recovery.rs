//! Which way back a portal offers to whom (design §4, rows FID-05, LOG-07).

use std::{collections::BTreeMap, time::Duration};

use unicode_normalization::UnicodeNormalization;

use crate::domain::{Account, AccountState, Profile};

/// A way back in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RecoveryWay {
    /// The identifier by mail, a new password by a link.
    Link,
    /// Both in three steps in one window: address, mailed code, new password.
    Code,
    /// A secret question, then a temporary password by mail; by a link as well.
    Question,
    /// None here: the school helps, or an external provider.
    Off,
}

/// The ways back of a portal, by profile.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recovery {
    ways: BTreeMap<Profile, RecoveryWay>,
}

impl Recovery {
    /// From what is configured; a profile that is not named has none.
    #[must_use]
    pub fn new(ways: impl IntoIterator<Item = (Profile, RecoveryWay)>) -> Self {
        Self { ways: ways.into_iter().collect() }
    }

    /// The way of a profile.
    #[must_use]
    pub fn way(&self, profile: Profile) -> RecoveryWay {
        self.ways.get(&profile).copied().unwrap_or(RecoveryWay::Off)
    }

    /// What is offered to somebody who said which profile they are, or to all who are welcome: without doubles.
    #[must_use]
    pub fn offered(&self, chosen: Option<Profile>, welcome: &[Profile]) -> Vec<RecoveryWay> {
        let asked: Vec<Profile> = chosen.map_or_else(|| welcome.to_vec(), |chosen| vec![chosen]);
        let mut ways: Vec<RecoveryWay> = asked.into_iter().map(|profile| self.way(profile)).collect();
        if ways.contains(&RecoveryWay::Question) {
            ways.push(RecoveryWay::Link);
        }
        ways.sort_unstable();
        ways.dedup();
        ways.retain(|way| *way != RecoveryWay::Off);
        ways
    }

    /// Whether somebody with these profiles may come back that way: the widest of them decides.
    #[must_use]
    pub fn admits(&self, profiles: &[Profile], way: RecoveryWay) -> bool {
        let by_question = way == RecoveryWay::Link;
        profiles.iter().any(|profile| {
            let own = self.way(*profile);
            own == way || (by_question && own == RecoveryWay::Question)
        })
    }
}

/// Whether an account comes back by its mailbox at all: not where a person blocked it, nor where it is leaving or gone
/// (rows FID-09, FPW-11).
#[must_use]
pub fn may_come_back(account: &Account) -> bool {
    matches!(account.state(), AccountState::Operational | AccountState::ToActivate | AccountState::Confirming)
}

/// Codes that are mailed (design §4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeRules {
    /// How long one works.
    pub ttl: Duration,
    /// How often it may be typed wrong.
    pub tries: u32,
    /// Whether it has four groups of four signs in place of two.
    pub is_long: bool,
}

/// Crockford's base 32: what looks like one of its signs is read as that sign.
pub const CODE_SIGNS: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

impl CodeRules {
    /// How many signs one has.
    #[must_use]
    pub const fn length(&self) -> usize {
        if self.is_long { 16 } else { 8 }
    }
}

/// What was typed as a code, in the form that is compared (row COD-13): without blanks and dashes, in capitals; what looks
/// like a sign of a code is taken for it. Any other sign stays wrong.
#[must_use]
pub fn typed_code(text: &str) -> String {
    let meant = |sign: char| match sign.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        'U' => 'V',
        sign => sign,
    };
    let is_between = |sign: char| sign.is_whitespace() || "-‐‑–—_.".contains(sign);
    text.nfkc().filter(|sign| !is_between(*sign)).take(64).map(meant).collect()
}

/// A code as it is read: in groups of four.
#[must_use]
pub fn grouped_code(code: &str) -> String {
    let signs: Vec<char> = code.chars().collect();
    signs.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cod_13_a_code_is_forgiven_case_blanks_dashes_and_look_alikes() {
        for typed in ["K01V-9Z3M", "k01v9z3m", " kO lv 9z3m ", "K0IU–9Z3M", "ｋ０１ｖ９ｚ３ｍ"] {
            assert_eq!(typed_code(typed), "K01V9Z3M", "{typed}");
        }
        assert_ne!(typed_code("K01V9Z3M4"), "K01V9Z3M");
        assert_eq!(grouped_code("K01V9Z3M"), "K01V-9Z3M");
    }

    #[test]
    fn log_07_each_profile_is_offered_its_own_ways() {
        let recovery =
            Recovery::new([(Profile::Parent, RecoveryWay::Code), (Profile::NationalStaff, RecoveryWay::Link)]);
        let welcome = [Profile::Pupil, Profile::Parent, Profile::NationalStaff];
        assert_eq!(recovery.offered(Some(Profile::Pupil), &welcome), []);
        assert_eq!(recovery.offered(Some(Profile::Parent), &welcome), [RecoveryWay::Code]);
        assert_eq!(recovery.offered(None, &welcome), [RecoveryWay::Link, RecoveryWay::Code]);
        assert!(recovery.admits(&[Profile::Pupil, Profile::Parent], RecoveryWay::Code));
        assert!(!recovery.admits(&[Profile::Pupil], RecoveryWay::Link));
        let recovery = Recovery::new([(Profile::Parent, RecoveryWay::Question)]);
        assert_eq!(recovery.offered(None, &welcome), [RecoveryWay::Link, RecoveryWay::Question], "a link as well");
        assert!(recovery.admits(&[Profile::Parent], RecoveryWay::Link));
    }
}
