//! A new password, chosen twice under the rules that hold for it.

use askama::Template;

use crate::domain::{Refusal, Rule};

use super::{
    Field, Frame, Hidden, Place, Problems, Width,
    activation::{field_of, lines, problems},
};

/// What the page shows, as plain values.
#[derive(Clone, Copy, Debug)]
pub struct NewPassword<'a> {
    /// Where the form is posted.
    pub action: &'a str,
    /// The token that binds the form to the browser.
    pub form_token: &'a str,
    /// What the handler needs back.
    pub hidden: Option<(&'a str, &'a str)>,
    /// The identifier, for the browser that keeps passwords, and for its holder.
    pub identifier: &'a str,
    /// The rules of the new password.
    pub rules: &'a [Rule],
    /// What was refused.
    pub refusals: &'a [Refusal],
}

/// A new password twice (`data-page="replace-password"`, `"reset-password"`).
#[derive(Clone, Debug, Template)]
#[template(path = "new-password.html")]
pub struct NewPasswordPage {
    frame: Frame,
    over: String,
    lead: String,
    action: String,
    hidden: Vec<Hidden>,
    identifier: String,
    rules: Vec<String>,
    password: Field,
    confirmation: Field,
    button: String,
    problems: Option<Problems>,
}

impl NewPasswordPage {
    /// In place of a temporary one, before anything else (row QST-05).
    #[must_use]
    pub fn replace(place: &Place, shown: &NewPassword<'_>) -> Self {
        Self::new(place, "replace-password", ["replace-title", "replace-over", "replace-lead", "replace-button"], shown)
    }

    fn new(place: &Place, page: &'static str, [title, over, lead, button]: [&str; 4], shown: &NewPassword<'_>) -> Self {
        let speaker = place.speaker;
        let said = problems(place, shown.refusals);
        let told = |field: Field| {
            let about = shown.refusals.iter().filter(|refusal| field_of(refusal) == field.name);
            let said: Vec<String> = about.flat_map(|refusal| lines(place, refusal)).collect();
            field.telling(&said)
        };
        let mut hidden = Hidden::of_form(shown.form_token, None);
        hidden.extend(shown.hidden.map(|(name, value)| Hidden::new(name, value)));
        let password = Field::password("new_password", speaker.say("activation-password"), "new-password");
        Self {
            frame: Frame::new(place, page, speaker.say(title)).width(Width::Usual).wrong(said.is_some()),
            over: speaker.say(over),
            lead: speaker.say(lead),
            action: shown.action.to_owned(),
            hidden,
            identifier: shown.identifier.to_owned(),
            rules: shown.rules.iter().map(|rule| speaker.tell(rule, place.now)).collect(),
            password: told(password.described("password-rules")),
            confirmation: told(Field::password("confirmation", speaker.say("activation-confirmation"), "new-password")),
            button: speaker.say(button),
            problems: said,
        }
    }
}
