//! Which step a sign-in owes next: the only place that knows their order (design §3).

use crate::domain::{Demands, Instant, Profile, Session, Step};

use super::Portal;

/// What is known when the next step is chosen.
#[derive(Clone, Copy, Debug)]
pub struct Owed<'a> {
    /// The portal at whose door the person stands.
    pub portal: &'a Portal,
    /// What was demanded of the session.
    pub demands: &'a Demands,
    /// The profile chosen on the way.
    pub chosen: Option<Profile>,
    /// The living session of an account that may sign in, with its profiles.
    pub session: Option<(&'a Session, &'a [Profile])>,
    /// Whether a third-party service still lacks the person's consent.
    pub lacks_consent: bool,
    /// The moment.
    pub now: Instant,
}

/// The next step (design §3). Pure: everything it knows is in `owed`.
#[must_use]
pub fn next_step(owed: &Owed<'_>) -> Step {
    let signed_in = owed.session.filter(|(session, _)| session.satisfies(owed.demands, owed.now));
    let Some((_, profiles)) = signed_in else {
        let must_choose = owed.portal.chooser && owed.chosen.is_none();
        return if must_choose { Step::ChooseProfile } else { Step::Authenticate };
    };
    if !profiles.iter().any(|profile| owed.portal.profiles.contains(profile)) {
        return Step::NotWelcome;
    }
    if owed.lacks_consent {
        return Step::Consent;
    }
    Step::Answer
}
