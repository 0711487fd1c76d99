//! Charters: to be read and accepted, for oneself or for one's child, and to be read again.

use askama::Template;

use crate::domain::{CharterId, Instant, Markdown};

use super::{Frame, Hidden, MessagePage, Place, Problems, Way, Width, markdown};

/// A version's text, as plain values.
#[derive(Clone, Copy, Debug)]
pub struct CharterShown<'a> {
    /// Which version.
    pub id: &'a CharterId,
    /// Whose it is: the school, or the network.
    pub school: &'a str,
    /// As people read it.
    pub version: &'a str,
    /// Since when it is in force.
    pub effective_at: Instant,
    /// The zone of that day.
    pub zone: &'a str,
    /// Its title.
    pub title: &'a str,
    /// The language it is in.
    pub language: &'static str,
    /// Its text.
    pub text: &'a Markdown,
    /// Where it can be fetched as PDF.
    pub pdf: &'a str,
}

/// The same, drawn.
#[derive(Clone, Debug)]
pub struct CharterDrawn {
    /// Which version.
    pub id: String,
    /// School, version and day.
    pub over: String,
    /// Its title.
    pub title: String,
    /// The language of title and text, where it is another than the page's.
    pub foreign: Option<&'static str>,
    /// The language it is in.
    pub language: &'static str,
    /// Its text as HTML.
    pub html: String,
    /// Where it can be fetched as PDF.
    pub pdf: String,
}

impl CharterDrawn {
    fn of(place: &Place, shown: &CharterShown<'_>, deeper: u8) -> Self {
        let date = place.speaker.date(shown.effective_at, shown.zone);
        let args = [("school", shown.school), ("version", shown.version), ("date", date.as_str())];
        Self {
            id: shown.id.to_string(),
            over: place.speaker.say_with("charter-over", &args),
            title: shown.title.to_owned(),
            foreign: (shown.language != place.speaker.locale.tag()).then_some(shown.language),
            language: shown.language,
            html: markdown::html(shown.text, deeper),
            pdf: shown.pdf.to_owned(),
        }
    }
}

/// What the page of acceptance shows, as plain values.
#[derive(Clone, Copy, Debug)]
pub struct Accepting<'a> {
    /// Where the form is posted.
    pub action: &'a str,
    /// The token that binds the form to the browser.
    pub form_token: &'a str,
    /// The pending sign-in.
    pub interaction: Option<&'a str>,
    /// The versions, each with its own tick.
    pub texts: &'a [CharterShown<'a>],
    /// Whether a tick was missing.
    pub is_refused: bool,
    /// Whether a guardian signs beside this pupil.
    pub needs_guardian: bool,
    /// Where it is signed for a child: its name, and where "not now" leads.
    pub child: Option<(&'a str, &'a str)>,
}

