//! Pages between us and a service: agreement, and an answer sent by the browser.

use std::collections::BTreeSet;

use askama::Template;

use crate::domain::Claim;

use super::{Frame, Hidden, Place, Width};

/// What the consent page shows, as plain values.
#[derive(Clone, Copy, Debug, Default)]
pub struct Consent<'a> {
    /// Where the form is posted.
    pub action: &'a str,
    /// The token that binds the form to the browser.
    pub form_token: &'a str,
    /// The pending sign-in.
    pub interaction: Option<&'a str>,
    /// The service's name.
    pub service: &'a str,
    /// What it will learn.
    pub claims: &'a [Claim],
}

/// May this service learn these things? (`data-page="consent"`). One form, two buttons: `answer` is `accept` or `refuse`.
#[derive(Clone, Debug, Template)]
#[template(path = "consent.html")]
pub struct ConsentPage {
    frame: Frame,
    action: String,
    hidden: Vec<Hidden>,
    service: String,
    learns: Vec<String>,
}

impl ConsentPage {
    /// The page. Claims that say the same thing to a person are one line.
    #[must_use]
    pub fn new(place: &Place, shown: &Consent<'_>) -> Self {
        let (speaker, mut said) = (place.speaker, BTreeSet::new());
        let lines = shown.claims.iter().map(|claim| speaker.tell(claim, place.now));
        let learns = lines.filter(|line| said.insert(line.clone())).collect();
        let heading = speaker.say_with("consent-title", &[("service", shown.service)]);
        Self {
            frame: Frame::new(place, "consent", heading).width(Width::Door),
            action: shown.action.to_owned(),
            hidden: Hidden::of_form(shown.form_token, shown.interaction),
            service: shown.service.to_owned(),
            learns,
        }
    }
}

/// An answer that the browser posts to a service (`data-page="form-post"`; OAuth 2.0 Form Post Response Mode): by a
/// script of our own, else by its button.
#[derive(Clone, Debug, Template)]
#[template(path = "form-post.html")]
pub struct FormPostPage {
    frame: Frame,
    target: String,
    hidden: Vec<Hidden>,
}

impl FormPostPage {
    /// The page: `target` is a checked return address.
    #[must_use]
    pub fn new<'a>(place: &Place, target: &str, fields: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        Self {
            frame: Frame::new(place, "form-post", place.speaker.say("form-post-title")),
            target: target.to_owned(),
            hidden: fields.into_iter().map(|(name, value)| Hidden::new(name, value)).collect(),
        }
    }
}
