//! What the mails of a pupil's reset through an external provider say.

use crate::{domain::MailKind, words::Speaker};

use super::{Block, Said};

pub(super) fn said(kind: &MailKind, speaker: Speaker, zone: &str) -> Said {
    let hello = |name: &str| Block::Paragraph(speaker.say_with("mail-hello", &[("name", name)]));
    let paragraph = |key: &str| Block::Paragraph(speaker.say(key));
    match kind {
        MailKind::TemporaryByUpstream { given_name, identifier, password, until, address, upstream } => Said {
            subject: speaker.say("mail-temporary-subject"),
            blocks: vec![
                hello(given_name),
                paragraph("mail-temporary-what"),
                Block::Exact { label: speaker.say("mail-identifier"), value: identifier.clone() },
                Block::Exact { label: speaker.say("mail-temporary-password"), value: password.clone() },
                Block::Link { label: speaker.say("mail-temporary-open"), address: address.clone() },
                paragraph("mail-temporary-how"),
                Block::Paragraph(speaker.say_with("mail-temporary-until", &[("until", speaker.moment(*until, zone))])),
                Block::Paragraph(speaker.say_with("mail-temporary-not-you", &[("label", upstream.as_str())])),
            ],
            why: speaker.say_with("mail-why-upstream", &[("label", upstream.as_str())]),
        },
        MailKind::PupilResetTold { given_name, pupil, at, upstream } => Said {
            subject: speaker.say_with("mail-pupil-reset-subject", &[("pupil", pupil.as_str())]),
            blocks: vec![
                hello(given_name),
                Block::Paragraph(speaker.say_with(
                    "mail-pupil-reset-what",
                    &[
                        ("pupil", pupil.as_str()),
                        ("moment", speaker.moment(*at, zone).as_str()),
                        ("label", upstream.as_str()),
                    ],
                )),
                paragraph("mail-pupil-reset-do"),
                paragraph("mail-pupil-reset-not-them"),
            ],
            why: speaker.say("mail-why-guardian"),
        },
        _ => Said { subject: String::new(), blocks: Vec::new(), why: String::new() },
    }
}
