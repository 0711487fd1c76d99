//! The tab Profil.

use askama::Template;

use crate::domain::{Email, Refusal, Rule};

use super::{
    super::{
        Field, Frame, Hidden, Place, Problems,
        activation::{field_of, lines, problems},
    },
    AccountShell,
};

/// What the tab shows, as plain values.
#[derive(Clone, Copy, Debug)]
pub struct Profile<'a> {
    /// Where the form is posted.
    pub action: &'a str,
    /// The login name.
    pub identifier: &'a str,
    /// The confirmed address.
    pub email: Option<&'a Email>,
    /// What the holder is, in words.
    pub profiles: &'a str,
    /// The rules of a new password.
    pub rules: &'a [Rule],
    /// What was refused.
    pub refusals: &'a [Refusal],
    /// Whether the password was just changed.
    pub password_changed: bool,
}

/// What is known of the account, and the one form that changes it (`data-page="account"`, rows ACC-01 to ACC-07).
#[derive(Clone, Debug, Template)]
#[template(path = "account/profile.html")]
pub struct ProfilePage {
    frame: Frame,
    shell: AccountShell,
    action: String,
    hidden: Vec<Hidden>,
    identifier: String,
    email: Option<String>,
    profiles: String,
    done: Vec<String>,
    current: Field,
    password: Field,
    confirmation: Field,
    rules: Vec<String>,
    problems: Option<Problems>,
}

impl ProfilePage {
    /// The page: a refused form empties every password.
    #[must_use]
    pub fn new(place: &Place, shell: AccountShell, shown: &Profile<'_>) -> Self {
        let (speaker, now) = (place.speaker, place.now);
        let said = problems(place, shown.refusals);
        let told = |field: Field| {
            let name = field.name;
            let about = shown.refusals.iter().filter(|refusal| field_of(refusal) == name);
            field.telling(&about.flat_map(|refusal| lines(place, refusal)).collect::<Vec<_>>())
        };
        let current = Field::password("current_password", speaker.say("account-current"), "current-password");
        let password = Field::password("new_password", speaker.say("activation-password"), "new-password");
        let confirmation = Field::password("confirmation", speaker.say("activation-confirmation"), "new-password");
        let done = shown.password_changed.then(|| speaker.say("account-password-changed"));
        Self {
            action: shown.action.to_owned(),
            hidden: Hidden::of_form(&shell.form_token, None),
            identifier: shown.identifier.to_owned(),
            email: shown.email.map(ToString::to_string),
            profiles: shown.profiles.to_owned(),
            done: done.into_iter().collect(),
            current: told(current.hint(speaker.say("account-current-hint"))),
            password: told(password.described("password-rules").optional()),
            confirmation: told(confirmation.optional()),
            rules: shown.rules.iter().map(|rule| speaker.tell(rule, now)).collect(),
            frame: shell.frame(place, said.is_some()),
            problems: said,
            shell,
        }
    }
}
