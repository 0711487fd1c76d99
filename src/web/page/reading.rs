//! Pages to be read: questions and answers, and what becomes of people's data. A portal may bring texts of its own.

use askama::Template;

use crate::{domain::Markdown, words::Register};

use super::{Frame, Place, Way, Width, markdown};

/// A portal's own text, and its language where that is not the page's.
pub type OwnText<'a> = Option<(&'a Markdown, Option<&'static str>)>;

/// Headings with what stands below them (`data-page="faq"`, row HLP-12; `"privacy"`, row XCT-13).
#[derive(Clone, Debug, Template)]
#[template(path = "reading.html")]
pub struct ReadingPage {
    frame: Frame,
    /// The house's own; empty where the portal brings a text.
    parts: Vec<(String, String)>,
    /// The portal's text, and its language where that is not the page's.
    text: Option<(String, Option<&'static str>)>,
    ways: Vec<Way>,
}

/// The questions of every September, each with its answer.
const QUESTIONS: [[&str; 2]; 4] = [
    ["faq-address-unknown", "faq-address-unknown-answer"],
    ["faq-no-match", "faq-no-match-answer"],
    ["faq-password", "faq-password-answer"],
    ["faq-children", "faq-children-answer"],
];

/// What a law wants people to be told (GDPR art. 13), after who answers for it: why, what, for whom, how long, and what they
/// may ask.
const PRIVACY: [[&str; 2]; 5] = [
    ["privacy-why", "privacy-why-answer"],
    ["privacy-what", "privacy-what-answer"],
    ["privacy-whom", "privacy-whom-answer"],
    ["privacy-until", "privacy-until-answer"],
    ["privacy-rights", "privacy-rights-answer"],
];

impl ReadingPage {
    /// Questions and answers.
    #[must_use]
    pub fn faq(place: &Place, own: OwnText<'_>, ways: Vec<Way>) -> Self {
        Self::new(place, ("faq", "faq-title"), own, ways, |place| {
            QUESTIONS.iter().map(|keys| keys.map(|key| place.speaker.say(key)).into()).collect()
        })
    }

    /// What becomes of people's data; pupils read it in their own words (GDPR art. 12).
    #[must_use]
    pub fn privacy(place: &Place, own: OwnText<'_>, ways: Vec<Way>) -> Self {
        // A pupil's page is not the adults' text with other pronouns.
        let own = own.filter(|_| place.speaker.register == Register::Vous);
        Self::new(place, ("privacy", "privacy-title"), own, ways, |place| {
            let (notice, speaker) = (&place.portal.privacy, place.speaker);
            let (controller, contact) = (notice.controller.as_str(), notice.contact.as_str());
            let who = if contact.is_empty() {
                speaker.say_with("privacy-who-answer", &[("controller", controller)])
            } else {
                speaker.say_with("privacy-who-contact", &[("controller", controller), ("contact", contact)])
            };
            let others = PRIVACY.iter().map(|keys| keys.map(|key| speaker.say(key)).into());
            std::iter::once((speaker.say("privacy-who"), who)).chain(others).collect()
        })
    }

    fn new(
        place: &Place,
        (page, title): (&'static str, &str),
        own: OwnText<'_>,
        ways: Vec<Way>,
        parts: impl FnOnce(&Place) -> Vec<(String, String)>,
    ) -> Self {
        Self {
            frame: Frame::new(place, page, place.speaker.say(title)).width(Width::Usual),
            parts: if own.is_some() { Vec::new() } else { parts(place) },
            text: own.map(|(text, foreign)| (markdown::html(text, 0), foreign)),
            ways,
        }
    }
}
