//! The address for notifications: the question, and its confirmation.

use askama::Template;

use crate::{
    domain::{Email, Refusal},
    policy::KNOWN_DOMAINS,
};

use super::{
    Field, Frame, Hidden, MessagePage, Place, Problems, Way,
    activation::{lines, masked, problems},
};

/// What the question shows, as plain values.
#[derive(Clone, Copy, Debug, Default)]
pub struct Notification<'a> {
    /// Where the form is posted.
    pub action: &'a str,
    /// The token that binds the form to the browser.
    pub form_token: &'a str,
    /// The pending sign-in.
    pub interaction: Option<&'a str>,
    /// The confirmed address, or what was typed.
    pub email: &'a str,
    /// Why that was refused.
    pub refusal: Option<&'a Refusal>,
}

/// Where are notifications to go? (`data-page="notification-email"`, row CHA-08). One form, two buttons: `answer` is
/// `give` or `decline`.
#[derive(Clone, Debug, Template)]
#[template(path = "notification.html")]
pub struct NotificationPage {
    frame: Frame,
    action: String,
    hidden: Vec<Hidden>,
    email: Field,
    problems: Option<Problems>,
}

impl NotificationPage {
    /// The page.
    #[must_use]
    pub fn new(place: &Place, shown: &Notification<'_>) -> Self {
        let speaker = place.speaker;
        let refusals: Vec<Refusal> = shown.refusal.cloned().into_iter().collect();
        let problems = problems(place, &refusals);
        let lines: Vec<String> = refusals.iter().flat_map(|refusal| lines(place, refusal)).collect();
        let heading = speaker.say("notification-title");
        Self {
            frame: Frame::new(place, "notification-email", heading).wrong(problems.is_some()),
            action: shown.action.to_owned(),
            hidden: Hidden::of_form(shown.form_token, shown.interaction),
            email: Field::text("email", speaker.say("activation-email"), "email")
                .email()
                .hint(speaker.say("notification-hint"))
                .holding(shown.email)
                .suggesting(&KNOWN_DOMAINS, speaker.say("email-meant"))
                .telling(&lines),
            problems,
        }
    }
}

/// What is said in one sentence around it.
impl MessagePage {
    /// A mail went to the address (`data-page="notification-sent"`); `onwards` goes on.
    #[must_use]
    pub fn notification_sent(place: &Place, email: &Email, onwards: &str) -> Self {
        let ways = vec![Way::new(place.speaker.say("activation-button"), onwards)];
        let lead = place.speaker.say_with("notification-sent-lead", &[("address", masked(email))]);
        let keys = ["notification-sent-title", "notification-sent-title", "notification-sent-also"];
        Self::plain(place, "notification-sent", keys, ways).leading(lead)
    }

    /// The address is confirmed (`data-page="notification-confirmed"`).
    #[must_use]
    pub fn notification_confirmed(place: &Place, home: &str) -> Self {
        let ways = vec![Way::new(place.speaker.say("way-sign-in"), home)];
        let keys = ["notification-confirmed-title", "notification-confirmed-lead", "notification-confirmed-also"];
        Self::plain(place, "notification-confirmed", keys, ways)
    }

    /// The link is too old, replaced or unknown (`data-page="notification-over"`).
    #[must_use]
    pub fn notification_over(place: &Place, home: &str) -> Self {
        let ways = vec![Way::new(place.speaker.say("way-sign-in"), home)];
        let keys = ["notification-over-title", "notification-over-lead", "notification-over-also"];
        Self::plain(place, "notification-over", keys, ways)
    }
}
