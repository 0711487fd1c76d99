//! The page that shows every piece, in demo mode: for whoever writes a page, and for pictures.

use std::sync::Arc;

use askama::Template;

use crate::{
    domain::{AccountState, Refusal, Rule},
    policy::Portal,
    web::assets,
};

use super::{Chooser, Destination, Field, Frame, Place, Problems, Way, Width};

/// Every piece (`data-page="components"`).
#[derive(Clone, Debug, Template)]
#[template(path = "components.html")]
pub struct ComponentsPage {
    frame: Frame,
    portals: Vec<Arc<Portal>>,
    /// The stylesheets of the portals that this page does not stand at.
    sheets: Vec<String>,
    tokens: [&'static str; 12],
    text: Field,
    wrong: Field,
    password: Field,
    rules: Vec<String>,
    problems: Problems,
    chooser: Chooser,
    chips: Vec<(&'static str, String)>,
    ways: Vec<Way>,
}

/// The colours by their token: each has a swatch of its class.
const TOKENS: [&str; 12] =
    ["yard", "paper", "ink", "soft", "edge", "margin", "board", "tray", "accent", "red", "green", "amber"];

impl ComponentsPage {
    /// The page, with a sample of each portal.
    #[must_use]
    pub fn new(place: &Place, portals: impl IntoIterator<Item = Arc<Portal>>) -> Self {
        let (speaker, now) = (place.speaker, place.now);
        let missing = Refusal::Missing { field: "sample-wrong" };
        let rules =
            [Rule::Length { least: 8, most: 32 }, Rule::Digit, Rule::Letter, Rule::UnlikeIdentity, Rule::Uncommon];
        let bits = [Rule::Bits { least: 50 }];
        let portals: Vec<_> = portals.into_iter().collect();
        let elsewhere = portals.iter().filter(|portal| portal.name != place.portal.name);
        let to = Destination { action: &place.here, interaction: None, chosen: None };
        Self {
            frame: Frame::new(place, "components", speaker.say("components-title")).width(Width::Wide),
            sheets: elsewhere.map(|portal| assets::portal_sheet_address(portal)).collect(),
            tokens: TOKENS,
            portals,
            text: Field::text("sample-text", speaker.say("sign-in-identifier"), "off")
                .hint(speaker.say("sign-in-identifier-hint"))
                .holding("d.moreau2"),
            wrong: Field::text("sample-wrong", speaker.say("sign-in-identifier-or-email"), "off").after(
                Some(&missing),
                &speaker,
                now,
            ),
            password: Field::password("sample-password", speaker.say("sign-in-password"), "off"),
            rules: rules.iter().chain(&bits).map(|rule| speaker.tell(rule, now)).collect(),
            problems: Problems {
                heading: speaker.tell(&Refusal::WrongCredentials, now),
                links: vec![("#sample-password".to_owned(), speaker.say("sign-in-retype"))],
            },
            chooser: Chooser::new(&place.portal, &speaker, &to),
            chips: STATES.iter().map(|state| (chip(*state), speaker.tell(state, now))).collect(),
            ways: vec![
                Way::new(speaker.say("way-sign-in"), "#content"),
                Way::new(speaker.say("way-other-account"), "#content"),
            ],
        }
    }
}

const STATES: [AccountState; 6] = [
    AccountState::Operational,
    AccountState::ToActivate,
    AccountState::Confirming,
    AccountState::Suspended,
    AccountState::Departing,
    AccountState::Archived,
];

/// The shape and colour of a state: words first, then these (the look, principle 6).
const fn chip(state: AccountState) -> &'static str {
    match state {
        AccountState::Operational => "good",
        AccountState::ToActivate | AccountState::Confirming => "todo",
        AccountState::Suspended => "stop",
        AccountState::Departing | AccountState::Archived => "gone",
    }
}
