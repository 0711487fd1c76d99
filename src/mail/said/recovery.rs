//! What is mailed to who has forgotten something.

use crate::{
    domain::{Forgotten, Reached, RecoveryMail},
    policy::grouped_code,
    words::Speaker,
};

use super::{Block, Said, device_or};

/// The words of each. One mail names all accounts of an address, each so that its holder knows it (rows FID-04, MEL-03).
pub(super) fn said(mail: &RecoveryMail, speaker: Speaker, zone: &str) -> Said {
    let paragraph = |key: &str| Block::Paragraph(speaker.say(key));
    let asked = |key: &str| {
        let args = [("moment", speaker.moment(mail.at, zone)), ("device", device_or(&mail.device, speaker))];
        Block::Paragraph(speaker.say_with(key, &args))
    };
    let until = speaker.moment(mail.until, zone);
    let mut blocks = vec![hello(mail, speaker)];
    let (subject, not_you) = match &mail.forgotten {
        Forgotten::Identifier => {
            blocks.push(asked("mail-identifiers-what"));
            blocks.extend(mail.holders.iter().flat_map(|holder| named(mail, holder, speaker)));
            blocks.push(Block::Link { label: speaker.say("mail-recovery-sign-in"), address: mail.address.clone() });
            (speaker.say("mail-identifiers-subject"), "mail-identifiers-not-you")
        }
        Forgotten::Password { .. } => {
            blocks.push(asked("mail-reset-what"));
            for holder in &mail.holders {
                blocks.extend(named(mail, holder, speaker));
                let key = if holder.is_activated { "mail-reset-link" } else { "mail-reset-activate" };
                blocks.extend(
                    holder.link.iter().map(|link| Block::Link { label: speaker.say(key), address: link.clone() }),
                );
            }
            blocks.push(Block::Paragraph(speaker.say_with("mail-reset-until", &[("until", until)])));
            (speaker.say("mail-reset-subject"), "mail-reset-not-you")
        }
        Forgotten::QuestionPaused => {
            blocks.push(asked("mail-question-paused-what"));
            blocks.extend(mail.holders.iter().flat_map(|holder| named(mail, holder, speaker)));
            blocks.push(paragraph("mail-question-paused-you"));
            (speaker.say("mail-question-paused-subject"), "mail-question-paused-not-you")
        }
        Forgotten::Both { code, .. } => {
            let code = grouped_code(code);
            blocks.push(asked("mail-code-what"));
            blocks.push(Block::Exact { label: speaker.say("mail-code-code"), value: code.clone() });
            blocks.push(Block::Paragraph(speaker.say_with("mail-code-until", &[("until", until)])));
            blocks.extend(mail.holders.iter().flat_map(|holder| named(mail, holder, speaker)));
            // Seen in a notification, without opening the mail (row MEL-09).
            (speaker.say_with("mail-code-subject", &[("code", code)]), "mail-code-not-you")
        }
    };
    blocks.push(paragraph(not_you));
    Said { subject, blocks, why: speaker.say("mail-why-recovery") }
}

fn hello(mail: &RecoveryMail, speaker: Speaker) -> Block {
    match mail.holders.as_slice() {
        [only] => Block::Paragraph(speaker.say_with("mail-hello", &[("name", only.given_name.as_str())])),
        _ => Block::Paragraph(speaker.say("mail-recovery-hello")),
    }
}

/// Who, and what they sign in with; of an account that was not activated, how that is done (row FID-08).
fn named(mail: &RecoveryMail, holder: &Reached, speaker: Speaker) -> Vec<Block> {
    let role = holder.profile.map(|profile| speaker.profile(profile));
    let who = match (role, &holder.school) {
        (Some(role), Some(school)) => speaker.say_with(
            "mail-recovery-who",
            &[("name", holder.full_name.as_str()), ("role", role.as_str()), ("school_name", school.as_str())],
        ),
        _ => holder.full_name.clone(),
    };
    let mut blocks = vec![
        Block::Paragraph(who),
        Block::Exact { label: speaker.say("mail-identifier"), value: holder.identifier.to_string() },
    ];
    if !holder.is_activated && mail.forgotten == Forgotten::Identifier {
        blocks.push(Block::Paragraph(speaker.say("mail-identifiers-not-activated")));
    }
    blocks
}
