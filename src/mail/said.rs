//! What each kind of mail says: blocks, without a look.

use crate::{domain::MailKind, words::Speaker};

mod account;
mod school;

/// What a mail says.
pub(super) struct Said {
    pub subject: String,
    pub blocks: Vec<Block>,
    /// Why this person gets it.
    pub why: String,
}

/// A piece of a mail.
pub(super) enum Block {
    Paragraph(String),
    /// Something that is typed exactly: on a line of its own, nothing glued to it (row MEL-07).
    Exact {
        label: String,
        value: String,
    },
    /// An address to open: written out, for nobody should press what they can't read.
    Link {
        label: String,
        address: String,
    },
}

/// The words of each kind. Exhaustive: a new kind without its words does not compile.
pub(super) fn said(kind: &MailKind, speaker: Speaker, zone: &str) -> Said {
    let paragraph = |key: &str| Block::Paragraph(speaker.say(key));
    match kind {
        MailKind::SignInPaused { given_name, identifier } => Said {
            subject: speaker.say("mail-paused-subject"),
            blocks: vec![
                Block::Paragraph(speaker.say_with("mail-hello", &[("name", given_name.as_str())])),
                paragraph("mail-paused-what"),
                Block::Exact { label: speaker.say("mail-identifier"), value: identifier.clone() },
                paragraph("mail-paused-you"),
                paragraph("mail-paused-not-you"),
            ],
            why: speaker.say("mail-why-account"),
        },
        MailKind::ConfirmAddress { given_name, full_name, identifier, link, until } => Said {
            subject: speaker.say("mail-confirm-subject"),
            blocks: vec![
                Block::Paragraph(speaker.say_with("mail-hello", &[("name", given_name.as_str())])),
                paragraph("mail-confirm-what"),
                Block::Link { label: speaker.say("mail-confirm-link"), address: link.clone() },
                Block::Paragraph(speaker.say_with("mail-confirm-until", &[("until", speaker.moment(*until, zone))])),
                Block::Exact { label: speaker.say("mail-confirm-holder"), value: full_name.clone() },
                Block::Exact { label: speaker.say("mail-identifier"), value: identifier.clone() },
                paragraph("mail-confirm-not-you"),
            ],
            why: speaker.say("mail-why-given"),
        },
        MailKind::PasswordReplaced { given_name, identifier, device, at } => Said {
            subject: speaker.say("mail-replaced-subject"),
            blocks: vec![
                Block::Paragraph(speaker.say_with("mail-hello", &[("name", given_name.as_str())])),
                Block::Paragraph(speaker.say_with(
                    "mail-replaced-what",
                    &[("moment", speaker.moment(*at, zone)), ("device", device_or(device, speaker))],
                )),
                Block::Exact { label: speaker.say("mail-identifier"), value: identifier.clone() },
                paragraph("mail-replaced-not-you"),
            ],
            why: speaker.say("mail-why-account"),
        },
        MailKind::Account(mail) => account::said(mail, speaker, zone),
        MailKind::School(mail) => school::said(mail, speaker, zone),
        MailKind::Trial => Said {
            subject: speaker.say("mail-trial-subject"),
            blocks: vec![paragraph("mail-trial-what")],
            why: speaker.say("mail-why-trial"),
        },
    }
}

/// The device, or that it was not recognised.
fn device_or(device: &str, speaker: Speaker) -> String {
    if device.is_empty() { speaker.say("mail-device-unknown") } else { device.to_owned() }
}
