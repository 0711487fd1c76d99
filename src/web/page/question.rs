//! A new password by the secret question: whose, then the answer (rows QST-01 to QST-03).

use askama::Template;

use crate::{
    domain::{Question, Refusal},
    say,
};

use super::{Field, Frame, Hidden, MessagePage, Place, Problems, Way, activation::lines, question_key};

/// What the page shows, as plain values.
#[derive(Clone, Copy, Debug)]
pub struct ByQuestion<'a> {
    /// Where the form is posted.
    pub action: &'a str,
    /// The token that binds the form to the browser.
    pub form_token: &'a str,
    /// The pending sign-in.
    pub interaction: Option<&'a str>,
    /// What was typed as the username.
    pub typed: &'a str,
    /// The question, once it was looked for.
    pub question: Option<Question>,
    /// Why what was typed was refused.
    pub refusal: Option<&'a Refusal>,
    /// Other ways: by link, the portal, the school.
    pub ways: &'a [Way],
}

/// One field and a button, twice (`data-page="by-question"`).
#[derive(Clone, Debug, Template)]
#[template(path = "question.html")]
pub struct ByQuestionPage {
    frame: Frame,
    lead: String,
    action: String,
    hidden: Vec<Hidden>,
    /// Whose question, and its words.
    asked: Option<(String, String)>,
    field: Field,
    button: String,
    problems: Option<Problems>,
    ways: Vec<Way>,
}

impl ByQuestionPage {
    /// The page: of the username, or of the answer, which is never written back.
    #[must_use]
    pub fn new(place: &Place, shown: &ByQuestion<'_>) -> Self {
        let speaker = place.speaker;
        let said: Vec<String> = shown.refusal.iter().flat_map(|refusal| lines(place, refusal)).collect();
        let mut hidden = Hidden::of_form(shown.form_token, shown.interaction);
        let (field, keys) = if shown.question.is_some() {
            hidden.push(Hidden::new("identifier", shown.typed));
            let field = Field::text("answer", speaker.say("question-answer"), "off");
            (field.hint(speaker.say("by-question-answer-hint")), ["by-question-answer-lead", "by-question-confirm"])
        } else {
            let field = Field::text("identifier", speaker.say("by-question-identifier"), "username");
            (field.hint(speaker.say("by-question-hint")).holding(shown.typed), ["by-question-lead", "by-question-find"])
        };
        let problems = shown.refusal.map(|refusal| match refusal {
            Refusal::TooManyTries { .. } => Problems { heading: said.join(" "), links: Vec::new() },
            _ => Problems {
                heading: speaker.utter(&say!("problems-one")),
                links: vec![(format!("#{}", field.name), said.join(" "))],
            },
        });
        let is_told = problems.as_ref().is_some_and(|problems| !problems.links.is_empty());
        Self {
            frame: Frame::new(place, "by-question", speaker.say("by-question-title")).wrong(problems.is_some()),
            lead: speaker.say(keys[0]),
            action: shown.action.to_owned(),
            hidden,
            asked: shown.question.map(|question| (shown.typed.to_owned(), speaker.say(question_key(question)))),
            field: if is_told { field.telling(&said) } else { field },
            button: speaker.say(keys[1]),
            problems,
            ways: shown.ways.to_vec(),
        }
    }
}

impl MessagePage {
    /// The answer was right: a temporary password is on its way (`data-page="by-question-sent"`, row QST-03).
    #[must_use]
    pub fn by_question_sent(place: &Place, ways: Vec<Way>) -> Self {
        let keys = ["by-question-sent-title", "by-question-sent-lead", "by-question-sent-also"];
        Self::plain(place, "by-question-sent", keys, ways)
    }
}
