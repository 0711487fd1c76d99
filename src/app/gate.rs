//! How many sign-ins a network may begin. Each leaves a row that nobody has signed for: without an end to it, whoever asks
//! often enough would fill the store. It counts on its own node and forgets with it; tries at passwords are counted elsewhere.

use std::{num::NonZeroU32, time::Duration};

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::{domain::Network, policy::NetworkLimits};

/// The gate before pending sign-ins.
pub struct Gate {
    usual: DefaultKeyedRateLimiter<String>,
    school: DefaultKeyedRateLimiter<String>,
}

impl Gate {
    /// As wide as the limits say.
    #[must_use]
    pub fn new(limits: &NetworkLimits) -> Self {
        let of = |pending| RateLimiter::keyed(quota(pending, limits.window));
        Self { usual: of(limits.pending), school: of(limits.school_pending) }
    }

    /// Whether one more sign-in may begin from there; counts it if so.
    #[must_use]
    pub fn lets_in(&self, network: &Network) -> bool {
        let limiter = if network.is_school() { &self.school } else { &self.usual };
        limiter.check_key(&network.as_str().to_owned()).is_ok()
    }

    /// Forgets networks that have been quiet.
    pub fn sweep(&self) {
        for limiter in [&self.usual, &self.school] {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
    }
}

/// So many at once, and as many again in each window.
fn quota(pending: u32, window: Duration) -> Quota {
    let pending = NonZeroU32::new(pending).unwrap_or(NonZeroU32::MIN);
    let each = (window / pending.get()).max(Duration::from_nanos(1));
    Quota::with_period(each).unwrap_or_else(|| Quota::per_second(pending)).allow_burst(pending)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Limits;

    #[test]
    fn a_network_begins_as_many_as_it_may_and_others_are_not_kept_out() {
        let limits = NetworkLimits { pending: 3, school_pending: 5, ..Limits::default().network };
        let gate = Gate::new(&limits);
        let count = |network: &Network| (0..9).filter(|_| gate.lets_in(network)).count();
        assert_eq!(count(&Network::of([192, 0, 2, 7].into())), 3);
        assert_eq!(count(&Network::of([198, 51, 100, 7].into())), 3);
        assert_eq!(count(&Network::school("203.0.113.0/24")), 5);
        gate.sweep();
        assert!(!gate.lets_in(&Network::of([192, 0, 2, 9].into())), "the same network, still busy");
    }
}
