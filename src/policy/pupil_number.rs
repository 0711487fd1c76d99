//! What a pupil number looks like, country by country (row PRV-02). That no two pupils share one is the store's to keep.

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

#[cfg(test)]
mod tests {
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
}
