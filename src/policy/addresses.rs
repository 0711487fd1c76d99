//! What can be said of an e-mail address by looking at it: a mistyped domain, signs that no mail server takes.

use crate::domain::Email;

/// Domains that many people have their mailbox at, in France and in Canada. The ones at the end are there so as not to be
/// taken for a mistyped neighbour.
pub const KNOWN_DOMAINS: [&str; 37] = [
    "gmail.com",
    "orange.fr",
    "wanadoo.fr",
    "free.fr",
    "sfr.fr",
    "neuf.fr",
    "laposte.net",
    "bbox.fr",
    "numericable.fr",
    "hotmail.fr",
    "hotmail.com",
    "hotmail.ca",
    "outlook.fr",
    "outlook.com",
    "live.fr",
    "live.com",
    "live.ca",
    "msn.com",
    "yahoo.fr",
    "yahoo.com",
    "yahoo.ca",
    "icloud.com",
    "me.com",
    "aol.com",
    "gmx.fr",
    "gmx.com",
    "proton.me",
    "protonmail.com",
    "videotron.ca",
    "sympatico.ca",
    "bell.net",
    "rogers.com",
    "eastlink.ca",
    "mail.com",
    "ymail.com",
    "email.com",
    "mac.com",
];

/// The well-known domain that a domain is one slip away from: a letter too much, too few, wrong, or two exchanged (row
/// ACT-17). None where it is well-known itself. Never put right by itself: the person is asked.
#[must_use]
pub fn mistyped(email: &Email) -> Option<&'static str> {
    let (_, domain) = email.as_str().rsplit_once('@')?;
    if KNOWN_DOMAINS.contains(&domain) {
        return None;
    }
    KNOWN_DOMAINS.into_iter().find(|known| is_one_slip(domain, known))
}

/// Whether a mail server anywhere takes the address: most refuse accents before the @ (RFC 6531 is an extension).
#[must_use]
pub fn is_plain(email: &Email) -> bool {
    email.as_str().is_ascii()
}

fn is_one_slip(typed: &str, meant: &str) -> bool {
    let (typed, meant) = (typed.as_bytes(), meant.as_bytes());
    let same_start = typed.iter().zip(meant).take_while(|(a, b)| a == b).count();
    let (a, b) = (typed.get(same_start..).unwrap_or_default(), meant.get(same_start..).unwrap_or_default());
    match (a, b) {
        ([_, a @ ..], b) | (b, [_, a @ ..]) if a == b => true,
        ([_, a @ ..], [_, b @ ..]) if a == b => true,
        ([a0, a1, a @ ..], [b0, b1, b @ ..]) => a0 == b1 && a1 == b0 && a == b,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn act_17_a_domain_one_slip_away_from_a_known_one_is_noticed() {
        let of = |domain: &str| Email::parse(&format!("nadia@{domain}")).as_ref().and_then(mistyped);
        for (typed, meant) in [
            ("gmial.com", "gmail.com"),
            ("gmai.com", "gmail.com"),
            ("gmaill.com", "gmail.com"),
            ("gmail.con", "gmail.com"),
            ("GMIAL.COM", "gmail.com"),
            ("orange.f", "orange.fr"),
            ("oranje.fr", "orange.fr"),
            ("hotmial.fr", "hotmail.fr"),
            ("laposte.ner", "laposte.net"),
        ] {
            assert_eq!(of(typed), Some(meant), "{typed}");
        }
        for fine in KNOWN_DOMAINS.into_iter().chain(["example.org", "ac-lille.fr", "gmail.example", "a.fr"]) {
            assert_eq!(of(fine), None, "{fine}");
        }
    }
}
