//! Another address: what its links show.

use askama::Template;

use crate::{
    domain::{Email, Refusal},
    policy::RuleList,
};

use super::super::{
    Answering, AskPage, Field, Frame, Hidden, MessagePage, Place, Problems, Rules, Way, Width,
    activation::{field_of, lines, problems},
};

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

/// What the page of an undone change shows, as plain values.
#[derive(Clone, Copy, Debug)]
pub struct UndoPassword<'a> {
    /// The identifier, for the browser that keeps passwords.
    pub identifier: &'a str,
    /// The address that is the account's again.
    pub email: &'a Email,
    /// The rules of the new password.
    pub rules: &'a RuleList,
    /// What was refused.
    pub refusals: &'a [Refusal],
}

/// The change is undone: a new password is owed (`data-page="email-undo-password"`, row ACC-14).
#[derive(Clone, Debug, Template)]
#[template(path = "account/undo.html")]
pub struct UndoPage {
    frame: Frame,
    action: String,
    hidden: Vec<Hidden>,
    identifier: String,
    masked: String,
    rules: Rules,
    password: Field,
    confirmation: Field,
    problems: Option<Problems>,
}

impl UndoPage {
    /// The page.
    #[must_use]
    pub fn new(place: &Place, to: Answering<'_>, shown: &UndoPassword<'_>) -> Self {
        let speaker = place.speaker;
        let said = problems(place, shown.refusals);
        let told = |field: Field| {
            let name = field.name;
            let about = shown.refusals.iter().filter(|refusal| field_of(refusal) == name);
            field.telling(&about.flat_map(|refusal| lines(place, refusal)).collect::<Vec<_>>())
        };
        let frame = Frame::new(place, "email-undo-password", speaker.say("activation-title"));
        let password = Field::password("new_password", speaker.say("activation-password"), "new-password");
        let confirmation = Field::password("confirmation", speaker.say("activation-confirmation"), "new-password");
        Self {
            frame: frame.width(Width::Usual).wrong(said.is_some()),
            action: to.action.to_owned(),
            hidden: Hidden::of_form(to.form_token, None),
            identifier: shown.identifier.to_owned(),
            masked: shown.email.masked(),
            rules: Rules::new(place, shown.rules),
            password: told(password.described("password-rules")),
            confirmation: told(confirmation),
            problems: said,
        }
    }
}
