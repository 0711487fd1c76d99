//! Another address of an account, confirmed at its mailbox or taken back at the old one.

use crate::domain::{AccountChange, Actor, Digest, Event, Fault, LinkPurpose, PasswordHash};

use super::{
    super::{Tx, former_passwords, grants, letters, links, secret_questions, sessions, temporaries},
    apply::told,
};

const REPLACE_EMAIL: &str = "UPDATE account SET email = $2, email_folded = $3,
    valid_since = CASE WHEN valid_since < $4 THEN $4 ELSE valid_since END WHERE id = $1 AND credential = 'own'";
const FIND_HASH: &str = "SELECT password_hash FROM account WHERE id = $1 AND credential = 'own'";
const UNDO_EMAIL: &str = "UPDATE account SET email = $2, email_folded = $3, password_hash = $4, valid_since = $5
    WHERE id = $1 AND credential = 'own'";

/// This file's statements.
pub const STATEMENTS: &[&str] = &[REPLACE_EMAIL, FIND_HASH, UNDO_EMAIL];

/// Carries one of these changes out: its events, none where somebody else was first.
pub(super) async fn change(tx: &mut Tx, by: &Actor, change: AccountChange) -> Result<Vec<Event>, Fault> {
    Ok(match change {
        AccountChange::EmailReplaced { id, email, valid_since } => {
            let done = both!(tx, conn => sqlx::query(REPLACE_EMAIL).bind(&id).bind(&email).bind(email.folded()).bind(valid_since).execute(conn).await.map(|d| d.rows_affected()))?;
            // What was mailed to the old address opens nothing any more, but for the way back.
            links::supersede_but(tx, LinkPurpose::EmailUndo, &id, by.now).await?;
            told(done, [Event::EmailReplaced])
        }
        AccountChange::EmailUndone { id, email, password } => {
            let known: Option<PasswordHash> =
                both!(tx, conn => sqlx::query_scalar(FIND_HASH).bind(&id).fetch_optional(conn).await)?;
            let done = both!(tx, conn => sqlx::query(UNDO_EMAIL).bind(&id).bind(&email).bind(email.folded()).bind(&password).bind(by.now).execute(conn).await.map(|d| d.rows_affected()))?;
            if let (Some(known), true) = (known, done > 0) {
                // Somebody else knew it: it is not chosen again.
                former_passwords::add(tx, &id, &known, by.now).await?;
            }
            letters::forget(tx, &id).await?;
            secret_questions::forget(tx, &id).await?;
            temporaries::forget(tx, &id).await?;
            links::supersede_but(tx, LinkPurpose::EmailUndo, &id, by.now).await?;
            links::supersede(tx, LinkPurpose::EmailUndo, &id, by.now).await?;
            let nobody = Digest::of(b"");
            sessions::end_others(tx, &id, &nobody).await?;
            grants::revoke_others(tx, &id, &nobody, by.now).await?;
            told(done, [Event::EmailChangeUndone, Event::PasswordVoided])
        }
        _ => Vec::new(),
    })
}
