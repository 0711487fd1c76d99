//! Text as it can be printed: composed, without signs that steer and show nothing, and without what the face lacks.

use any_ascii::any_ascii_char;
use unicode_normalization::UnicodeNormalization;

use crate::domain::shows_nothing;

/// The text to print; `has` says which characters the face has.
pub(super) fn clean(text: &str, has: impl Fn(char) -> bool) -> String {
    let mut cleaned = String::with_capacity(text.len());
    for c in text.nfc() {
        match c {
            '\n' => cleaned.push('\n'),
            '\t' => cleaned.push(' '),
            _ if shows_nothing(c) => {}
            _ if has(c) => cleaned.push(c),
            _ => cleaned.push_str(any_ascii_char(c)),
        }
    }
    cleaned
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn xct_15_names_stay_exact_and_nothing_turns_the_line_around() {
        let latin = |c: char| (c as u32) < 0x250 || "’ẽ\u{202f}".contains(c);
        for (typed, printed) in [
            ("N’Diaye d'Arc", "N’Diaye d'Arc"),
            ("Łukasz Cœur Weiß", "Łukasz Cœur Weiß"),
            ("<script>alert(1)</script>", "<script>alert(1)</script>"),
            ("Zoe\u{301}", "Zoé"),
            ("a\u{202e}b\u{200f}c\u{2066}d", "abcd"),
            ("l’an\u{a0}1\u{202f}?", "l’an\u{a0}1\u{202f}?"),
            ("une\u{0}\u{7}\tdeux\ntrois", "une deux\ntrois"),
            ("李明", "LiMing"),
        ] {
            assert_eq!(clean(typed, latin), printed);
        }
    }
}
