//! How many tries are looked at (design §4, "failed sign-ins").

use std::time::Duration;

use crate::domain::Network;

/// How many tries are looked at, for an account and for a network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// `limits.account.*`.
    pub account: AccountLimits,
    /// `limits.network.*`.
    pub network: NetworkLimits,
    /// `limits.mail.*`.
    pub mail: MailLimits,
    /// `limits.help.*`.
    pub help: RequestLimits,
    /// `recovery.network`, `recovery.school_network`: requests of who has forgotten something, in an hour.
    pub recovery: RequestLimits,
    /// How often a secret question may be answered wrong in an hour (row QST-08).
    pub question_tries: u32,
    /// Registrations that a network may try in an hour (row REG-10).
    pub registration: RequestLimits,
    /// Mismatches for one address before it is paused for a day (row REG-21).
    pub registration_tries: u32,
    /// Addresses that are not on file and said to be so in an hour, all networks together (row REG-10).
    pub registration_unknown: u32,
    /// `limits.school_networks`: networks of schools, one address for hundreds of pupils, as CIDR texts.
    pub school_networks: Vec<String>,
}

/// Tries against one identifier, known or not (CNIL 2022-100, case 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccountLimits {
    /// Failures before the first pause.
    pub failures: u32,
    /// The first pause; it doubles with each further failure.
    pub pause: Duration,
    /// The longest pause.
    pub longest_pause: Duration,
    /// Failures in 24 hours from browsers that the account does not know.
    pub daily: u32,
    /// Failures of one known browser before its own pause.
    pub known_browser: u32,
    /// Failures in 24 hours after which a letter's three words open nothing more that day, in silence.
    pub words: u32,
}

/// The same request again (design §4): what is over them sends no mail, and the page is the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MailLimits {
    /// The same request within this time is one mail.
    pub again_after: Duration,
    /// Mails of one kind to an address in an hour.
    pub hourly: u32,
}

/// Requests of strangers in an hour; for one address `MailLimits` hold (rows HLP-08, HLP-09, FID-07).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestLimits {
    /// From one network.
    pub network: u32,
    /// From a configured school network.
    pub school_network: u32,
}

/// Failures from one network, whatever the identifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NetworkLimits {
    /// Failures within `window` before a network is paused.
    pub failures: u32,
    /// The same for a configured school network (row LOG-14).
    pub school_failures: u32,
    /// Over what time they are counted.
    pub window: Duration,
    /// How long a network is paused.
    pub pause: Duration,
    /// Sign-ins that a network may leave pending within `window`: each is a row that nobody has signed for.
    pub pending: u32,
    /// The same for a configured school network.
    pub school_pending: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            account: AccountLimits {
                failures: 5,
                pause: Duration::from_mins(1),
                longest_pause: Duration::from_mins(15),
                daily: 25,
                known_browser: 10,
                words: 10,
            },
            network: NetworkLimits {
                failures: 100,
                school_failures: 2000,
                window: Duration::from_mins(10),
                pause: Duration::from_mins(1),
                pending: 30_000,
                school_pending: 200_000,
            },
            mail: MailLimits { again_after: Duration::from_mins(2), hourly: 3 },
            help: RequestLimits { network: 20, school_network: 200 },
            recovery: RequestLimits { network: 100, school_network: 1_000 },
            question_tries: 3,
            registration: RequestLimits { network: 60, school_network: 600 },
            registration_tries: 5,
            registration_unknown: 500,
            school_networks: Vec::new(),
        }
    }
}

impl RequestLimits {
    /// How many a network may make.
    #[must_use]
    pub fn of(&self, network: &Network) -> u32 {
        if network.is_school() { self.school_network } else { self.network }
    }
}

impl AccountLimits {
    /// The pause after so many failures in a row: none below the limit, then doubling up to the longest.
    #[must_use]
    pub fn pause_after(&self, failures: u32) -> Option<Duration> {
        let beyond = failures.checked_sub(self.failures)?;
        Some(self.pause.saturating_mul(2_u32.saturating_pow(beyond)).min(self.longest_pause))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_from_a_minute_to_fifteen() {
        let limits = Limits::default().account;
        let minutes = |n| limits.pause_after(n).map(|pause| pause.as_secs() / 60);
        assert_eq!([4, 5, 6, 7, 8, 9, 90].map(minutes), [None, Some(1), Some(2), Some(4), Some(8), Some(15), Some(15)]);
    }
}
