//! Which step a sign-in owes next: the only place that knows their order (design §3).

use crate::domain::{Demands, Instant, Profile, Session, Step};

use super::{Portal, SecondFactorRule};

/// What is known when the next step is chosen.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own, none excludes another")]
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
    /// Whether the account has a second factor.
    pub enrolled: bool,
    /// Whether the person looks after the network.
    pub is_administrator: bool,
    /// Whether that session was opened with a temporary password that it has not replaced yet.
    pub owes_password: bool,
    /// Whether the account's address gives mail back.
    pub has_bad_address: bool,
    /// Whether a charter in force bars the way (`Concern::bars`).
    pub owes_charter: bool,
    /// Whether the question for an address for notifications is still to be asked here.
    pub owes_notification: bool,
    /// Whether a third-party service still lacks the person's consent.
    pub lacks_consent: bool,
    /// The moment.
    pub now: Instant,
}

/// The next step (design §3). Pure: everything it knows is in `owed`.
#[must_use]
pub fn next_step(owed: &Owed<'_>) -> Step {
    let signed_in = owed.session.filter(|(session, _)| session.satisfies(owed.demands));
    let Some((session, profiles)) = signed_in else {
        let must_choose = owed.portal.chooser && owed.chosen.is_none();
        return if must_choose { Step::ChooseProfile } else { Step::Authenticate };
    };
    // Before anything else is told: the password alone opens nothing.
    if owed.enrolled && !session.has_second_factor() {
        return Step::SecondFactor;
    }
    if owed.owes_password {
        return Step::ReplacePassword;
    }
    if !profiles.iter().any(|profile| owed.portal.profiles.contains(profile)) {
        return Step::NotWelcome;
    }
    if must_enrol(owed, session, profiles) {
        return Step::EnrolSecondFactor;
    }
    // Nobody is held up by a question that may be left open.
    if owed.has_bad_address && !owed.demands.unasked {
        return Step::CorrectAddress;
    }
    if owed.owes_charter {
        return Step::AcceptCharter;
    }
    if owed.owes_notification && !owed.demands.unasked {
        return Step::NotificationEmail;
    }
    if owed.lacks_consent {
        return Step::Consent;
    }
    Step::Answer
}

