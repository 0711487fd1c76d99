//! Short-lived things on Redis.

use std::time::Duration;

use redis::{AsyncCommands, aio::ConnectionManager};

use crate::domain::{Digest, Fault, Instant};

use super::Kind;

pub(super) struct Shared {
    connection: ConnectionManager,
    prefix: String,
}

impl Shared {
    pub(super) async fn connect(url: &str, prefix: &str) -> Result<Self, Fault> {
        let unreachable = |e: redis::RedisError| {
            Fault::new(format!("Redis does not answer: {e}")).remedy("check `redis.url` and that the server runs")
        };
        let client = redis::Client::open(url).map_err(unreachable)?;
        let connection = ConnectionManager::new(client).await.map_err(unreachable)?;
        Ok(Self { connection, prefix: prefix.to_owned() })
    }

    fn key(&self, kind: Kind, key: &Digest) -> String {
        format!("{}:{}:{}", self.prefix, kind.name(), key.as_str())
    }

    /// The moment of expiry stands in the value, so that our own clock decides; Redis's expiry only cleans up.
    pub(super) async fn put(
        &self,
        kind: Kind,
        key: &Digest,
        value: &str,
        now: Instant,
        ttl: Duration,
    ) -> Result<(), Fault> {
        let value = format!("{} {value}", (now + ttl).millis());
        let seconds = ttl.as_secs().max(1).saturating_mul(2).max(60);
        let () = self.connection.clone().set_ex(self.key(kind, key), value, seconds).await?;
        Ok(())
    }

    /// `GETDEL` is one command: of many who ask at the same time one gets the value.
    pub(super) async fn take(&self, kind: Kind, key: &Digest, now: Instant) -> Result<Option<String>, Fault> {
        let value: Option<String> = self.connection.clone().get_del(self.key(kind, key)).await?;
        Ok(value.and_then(|value| in_time(&value, now)))
    }

    pub(super) async fn find(&self, kind: Kind, key: &Digest, now: Instant) -> Result<Option<String>, Fault> {
        let value: Option<String> = self.connection.clone().get(self.key(kind, key)).await?;
        Ok(value.and_then(|value| in_time(&value, now)))
    }

    pub(super) async fn ping(&self) -> Result<(), Fault> {
        let () = self.connection.clone().ping().await?;
        Ok(())
    }
}

/// The value, unless its moment of expiry has passed.
fn in_time(value: &str, now: Instant) -> Option<String> {
    let (expires_at, value) = value.split_once(' ')?;
    let expires_at = Instant::from_millis(expires_at.parse().ok()?);
    (now < expires_at).then(|| value.to_owned())
}
