//! Two people share an address: the person says which one they are.

use askama::Template;

use crate::domain::{AccountId, Facts};

use super::{Frame, Hidden, Place};

/// Who may be meant (`data-page="who"`). It is shown to nobody who has not proven the mailbox or the password.
#[derive(Clone, Debug, Template)]
#[template(path = "who.html")]
pub struct WhoPage {
    frame: Frame,
    action: String,
    hidden: Vec<Hidden>,
    people: Vec<(String, String)>,
}

impl WhoPage {
    /// The question; `hidden` is what the handler needs back beside the form's token.
    #[must_use]
    pub fn new(
        place: &Place,
        action: &str,
        (form_token, hidden): (&str, Hidden),
        people: &[(AccountId, String)],
    ) -> Self {
        Self {
            frame: Frame::new(place, "who", place.speaker.say("who-title")),
            action: action.to_owned(),
            hidden: Hidden::of_form(form_token, None).into_iter().chain([hidden]).collect(),
            people: people.iter().map(|(id, who)| (id.to_string(), who.clone())).collect(),
        }
    }
}

/// Somebody as this page names them: both names and the first of what they are.
#[must_use]
pub fn named(place: &Place, facts: &Facts) -> (AccountId, String) {
    let role = facts.affiliations.first().map(|(profile, ..)| place.speaker.profile(*profile));
    let name = facts.person.full_name();
    (facts.account.id.clone(), role.map_or_else(|| name.clone(), |role| format!("{name} ({role})")))
}
