//! The pieces of a form: fields with their help and their problem, and the summary above them (RGAA 11.10, 11.11).

use crate::{
    domain::{Instant, Refusal, Rule},
    policy::RuleList,
    words::Speaker,
};

use super::Place;

/// A field that the person does not see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hidden {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
}

impl Hidden {
    /// A hidden field.
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self { name: name.into(), value: value.into() }
    }

    /// The hidden fields of every form of ours: the token, and the pending sign-in where there is one.
    #[must_use]
    pub fn of_form(form_token: &str, interaction: Option<&str>) -> Vec<Self> {
        let interaction = interaction.map(|id| Self::new("i", id));
        std::iter::once(Self::new("form_token", form_token)).chain(interaction).collect()
    }
}

/// Whose turn it is, where a page has several steps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Turn {
    /// It can be filled in.
    #[default]
    Usual,
    /// It can't be filled in yet.
    Later,
    /// The page begins there.
    First,
}

/// A field with everything around it. `templates/pieces.html` draws it: label, hint, problem, control.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name in the form, which is its `id` as well.
    pub name: &'static str,
    /// `text`, `password`, `email`, `tel`, `code` (text in large signs); `select` and `area` are controls of their own.
    pub kind: &'static str,
    /// What it is called.
    pub label: String,
    /// What stands in it. Always empty for a password.
    pub value: String,
    /// What browsers may fill in (HTML §4.10.18.7): `username`, `current-password`, …
    pub autocomplete: &'static str,
    /// Help, before the control.
    pub hint: Option<String>,
    /// What is wrong with it, in words.
    pub problem: Option<String>,
    /// Whether it is wrong though the words stand in the summary alone.
    pub wrong: bool,
    /// Whether it may stay empty.
    pub is_optional: bool,
    /// The id of something else that describes it.
    pub also_described_by: Option<&'static str>,
    /// What one chooses from: value and words.
    pub options: Vec<(String, String)>,
    /// Whose turn it is.
    pub turn: Turn,
    /// What a phone's keyboard puts in capitals: `none`, `words`, `sentences`.
    pub capitals: &'static str,
    /// Well-known domains, and how a mistyped one is asked about once the field is left (row ACT-17).
    pub suggestion: Option<(String, String)>,
}

impl Field {
    /// A field for text.
    #[must_use]
    pub fn text(name: &'static str, label: impl Into<String>, autocomplete: &'static str) -> Self {
        Self {
            name,
            kind: "text",
            label: label.into(),
            value: String::new(),
            autocomplete,
            hint: None,
            problem: None,
            wrong: false,
            is_optional: false,
            also_described_by: None,
            options: Vec::new(),
            turn: Turn::Usual,
            capitals: "none",
            suggestion: None,
        }
    }

    /// A field for a password, with its button to show it and its line about Caps Lock.
    #[must_use]
    pub fn password(name: &'static str, label: impl Into<String>, autocomplete: &'static str) -> Self {
        Self { kind: "password", ..Self::text(name, label, autocomplete) }
    }

    /// The same for an e-mail address.
    #[must_use]
    pub const fn email(mut self) -> Self {
        self.kind = "email";
        self
    }

    /// The same for a telephone number.
    #[must_use]
    pub const fn phone(mut self) -> Self {
        self.kind = "tel";
        self
    }

    /// The same for a name: keyboards begin its words with capitals.
    #[must_use]
    pub const fn name(mut self) -> Self {
        self.capitals = "words";
        self
    }

    /// The same for a code that is copied sign by sign.
    #[must_use]
    pub const fn code(mut self) -> Self {
        self.kind = "code";
        self.capitals = "characters";
        self
    }

    /// The same, shut until it is its turn.
    #[must_use]
    pub const fn in_turn(mut self, turn: Turn) -> Self {
        self.turn = turn;
        self
    }

    /// The same for text of several lines.
    #[must_use]
    pub fn area(self) -> Self {
        Self { kind: "area", capitals: "sentences", ..self }
    }

    /// The same for a choice; the first option stands for none.
    #[must_use]
    pub fn choice(self, options: Vec<(String, String)>) -> Self {
        Self { kind: "select", options, ..self }
    }

    /// The same, but it may stay empty.
    #[must_use]
    pub const fn optional(mut self) -> Self {
        self.is_optional = true;
        self
    }

