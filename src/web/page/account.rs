//! "Votre compte": what surrounds its tabs, and a file for each.

mod child_password;
mod children;
mod data;
mod email;
mod profile;
mod services;
mod setting;

use crate::domain;

use super::{Frame, Place, Way, Width};

pub use child_password::{ChildPassword, ChildPasswordPage};
pub use children::{ChildRow, Children, ChildrenPage};
pub use data::DataPage;
pub use profile::{Outcomes, Profile, ProfilePage, Waiting};
pub use services::{ServiceRow, ServicesPage};
pub use setting::{Setting, SettingPage, question_fields, question_key, question_words};

/// A tab of the account page; it is there only where it works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountTab {
    /// Profil.
    Profile,
    /// Enfants.
    Children,
    /// Sécurité.
    Security,
    /// Services.
    Services,
    /// Données.
    Data,
}

impl AccountTab {
    /// All, in the order in which they stand.
    pub const ALL: [Self; 5] = [Self::Profile, Self::Children, Self::Security, Self::Services, Self::Data];

    /// What follows `/compte` in its address.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::Profile => "",
            Self::Security => "/securite",
            Self::Children => "/enfants",
            Self::Services => "/services",
            Self::Data => "/donnees",
        }
    }

    /// The key of its name.
    const fn key(self) -> &'static str {
        match self {
            Self::Profile => "account-tab-profile",
            Self::Security => "security-title",
            Self::Children => "account-tab-children",
            Self::Services => "account-tab-services",
            Self::Data => "account-tab-data",
        }
    }

    /// What `<body data-page>` says.
    const fn page(self) -> &'static str {
        match self {
            Self::Profile => "account",
            Self::Security => "security",
            Self::Children => "account-children",
            Self::Services => "account-services",
            Self::Data => "account-data",
        }
    }

    /// Whether people of these profiles have it.
    #[must_use]
    pub fn is_for(self, profiles: &[domain::Profile]) -> bool {
        self != Self::Children || profiles.contains(&domain::Profile::Parent)
    }
}

/// What surrounds every tab, as plain values.
#[derive(Clone, Debug)]
pub struct AccountShell {
    /// Whose account: the given name.
    pub given_name: String,
    /// The tabs, each with its address.
    pub tabs: Vec<(AccountTab, String)>,
    /// The tab that is shown.
    pub here: AccountTab,
    /// Back to the portal of origin, where it is known.
    pub back: Option<Way>,
    /// Where the button that signs out posts to.
    pub sign_out: String,
    /// The token that binds forms to the browser.
    pub form_token: String,
}

impl AccountShell {
    /// The frame of the shown tab; its title is the header "Compte de {prénom}" for the first, the tab's own for others.
    pub(super) fn frame(&self, place: &Place, wrong: bool) -> Frame {
        let whose = place.speaker.say_with("account-of", &[("name", self.given_name.as_str())]);
        let heading = match self.here {
            AccountTab::Profile => whose,
            AccountTab::Security => place.speaker.say(self.here.key()),
            AccountTab::Children => place.speaker.say("children-title"),
            AccountTab::Services => place.speaker.say("services-title"),
            AccountTab::Data => place.speaker.say("data-title"),
        };
        Frame::new(place, self.here.page(), heading).width(Width::Usual).wrong(wrong)
    }

    /// The tabs as links: name, address, whether it is the shown one.
    #[must_use]
    pub fn links(&self, frame: &Frame) -> Vec<(String, &str, bool)> {
        self.tabs.iter().map(|(tab, href)| (frame.say(tab.key()), href.as_str(), *tab == self.here)).collect()
    }
}