/// Read and accept (`data-page="charter"`; for a child `charter-child`; rows CHA-01, CHA-02, CHA-07, CHA-09). Each version
/// has a tick `accept-ID` whose value is the language that it is read in; `answer` is `refuse` where it is refused.
#[derive(Clone, Debug, Template)]
#[template(path = "charter.html")]
pub struct CharterPage {
    frame: Frame,
    lead: String,
    texts: Vec<CharterDrawn>,
    ticks: Vec<(String, &'static str, String)>,
    action: String,
    hidden: Vec<Hidden>,
    accept: String,
    /// Where "not now" leads for a child; else it is a button that refuses.
    back: Option<Way>,
    kept: String,
    problems: Option<Problems>,
}

impl CharterPage {
    /// The page.
    #[must_use]
    pub fn new(place: &Place, shown: &Accepting<'_>) -> Self {
        let speaker = place.speaker;
        let deeper = u8::from(shown.texts.len() > 1);
        let texts: Vec<_> = shown.texts.iter().map(|text| CharterDrawn::of(place, text, deeper)).collect();
        let heading = match texts.as_slice() {
            [only] => only.title.clone(),
            _ => speaker.say("charter-title-several"),
        };
        let tick = |text: &CharterDrawn| {
            let title = text.title.as_str();
            let label = match shown.child {
                Some((name, _)) => speaker.say_with("charter-tick-child", &[("title", title), ("name", name)]),
                None => speaker.say_with("charter-tick", &[("title", title)]),
            };
            (format!("accept-{}", text.id), text.language, label)
        };
        let (lead, accept) = match shown.child {
            Some((name, _)) => {
                let name = [("name", name)];
                (speaker.say_with("charter-lead-child", &name), speaker.say_with("charter-accept-child", &name))
            }
            None if texts.len() > 1 => (speaker.say("charter-lead-several"), speaker.say("charter-accept")),
            None => (speaker.say("charter-lead"), speaker.say("charter-accept")),
        };
        let ticks: Vec<_> = texts.iter().map(tick).collect();
        let problems = shown.is_refused.then(|| Problems {
            heading: speaker.say("charter-not-ticked"),
            links: ticks.iter().map(|(name, _, label)| (format!("#{name}"), label.clone())).collect(),
        });
        let page = if shown.child.is_some() { "charter-child" } else { "charter" };
        let kept = if shown.needs_guardian { "charter-guardian-too" } else { "charter-kept" };
        Self {
            frame: Frame::new(place, page, heading).width(Width::Usual).wrong(problems.is_some()),
            lead,
            ticks,
            texts,
            action: shown.action.to_owned(),
            hidden: Hidden::of_form(shown.form_token, shown.interaction),
            accept,
            back: shown.child.map(|(_, back)| Way::new(speaker.say("charter-not-now"), back)),
            kept: speaker.say(kept),
            problems,
        }
    }
}

/// A version to be read again (`data-page="charter-text"`).
#[derive(Clone, Debug, Template)]
#[template(path = "charter-text.html")]
pub struct CharterTextPage {
    frame: Frame,
    text: CharterDrawn,
    signed: Option<String>,
    back: Way,
}

impl CharterTextPage {
    /// The page; `signed` says what the reader signed of it.
    #[must_use]
    pub fn new(place: &Place, shown: &CharterShown<'_>, signed: Option<String>, back: &str) -> Self {
        let text = CharterDrawn::of(place, shown, 0);
        Self {
            frame: Frame::new(place, "charter-text", text.title.clone()).width(Width::Usual),
            text,
            signed,
            back: Way::new(place.speaker.say("charter-back"), back),
        }
    }
}

/// A version in a list.
#[derive(Clone, Debug)]
pub struct CharterRow {
    /// Its title and version.
    pub title: String,
    /// The language of the title, where it is another than the page's.
    pub foreign: Option<&'static str>,
    /// Where it stands, in words.
    pub state: String,
    /// Whether nothing is missing.
    pub is_good: bool,
    /// What can be done: read, or sign for a child.
    pub way: Way,
}

/// One's charters, and those that wait for one's signature for a child (`data-page="charters"`).
#[derive(Clone, Debug, Template)]
#[template(path = "charters.html")]
pub struct ChartersPage {
    frame: Frame,
    own: Vec<CharterRow>,
    children: Vec<CharterRow>,
    home: String,
}

impl ChartersPage {
    /// The page.
    #[must_use]
    pub fn new(place: &Place, own: Vec<CharterRow>, children: Vec<CharterRow>, home: &str) -> Self {
        let frame = Frame::new(place, "charters", place.speaker.say("charters-title")).width(Width::Usual);
        Self { frame, own, children, home: home.to_owned() }
    }
}

/// A minor version that one is told of, not asked for (row CHA-06).
#[derive(Clone, Debug)]
pub struct CharterNews {
    /// In a sentence.
    pub sentence: String,
    /// Where it is read.
    pub read: String,
    /// Where the notice is put away.
    pub action: String,
    /// The version, for the form, and the token.
    pub hidden: Vec<Hidden>,
}

impl CharterNews {
    /// The notice of a version.
    #[must_use]
    pub fn new(place: &Place, shown: (&str, &str, Instant, &str), id: &CharterId, form: (&str, &str)) -> Self {
        let ((title, version, at, zone), (base, form_token)) = (shown, form);
        let date = place.speaker.date(at, zone);
        let args = [("title", title), ("version", version), ("date", date.as_str())];
        let mut hidden = Hidden::of_form(form_token, None);
        hidden.push(Hidden::new("charter", id.as_str()));
        Self {
            sentence: place.speaker.say_with("charter-news", &args),
            read: format!("{base}/charte/{id}"),
            action: format!("{base}/charte/vue"),
            hidden,
        }
    }
}

/// What is said in one sentence around charters.
impl MessagePage {
    /// It was refused, and the session is closed (`data-page="charter-refused"`, row CHA-04).
    #[must_use]
    pub fn charter_refused(place: &Place, sign_in: &str) -> Self {
        let again = Way::new(place.speaker.say("charter-refused-again"), sign_in);
        let helpers = Frame::new(place, "", "").help_links().into_iter().map(|(href, label)| Way::new(label, href));
        let keys = ["charter-refused-title", "charter-refused-lead", "charter-refused-also"];
        Self::plain(place, "charter-refused", keys, std::iter::once(again).chain(helpers).collect())
    }

    /// A guardian's signature is awaited, and nothing opens before (`data-page="charter-waits"`, row CHA-07).
    #[must_use]
    pub fn charter_waits(place: &Place, again: &str, sign_out: &str) -> Self {
        let ways = vec![
            Way::new(place.speaker.say("charter-waits-again"), again),
            Way::new(place.speaker.say("way-sign-out"), sign_out),
        ];
        let keys = ["charter-waits-title", "charter-waits-lead", "charter-waits-also"];
        Self::plain(place, "charter-waits", keys, ways)
    }
}
