//! What surrounds every page: the portal's roof, the language and theme links, help, the ground.

use std::sync::Arc;

use fluent_bundle::FluentValue;
use url::form_urlencoded;

use crate::{
    domain::{Instant, RequestId},
    policy::{Portal, Preset},
    web::assets,
    words::{Locale, Register, Speaker, unbroken},
};

/// Light or dark, by the person's choice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system says.
    #[default]
    Auto,
    /// Always by day.
    Light,
    /// Always by night.
    Dark,
}

impl Theme {
    /// All, as the links list them.
    pub const ALL: [Self; 3] = [Self::Auto, Self::Light, Self::Dark];

    /// Its name in links and in the cookie.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.name() == name)
    }

    const fn key(self) -> &'static str {
        match self {
            Self::Auto => "theme-auto",
            Self::Light => "theme-light",
            Self::Dark => "theme-dark",
        }
    }
}

/// Where a reader stands: at which portal, in which language, on which address. The same for every page of a visit.
#[derive(Clone, Debug)]
pub struct Place {
    /// Who speaks.
    pub speaker: Speaker,
    /// The door.
    pub portal: Arc<Portal>,
    /// Path and query of a page that a GET shows: language and theme links lead back to it.
    pub here: String,
    /// Light or dark.
    pub theme: Theme,
    /// IANA name of the zone that times are shown in.
    pub zone: String,
    /// The request, as the log knows it.
    pub request_id: Option<RequestId>,
    /// The moment of the visit.
    pub now: Instant,
}

impl Place {
    /// The same, addressing the reader in that register.
    #[must_use]
    pub fn addressing(&self, register: Register) -> Self {
        Self { speaker: self.speaker.addressing(register), ..self.clone() }
    }
}

/// How wide the yard is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Width {
    /// Sign-in, one question, errors: 30rem.
    #[default]
    Door,
    /// Journeys, account: 44rem.
    Usual,
    /// 60rem.
    Wide,
}

/// Everything that the layout needs.
#[derive(Clone, Debug)]
pub struct Frame {
    place: Place,
    page: &'static str,
    heading: String,
    wrong: bool,
    width: Width,
}

impl Frame {
    /// The frame of a page: `page` is what `<body data-page>` says, `heading` its title in words.
    #[must_use]
    pub fn new(place: &Place, page: &'static str, heading: impl Into<String>) -> Self {
        Self { place: place.clone(), page, heading: heading.into(), wrong: false, width: Width::Door }
    }

    /// The same with another width.
    #[must_use]
    pub fn width(self, width: Width) -> Self {
        Self { width, ..self }
    }

    /// The same, its title beginning with "Erreur :" where something was refused.
    #[must_use]
    pub fn wrong(self, wrong: bool) -> Self {
        Self { wrong, ..self }
    }

    /// A sentence.
    #[must_use]
    pub fn say(&self, key: &str) -> String {
        self.place.speaker.say(key)
    }

    /// A sentence with its arguments.
    #[must_use]
    pub fn say_with<'a, V: Clone + Into<FluentValue<'a>>>(&self, key: &str, args: &[(&str, V)]) -> String {
        self.place.speaker.say_with(key, args)
    }

    /// A moment in words.
    #[must_use]
    pub fn moment(&self, at: Instant) -> String {
        self.place.speaker.moment(at, &self.place.zone)
    }

    /// The moment of the visit in words.
    #[must_use]
    pub fn now(&self) -> String {
        self.moment(self.place.now)
    }

    /// Where the reader stands.
    #[must_use]
    pub const fn place(&self) -> &Place {
        &self.place
    }

