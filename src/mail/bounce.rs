//! Mail that comes back (row MEL-05): what a delivery report says (RFC 3464), and the mark that an address gets.
//!
//! Anybody may write a report and have the mail server pipe it here: all that follows from one is a question at the next
//! sign-in.

use mail_parser::{MessageParser, MimeHeaders};

use crate::{
    domain::{Actor, Email, Event, Fault, Instant},
    store::{Db, accounts, audit, bounces},
};

/// The longest report that is looked at, in bytes.
pub const MOST_BYTES: usize = 1024 * 1024;
/// The longest cause that is kept, in characters.
const LONGEST: usize = 200;

/// An address that a report says could not be reached for good, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failed {
    /// The address.
    pub email: Email,
    /// Its status alone: what the other side said may repeat what stood in the mail.
    pub cause: String,
}

/// Every recipient that failed for good; none where this is no report, or only of a delay.
#[must_use]
pub fn read(report: &[u8]) -> Vec<Failed> {
    let Some(message) = MessageParser::default().parse(report) else { return Vec::new() };
    let is_status = |part: &&mail_parser::MessagePart<'_>| {
        part.content_type().is_some_and(|kind| {
            kind.ctype() == "message" && matches!(kind.subtype(), Some("delivery-status" | "global-delivery-status"))
        })
    };
    let texts =
        message.parts.iter().filter(is_status).map(|part| String::from_utf8_lossy(part.contents()).into_owned());
    texts.flat_map(|text| recipients(&text)).collect()
}

/// The groups of a status part: one of the message, then one for each recipient, blank lines between them (RFC 3464 §2.1).
fn recipients(text: &str) -> Vec<Failed> {
    let unfolded = text.replace("\r\n", "\n").replace("\n ", " ").replace("\n\t", " ");
    let group = |group: &str| {
        let field = |name: &str| {
            group.lines().find_map(|line| {
                let (key, value) = line.split_once(':')?;
                key.trim().eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
            })
        };
        let is_final = field("Action")?.eq_ignore_ascii_case("failed") && field("Status")?.starts_with('5');
        let recipient = field("Original-Recipient").or_else(|| field("Final-Recipient"))?;
        let email = Email::parse(recipient.split_once(';').map_or(recipient.as_str(), |(_, address)| address.trim()))?;
        is_final.then(|| Failed { email, cause: field("Status").unwrap_or_default() })
    };
    unfolded.split("\n\n").filter_map(group).collect()
}

/// Marks an address, with a line in the trail of each account that has confirmed it.
///
/// # Errors
/// The store did not answer.
pub async fn mark(db: &Db, failed: &Failed, by: &Actor, now: Instant) -> Result<(), Fault> {
    let holders = accounts::list_by_email(db, &failed.email).await?;
    let cause: String = failed.cause.chars().filter(|sign| !sign.is_control()).take(LONGEST).collect();
    let mut tx = db.begin().await?;
    bounces::mark(&mut tx, &failed.email, &cause, now).await?;
    for holder in &holders {
        audit::add(&mut tx, by, Some(&holder.id), &Event::AddressBounced).await?;
    }
    tx.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str = "From: mailer-daemon@mx.example\r\nTo: retours@id.example\r\nSubject: Undelivered\r\n\
        MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n\
        --b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n\
        Reporting-MTA: dns; mx.example\r\n\r\n\
        Final-Recipient: rfc822; nadia@example.org\r\nAction: failed\r\nStatus: 5.1.1\r\n\
        Diagnostic-Code: smtp; 550 5.1.1 no such\r\n user here\r\n\r\n\
        Final-Recipient: rfc822; lent@example.org\r\nAction: delayed\r\nStatus: 4.4.1\r\n\r\n\
        Final-Recipient: rfc822; plein@example.org\r\nAction: failed\r\nStatus: 4.2.2\r\n\r\n--b--\r\n";

    #[test]
    fn mel_05_a_report_names_who_could_not_be_reached_for_good() {
        let failed = read(REPORT.as_bytes());
        assert_eq!(failed.len(), 1, "neither a delay nor a full mailbox: {failed:?}");
        assert_eq!(failed[0].email.as_str(), "nadia@example.org");
        assert_eq!(failed[0].cause, "5.1.1");
        for other in ["", "Subject: x\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\nFinal-Recipient: rfc822; a@b.example"] {
            assert_eq!(read(other.as_bytes()), [], "a mail that is no report says nothing");
        }
    }
}
