//! A registration: the address, who one is and whose parent, then a password of one's own (rows REG-01 to REG-07).

use askama::Template;

use crate::{
    domain::{Email, Establishment, Refusal},
    policy::RuleList,
    say,
};

use super::{
    Field, Frame, Hidden, MessagePage, Place, Problems, Rules, Way,
    activation::{at_field, lines, problems},
    question_fields,
};

/// A problem of a field, or of the whole where the field's name is empty.
pub type Wrong = (&'static str, Refusal);

/// What the first two pages show, as plain values.
#[derive(Clone, Copy, Debug)]
pub struct Registration<'a> {
    /// Where the form is posted.
    pub action: &'a str,
    /// The token that binds the form to the browser.
    pub form_token: &'a str,
    /// The pending sign-in.
    pub interaction: Option<&'a str>,
    /// What is wrong.
    pub wrong: &'a [Wrong],
    /// Other ways: the school, the portal.
    pub ways: &'a [Way],
}

/// The fields of the second page, as they were typed.
#[derive(Clone, Copy, Debug)]
pub struct WhoIs<'a> {
    /// The address of the first page.
    pub email: &'a str,
    /// What stands in the fields, by their names.
    pub typed: &'a [(&'static str, &'a str)],
    /// The schools of the network, as French sorts them (row REG-04).
    pub schools: &'a [Establishment],
    /// The years in which a pupil may be born, the youngest first (row REG-03).
    pub years: (i16, i16),
    /// Whether any child will do, not the youngest alone.
    pub any_child: bool,
}

/// The address, then who one is (`data-page="registration"`).
#[derive(Clone, Debug, Template)]
#[template(path = "registration.html")]
pub struct RegistrationPage {
    frame: Frame,
    lead: String,
    action: String,
    hidden: Vec<Hidden>,
    address: Option<String>,
    parent: Vec<Field>,
    child_legend: String,
    birth: Vec<Field>,
    child: Vec<Field>,
    problems: Option<Problems>,
    ways: Vec<Way>,
}

impl RegistrationPage {
    /// The address that the school knows (row REG-01).
    #[must_use]
    pub fn address(place: &Place, typed: &str, shown: &Registration<'_>) -> Self {
        let speaker = place.speaker;
        let email = Field::text("email", speaker.say("registration-email"), "email").email();
        let email = email.hint(speaker.say("registration-email-hint")).holding(typed);
        let parent = vec![told(place, shown.wrong, email)];
        Self { parent, ..Self::new(place, "registration-lead", shown) }
    }

    /// Who one is and whose parent (rows REG-02 to REG-04).
    #[must_use]
    pub fn who(place: &Place, is: &WhoIs<'_>, shown: &Registration<'_>) -> Self {
        let speaker = place.speaker;
        let field = |field: Field| {
            let typed = is.typed.iter().find(|(name, _)| *name == field.name).map_or("", |(_, typed)| *typed);
            told(place, shown.wrong, field.holding(typed))
        };
        let text = |name, key: &str, autocomplete| Field::text(name, speaker.say(key), autocomplete);
        let list = |name, key: &str, options: Vec<(String, String)>| {
            let none = (String::new(), speaker.say("question-choose"));
            Field::text(name, speaker.say(key), "off").choice([none].into_iter().chain(options).collect())
        };
        let number = |number: i16| (number.to_string(), number.to_string());
        let months = (1..=12_i16).map(|month| (month.to_string(), speaker.month(i64::from(month)))).collect();
        let years = (is.years.0..=is.years.1).rev().map(number).collect();
        let schools = is.schools.iter().map(|school| (school.id.to_string(), school.name.clone())).collect();
        let legend = if is.any_child { "registration-any-child" } else { "registration-child" };
        let base = Self::new(place, "registration-who-lead", shown);
        Self {
            address: Some(is.email.to_owned()),
            hidden: base.hidden.iter().cloned().chain([Hidden::new("email", is.email)]).collect(),
            parent: vec![
                field(text("family_name", "help-family-name", "family-name").name()),
                field(text("given_name", "help-given-name", "given-name").name()),
            ],
            child_legend: speaker.say(legend),
            birth: vec![
                field(list("birth_day", "registration-day", (1..=31).map(number).collect())),
                field(list("birth_month", "registration-month", months)),
                field(list("birth_year", "registration-year", years)),
            ],
            child: vec![
                field(list("school", "registration-school", schools)),
                field(
                    text("civic_number", "data-civic-number", "off")
                        .hint(speaker.say("registration-civic-number-hint")),
                ),
            ],
            ..base
        }
    }

