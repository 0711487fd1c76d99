//! A charter's file: its particulars between lines of `+++` (TOML), then its text in French and, where there is one, in
//! English (Markdown), each under a line that says so. Read whole or refused whole, every fault named.

use std::fmt;

use jiff::{civil::Date, tz::TimeZone};
use toml::{Table, Value};

use crate::domain::{
    Bilingual, Charter, CharterId, CharterKind, EstablishmentId, GuardianRule, Instant, Markdown, MarkdownFault,
    Profile,
};

/// The longest file, in bytes.
const MOST: usize = 256 * 1024;
/// What begins a part.
const FENCE: &str = "+++";
/// Addresses below `/charte/` that are taken.
const TAKEN: [&str; 3] = ["enfant", "refus", "vue"];

/// What is wrong with a file, and where.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct CharterFault {
    /// The file's name.
    pub file: String,
    /// Which member, or which line of which text.
    pub at: String,
    /// What is wrong, and what to write instead.
    pub fault: String,
}

impl CharterFault {
    pub(super) fn at(place: impl Into<String>, fault: impl Into<String>) -> Self {
        Self { file: String::new(), at: place.into(), fault: fault.into() }
    }

    pub(super) fn of(self, file: &str) -> Self {
        Self { file: file.to_owned(), ..self }
    }
}

impl fmt::Display for CharterFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: `{}` {}", self.file, self.at, self.fault)
    }
}

/// A version, as its file says it.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub id: CharterId,
    pub establishment: Option<String>,
    pub body: Bilingual,
    version: String,
    kind: CharterKind,
    profiles: Vec<Profile>,
    effect: Date,
    guardian: GuardianRule,
    blocking: bool,
    title: Bilingual,
}

impl Draft {
    /// The version, its day begun in this zone.
    pub(super) fn charter(&self, establishment_id: Option<EstablishmentId>, zone: &str) -> Charter {
        let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
        let begins = self.effect.to_zoned(zone).map_or(0, |day| day.timestamp().as_millisecond());
        Charter {
            id: self.id.clone(),
            version: self.version.clone(),
            kind: self.kind,
            establishment_id,
            profiles: self.profiles.clone(),
            effective_at: Instant::from_millis(begins),
            guardian: self.guardian,
            blocking: self.blocking,
            title: self.title.clone(),
        }
    }
}

/// Reads a file.
pub(super) fn read(text: &str) -> Result<Draft, Vec<CharterFault>> {
    if text.len() > MOST {
        return Err(vec![CharterFault::at("the file", format!("is larger than {MOST} bytes"))]);
    }
    let mut faults = Vec::new();
    let parts = parts(text, &mut faults);
    let mut members = Members::of(parts.front, &mut faults);
    let id = members.id();
    let version = members.version();
    let kind = members.word("kind", &[("major", CharterKind::Major), ("minor", CharterKind::Minor)]);
    let establishment = members.text("establishment");
    let profiles = members.profiles();
    let effect = members.effect();
    let rules = [("never", GuardianRule::Never), ("under_15", GuardianRule::Under15), ("always", GuardianRule::Always)];
    let guardian = members.word("requires_guardian", &rules);
    let blocking = members.truth("blocking");
    members.finish();
    let fr = parts.fr.and_then(|(line, text)| body("fr", line, text, &mut faults));
    let en = parts.en.and_then(|(line, text)| body("en", line, text, &mut faults));
    match (id, version, profiles, effect, fr) {
        (Some(id), Some(version), Some(profiles), Some(effect), Some((title_fr, fr))) if faults.is_empty() => {
            let (title_en, en) = en.unzip();
            Ok(Draft {
                id,
                establishment,
                body: Bilingual { fr, en },
                version,
                kind: kind.unwrap_or_default(),
                profiles,
                effect,
                guardian: guardian.unwrap_or_default(),
                blocking: blocking.unwrap_or_default(),
                title: Bilingual { fr: title_fr, en: title_en },
            })
        }
        _ => Err(faults),
    }
}

/// The parts of a file; each text with the line that it begins at.
#[derive(Default)]
struct Parts<'a> {
    front: &'a str,
    fr: Option<(usize, &'a str)>,
    en: Option<(usize, &'a str)>,
}

fn parts<'a>(text: &'a str, faults: &mut Vec<CharterFault>) -> Parts<'a> {
    let mut found = Parts::default();
    let mut fences: Vec<(usize, usize, usize, &str)> = Vec::new();
    let mut offset = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        if let Some(named) = line.strip_prefix(FENCE) {
            fences.push((number + 1, offset, offset + line.len(), named.trim()));
        }
        offset += line.len();
    }
    if fences.first().is_none_or(|(number, .., named)| *number != 1 || !named.is_empty()) {
        faults.push(CharterFault::at("line 1", "must be `+++`: the particulars stand below it"));
    }
    for (at, (number, _, from, named)) in fences.iter().enumerate() {
        let to = fences.get(at + 1).map_or(text.len(), |(_, to, ..)| *to);
        let part = text.get(*from..to).unwrap_or_default();
        match *named {
            "" if at == 0 => found.front = part,
            "fr" if found.fr.is_none() => found.fr = Some((*number, part)),
            "en" if found.en.is_none() => found.en = Some((*number, part)),
            _ => faults.push(CharterFault::at(
                format!("line {number}"),
                "begins no part that is known: write `+++ fr` above the French text and `+++ en` above the English one, once each",
            )),
        }
    }
    if found.fr.is_none() {
        faults.push(CharterFault::at("+++ fr", "is missing: the French text stands below it"));
    }
    found
}

