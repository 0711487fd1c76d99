//! Pages of a session: who is signed in, and whether to end it.

use askama::Template;

use super::{CharterNews, Frame, Hidden, Place, Way};

/// Who is signed in, at our own door (`data-page="home"`).
#[derive(Clone, Debug, Template)]
#[template(path = "home.html")]
pub struct HomePage {
    frame: Frame,
    name: String,
    identifier: String,
    account: String,
    news: Vec<CharterNews>,
}

impl HomePage {
    /// The page of a person: their name and their identifier; `account` leads to their account.
    #[must_use]
    pub fn new(place: &Place, name: &str, identifier: &str, account: &str) -> Self {
        Self {
            frame: Frame::new(place, "home", place.speaker.say("home-title")),
            name: name.to_owned(),
            identifier: identifier.to_owned(),
            account: account.to_owned(),
            news: Vec::new(),
        }
    }

    /// The same with charters that have a new version (row CHA-06).
    #[must_use]
    pub fn telling(self, news: Vec<CharterNews>) -> Self {
        Self { news, ..self }
    }
}

/// What the question shows, as plain values.
#[derive(Clone, Copy, Debug, Default)]
pub struct SignOut<'a> {
    /// Where the form is posted.
    pub action: &'a str,
    /// The token that binds the form to the browser.
    pub form_token: &'a str,
    /// What the handler needs back: names and values.
    pub hidden: &'a [(&'a str, &'a str)],
    /// Who is signed in.
    pub name: &'a str,
    /// Where "no" leads.
    pub back: &'a str,
}

/// "Sign out?" (`data-page="sign-out-question"`; OpenID Connect RP-Initiated Logout §2).
#[derive(Clone, Debug, Template)]
#[template(path = "sign-out-question.html")]
pub struct SignOutQuestionPage {
    frame: Frame,
    action: String,
    hidden: Vec<Hidden>,
    name: String,
    back: Way,
}

impl SignOutQuestionPage {
    /// The page.
    #[must_use]
    pub fn new(place: &Place, shown: &SignOut<'_>) -> Self {
        let mut hidden = Hidden::of_form(shown.form_token, None);
        hidden.extend(shown.hidden.iter().map(|(name, value)| Hidden::new(*name, *value)));
        Self {
            frame: Frame::new(place, "sign-out-question", place.speaker.say("sign-out-title")),
            action: shown.action.to_owned(),
            hidden,
            name: shown.name.to_owned(),
            back: Way::new(place.speaker.say("sign-out-no"), shown.back),
        }
    }
}