    /// The same, described by something else as well.
    #[must_use]
    pub const fn described(mut self, id: &'static str) -> Self {
        self.also_described_by = Some(id);
        self
    }

    /// The same, asking about a domain that is one slip away from a known one; `asked` holds `{address}`.
    #[must_use]
    pub fn suggesting(self, domains: &[&str], asked: String) -> Self {
        Self { suggestion: Some((domains.join(" "), asked)), ..self }
    }

    /// The same with everything that is wrong with it.
    #[must_use]
    pub fn telling(self, lines: &[String]) -> Self {
        Self { problem: (!lines.is_empty()).then(|| lines.join(" ")), ..self }
    }

    /// The same with what was typed.
    #[must_use]
    pub fn holding(self, value: impl Into<String>) -> Self {
        Self { value: value.into(), ..self }
    }

    /// The same with help.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// The same, as the refusal leaves it: a missing answer is said at its field, wrong credentials in the summary alone.
    #[must_use]
    pub fn after(mut self, refusal: Option<&Refusal>, speaker: &Speaker, now: Instant) -> Self {
        match refusal {
            Some(missing @ Refusal::Missing { field }) if *field == self.name => {
                self.problem = Some(speaker.tell(missing, now));
            }
            Some(Refusal::WrongCredentials) => self.wrong = true,
            Some(Refusal::BrokenRules(rules)) if self.kind == "password" => {
                let broken: Vec<String> = rules.iter().map(|rule| speaker.tell(rule, now)).collect();
                self.problem = Some(broken.join(" "));
            }
            _ => {}
        }
        self
    }

    /// Whether what is typed is hidden.
    #[must_use]
    pub fn is_password(&self) -> bool {
        self.kind == "password"
    }

    /// Whether something is wrong with it.
    #[must_use]
    pub const fn is_wrong(&self) -> bool {
        self.wrong || self.problem.is_some()
    }

    /// The ids of what describes it, the problem first.
    #[must_use]
    pub fn described_by(&self) -> Option<String> {
        let problem = self.problem.as_ref().map(|_| format!("{}-problem", self.name));
        let summary = (self.wrong && self.problem.is_none()).then(|| Problems::HEADING_ID.to_owned());
        let hint = self.hint.as_ref().map(|_| format!("{}-hint", self.name));
        let also = self.also_described_by.map(str::to_owned);
        let ids: Vec<String> = [problem, summary, hint, also].into_iter().flatten().collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}

/// What was refused, above the form: announced, focused, each line a link to its field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problems {
    /// In a sentence.
    pub heading: String,
    /// Where to go and what to do there.
    pub links: Vec<(String, String)>,
}

impl Problems {
    const HEADING_ID: &'static str = "problems-heading";
}

/// The rules under a new password; `templates/pieces.html` draws them. Where scripts run, each is ticked while one types.
#[derive(Clone, Debug)]
pub struct Rules {
    pub(super) lines: Vec<RuleLine>,
}

/// A rule in words, and what the browser looks at; a rule that only the server can judge has no test.
#[derive(Clone, Debug)]
pub(super) struct RuleLine {
    pub(super) words: String,
    pub(super) test: Option<&'static str>,
    pub(super) least: usize,
    pub(super) most: usize,
    pub(super) wholes: String,
    pub(super) parts: String,
}

impl Rules {
    /// The rules in the reader's words.
    #[must_use]
    pub fn new(place: &Place, list: &RuleList) -> Self {
        let line = |rule: &Rule| {
            let (test, least, most) = match rule {
                Rule::Length { least, most } => (Some("length"), *least, *most),
                Rule::Bits { least } => (Some("bits"), usize::try_from(*least).unwrap_or(0), 0),
                Rule::Digit => (Some("digit"), 0, 0),
                Rule::Letter => (Some("letter"), 0, 0),
                Rule::UnlikeIdentity => (Some("identity"), 0, 0),
                Rule::Uncommon => (None, 0, 0),
            };
            let of_identity = |words: &[String]| if test == Some("identity") { words.join(" ") } else { String::new() };
            RuleLine {
                words: place.speaker.tell(rule, place.now),
                test,
                least,
                most,
                wholes: of_identity(&list.wholes),
                parts: of_identity(&list.parts),
            }
        };
        Self { lines: list.rules.iter().map(line).collect() }
    }
}
