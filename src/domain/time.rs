//! Moments, as the store and the protocols count them.

use std::{
    fmt,
    ops::{Add, Sub},
    time::Duration,
};

/// A moment: milliseconds since 1970-01-01T00:00:00Z. It is handed down from the visit's one look at the clock.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, sqlx::Type)]
#[serde(transparent)]
#[sqlx(transparent)]
pub struct Instant(i64);

impl Instant {
    /// From Unix milliseconds.
    #[must_use]
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// From Unix seconds (`NumericDate`, RFC 7519 §2).
    #[must_use]
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(1000))
    }

    /// Unix milliseconds.
    #[must_use]
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Whole Unix seconds (`NumericDate`, RFC 7519 §2).
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// The same moment for the calendar; what lies beyond jiff's years is their end.
    #[must_use]
    pub fn timestamp(self) -> jiff::Timestamp {
        let ends = (jiff::Timestamp::MIN.as_millisecond(), jiff::Timestamp::MAX.as_millisecond());
        jiff::Timestamp::from_millisecond(self.0.clamp(ends.0, ends.1)).unwrap_or(jiff::Timestamp::UNIX_EPOCH)
    }

    /// Its day in UTC.
    #[must_use]
    pub fn utc_date(self) -> jiff::civil::Date {
        self.timestamp().to_zoned(jiff::tz::TimeZone::UTC).date()
    }

    /// RFC 3339 in UTC with `Z`, to the second: clients of CAS in Java refuse `+00:00`.
    #[must_use]
    pub fn rfc_3339(self) -> String {
        Self::from_seconds(self.seconds()).timestamp().to_string()
    }

    /// The span in which it lies, where all time since 1970 is cut into spans of this length: within one, the same request is
    /// the same row.
    #[must_use]
    pub fn slot(self, span: Duration) -> i64 {
        self.0 / i64::try_from(span.as_millis()).unwrap_or(i64::MAX).max(1)
    }

    /// How long ago `earlier` was; zero when it lies ahead.
    #[must_use]
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }
}

impl Add<Duration> for Instant {
    type Output = Self;
    fn add(self, span: Duration) -> Self {
        Self(self.0.saturating_add(i64::try_from(span.as_millis()).unwrap_or(i64::MAX)))
    }
}

impl Sub<Duration> for Instant {
    type Output = Self;
    fn sub(self, span: Duration) -> Self {
        Self(self.0.saturating_sub(i64::try_from(span.as_millis()).unwrap_or(i64::MAX)))
    }
}

impl fmt::Debug for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ms", self.0)
    }
}
