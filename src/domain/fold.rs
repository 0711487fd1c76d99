//! How two spellings of the same name or identifier are found equal.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The comparison form of an identifier or an e-mail: without surrounding blanks (U+00A0 included), case, accents,
/// ligatures or compatibility forms, so `STRASSE` = `straße`, `Œ` = `oe`, `İ` = `i`, `ﬁ` = `fi` (rows LOG-08, FID-06).
#[must_use]
pub fn fold(text: &str) -> String {
    let cased = caseless::default_case_fold_str(&text.nfkd().collect::<String>());
    let letters = cased.nfkd().filter(|c| !is_combining_mark(*c) && !is_invisible(*c)).flat_map(spelt_out);
    // A mark that stands alone takes a blank apart from itself: blanks around go last.
    letters.collect::<String>().trim().to_owned()
}

/// The longest text of a field that is looked at or kept, in characters: as long as an address may be (RFC 5321 §4.5.3.1.3).
const LONGEST: usize = 254;

/// What is looked at and kept of what was typed into a field of one line.
#[must_use]
pub fn clip(typed: &str) -> String {
    typed.chars().take(LONGEST).collect()
}

/// The comparison form of a name: `fold`, with hyphens, apostrophes and blanks gone (rows ADM-13, REG-13).
#[must_use]
pub fn fold_name(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// One blank for every run of blanks, none around: for what a person typed in a name or an address.
#[must_use]
pub fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a sign shows nothing: controls, marks of direction, joiners, invisible blanks. It may steer what stands around it
/// (row XCT-15).
#[must_use]
pub fn shows_nothing(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// Letters that Unicode does not take apart but people type as two, or without their stroke.
fn spelt_out(c: char) -> impl Iterator<Item = char> {
    let text = match c {
        'œ' => "oe",
        'æ' => "ae",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ı' => "i",
        'ŋ' => "ng",
        'ħ' => "h",
        'ŧ' => "t",
        '’' | '‘' | 'ʼ' => "'",
        '‐' | '‑' | '–' => "-",
        _ => return Spelt::One(Some(c)),
    };
    Spelt::Many(text.chars())
}

/// Soft hyphens, joiners and marks of direction that come along with a paste.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

enum Spelt {
    One(Option<char>),
    Many(std::str::Chars<'static>),
}

impl Iterator for Spelt {
    type Item = char;
    fn next(&mut self) -> Option<char> {
        match self {
            Self::One(c) => c.take(),
            Self::Many(chars) => chars.next(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_identifier_fold_alike() {
        for (typed, stored) in [
            ("  Amélie.Roux ", "amelie.roux"),
            ("ame\u{301}lie.roux", "amélie.roux"),
            ("STRASSE", "straße"),
            ("Œuvre", "oeuvre"),
            ("İ", "i"),
            ("ﬁn", "FIN"),
            ("ｎａｄｉａ", "nadia"),
            ("nadia\u{a0}", "nadia"),
            ("Łukasz", "lukasz"),
        ] {
            assert_eq!(fold(typed), fold(stored), "{typed} and {stored}");
        }
        assert_ne!(fold("nadia"), fold("nadja"));
    }

    #[test]
    fn names_fold_without_hyphen_apostrophe_and_blank() {
        assert_eq!(fold_name("Le Fèvre"), fold_name("LEFEVRE"));
        assert_eq!(fold_name("D’Amours"), fold_name("d amours"));
        assert_eq!(fold_name("Lévesque-Roy"), fold_name("levesque roy"));
    }

    proptest::proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC*") {
            let once = fold(&text);
            proptest::prop_assert_eq!(fold(&once), once);
        }
    }
}