/// Whether a second factor has to be added first: the portal requires it, or the request does and the portal offers it.
fn must_enrol(owed: &Owed<'_>, session: &Session, profiles: &[Profile]) -> bool {
    let rule = owed.portal.second_factors.rule(profiles, owed.is_administrator);
    !session.has_second_factor()
        && (rule == SecondFactorRule::Required || (owed.demands.two_factors && rule == SecondFactorRule::Offered))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::domain::{AccountId, Digest};

    const NOON: Instant = Instant::from_seconds(43_200);

    fn portal(chooser: bool, profiles: &[Profile]) -> Portal {
        Portal { profiles: profiles.to_vec(), chooser, ..Portal::of_tests("ent") }
    }

    /// Signed in that long before noon.
    fn session(ago: u64) -> Session {
        Session {
            id: Digest::of(b"cookie"),
            sid: "sid".into(),
            account_id: AccountId::new("nadia"),
            authenticated_at: NOON - Duration::from_secs(ago),
            amr: vec!["pwd".into()],
            profile: None,
            seen_at: NOON,
            idle_ttl: Duration::from_hours(1),
            expires_at: NOON + Duration::from_hours(1),
            remembered: false,
        }
    }

    #[test]
    fn every_combination_leads_to_one_step_in_the_order_of_the_design() {
        let demands = [
            ("nothing", Demands::default()),
            ("max_age=60", Demands { authenticate_after: Some(NOON - Duration::from_mins(1)), ..Demands::default() }),
            (
                "prompt=login at noon less 30 s",
                Demands { authenticate_after: Some(NOON - Duration::from_secs(30)), ..Demands::default() },
            ),
        ];
        for chooser in [false, true] {
            for chosen in [None, Some(Profile::Parent)] {
                for welcome in [&[Profile::Parent][..], &[Profile::Pupil][..]] {
                    for ago in [None, Some(10), Some(45), Some(300)] {
                        for (name, demands) in &demands {
                            for gates in 0..8 {
                                let [owes_charter, owes_notification, lacks_consent] =
                                    [1, 2, 4].map(|gate| gates & gate != 0);
                                let (portal, session) = (portal(chooser, welcome), ago.map(session));
                                let owed = Owed {
                                    portal: &portal,
                                    demands,
                                    chosen,
                                    session: session.as_ref().map(|session| (session, &[Profile::Parent][..])),
                                    enrolled: false,
                                    is_administrator: false,
                                    owes_password: false,
                                    has_bad_address: false,
                                    owes_charter,
                                    owes_notification,
                                    lacks_consent,
                                    now: NOON,
                                };
                                let fresh = match *name {
                                    "nothing" => ago.is_some(),
                                    "max_age=60" => ago.is_some_and(|ago| ago <= 60),
                                    _ => ago.is_some_and(|ago| ago < 30),
                                };
                                let gates = (owes_charter, owes_notification, lacks_consent);
                                let expected = match (fresh, chooser && chosen.is_none(), welcome, gates) {
                                    (false, true, _, _) => Step::ChooseProfile,
                                    (false, false, _, _) => Step::Authenticate,
                                    (true, _, [Profile::Pupil], _) => Step::NotWelcome,
                                    (true, _, _, (true, _, _)) => Step::AcceptCharter,
                                    (true, _, _, (_, true, _)) => Step::NotificationEmail,
                                    (true, _, _, (_, _, true)) => Step::Consent,
                                    (true, _, _, (false, false, false)) => Step::Answer,
                                };
                                assert_eq!(next_step(&owed), expected, "{owed:?}");
                            }
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn qst_05_a_temporary_password_is_replaced_before_anything_else() {
        for (welcome, lacks_consent) in [(&[Profile::Parent][..], true), (&[Profile::Pupil][..], false)] {
            let (portal, session) = (portal(true, welcome), session(10));
            let owed = Owed {
                portal: &portal,
                demands: &Demands::default(),
                chosen: None,
                session: Some((&session, &[Profile::Parent][..])),
                enrolled: false,
                is_administrator: false,
                owes_password: true,
                has_bad_address: true,
                owes_charter: true,
                owes_notification: true,
                lacks_consent,
                now: NOON,
            };
            assert_eq!(next_step(&owed), Step::ReplacePassword);
            assert_eq!(next_step(&Owed { session: None, ..owed }), Step::ChooseProfile, "nobody is signed in");
        }
    }

    /// The rule's name, whether the account has a second factor, whether the session was given one, whether the request
    /// demands two, and the step.
    #[test]
    fn fpw_14_adm_20_a_second_factor_goes_before_everything_but_the_password() {
        use SecondFactorRule::{Off, Offered, Required};
        let table = [
            (Off, false, false, false, Step::Answer),
            (Off, false, false, true, Step::Answer),
            (Off, true, false, false, Step::SecondFactor),
            (Off, true, true, true, Step::Answer),
            (Offered, false, false, false, Step::Answer),
            (Offered, false, false, true, Step::EnrolSecondFactor),
            (Offered, true, false, false, Step::SecondFactor),
            (Offered, true, true, true, Step::Answer),
            (Required, false, false, false, Step::EnrolSecondFactor),
            (Required, true, false, false, Step::SecondFactor),
            (Required, true, true, false, Step::Answer),
            (Required, false, true, false, Step::Answer),
        ];
        for (rule, enrolled, given, two_factors, expected) in table {
            for lacks_consent in [false, true] {
                let mut portal = portal(true, &[Profile::Parent]);
                portal.second_factors = crate::policy::SecondFactors::new([(Profile::Parent, rule)], None);
                let mut session = session(10);
                if given {
                    session.amr = vec!["pwd".into(), "otp".into(), Session::TWO_FACTORS.into()];
                }
                let demands = Demands { two_factors, ..Demands::default() };
                let owed = Owed {
                    portal: &portal,
                    demands: &demands,
                    chosen: None,
                    session: Some((&session, &[Profile::Parent][..])),
                    enrolled,
                    is_administrator: false,
                    owes_password: false,
                    has_bad_address: false,
                    owes_charter: false,
                    owes_notification: false,
                    lacks_consent,
                    now: NOON,
                };
                let expected = if lacks_consent && expected == Step::Answer { Step::Consent } else { expected.clone() };
                assert_eq!(next_step(&owed), expected, "{rule:?} {owed:?}");
                let stale = Demands { authenticate_after: Some(NOON), ..demands.clone() };
                assert_eq!(next_step(&Owed { demands: &stale, ..owed }), Step::ChooseProfile, "the password first");
                let elsewhere = Portal { profiles: vec![Profile::Pupil], ..portal.clone() };
                let unwelcome = next_step(&Owed { portal: &elsewhere, ..owed });
                let hides = enrolled && !given;
                assert_eq!(unwelcome, if hides { Step::SecondFactor } else { Step::NotWelcome });
                let temporary = next_step(&Owed { owes_password: true, ..owed });
                assert_eq!(temporary, if hides { Step::SecondFactor } else { Step::ReplacePassword });
            }
        }
    }

    #[test]
    fn adm_20_an_administrator_adds_one_by_default() {
        let (portal, session) = (portal(false, &Profile::ALL), session(10));
        let demands = Demands::default();
        let owed = Owed {
            portal: &portal,
            demands: &demands,
            chosen: None,
            session: Some((&session, &[Profile::LocalAuthorityStaff][..])),
            enrolled: false,
            is_administrator: true,
            owes_password: false,
            has_bad_address: false,
            owes_charter: false,
            owes_notification: false,
            lacks_consent: false,
            now: NOON,
        };
        assert_eq!(next_step(&owed), Step::EnrolSecondFactor);
        assert_eq!(next_step(&Owed { is_administrator: false, ..owed }), Step::Answer);
    }

    #[test]
    fn cha_12_where_nobody_may_be_asked_a_charter_bars_and_an_open_question_does_not() {
        let (portal, session) = (portal(false, &[Profile::Parent]), session(10));
        let demands = Demands { unasked: true, ..Demands::default() };
        let owed = Owed {
            portal: &portal,
            demands: &demands,
            chosen: None,
            session: Some((&session, &[Profile::Parent])),
            enrolled: false,
            is_administrator: false,
            owes_password: false,
            has_bad_address: false,
            owes_charter: true,
            owes_notification: true,
            lacks_consent: false,
            now: NOON,
        };
        assert_eq!(next_step(&owed), Step::AcceptCharter);
        assert_eq!(next_step(&Owed { owes_charter: false, ..owed }), Step::Answer);
    }

    #[test]
    fn mel_05_an_address_that_gives_mail_back_is_asked_about_but_holds_up_no_silent_request() {
        let (portal, session, unasked) =
            (portal(false, &[Profile::Parent]), session(10), Demands { unasked: true, ..Demands::default() });
        let owed = Owed {
            portal: &portal,
            demands: &Demands::default(),
            chosen: None,
            session: Some((&session, &[Profile::Parent][..])),
            enrolled: false,
            is_administrator: false,
            owes_password: false,
            has_bad_address: true,
            owes_charter: true,
            owes_notification: true,
            lacks_consent: false,
            now: NOON,
        };
        assert_eq!(next_step(&owed), Step::CorrectAddress, "before the charter");
        assert_eq!(next_step(&Owed { demands: &unasked, ..owed }), Step::AcceptCharter);
        assert_eq!(next_step(&Owed { owes_password: true, ..owed }), Step::ReplacePassword);
    }
}
