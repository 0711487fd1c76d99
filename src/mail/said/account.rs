//! What mails say of changes of one's own account.

use crate::{
    domain::{AccountMail, AccountNews},
    words::Speaker,
};

use super::{Block, Said};

/// The words of each piece of news. Exhaustive: a new one without its words does not compile.
pub(super) fn said(mail: &AccountMail, speaker: Speaker, zone: &str) -> Said {
    let paragraph = |key: &str| Block::Paragraph(speaker.say(key));
    let exact = |key: &str, value: &str| Block::Exact { label: speaker.say(key), value: value.to_owned() };
    let link = |key: &str, address: &str| Block::Link { label: speaker.say(key), address: address.to_owned() };
    let mut blocks = vec![Block::Paragraph(speaker.say_with("mail-hello", &[("name", mail.given_name.as_str())]))];
    let (subject, why) = match &mail.news {
        AccountNews::ConfirmNewAddress { link: address, until } => {
            let when = speaker.say_with("mail-new-address-until", &[("until", speaker.moment(*until, zone))]);
            blocks.extend([
                paragraph("mail-new-address-what"),
                link("mail-new-address-link", address),
                Block::Paragraph(when),
                exact("mail-identifier", &mail.identifier),
                paragraph("mail-new-address-not-you"),
            ]);
            ("mail-new-address-subject", "mail-why-new-address")
        }
        AccountNews::AddressChanging { to, link: address, until } => {
            blocks.extend([
                paragraph("mail-changing-what"),
                exact("mail-changing-to", to),
                exact("mail-identifier", &mail.identifier),
                paragraph("mail-changing-you"),
                paragraph("mail-changing-not-you"),
                link("mail-undo-link", address),
                Block::Paragraph(speaker.say_with("mail-undo-until", &[("until", speaker.moment(*until, zone))])),
            ]);
            ("mail-changing-subject", "mail-why-account")
        }
        AccountNews::AddressChanged { to, link: address, until } => {
            blocks.extend([
                paragraph("mail-changed-what"),
                exact("mail-changing-to", to),
                exact("mail-identifier", &mail.identifier),
                paragraph("mail-changed-not-you"),
                link("mail-undo-link", address),
                Block::Paragraph(speaker.say_with("mail-undo-until", &[("until", speaker.moment(*until, zone))])),
            ]);
            ("mail-changed-subject", "mail-why-former-address")
        }
        AccountNews::LetterAdded { identifier } => {
            blocks.extend([
                paragraph("mail-letter-added-what"),
                exact("mail-letter-added-identifier", identifier),
                exact("mail-identifier", &mail.identifier),
                paragraph("mail-letter-added-not-you"),
            ]);
            ("mail-letter-added-subject", "mail-why-account")
        }
        AccountNews::ChangeUndone { link: address, until } => {
            let when = speaker.say_with("mail-undone-until", &[("until", speaker.moment(*until, zone))]);
            blocks.extend([
                paragraph("mail-undone-what"),
                exact("mail-identifier", &mail.identifier),
                link("mail-undone-link", address),
                Block::Paragraph(when),
            ]);
            ("mail-undone-subject", "mail-why-account")
        }
    };
    Said { subject: speaker.say(subject), blocks, why: speaker.say(why) }
}
