//! Somebody has lost every second factor: an operator takes them away. The console will do the same.

use crate::{
    app::App,
    domain::{Actor, Digest, Event, FactorNews, Fault, Identifier, Mail, MailKind, Recipient},
    mail,
    store::{accounts, audit, grants, passkeys, recovery_codes, sessions, totp},
};

/// Takes the application, the passkeys and the recovery codes of an account away and ends its sessions; its holder is
/// told.
///
/// # Errors
/// There is no such account, it has no second factor, or the store did not answer.
pub async fn reset(app: &App, by: &Actor, identifier: &Identifier) -> Result<(), Fault> {
    let unknown = || Fault::new(format!("there is no account {identifier}")).remedy("check the identifier");
    let account = accounts::find_by_identifier(&app.db, identifier).await?.ok_or_else(unknown)?;
    let mut tx = app.db.begin().await?;
    let taken = totp::forget(&mut tx, &account.id).await? + passkeys::forget(&mut tx, &account.id).await?;
    if taken == 0 {
        return Err(Fault::new(format!("{identifier} has no second factor")).remedy("there is nothing to take away"));
    }
    recovery_codes::forget(&mut tx, &account.id).await?;
    let none = Digest::of(b"");
    sessions::end_others(&mut tx, &account.id, &none).await?;
    grants::revoke_others(&mut tx, &account.id, &none, by.now).await?;
    audit::add(&mut tx, by, Some(&account.id), &Event::SecondFactorReset).await?;
    let mail = Mail {
        to: Recipient::Holder(account.identifier.folded()),
        portal: app.config.policy.portals.default_portal().name.clone(),
        language: String::new(),
        register: String::new(),
        account_id: None,
        kind: MailKind::SecondFactor {
            given_name: String::new(),
            identifier: String::new(),
            news: FactorNews::Reset,
            at: by.now,
        },
    };
    mail::owe(app, &mut tx, &mail, by.now).await?;
    tx.commit().await?;
    Ok(())
}
