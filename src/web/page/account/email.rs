//! Another address: what its links show.

use crate::domain::Email;

use super::super::{Answering, AskPage, MessagePage, Place, Way};

impl AskPage {
    /// The link to a new address was opened: the button confirms (`data-page="email-link"`, row ACC-05).
    #[must_use]
    pub fn new_address(place: &Place, to: Answering<'_>, holder: (&str, &str), email: &Email) -> Self {
        let buttons = vec![("confirm", place.speaker.say("email-link-button"))];
        Self::plain(place, to, ("email-link", ["email-link-title", "email-link-lead"]), buttons)
            .with_facts(facts(place, holder, email))
    }

    /// The link to a new address is too old (`data-page="email-link-expired"`).
    #[must_use]
    pub fn new_address_expired(place: &Place, to: Answering<'_>, email: &Email) -> Self {
        let buttons = vec![("again", place.speaker.say("link-expired-button"))];
        Self::plain(place, to, ("email-link-expired", ["link-expired-title", "email-link-expired-lead"]), buttons)
            .with_facts(vec![(place.speaker.say("account-new-email"), email.masked())])
    }

    /// The link at the old address was opened: the button takes the change back (`data-page="email-undo"`, row ACC-14).
    #[must_use]
    pub fn undo(place: &Place, to: Answering<'_>, holder: (&str, &str), email: &Email) -> Self {
        let buttons = vec![("undo", place.speaker.say("email-undo-button"))];
        Self::plain(place, to, ("email-undo", ["email-undo-title", "email-undo-lead"]), buttons)
            .with_facts(facts(place, holder, email))
    }
}

fn facts(place: &Place, holder: (&str, &str), email: &Email) -> Vec<(String, String)> {
    vec![
        (place.speaker.say("home-name"), holder.0.to_owned()),
        (place.speaker.say("home-identifier"), holder.1.to_owned()),
        (place.speaker.say("activation-email"), email.masked()),
    ]
}

impl MessagePage {
    /// The new address is the account's (`data-page="email-changed"`, row ACC-12).
    #[must_use]
    pub fn address_changed(place: &Place, email: &Email, account: &str) -> Self {
        let lead = place.speaker.say_with("email-changed-lead", &[("address", email.masked())]);
        let keys = ["email-changed-title", "email-changed-title", "email-changed-also"];
        Self::plain(place, "email-changed", keys, vec![Way::new(place.speaker.say("account-title"), account)])
            .leading(lead)
    }

    /// The change was given up, or another took its place (`data-page="email-link-superseded"`).
    #[must_use]
    pub fn new_address_superseded(place: &Place, account: &str) -> Self {
        let keys = ["link-superseded-title", "email-superseded-lead", "email-superseded-also"];
        let ways = vec![Way::new(place.speaker.say("account-title"), account)];
        Self::plain(place, "email-link-superseded", keys, ways)
    }

    /// The change was taken back and a new password chosen (`data-page="email-undone"`).
    #[must_use]
    pub fn change_undone(place: &Place, sign_in: &str) -> Self {
        let keys = ["email-undone-title", "email-undone-lead", "email-undone-also"];
        Self::plain(place, "email-undone", keys, vec![Way::new(place.speaker.say("way-sign-in"), sign_in)])
    }

    /// The time to take a change back is over (`data-page="email-undo-over"`): whom to turn to comes first.
    #[must_use]
    pub fn undo_over(place: &Place) -> Self {
        let keys = ["email-undo-over-title", "email-undo-over-lead", "email-undo-over-also"];
        Self::plain(place, "email-undo-over", keys, Self::helpers(place))
    }
}
