//! What a pupil number looks like, country by country (row PRV-02). That no two pupils share one is the store's to keep.

use unicode_normalization::UnicodeNormalization;

/// Whether it may be a pupil number there. `FR`: an INE, ten digits and a letter or nine digits and two letters.
/// `CA`: ten digits (Nova Scotia) or nine (Ontario's OEN). Elsewhere any 4 to 20 letters and digits.
#[must_use]
pub fn pupil_number_fits(country: &str, number: &str) -> bool {
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    let letters = number.bytes().skip(digits).take_while(u8::is_ascii_uppercase).count();
    let shape = (number.len() == digits + letters).then_some((digits, letters));
    match country {
        "FR" => matches!(shape, Some((10, 1) | (9, 2))),
        "CA" => matches!(shape, Some((9 | 10, 0))),
        _ => (4..=20).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_alphanumeric()),
    }
}

/// What a portal takes for a pupil number, over what the country says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NumberRule {
    /// So many digits and nothing else; none: as the country says.
    pub digits: Option<usize>,
    /// Its check digit.
    pub check: NumberCheck,
}

/// How the last digit of a pupil number follows from the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NumberCheck {
    /// It does not.
    #[default]
    None,
    /// By Luhn's formula (ISO/IEC 7812-1, annex B).
    Luhn,
}

impl NumberRule {
    /// A pupil number as somebody typed it: blanks, dashes and points are nothing, full-width signs are what they stand
    /// for, letters are capitals (row SEP-12). None where it can't be a number there: nothing needs to be looked up.
    #[must_use]
    pub fn read(self, country: &str, typed: &str) -> Option<String> {
        if typed.len() > LONGEST {
            return None;
        }
        let is_nothing = |sign: &char| {
            sign.is_whitespace() || matches!(sign, '-' | '.' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{200b}')
        };
        let number: String = typed.nfkc().filter(|sign| !is_nothing(sign)).flat_map(char::to_uppercase).collect();
        let fits = self.digits.map_or_else(
            || pupil_number_fits(country, &number),
            |digits| number.len() == digits && number.bytes().all(|byte| byte.is_ascii_digit()),
        );
        (fits && (self.check == NumberCheck::None || is_luhn(&number))).then_some(number)
    }
}

/// More bytes than any number with its blanks.
const LONGEST: usize = 120;

/// Whether the digits of a number pass Luhn's formula.
fn is_luhn(number: &str) -> bool {
    let digits = number.chars().rev().filter_map(|sign| sign.to_digit(10));
    let weigh = |(nth, digit): (usize, u32)| match (nth % 2, digit * 2) {
        (0, _) => digit,
        (_, double) if double > 9 => double - 9,
        (_, double) => double,
    };
    digits.enumerate().map(weigh).sum::<u32>() % 10 == 0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn prv_02_a_pupil_number_has_the_shape_of_its_country() {
        for (country, fine, wrong) in [
            (
                "FR",
                vec!["0123456789A", "012345678AB"],
                vec!["0123456789", "0123456789a", "01234567AB", "0123456789AB", ""],
            ),
            ("CA", vec!["1234567890", "123456789"], vec!["12345678", "12345678901", "123456789A", "123 456 789"]),
            ("BE", vec!["AB12"], vec!["AB1", "a b c d"]),
        ] {
            assert!(fine.iter().all(|number| pupil_number_fits(country, number)), "{country}: {fine:?}");
            assert!(!wrong.iter().any(|number| pupil_number_fits(country, number)), "{country}: {wrong:?}");
        }
    }

    #[test]
    fn sep_12_a_number_is_read_as_people_type_it_and_refused_before_any_look_up() {
        let ten = NumberRule { digits: Some(10), check: NumberCheck::None };
        for fine in [
            "3100111222",
            " 310 011 1222 ",
            "310-011-1222",
            "310.011.1222",
            "３１００１１１２２２",
            "310\u{a0}011\u{202f}1222",
            "310–011–1222",
        ] {
            assert_eq!(ten.read("CA", fine).as_deref(), Some("3100111222"), "{fine}");
        }
        for wrong in ["310011122", "31001112223", "310011122A", "", "310_011_1222", "３１００１１１２２", "٣١٠٠١١١٢٢٢"]
        {
            assert_eq!(ten.read("CA", wrong), None, "{wrong}");
        }
        assert_eq!(NumberRule::default().read("CA", "310 011 122").as_deref(), Some("310011122"), "Ontario's nine");
        assert_eq!(NumberRule::default().read("FR", "000 000 001 aa").as_deref(), Some("000000001AA"));
        let checked = NumberRule { digits: Some(9), check: NumberCheck::Luhn };
        assert_eq!(checked.read("CA", "046 454 286").as_deref(), Some("046454286"));
        assert_eq!(checked.read("CA", "046 454 287"), None, "the check digit");
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_ten_digits_or_nothing(typed in ".{0,40}") {
            let rule = NumberRule { digits: Some(10), check: NumberCheck::None };
            if let Some(number) = rule.read("CA", &typed) {
                prop_assert!(number.len() == 10 && number.bytes().all(|byte| byte.is_ascii_digit()));
            }
        }
    }
}
