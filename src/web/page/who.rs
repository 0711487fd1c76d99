//! Two people share an address: the person says which one they are.

use askama::Template;

use crate::domain::Facts;

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
    pub fn new(place: &Place, action: &str, (form_token, hidden): (&str, Hidden), people: &[Facts]) -> Self {
        let line = |facts: &Facts| {
            let role = facts.affiliations.first().map(|(profile, ..)| place.speaker.profile(*profile));
            let name = facts.person.full_name();
            (facts.account.id.to_string(), role.map_or_else(|| name.clone(), |role| format!("{name} ({role})")))
        };
        Self {
            frame: Frame::new(place, "who", place.speaker.say("who-title")),
            action: action.to_owned(),
            hidden: Hidden::of_form(form_token, None).into_iter().chain([hidden]).collect(),
            people: people.iter().map(line).collect(),
        }
    }
}
