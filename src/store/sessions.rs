//! Single sign-on sessions, and whom they served. Their ends are in `ending`.

mod ending;

use std::time::Duration;

use sqlx::{FromRow, Row as _};

use crate::domain::{
    Account, AccountId, Digest, Enrolled, Fault, Identifier, Instant, PersonId, Profile, RelyingPartyId, ServedParty,
    Session, SessionLine,
};

use super::{Db, Tx, accounts, uses};

pub use ending::{STATEMENTS as ENDING, end, end_older, end_one, end_others, rotate};

const ADD: &str =
    "INSERT INTO session (id, sid, account_id, authenticated_at, amr, profile, created_at, seen_at, idle_ttl,
    expires_at, remembered, device, network) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
const FIND_STANDING: &str =
    "SELECT s.id AS session_id, s.sid, s.authenticated_at, s.amr, s.profile, s.seen_at, s.idle_ttl,
    s.expires_at, s.remembered, s.charters, (d.account_id IS NOT NULL) AS answered_notification,
    EXISTS (SELECT 1 FROM bounced_address b WHERE b.email_folded = a.email_folded) AS has_bad_address, a.*, p.given_name, p.family_name,
    (SELECT string_agg(f.profile, ',') FROM (SELECT DISTINCT profile FROM affiliation WHERE person_id = a.person_id) f)
        AS profiles,
    (SELECT COUNT(*) FROM temporary_password t WHERE t.account_id = a.id AND t.used_by = s.id) AS owed_passwords,
    EXISTS (SELECT 1 FROM totp t WHERE t.account_id = a.id AND t.confirmed_at IS NOT NULL) AS has_totp,
    EXISTS (SELECT 1 FROM passkey k WHERE k.account_id = a.id) AS has_passkeys,
    EXISTS (SELECT 1 FROM affiliation n JOIN establishment e ON e.id = n.establishment_id
        WHERE n.person_id = a.person_id AND e.code = 'NETWORK') AS is_administrator
    FROM session s JOIN account a ON a.id = s.account_id JOIN person p ON p.id = a.person_id
    LEFT JOIN notification_address d ON d.account_id = a.id WHERE s.id = $1";
const SETTLE: &str = "UPDATE session SET charters = $2 WHERE id = $1";
const SEE: &str = "UPDATE session SET seen_at = $2 WHERE id = $1 AND seen_at < $2";
const LIST: &str = "SELECT id, sid, device, network, created_at, seen_at FROM session
    WHERE account_id = $1 AND expires_at > $2 AND seen_at + idle_ttl > $2
    AND authenticated_at >= (SELECT valid_since FROM account WHERE id = $1) ORDER BY seen_at DESC, id";
const SERVE: &str = "INSERT INTO served_party (session_id, relying_party_id, protocol, service, ticket, served_at)
    SELECT id, $2, $3, $4, $5, $6 FROM session WHERE id = $1
    ON CONFLICT (session_id, relying_party_id, protocol, service) DO UPDATE SET ticket = excluded.ticket, served_at = excluded.served_at";
const LIST_SERVED: &str = "SELECT relying_party_id, protocol, service, ticket FROM served_party WHERE session_id = $1
    ORDER BY served_at, relying_party_id, service";
const FIND_BY_SID: &str = "SELECT id FROM session WHERE sid = $1";
const PURGE: &str = "DELETE FROM session WHERE expires_at < $1 OR seen_at + idle_ttl < $1";

/// This file's statements.
pub const STATEMENTS: &[&str] = &[ADD, FIND_STANDING, SETTLE, SEE, LIST, SERVE, LIST_SERVED, FIND_BY_SID, PURGE];

/// Who stands at the door: a session, its account and what the account's person is; one statement for the hot path.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own, none excludes another")]
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
    /// The account's second factors.
    pub enrolled: Enrolled,
    /// Whether the person looks after the network.
    pub is_administrator: bool,
    /// For which charters in force it is known that none is owed (`policy::Charters::mark`).
    pub charters: Option<String>,
    /// Whether the question for an address for notifications was answered.
    pub answered_notification: bool,
    /// Whether the account's address gives mail back (row MEL-05).
    pub has_bad_address: bool,
}

/// A living session of which no more is said than that its first proof was given. What it opens it says only as a
/// `Standing`, and that it becomes in one way: a second factor that the account has was given as well.
#[derive(Clone, Debug)]
pub struct Halfway(Standing);

impl Halfway {
    /// Who stands there for all purposes; nobody where the account has a second factor that this session was not given.
    #[must_use]
    pub fn whole(self) -> Option<Standing> {
        (!self.owes_second_factor()).then_some(self.0)
    }

    /// The same, only looked at.
    #[must_use]
    pub fn as_whole(&self) -> Option<&Standing> {
        (!self.owes_second_factor()).then_some(&self.0)
    }

