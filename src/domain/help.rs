//! What a parent asks a school by the help form, and what can be wrong with it.

use super::{Email, Instant};

/// A parent's question to a school (row HLP-02). Every text is cleaned: one line but for the problem, no control signs.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct HelpRequest {
    /// The parent's family name.
    pub family_name: String,
    /// The parent's given name.
    pub given_name: String,
    /// Where the school answers.
    pub email: Email,
    /// A telephone by day.
    pub phone: String,
    /// The child's family name.
    pub child_family_name: String,
    /// The child's given name.
    pub child_given_name: String,
    /// The child's year, in the school's own word.
    pub level: String,
    /// The problem, in the parent's words.
    pub problem: String,
    /// The page from which the form was opened, by its `data-page`; may be empty.
    pub page: String,
}

/// A question on its way: to the school, or back to its sender.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct HelpMail {
    /// What both sides call it.
    pub reference: String,
    /// The school's name.
    pub school: String,
    /// When it was asked.
    pub at: Instant,
    /// What was asked.
    pub request: HelpRequest,
}

/// What a typed telephone number may hold (row HLP-13): digits as they are written anywhere, and a word for an extension.
#[must_use]
pub fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    (7..=20).contains(&digits)
        && text.chars().count() <= 40
        && text.chars().all(|c| c.is_alphanumeric() || " +-.()/#,:\u{a0}\u{202f}".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hlp_13_numbers_are_taken_as_people_write_them() {
        for fine in
            ["613 555-0199", "+33 6 12 34 56 78", "02.33.00.00.00", "(506) 555 0123 poste 12", "+1-613-555-0199"]
        {
            assert!(is_phone(fine), "{fine}");
        }
        for unfit in ["", "555", "soir", "0600000000\r\nBcc: x@y.example", "<0600000000>", &"1".repeat(21)] {
            assert!(!is_phone(unfit), "{unfit}");
        }
    }
}
