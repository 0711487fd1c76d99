//! What the mail after a secret question says, in the order of the reference (row QST-04).

use crate::{domain::Instant, words::Speaker};

use super::{Block, Said};

/// Do not reply; good day; why; the password on its line; exactly as shown; where to sign in; where it is changed; questions
/// to the school; thanks; the team.
pub(super) fn said(
    given_name: &str,
    (password, until, address): (&str, Instant, &str),
    speaker: Speaker,
    zone: &str,
) -> Said {
    let paragraph = |key: &str| Block::Paragraph(speaker.say(key));
    Said {
        subject: speaker.say("mail-by-question-subject"),
        blocks: vec![
            paragraph("mail-by-question-no-reply"),
            Block::Paragraph(speaker.say_with("mail-hello", &[("name", given_name)])),
            paragraph("mail-by-question-why"),
            Block::Exact { label: speaker.say("mail-temporary-password"), value: password.to_owned() },
            paragraph("mail-by-question-exactly"),
            Block::Link { label: speaker.say("mail-by-question-open"), address: address.to_owned() },
            Block::Paragraph(speaker.say_with("mail-by-question-until", &[("until", speaker.moment(until, zone))])),
            paragraph("mail-by-question-later"),
            paragraph("mail-by-question-not-you"),
            paragraph("mail-by-question-questions"),
            paragraph("mail-by-question-thanks"),
        ],
        why: speaker.say("mail-why-account"),
    }
}
