//! What a holder is told by mail, in their language and register.

use crate::{
    app::App,
    domain::{Email, Fault, Instant, Mail, MailKind, PortalName, Recipient},
    mail,
    store::Tx,
};

use super::Holder;

/// That the password was replaced, from which device.
pub(super) fn replaced(holder: &Holder, device: &str, at: Instant) -> MailKind {
    MailKind::PasswordReplaced {
        given_name: holder.person.given_name.clone(),
        identifier: holder.account.identifier.to_string(),
        device: device.to_owned(),
        at,
    }
}

/// Owes a holder a mail at an address.
///
/// # Errors
/// The store did not answer.
pub(super) async fn tell(
    app: &App,
    tx: &mut Tx,
    (holder, portal): (&Holder, &PortalName),
    to: &Email,
    kind: MailKind,
    now: Instant,
) -> Result<(), Fault> {
    let account = &holder.account;
    let mail = Mail {
        to: Recipient::Address(to.clone()),
        portal: portal.clone(),
        language: account.language.clone(),
        register: if holder.is_pupil() { "tu" } else { "vous" }.to_owned(),
        account_id: Some(account.id.clone()),
        kind,
    };
    mail::owe(app, tx, &mail, now).await
}
