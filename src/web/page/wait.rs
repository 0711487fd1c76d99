//! The waiting page: many arrive at once, and nobody gets an error for it (design §8).

use askama::Template;

use super::{Frame, Hidden, Place};

/// What the waiting page shows, as plain values.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wait<'a> {
    /// Where the button posts.
    pub action: &'a str,
    /// The token that binds the form to the browser.
    pub form_token: &'a str,
    /// The pending sign-in.
    pub interaction: Option<&'a str>,
    /// How many come before.
    pub ahead: u64,
    /// About how long that takes.
    pub seconds: u64,
    /// How far the queue has moved, in a hundred, where that is known.
    pub percent: Option<u8>,
}

/// A place in the queue (`data-page="wait"`). The handler sends it with status 503, `Retry-After` and `Refresh`.
#[derive(Clone, Debug, Template)]
#[template(path = "wait.html")]
pub struct WaitPage {
    frame: Frame,
    action: String,
    hidden: Vec<Hidden>,
    ahead: u64,
    seconds: u64,
    percent: Option<u8>,
}

impl WaitPage {
    /// The page.
    #[must_use]
    pub fn new(place: &Place, shown: &Wait<'_>) -> Self {
        let tens = shown.seconds.div_ceil(10).max(1).saturating_mul(10);
        Self {
            frame: Frame::new(place, "wait", place.speaker.say("wait-title")),
            action: shown.action.to_owned(),
            hidden: Hidden::of_form(shown.form_token, shown.interaction),
            ahead: shown.ahead,
            seconds: tens,
            percent: shown.percent.map(|percent| percent.min(100)),
        }
    }
}
