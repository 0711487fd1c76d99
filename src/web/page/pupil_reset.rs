//! The pupils' reset through an external provider, and what is said where a provider's word lets nobody in.

use askama::Template;

use crate::{domain::Refusal, policy::Upstream, say, words::Locale};

use super::{Field, Frame, Hidden, MessagePage, Place, Problems, Way, Width};

/// What is needed, and the button (`data-page="pupil-forgotten"`, rows SEP-01 to SEP-03, SEP-24).
#[derive(Clone, Debug, Template)]
#[template(path = "pupil-forgotten.html")]
pub struct PupilForgottenPage {
    frame: Frame,
    lead: String,
    number: String,
    button: Way,
    back: Way,
}

impl PupilForgottenPage {
    /// The page; the button leads to the provider, the other way back to the sign-in.
    #[must_use]
    pub fn new(place: &Place, upstream: &Upstream, digits: Option<usize>, (onwards, back): (&str, &str)) -> Self {
        let speaker = place.speaker;
        let args = names(place, upstream);
        Self {
            frame: Frame::new(place, "pupil-forgotten", speaker.say("pupil-forgotten-title")).width(Width::Usual),
            lead: speaker.say_with("pupil-forgotten-lead", &args),
            number: match digits {
                Some(digits) => speaker.say_with("pupil-forgotten-number", &[("digits", digits)]),
                None => speaker.say("pupil-forgotten-any-number"),
            },
            button: Way::new(speaker.say_with("pupil-forgotten-button", &args), onwards),
            back: Way::new(speaker.say("way-back-sign-in"), back),
        }
    }
}

/// A provider's name, and the same after "de" in French.
fn names<'a>(place: &Place, upstream: &'a Upstream) -> [(&'static str, &'a str); 2] {
    let of = if place.speaker.locale == Locale::Fr { &upstream.label_of } else { &upstream.label };
    [("label", &upstream.label), ("of", of)]
}

/// What the page with the two fields shows, as plain values.
#[derive(Clone, Copy, Debug)]
pub struct PupilReset<'a> {
    /// Where the form is posted.
    pub action: &'a str,
    /// The token that binds the form to the browser.
    pub form_token: &'a str,
    /// The proof.
    pub proof: &'a str,
    /// Who proved it.
    pub upstream: &'a Upstream,
    /// Who is signed in there: a mailbox.
    pub signed_in_as: &'a str,
    /// The way for somebody else.
    pub other_href: &'a str,
    /// How many digits a number has.
    pub digits: Option<usize>,
    /// What was typed as the number.
    pub number: &'a str,
    /// What was typed as the username.
    pub identifier: &'a str,
    /// What was refused.
    pub refusals: &'a [Refusal],
}

/// Pupil number and username (`data-page="pupil-reset"`, rows SEP-06, SEP-13).
#[derive(Clone, Debug, Template)]
#[template(path = "pupil-reset.html")]
pub struct PupilResetPage {
    frame: Frame,
    lead: String,
    who: String,
    signed_in_as: String,
    other: Way,
    action: String,
    hidden: Vec<Hidden>,
    number: Field,
    identifier: Field,
    problems: Option<Problems>,
}

impl PupilResetPage {
    /// The page: what was typed stays.
    #[must_use]
    pub fn new(place: &Place, shown: &PupilReset<'_>) -> Self {
        let speaker = place.speaker;
        let args = [("label", shown.upstream.label.as_str())];
        let problems = problems(place, shown.refusals);
        let frame = Frame::new(place, "pupil-reset", speaker.say("pupil-reset-title")).wrong(problems.is_some());
        let told = |mut field: Field| {
            let name = field.name;
            let about = shown.refusals.iter().filter(|refusal| field_of(refusal) == Some(name));
            let lines: Vec<String> = about.map(|refusal| speaker.tell(refusal, place.now)).collect();
            field.wrong = shown.refusals.contains(&Refusal::NotSamePupil);
            field.telling(&lines)
        };
        let number = Field::text("number", speaker.say("pupil-reset-number"), "off").hint(match shown.digits {
            Some(10) => speaker.say("pupil-reset-number-hint"),
            Some(digits) => speaker.say_with("pupil-reset-number-digits", &[("digits", digits)]),
            None => speaker.say("pupil-reset-number-where"),
        });
        let identifier = Field::text("identifier", speaker.say("pupil-reset-identifier"), "username")
            .hint(speaker.say("pupil-reset-identifier-hint"));
        Self {
            lead: speaker.say_with("pupil-reset-lead", &args),
            who: speaker.say("pupil-reset-who"),
            signed_in_as: shown.signed_in_as.to_owned(),
            other: Way::new(speaker.say("pupil-reset-other"), shown.other_href),
            action: shown.action.to_owned(),
            hidden: vec![Hidden::new("form_token", shown.form_token), Hidden::new("a", shown.proof)],
            number: told(number.holding(shown.number)),
            identifier: told(identifier.holding(shown.identifier)),
            problems,
            frame,
        }
    }
}

