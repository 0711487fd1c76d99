//! What the mails of the help form say.

use crate::{domain::HelpMail, words::Speaker};

use super::{Block, Said};

/// The school's: everything that the parent wrote. Its answer goes to the parent, for the mail's `Reply-To` is theirs.
pub(super) fn to_school(help: &HelpMail, speaker: Speaker, zone: &str) -> Said {
    let mut blocks = vec![
        Block::Paragraph(speaker.say_with("mail-school-hello", &[("name", help.school.as_str())])),
        Block::Paragraph(speaker.say_with("mail-help-what", &[("moment", speaker.moment(help.at, zone))])),
    ];
    blocks.extend(written(help, speaker));
    let page = &help.request.page;
    if !page.is_empty() {
        blocks.push(Block::Paragraph(speaker.say_with("mail-help-page", &[("page", page.as_str())])));
    }
    blocks.push(Block::Paragraph(speaker.say("mail-help-answer")));
    let name = format!("{} {}", help.request.given_name, help.request.family_name);
    Said {
        subject: speaker
            .say_with("mail-help-subject", &[("reference", help.reference.as_str()), ("name", name.as_str())]),
        blocks,
        why: speaker.say("mail-why-school"),
    }
}

/// The sender's: that it was passed on; what they wrote only where their address is known.
pub(super) fn to_sender(help: &HelpMail, is_known: bool, speaker: Speaker, zone: &str) -> Said {
    let args = [("moment", speaker.moment(help.at, zone)), ("school_name", help.school.clone())];
    let mut blocks = vec![
        Block::Paragraph(speaker.say("mail-received-hello")),
        Block::Paragraph(speaker.say_with("mail-received-what", &args)),
    ];
    if is_known {
        blocks.extend(written(help, speaker));
    } else {
        blocks.push(exact("mail-help-reference", &help.reference, speaker));
    }
    blocks.push(Block::Paragraph(speaker.say("mail-received-when")));
    blocks.push(Block::Paragraph(speaker.say("mail-received-not-you")));
    Said {
        subject: speaker.say_with("mail-received-subject", &[("reference", help.reference.as_str())]),
        blocks,
        why: speaker.say("mail-why-received"),
    }
}

fn exact(key: &str, value: &str, speaker: Speaker) -> Block {
    Block::Exact { label: speaker.say(key), value: value.to_owned() }
}

fn written(help: &HelpMail, speaker: Speaker) -> Vec<Block> {
    let asked = &help.request;
    let mut blocks: Vec<Block> = [
        ("mail-help-reference", help.reference.clone()),
        ("mail-help-parent", format!("{} {}", asked.given_name, asked.family_name)),
        ("mail-help-email", asked.email.to_string()),
        ("mail-help-phone", asked.phone.clone()),
        ("mail-help-child", format!("{} {}", asked.child_given_name, asked.child_family_name)),
        ("mail-help-level", asked.level.clone()),
    ]
    .into_iter()
    .map(|(key, value)| exact(key, &value, speaker))
    .collect();
    blocks.push(Block::Written { label: speaker.say("mail-help-problem"), text: asked.problem.clone() });
    blocks
}
