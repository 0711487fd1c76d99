//! Questions that a button answers, and what is said in one sentence on the way to an operational account.

use askama::Template;

use crate::{
    domain::{Email, EmailDoubt, Refusal},
    policy::KNOWN_DOMAINS,
};

use super::{
    Field, Frame, Hidden, MessagePage, Place, Problems, Standing, Steps, Way, Width,
    activation::{lines, masked, problems},
};

/// A question with a button or several: nothing happens before one is pressed.
#[derive(Clone, Debug, Template)]
#[template(path = "ask.html")]
pub struct AskPage {
    frame: Frame,
    steps: Option<Steps>,
    lead: String,
    also: Option<String>,
    facts: Vec<(String, String)>,
    action: String,
    hidden: Vec<Hidden>,
    /// The value of `answer` and its label; the first is the likeliest.
    buttons: Vec<(&'static str, String)>,
    /// Where another address may be given instead.
    other: Option<Field>,
    problems: Option<Problems>,
}

/// Where a question's answer goes.
#[derive(Clone, Copy, Debug)]
pub struct Answering<'a> {
    /// The path.
    pub action: &'a str,
    /// The token that binds the form to the browser.
    pub form_token: &'a str,
    /// The proof, where there is one.
    pub proof: Option<&'a str>,
}

impl Answering<'_> {
    fn hidden(&self) -> Vec<Hidden> {
        let proof = self.proof.map(|proof| Hidden::new("a", proof));
        std::iter::once(Hidden::new("form_token", self.form_token)).chain(proof).collect()
    }
}

