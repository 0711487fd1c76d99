//! Owing a mail.

use crate::{
    app::App,
    domain::{Fault, Instant, Mail},
    store::{Tx, outbox},
};

/// The purpose under which the outbox is sealed.
pub(super) const PURPOSE: &str = "outbox";

/// Owes a mail, in the transaction of what caused it.
///
/// # Errors
/// The engine did not answer.
pub async fn owe(app: &App, tx: &mut Tx, mail: &Mail, now: Instant) -> Result<(), Fault> {
    let id = app.rng.id();
    let sealed = app.sealer.seal(PURPOSE, &serde_json::to_vec(mail)?)?;
    let host = app.config.public_url.host_str().unwrap_or("localhost");
    let message_id = format!("<{id}@{host}>");
    let owed = outbox::Owed {
        id: &id,
        sealed: &sealed,
        kind: mail.kind.name(),
        account_id: mail.account_id.as_ref(),
        message_id: &message_id,
    };
    outbox::add(tx, &owed, now).await?;
    Ok(())
}
