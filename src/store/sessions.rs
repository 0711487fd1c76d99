//! Single sign-on sessions, and whom they served.

use std::time::Duration;

use sqlx::{FromRow, Row as _};

use crate::domain::{
    Account, AccountId, Digest, Fault, Instant, PersonId, Profile, RelyingPartyId, ServedParty, Session,
};

use super::{Db, Tx, accounts};

const ADD: &str =
    "INSERT INTO session (id, sid, account_id, authenticated_at, amr, profile, created_at, seen_at, idle_ttl,
    expires_at, remembered, device) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
const FIND_STANDING: &str =
    "SELECT s.id AS session_id, s.sid, s.authenticated_at, s.amr, s.profile, s.seen_at, s.idle_ttl,
    s.expires_at, s.remembered, a.*, p.given_name, p.family_name,
    (SELECT string_agg(f.profile, ',') FROM (SELECT DISTINCT profile FROM affiliation WHERE person_id = a.person_id) f)
        AS profiles,
    (SELECT COUNT(*) FROM temporary_password t WHERE t.account_id = a.id AND t.used_by = s.id) AS owed_passwords
    FROM session s JOIN account a ON a.id = s.account_id JOIN person p ON p.id = a.person_id WHERE s.id = $1";
const SEE: &str = "UPDATE session SET seen_at = $2 WHERE id = $1 AND seen_at < $2";
const END: &str = "DELETE FROM session WHERE id = $1 RETURNING account_id";
const END_OTHERS: &str = "DELETE FROM session WHERE account_id = $1 AND id <> $2";
const END_OLDER: &str = "DELETE FROM session WHERE account_id = $1 AND authenticated_at < $2";
const LEAVE_SID: &str = "UPDATE session SET sid = id WHERE id = $1 RETURNING id";
const SUCCEED: &str = "INSERT INTO session (id, sid, account_id, authenticated_at, amr, profile, created_at, seen_at,
    idle_ttl, expires_at, remembered, device)
    SELECT $2, $3, account_id, $4, amr, profile, created_at, $4, idle_ttl, expires_at, remembered, device
    FROM session WHERE id = $1";
const HAND_OVER_SERVED: &str = "UPDATE served_party SET session_id = $2 WHERE session_id = $1";
const HAND_OVER_GRANTS: &str = "UPDATE authorization_grant SET session_id = $2 WHERE session_id = $1";
const SERVE: &str = "INSERT INTO served_party (session_id, relying_party_id, protocol, service, ticket, served_at)
    SELECT id, $2, $3, $4, $5, $6 FROM session WHERE id = $1
    ON CONFLICT (session_id, relying_party_id, protocol, service) DO UPDATE SET ticket = excluded.ticket, served_at = excluded.served_at";
const LIST_SERVED: &str = "SELECT relying_party_id, protocol, service, ticket FROM served_party WHERE session_id = $1
    ORDER BY served_at, relying_party_id, service";
const FIND_BY_SID: &str = "SELECT id FROM session WHERE sid = $1";
const PURGE: &str = "DELETE FROM session WHERE expires_at < $1 OR seen_at + idle_ttl < $1";

/// This file's statements.
pub const STATEMENTS: &[&str] = &[
    ADD,
    FIND_STANDING,
    SEE,
    END,
    END_OTHERS,
    END_OLDER,
    LEAVE_SID,
    SUCCEED,
    HAND_OVER_SERVED,
    HAND_OVER_GRANTS,
    SERVE,
    LIST_SERVED,
    FIND_BY_SID,
    PURGE,
];

/// Who stands at the door: a session, its account and what the account's person is; one statement for the hot path.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The session.
    pub session: Session,
    /// Its account.
    pub account: Account,
    /// The person's given name, to greet with.
    pub given_name: String,
    /// The person's full name.
    pub full_name: String,
    /// Every profile of the person.
    pub profiles: Vec<Profile>,
    /// Whether a temporary password opened the session, which has not replaced it yet.
    pub owes_password: bool,
}

