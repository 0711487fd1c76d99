//! The tab Enfants.

use askama::Template;

use crate::domain::Refusal;

use super::{
    super::{
        CharterRow, Field, Frame, Hidden, Place, Problems,
        activation::{at_field, problems},
    },
    AccountShell,
};

/// A child, as plain values.
#[derive(Clone, Copy, Debug)]
pub struct ChildRow<'a> {
    /// The person's id.
    pub id: &'a str,
    /// Given name.
    pub given_name: &'a str,
    /// Family name.
    pub family_name: &'a str,
    /// The school.
    pub school: Option<&'a str>,
    /// The class.
    pub class: Option<&'a str>,
    /// Whether the parent said not to be responsible for this pupil.
    pub is_disputed: bool,
    /// Whether the parent may make a temporary password for the child here (row ACC-15).
    pub may_hand: bool,
}

/// What the tab shows, as plain values.
#[derive(Clone, Debug)]
pub struct Children<'a> {
    /// Where the forms are posted.
    pub action: &'a str,
    /// The children.
    pub rows: &'a [ChildRow<'a>],
    /// The letter's identifier, as it was typed.
    pub identifier: &'a str,
    /// What was refused.
    pub refusals: &'a [Refusal],
    /// Whether a letter was just added.
    pub added: bool,
    /// Whether a link was just suspended.
    pub disputed: bool,
    /// What came of a word to the school: the key of its sentence.
    pub word: Option<&'static str>,
    /// Charters that wait for the parent's signature (row CHA-07).
    pub charters: Vec<CharterRow>,
}

/// The children, and what may be wrong with the list (`data-page="account-children"`, rows ACC-08, ACT-21, ACT-22).
#[derive(Clone, Debug, Template)]
#[template(path = "account/children.html")]
pub struct ChildrenPage {
    frame: Frame,
    shell: AccountShell,
    action: String,
    hidden: Vec<Hidden>,
    rows: Vec<Row>,
    done: Vec<String>,
    charters: Vec<CharterRow>,
    identifier: Field,
    password: Field,
    current: Field,
    problems: Option<Problems>,
}

/// A child in words.
#[derive(Clone, Debug)]
struct Row {
    id: String,
    name: String,
    given_name: String,
    place: String,
    is_disputed: bool,
    /// The page of the child's temporary password.
    password: Option<String>,
}

impl ChildrenPage {
    /// The page.
    #[must_use]
    pub fn new(place: &Place, shell: AccountShell, shown: &Children<'_>) -> Self {
        let speaker = place.speaker;
        let said = problems(place, shown.refusals);
        let told = |field: Field| at_field(place, shown.refusals, field);
        let done =
            [shown.added.then_some("children-added"), shown.disputed.then_some("children-disputed-done"), shown.word];
        let row = |child: &ChildRow<'_>| Row {
            id: child.id.to_owned(),
            name: format!("{} {}", child.given_name, child.family_name).trim().to_owned(),
            given_name: child.given_name.to_owned(),
            place: child.school.into_iter().chain(child.class).collect::<Vec<_>>().join(" · "),
            is_disputed: child.is_disputed,
            password: child.may_hand.then(|| format!("{}/{}/mot-de-passe", shown.action, child.id)),
        };
        Self {
            action: shown.action.to_owned(),
            hidden: Hidden::of_form(&shell.form_token, None),
            rows: shown.rows.iter().map(row).collect(),
            done: done.into_iter().flatten().map(|key| speaker.say(key)).collect(),
            charters: shown.charters.clone(),
            identifier: told(
                Field::text("identifier", speaker.say("children-identifier"), "off").holding(shown.identifier),
            ),
            password: told(Field::password("password", speaker.say("children-password"), "off")),
            current: told(Field::password("current_password", speaker.say("account-current"), "current-password")),
            frame: shell.frame(place, said.is_some()),
            problems: said,
            shell,
        }
    }
}
