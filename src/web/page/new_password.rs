//! A new password, chosen twice under the rules that hold for it.

use askama::Template;

use crate::{
    domain::{Email, Refusal},
    policy::RuleList,
};

use super::{
    Field, Frame, Hidden, Place, Problems, Rules, Width,
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
    pub rules: &'a RuleList,
    /// What was refused.
    pub refusals: &'a [Refusal],
    /// Whether a second factor has to be shown with it (row FPW-14).
    pub asks_code: bool,
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
    rules: Rules,
    password: Field,
    confirmation: Field,
    /// Where a second factor has to be shown.
    code: Option<Field>,
    button: String,
    problems: Option<Problems>,
}

impl NewPasswordPage {
    /// In place of a temporary one, before anything else (row QST-05).
    #[must_use]
    pub fn replace(place: &Place, shown: &NewPassword<'_>) -> Self {
        Self::new(place, "replace-password", ["replace-title", "replace-over", "replace-lead", "replace-button"], shown)
    }

    /// By a link, in place of a forgotten one; `data-page="reset-password"` (row FPW-03).
    #[must_use]
    pub fn reset(place: &Place, shown: &NewPassword<'_>) -> Self {
        Self::new(place, "reset-password", ["reset-title", "reset-over", "reset-lead", "reset-button"], shown)
    }

    /// After a change of address was taken back (`data-page="email-undo-password"`, row ACC-14).
    #[must_use]
    pub fn undone(place: &Place, email: &Email, shown: &NewPassword<'_>) -> Self {
        let keys = ["activation-title", "email-undo-over", "reset-lead", "account-save"];
        let lead = place.speaker.say_with("email-undo-choose", &[("address", email.masked())]);
        Self { lead, ..Self::new(place, "email-undo-password", keys, shown) }
    }

    fn new(place: &Place, page: &'static str, [title, over, lead, button]: [&str; 4], shown: &NewPassword<'_>) -> Self {
        let speaker = place.speaker;
        // A code is looked at when the passwords are fine: what is said of it stands alone.
        let is_code = shown.asks_code && matches!(shown.refusals, [Refusal::WrongCode | Refusal::TooManyTries { .. }]);
        let field_of = |refusal: &Refusal| if is_code { "code" } else { field_of(refusal) };
        let mut said = problems(place, shown.refusals);
        for (href, _) in said.iter_mut().flat_map(|said| &mut said.links).filter(|_| is_code) {
            "#code".clone_into(href);
        }
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
            rules: Rules::new(place, shown.rules),
            password: told(password.described("password-rules")),
            confirmation: told(Field::password("confirmation", speaker.say("activation-confirmation"), "new-password")),
            code: shown.asks_code.then(|| {
                let field = Field::text("code", speaker.say("factor-code"), "one-time-code");
                told(field.hint(speaker.say("factor-code-hint")))
            }),
            button: speaker.say(button),
            problems: said,
        }
    }
}
