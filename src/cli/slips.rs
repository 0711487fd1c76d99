//! `preau slips`: temporary passwords to hand to people whom the school knows, as one PDF.

use clap::Args;
use serde_json::{Value, json};

use crate::{
    app::{App, Clock},
    config::Mode,
    crypto::{Class, Rng},
    domain::{Actor, Establishment, Fault},
    journeys::temporary::{self, NotGiven},
    letters::{self, Desk, Due, Reason, Skipped, Slip},
    policy::Portal,
    server::assemble,
    store::roll,
};

use super::{Ended, SettingsFile, Terminal, letters::called, sheets::Sheets};

/// Slips with a temporary password for those who have forgotten theirs, as one PDF: four on a page, to be cut and handed over
#[derive(Debug, Args)]
pub(super) struct Slips {
    #[command(flatten)]
    settings: SettingsFile,
    #[command(flatten)]
    sheets: Sheets,
    /// The answer as JSON
    #[arg(long)]
    json: bool,
}

impl Slips {
    pub(super) async fn run(self, terminal: &mut Terminal) -> Result<Ended, Fault> {
        let (class, named) = (self.sheets.class.as_ref(), self.sheets.identifier.first());
        if class.is_none() && named.is_none() {
            return Err(Fault::new("a slip for everybody of a school is nobody's wish")
                .remedy("name a class with --class or accounts with --identifier"));
        }
        let config = self.settings.load(Mode::Serve)?;
        self.sheets.portal(&config)?;
        self.sheets.may_write()?;
        let app = assemble(config, Clock::default(), Rng::from_os()?).await?;
        let printed = self.print(&app, terminal).await;
        app.db.close().await;
        printed
    }

    async fn print(&self, app: &App, terminal: &mut Terminal) -> Result<Ended, Fault> {
        let (by, portal) = (Actor::command(app.clock.now()), self.sheets.portal(&app.config)?);
        let school = self.sheets.school(&app.db).await?;
        let roll = roll::load(&app.db, &school.id).await?;
        let (due, skipped) = letters::forgetful(&roll, &self.sheets.wanted(), portal)?;
        let (slips, skipped) = give(app, &by, portal, (due, skipped)).await?;
        if !slips.is_empty() {
            self.sheets.write(&self.paper(app, (&school, portal), &by, &slips)?)?;
        }
        self.tell(&slips, &skipped, terminal);
        Ok(Ended::Well)
    }

    fn paper(
        &self,
        app: &App,
        (school, portal): (&Establishment, &Portal),
        by: &Actor,
        slips: &[Slip],
    ) -> Result<Vec<u8>, Fault> {
        let languages = self.sheets.languages();
        letters::slips(Desk { config: &app.config, school, portal, languages, now: by.now }, slips).pdf()
    }

    fn tell(&self, slips: &[Slip], skipped: &[Skipped], terminal: &mut Terminal) {
        for one in skipped {
            terminal.note(format_args!("{}: no slip, {}", called(one), one.reason));
        }
        let file = self.sheets.output.display();
        if self.json {
            let told: Vec<Value> = slips.iter().map(told).collect();
            let file = (!slips.is_empty()).then(|| file.to_string());
            terminal.say(json!({ "file": file, "slips": told, "skipped": skipped }));
        } else if slips.is_empty() {
            terminal.say("nobody may be handed a slip: no file was written");
        } else {
            terminal.say(format_args!("{file}: {} slips, {} without", slips.len(), skipped.len()));
        }
    }
}

/// A temporary password for each; whoever changed in between goes without.
async fn give(
    app: &App,
    by: &Actor,
    portal: &Portal,
    (due, mut skipped): (Vec<Due>, Vec<Skipped>),
) -> Result<(Vec<Slip>, Vec<Skipped>), Fault> {
    let mut slips = Vec::new();
    for due in due {
        let id = due.account_id.as_ref().ok_or_else(|| Fault::new(format!("{} has no account", due.person.id)))?;
        match temporary::give(app, by, (portal, Class::Bulk), id, by.now).await? {
            Ok(given) => slips.push(Slip {
                identifier: given.identifier,
                password: given.password,
                expires_at: given.expires_at,
                due,
            }),
            Err(why) => skipped.push(Skipped { name: due.person.full_name(), identifier: None, reason: reason(why)? }),
        }
    }
    Ok((slips, skipped))
}

fn reason(why: NotGiven) -> Result<Reason, Fault> {
    match why {
        NotGiven::Closed => Ok(Reason::Departed),
        NotGiven::NotActivated => Ok(Reason::NotActivated),
        NotGiven::TooSoon | NotGiven::Busy => Err(Fault::new("somebody else gives temporary passwords at this moment")
            .remedy("run the command again: everything is made anew")),
    }
}

/// What is told of a slip; its password stands on the paper alone.
fn told(slip: &Slip) -> Value {
    json!({
        "identifier": slip.identifier,
        "name": slip.due.person.full_name(),
        "profile": slip.due.profile.name(),
        "class": slip.due.class,
        "expires_at": slip.expires_at.rfc_3339(),
    })
}
