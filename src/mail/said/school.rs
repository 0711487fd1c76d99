//! What a school is asked to look into.

use crate::{
    domain::{SchoolMail, SchoolNews},
    words::Speaker,
};

use super::{Block, Said};

/// The words of each matter. Exhaustive: a new one without its words does not compile.
pub(super) fn said(mail: &SchoolMail, speaker: Speaker, zone: &str) -> Said {
    let paragraph = |key: &str| Block::Paragraph(speaker.say(key));
    let exact = |key: &str, value: &str| Block::Exact { label: speaker.say(key), value: value.to_owned() };
    let who = [exact("mail-school-account", &mail.full_name), exact("mail-school-identifier", &mail.identifier)];
    let mut blocks = vec![Block::Paragraph(speaker.say_with("mail-school-hello", &[("name", mail.school.as_str())]))];
    let subject = match &mail.news {
        SchoolNews::AddressContested { at } => {
            let when = speaker.say_with("mail-contested-what", &[("at", speaker.moment(*at, zone))]);
            blocks.push(Block::Paragraph(when));
            blocks.extend(who);
            blocks.push(paragraph("mail-contested-do"));
            "mail-contested-subject"
        }
        SchoolNews::NotGuardian { pupil, class } => {
            blocks.push(paragraph("mail-not-guardian-what"));
            blocks.extend(who);
            blocks.push(exact("mail-school-pupil", pupil));
            blocks.extend((!class.is_empty()).then(|| exact("mail-school-class", class)));
            blocks.push(paragraph("mail-not-guardian-do"));
            "mail-not-guardian-subject"
        }
        SchoolNews::ChildMissing { message } => {
            blocks.push(paragraph("mail-child-missing-what"));
            blocks.extend(who);
            blocks.push(exact("mail-school-message", message));
            "mail-child-missing-subject"
        }
        SchoolNews::RegistrationWithoutAuthority => {
            blocks.push(paragraph("mail-without-authority-what"));
            blocks.push(exact("mail-school-account", &mail.full_name));
            blocks.push(paragraph("mail-without-authority-do"));
            "mail-without-authority-subject"
        }
        SchoolNews::Correction { message } => {
            blocks.push(paragraph("mail-correction-what"));
            blocks.extend(who);
            blocks.push(exact("mail-school-message", message));
            "mail-correction-subject"
        }
    };
    Said { subject: speaker.say(subject), blocks, why: speaker.say("mail-why-school") }
}
