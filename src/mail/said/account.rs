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
            let told = vec![
                words.paragraph("mail-new-address-what"),
                words.link("mail-new-address-link", link),
                words.until("mail-new-address-until", *until),
                words.identifier(),
                words.paragraph("mail-new-address-not-you"),
            ];
            ("mail-new-address-subject", "mail-why-new-address", told)
        }
        AccountNews::AddressChanging { to, link, until } => {
            ("mail-changing-subject", "mail-why-account", words.changing(to, link, *until))
        }
        AccountNews::AddressChanged { to, link, until } => {
            ("mail-changed-subject", "mail-why-former-address", words.changed(to, link, *until))
        }
        AccountNews::LetterAdded { identifier } => {
            let told = vec![
                words.paragraph("mail-letter-added-what"),
                words.exact("mail-letter-added-identifier", identifier),
                words.identifier(),
                words.paragraph("mail-letter-added-not-you"),
            ];
            ("mail-letter-added-subject", "mail-why-account", told)
        }
        AccountNews::QuestionChanged => {
            ("mail-question-subject", "mail-why-account", words.noticed("mail-question-what"))
        }
        AccountNews::NotificationsChanged => {
            ("mail-notifications-subject", "mail-why-account", words.noticed("mail-notifications-what"))
        }
        AccountNews::TemporaryByGuardian { guardian, until } => {
            let args = [("guardian", guardian.clone()), ("until", speaker.moment(*until, zone))];
            let told = vec![
                Block::Paragraph(speaker.say_with("mail-by-guardian-what", &args)),
                words.identifier(),
                words.paragraph("mail-by-guardian-not-you"),
            ];
            ("mail-by-guardian-subject", "mail-why-account", told)
        }
        AccountNews::ChangeUndone { link, until } => {
            let told = vec![
                words.paragraph("mail-undone-what"),
                words.identifier(),
                words.link("mail-undone-link", link),
                words.until("mail-undone-until", *until),
            ];
            ("mail-undone-subject", "mail-why-account", told)
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
