//! The rules of a password in words: the list under the field.

use crate::{
    domain::{Instant, Rule},
    say,
};

use super::{Saying, Speaks};

impl Speaks for Rule {
    fn saying(&self, _now: Instant) -> Saying {
        match self {
            Self::Length { least, most } => say!("rule-length", least = *least, most = *most),
            Self::Digit => say!("rule-digit"),
            Self::Letter => say!("rule-letter"),
            Self::UnlikeIdentity => say!("rule-unlike-identity"),
            Self::Bits { least } => say!(
                "rule-bits",
                mixed = characters_for(*least, 26 + 26 + 10),
                small = characters_for(*least, 26),
                digits = characters_for(*least, 10),
            ),
            Self::Uncommon => say!("rule-uncommon"),
        }
    }
}

/// How many characters out of `kinds` carry so many bits (délibération CNIL 2022-100: length × log2 of the kinds).
fn characters_for(bits: u32, kinds: u32) -> u32 {
    let mut length = 1;
    while f64::from(length) * f64::from(kinds).log2() < f64::from(bits) {
        length += 1;
    }
    length
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fifty_bits_are_said_in_characters() {
        assert_eq!([62, 26, 10].map(|kinds| characters_for(50, kinds)), [9, 11, 16]);
        assert_eq!([62, 26, 10].map(|kinds| characters_for(80, kinds)), [14, 18, 25]);
    }
}
