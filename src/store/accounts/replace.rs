//! Temporary passwords, and another password of one's own: what was issued before ends in the same transaction.

use crate::domain::{AccountChange, Actor, Digest, Event, Fault, Kept, LinkPurpose, PasswordHash, Replacing};

use super::{
    super::{Tx, former_passwords, grants, letters, links, sessions, temporaries},
    apply::told,
};

const REPLACE: &str = "UPDATE account SET password_hash = $2, valid_since = $3
    WHERE id = $1 AND credential = 'own' AND suspended_at IS NULL AND presence <> 'archived'";
const REPLACE_AT_MAILBOX: &str = "UPDATE account SET credential = 'own', password_hash = $2, valid_since = $3,
    email = COALESCE(email, $4), email_folded = COALESCE(email_folded, $5), letter_expires_at = NULL,
    confirming_email = NULL
    WHERE id = $1 AND credential = $6 AND suspended_at IS NULL AND presence <> 'archived'";
const FIND_CREDENTIAL: &str = "SELECT credential FROM account WHERE id = $1";

const FIND_OWN: &str = "SELECT password_hash FROM account WHERE id = $1 AND credential = 'own'";

/// This file's statements.
pub const STATEMENTS: &[&str] = &[REPLACE, REPLACE_AT_MAILBOX, FIND_CREDENTIAL, FIND_OWN];

/// Carries one of these changes out: its events, none where somebody else was first.
pub(super) async fn replace(tx: &mut Tx, by: &Actor, change: AccountChange) -> Result<Vec<Event>, Fault> {
    Ok(match change {
        AccountChange::TemporaryGiven { id, hash, tag, expires_at, none_since } => {
            let fresh = temporaries::Fresh { hash: &hash, tag: &tag, made_at: by.now, expires_at };
            told(temporaries::put(tx, &id, &fresh, none_since).await?, [Event::TemporaryGiven { expires_at }])
        }
        AccountChange::TemporaryUsed { id, hash, session } => {
            told(temporaries::use_up(tx, (&id, &hash), &session, by.now).await?, [Event::TemporaryUsed])
        }
        AccountChange::TemporaryVoided { id } => {
            told(temporaries::void(tx, &id, by.now).await?, [Event::TemporaryVoided])
        }
        AccountChange::PasswordReplaced { id, password, how, keep } => {
            let since = keep.as_ref().map_or(by.now, |kept| kept.since);
            let mut events = Vec::new();
            let former: Option<PasswordHash> =
                both!(tx, conn => sqlx::query_scalar(FIND_OWN).bind(&id).fetch_optional(conn).await)?;
            let done = if let Replacing::Mailbox(email) = &how {
                let folded = email.folded();
                let credential: Option<String> =
                    both!(tx, conn => sqlx::query_scalar(FIND_CREDENTIAL).bind(&id).fetch_optional(conn).await)?;
                let credential = credential.unwrap_or_default();
                if credential != "own" {
                    events.extend([Event::PasswordChosen, Event::EmailConfirmed, Event::AccountActivated]);
                }
                both!(tx, conn => sqlx::query(REPLACE_AT_MAILBOX).bind(&id).bind(&password).bind(since).bind(email)
                    .bind(&folded).bind(&credential).execute(conn).await.map(|d| d.rows_affected()))?
            } else {
                both!(tx, conn => sqlx::query(REPLACE).bind(&id).bind(&password).bind(since).execute(conn).await.map(|d| d.rows_affected()))?
            };
            if done == 0 {
                return Ok(Vec::new());
            }
            if let Some(former) = former {
                former_passwords::add(tx, &id, &former, by.now).await?;
            }
            end_what_was_issued(tx, by, &id, keep.as_ref()).await?;
            if how == Replacing::Temporary {
                temporaries::settle(tx, &id).await?;
            } else {
                temporaries::forget(tx, &id).await?;
            }
            if events.is_empty() {
                events.push(Event::PasswordReplaced { how: how.name() });
            }
            events
        }
        _ => Vec::new(),
    })
}

async fn end_what_was_issued(
    tx: &mut Tx,
    by: &Actor,
    id: &crate::domain::AccountId,
    keep: Option<&Kept>,
) -> Result<(), Fault> {
    let nobody = Digest::of(b"");
    let kept = keep.map_or(&nobody, |kept| &kept.session);
    sessions::end_others(tx, id, kept).await?;
    grants::revoke_others(tx, id, kept, by.now).await?;
    letters::forget(tx, id).await?;
    // A change of address can still be taken back at the old one: whoever made it knew the password.
    links::supersede_but(tx, LinkPurpose::EmailUndo, id, by.now).await?;
    Ok(())
}
