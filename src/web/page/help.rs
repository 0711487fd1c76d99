//! The help form, what is said once it was sent, and the questions that families ask.

use askama::Template;

use crate::{
    domain::{Establishment, Instant, Refusal},
    policy::levels,
    say,
};

use super::{Field, Frame, Hidden, MessagePage, Place, Problems, Way, Width};

/// What the form shows, as plain values: the text of each field by its name, and what is wrong with it.
#[derive(Clone, Copy, Debug)]
pub struct HelpForm<'a> {
    /// Where the form is posted.
    pub action: &'a str,
    /// The token that binds the form to the browser.
    pub form_token: &'a str,
    /// The page from which it was opened.
    pub from: &'a str,
    /// The schools that one can write to.
    pub schools: &'a [Establishment],
    /// The value that stands for a year which is on no list.
    pub other_level: &'a str,
    /// The longest problem, in characters.
    pub longest: usize,
    /// What was typed, by the field's name.
    pub typed: &'a [(&'static str, &'a str)],
    /// What is wrong, by the field's name.
    pub wrong: &'a [(&'static str, Refusal)],
    /// When the next one is taken, where too many were sent.
    pub again_at: Option<Instant>,
    /// The questions and answers.
    pub faq: &'a str,
}

impl<'a> HelpForm<'a> {
    fn text(&self, name: &str) -> &'a str {
        self.typed.iter().find(|(field, _)| *field == name).map_or("", |(_, text)| text)
    }
}

/// The form (`data-page="help-form"`, rows HLP-01 to HLP-03).
#[derive(Clone, Debug, Template)]
#[template(path = "help-form.html")]
pub struct HelpFormPage {
    frame: Frame,
    action: String,
    hidden: Vec<Hidden>,
    parent: Vec<Field>,
    child: Vec<Field>,
    problem: Field,
    /// The field that people do not see; shown once it was filled in, so that whose browser did it can empty it.
    trap: Field,
    faq: Way,
    problems: Option<Problems>,
}

impl HelpFormPage {
    /// The page: what was typed stays.
    #[must_use]
    pub fn new(place: &Place, form: &HelpForm<'_>) -> Self {
        let speaker = place.speaker;
        let field = |field: Field| {
            let about = form.wrong.iter().filter(|(name, _)| *name == field.name);
            let lines: Vec<String> = about.map(|(_, refusal)| speaker.tell(refusal, place.now)).collect();
            let text = form.text(field.name).to_owned();
            field.holding(text).telling(&lines)
        };
        let text = |name, key: &str, fill| Field::text(name, speaker.say(key), fill);
        let choose = (String::new(), speaker.say("help-choose"));
        let years = levels(&place.portal.country).iter().map(|level| ((*level).to_owned(), (*level).to_owned()));
        let other = (form.other_level.to_owned(), speaker.say("help-level-other"));
        let schools = form.schools.iter().map(|school| (school.id.to_string(), name_of(school)));
        let problems = problems(place, form);
        let frame = Frame::new(place, "help-form", speaker.say("help-form-title")).width(Width::Usual);
        Self {
            frame: frame.wrong(problems.is_some()),
            action: form.action.to_owned(),
            hidden: vec![Hidden::new("form_token", form.form_token), Hidden::new("depuis", form.from)],
            parent: [
                text("family_name", "help-family-name", "family-name").name(),
                text("given_name", "help-given-name", "given-name").name(),
                text("email", "help-email", "email").email().hint(speaker.say("help-email-hint")),
                text("phone", "help-phone", "tel").phone(),
            ]
            .map(field)
            .into(),
            child: [
                text("child_family_name", "help-family-name", "off").name(),
                text("child_given_name", "help-given-name", "off").name(),
                text("level", "help-level", "off")
                    .choice(std::iter::once(choose.clone()).chain(years).chain([other]).collect()),
                text("school", "help-school", "off").choice(std::iter::once(choose).chain(schools).collect()),
            ]
            .map(field)
            .into(),
            problem: field(
                text("problem", "help-problem", "off")
                    .area()
                    .hint(speaker.say_with("help-problem-hint", &[("most", form.longest)])),
            ),
            trap: field(text("website", "help-trap", "off").optional()),
            faq: Way::new(speaker.say("help-faq"), form.faq),
            problems,
        }
    }
}

/// A school's name, with its town where the name does not say it.
fn name_of(school: &Establishment) -> String {
    if school.town.is_empty() || school.name.contains(&school.town) {
        school.name.clone()
    } else {
        format!("{} ({})", school.name, school.town)
    }
}

/// All that is wrong, each line a link to its field, which it names (RGAA 11.10).
fn problems(place: &Place, form: &HelpForm<'_>) -> Option<Problems> {
    let speaker = place.speaker;
    if let Some(again_at) = form.again_at {
        let heading = speaker.tell(&Refusal::TooManyTries { again_at }, place.now);
        return Some(Problems { heading, links: Vec::new() });
    }
    let line = |(name, refusal): &(&'static str, Refusal)| {
        let line = speaker.tell(refusal, place.now);
        let line =
            if name.starts_with("child_") { speaker.say_with("help-of-child", &[("problem", line)]) } else { line };
        (format!("#{name}"), line)
    };
    (!form.wrong.is_empty()).then(|| Problems {
        heading: speaker.utter(&say!("problems-some")),
        links: form.wrong.iter().map(line).collect(),
    })
}

impl MessagePage {
    /// The school has the question (`data-page="help-sent"`, rows HLP-04, HLP-06).
    #[must_use]
    pub fn help_sent(place: &Place, reference: &str, school: &str, home: &str) -> Self {
        let speaker = place.speaker;
        let lead = speaker.say_with("help-sent-lead", &[("reference", reference), ("school_name", school)]);
        let keys = ["help-sent-title", "help-sent-title", "help-sent-also"];
        Self::plain(place, "help-sent", keys, vec![Way::new(speaker.say("way-back-sign-in"), home)]).leading(lead)
    }

    /// Nobody reads mail for that school (`data-page="help-nobody"`, row HLP-07); `call` is its telephone, as a link.
    #[must_use]
    pub fn help_nobody(place: &Place, school: &str, call: Option<Way>, home: &str) -> Self {
        let speaker = place.speaker;
        let lead = speaker.say_with("help-nobody-lead", &[("school_name", school)]);
        let keys = ["help-nobody-title", "help-nobody-title", "help-nobody-also"];
        let ways = call.into_iter().chain([Way::new(speaker.say("way-back-sign-in"), home)]).collect();
        Self::plain(place, "help-nobody", keys, ways).leading(lead)
    }
}
