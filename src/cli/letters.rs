//! `preau letters`: the letters of a school, as one PDF.

use std::{
    fs::Permissions,
    io::Write,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use clap::{Args, ValueEnum};
use serde_json::{Value, json};
use tempfile::NamedTempFile;

use crate::{
    app::Clock,
    config::{Config, Mode},
    crypto::{Hasher, Rng},
    domain::{Actor, Establishment, Fault, Identifier, Person, Profile},
    letters::{self, Desk, Due, Languages, Letter, Office, Skipped, Wanted},
    policy::Portal,
    store::{Db, Opening, roll, roster},
};

use super::{Ended, SettingsFile, Terminal};

/// Letters for those of a school who have no password of their own, as one PDF: one account on a page
#[derive(Debug, Args)]
pub(super) struct Letters {
    #[command(flatten)]
    settings: SettingsFile,
    /// The school, by its code
    #[arg(long, value_name = "CODE")]
    establishment: String,
    /// Only the pupils of this class and their parents
    #[arg(long, value_name = "NAME")]
    class: Option<String>,
    /// Only these profiles: `pupil`, `parent`, `national_staff`, `agricultural_staff`, `local_authority_staff`, `guest`
    #[arg(long, value_name = "PROFILE", value_parser = profile)]
    profile: Vec<Profile>,
    /// Only these accounts; who is named gets a letter even after having begun the activation
    #[arg(long, value_name = "IDENTIFIER")]
    identifier: Vec<String>,
    /// The portal that the letters lead to
    #[arg(long, value_name = "NAME")]
    portal: Option<String>,
    /// The language of the letters
    #[arg(long, value_enum, default_value_t = Language::Fr)]
    language: Language,
    /// The PDF; readable by its owner alone
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// Even where that file is there already
    #[arg(long)]
    force: bool,
    /// The answer as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Language {
    Fr,
    En,
    Both,
}

fn profile(text: &str) -> Result<Profile, String> {
    Profile::named(text).ok_or_else(|| format!("write {}", Profile::ALL.map(Profile::name).join(", ")))
}

impl Letters {
    pub(super) async fn run(self, terminal: &mut Terminal) -> Result<Ended, Fault> {
        let config = self.settings.load(Mode::Serve)?;
        let portal = letters::portal(&config, self.portal.as_deref()).ok_or_else(|| no_portal(&config))?;
        self.may_write()?;
        let rng = Rng::from_os()?;
        let hasher = Hasher::start(config.policy.hashing, rng.clone())?;
        let db = Db::open(&config.settings.database.url, Opening::Migrate).await?;
        let office = Office { db: &db, hasher: &hasher, rng: &rng, config: &config };
        let printed = self.print(office, portal, terminal).await;
        db.close().await;
        printed
    }

    async fn print(&self, office: Office<'_>, portal: &Portal, terminal: &mut Terminal) -> Result<Ended, Fault> {
        let by = Actor::command(Clock::default().now());
        let school = self.school(office.db).await?;
        let (due, mut skipped) = self.due(office, &by, &school, portal).await?;
        let total = due.len();
        let tick = |done: usize| terminal.progress(done, total);
        let made = letters::make_all(office, &by, portal, due, tick).await?;
        skipped.extend(made.skipped);
        if !made.letters.is_empty() {
            let languages = match self.language {
                Language::Fr => Languages::French,
                Language::En => Languages::English,
                Language::Both => Languages::Both,
            };
            let desk = Desk { config: office.config, school: &school, portal, languages, now: by.now };
            self.write(&letters::paper(desk, &made.letters).pdf()?)?;
        }
        self.tell(&made.letters, &skipped, terminal);
        Ok(Ended::Well)
    }

    /// Who is due a letter; accounts are made for those whom the roster alone knows.
    async fn due(
        &self,
        office: Office<'_>,
        by: &Actor,
        school: &Establishment,
        portal: &Portal,
    ) -> Result<(Vec<Due>, Vec<Skipped>), Fault> {
        let wanted = Wanted {
            class: self.class.clone(),
            profiles: self.profile.clone(),
            identifiers: self.identifier.iter().map(|text| Identifier::new(text)).collect(),
        };
        let (due, skipped) = letters::due(&roll::load(office.db, &school.id).await?, &wanted, portal)?;
        let without: Vec<Person> =
            due.iter().filter(|due| due.account_id.is_none()).map(|due| due.person.clone()).collect();
        if without.is_empty() {
            return Ok((due, skipped));
        }
        letters::prepare(office, by, &without).await?;
        letters::due(&roll::load(office.db, &school.id).await?, &wanted, portal)
    }

    async fn school(&self, db: &Db) -> Result<Establishment, Fault> {
        let schools = roster::list_establishments(db).await?;
        let codes: Vec<String> = schools.iter().map(|school| school.code.clone()).take(20).collect();
        schools.into_iter().find(|school| school.code == self.establishment).ok_or_else(|| {
            let codes = if codes.is_empty() { "there is none yet".to_owned() } else { codes.join(", ") };
            Fault::new(format!("no school has the code {}", self.establishment))
                .remedy(format!("give the code of a school that is there: {codes}"))
        })
    }

    /// Looks before any letter is made whether it can be written.
    fn may_write(&self) -> Result<(), Fault> {
        if self.output.exists() && !self.force {
            return Err(Fault::new(format!("{} is there already", self.output.display()))
                .remedy("name another file with -o, or replace it with --force"));
        }
        self.aside().map(drop)
    }

    /// A file of another name beside the one that is wanted.
    fn aside(&self) -> Result<NamedTempFile, Fault> {
        let folder = self.output.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        NamedTempFile::new_in(folder).map_err(|error| self.unwritten(&error))
    }

    /// The file is there whole or not at all, and for its owner alone.
    fn write(&self, pdf: &[u8]) -> Result<(), Fault> {
        let mut file = self.aside()?;
        let as_file = file.as_file();
        as_file.set_permissions(Permissions::from_mode(0o600)).map_err(|error| self.unwritten(&error))?;
        file.write_all(pdf).and_then(|()| file.as_file().sync_all()).map_err(|error| self.unwritten(&error))?;
        let kept = if self.force { file.persist(&self.output) } else { file.persist_noclobber(&self.output) };
        kept.map(drop).map_err(|error| self.unwritten(&error.error))
    }

    fn unwritten(&self, error: &std::io::Error) -> Fault {
        Fault::new(format!("{} can't be written: {error}", self.output.display()))
            .remedy("check the folder and its rights; the letters are made anew when the command runs again")
    }

    fn tell(&self, made: &[Letter], skipped: &[Skipped], terminal: &mut Terminal) {
        for one in skipped {
            terminal.note(format_args!("{}: no letter, {}", called(one), one.reason));
        }
        let replaced = made.iter().filter(|letter| letter.due.replaces).count();
        let file = self.output.display();
        if self.json {
            let file = (!made.is_empty()).then(|| file.to_string());
            let letters: Vec<Value> = made.iter().map(told).collect();
            let skipped: Vec<Value> = skipped
                .iter()
                .map(|one| json!({ "name": one.name, "identifier": one.identifier, "reason": one.reason }))
                .collect();
            terminal.say(json!({ "file": file, "letters": letters, "replaced": replaced, "skipped": skipped }));
            return;
        }
        if made.is_empty() {
            terminal.say("nobody is due a letter: no file was written");
            return;
        }
        terminal.say(format_args!("{file}: {} letters, {} without", made.len(), skipped.len()));
        if replaced > 0 {
            terminal.say(format_args!("{replaced} of them replace an earlier letter, which opens nothing any more"));
        }
    }
}

fn called(one: &Skipped) -> String {
    match &one.identifier {
        Some(identifier) => format!("{} ({identifier})", one.name),
        None => one.name.clone(),
    }
}

/// What is told of a letter; its password stands on the paper alone.
fn told(letter: &Letter) -> Value {
    json!({
        "identifier": letter.made.identifier,
        "name": letter.due.person.full_name(),
        "profile": letter.due.profile.name(),
        "class": letter.due.class,
        "expires_at": letter.made.expires_at.rfc_3339(),
        "replaces": letter.due.replaces,
    })
}

fn no_portal(config: &Config) -> Fault {
    let names: Vec<String> = config.policy.portals.iter().map(|portal| portal.name.to_string()).collect();
    Fault::new("there is no portal of that name")
        .remedy(format!("give one of these with --portal: {}", names.join(", ")))
}