impl AskPage {
    /// A question with buttons and nothing else.
    pub(super) fn plain(
        place: &Place,
        to: Answering<'_>,
        (page, [title, lead]): (&'static str, [&str; 2]),
        buttons: Vec<(&'static str, String)>,
    ) -> Self {
        Self {
            frame: Frame::new(place, page, place.speaker.say(title)),
            steps: None,
            lead: place.speaker.say(lead),
            also: None,
            facts: Vec::new(),
            action: to.action.to_owned(),
            hidden: to.hidden(),
            buttons,
            other: None,
            problems: None,
        }
    }

    /// The same with names and values.
    pub(super) fn with_facts(self, facts: Vec<(String, String)>) -> Self {
        Self { facts, ..self }
    }

    /// Is this address yours? (`data-page="check-address"`, rows ACT-16, ACT-17). Nothing was sent yet. `typed` is another
    /// address that was refused, and why.
    #[must_use]
    pub fn address(
        place: &Place,
        to: Answering<'_>,
        (email, doubt): (&Email, &EmailDoubt),
        (typed, refusal): (&str, Option<&Refusal>),
    ) -> Self {
        let (speaker, written) = (place.speaker, masked(email));
        let mine = ("mine", speaker.say_with("doubt-mine", &[("address", written.as_str())]));
        let (lead, buttons) = match doubt {
            EmailDoubt::Mistyped { domain } => {
                let local = written.rsplit_once('@').map_or("", |(local, _)| local);
                let meant = format!("{local}@{domain}");
                let yes = speaker.say_with("doubt-meant", &[("address", meant.as_str())]);
                (speaker.say_with("doubt-mistyped", &[("address", meant.as_str())]), vec![("meant", yes), mine])
            }
            EmailDoubt::Child => (speaker.say("doubt-child"), vec![mine]),
            EmailDoubt::School => (speaker.say("doubt-school"), vec![mine]),
        };
        let refusals: Vec<Refusal> = refusal.cloned().into_iter().collect();
        let problems = problems(place, &refusals);
        let lines: Vec<String> = refusals.iter().flat_map(|refusal| lines(place, refusal)).collect();
        let frame = Frame::new(place, "check-address", speaker.say("doubt-title")).width(Width::Usual);
        Self {
            frame: frame.wrong(problems.is_some()),
            steps: Some(Steps::at(place, 3)),
            lead,
            also: Some(speaker.say("doubt-why")),
            facts: vec![(speaker.say("doubt-written"), written)],
            action: to.action.to_owned(),
            hidden: to.hidden(),
            buttons,
            other: Some(
                Field::text("email", speaker.say("doubt-other"), "email")
                    .email()
                    .holding(typed)
                    .suggesting(&KNOWN_DOMAINS, speaker.say("email-meant"))
                    .telling(&lines),
            ),
            problems,
        }
    }

    /// The link was opened: the button confirms (`data-page="activation-link"`, row ACT-07).
    #[must_use]
    pub fn link(place: &Place, to: Answering<'_>, holder: (&str, &str), email: &Email) -> Self {
        let speaker = place.speaker;
        Self {
            frame: Frame::new(place, "activation-link", speaker.say("link-title")).width(Width::Usual),
            steps: Some(Steps::at(place, 3)),
            lead: speaker.say("link-lead"),
            also: None,
            facts: vec![
                (speaker.say("home-name"), holder.0.to_owned()),
                (speaker.say("home-identifier"), holder.1.to_owned()),
                (speaker.say("activation-email"), masked(email)),
            ],
            action: to.action.to_owned(),
            hidden: to.hidden(),
            buttons: vec![("confirm", speaker.say("link-button"))],
            other: None,
            problems: None,
        }
    }

    /// The link of an address for notifications was opened: the button confirms (`data-page="notification-link"`, row CHA-08).
    #[must_use]
    pub fn notification_link(place: &Place, to: Answering<'_>, full_name: &str, email: &Email) -> Self {
        let speaker = place.speaker;
        Self {
            frame: Frame::new(place, "notification-link", speaker.say("notification-link-title")),
            steps: None,
            lead: speaker.say("notification-link-lead"),
            also: None,
            facts: vec![
                (speaker.say("home-name"), full_name.to_owned()),
                (speaker.say("activation-email"), masked(email)),
            ],
            action: to.action.to_owned(),
            hidden: to.hidden(),
            buttons: vec![("confirm", speaker.say("notification-link-button"))],
            other: None,
            problems: None,
        }
    }

    /// The link of a registration is over: the button asks for a fresh one (`data-page="registration-over"`, row REG-24).
    #[must_use]
    pub fn registration_over(place: &Place, to: Answering<'_>) -> Self {
        let speaker = place.speaker;
        Self {
            frame: Frame::new(place, "registration-over", speaker.say("registration-over-title")),
            steps: None,
            lead: speaker.say("registration-over-lead"),
            also: None,
            facts: Vec::new(),
            action: to.action.to_owned(),
            hidden: to.hidden(),
            buttons: vec![("again", speaker.say("registration-over-button"))],
            other: None,
            problems: None,
        }
    }

    /// The link is too old (`data-page="link-expired"`, row ACT-09).
    #[must_use]
    pub fn link_expired(place: &Place, to: Answering<'_>, email: &Email) -> Self {
        let speaker = place.speaker;
        Self {
            frame: Frame::new(place, "link-expired", speaker.say("link-expired-title")),
            steps: None,
            lead: speaker.say("link-expired-lead"),
            also: Some(speaker.say_with("link-expired-also", &[("address", masked(email))])),
            facts: Vec::new(),
            action: to.action.to_owned(),
            hidden: to.hidden(),
            buttons: vec![("again", speaker.say("link-expired-button"))],
            other: None,
            problems: None,
        }
    }
}

/// The pages that say one thing on the way to an operational account.
impl MessagePage {
    /// It is done (`data-page="activated"`, row ACT-04); `sign_in` leads on.
    #[must_use]
    pub fn activated(place: &Place, sign_in: &str) -> Self {
        let ways = vec![Way::new(place.speaker.say("way-sign-in"), sign_in)];
        Self::plain(place, "activated", ["activated-title", "activated-lead", "activated-also"], ways)
    }

    /// The letter or the link was used already (`data-page="already-activated"`, rows ACT-05, ACT-08).
    #[must_use]
    pub fn already_activated(place: &Place, sign_in: &str) -> Self {
        let ways = vec![Way::new(place.speaker.say("way-sign-in"), sign_in)];
        Self::plain(place, "already-activated", ["letter-used-title", "letter-used-lead", "letter-used-also"], ways)
    }

    /// A password was chosen already, and the address waits (`data-page="activation-begun"`).
    #[must_use]
    pub fn activation_begun(place: &Place, sign_in: &str) -> Self {
        let ways = vec![Way::new(place.speaker.say("way-sign-in"), sign_in)];
        Self::plain(place, "activation-begun", ["letter-begun-title", "letter-begun-lead", "letter-begun-also"], ways)
    }

    /// The letter's date is over (`data-page="letter-expired"`, row LOG-21): whom to turn to comes first.
    #[must_use]
    pub fn letter_expired(place: &Place) -> Self {
        let ways = Self::helpers(place);
        Self::plain(place, "letter-expired", ["letter-old-title", "letter-old-lead", "letter-old-also"], ways)
    }

    /// A newer mail or letter took the link's place (`data-page="link-superseded"`).
    #[must_use]
    pub fn link_superseded(place: &Place, sign_in: &str) -> Self {
        let ways = vec![Way::new(place.speaker.say("way-sign-in"), sign_in)];
        Self::plain(
            place,
            "link-superseded",
            ["link-superseded-title", "link-superseded-lead", "link-superseded-also"],
            ways,
        )
    }

    /// There is no such link (`data-page="link-unknown"`).
    #[must_use]
    pub fn link_unknown(place: &Place, sign_in: &str) -> Self {
        let ways = vec![Way::new(place.speaker.say("way-sign-in"), sign_in)];
        Self::plain(place, "link-unknown", ["link-unknown-title", "link-unknown-lead", "link-unknown-also"], ways)
    }

    /// A fresh mail was asked for from an old link (`data-page="link-sent"`).
    #[must_use]
    pub fn link_sent(place: &Place, email: &Email) -> Self {
        let lead = place.speaker.say_with("link-sent-lead", &[("address", masked(email))]);
        Self::plain(place, "link-sent", ["link-sent-title", "link-sent-title", "link-sent-also"], Vec::new())
            .leading(lead)
    }

    /// How an activation begins, and where one goes on whose time was over (`data-page="activation-start"`).
    #[must_use]
    pub fn activation_start(place: &Place, sign_in: &str) -> Self {
        let ways = vec![Way::new(place.speaker.say("way-sign-in"), sign_in)];
        let keys = ["activation-start-title", "activation-start-lead", "activation-start-also"];
        Self::plain(place, "activation-start", keys, ways)
    }
}
