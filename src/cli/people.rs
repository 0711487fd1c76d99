//! `preau people apply`: test people from a file.

use std::{fs, path::PathBuf};

use clap::{Args, Subcommand};
use serde_json::json;

use crate::{
    admin::people::{self, AppliedPerson, Tools, may_apply},
    app::Clock,
    config::Mode,
    crypto::{Hasher, Rng},
    domain::{Actor, Fault},
    store::{Db, Opening},
};

use super::{Ended, SettingsFile, Terminal};

/// Test people, for demos and trials
#[derive(Debug, Args)]
pub(super) struct People {
    #[command(flatten)]
    settings: SettingsFile,
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// Makes the people of a file or changes them to what it says; the same file twice changes nothing
    Apply {
        /// A JSON file: a list of people (docs/handles.md)
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Even where the settings are not a demo's
        #[arg(long)]
        force: bool,
        /// The answer as JSON
        #[arg(long)]
        json: bool,
    },
}

impl People {
    pub(super) async fn run(self, terminal: &mut Terminal) -> Result<Ended, Fault> {
        let Act::Apply { file, force, json } = self.act;
        let config = self.settings.load(Mode::Serve)?;
        may_apply(config.settings.demo, force)?;
        let name = file.display().to_string();
        let text = fs::read_to_string(&file).map_err(|error| {
            Fault::new(format!("{name} can't be read: {error}")).remedy("name a JSON file (docs/handles.md)")
        })?;
        let rng = Rng::from_os()?;
        let hasher = Hasher::start(config.policy.hashing, rng.clone())?;
        let db = Db::open(&config.settings.database.url, Opening::Migrate).await?;
        let actor = Actor::command(Clock::default().now());
        let tools = Tools { db: &db, hasher: &hasher, rng: &rng, rule: config.policy.identifiers };
        let outcome = people::apply(tools, &actor, (&name, &text)).await;
        db.close().await;
        Ok(told(outcome?, json, terminal))
    }
}

fn told(outcome: Result<Vec<AppliedPerson>, Vec<people::PersonFault>>, json: bool, terminal: &mut Terminal) -> Ended {
    match outcome {
        Ok(applied) if json => {
            terminal.say(json!({ "people": applied.iter().map(AppliedPerson::json).collect::<Vec<_>>() }));
            Ended::Well
        }
        Ok(applied) => {
            for person in &applied {
                terminal.say(person);
            }
            Ended::Well
        }
        Err(faults) => {
            for fault in &faults {
                terminal.note(fault);
            }
            terminal.note("preau: nobody was applied");
            terminal.note("       mend what is named above and apply again (docs/handles.md)");
            if json {
                terminal.say(json!({ "faults": faults }));
            }
            Ended::WithErrors
        }
    }
}
