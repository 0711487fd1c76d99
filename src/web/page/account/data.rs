//! The tab Données.

use askama::Template;
use serde_json::Value;

use super::{
    super::{Frame, Hidden, Place},
    AccountShell,
};

/// What is kept, as a page (`data-page="account-data"`, row ACC-17).
#[derive(Clone, Debug, Template)]
#[template(path = "account/data.html")]
pub struct DataPage {
    frame: Frame,
    shell: AccountShell,
    action: String,
    file: String,
    hidden: Vec<Hidden>,
    facts: Vec<(String, String)>,
    lists: Vec<(String, Vec<String>)>,
    done: Option<String>,
}

impl DataPage {
    /// The page of an exported document; `word` is the key of what came of a word to the school.
    #[must_use]
    pub fn new(
        place: &Place,
        shell: AccountShell,
        (action, file): (&str, &str),
        data: &Value,
        word: Option<&'static str>,
    ) -> Self {
        let speaker = place.speaker;
        let text = |path: &str| data.pointer(path).and_then(Value::as_str).unwrap_or_default().to_owned();
        let facts = [
            ("data-given-name", "/person/given_name"),
            ("data-family-name", "/person/family_name"),
            ("data-birth-date", "/person/birth_date"),
            ("home-identifier", "/account/identifier"),
            ("account-email", "/account/email"),
            ("data-roster-email", "/person/email"),
            ("data-phone", "/person/phone"),
            ("data-civic-number", "/person/civic_number"),
            ("data-pupil-number", "/person/pupil_number"),
        ];
        let facts = facts.map(|(key, path)| (speaker.say(key), text(path)));
        let list = |key: &str, path: &str, members: &[&str]| {
            let rows = data.pointer(path).and_then(Value::as_array).cloned().unwrap_or_default();
            let said = |row: &Value| {
                let parts = members.iter().filter_map(|member| row.get(member).and_then(Value::as_str));
                parts.collect::<Vec<_>>().join(" · ")
            };
            (speaker.say(key), rows.iter().map(said).collect::<Vec<_>>())
        };
        let lists = [
            list("data-places", "/affiliations", &["school", "code"]),
            list("data-classes", "/classes", &["name", "level"]),
            list("data-children", "/children", &["name", "school", "class"]),
            list("data-sessions", "/sessions", &["device", "opened_at"]),
            list("data-services", "/services", &["name", "last_at"]),
        ];
        Self {
            action: action.to_owned(),
            file: file.to_owned(),
            hidden: Hidden::of_form(&shell.form_token, None),
            facts: facts.into_iter().filter(|(_, value)| !value.is_empty()).collect(),
            lists: lists.into_iter().filter(|(_, rows)| !rows.is_empty()).collect(),
            done: word.map(|key| speaker.say(key)),
            frame: shell.frame(place, false),
            shell,
        }
    }
}
