//! Pages that say one thing and offer ways on: errors, the end of a session, a closed door.

use askama::Template;
use axum::http::StatusCode;

use crate::domain::RequestId;

use super::{Frame, Place};

/// A way on from a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// What it is called.
    pub label: String,
    /// Where it leads.
    pub href: String,
}

impl Way {
    /// A link.
    pub fn new(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { label: label.into(), href: href.into() }
    }
}

/// What can go wrong before or around a page. Each kind names its sentences and its status; what a protocol answers to
/// its client is the protocol room's own affair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Nothing lives at this address.
    NotFound,
    /// Something is there, but does not take this kind of request.
    MethodNotAllowed,
    /// A fault of ours.
    Fault,
    /// A relying party or a return address that is not registered: the page names neither (row SSO-08).
    UnknownService,
    /// A registered service asked for something that can't be answered.
    RequestRefused,
    /// The pending sign-in has ended, or began in another browser.
    InteractionGone,
    /// The form did not come from one of our pages, or the browser keeps no cookies.
    FormForeign,
    /// Too much was sent.
    TooLarge,
    /// The queue is full, or an answer took too long.
    Busy,
}

impl Trouble {
    /// Every trouble.
    pub const ALL: [Self; 9] = [
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::Fault,
        Self::UnknownService,
        Self::RequestRefused,
        Self::InteractionGone,
        Self::FormForeign,
        Self::TooLarge,
        Self::Busy,
    ];

    /// The status that the page carries.
    #[must_use]
    pub const fn status(self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::Fault => StatusCode::INTERNAL_SERVER_ERROR,
            Self::UnknownService | Self::RequestRefused | Self::InteractionGone => StatusCode::BAD_REQUEST,
            Self::FormForeign => StatusCode::FORBIDDEN,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// Its title, what has happened, what to do first.
    const fn keys(self) -> [&'static str; 3] {
        match self {
            Self::NotFound => ["not-found-title", "not-found-what", "not-found-do"],
            Self::MethodNotAllowed => ["method-title", "method-what", "method-do"],
            Self::Fault => ["fault-title", "fault-what", "fault-do"],
            Self::UnknownService => ["unknown-service-title", "unknown-service-what", "unknown-service-do"],
            Self::RequestRefused => ["request-refused-title", "request-refused-what", "request-refused-do"],
            Self::InteractionGone => ["interaction-gone-title", "interaction-gone-what", "interaction-gone-do"],
            Self::FormForeign => ["form-foreign-title", "form-foreign-what", "form-foreign-do"],
            Self::TooLarge => ["too-large-title", "too-large-what", "too-large-do"],
            Self::Busy => ["busy-title", "busy-what", "busy-do"],
        }
    }
}

/// One thing said, and the ways on: the first is the button.
#[derive(Clone, Debug, Template)]
#[template(path = "message.html")]
pub struct MessagePage {
    frame: Frame,
    lead: String,
    also: Option<String>,
    ways: Vec<Way>,
    reference: Option<String>,
}

impl MessagePage {
    /// An error page (`data-page="error"`): what has happened, what to do, the likeliest way on, and a reference that
    /// one can dictate. Without `ways` it leads to the sign-in.
    #[must_use]
    pub fn error(place: &Place, trouble: Trouble, ways: Vec<Way>) -> Self {
        let [title, what, first] = trouble.keys().map(|key| place.speaker.say(key));
        let frame = Frame::new(place, "error", title);
        let ways = if ways.is_empty() { sign_in(place, "way-sign-in") } else { ways };
        let reference = place.request_id.as_ref().map(dictated);
        Self { frame, lead: what, also: Some(first), ways, reference }
    }

    /// The session is over (`data-page="signed-out"`); `back` is the service that asked for it, by
    /// name and address.
    #[must_use]
    pub fn signed_out(place: &Place, back: Option<(&str, &str)>) -> Self {
        let label = |service| place.speaker.say_with("way-back", &[("service", service)]);
        let ways = back
            .map(|(service, href)| Way::new(label(service), href))
            .into_iter()
            .chain(sign_in(place, "way-sign-in-again"))
            .collect();
        Self::plain(place, "signed-out", ["signed-out-title", "signed-out-lead", "signed-out-also"], ways)
    }

    /// A right password at a door that does not welcome any of the person's profiles (`data-page="not-welcome"`).
    #[must_use]
    pub fn not_welcome(place: &Place) -> Self {
        let ways = vec![Way::new(place.speaker.say("way-sign-out"), SIGN_OUT)];
        Self::plain(place, "not-welcome", ["not-welcome-title", "not-welcome-lead", "not-welcome-also"], ways)
    }

    /// A right password of an account that a person blocked (`data-page="suspended"`, row LOG-09):
    /// whom to turn to comes first.
    #[must_use]
    pub fn suspended(place: &Place) -> Self {
        let ways = Self::helpers(place);
        Self::plain(place, "suspended", ["suspended-title", "suspended-lead", "suspended-also"], ways)
    }

    /// Whom to turn to, then another account.
    pub(super) fn helpers(place: &Place) -> Vec<Way> {
        let links = Frame::new(place, "", "").helpers();
        let helpers = links.into_iter().map(|(href, label)| Way::new(label, href));
        helpers.chain(sign_in(place, "way-other-account")).collect()
    }

    /// The same with another first sentence.
    pub(super) fn leading(self, lead: String) -> Self {
        Self { lead, ..self }
    }

    /// One thing said in words that are made already.
    pub(super) const fn said(frame: Frame, lead: String, also: String, ways: Vec<Way>) -> Self {
        Self { frame, lead, also: Some(also), ways, reference: None }
    }

    pub(super) fn plain(place: &Place, page: &'static str, keys: [&str; 3], ways: Vec<Way>) -> Self {
        let [title, lead, also] = keys.map(|key| place.speaker.say(key));
        Self { frame: Frame::new(place, page, title), lead, also: Some(also), ways, reference: None }
    }
}

/// Where people sign in (design §6).
const SIGN_IN: &str = "/connexion";
/// Where people sign out (design §6).
const SIGN_OUT: &str = "/deconnexion";

fn sign_in(place: &Place, key: &str) -> Vec<Way> {
    vec![Way::new(place.speaker.say(key), SIGN_IN)]
}

/// A request's id as one reads it out on the telephone: capitals, in groups of three.
#[must_use]
pub fn dictated(id: &RequestId) -> String {
    let signs: Vec<char> = id.as_str().to_uppercase().chars().filter(char::is_ascii_alphanumeric).collect();
    signs.chunks(3).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}
