//! Many letters, one after the other: several hashes at once, one transaction for each letter.

use std::collections::VecDeque;

use super::{
    Due, Made, Office, Reason, Skipped,
    make::{Begun, NotMade, begin},
};
use crate::{
    domain::{Actor, Fault},
    policy::Portal,
};

/// How many passwords wait for their hash at once: bulk work has at least so many places.
const AT_ONCE: usize = 8;

/// A letter to print.
#[derive(Debug)]
pub struct Letter {
    /// To whom.
    pub due: Due,
    /// What stands on it.
    pub made: Made,
}

/// What became of those who were due a letter.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The letters, in the order in which they were asked for.
    pub letters: Vec<Letter>,
    /// Whose account changed in between.
    pub skipped: Vec<Skipped>,
}

/// Makes a letter for each of them; `progress` is told how many are done. Ended half-way, those made are void for nobody
/// has read them: asked again, everybody gets a new one.
///
/// # Errors
/// The store or the pool did not answer, or somebody has no account (`prepare` makes them).
pub async fn make_all(
    office: Office<'_>,
    by: &Actor,
    portal: &Portal,
    due: Vec<Due>,
    mut progress: impl FnMut(usize),
) -> Result<Outcome, Fault> {
    let (mut outcome, mut waiting) = (Outcome::default(), VecDeque::new());
    let total = due.len();
    for due in due {
        if waiting.len() >= AT_ONCE
            && let Some(first) = waiting.pop_front()
        {
            finish(office, by, first, &mut outcome).await?;
            progress(total.min(outcome.letters.len() + outcome.skipped.len()));
        }
        let id = due.account_id.as_ref().ok_or_else(|| Fault::new(format!("{} has no account", due.person.id)))?;
        match begin(office, by, portal, id).await? {
            Ok(begun) => waiting.push_back((due, begun)),
            Err(why) => outcome.skips(&due, why),
        }
    }
    for one in waiting {
        finish(office, by, one, &mut outcome).await?;
        progress(outcome.letters.len() + outcome.skipped.len());
    }
    Ok(outcome)
}

async fn finish(office: Office<'_>, by: &Actor, (due, begun): (Due, Begun), to: &mut Outcome) -> Result<(), Fault> {
    match begun.finish(office, by).await? {
        Ok(made) => to.letters.push(Letter { due, made }),
        Err(why) => to.skips(&due, why),
    }
    Ok(())
}

impl Outcome {
    fn skips(&mut self, due: &Due, why: NotMade) {
        let reason = match why {
            NotMade::Closed => Reason::Departed,
            NotMade::Operational => Reason::Operational,
        };
        self.skipped.push(Skipped { name: due.person.full_name(), identifier: None, reason });
    }
}
