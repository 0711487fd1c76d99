//! The account's address gives mail back: it is corrected, or its holder says that it is right (row MEL-05).

use askama::Template;

use crate::domain::{Email, Refusal};

use super::{
    Field, Frame, Hidden, Place, Problems,
    activation::{at_field, problems},
};

/// What the page shows, as plain values.
#[derive(Clone, Copy, Debug)]
pub struct BadAddress<'a> {
    /// Where the form is posted.
    pub action: &'a str,
    /// The token that binds the form to the browser.
    pub form_token: &'a str,
    /// The pending sign-in.
    pub interaction: Option<&'a str>,
    /// The address.
    pub email: &'a Email,
    /// The other address, as it was typed.
    pub typed: &'a str,
    /// What was refused.
    pub refusals: &'a [Refusal],
}

/// Another address with the current password, or "it is right" (`data-page="bad-address"`).
#[derive(Clone, Debug, Template)]
#[template(path = "bad-address.html")]
pub struct BadAddressPage {
    frame: Frame,
    action: String,
    hidden: Vec<Hidden>,
    email: String,
    fields: Vec<Field>,
    is_in_doubt: bool,
    problems: Option<Problems>,
}

impl BadAddressPage {
    /// The page.
    #[must_use]
    pub fn new(place: &Place, shown: &BadAddress<'_>) -> Self {
        let speaker = place.speaker;
        let said = problems(place, shown.refusals);
        let told = |field: Field| at_field(place, shown.refusals, field);
        let other = Field::text("email", speaker.say("account-new-email"), "email").email().holding(shown.typed);
        let current = Field::password("current_password", speaker.say("account-current"), "current-password");
        Self {
            frame: Frame::new(place, "bad-address", speaker.say("bad-address-title")).wrong(said.is_some()),
            action: shown.action.to_owned(),
            hidden: Hidden::of_form(shown.form_token, shown.interaction),
            email: shown.email.to_string(),
            fields: [other, current].map(told).into(),
            is_in_doubt: shown.refusals.iter().any(|refusal| matches!(refusal, Refusal::EmailInDoubt(_))),
            problems: said,
        }
    }
}