/// The title and the text below it.
fn body(language: &str, line: usize, text: &str, faults: &mut Vec<CharterFault>) -> Option<(String, String)> {
    let at = |nth: usize| format!("{language}, line {}", line + nth);
    let first = text.lines().position(|text| !text.trim().is_empty()).unwrap_or(0);
    let title = text.lines().nth(first).and_then(|line| line.strip_prefix("# ")).map(str::trim);
    let rest: String = text.split_inclusive('\n').skip(first + 1).collect();
    let (read, wrong) = Markdown::read(&rest);
    for wrong in wrong {
        let nth = |nth: usize| at(first + 1 + nth);
        faults.push(match wrong {
            MarkdownFault::Html(line) => CharterFault::at(nth(line), "holds HTML, which is not taken: write Markdown"),
            MarkdownFault::Image(line) => CharterFault::at(nth(line), "holds an image, which is not taken"),
            MarkdownFault::Link(line, to) => {
                CharterFault::at(nth(line), format!("links to {to}: links lead to https: or mailto:"))
            }
            MarkdownFault::Unknown(line) => CharterFault::at(
                nth(line),
                "holds code, a table or a note, which is not taken: write headings, paragraphs and lists",
            ),
        });
    }
    let Some(title) = title.filter(|title| !title.is_empty() && title.chars().count() <= 150) else {
        faults.push(CharterFault::at(
            at(first + 1),
            "must be the title: `# Charte d’utilisation`, 150 characters at most",
        ));
        return None;
    };
    if read.plain().trim().is_empty() {
        faults.push(CharterFault::at(at(first + 1), "has no text below its title"));
        return None;
    }
    Some((title.to_owned(), rest))
}

/// The particulars, taken one by one; what nobody took is a fault.
struct Members<'a> {
    left: Table,
    faults: &'a mut Vec<CharterFault>,
}

impl<'a> Members<'a> {
    fn of(front: &str, faults: &'a mut Vec<CharterFault>) -> Self {
        let left = front.parse::<Table>().unwrap_or_else(|error| {
            let line =
                error.span().and_then(|span| front.get(..span.start)).map_or(0, |text| text.matches('\n').count());
            faults.push(CharterFault::at(format!("line {}", line + 2), format!("is no TOML: {}", error.message())));
            Table::new()
        });
        Self { left, faults }
    }

    fn wrong(&mut self, member: &str, what: impl Into<String>) {
        self.faults.push(CharterFault::at(member, what));
    }

    fn text(&mut self, member: &str) -> Option<String> {
        match self.left.remove(member)? {
            Value::String(text) if !text.trim().is_empty() => Some(text),
            _ => {
                self.wrong(member, "must be a text");
                None
            }
        }
    }

    fn id(&mut self) -> Option<CharterId> {
        let id = self.text("id");
        let sign = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || matches!(sign, '-' | '.');
        let fine =
            |id: &str| id.len() <= 64 && id.chars().all(sign) && id.starts_with(|c: char| c.is_ascii_alphanumeric());
        match id {
            Some(id) if fine(&id) && !TAKEN.contains(&id.as_str()) => Some(CharterId::new(id)),
            _ => {
                self.wrong("id", "must be small letters, digits, hyphens and dots, 64 at most: `ent-familles-3`");
                None
            }
        }
    }

    fn version(&mut self) -> Option<String> {
        match self.text("version") {
            Some(version) if version.chars().count() <= 20 && !version.contains(char::is_control) => Some(version),
            _ => {
                self.wrong("version", "must be a text of 20 characters at most: \"3\"");
                None
            }
        }
    }

    fn profiles(&mut self) -> Option<Vec<Profile>> {
        let listed = match self.left.remove("profiles") {
            Some(Value::Array(list)) => list,
            _ => Vec::new(),
        };
        let mut profiles = Vec::new();
        let mut is_fine = !listed.is_empty();
        for named in &listed {
            match named.as_str().and_then(Profile::named) {
                Some(profile) if !profiles.contains(&profile) => profiles.push(profile),
                _ => is_fine = false,
            }
        }
        if !is_fine {
            let all: Vec<&str> = Profile::ALL.iter().map(|profile| profile.name()).collect();
            self.wrong("profiles", format!("must be a list of some of {}", all.join(", ")));
        }
        is_fine.then_some(profiles)
    }

    fn effect(&mut self) -> Option<Date> {
        let date = match self.left.remove("effect") {
            Some(Value::String(text)) => text.parse().ok(),
            Some(Value::Datetime(date)) => date.to_string().parse().ok(),
            _ => None,
        };
        if date.is_none() {
            self.wrong("effect", "must be the day from which it counts: 2026-09-01");
        }
        date
    }

    fn word<T: Copy>(&mut self, member: &str, words: &[(&str, T)]) -> Option<T> {
        let given = self.left.remove(member)?;
        let found = given.as_str().and_then(|given| words.iter().find(|(word, _)| *word == given));
        if found.is_none() {
            let all: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            self.wrong(member, format!("must be one of {}", all.join(", ")));
        }
        found.map(|(_, value)| *value)
    }

    fn truth(&mut self, member: &str) -> Option<bool> {
        let given = self.left.remove(member)?.as_bool();
        if given.is_none() {
            self.wrong(member, "must be true or false");
        }
        given
    }

    fn finish(self) {
        let unknown = self.left.keys().map(|member| CharterFault::at(member, "is not a member that is known here"));
        self.faults.extend(unknown);
    }
}
