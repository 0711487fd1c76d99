//! The column État in words (design §2).

use crate::{
    domain::{AccountState, Instant},
    say,
};

use super::{Saying, Speaks};

impl Speaks for AccountState {
    fn saying(&self, _now: Instant) -> Saying {
        match self {
            Self::Archived => say!("state-archived"),
            Self::Departing => say!("state-departing"),
            Self::Suspended => say!("state-suspended"),
            Self::ToActivate => say!("state-to-activate"),
            Self::Confirming => say!("state-confirming"),
            Self::Operational => say!("state-operational"),
        }
    }
}
