//! The ways back in: what is forgotten, what was sent, and what became of a link.

use std::time::Duration;

use askama::Template;

use crate::{
    domain::{Instant, Refusal},
    say,
};

use super::{Field, Frame, Hidden, MessagePage, Place, Problems, Way};

/// What a form with one field shows, as plain values.
#[derive(Clone, Copy, Debug)]
pub struct Forgot<'a> {
    /// Where the form is posted.
    pub action: &'a str,
    /// The token that binds the form to the browser.
    pub form_token: &'a str,
    /// The pending sign-in.
    pub interaction: Option<&'a str>,
    /// What was typed.
    pub typed: &'a str,
    /// Why it was refused.
    pub refusal: Option<&'a Refusal>,
    /// Other ways, the sign-in last.
    pub ways: &'a [Way],
}

/// One field and a button (`data-page="forgotten-identifier"`, `"forgotten-password"`; rows FID-01, FPW-01).
#[derive(Clone, Debug, Template)]
#[template(path = "forgotten.html")]
pub struct ForgottenPage {
    frame: Frame,
    lead: String,
    action: String,
    hidden: Vec<Hidden>,
    field: Field,
    button: String,
    problems: Option<Problems>,
    of_children: Option<String>,
    ways: Vec<Way>,
}

/// What a parent may do for a child who forgot their password, where the portal lets them (row COD-25).
pub(super) fn of_children(place: &Place) -> Option<String> {
    place.portal.child_passwords.as_ref().map(|_| place.speaker.say("forgotten-children"))
}

impl ForgottenPage {
    /// The identifiers that belong to an address.
    #[must_use]
    pub fn identifier(place: &Place, shown: &Forgot<'_>) -> Self {
        let speaker = place.speaker;
        let field = Field::text("email", speaker.say("forgotten-email"), "email").email();
        let keys = ["forgotten-identifier-title", "forgotten-identifier-lead", "forgotten-identifier-button"];
        Self::new(place, ("forgotten-identifier", keys), field.hint(speaker.say("forgotten-email-hint")), shown)
    }

    /// A link by mail.
    #[must_use]
    pub fn password(place: &Place, shown: &Forgot<'_>) -> Self {
        let speaker = place.speaker;
        let field = Field::text("identifier", speaker.say("forgotten-own-identifier"), "username");
        let keys = ["forgotten-password-title", "forgotten-password-lead", "forgotten-password-button"];
        let page =
            Self::new(place, ("forgotten-password", keys), field.hint(speaker.say("forgotten-identifier-hint")), shown);
        Self { of_children: of_children(place), ..page }
    }

    fn new(
        place: &Place,
        (page, [title, lead, button]): (&'static str, [&str; 3]),
        field: Field,
        shown: &Forgot<'_>,
    ) -> Self {
        let speaker = place.speaker;
        let problems = shown.refusal.map(|refusal| {
            let line = speaker.tell(refusal, place.now);
            match refusal {
                Refusal::TooManyTries { .. } => Problems { heading: line, links: Vec::new() },
                _ => Problems {
                    heading: speaker.utter(&say!("problems-one")),
                    links: vec![(format!("#{}", field.name), line)],
                },
            }
        });
        let lines: Vec<String> =
            problems.iter().flat_map(|problems| problems.links.iter().map(|(_, line)| line.clone())).collect();
        Self {
            frame: Frame::new(place, page, speaker.say(title)).wrong(problems.is_some()),
            lead: speaker.say(lead),
            action: shown.action.to_owned(),
            hidden: Hidden::of_form(shown.form_token, shown.interaction),
            field: field.holding(shown.typed).telling(&lines),
            button: speaker.say(button),
            problems,
            of_children: None,
            ways: shown.ways.to_vec(),
        }
    }
}

/// What the page says that follows, as plain values. It says the same whoever is meant.
#[derive(Clone, Copy, Debug)]
pub struct Sent<'a> {
    /// Where the form is posted that sends it again.
    pub action: &'a str,
    /// The token that binds the form to the browser.
    pub form_token: &'a str,
    /// The pending sign-in.
    pub interaction: Option<&'a str>,
    /// The field of the form, and what was typed.
    pub typed: (&'a str, &'a str),
    /// From when on it can be sent again, while that is not yet.
    pub again_at: Option<Instant>,
    /// This page.
    pub here: &'a str,
    /// Where mails come from.
    pub sender: &'a str,
    /// Other ways, the sign-in first.
    pub ways: &'a [Way],
}

