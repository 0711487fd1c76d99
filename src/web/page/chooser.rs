//! The blackboard: which door is yours (rows LOG-01, LOG-02).

use askama::Template;
use url::form_urlencoded;

use crate::{
    domain::Profile,
    policy::{Doors, Portal},
    words::{Register, Speaker},
};

use super::{Frame, Place};

/// The families of profiles that a portal welcomes, each with its links.
#[derive(Clone, Debug)]
pub struct Chooser {
    /// The families, in the order of `Doors::ALL`.
    pub families: Vec<Family>,
}

/// A family: a link of its own, or choices that open in place.
#[derive(Clone, Debug)]
pub struct Family {
    /// Its name.
    pub label: String,
    /// Its choices: one is a link, several open in place.
    pub choices: Vec<Choice>,
}

/// A link to a profile.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Its name.
    pub label: String,
    /// `…?profil=…`, with what the address held.
    pub href: String,
    /// Whether it is the one that was chosen.
    pub is_chosen: bool,
}

impl Family {
    /// Whether the chosen one is among its choices.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.choices.iter().any(|choice| choice.is_chosen)
    }
}

impl Chooser {
    /// The name of the parameter that carries the chosen profile.
    pub const PARAMETER: &'static str = "profil";

    /// The doors that lead to `action`, the sign-in's path; `interaction` goes with each link.
    #[must_use]
    pub fn new(portal: &Portal, speaker: &Speaker, to: &Destination<'_>) -> Self {
        let families = Doors::ALL.iter().filter_map(|door| {
            let welcome = door.choices.iter().filter(|(_, profile)| portal.profiles.contains(profile));
            let choices: Vec<Choice> = welcome
                .map(|(key, profile)| Choice {
                    label: speaker.say(key),
                    href: to.href(*profile),
                    is_chosen: to.chosen == Some(*profile),
                })
                .collect();
            (!choices.is_empty()).then(|| Family { label: speaker.say(door.key), choices })
        });
        Self { families: families.collect() }
    }
}

/// Where the doors lead.
#[derive(Clone, Copy, Debug)]
pub struct Destination<'a> {
    /// The sign-in's path.
    pub action: &'a str,
    /// The pending sign-in.
    pub interaction: Option<&'a str>,
    /// The profile that was chosen.
    pub chosen: Option<Profile>,
}

impl Destination<'_> {
    fn href(&self, profile: Profile) -> String {
        self.with(profile.name())
    }

    /// Back to the doors: the parameter without a profile takes the choice back.
    pub(super) fn without_profile(&self) -> String {
        self.with("")
    }

    fn with(&self, profile: &str) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        if let Some(interaction) = self.interaction {
            query.append_pair("i", interaction);
        }
        format!("{}?{}", self.action, query.append_pair(Chooser::PARAMETER, profile).finish())
    }
}

/// The register in which a profile is addressed.
#[must_use]
pub fn register_of(profile: Option<Profile>) -> Register {
    if profile == Some(Profile::Pupil) { Register::Tu } else { Register::Vous }
}

/// Who are you? (`data-page="chooser"`)
#[derive(Clone, Debug, Template)]
#[template(path = "chooser.html")]
pub struct ChooserPage {
    frame: Frame,
    chooser: Chooser,
}

impl ChooserPage {
    /// The page at a portal's door; `action` is the sign-in's path, `interaction` the pending sign-in.
    #[must_use]
    pub fn new(place: &Place, action: &str, interaction: Option<&str>) -> Self {
        let to = Destination { action, interaction, chosen: None };
        let frame = Frame::new(place, "chooser", place.speaker.say("chooser-question"));
        Self { frame, chooser: Chooser::new(&place.portal, &place.speaker, &to) }
    }
}
