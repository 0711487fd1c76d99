//! `preau service apply|list|show|remove`: the applications that receive identities.

use std::{fs, path::PathBuf};

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use crate::{
    admin::services,
    app::Clock,
    config::{Config, Mode},
    crypto::Rng,
    domain::{Actor, Fault, RelyingPartyId},
    store::{Db, Opening},
};

use super::{Ended, SettingsFile, Terminal};

/// The applications that receive identities
#[derive(Debug, Args)]
pub(super) struct Service {
    #[command(flatten)]
    settings: SettingsFile,
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// Registers what files say, all of it or nothing; the same file twice changes nothing
    Apply {
        /// JSON files: one registration, or a list of them (docs/handles.md)
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// The answer as JSON
        #[arg(long)]
        json: bool,
    },
    /// Lists every registered application
    List {
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Says an application as a file that could be applied
    Show {
        /// Its `client_id`
        id: String,
        /// As JSON, which it is anyway
        #[arg(long)]
        json: bool,
    },
    /// Removes an application; what people are known by there is kept
    Remove {
        /// Its `client_id`
        id: String,
        /// The answer as JSON
        #[arg(long)]
        json: bool,
    },
}

impl Service {
    pub(super) async fn run(self, terminal: &mut Terminal) -> Result<Ended, Fault> {
        let config = self.settings.load(Mode::Demo)?;
        let db = Db::open(&config.settings.database.url, Opening::Migrate).await?;
        let ended = self.act.carry_out(&config, &db, terminal).await;
        db.close().await;
        ended
    }
}

impl Act {
    async fn carry_out(self, config: &Config, db: &Db, terminal: &mut Terminal) -> Result<Ended, Fault> {
        match self {
            Self::Apply { files, json } => apply(config, db, &read(files)?, &mut Answer { terminal, json }).await,
            Self::List { json } => list(db, &mut Answer { terminal, json }).await,
            Self::Show { id, json: _ } => show(db, &RelyingPartyId::new(id), terminal).await,
            Self::Remove { id, json } => remove(db, &RelyingPartyId::new(id), &mut Answer { terminal, json }).await,
        }
    }
}

/// Where the answer goes, and how.
struct Answer<'a> {
    terminal: &'a mut Terminal,
    json: bool,
}

impl Answer<'_> {
    fn give(&mut self, json: impl FnOnce() -> Value, lines: impl IntoIterator<Item = String>) {
        if self.json {
            self.terminal.say(json());
        } else {
            lines.into_iter().for_each(|line| self.terminal.say(line));
        }
    }
}

fn read(files: Vec<PathBuf>) -> Result<Vec<(String, String)>, Fault> {
    let read = |path: PathBuf| {
        let name = path.display().to_string();
        let text = fs::read_to_string(&path).map_err(|error| {
            Fault::new(format!("{name} can't be read: {error}")).remedy("name a JSON file (docs/handles.md)")
        })?;
        Ok((name, text))
    };
    files.into_iter().map(read).collect()
}

async fn apply(config: &Config, db: &Db, files: &[(String, String)], answer: &mut Answer<'_>) -> Result<Ended, Fault> {
    let actor = Actor::command(Clock::default().now());
    match services::apply(db, &Rng::from_os()?, &actor, &config.policy.portals, files).await? {
        Ok(applied) => {
            let json = || json!({ "services": applied.iter().map(services::Applied::json).collect::<Vec<_>>() });
            answer.give(json, applied.iter().map(ToString::to_string));
            Ok(Ended::Well)
        }
        Err(faults) => {
            for fault in &faults {
                answer.terminal.note(fault);
            }
            answer.terminal.note("preau: nothing was registered");
            answer.terminal.note("       mend what is named above and apply again (docs/handles.md)");
            if answer.json {
                answer.terminal.say(json!({ "faults": faults }));
            }
            Ok(Ended::WithErrors)
        }
    }
}

async fn list(db: &Db, answer: &mut Answer<'_>) -> Result<Ended, Fault> {
    let parties = services::list(db).await?;
    let json = || json!({ "services": parties.iter().map(services::document).collect::<Vec<_>>() });
    let protocols = |oidc, cas| match (oidc, cas) {
        (true, true) => "OIDC and CAS",
        (true, false) => "OIDC",
        _ => "CAS",
    };
    let line = |party: &crate::domain::RelyingParty| {
        let protocols = protocols(party.oidc.is_some(), party.cas.is_some());
        format!("{}  {}  {protocols}  portal {}", party.id, party.name, party.portal)
    };
    answer.give(json, parties.iter().map(line));
    Ok(Ended::Well)
}

async fn show(db: &Db, id: &RelyingPartyId, terminal: &mut Terminal) -> Result<Ended, Fault> {
    let party = services::show(db, id).await?.ok_or_else(|| unknown(id))?;
    terminal.say(serde_json::to_string_pretty(&services::document(&party))?);
    Ok(Ended::Well)
}

async fn remove(db: &Db, id: &RelyingPartyId, answer: &mut Answer<'_>) -> Result<Ended, Fault> {
    let actor = Actor::command(Clock::default().now());
    if !services::remove(db, &actor, id).await? {
        return Err(unknown(id));
    }
    answer.give(|| json!({ "removed": id }), [format!("{id}: removed")]);
    Ok(Ended::Well)
}

fn unknown(id: &RelyingPartyId) -> Fault {
    Fault::new(format!("no service is called {id}")).remedy("`preau service list` names them all")
}
