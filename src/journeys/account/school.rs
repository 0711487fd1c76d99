//! Words to the school: what its secretariat has to look into. The page asks, the school answers by its own ways.

use crate::{
    app::App,
    domain::{Email, Fault, Instant, Mail, MailKind, PortalName, Recipient, SchoolMail, SchoolNews},
    mail,
    store::{Tx, people},
};

use super::super::{Holder, portal_of};

/// Owes the same mail to every school of the holder that has an address; to how many.
pub(super) async fn write_to_own(
    app: &App,
    tx: &mut Tx,
    (holder, portal): (&Holder, &PortalName),
    news: &SchoolNews,
    now: Instant,
) -> Result<usize, Fault> {
    let schools = people::list_school_addresses(&app.db, &holder.person.id).await?;
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