    fn new(place: &Place, lead: &str, shown: &Registration<'_>) -> Self {
        let problems = summary(place, shown.wrong);
        Self {
            frame: Frame::new(place, "registration", place.speaker.say("registration-title")).wrong(problems.is_some()),
            lead: place.speaker.say(lead),
            action: shown.action.to_owned(),
            hidden: Hidden::of_form(shown.form_token, shown.interaction),
            address: None,
            parent: Vec::new(),
            child_legend: String::new(),
            birth: Vec::new(),
            child: Vec::new(),
            problems,
            ways: shown.ways.to_vec(),
        }
    }
}

fn told(place: &Place, wrong: &[Wrong], field: Field) -> Field {
    let about = wrong.iter().filter(|(name, _)| *name == field.name);
    let said: Vec<String> = about.flat_map(|(_, refusal)| lines(place, refusal)).collect();
    field.telling(&said)
}

/// All that is wrong: each line a link to its field, or one sentence about the whole.
fn summary(place: &Place, wrong: &[Wrong]) -> Option<Problems> {
    let (speaker, now) = (place.speaker, place.now);
    if let [("", refusal)] = wrong {
        return Some(Problems { heading: speaker.tell(refusal, now), links: Vec::new() });
    }
    let mut links: Vec<(String, String)> =
        wrong.iter().map(|(name, refusal)| (format!("#{name}"), speaker.tell(refusal, now))).collect();
    links.dedup_by(|one, before| one.1 == before.1);
    let heading = if links.len() == 1 { say!("problems-one") } else { say!("problems-some") };
    (!links.is_empty()).then(|| Problems { heading: speaker.utter(&heading), links })
}

/// What the third page shows, as plain values.
#[derive(Clone, Copy, Debug)]
pub struct RegistrationPassword<'a> {
    /// Where the form is posted.
    pub action: &'a str,
    /// The token that binds the form to the browser.
    pub form_token: &'a str,
    /// The proven address.
    pub email: &'a Email,
    /// The rules of the password.
    pub rules: &'a RuleList,
    /// The question that was chosen, where the portal asks for one.
    pub question: Option<&'a str>,
    /// What was refused.
    pub refusals: &'a [Refusal],
}

/// A password of one's own, and the secret question where the portal has one (`data-page="registration-password"`, row REG-06).
#[derive(Clone, Debug, Template)]
#[template(path = "registration-password.html")]
pub struct RegistrationPasswordPage {
    frame: Frame,
    action: String,
    hidden: Vec<Hidden>,
    email: String,
    rules: Rules,
    password: Field,
    confirmation: Field,
    question: Vec<Field>,
    problems: Option<Problems>,
}

impl RegistrationPasswordPage {
    /// The page: passwords and the answer are never written back.
    #[must_use]
    pub fn new(place: &Place, shown: &RegistrationPassword<'_>) -> Self {
        let speaker = place.speaker;
        let said = problems(place, shown.refusals);
        let told = |field: Field| at_field(place, shown.refusals, field);
        let password = Field::password("new_password", speaker.say("activation-password"), "new-password");
        let confirmation = Field::password("confirmation", speaker.say("activation-confirmation"), "new-password");
        let question = shown.question.map(|chosen| question_fields(place, chosen).map(told));
        Self {
            frame: Frame::new(place, "registration-password", speaker.say("registration-title")).wrong(said.is_some()),
            action: shown.action.to_owned(),
            hidden: Hidden::of_form(shown.form_token, None),
            email: shown.email.to_string(),
            rules: Rules::new(place, shown.rules),
            password: told(password.described("password-rules")),
            confirmation: told(confirmation),
            question: question.into_iter().flatten().collect(),
            problems: said,
        }
    }
}

impl MessagePage {
    /// A mail is on its way (`data-page="registration-sent"`, row REG-05).
    #[must_use]
    pub fn registration_sent(place: &Place, ways: Vec<Way>) -> Self {
        let keys = ["registration-sent-title", "registration-sent-lead", "registration-sent-also"];
        Self::plain(place, "registration-sent", keys, ways)
    }

    /// The account is there (`data-page="registration-done"`, row REG-07).
    #[must_use]
    pub fn registration_done(place: &Place, sign_in: &str) -> Self {
        let ways = vec![Way::new(place.speaker.say("way-sign-in"), sign_in)];
        let keys = ["registration-done-title", "registration-done-lead", "registration-done-also"];
        Self::plain(place, "registration-done", keys, ways)
    }

    /// There is no such link (`data-page="registration-unknown"`).
    #[must_use]
    pub fn registration_unknown(place: &Place, again: &str) -> Self {
        let ways = vec![Way::new(place.speaker.say("sign-in-register"), again)];
        let keys = ["registration-unknown-title", "registration-unknown-lead", "registration-unknown-also"];
        Self::plain(place, "registration-unknown", keys, ways)
    }
}
