//! What each kind of mail says: blocks, without a look.

use crate::{
    domain::{FactorNews, MailKind},
    words::Speaker,
};

mod account;
mod help;
mod question;
mod recovery;
mod school;
mod upstream;

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
    /// What somebody wrote: its lines stay, nothing else of it does anything.
    Written {
        label: String,
        text: String,
    },
}

/// An address for notifications waits for its confirmation.
fn notification_said((given_name, full_name): (&str, &str), link: &str, until: &str, speaker: Speaker) -> Said {
    let paragraph = |key: &str| Block::Paragraph(speaker.say(key));
    Said {
        subject: speaker.say("mail-notify-subject"),
        blocks: vec![
            Block::Paragraph(speaker.say_with("mail-hello", &[("name", given_name)])),
            paragraph("mail-notify-what"),
            Block::Link { label: speaker.say("mail-notify-link"), address: link.to_owned() },
            Block::Paragraph(speaker.say_with("mail-notify-until", &[("until", until)])),
            Block::Exact { label: speaker.say("mail-confirm-holder"), value: full_name.to_owned() },
            paragraph("mail-notify-not-you"),
        ],
        why: speaker.say("mail-why-notify"),
    }
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
        MailKind::SecondFactor { given_name, identifier, news, at } => {
            factor_said((given_name, identifier), news, &speaker.moment(*at, zone), speaker)
        }
        MailKind::ConfirmNotification { given_name, full_name, link, until } => {
            notification_said((given_name, full_name), link, &speaker.moment(*until, zone), speaker)
        }
        MailKind::Recovery(mail) => recovery::said(mail, speaker, zone),
        MailKind::HelpAsked(help) => help::to_school(help, speaker, zone),
        MailKind::HelpReceived { help, is_known } => help::to_sender(help, *is_known, speaker, zone),
        MailKind::TemporaryByQuestion { given_name, password, until, address } => {
            question::said(given_name, (password, *until, address), speaker, zone)
        }
        MailKind::TemporaryByUpstream { .. } | MailKind::PupilResetTold { .. } => upstream::said(kind, speaker, zone),
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

/// The subject of the news of a second factor.
const fn subject(news: &FactorNews) -> &'static str {
    match news {
        FactorNews::AppAdded | FactorNews::PasskeyAdded(_) => "mail-factor-added-subject",
        FactorNews::AppRemoved | FactorNews::PasskeyRemoved(_) | FactorNews::Reset => "mail-factor-removed-subject",
        FactorNews::CodesMade => "mail-factor-codes-subject",
        FactorNews::CodeUsed(_) => "mail-factor-used-subject",
        FactorNews::Paused => "mail-factor-paused-subject",
    }
}

fn news_said(news: &FactorNews, speaker: Speaker) -> String {
    match news {
        FactorNews::AppAdded => speaker.say("mail-factor-app-added"),
        FactorNews::AppRemoved => speaker.say("mail-factor-app-removed"),
        FactorNews::PasskeyAdded(name) => speaker.say_with("mail-factor-key-added", &[("name", name.as_str())]),
        FactorNews::PasskeyRemoved(name) => speaker.say_with("mail-factor-key-removed", &[("name", name.as_str())]),
        FactorNews::CodesMade => speaker.say("mail-factor-codes-made"),
        FactorNews::CodeUsed(left) => speaker.say_with("mail-factor-code-used", &[("left", *left)]),
        FactorNews::Paused => speaker.say("mail-factor-paused"),
        FactorNews::Reset => speaker.say("mail-factor-reset"),
    }
}

/// The news of a second factor.
fn factor_said((given_name, identifier): (&str, &str), news: &FactorNews, moment: &str, speaker: Speaker) -> Said {
    let last = if *news == FactorNews::Paused { "mail-factor-guessed" } else { "mail-factor-not-you" };
    Said {
        subject: speaker.say(subject(news)),
        blocks: vec![
            Block::Paragraph(speaker.say_with("mail-hello", &[("name", given_name)])),
            Block::Paragraph(news_said(news, speaker)),
            Block::Paragraph(speaker.say_with("mail-factor-when", &[("moment", moment)])),
            Block::Exact { label: speaker.say("mail-identifier"), value: identifier.to_owned() },
            Block::Paragraph(speaker.say("mail-factor-you")),
            Block::Paragraph(speaker.say(last)),
        ],
        why: speaker.say("mail-why-account"),
    }
}
