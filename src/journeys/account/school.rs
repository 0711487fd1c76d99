//! Words to the school: what its secretariat has to look into. The page asks, the school answers by its own ways.

use std::time::Duration;

use crate::{
    app::App,
    domain::{Email, Event, Fault, Instant, Mail, MailKind, PortalName, Recipient, SchoolMail, SchoolNews},
    mail,
    store::{Tx, audit, people, school_requests},
};

use super::{
    super::{Holder, portal_of},
    Me,
};

/// Owes the same mail to every school of the holder that has an address; to how many.
pub(super) async fn write_to_own(
    app: &App,
    tx: &mut Tx,
    (holder, portal): (&Holder, &PortalName),
    news: &SchoolNews,
    now: Instant,
) -> Result<usize, Fault> {
    let schools = people::list_school_addresses(tx, &holder.person.id).await?;
    for (school, address) in &schools {
        write_to(app, tx, (holder, portal), (school, address), news, now).await?;
    }
    Ok(schools.len())
}

/// Owes a mail to one school, in the portal's own language.
pub(super) async fn write_to(
    app: &App,
    tx: &mut Tx,
    (holder, portal): (&Holder, &PortalName),
    (school, address): (&str, &Email),
    news: &SchoolNews,
    now: Instant,
) -> Result<(), Fault> {
    let mail = Mail {
        to: Recipient::Address(address.clone()),
        portal: portal_of(app, portal).name.clone(),
        language: "fr".to_owned(),
        register: "vous".to_owned(),
        account_id: Some(holder.account.id.clone()),
        kind: MailKind::School(SchoolMail {
            school: school.to_owned(),
            full_name: holder.person.full_name(),
            identifier: holder.account.identifier.to_string(),
            news: news.clone(),
        }),
    };
    mail::owe(app, tx, &mail, now).await
}

/// What came of a word to the school.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// It is on its way, or the same was sent a moment ago.
    Sent,
    /// Nothing was written.
    Empty,
    /// Too many words in an hour.
    TooOften,
    /// No school of the holder has an address: one telephones.
    Nobody,
}

/// The longest message, in characters.
const LONGEST: usize = 500;
/// Words to the school in an hour.
const HOURLY: i64 = 3;

/// Passes a holder's word on to their schools, a few times an hour.
pub(super) async fn ask(
    app: &App,
    me: Me<'_>,
    kind: &'static str,
    message: &str,
    news: impl Fn(String) -> SchoolNews,
) -> Result<Asked, Fault> {
    let message: String =
        message.trim().chars().filter(|sign| !sign.is_control() || *sign == '\n').take(LONGEST).collect();
    if message.is_empty() {
        return Ok(Asked::Empty);
    }
    let (id, now) = (&me.holder.account.id, me.visitor.actor.now);
    let mut tx = app.db.begin().await?;
    if school_requests::count(&mut tx, id, now - Duration::from_hours(1)).await? >= HOURLY {
        return Ok(Asked::TooOften);
    }
    if !school_requests::add(&mut tx, id, kind, now, app.config.policy.limits.mail.again_after).await? {
        return Ok(Asked::Sent);
    }
    if write_to_own(app, &mut tx, (me.holder, &me.portal.name), &news(message), now).await? == 0 {
        return Ok(Asked::Nobody);
    }
    audit::add(&mut tx, &me.actor(), Some(id), &Event::SchoolAsked { about: kind.to_owned() }).await?;
    tx.commit().await?;
    Ok(Asked::Sent)
}
