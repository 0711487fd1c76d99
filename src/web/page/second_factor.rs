//! The second factor: giving it, adding it, and the codes that stand in for it.

use askama::Template;

use crate::domain::Refusal;

use super::{Field, Frame, Hidden, Place, Problems, Width, qr::Picture};

/// Where the forms of these pages go and what they carry.
#[derive(Clone, Copy, Debug, Default)]
pub struct Step<'a> {
    /// What every form's path begins with.
    pub base: &'a str,
    /// The token that binds a form to the browser.
    pub form_token: &'a str,
    /// The pending sign-in, where there is one.
    pub interaction: Option<&'a str>,
}

impl Step<'_> {
    fn hidden(&self) -> Vec<Hidden> {
        Hidden::of_form(self.form_token, self.interaction)
    }
}

/// A code, or a key (`data-page="second-factor"`).
#[derive(Clone, Debug, Template)]
#[template(path = "second-factor.html")]
pub struct SecondFactorPage {
    frame: Frame,
    base: String,
    hidden: Vec<Hidden>,
    code: Field,
    has_passkeys: bool,
    problems: Option<Problems>,
}

impl SecondFactorPage {
    /// The page; `has_totp` and `has_passkeys` say what the account has.
    #[must_use]
    pub fn new(place: &Place, to: Step<'_>, (has_totp, has_passkeys): (bool, bool), refusal: Option<&Refusal>) -> Self {
        let speaker = place.speaker;
        let problems = problems(place, refusal, "#code");
        let hint = if has_totp { "factor-code-hint" } else { "factor-recovery-hint" };
        let frame = Frame::new(place, "second-factor", speaker.say("factor-title")).wrong(problems.is_some());
        Self {
            frame,
            base: to.base.to_owned(),
            hidden: to.hidden(),
            code: code(place, "factor-code", refusal).hint(speaker.say(hint)),
            has_passkeys,
            problems,
        }
    }
}

/// A second factor has to be added before anything opens (`data-page="enrol-second-factor"`, row ADM-20).
#[derive(Clone, Debug, Template)]
#[template(path = "enrol-second-factor.html")]
pub struct EnrolPage {
    frame: Frame,
    base: String,
    hidden: Vec<Hidden>,
    has_passkeys: bool,
    problems: Option<Problems>,
}

impl EnrolPage {
    /// The page; `has_passkeys` says whether the server takes keys.
    #[must_use]
    pub fn new(place: &Place, to: Step<'_>, has_passkeys: bool, refusal: Option<&Refusal>) -> Self {
        let problems = problems(place, refusal, "#content");
        let frame = Frame::new(place, "enrol-second-factor", place.speaker.say("enrol-title"));
        let frame = frame.wrong(problems.is_some());
        Self { frame, base: to.base.to_owned(), hidden: to.hidden(), has_passkeys, problems }
    }
}

/// The browser is asked for a key (`data-page="passkey"`); a script asks it and sends its answer.
#[derive(Clone, Debug, Template)]
#[template(path = "passkey.html")]
pub struct PasskeyPage {
    frame: Frame,
    lead: String,
    action: String,
    hidden: Vec<Hidden>,
    question: String,
    makes: bool,
    back: String,
}

/// What the page of a key shows.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// Where the answer goes.
    pub action: &'a str,
    /// The question, in the browser's words (JSON).
    pub question: &'a str,
    /// Whether a key is made; else one is used.
    pub makes: bool,
    /// Where going back leads.
    pub back: &'a str,
}

impl PasskeyPage {
    /// The page.
    #[must_use]
    pub fn new(place: &Place, to: Step<'_>, asked: Asked<'_>) -> Self {
        let speaker = place.speaker;
        Self {
            frame: Frame::new(place, "passkey", speaker.say("key-title")),
            lead: if asked.makes { speaker.say("key-lead-make") } else { speaker.say("key-lead-use") },
            action: asked.action.to_owned(),
            hidden: to.hidden(),
            question: asked.question.to_owned(),
            makes: asked.makes,
            back: asked.back.to_owned(),
        }
    }
}

/// The seed of an application: as a picture and in letters, and its first code (`data-page="add-application"`).
#[derive(Clone, Debug, Template)]
#[template(path = "add-application.html")]
pub struct ApplicationPage {
    frame: Frame,
    action: String,
    hidden: Vec<Hidden>,
    picture: Option<Picture>,
    seed: String,
    code: Field,
    back: String,
    problems: Option<Problems>,
}

impl ApplicationPage {
    /// The page; `seed` is in base 32, `address` what the picture holds.
    #[must_use]
    pub fn new(
        place: &Place,
        to: Step<'_>,
        (seed, address): (&str, &str),
        (back, refusal): (&str, Option<&Refusal>),
    ) -> Self {
        let speaker = place.speaker;
        let problems = problems(place, refusal, "#code");
        let letters: Vec<char> = seed.chars().collect();
        let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
        let frame = Frame::new(place, "add-application", speaker.say("app-title")).wrong(problems.is_some());
        Self {
            frame: frame.width(Width::Usual),
            action: format!("{}/application/code", to.base),
            hidden: to.hidden(),
            picture: Picture::of(address),
            seed: groups.join(" "),
            code: code(place, "app-code", refusal).hint(speaker.say("app-code-hint")),
            back: back.to_owned(),
            problems,
        }
    }
}

/// The recovery codes, shown once (`data-page="recovery-codes"`).
#[derive(Clone, Debug, Template)]
#[template(path = "recovery-codes.html")]
pub struct RecoveryCodesPage {
    frame: Frame,
    codes: Vec<String>,
    identifier: String,
    on: String,
}

impl RecoveryCodesPage {
    /// The page; `on` is where it goes on.
    #[must_use]
    pub fn new(place: &Place, codes: &[String], identifier: &str, on: &str) -> Self {
        let frame = Frame::new(place, "recovery-codes", place.speaker.say("codes-title"));
        Self { frame, codes: codes.to_vec(), identifier: identifier.to_owned(), on: on.to_owned() }
    }
}

fn code(place: &Place, label: &str, refusal: Option<&Refusal>) -> Field {
    let missing = refusal.filter(|refusal| matches!(refusal, Refusal::Missing { .. }));
    let mut field =
        Field::text("code", place.speaker.say(label), "one-time-code").after(missing, &place.speaker, place.now);
    field.wrong = matches!(refusal, Some(Refusal::WrongCode));
    field
}

fn problems(place: &Place, refusal: Option<&Refusal>, at: &str) -> Option<Problems> {
    let refusal = refusal.filter(|refusal| **refusal != Refusal::FormExpired)?;
    let heading = place.speaker.tell(refusal, place.now);
    let links = match refusal {
        Refusal::WrongCode | Refusal::Missing { .. } => vec![(at.to_owned(), place.speaker.say("factor-code"))],
        _ => Vec::new(),
    };
    Some(Problems { heading, links })
}
