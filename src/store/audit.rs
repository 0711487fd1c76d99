//! The audit trail: written in the transaction of what it tells of, unchained.

use sqlx::FromRow;

use crate::domain::{AccountId, Actor, Digest, Entry, Event, Fault, Instant};

use super::{Db, Tx};

const ADD: &str = "INSERT INTO audit (id, at, event, account_id, actor_id, acted_by, portal, network, request_id, data)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
const LIST: &str =
    "SELECT at, event, account_id, actor_id, network, data FROM audit WHERE account_id = $1 ORDER BY at, id";
const LIST_LAST: &str = "SELECT at, event, account_id, actor_id, network, data FROM audit
    WHERE account_id = $1 AND at >= $2 AND event NOT IN ('password_rehashed', 'consent_given')
    ORDER BY at DESC, id DESC LIMIT $3 OFFSET $4";
const PURGE: &str = "DELETE FROM audit WHERE at < $1";

/// This file's statements.
pub const STATEMENTS: &[&str] = &[ADD, LIST, LIST_LAST, PURGE];

/// Writes the line of something that happened.
///
/// # Errors
/// The engine did not answer.
pub async fn add(tx: &mut Tx, by: &Actor, account_id: Option<&AccountId>, event: &Event) -> Result<(), Fault> {
    let mut data = serde_json::to_value(event)?;
    let name = data.as_object_mut().and_then(|object| object.remove("event"));
    let name = name.as_ref().and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
    let id = line_id(by, account_id, &name, &data);
    both!(tx, conn => sqlx::query(ADD)
        .bind(id)
        .bind(by.now)
        .bind(name)
        .bind(account_id)
        .bind(&by.account_id)
        .bind(by.by)
        .bind(&by.portal)
        .bind(&by.network)
        .bind(&by.request_id)
        .bind(data.to_string())
        .execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// Lines need an id that no other line has, and that keeps them in the order in which one request wrote them: the time,
/// then a counter. What they tell keeps apart the lines of two nodes.
fn line_id(by: &Actor, account_id: Option<&AccountId>, name: &str, data: &serde_json::Value) -> String {
    use std::sync::atomic::{AtomicU64, Ordering};
    static LINES: AtomicU64 = AtomicU64::new(0);
    let nth = LINES.fetch_add(1, Ordering::Relaxed);
    let told = format!("{nth} {} {:?} {account_id:?} {name} {data}", std::process::id(), by.request_id);
    format!("{:013}-{nth:010}-{}", by.now.millis(), Digest::of(told.as_bytes()).as_str())
}

/// The lines of one account, oldest first.
///
/// # Errors
/// The engine did not answer, or a line is damaged.
pub async fn list(db: &Db, account_id: &AccountId) -> Result<Vec<Entry>, Fault> {
    let rows: Vec<Row> = read_from!(db, pool => sqlx::query_as(LIST).bind(account_id).fetch_all(pool).await)?;
    rows.into_iter().map(Entry::try_from).collect()
}

/// The lines of one account since a moment, newest first, as far as its holder can make something of them: so many are
/// left out, then so many taken.
///
/// # Errors
/// The engine did not answer, or a line is damaged.
pub async fn list_last(
    db: &Db,
    account_id: &AccountId,
    since: Instant,
    (skip, take): (u32, u32),
) -> Result<Vec<Entry>, Fault> {
    let rows: Vec<Row> = read_from!(db, pool => sqlx::query_as(LIST_LAST).bind(account_id).bind(since).bind(i64::from(take)).bind(i64::from(skip)).fetch_all(pool).await)?;
    rows.into_iter().map(Entry::try_from).collect()
}

#[derive(FromRow)]
struct Row {
    at: Instant,
    event: String,
    account_id: Option<AccountId>,
    actor_id: Option<AccountId>,
    network: Option<String>,
    data: String,
}

impl TryFrom<Row> for Entry {
    type Error = Fault;

    fn try_from(row: Row) -> Result<Self, Fault> {
        let data = serde_json::from_str(&row.data)?;
        Ok(Self {
            at: row.at,
            event: row.event,
            account_id: row.account_id,
            actor_id: row.actor_id,
            network: row.network,
            data,
        })
    }
}

/// Drops lines older than their time (`audit.keep`).
///
/// # Errors
/// The engine did not answer.
pub async fn purge(db: &Db, before: Instant) -> sqlx::Result<u64> {
    write_to!(db, pool => sqlx::query(PURGE).bind(before).execute(pool).await.map(|done| done.rows_affected()))
}
