//! One thing of the account that has a page of its own: the address for notifications, the secret question. Each is changed
//! with the current password (row ACC-03).

use askama::Template;

use crate::domain::{Email, NotificationAddress, Question, Refusal};

use super::{
    super::{
        Field, Frame, Hidden, Place, Problems,
        activation::{at_field, problems},
    },
    AccountShell,
};

/// What such a page shows, whatever it is about, as plain values.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    /// Where the form is posted: its own path.
    pub action: &'a str,
    /// The tab Profil.
    pub back: &'a str,
    /// What was refused.
    pub refusals: &'a [Refusal],
    /// The key of what was just done.
    pub done: Option<&'static str>,
}

/// A form with the current password first (`data-page="account-notifications"`, `"account-question"`).
#[derive(Clone, Debug, Template)]
#[template(path = "account/setting.html")]
pub struct SettingPage {
    frame: Frame,
    shell: AccountShell,
    lead: String,
    fact: (String, String),
    action: String,
    back: String,
    hidden: Vec<Hidden>,
    fields: Vec<Field>,
    decline: Option<String>,
    done: Vec<String>,
    problems: Option<Problems>,
}

impl SettingPage {
    /// The address for notifications: what is kept, and what was typed.
    #[must_use]
    pub fn notifications(
        place: &Place,
        shell: AccountShell,
        (kept, typed): (Option<&NotificationAddress>, &str),
        shown: &Setting<'_>,
    ) -> Self {
        let speaker = place.speaker;
        let email = Field::text("email", speaker.say("notifications-new"), "email").email().holding(typed);
        let decline = kept.is_some_and(|kept| kept.email.is_some() || kept.awaiting.is_some());
        let fact = (speaker.say("account-notifications"), notified(place, kept));
        let page = ("account-notifications", "notifications-title", "notifications-lead");
        Self {
            decline: decline.then(|| speaker.say("notifications-none")),
            ..Self::new(place, shell, (page, fact), vec![email], shown)
        }
    }

    /// The secret question: the one that is kept, and the one that was chosen.
    #[must_use]
    pub fn question(
        place: &Place,
        shell: AccountShell,
        (kept, chosen): (Option<Question>, &str),
        shown: &Setting<'_>,
    ) -> Self {
        let speaker = place.speaker;
        let fact = (speaker.say("account-question"), asked(place, kept));
        let fields = question_fields(place, chosen);
        Self::new(place, shell, (("account-question", "question-title", "question-lead"), fact), fields.into(), shown)
    }

    fn new(
        place: &Place,
        shell: AccountShell,
        ((page, title, lead), fact): ((&'static str, &str, &str), (String, String)),
        fields: Vec<Field>,
        shown: &Setting<'_>,
    ) -> Self {
        let speaker = place.speaker;
        let said = problems(place, shown.refusals);
        let told = |field: Field| at_field(place, shown.refusals, field);
        let current = Field::password("current_password", speaker.say("account-current"), "current-password");
        let current = current.hint(speaker.say("account-current-hint"));
        Self {
            frame: Frame::new(place, page, speaker.say(title)).wrong(said.is_some()),
            lead: speaker.say(lead),
            fact,
            action: shown.action.to_owned(),
            back: shown.back.to_owned(),
            hidden: Hidden::of_form(&shell.form_token, None),
            fields: std::iter::once(current).chain(fields).map(told).collect(),
            decline: None,
            done: shown.done.map(|key| speaker.say(key)).into_iter().collect(),
            problems: said,
            shell,
        }
    }
}

/// Where notifications go, in words.
pub(super) fn notified(place: &Place, kept: Option<&NotificationAddress>) -> String {
    let speaker = place.speaker;
    let address = kept.and_then(|kept| kept.email.as_ref()).map(Email::to_string);
    let address = address.unwrap_or_else(|| speaker.say("notifications-nowhere"));
    match kept.and_then(|kept| kept.awaiting.as_ref()) {
        Some(awaiting) => {
            let args = [("address", address), ("awaiting", awaiting.to_string())];
            speaker.say_with("notifications-awaiting", &args)
        }
        None => address,
    }
}

/// The secret question, in words.
pub(super) fn asked(place: &Place, kept: Option<Question>) -> String {
    place.speaker.say(kept.map_or("question-none", question_key))
}

/// The key of a question's words.
#[must_use]
pub const fn question_key(question: Question) -> &'static str {
    match question {
        Question::Hero => "question-hero",
        Question::Toy => "question-toy",
        Question::Book => "question-book",
        Question::Dish => "question-dish",
        Question::Trade => "question-trade",
        Question::Song => "question-song",
        Question::Journey => "question-journey",
        Question::Teacher => "question-teacher",
    }
}

/// The words of the question of a name; none where nothing is named so.
#[must_use]
pub fn question_words(place: &Place, name: &str) -> String {
    Question::named(name).map_or_else(String::new, |question| place.speaker.say(question_key(question)))
}

/// The list of questions and the field of the answer (row QST-13).
#[must_use]
pub fn question_fields(place: &Place, chosen: &str) -> [Field; 2] {
    let speaker = place.speaker;
    let none = (String::new(), speaker.say("question-choose"));
    let all = Question::ALL.map(|question| (question.name().to_owned(), speaker.say(question_key(question))));
    let list =
        Field::text("question", speaker.say("question-label"), "off").choice([none].into_iter().chain(all).collect());
    let answer = Field::text("answer", speaker.say("question-answer"), "off").hint(speaker.say("question-answer-hint"));
    [list.hint(speaker.say("question-hint")).holding(chosen), answer]
}
