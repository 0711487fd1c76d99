//! What stands on a letter (row RGN-08), after the look's model: one page, one account, one person.

use url::form_urlencoded;

use super::Letter;
use crate::{
    config::Config,
    domain::{Establishment, Identifier, Instant, Profile},
    policy::{Doors, Portal, PupilEmail},
    print::{Block, Letterhead, Paper, Part, Qr, Run},
    store::roll::Ward,
    words::{Country, Locale, Register, Speaker, unbroken},
};

/// The most children whom the window names.
const IN_WINDOW: usize = 3;

/// The languages of letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Languages {
    /// French.
    #[default]
    French,
    /// English.
    English,
    /// French, and English beside it.
    Both,
}

impl Languages {
    pub(super) const fn locales(self) -> &'static [Locale] {
        match self {
            Self::French => &[Locale::Fr],
            Self::English => &[Locale::En],
            Self::Both => &[Locale::Fr, Locale::En],
        }
    }

    pub(super) fn first(self) -> Locale {
        self.locales().first().copied().unwrap_or_default()
    }
}

/// Whose letters these are.
#[derive(Clone, Copy)]
pub struct Desk<'a> {
    /// Where the portals are.
    pub config: &'a Config,
    /// The school that writes.
    pub school: &'a Establishment,
    /// Where people are to go.
    pub portal: &'a Portal,
    /// In which language.
    pub languages: Languages,
    /// The date of the letters.
    pub now: Instant,
}

/// The letters as one document, each on a page of its own.
#[must_use]
pub fn paper(desk: Desk<'_>, letters: &[Letter]) -> Paper {
    let language = desk.languages.first();
    let title =
        desk.speaker(language, Profile::Parent).say_with("letter-document", &[("by", desk.school.name.as_str())]);
    Paper { title, language, made_at: desk.now, parts: letters.iter().map(|letter| desk.part(letter)).collect() }
}

impl Desk<'_> {
    pub(super) fn speaker(self, locale: Locale, profile: Profile) -> Speaker {
        let register = if profile == Profile::Pupil { Register::Tu } else { Register::Vous };
        let country = Country::of_code(&self.school.country);
        Speaker { country, ..Speaker::at(self.portal, locale) }.addressing(register)
    }

    /// One letter.
    fn part(self, letter: &Letter) -> Part {
        let locale = self.languages.first();
        let saying = |locale: Locale| {
            let speaker = self.speaker(locale, letter.due.profile);
            Saying { desk: self, letter, speaker }
        };
        let locales = self.languages.locales().iter().copied();
        let blocks = vec![
            Block::Paragraph(vec![Run::plain(saying(locale).date())]),
            Block::Columns(locales.clone().map(|locale| (locale, saying(locale).opening())).collect()),
            self.keys(
                letter.due.profile,
                &letter.made.identifier,
                ("letter-password", letter.made.provisional.reveal()),
            ),
            Block::Columns(locales.map(|locale| (locale, saying(locale).steps())).collect()),
        ];
        let bookmark = [letter.due.class.clone(), Some(letter.due.person.full_name())];
        let bookmark = bookmark.into_iter().flatten().collect::<Vec<_>>().join(" – ");
        Part {
            letterhead: Some(Letterhead { sender: self.sender(), addressee: addressee(letter) }),
            foot: self.said(letter.due.profile, "letter-foot").join(" "),
            one_page: true,
            ..Part::new(bookmark, locale, blocks)
        }
    }

    fn sender(self) -> Vec<String> {
        let school = self.school;
        let further = [Some(school.town.clone()), school.phone.as_deref().map(unbroken), school.email.clone()];
        let further = further.into_iter().flatten().filter(|line| !line.is_empty());
        std::iter::once(school.name.clone()).chain(further).collect()
    }

    /// A sentence without arguments in each language of the paper.
    fn said(self, profile: Profile, key: &str) -> Vec<String> {
        self.languages.locales().iter().map(|locale| self.speaker(*locale, profile).say(key)).collect()
    }

    /// What must be typed, the password under its own label, and the square that spares half of it.
    pub(super) fn keys(self, profile: Profile, identifier: &Identifier, password: (&str, &str)) -> Block {
        let label = |key: &str| self.said(profile, key).join(" · ");
        let address = self.config.portal_address(&self.portal.name);
        let bare = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://")).unwrap_or(&address);
        let identifier = identifier.as_str();
        let pair = |(key, value): (&str, &str)| (label(key), vec![Run::key(value)]);
        Block::Keys {
            pairs: [("letter-address", bare), ("letter-identifier", identifier), password].map(pair).into(),
            qr: Some(Qr { content: landing(&address, identifier, profile), alt: label("letter-qr") }),
        }
    }
}

/// The sign-in of the portal with the identifier filled in and the profile chosen (row ACT-23). The provisional password
/// is no part of it: what a scanner's app tells others, or a photograph of the square shows, opens nothing.
fn landing(address: &str, identifier: &str, profile: Profile) -> String {
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("profil", profile.name())
        .append_pair("identifiant", identifier)
        .finish();
    format!("{address}/connexion?{query}")
}