/// The field that a refusal is about; none where it is about both.
const fn field_of(refusal: &Refusal) -> Option<&'static str> {
    match refusal {
        Refusal::Missing { field } => Some(field),
        Refusal::NumberUnfit { .. } => Some("number"),
        _ => None,
    }
}

fn problems(place: &Place, refusals: &[Refusal]) -> Option<Problems> {
    let (first, speaker) = (refusals.first()?, place.speaker);
    let links: Vec<(String, String)> = refusals
        .iter()
        .filter_map(|refusal| Some((format!("#{}", field_of(refusal)?), speaker.tell(refusal, place.now))))
        .collect();
    if links.is_empty() {
        let to = (*first == Refusal::NotSamePupil).then(|| ("#number".to_owned(), speaker.say("pupil-reset-retype")));
        return Some(Problems { heading: speaker.tell(first, place.now), links: to.into_iter().collect() });
    }
    Some(Problems { heading: speaker.utter(&say!("problems-some")), links })
}

/// It was asked for (`data-page="pupil-reset-sent"`, rows SEP-07, SEP-19).
#[derive(Clone, Debug, Template)]
#[template(path = "pupil-reset-sent.html")]
pub struct PupilResetSentPage {
    frame: Frame,
    lead: String,
    mail: String,
    wait: String,
    also: String,
    sign_in: Way,
}

impl PupilResetSentPage {
    /// The page; `sign_in` leads on.
    #[must_use]
    pub fn new(place: &Place, upstream: &Upstream, sign_in: &str) -> Self {
        let speaker = place.speaker;
        let args = [("label", upstream.label.as_str())];
        Self {
            frame: Frame::new(place, "pupil-reset-sent", speaker.say("pupil-sent-title")).width(Width::Usual),
            lead: speaker.say("pupil-sent-lead"),
            mail: speaker.say_with("pupil-sent-mail", &args),
            wait: speaker.say("pupil-sent-wait"),
            also: speaker.say("pupil-sent-also"),
            sign_in: Way::new(speaker.say("way-sign-in"), sign_in),
        }
    }
}

/// What is said where a provider's word lets nobody in: `data-page`, title, what has happened, what to do.
const SAID: [[&str; 4]; 8] = [
    ["upstream-unavailable", "upstream-unavailable-title", "upstream-unavailable-lead", "upstream-unavailable-also"],
    ["upstream-declined", "upstream-declined-title", "upstream-declined-lead", "upstream-declined-also"],
    ["upstream-unknown", "upstream-unknown-title", "upstream-unknown-lead", "upstream-unknown-also"],
    ["upstream-ambiguous", "upstream-ambiguous-title", "upstream-ambiguous-lead", "upstream-ambiguous-also"],
    [
        "upstream-not-activated",
        "upstream-not-activated-title",
        "upstream-not-activated-lead",
        "upstream-not-activated-also",
    ],
    ["upstream-not-pupil", "upstream-not-pupil-title", "upstream-not-pupil-lead", "upstream-not-pupil-also"],
    ["upstream-no-mailbox", "upstream-no-mailbox-title", "upstream-no-mailbox-lead", "upstream-no-mailbox-also"],
    ["pupil-reset-school", "pupil-school-title", "pupil-school-lead", "pupil-school-also"],
];

impl MessagePage {
    /// The names of the pages that `upstream` makes.
    pub fn of_upstream() -> impl Iterator<Item = &'static str> {
        SAID.into_iter().map(|[page, ..]| page)
    }

    /// Why a provider's word lets nobody in, with ways on (rows SEP-15 to SEP-18). `page` is one of `of_upstream`.
    #[must_use]
    pub fn upstream(place: &Place, page: &str, upstream: &Upstream, ways: Vec<Way>) -> Self {
        let [page, keys @ ..] = SAID.into_iter().find(|[name, ..]| *name == page).unwrap_or(SAID[0]);
        let args = names(place, upstream);
        let [title, lead, also] = keys.map(|key| place.speaker.say_with(key, &args));
        Self::said(Frame::new(place, page, title), lead, also, ways)
    }

    /// A way to a provider that began elsewhere or is over (`data-page="upstream-lost"`).
    #[must_use]
    pub fn upstream_lost(place: &Place, ways: Vec<Way>) -> Self {
        let keys = ["upstream-lost-title", "upstream-lost-lead", "upstream-lost-also"];
        Self::plain(place, "upstream-lost", keys, ways)
    }
}
