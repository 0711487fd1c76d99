//! `preau charter publish|list|show|export|sign`: the texts that people accept, and who did.

use std::{fs, path::PathBuf};

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use crate::{
    admin::charters::{self, NotSigned, Wanted},
    app::Clock,
    config::{Config, Mode},
    domain::{Actor, CharterId, Fault, Identifier},
    store::{Db, Opening},
};

use super::{Ended, SettingsFile, Terminal};

/// The charters that people accept, and who did
#[derive(Debug, Args)]
pub(super) struct Charter {
    #[command(flatten)]
    settings: SettingsFile,
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// Publishes versions from files, all of them or none; the same file twice changes nothing
    Publish {
        /// Files (docs/charter.md)
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// The answer as JSON
        #[arg(long)]
        json: bool,
    },
    /// Lists every version, and how many signed it
    List {
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Says a version as the file that it was published from
    Show {
        /// Its id
        id: String,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Tells as CSV who accepted what
    Export {
        /// The id of a version; without it, every one
        id: Option<String>,
        /// One school's people, by its code
        #[arg(long, value_name = "CODE")]
        establishment: Option<String>,
        /// The pupils of one class
        #[arg(long, value_name = "NAME")]
        class: Option<String>,
        /// Where to write; without it, to stdout
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Records that a guardian has signed on paper
    Sign {
        /// The id of the version
        id: String,
        /// The pupils' identifiers
        #[arg(required = true, value_name = "IDENTIFIER")]
        pupils: Vec<String>,
        /// The answer as JSON
        #[arg(long)]
        json: bool,
    },
}

impl Charter {
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
            Self::Publish { files, json } => publish(config, db, &read(files)?, (terminal, json)).await,
            Self::List { json } => list(db, (terminal, json)).await,
            Self::Show { id, json } => show(db, &CharterId::new(id), (terminal, json)).await,
            Self::Export { id, establishment, class, output } => {
                let wanted = Wanted { charter: id.map(CharterId::new), school_code: establishment, class };
                export(db, &wanted, output, terminal).await
            }
            Self::Sign { id, pupils, json } => sign(db, &CharterId::new(id), &pupils, (terminal, json)).await,
        }
    }
}

type Answer<'a> = (&'a mut Terminal, bool);

fn read(files: Vec<PathBuf>) -> Result<Vec<(String, String)>, Fault> {
    let read = |path: PathBuf| {
        let name = path.display().to_string();
        let text = fs::read_to_string(&path).map_err(|error| {
            Fault::new(format!("{name} can't be read: {error}")).remedy("name a file in UTF-8 (docs/charter.md)")
        })?;
        Ok((name, text))
    };
    files.into_iter().map(read).collect()
}

async fn publish(
    config: &Config,
    db: &Db,
    files: &[(String, String)],
    (terminal, json): Answer<'_>,
) -> Result<Ended, Fault> {
    let actor = Actor::command(Clock::default().now());
    let zone = &config.policy.portals.default_portal().time_zone;
    match charters::publish(db, &actor, zone, files).await? {
        Ok(applied) if json => {
            terminal.say(json!({ "charters": applied.iter().map(charters::Applied::json).collect::<Vec<_>>() }));
            Ok(Ended::Well)
        }
        Ok(applied) => {
            for one in &applied {
                terminal.say(one);
            }
            Ok(Ended::Well)
        }
        Err(faults) => {
            for fault in &faults {
                terminal.note(fault);
            }
            terminal.note("preau: nothing was published");
            terminal.note("       mend what is named above and publish again (docs/charter.md)");
            if json {
                terminal.say(json!({ "faults": faults }));
            }
            Ok(Ended::WithErrors)
        }
    }
}

async fn list(db: &Db, (terminal, json): Answer<'_>) -> Result<Ended, Fault> {
    let listed = charters::list(db).await?;
    if json {
        terminal.say(json!({ "charters": listed.iter().map(charters::Listed::json).collect::<Vec<_>>() }));
    } else {
        for one in &listed {
            terminal.say(one);
        }
    }
    Ok(Ended::Well)
}

async fn show(db: &Db, id: &CharterId, (terminal, json): Answer<'_>) -> Result<Ended, Fault> {
    let published = charters::show(db, id).await?.ok_or_else(|| unknown(id))?;
    if json {
        let mut told = charters::document(&published.charter, published.school_code.as_deref());
        if let Some(object) = told.as_object_mut() {
            object.insert("text".into(), json!(published.body));
        }
        terminal.say(serde_json::to_string_pretty(&told)?);
    } else {
        terminal.say(published.source.trim_end());
    }
    Ok(Ended::Well)
}

async fn export(db: &Db, wanted: &Wanted, output: Option<PathBuf>, terminal: &mut Terminal) -> Result<Ended, Fault> {
    if let Some(id) = &wanted.charter {
        charters::show(db, id).await?.ok_or_else(|| unknown(id))?;
    }
    let (text, lines) = charters::export(db, wanted).await?;
    let Some(path) = output else {
        terminal.say(text.trim_end());
        return Ok(Ended::Well);
    };
    fs::write(&path, text).map_err(|error| {
        Fault::new(format!("{} can't be written: {error}", path.display())).remedy("check the folder and its rights")
    })?;
    terminal.say(format_args!("{}: {lines} lines", path.display()));
    Ok(Ended::Well)
}

async fn sign(db: &Db, id: &CharterId, pupils: &[String], (terminal, json): Answer<'_>) -> Result<Ended, Fault> {
    let published = charters::show(db, id).await?.ok_or_else(|| unknown(id))?;
    let actor = Actor::command(Clock::default().now());
    let (mut told, mut ended): (Vec<Value>, _) = (Vec::new(), Ended::Well);
    for pupil in pupils {
        let outcome = charters::sign(db, &actor, &published.charter, &Identifier::new(pupil)).await?;
        let (line, is_signed) = match outcome {
            Ok(()) => ("signed", true),
            Err(NotSigned::Already) => ("was signed already", true),
            Err(NotSigned::Unknown) => ("nobody is called so", false),
            Err(NotSigned::NotTheirs) => ("this charter is not for them as a pupil", false),
        };
        told.push(json!({ "identifier": pupil, "signed": is_signed, "changed": outcome.is_ok() }));
        if !is_signed {
            ended = Ended::WithErrors;
            terminal.note(format_args!("{pupil}: {line}"));
        } else if !json {
            terminal.say(format_args!("{pupil}: {line}"));
        }
    }
    if json {
        terminal.say(json!({ "pupils": told }));
    }
    Ok(ended)
}

fn unknown(id: &CharterId) -> Fault {
    Fault::new(format!("no charter is called {id}")).remedy("`preau charter list` names them all")
}