/// A message is perhaps on its way (`data-page="recovery-sent"`, rows FID-03, FPW-11, FPW-15).
#[derive(Clone, Debug, Template)]
#[template(path = "recovery-sent.html")]
pub struct RecoverySentPage {
    frame: Frame,
    typed: String,
    action: String,
    hidden: Vec<Hidden>,
    wait: Option<String>,
    here: String,
    look: String,
    ways: Vec<Way>,
}

impl RecoverySentPage {
    /// The page.
    #[must_use]
    pub fn new(place: &Place, shown: &Sent<'_>) -> Self {
        let speaker = place.speaker;
        let mut hidden = Hidden::of_form(shown.form_token, shown.interaction);
        hidden.push(Hidden::new(shown.typed.0, shown.typed.1));
        Self {
            frame: Frame::new(place, "recovery-sent", speaker.say("recovery-sent-title")),
            typed: shown.typed.1.to_owned(),
            action: shown.action.to_owned(),
            hidden,
            wait: shown
                .again_at
                .map(|at| speaker.say_with("recovery-sent-wait", &[("time", speaker.time(at, &place.zone))])),
            here: shown.here.to_owned(),
            look: speaker.say_with("recovery-sent-look", &[("sender", shown.sender)]),
            ways: shown.ways.to_vec(),
        }
    }
}

/// What is said of a link, and where there is none.
impl MessagePage {
    /// Identifiers are told by the school here (`data-page="forgotten-at-school"`, row FID-05).
    #[must_use]
    pub fn forgotten_at_school(place: &Place, ways: Vec<Way>) -> Self {
        let keys = ["forgotten-school-title", "forgotten-school-lead", "forgotten-school-also"];
        Self::plain(place, "forgotten-at-school", keys, ways)
    }

    /// The password is another one (`data-page="reset-done"`, row FPW-04).
    #[must_use]
    pub fn reset_done(place: &Place, sign_in: &str) -> Self {
        let ways = vec![Way::new(place.speaker.say("way-sign-in"), sign_in)];
        Self::plain(place, "reset-done", ["reset-done-title", "reset-done-lead", "reset-done-also"], ways)
    }

    /// The link was used (`data-page="reset-used"`, row FPW-06).
    #[must_use]
    pub fn reset_used(place: &Place, again: &str, sign_in: &str) -> Self {
        let ways = again_or_sign_in(place, again, sign_in);
        Self::plain(place, "reset-used", ["reset-used-title", "reset-used-lead", "reset-used-also"], ways)
    }

    /// Something newer took its place (`data-page="reset-superseded"`, rows FPW-07, FPW-09).
    #[must_use]
    pub fn reset_superseded(place: &Place, again: &str, sign_in: &str) -> Self {
        let ways = again_or_sign_in(place, again, sign_in);
        let keys = ["reset-superseded-title", "reset-superseded-lead", "reset-superseded-also"];
        Self::plain(place, "reset-superseded", keys, ways)
    }

    /// Its time is over (`data-page="reset-expired"`, row FPW-08).
    #[must_use]
    pub fn reset_expired(place: &Place, ttl: Duration, again: &str, sign_in: &str) -> Self {
        let ways = again_or_sign_in(place, again, sign_in);
        let minutes = i64::try_from(ttl.as_secs() / 60).unwrap_or(i64::MAX);
        let lead = place.speaker.say_with("reset-expired-lead", &[("minutes", minutes)]);
        let keys = ["reset-expired-title", "reset-expired-title", "reset-expired-also"];
        Self::plain(place, "reset-expired", keys, ways).leading(lead)
    }

    /// There is no such link (`data-page="reset-unknown"`).
    #[must_use]
    pub fn reset_unknown(place: &Place, again: &str, sign_in: &str) -> Self {
        let ways = again_or_sign_in(place, again, sign_in);
        Self::plain(place, "reset-unknown", ["reset-unknown-title", "reset-unknown-lead", "reset-unknown-also"], ways)
    }
}

fn again_or_sign_in(place: &Place, again: &str, sign_in: &str) -> Vec<Way> {
    vec![Way::new(place.speaker.say("reset-again"), again), Way::new(place.speaker.say("way-back-sign-in"), sign_in)]
}
