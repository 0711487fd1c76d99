//! Dates and times as the school writes them, in its zone, on 24 hours (row XCT-08).

use std::time::Duration;

use jiff::{Zoned, tz::TimeZone};

use crate::domain::Instant;

use super::{Speaker, Value};

impl Speaker {
    /// A date and a time: "21 novembre 2026 à 19 h 05". `zone` is an IANA name; an unknown one stands for UTC.
    #[must_use]
    pub fn moment(self, at: Instant, zone: &str) -> String {
        self.of_clock("moment", &local(at, zone))
    }

    /// A date: "1er décembre 2026".
    #[must_use]
    pub fn date(self, at: Instant, zone: &str) -> String {
        self.of_clock("date", &local(at, zone))
    }

    /// A time of the day: "19 h 05".
    #[must_use]
    pub fn time(self, at: Instant, zone: &str) -> String {
        self.of_clock("time", &local(at, zone))
    }

    /// The name of a month, 1 to 12.
    #[must_use]
    pub fn month(self, month: i64) -> String {
        self.say_with("month-name", &[("month", month)])
    }

    /// A span in whole minutes, rounded up: "3 minutes". Never none.
    #[must_use]
    pub fn minutes(self, span: Duration) -> String {
        self.say_with("minutes", &[("minutes", whole_minutes(span))])
    }

    fn of_clock(self, what: &str, zoned: &Zoned) -> String {
        let numbers = |name, number: i64| (name, Value::from(number));
        let date = self.say_with(
            "calendar-date",
            &[
                numbers("day", i64::from(zoned.day())),
                numbers("month", i64::from(zoned.month())),
                ("year", Value::from(zoned.year().to_string())),
            ],
        );
        let time = self.say_with(
            "clock-time",
            &[("hour", zoned.hour().to_string()), ("minute", format!("{:02}", zoned.minute()))],
        );
        match what {
            "date" => date,
            "time" => time,
            _ => self.say_with("date-and-time", &[("date", date), ("time", time)]),
        }
    }
}

/// A span in whole minutes, rounded up, at least one.
pub(super) fn whole_minutes(span: Duration) -> u64 {
    span.as_millis().div_ceil(60_000).try_into().unwrap_or(u64::MAX).max(1)
}

fn local(at: Instant, zone: &str) -> Zoned {
    let timestamp = at.timestamp();
    timestamp.to_zoned(TimeZone::get(zone).unwrap_or(TimeZone::UTC))
}

#[cfg(test)]
mod tests {
    use crate::{
        policy::SchoolWord,
        words::{Country, Locale, Register},
    };

    use super::*;

    fn speaker(locale: Locale) -> Speaker {
        Speaker { locale, register: Register::Vous, country: Country::France, school_word: SchoolWord::School }
    }

    #[test]
    fn xct_08_times_are_the_schools_on_24_hours() {
        let (french, english) = (speaker(Locale::Fr), speaker(Locale::En));
        let evening = Instant::from_seconds(1_795_284_300); // 2026-11-21T18:05:00Z
        let said = |speaker: Speaker, zone| speaker.moment(evening, zone).replace('\u{a0}', "_");
        assert_eq!(said(french, "Europe/Paris"), "21_novembre 2026 à 19_h_05");
        assert_eq!(said(french, "America/Toronto"), "21_novembre 2026 à 13_h_05");
        assert_eq!(said(french, "Nowhere/Else"), "21_novembre 2026 à 18_h_05");
        assert_eq!(said(english, "Europe/Paris"), "21_November 2026 at 19:05");
        let midnight = Instant::from_seconds(1_796_079_600); // 2026-11-30T23:00:00Z
        assert_eq!(french.moment(midnight, "Europe/Paris").replace('\u{a0}', "_"), "1er_décembre 2026 à 0_h_00");
    }

    #[test]
    fn a_span_is_said_in_whole_minutes_rounded_up() {
        let said = |seconds| speaker(Locale::Fr).minutes(Duration::from_secs(seconds)).replace('\u{a0}', " ");
        assert_eq!([0, 60, 61, 900].map(said), ["1 minute", "1 minute", "2 minutes", "15 minutes"]);
    }
}