    /// What `<body data-page>` says.
    #[must_use]
    pub const fn page(&self) -> &'static str {
        self.page
    }

    /// The heading (`h1`).
    #[must_use]
    pub fn heading(&self) -> &str {
        &self.heading
    }

    /// The portal.
    #[must_use]
    pub fn portal(&self) -> &Portal {
        &self.place.portal
    }

    /// The tag of the page’s language.
    #[must_use]
    pub fn lang(&self) -> &'static str {
        self.place.speaker.locale.tag()
    }

    /// The title of the window: the page, then the portal (RGAA 8.6).
    #[must_use]
    pub fn title(&self) -> String {
        let args = [("page", self.heading.as_str()), ("portal", self.portal().look.title.as_str())];
        if self.wrong { self.say_with("title-wrong", &args) } else { self.say_with("title", &args) }
    }

    /// The classes of the yard.
    #[must_use]
    pub const fn yard(&self) -> &'static str {
        match self.width {
            Width::Door => "yard door",
            Width::Usual => "yard",
            Width::Wide => "yard wide",
        }
    }

    /// What browsers may colour by themselves.
    #[must_use]
    pub const fn color_scheme(&self) -> &'static str {
        match self.place.theme {
            Theme::Auto => "light dark",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// When the night's colours hold; none where they never do.
    #[must_use]
    pub const fn night(&self) -> Option<&'static str> {
        match self.place.theme {
            Theme::Auto => Some("screen and (prefers-color-scheme: dark)"),
            Theme::Light => None,
            Theme::Dark => Some("screen"),
        }
    }

    /// The address of an asset.
    #[must_use]
    pub fn asset(&self, name: &str) -> String {
        assets::address(name)
    }

    /// The address of the portal’s stylesheet.
    #[must_use]
    pub fn portal_sheet(&self) -> String {
        assets::portal_sheet_address(self.portal())
    }

    /// The other languages, each with the link to this page in it.
    #[must_use]
    pub fn languages(&self) -> Vec<(Locale, String)> {
        let others = Locale::ALL.into_iter().filter(|locale| *locale != self.place.speaker.locale);
        others.map(|locale| (locale, self.here_with("lang", locale.tag()))).collect()
    }

    /// The links to each theme.
    #[must_use]
    pub fn themes(&self) -> Vec<ThemeLink> {
        let link = |theme: Theme| ThemeLink {
            label: self.say(theme.key()),
            href: self.here_with("theme", theme.name()),
            is_current: theme == self.place.theme,
        };
        Theme::ALL.into_iter().map(link).collect()
    }

    /// The same address with one more choice; earlier choices of language and theme are dropped from it.
    fn here_with(&self, name: &str, value: &str) -> String {
        let (path, query) = self.place.here.split_once('?').unwrap_or((&self.place.here, ""));
        let kept = form_urlencoded::parse(query.as_bytes()).filter(|(key, _)| key != "lang" && key != "theme");
        let query =
            form_urlencoded::Serializer::new(String::new()).extend_pairs(kept).append_pair(name, value).finish();
        format!("{path}?{query}")
    }

    /// Where help is, the same on every page (row XCT-05): the form to the school and the questions that families ask,
    /// where the portal has them and speaks to adults; else whom to turn to.
    #[must_use]
    pub fn help_links(&self) -> Vec<(String, String)> {
        if self.portal().contact.has_form && self.place.speaker.register == Register::Vous {
            let path = self.portal().path();
            return vec![
                (format!("{path}/contacter-l-ecole?depuis={}", self.page), self.say("help-contact")),
                (format!("{path}/aide"), self.say("help-faq")),
            ];
        }
        self.helpers()
    }

    /// The words for one's own account: the reference's where its mails name it (`portail-parents`, row QST-04).
    #[must_use]
    pub fn account_key(&self) -> &'static str {
        if self.portal().preset == Preset::PortailParents { "account-manage" } else { "account-title" }
    }

    /// The words for another password there.
    #[must_use]
    pub fn change_password_key(&self) -> &'static str {
        if self.portal().preset == Preset::PortailParents {
            "account-change-my-password"
        } else {
            "account-change-password"
        }
    }

    /// What becomes of people's data, in words for whom the page speaks to (row XCT-13).
    #[must_use]
    pub fn privacy(&self) -> String {
        let path = format!("{}/donnees-personnelles", self.portal().path());
        if self.place.speaker.register == Register::Tu { format!("{path}?eleve=1") } else { path }
    }

    /// Whom to turn to, as links; empty where the portal names nobody.
    #[must_use]
    pub fn helpers(&self) -> Vec<(String, String)> {
        let help = &self.portal().help;
        if let Some(email) = &help.email {
            return vec![(format!("mailto:{email}"), self.say_with("help-write", &[("address", email.clone())]))];
        }
        if !help.phones.is_empty() {
            let call = |phone: &String| (telephone(phone), self.say_with("help-call", &[("phone", unbroken(phone))]));
            return help.phones.iter().map(call).collect();
        }
        help.site.iter().map(|site| (site.clone(), self.say("help-site"))).collect()
    }

    /// The portal’s telephone numbers, each with its link.
    #[must_use]
    pub fn phones(&self) -> Vec<(String, String)> {
        self.portal().help.phones.iter().map(|phone| (telephone(phone), unbroken(phone))).collect()
    }
}

/// A link to a theme.
#[derive(Clone, Debug)]
pub struct ThemeLink {
    /// Its name.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// Whether it holds now.
    pub is_current: bool,
}

/// A telephone number as an address (RFC 3966): digits and the leading plus.
#[must_use]
pub fn telephone(phone: &str) -> String {
    let digits: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    format!("tel:{digits}")
}
