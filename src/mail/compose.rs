//! A rendered mail as it goes over the wire: headers and two parts, the same bytes at every try.
//!
//! Nothing here reads a clock or draws a number: date, id and boundary come from the outbox's row.

use std::time::{Duration, UNIX_EPOCH};

use lettre::{
    Address, Message,
    address::Envelope,
    message::{
        Mailbox, MultiPart, MultiPartKind, SinglePart,
        header::{HeaderName, HeaderValue},
    },
};

use crate::{
    config::MailSettings,
    domain::{Email, Fault, Instant},
};

use super::{Rendered, dkim::Signer};

/// What a mail is besides its words.
pub(super) struct Particulars<'a> {
    /// The outbox's row.
    pub id: &'a str,
    /// RFC 5322 §3.6.4.
    pub message_id: &'a str,
    /// When it was owed: its `Date`.
    pub created_at: Instant,
    /// Before the sender's address.
    pub sender: &'a str,
    /// The reader.
    pub to: &'a Email,
    /// The words' language.
    pub language: &'a str,
    /// Where an answer goes; none where nobody reads one.
    pub reply_to: Option<&'a Email>,
}

/// The envelope and the message (row MEL-06): the envelope's sender is the `From` address, so that SPF and DMARC agree;
/// `Auto-Submitted` (RFC 3834 §5) so that nobody's holiday notice answers; a `Reply-To` only where somebody reads it.
///
/// # Errors
/// An address that no mail server would take.
pub(super) fn compose(
    words: Rendered,
    particulars: &Particulars<'_>,
    settings: &MailSettings,
    signer: Option<&Signer>,
) -> Result<(Envelope, Vec<u8>), Fault> {
    let (from, to): (Address, Address) = (settings.from.parse()?, particulars.to.as_str().parse()?);
    let date = UNIX_EPOCH + Duration::from_secs(u64::try_from(particulars.created_at.seconds()).unwrap_or(0));
    let parts = MultiPart::builder()
        .kind(MultiPartKind::Alternative)
        .boundary(format!("preau-{}", particulars.id))
        .singlepart(SinglePart::plain(words.text))
        .singlepart(SinglePart::html(words.html));
    let mut head = Message::builder();
    if let Some(reader) = particulars.reply_to {
        head = head.reply_to(Mailbox::new(None, reader.as_str().parse()?));
    }
    let message = head
        .from(Mailbox::new(Some(particulars.sender.to_owned()), from.clone()))
        .to(Mailbox::new(None, to.clone()))
        .subject(words.subject)
        .date(date)
        .message_id(Some(particulars.message_id.to_owned()))
        .raw_header(raw("Auto-Submitted", "auto-generated"))
        .raw_header(raw("Content-Language", particulars.language))
        .multipart(parts)?
        .formatted();
    let message = match signer {
        Some(signer) => signer.sign(&message, particulars.created_at)?,
        None => message,
    };
    Ok((Envelope::new(Some(from), vec![to])?, message))
}

fn raw(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

#[cfg(test)]
mod tests {
    use mail_parser::MessageParser;

    use super::*;

    fn composed() -> Vec<u8> {
        let words = Rendered {
            subject: "Essai d’envoi – Réseau du Val d’Orne, avec un objet assez long pour être plié".into(),
            text: "Voilà.\n.\nFin.\n".into(),
            html: "<p>Voilà.</p>\n".into(),
        };
        let particulars = Particulars {
            id: "0123456789abcdefghjkmnpqrs",
            message_id: "<0123456789abcdefghjkmnpqrs@id.example>",
            created_at: Instant::from_seconds(1_795_000_000),
            sender: "ENT « collèges », Val d’Orne",
            to: &Email::parse("nadia@example.org").expect("an address"),
            language: "fr",
            reply_to: None,
        };
        let settings = MailSettings { from: "ne-pas-repondre@id.example".into(), ..MailSettings::default() };
        let (envelope, message) = compose(words, &particulars, &settings, None).expect("a message");
        assert_eq!(envelope.from().map(ToString::to_string).as_deref(), Some("ne-pas-repondre@id.example"));
        assert_eq!(envelope.to().iter().map(ToString::to_string).collect::<Vec<_>>(), ["nadia@example.org"]);
        message
    }

    #[test]
    fn mel_06_the_headers_say_who_when_and_that_nobody_should_answer() {
        let message = composed();
        let read = MessageParser::default().parse(&message).expect("a message");
        let from = read.from().and_then(|from| from.first()).expect("a sender");
        assert_eq!(from.name(), Some("ENT « collèges », Val d’Orne"));
        assert_eq!(from.address(), Some("ne-pas-repondre@id.example"));
        assert_eq!(read.message_id(), Some("0123456789abcdefghjkmnpqrs@id.example"));
        assert_eq!(read.date().map(mail_parser::DateTime::to_timestamp), Some(1_795_000_000));
        assert!(read.subject().is_some_and(|subject| subject.ends_with("assez long pour être plié")));
        let header = |name: &'static str| read.header_raw(name).map(str::trim);
        assert_eq!(header("Auto-Submitted"), Some("auto-generated"));
        assert_eq!(header("Content-Language"), Some("fr"));
        assert_eq!((header("Reply-To"), header("Sender")), (None, None));
        assert_eq!(
            read.body_text(0).as_deref().map(|text| text.replace("\r\n", "\n")).as_deref(),
            Some("Voilà.\n.\nFin.\n")
        );
        assert!(read.body_html(0).is_some_and(|html| html.contains("<p>Voilà.</p>")));
    }

    #[test]
    fn mel_06_a_mail_is_the_same_bytes_at_every_try() {
        assert_eq!(composed(), composed());
    }
}
