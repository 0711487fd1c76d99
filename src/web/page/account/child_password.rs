//! A parent's temporary password for a child (row ACC-15).

use askama::Template;

use crate::domain::{Identifier, Instant, Refusal, TemporaryPassword};

use super::{
    super::{
        Field, Frame, Hidden, Place, Problems,
        activation::{lines, problems},
    },
    AccountShell,
};

/// What the page shows, as plain values.
#[derive(Clone, Copy, Debug)]
pub struct ChildPassword<'a> {
    /// Where the form is posted.
    pub action: &'a str,
    /// The children's tab.
    pub back: &'a str,
    /// Whose: the given name.
    pub given_name: &'a str,
    /// What was refused.
    pub refusals: &'a [Refusal],
    /// What was made: the identifier, the password, and until when it opens a session.
    pub given: Option<(&'a Identifier, &'a TemporaryPassword, Instant)>,
}

/// The question for the parent's own password, then the child's temporary one, once (`data-page="account-children"`).
#[derive(Clone, Template)]
#[template(path = "account/child-password.html")]
pub struct ChildPasswordPage {
    frame: Frame,
    shell: AccountShell,
    action: String,
    back: String,
    hidden: Vec<Hidden>,
    given_name: String,
    current: Field,
    given: Option<(String, String, String)>,
    problems: Option<Problems>,
}

impl ChildPasswordPage {
    /// The page.
    #[must_use]
    pub fn new(place: &Place, shell: AccountShell, shown: &ChildPassword<'_>) -> Self {
        let speaker = place.speaker;
        let said = problems(place, shown.refusals);
        let told: Vec<String> = shown.refusals.iter().flat_map(|refusal| lines(place, refusal)).collect();
        let current = Field::password("current_password", speaker.say("account-current"), "current-password");
        let heading = speaker.say_with("child-password-title", &[("name", shown.given_name)]);
        Self {
            frame: Frame::new(place, "account-child-password", heading).wrong(said.is_some()),
            action: shown.action.to_owned(),
            back: shown.back.to_owned(),
            hidden: Hidden::of_form(&shell.form_token, None),
            given_name: shown.given_name.to_owned(),
            current: current.telling(&told),
            given: shown.given.map(|(identifier, password, until)| {
                let until = speaker.moment(until, &place.zone);
                (identifier.to_string(), password.reveal().to_owned(), until)
            }),
            problems: said,
            shell,
        }
    }
}
