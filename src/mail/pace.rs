//! Mail to one provider leaves at a pace: a provider that gets a whole school's mail in a minute takes it for a flood. It
//! must not know what a mail says.

use std::{num::NonZeroU32, time::Duration};

use governor::{Quota, RateLimiter, clock::Clock as _, clock::DefaultClock, state::keyed::DashMapStateStore};

use crate::domain::Email;

/// How fast mail leaves for each domain, on this node.
pub(super) struct Pace {
    limiter: RateLimiter<String, DashMapStateStore<String>, DefaultClock>,
    clock: DefaultClock,
}

impl Pace {
    /// So many mails a minute for each domain; none where that is zero.
    pub(super) fn of(per_minute: u32) -> Option<Self> {
        let quota = Quota::per_minute(NonZeroU32::new(per_minute)?);
        let clock = DefaultClock::default();
        Some(Self { limiter: RateLimiter::dashmap_with_clock(quota, clock.clone()), clock })
    }

    /// Whether a mail to this address may leave now; else after how long.
    pub(super) fn lets(&self, to: &Email) -> Result<(), Duration> {
        let domain = to.as_str().rsplit('@').next().unwrap_or_default().to_owned();
        self.limiter.check_key(&domain).map_err(|not_until| not_until.wait_time_from(self.clock.now()))
    }

    /// Forgets domains that nothing was sent to of late.
    pub(super) fn sweep(&self) {
        self.limiter.retain_recent();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_domain_has_a_pace_of_its_own() {
        let pace = Pace::of(2).expect("a pace");
        let to = |text| Email::parse(text).expect("an address");
        assert!(pace.lets(&to("a@un.example")).is_ok() && pace.lets(&to("b@UN.example")).is_ok());
        let wait = pace.lets(&to("c@un.example")).expect_err("the third of a minute waits");
        assert!(wait > Duration::ZERO && wait <= Duration::from_secs(30), "{wait:?}");
        assert!(pace.lets(&to("a@autre.example")).is_ok(), "another domain does not");
        assert!(Pace::of(0).is_none());
    }
}