/// Name; then what helps whoever hands the letters out: the class, for a parent with the child's name.
fn addressee(letter: &Letter) -> Vec<String> {
    let due = &letter.due;
    let mut lines = vec![due.person.full_name()];
    if due.profile == Profile::Pupil {
        lines.extend(due.class.clone());
    }
    let here = due.children.iter().filter(|child| child.is_here).take(IN_WINDOW);
    lines.extend(here.map(|child| {
        let class = child.class.as_ref().map(|class| format!("{class} · ")).unwrap_or_default();
        format!("{class}{}", child.full_name())
    }));
    lines
}

/// One language of one letter.
struct Saying<'a> {
    desk: Desk<'a>,
    letter: &'a Letter,
    speaker: Speaker,
}

impl Saying<'_> {
    fn date(&self) -> String {
        let Desk { school, now, .. } = self.desk;
        let date = self.speaker.date(now, &school.time_zone);
        if school.town.is_empty() {
            return self.speaker.say_with("letter-date-alone", &[("date", date)]);
        }
        self.speaker.say_with("letter-date", &[("town", school.town.clone()), ("date", date)])
    }

    fn opening(&self) -> Vec<Block> {
        let (due, speaker) = (&self.letter.due, self.speaker);
        let (by, portal) = (self.desk.school.name.as_str(), self.desk.portal.look.title.as_str());
        let title = speaker.say_with("letter-title", &[("profile", due.profile.name())]);
        let greeting = speaker.say_with("letter-greeting", &[("name", due.person.full_name())]);
        let intro = speaker.say_with("letter-intro", &[("by", by), ("portal", portal)]);
        let mut blocks = vec![
            Block::Heading(1, vec![Run::plain(title)]),
            Block::Paragraph(vec![Run::plain(greeting)]),
            Block::Paragraph(vec![Run::plain(intro)]),
        ];
        if due.profile == Profile::Parent && !due.children.is_empty() {
            blocks.push(Block::Paragraph(vec![Run::plain(self.speaker.say("letter-children"))]));
            let items = due.children.iter().map(|child| vec![Block::Paragraph(named(child))]).collect();
            blocks.push(Block::List { first: None, items });
        }
        blocks.push(Block::Space(1.0));
        blocks
    }

    fn steps(&self) -> Vec<Block> {
        let date = self.speaker.date(self.letter.made.expires_at, &self.desk.school.time_zone);
        let until = self.speaker.say_with("letter-until", &[("date", date)]);
        let steps = self.each_step().into_iter().map(|step| vec![Block::Paragraph(vec![Run::plain(step)])]).collect();
        vec![
            Block::Paragraph(vec![Run::bold(until)]),
            Block::Heading(2, vec![Run::plain(self.speaker.say("letter-steps"))]),
            Block::List { first: Some(1), items: steps },
            Block::Paragraph(vec![Run::plain(self.help())]),
        ]
    }

    fn each_step(&self) -> Vec<String> {
        let (speaker, profile) = (self.speaker, self.letter.due.profile);
        let portal = self.desk.portal;
        let mut steps = vec![speaker.say("letter-step-open")];
        let mut choices = Doors::ALL.iter().flat_map(|door| door.choices);
        if let Some((key, _)) = choices.find(|(_, of)| portal.chooser && *of == profile) {
            steps.push(speaker.say_with("letter-step-profile", &[("profile", speaker.say(key))]));
        }
        let email = match portal.activation.pupil_email {
            _ if profile != Profile::Pupil => "required",
            PupilEmail::Required => "required",
            PupilEmail::Optional => "optional",
            PupilEmail::Absent => "absent",
        };
        steps.push(speaker.say("letter-step-type"));
        steps.push(speaker.say_with("letter-step-choose", &[("email", email)]));
        if email != "absent" {
            let button = speaker.say("link-button");
            steps.push(speaker.say_with("letter-step-confirm", &[("email", email), ("button", button.as_str())]));
        }
        steps
    }

    /// Whom to ask: the school, else the portal's help.
    fn help(&self) -> String {
        let Desk { school, portal, .. } = self.desk;
        let of_school = [school.phone.as_deref().map(unbroken), school.email.clone()];
        let mut contacts: Vec<String> = of_school.into_iter().flatten().collect();
        if contacts.is_empty() {
            contacts =
                portal.help.phones.iter().map(|phone| unbroken(phone)).chain(portal.help.email.clone()).collect();
        }
        let contact = contacts.join(&self.speaker.say("letter-or"));
        let has_child = !self.letter.due.children.is_empty();
        let about = if has_child && self.letter.due.profile == Profile::Parent { "child" } else { "self" };
        self.speaker.say_with("letter-help", &[("about", about), ("contact", contact.as_str())])
    }
}

/// A child with class, and with the school where it is another one.
fn named(child: &Ward) -> Vec<Run> {
    let class = child.class.as_ref().map(|class| format!(", {class}")).unwrap_or_default();
    let school =
        child.school.as_ref().filter(|_| !child.is_here).map(|school| format!(" ({school})")).unwrap_or_default();
    vec![Run::bold(child.full_name()), Run::plain(format!("{class}{school}"))]
}
