//! What mails say of changes of one's own account.

use crate::{
    domain::{AccountMail, AccountNews, Instant},
    words::Speaker,
};

use super::{Block, Said};

/// The words of each piece of news. Exhaustive: a new one without its words does not compile.
pub(super) fn said(mail: &AccountMail, speaker: Speaker, zone: &str) -> Said {
    let words = Words { mail, speaker, zone };
    let (subject, why, told) = match &mail.news {
        AccountNews::ConfirmNewAddress { link, until } => {
            ("mail-new-address-subject", "mail-why-new-address", words.confirm(link, *until))
        }
        AccountNews::AddressChanging { to, link, until } => {
            ("mail-changing-subject", "mail-why-account", words.changing(to, link, *until))
        }
        AccountNews::AddressChanged { to, link, until } => {
            ("mail-changed-subject", "mail-why-former-address", words.changed(to, link, *until))
        }
        AccountNews::LetterAdded { identifier } => {
            ("mail-letter-added-subject", "mail-why-account", words.letter_added(identifier))
        }
        AccountNews::RegistrationLink { link, until } => {
            ("mail-registration-subject", "mail-why-roster", words.registration(link, *until))
        }
        AccountNews::AlreadyRegistered { sign_in, forgotten } => {
            ("mail-registered-subject", "mail-why-roster", words.registered(sign_in, forgotten))
        }
        AccountNews::QuestionChanged => {
            ("mail-question-subject", "mail-why-account", words.noticed("mail-question-what"))
        }
        AccountNews::NotificationsChanged => {
            ("mail-notifications-subject", "mail-why-account", words.noticed("mail-notifications-what"))
        }
        AccountNews::TemporaryByGuardian { guardian, until } => {
            ("mail-by-guardian-subject", "mail-why-account", words.by_guardian(guardian, *until))
        }
        AccountNews::ChangeUndone { link, until } => {
            ("mail-undone-subject", "mail-why-account", words.undone(link, *until))
        }
    };
    let hello = Block::Paragraph(speaker.say_with("mail-hello", &[("name", mail.given_name.as_str())]));
    let blocks = std::iter::once(hello).chain(told).collect();
    Said { subject: speaker.say(subject), blocks, why: speaker.say(why) }
}

/// What the mails are put together from.
#[derive(Clone, Copy)]
struct Words<'a> {
    mail: &'a AccountMail,
    speaker: Speaker,
    zone: &'a str,
}

impl Words<'_> {
    fn paragraph(self, key: &str) -> Block {
        Block::Paragraph(self.speaker.say(key))
    }

    fn exact(self, key: &str, value: &str) -> Block {
        Block::Exact { label: self.speaker.say(key), value: value.to_owned() }
    }

    fn identifier(self) -> Block {
        self.exact("mail-identifier", &self.mail.identifier)
    }

    fn link(self, key: &str, address: &str) -> Block {
        Block::Link { label: self.speaker.say(key), address: address.to_owned() }
    }

    fn until(self, key: &str, until: Instant) -> Block {
        Block::Paragraph(self.speaker.say_with(key, &[("until", self.speaker.moment(until, self.zone))]))
    }

    fn confirm(self, link: &str, until: Instant) -> Vec<Block> {
        vec![
            self.paragraph("mail-new-address-what"),
            self.link("mail-new-address-link", link),
            self.until("mail-new-address-until", until),
            self.identifier(),
            self.paragraph("mail-new-address-not-you"),
        ]
    }

    fn letter_added(self, identifier: &str) -> Vec<Block> {
        vec![
            self.paragraph("mail-letter-added-what"),
            self.exact("mail-letter-added-identifier", identifier),
            self.identifier(),
            self.paragraph("mail-letter-added-not-you"),
        ]
    }

    fn registration(self, link: &str, until: Instant) -> Vec<Block> {
        vec![
            self.paragraph("mail-registration-what"),
            self.link("mail-registration-link", link),
            self.until("mail-registration-until", until),
            self.paragraph("mail-registration-not-you"),
        ]
    }

    fn registered(self, sign_in: &str, forgotten: &str) -> Vec<Block> {
        vec![
            self.paragraph("mail-registered-what"),
            self.identifier(),
            self.link("mail-registered-sign-in", sign_in),
            self.link("mail-registered-forgotten", forgotten),
            self.paragraph("mail-registration-not-you"),
        ]
    }

    fn by_guardian(self, guardian: &str, until: Instant) -> Vec<Block> {
        let until = self.speaker.moment(until, self.zone);
        let args = [("guardian", guardian), ("until", until.as_str())];
        vec![
            Block::Paragraph(self.speaker.say_with("mail-by-guardian-what", &args)),
            self.identifier(),
            self.paragraph("mail-by-guardian-not-you"),
        ]
    }

    fn undone(self, link: &str, until: Instant) -> Vec<Block> {
        vec![
            self.paragraph("mail-undone-what"),
            self.identifier(),
            self.link("mail-undone-link", link),
            self.until("mail-undone-until", until),
        ]
    }

    /// What happened, and what to do where it was somebody else.
    fn noticed(self, what: &str) -> Vec<Block> {
        vec![self.paragraph(what), self.identifier(), self.paragraph("mail-letter-added-not-you")]
    }

    fn changing(self, to: &str, link: &str, until: Instant) -> Vec<Block> {
        vec![
            self.paragraph("mail-changing-what"),
            self.exact("mail-changing-to", to),
            self.identifier(),
            self.paragraph("mail-changing-you"),
            self.paragraph("mail-changing-not-you"),
            self.link("mail-undo-link", link),
            self.until("mail-undo-until", until),
        ]
    }

    fn changed(self, to: &str, link: &str, until: Instant) -> Vec<Block> {
        vec![
            self.paragraph("mail-changed-what"),
            self.exact("mail-changing-to", to),
            self.identifier(),
            self.paragraph("mail-changed-not-you"),
            self.link("mail-undo-link", link),
            self.until("mail-undo-until", until),
        ]
    }
}
