//! Two accounts of one person become one: the letter's account is closed, and its identifier finds the other from then on.
//!
//! The person of the closed account keeps its row, for the roster knows it by its key; whatever it is to schools, classes
//! and children moves. Subjects move as well, but for sectors where the account that stays has one of its own.

use crate::domain::{AccountChange, AccountId, Actor, Event, Fault, Identifier, PersonId};

use super::{
    super::{Tx, audit, letters},
    apply::told,
};

const CLOSE: &str =
    "UPDATE account SET merged_into = $2, presence = 'archived', presence_since = $3, credential = 'none',
    password_hash = NULL, letter_expires_at = NULL, valid_since = $3
    WHERE id = $1 AND credential = 'letter' AND password_hash = $4 AND presence <> 'archived' AND suspended_at IS NULL";
const FIND_PEOPLE: &str = "SELECT b.person_id, a.person_id, b.identifier FROM account a JOIN account b ON b.id = $2
    WHERE a.id = $1";
const MOVE_SUBJECTS: &str = "UPDATE subject SET account_id = $2 WHERE account_id = $1
    AND sector NOT IN (SELECT sector FROM subject WHERE account_id = $2)";
const COPY_AFFILIATIONS: &str = "INSERT INTO affiliation (person_id, profile, establishment_id, function)
    SELECT $2, profile, establishment_id, function FROM affiliation WHERE person_id = $1
    ON CONFLICT (person_id, profile, establishment_id) DO NOTHING";
const DROP_AFFILIATIONS: &str = "DELETE FROM affiliation WHERE person_id = $1 AND person_id <> $2";
const COPY_MEMBERSHIPS: &str = "INSERT INTO membership (person_id, group_id, role)
    SELECT $2, group_id, role FROM membership WHERE person_id = $1
    ON CONFLICT (person_id, group_id, role) DO NOTHING";
const DROP_MEMBERSHIPS: &str = "DELETE FROM membership WHERE person_id = $1 AND person_id <> $2";
// A court's order outlives a merge.
const COPY_CHILDREN: &str = "INSERT INTO guardianship (guardian_id, pupil_id, standing, disputed_at)
    SELECT $2, pupil_id, standing, disputed_at FROM guardianship WHERE guardian_id = $1
    ON CONFLICT (guardian_id, pupil_id) DO UPDATE SET standing =
        CASE WHEN excluded.standing = 'barred' THEN 'barred' ELSE guardianship.standing END";
const DROP_CHILDREN: &str = "DELETE FROM guardianship WHERE guardian_id = $1 AND guardian_id <> $2";
const COPY_GUARDIANS: &str = "INSERT INTO guardianship (guardian_id, pupil_id, standing, disputed_at)
    SELECT guardian_id, $2, standing, disputed_at FROM guardianship WHERE pupil_id = $1
    ON CONFLICT (guardian_id, pupil_id) DO UPDATE SET standing =
        CASE WHEN excluded.standing = 'barred' THEN 'barred' ELSE guardianship.standing END";
const DROP_GUARDIANS: &str = "DELETE FROM guardianship WHERE pupil_id = $1 AND pupil_id <> $2";
const NAME_SUCCESSOR: &str = "UPDATE person SET merged_into = $2 WHERE id = $1";

/// What moves from one person to the other, in order.
const MOVES: [&str; 9] = [
    COPY_AFFILIATIONS,
    DROP_AFFILIATIONS,
    COPY_MEMBERSHIPS,
    DROP_MEMBERSHIPS,
    COPY_CHILDREN,
    DROP_CHILDREN,
    COPY_GUARDIANS,
    DROP_GUARDIANS,
    NAME_SUCCESSOR,
];

/// This file's statements.
pub const STATEMENTS: &[&str] = &[
    CLOSE,
    FIND_PEOPLE,
    MOVE_SUBJECTS,
    COPY_AFFILIATIONS,
    DROP_AFFILIATIONS,
    COPY_MEMBERSHIPS,
    DROP_MEMBERSHIPS,
    COPY_CHILDREN,
    DROP_CHILDREN,
    COPY_GUARDIANS,
    DROP_GUARDIANS,
    NAME_SUCCESSOR,
];

/// Carries a merge out: its events on the closed account; the line of the one that stays is written here.
pub(super) async fn merge(tx: &mut Tx, by: &Actor, change: AccountChange) -> Result<Vec<Event>, Fault> {
    let AccountChange::Merged { id, into, provisional } = change else { return Ok(Vec::new()) };
    let done = both!(tx, conn => sqlx::query(CLOSE).bind(&id).bind(&into).bind(by.now).bind(&provisional).execute(conn).await.map(|d| d.rows_affected()))?;
    if done == 0 {
        return Ok(Vec::new());
    }
    let (from, to, identifier): (PersonId, PersonId, Identifier) =
        both!(tx, conn => sqlx::query_as(FIND_PEOPLE).bind(&into).bind(&id).fetch_one(conn).await)?;
    move_everything(tx, (&id, &into), (&from, &to)).await?;
    letters::forget(tx, &id).await?;
    let event = Event::AccountTookIn { account_id: id.clone(), identifier };
    audit::add(tx, by, Some(&into), &event).await?;
    Ok(told(done, [Event::AccountMerged { into }]))
}

async fn move_everything(
    tx: &mut Tx,
    (id, into): (&AccountId, &AccountId),
    (from, to): (&PersonId, &PersonId),
) -> Result<(), Fault> {
    both!(tx, conn => sqlx::query(MOVE_SUBJECTS).bind(id).bind(into).execute(conn).await.map(|_| ()))?;
    for statement in MOVES {
        both!(tx, conn => sqlx::query(statement).bind(from).bind(to).execute(conn).await.map(|_| ()))?;
    }
    Ok(())
}