    /// Whether a second factor that the account has is still to be given.
    #[must_use]
    pub fn owes_second_factor(&self) -> bool {
        self.0.enrolled.any() && !self.0.session.has_second_factor()
    }

    /// The session, to be measured against what is demanded.
    #[must_use]
    pub const fn session(&self) -> &Session {
        &self.0.session
    }

    /// The account's id.
    #[must_use]
    pub const fn account_id(&self) -> &AccountId {
        &self.0.account.id
    }

    /// The account's identifier, which was typed.
    #[must_use]
    pub const fn identifier(&self) -> &Identifier {
        &self.0.account.identifier
    }

    /// The person's full name, for keys.
    #[must_use]
    pub fn full_name(&self) -> &str {
        &self.0.full_name
    }

    /// Every profile of the person.
    #[must_use]
    pub fn profiles(&self) -> &[Profile] {
        &self.0.profiles
    }

    /// The account's second factors.
    #[must_use]
    pub const fn enrolled(&self) -> Enrolled {
        self.0.enrolled
    }

    /// Whether a temporary password opened the session, which has not replaced it yet.
    #[must_use]
    pub const fn owes_password(&self) -> bool {
        self.0.owes_password
    }

    /// Whether the person looks after the network.
    #[must_use]
    pub const fn is_administrator(&self) -> bool {
        self.0.is_administrator
    }
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
                let enrolled = Enrolled { totp: row.try_get("has_totp")?, passkeys: row.try_get("has_passkeys")? };
                let is_administrator = row.try_get("is_administrator")?;
                let charters: Option<String> = row.try_get("charters")?;
                let answered_notification: bool = row.try_get("answered_notification")?;
                let has_bad_address: bool = row.try_get("has_bad_address")?;
                let full_name = format!("{given_name} {family_name}").trim().to_owned();
                Ok(Self(Account::try_from(account).map(|account| Standing {
                    session,
                    account,
                    given_name,
                    full_name,
                    profiles,
                    owes_password,
                    enrolled,
                    is_administrator,
                    charters,
                    answered_notification,
                    has_bad_address,
                })))
            }
        }
    )* };
}
standing_from_row!(sqlx::sqlite::SqliteRow, sqlx::postgres::PgRow);

/// Opens a session; `device` and `network` are short texts for the person's list of sessions.
///
/// # Errors
/// The engine did not answer.
pub async fn add(tx: &mut Tx, session: &Session, (device, network): (&str, &str), now: Instant) -> sqlx::Result<()> {
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
        .bind(network)
        .execute(conn).await.map(|_| ()))
}

/// Who stands behind the living session of that cookie's digest: its account may sign in, was not made void since, and
/// every factor that it has was given.
///
/// # Errors
/// The engine did not answer, or a row is damaged.
pub async fn find_standing(db: &Db, id: &Digest, now: Instant) -> Result<Option<Standing>, Fault> {
    Ok(find_halfway(db, id, now).await?.and_then(Halfway::whole))
}

/// The same where perhaps the first proof alone was given.
///
/// # Errors
/// The engine did not answer, or a row is damaged.
pub async fn find_halfway(db: &Db, id: &Digest, now: Instant) -> Result<Option<Halfway>, Fault> {
    let row: Option<StandingRow> =
        read_from!(db, pool => sqlx::query_as(FIND_STANDING).bind(id).fetch_optional(pool).await)?;
    let standing = row.map(|row| row.0).transpose()?;
    let standing = standing.filter(|standing| {
        standing.session.is_alive(now)
            && standing.account.may_sign_in()
            && standing.session.authenticated_at >= standing.account.valid_since
    });
    Ok(standing.map(Halfway))
}

/// Notes for which charters in force a session is known to owe none, so that its next uses need not look.
///
/// # Errors
/// The engine did not answer.
pub async fn settle(db: &Db, id: &Digest, mark: &str) -> sqlx::Result<()> {
    write_to!(db, pool => sqlx::query(SETTLE).bind(id).bind(mark).execute(pool).await.map(|_| ()))
}

/// The same inside a transaction.
///
/// # Errors
/// The engine did not answer.
pub async fn settle_in(tx: &mut Tx, id: &Digest, mark: &str) -> sqlx::Result<()> {
    both!(tx, conn => sqlx::query(SETTLE).bind(id).bind(mark).execute(conn).await.map(|_| ()))
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

/// An account's living sessions, the last used first.
///
/// # Errors
/// The engine did not answer.
pub async fn list(db: &Db, account_id: &AccountId, now: Instant) -> sqlx::Result<Vec<SessionLine>> {
    read_from!(db, pool => sqlx::query_as(LIST).bind(account_id).bind(now).fetch_all(pool).await)
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
        .execute(conn).await.map(|_| ()))?;
    uses::note(tx, id, &served.relying_party_id, now).await
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
