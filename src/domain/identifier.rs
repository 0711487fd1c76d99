//! The login name and the e-mail address.

use std::fmt;

use super::{fold, squeeze};

/// The login name, as it is displayed; for life. Two identifiers are the same when their folded forms are.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, sqlx::Type)]
#[serde(transparent)]
#[sqlx(transparent)]
pub struct Identifier(String);

impl Identifier {
    /// Takes what was typed, imported or made; blanks around it and control characters are dropped.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(squeeze(&text.chars().filter(|c| !c.is_control()).collect::<String>()))
    }

    /// As displayed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form in which identifiers are compared and searched.
    #[must_use]
    pub fn folded(&self) -> String {
        fold(&self.0)
    }
}

impl fmt::Display for Identifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Identifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Identifier(…)")
    }
}

/// An e-mail address that could be delivered to: one `@`, something before it, a domain with a dot after it.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, sqlx::Type)]
#[serde(try_from = "String", into = "String")]
#[sqlx(transparent)]
pub struct Email(String);

impl Email {
    /// Parses a typed address: blanks around it are forgiven, blanks or control characters inside are not.
    /// The domain is put in small letters (RFC 5321 §2.4). At most 254 characters (RFC 5321 §4.5.3.1.3).
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (local, domain) = text.rsplit_once('@')?;
        let fine = |c: char| !c.is_whitespace() && !c.is_control() && !"<>()[]\\,;:\"@".contains(c);
        let labels_fine =
            domain.split('.').all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'));
        (!local.is_empty()
            && text.len() <= 254
            && domain.contains('.')
            && labels_fine
            && text.chars().filter(|c| *c != '@').all(fine)
            && local.chars().all(fine))
        .then(|| Self(format!("{local}@{}", domain.to_lowercase())))
    }

    /// As delivered to.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As its owner recognises it and a neighbour does not: two signs of its name and its domain.
    #[must_use]
    pub fn masked(&self) -> String {
        let (local, domain) = self.0.rsplit_once('@').unwrap_or(("", &self.0));
        let shown = if local.chars().count() > 2 { 2 } else { 1 };
        format!("{}•••••@{domain}", local.chars().take(shown).collect::<String>())
    }

    /// The form in which addresses are compared and searched.
    #[must_use]
    pub fn folded(&self) -> String {
        fold(&self.0)
    }
}

impl TryFrom<String> for Email {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| format!("{text:?} is not an e-mail address"))
    }
}

impl From<Email> for String {
    fn from(email: Email) -> Self {
        email.0
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Email(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_parsed_or_refused() {
        assert_eq!(Email::parse("  Nadia@Example.ORG ").map(|e| e.to_string()), Some("Nadia@example.org".into()));
        for wrong in [
            "nadia",
            "@example.org",
            "nadia@",
            "nadia@localhost",
            "na dia@example.org",
            "a@b@example.org",
            "a\r\nBcc: b@example.org",
            "a@-x.org",
        ] {
            assert!(Email::parse(wrong).is_none(), "{wrong}");
        }
    }
}
