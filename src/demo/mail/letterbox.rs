//! Where mails lie: one file each, as it came, under three lines that say how it was addressed.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use mail_parser::{Address, Message, MessageParser, PartType};

use crate::{
    app::Clock,
    crypto::Rng,
    domain::{Fault, Instant, fold},
};

/// The newest mails are kept at hand; older ones lie in the directory only.
const AT_HAND: usize = 5_000;
/// What the line of a recipient begins with.
const DELIVERED_TO: &str = "Delivered-To: ";

/// A letterbox; clones are the same one.
#[derive(Clone)]
pub struct Letterbox(Arc<Inner>);

struct Inner {
    directory: PathBuf,
    clock: Clock,
    rng: Rng,
    letters: Mutex<Vec<Letter>>,
}

/// A mail as it came.
#[derive(Clone)]
struct Letter {
    id: String,
    received_at: Instant,
    to: Vec<String>,
    raw: Arc<[u8]>,
}

/// A mail, taken apart.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Mail {
    /// In its address.
    pub id: String,
    /// The recipients of the envelope, with commas between.
    pub to: String,
    /// The sender, as the mail says.
    #[serde(skip)]
    pub from: String,
    /// The subject, decoded.
    pub subject: String,
    /// The text part, its lines ending as here; empty where there is none.
    pub text: String,
    /// The HTML part; empty where there is none.
    pub html: String,
    /// When it arrived: RFC 3339, UTC.
    pub received_at: String,
    /// The same for people, in France.
    #[serde(skip)]
    pub when: String,
}

impl Letterbox {
    /// Opens the directory, making it where it is not, and reads what lies there.
    ///
    /// # Errors
    /// The directory can't be made or read.
    pub fn open(directory: &Path, clock: Clock, rng: Rng) -> Result<Self, Fault> {
        let failed = |error: io::Error| {
            Fault::new(format!("the mails in {} can't be read: {error}", directory.display()))
                .remedy("check the rights of the data directory")
        };
        fs::create_dir_all(directory).map_err(failed)?;
        let mut names: Vec<PathBuf> = Vec::new();
        for entry in fs::read_dir(directory).map_err(failed)? {
            names.push(entry.map_err(failed)?.path());
        }
        names.retain(|path| path.extension().is_some_and(|extension| extension == "eml"));
        names.sort_unstable();
        let newest = names.split_off(names.len().saturating_sub(AT_HAND));
        let letters = newest.iter().filter_map(|path| read(path)).collect();
        Ok(Self(Arc::new(Inner { directory: directory.to_owned(), clock, rng, letters: Mutex::new(letters) })))
    }

    /// Keeps a mail; gives its id. The file is whole or not there.
    ///
    /// # Errors
    /// The file can't be written.
    pub fn put(&self, from: &str, to: &[String], data: &[u8]) -> io::Result<String> {
        let id = self.0.rng.id();
        let mut head = format!("Return-Path: <{from}>\r\n");
        for recipient in to {
            head.extend([DELIVERED_TO, recipient, "\r\n"]);
        }
        let raw: Arc<[u8]> = [head.as_bytes(), data].concat().into();
        let mut letters = self.letters();
        // No two mails arrive in the same millisecond, so that their files keep their order.
        let earliest = letters.last().map(|last| last.received_at + Duration::from_millis(1));
        let received_at = self.0.clock.now().max(earliest.unwrap_or(Instant::from_millis(0)));
        let path = self.0.directory.join(format!("{:013}-{id}.eml", received_at.millis()));
        let aside = path.with_extension("new");
        fs::write(&aside, &raw)?;
        fs::rename(&aside, &path)?;
        if letters.len() >= AT_HAND {
            letters.remove(0);
        }
        letters.push(Letter { id: id.clone(), received_at, to: to.to_vec(), raw });
        Ok(id)
    }

    /// The mails to an address, or all of them; newest first.
    #[must_use]
    pub fn list(&self, to: Option<&str>) -> Vec<Mail> {
        let wanted = to.map(fold);
        let is_wanted = |letter: &&Letter| {
            wanted.as_ref().is_none_or(|wanted| letter.to.iter().any(|recipient| fold(recipient) == *wanted))
        };
        let letters: Vec<Letter> = self.letters().iter().rev().filter(is_wanted).cloned().collect();
        letters.iter().map(Letter::taken_apart).collect()
    }

    /// The mail of that id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<Mail> {
        self.letter(id).map(|letter| letter.taken_apart())
    }

    /// The mail of that id as it came.
    #[must_use]
    pub fn source(&self, id: &str) -> Option<Arc<[u8]>> {
        self.letter(id).map(|letter| letter.raw)
    }

    fn letter(&self, id: &str) -> Option<Letter> {
        self.letters().iter().find(|letter| letter.id == id).cloned()
    }

    fn letters(&self) -> MutexGuard<'_, Vec<Letter>> {
        self.0.letters.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A file that is no mail of ours is passed over.
fn read(path: &Path) -> Option<Letter> {
    let (millis, id) = path.file_stem()?.to_str()?.split_once('-')?;
    let raw = fs::read(path).ok()?;
    let head = String::from_utf8_lossy(&raw);
    let to = head.lines().skip(1).map_while(|line| line.strip_prefix(DELIVERED_TO)).map(str::to_owned).collect();
    Some(Letter { id: id.to_owned(), received_at: Instant::from_millis(millis.parse().ok()?), to, raw: raw.into() })
}

impl Letter {
    fn taken_apart(&self) -> Mail {
        let message = MessageParser::default().parse(&*self.raw).unwrap_or_default();
        let html = message.html_bodies().find_map(|part| match &part.body {
            PartType::Html(html) => Some(html.to_string()),
            _ => None,
        });
        let text = message.text_bodies().find_map(|part| match &part.body {
            PartType::Text(text) => Some(text.to_string()),
            _ => None,
        });
        let at = self.received_at.timestamp();
        Mail {
            id: self.id.clone(),
            to: self.to.join(", "),
            from: sender(&message),
            subject: message.subject().unwrap_or_default().to_owned(),
            text: text.unwrap_or_default().replace("\r\n", "\n"),
            html: html.unwrap_or_default(),
            received_at: at.to_string(),
            when: at
                .in_tz("Europe/Paris")
                .map_or_else(|_| at.to_string(), |at| at.strftime("%d/%m/%Y à %H:%M:%S").to_string()),
        }
    }
}

fn sender(message: &Message<'_>) -> String {
    let Some(first) = message.from().and_then(Address::first) else { return String::new() };
    match (first.name(), first.address()) {
        (Some(name), Some(address)) => format!("{name} <{address}>"),
        (name, address) => name.or(address).unwrap_or_default().to_owned(),
    }
}
