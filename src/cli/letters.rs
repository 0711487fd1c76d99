//! `preau letters`: the letters of a school, as one PDF.

use clap::Args;
use serde_json::{Value, json};

use crate::{
    app::Clock,
    config::Mode,
    crypto::{Hasher, Rng},
    domain::{Actor, Establishment, Fault, Person},
    letters::{self, Desk, Due, Letter, Office, Skipped},
    policy::Portal,
    store::{Db, Opening, roll},
};

use super::{Ended, SettingsFile, Terminal, sheets::Sheets};

/// Letters for those of a school who have no password of their own, as one PDF: one account on a page
#[derive(Debug, Args)]
pub(super) struct Letters {
    #[command(flatten)]
    settings: SettingsFile,
    #[command(flatten)]
    sheets: Sheets,
    /// The answer as JSON
    #[arg(long)]
    json: bool,
}

impl Letters {
    pub(super) async fn run(self, terminal: &mut Terminal) -> Result<Ended, Fault> {
        let config = self.settings.load(Mode::Serve)?;
        let portal = self.sheets.portal(&config)?;
        self.sheets.may_write()?;
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
        let school = self.sheets.school(office.db).await?;
        let (due, mut skipped) = self.due(office, &by, &school, portal).await?;
        let total = due.len();
        let tick = |done: usize| terminal.progress(done, total);
        let made = letters::make_all(office, &by, portal, due, tick).await?;
        skipped.extend(made.skipped);
        if !made.letters.is_empty() {
            let languages = self.sheets.languages();
            let desk = Desk { config: office.config, school: &school, portal, languages, now: by.now };
            self.sheets.write(&letters::paper(desk, &made.letters).pdf()?)?;
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
        let wanted = self.sheets.wanted();
        let (due, skipped) = letters::due(&roll::load(office.db, &school.id).await?, &wanted, portal)?;
        let without: Vec<Person> =
            due.iter().filter(|due| due.account_id.is_none()).map(|due| due.person.clone()).collect();
        if without.is_empty() {
            return Ok((due, skipped));
        }
        letters::prepare(office, by, &without).await?;
        letters::due(&roll::load(office.db, &school.id).await?, &wanted, portal)
    }

    fn tell(&self, made: &[Letter], skipped: &[Skipped], terminal: &mut Terminal) {
        for one in skipped {
            terminal.note(format_args!("{}: no letter, {}", called(one), one.reason));
        }
        let replaced = made.iter().filter(|letter| letter.due.replaces).count();
        let file = self.sheets.output.display();
        if self.json {
            let file = (!made.is_empty()).then(|| file.to_string());
            let letters: Vec<Value> = made.iter().map(told).collect();
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

pub(super) fn called(one: &Skipped) -> String {
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
