//! An owed mail in words: the same blocks as text and as HTML, with the portal's name and why it was sent.

use askama::Template;

use crate::{
    domain::Mail,
    policy::Portal,
    words::{Locale, Register, Speaker, unbroken},
};

use super::said::{Block, Said, said};

/// A mail as it leaves. The same for the same mail, byte for byte: it holds no moment and no chance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// The subject, one line.
    pub subject: String,
    /// The text part, at most 72 signs a line where words allow.
    pub text: String,
    /// The HTML part: no remote image, no script.
    pub html: String,
}

/// Renders a mail for its reader. `public_url` is named so that the reader can tell whence it comes.
///
/// # Errors
/// None that a reader can cause; a faulty template would be one.
pub fn render(mail: &Mail, portal: &Portal, public_url: &str) -> Result<Rendered, askama::Error> {
    let locale = Locale::from_tag(&mail.language).unwrap_or_default();
    let speaker = Speaker::at(portal, locale).addressing(Register::named(&mail.register));
    let letter = Letter {
        speaker,
        portal,
        public_url,
        said: said(&mail.kind, speaker, &portal.time_zone),
        is_answered: mail.kind.reply_to().is_some(),
    };
    let text = TextPart { letter: &letter }.render()?;
    Ok(Rendered {
        subject: speaker.say_with(
            "mail-subject",
            &[("subject", letter.said.subject.as_str()), ("portal", portal.look.title.as_str())],
        ),
        text: text.lines().map(|line| wrap(line, 72)).collect::<Vec<_>>().join("\n") + "\n",
        html: HtmlPart { letter: &letter }.render()?,
    })
}

/// What both parts are made from.
struct Letter<'a> {
    speaker: Speaker,
    portal: &'a Portal,
    public_url: &'a str,
    said: Said,
    /// Whether an answer reaches somebody.
    is_answered: bool,
}

impl Letter<'_> {
    fn sender(&self) -> String {
        let look = &self.portal.look;
        if look.network.is_empty() {
            return self.speaker.say_with("mail-sender-alone", &[("portal", look.title.as_str())]);
        }
        self.speaker.say_with("mail-sender", &[("portal", look.title.as_str()), ("network", look.network.as_str())])
    }

    fn address(&self) -> String {
        self.speaker.say_with("mail-address", &[("url", self.public_url)])
    }

    /// Whom to turn to, since nobody reads an answer (row MEL-02).
    fn contact(&self) -> String {
        if self.is_answered {
            return self.speaker.say("mail-reply-reaches");
        }
        let help = &self.portal.help;
        let known: Vec<String> = help.email.iter().chain(&help.phones).map(|way| unbroken(way)).collect();
        if known.is_empty() {
            return self.speaker.say("mail-no-reply");
        }
        self.speaker.say_with("mail-no-reply-contact", &[("contact", known.join(", "))])
    }
}

#[derive(Template)]
#[template(path = "mails/mail.txt")]
struct TextPart<'a> {
    letter: &'a Letter<'a>,
}

#[derive(Template)]
#[template(path = "mails/mail.html")]
struct HtmlPart<'a> {
    letter: &'a Letter<'a>,
}

/// Breaks a line at ordinary blanks alone, so that nothing that belongs together is torn apart.
fn wrap(line: &str, width: usize) -> String {
    let (mut wrapped, mut column) = (String::new(), 0);
    for word in line.split(' ') {
        let length = word.chars().count();
        if column > 0 && column + 1 + length > width {
            wrapped.push('\n');
            column = 0;
        } else if column > 0 {
            wrapped.push(' ');
            column += 1;
        }
        wrapped.push_str(word);
        column += length;
    }
    wrapped
}

#[cfg(test)]
mod tests {
    use crate::{
        domain::{Email, Instant, PortalName},
        policy::{Help, Look},
    };

    use super::*;
    use crate::domain::MailKind;

    fn portal() -> Portal {
        let usual = Portal::of_tests("default");
        let help = Help { phones: vec!["02 00 00 00 00".into()], ..Help::default() };
        Portal { look: Look { title: "Espace <famille>".into(), ..usual.look }, help, ..usual }
    }

    fn mail(kind: MailKind, language: &str) -> Mail {
        Mail {
            to: crate::domain::Recipient::Address(Email::parse("nadia@example.org").expect("an address")),
            portal: PortalName::new("default"),
            language: language.into(),
            register: "vous".into(),
            account_id: None,
            kind,
        }
    }

    fn kinds() -> [MailKind; 5] {
        let paused = MailKind::SignInPaused { given_name: "Nadia <b>".into(), identifier: "n.roux".into() };
        let confirm = MailKind::ConfirmAddress {
            given_name: "Nadia".into(),
            full_name: "Nadia O’Brien".into(),
            identifier: "n.obrien".into(),
            link: format!("https://id.example/activation/lien/{}", "k".repeat(26)),
            until: Instant::from_seconds(1_795_889_100),
        };
        let factor = MailKind::SecondFactor {
            given_name: "Nadia".into(),
            identifier: "n.roux".into(),
            news: crate::domain::FactorNews::CodeUsed(1),
            at: Instant::from_seconds(1_795_889_100),
        };
        let notify = MailKind::ConfirmNotification {
            given_name: "Nadia".into(),
            full_name: "Nadia O’Brien".into(),
            link: format!("https://id.example/notifications/lien/{}", "k".repeat(26)),
            until: Instant::from_seconds(1_795_889_100),
        };
        [paused, MailKind::Trial, confirm, factor, notify]
    }

    #[test]
    fn both_parts_say_the_same_who_sent_it_why_and_whom_to_ask() {
        for language in ["fr", "en"] {
            for kind in kinds() {
                let name = kind.name();
                let mail = render(&mail(kind, language), &portal(), "https://id.example").expect("a mail");
                for needed in ["Réseau du Val d’Orne", "https://id.example", "02\u{a0}00\u{a0}00\u{a0}00\u{a0}00"] {
                    assert!(mail.text.contains(needed) && mail.html.contains(needed), "{language} {name}: {needed}");
                }
                assert!(mail.subject.contains("Espace <famille>") && !mail.subject.contains('\n'));
                assert!(mail.text.contains("Espace <famille>") && mail.html.contains("Espace &#60;famille&#62;"));
                for unwanted in ["<img", "<script", "url(", "src="] {
                    assert!(!mail.html.contains(unwanted), "{language} {name} holds {unwanted}");
                }
                for part in [&mail.subject, &mail.text, &mail.html] {
                    assert!(!part.contains(|c| ('\u{2066}'..='\u{2069}').contains(&c)));
                }
                assert!(
                    mail.text.lines().all(|line| line.chars().count() <= 72 || line.starts_with("https://")),
                    "{}",
                    mail.text
                );
            }
        }
    }

    #[test]
    fn mel_07_what_is_typed_stands_on_a_line_of_its_own() {
        let [paused, ..] = kinds();
        let mail = render(&mail(paused, "fr"), &portal(), "https://id.example").expect("a mail");
        assert!(mail.text.lines().any(|line| line == "n.roux"), "{}", mail.text);
        assert!(mail.html.contains("<p class=\"exact\">n.roux</p>"));
        assert!(mail.html.contains("Nadia &#60;b&#62;"), "a name is a text");
    }

    #[test]
    fn a_mail_is_the_same_each_time() {
        let [paused, ..] = kinds();
        let mail = mail(paused, "fr");
        let once = render(&mail, &portal(), "https://id.example").expect("a mail");
        assert_eq!(once, render(&mail, &portal(), "https://id.example").expect("a mail"));
    }
}