struct StandingRow(Result<Standing, Fault>);

macro_rules! standing_from_row {
    ($($row:ty),*) => { $(
        impl<'r> FromRow<'r, $row> for StandingRow {
            fn from_row(row: &'r $row) -> sqlx::Result<Self> {
                let account = accounts::Row::from_row(row)?;
                let account_id: AccountId = row.try_get("id")?;
                let _person: PersonId = row.try_get("person_id")?;
                let amr: String = row.try_get("amr")?;
                let idle_ttl: i64 = row.try_get("idle_ttl")?;
                let profiles: Option<String> = row.try_get("profiles")?;
                let given_name: String = row.try_get("given_name")?;
                let family_name: String = row.try_get("family_name")?;
                let owed_passwords: i64 = row.try_get("owed_passwords")?;
                let owes_password = owed_passwords > 0;
                let session = Session {
                    id: row.try_get("session_id")?,
                    sid: row.try_get("sid")?,
                    account_id,
                    authenticated_at: row.try_get("authenticated_at")?,
                    amr: amr.split(' ').filter(|value| !value.is_empty()).map(str::to_owned).collect(),
                    profile: row.try_get("profile")?,
                    seen_at: row.try_get("seen_at")?,
                    idle_ttl: Duration::from_millis(u64::try_from(idle_ttl).unwrap_or(0)),
                    expires_at: row.try_get("expires_at")?,
                    remembered: row.try_get("remembered")?,
                };
                let profiles = profiles.unwrap_or_default().split(',').filter_map(Profile::named).collect();
                let full_name = format!("{given_name} {family_name}").trim().to_owned();
                Ok(Self(Account::try_from(account).map(|account| Standing { session, account, given_name, full_name, profiles, owes_password })))
            }
        }
    )* };
}
standing_from_row!(sqlx::sqlite::SqliteRow, sqlx::postgres::PgRow);

/// Opens a session; `device` is a short text for the person's list of sessions.
///
/// # Errors
/// The engine did not answer.
pub async fn add(tx: &mut Tx, session: &Session, device: &str, now: Instant) -> sqlx::Result<()> {
    let idle_ttl = i64::try_from(session.idle_ttl.as_millis()).unwrap_or(i64::MAX);
    both!(tx, conn => sqlx::query(ADD)
        .bind(&session.id)
        .bind(&session.sid)
        .bind(&session.account_id)
        .bind(session.authenticated_at)
        .bind(session.amr.join(" "))
        .bind(session.profile)
        .bind(now)
        .bind(session.seen_at)
        .bind(idle_ttl)
        .bind(session.expires_at)
        .bind(session.remembered)
        .bind(device)
        .execute(conn).await.map(|_| ()))
}

/// The living session of that cookie's digest whose account may sign in and was not made void since.
///
/// # Errors
/// The engine did not answer, or a row is damaged.
pub async fn find_standing(db: &Db, id: &Digest, now: Instant) -> Result<Option<Standing>, Fault> {
    let row: Option<StandingRow> =
        read_from!(db, pool => sqlx::query_as(FIND_STANDING).bind(id).fetch_optional(pool).await)?;
    let standing = row.map(|row| row.0).transpose()?;
    Ok(standing.filter(|standing| {
        standing.session.is_alive(now)
            && standing.account.may_sign_in()
            && standing.session.authenticated_at >= standing.account.valid_since
    }))
}

/// Notes the use of a session, at most once a minute.
///
/// # Errors
/// The engine did not answer.
pub async fn see(db: &Db, session: &Session, now: Instant) -> sqlx::Result<()> {
    if now.since(session.seen_at) < Duration::from_mins(1) {
        return Ok(());
    }
    write_to!(db, pool => sqlx::query(SEE).bind(&session.id).bind(now).execute(pool).await.map(|_| ()))
}

/// Ends a session, once: whose it was, for the one who ended it.
///
/// # Errors
/// The engine did not answer.
pub async fn end(tx: &mut Tx, id: &Digest) -> sqlx::Result<Option<AccountId>> {
    both!(tx, conn => sqlx::query_scalar(END).bind(id).fetch_optional(conn).await)
}

/// Ends every session of an account but one.
///
/// # Errors
/// The engine did not answer.
pub async fn end_others(tx: &mut Tx, account_id: &AccountId, but: &Digest) -> sqlx::Result<u64> {
    both!(tx, conn => sqlx::query(END_OTHERS).bind(account_id).bind(but).execute(conn).await.map(|done| done.rows_affected()))
}

/// Ends every session of an account that was proven before a moment.
///
/// # Errors
/// The engine did not answer.
pub async fn end_older(tx: &mut Tx, account_id: &AccountId, than: Instant) -> sqlx::Result<u64> {
    both!(tx, conn => sqlx::query(END_OLDER).bind(account_id).bind(than).execute(conn).await.map(|done| done.rows_affected()))
}

/// Puts a session with a new secret and a new time of proof in the place of another, with its `sid` and whom it served;
/// `false` where the other has ended.
///
/// # Errors
/// The engine did not answer.
pub async fn rotate(tx: &mut Tx, old: &Digest, new: &Session) -> sqlx::Result<bool> {
    let found: Option<Digest> = both!(tx, conn => sqlx::query_scalar(LEAVE_SID).bind(old).fetch_optional(conn).await)?;
    if found.is_none() {
        return Ok(false);
    }
    both!(tx, conn => sqlx::query(SUCCEED).bind(old).bind(&new.id).bind(&new.sid).bind(new.authenticated_at).execute(conn).await.map(|_| ()))?;
    for hand_over in [HAND_OVER_SERVED, HAND_OVER_GRANTS] {
        both!(tx, conn => sqlx::query(hand_over).bind(old).bind(&new.id).execute(conn).await.map(|_| ()))?;
    }
    end(tx, old).await?;
    Ok(true)
}

/// Notes that a session served a relying party, so that its end can be told there.
///
/// # Errors
/// The engine did not answer.
pub async fn serve(tx: &mut Tx, id: &Digest, served: &ServedParty, now: Instant) -> sqlx::Result<()> {
    both!(tx, conn => sqlx::query(SERVE)
        .bind(id)
        .bind(&served.relying_party_id)
        .bind(&served.protocol)
        .bind(&served.service)
        .bind(&served.ticket)
        .bind(now)
        .execute(conn).await.map(|_| ()))
}

/// Whom a session served.
///
/// # Errors
/// The engine did not answer.
pub async fn list_served(db: &Db, id: &Digest) -> sqlx::Result<Vec<ServedParty>> {
    #[derive(FromRow)]
    struct Row {
        relying_party_id: RelyingPartyId,
        protocol: String,
        service: String,
        ticket: Option<String>,
    }
    let rows: Vec<Row> = read_from!(db, pool => sqlx::query_as(LIST_SERVED).bind(id).fetch_all(pool).await)?;
    let served = |row: Row| ServedParty {
        relying_party_id: row.relying_party_id,
        protocol: row.protocol,
        service: row.service,
        ticket: row.ticket,
    };
    Ok(rows.into_iter().map(served).collect())
}

/// The session that services know by this `sid`.
///
/// # Errors
/// The engine did not answer.
pub async fn find_by_sid(db: &Db, sid: &str) -> sqlx::Result<Option<Digest>> {
    read_from!(db, pool => sqlx::query_scalar(FIND_BY_SID).bind(sid).fetch_optional(pool).await)
}

/// Drops those that are over.
///
/// # Errors
/// The engine did not answer.
pub async fn purge(db: &Db, now: Instant) -> sqlx::Result<u64> {
    write_to!(db, pool => sqlx::query(PURGE).bind(now).execute(pool).await.map(|done| done.rows_affected()))
}
