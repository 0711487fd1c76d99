//! The command line: one file per command, each parses, calls a room and prints.
//!
//! What is printed for people goes to stdout, what went wrong to stderr: what it was, where, what to do. The status is 0
//! when all went well, 1 when something did not, 2 when the command line itself was wrong. No rule and no SQL lives here.

mod admin;
mod charter;
mod demo;
mod doctor;
mod keys;
mod letters;
mod logging;
mod mail;
mod migrate;
mod people;
mod seed;
mod serve;
mod service;
mod sheets;
mod slips;
mod terminal;

use std::{path::PathBuf, process::ExitCode};

use clap::{Args, Parser, Subcommand};
use tokio::runtime::Runtime;

use crate::{
    config::{Config, Mode},
    domain::Fault,
};

pub use terminal::Terminal;

/// Préau: the front door of a school network. It signs pupils, parents and staff in, over OpenID Connect and CAS.
#[derive(Debug, Parser)]
#[command(name = "preau", version, about, after_help = "Every setting: deploy/preau.example.toml.")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Demo(demo::Demo),
    Serve(serve::Serve),
    Doctor(doctor::Doctor),
    Migrate(migrate::Migrate),
    Service(service::Service),
    Charter(charter::Charter),
    People(people::People),
    Letters(letters::Letters),
    Slips(slips::Slips),
    Mail(mail::Mail),
    Admin(admin::Admin),
    Keys(keys::Keys),
    Seed(seed::Seed),
}

/// The settings that a command works with.
#[derive(Debug, Args)]
struct SettingsFile {
    /// The settings file; without it, preau.toml in this directory where there is one. PREAU_… variables go before it.
    #[arg(long, value_name = "FILE", global = true)]
    config: Option<PathBuf>,
}

impl SettingsFile {
    const USUAL: &'static str = "preau.toml";

    /// Reads and checks the settings.
    fn load(&self, mode: Mode) -> Result<Config, Fault> {
        let usual = || Some(PathBuf::from(Self::USUAL)).filter(|path| path.is_file());
        Config::load(self.config.clone().or_else(usual).as_deref(), mode)
    }
}

/// How a command ended, where nothing failed: a look that finds something wrong has done its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ended {
    Well,
    WithErrors,
}

/// Runs the command that this process was started with.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let mut terminal = Terminal::of_process();
    let outcome = Runtime::new().map_err(Fault::from).and_then(|runtime| runtime.block_on(run(cli, &mut terminal)));
    match outcome {
        Ok(Ended::Well) => ExitCode::SUCCESS,
        Ok(Ended::WithErrors) => ExitCode::FAILURE,
        Err(fault) => {
            terminal.fault(&fault);
            ExitCode::FAILURE
        }
    }
}

async fn run(cli: Cli, terminal: &mut Terminal) -> Result<Ended, Fault> {
    match cli.command {
        Command::Demo(demo) => demo.run(terminal).await,
        Command::Serve(serve) => serve.run().await,
        Command::Doctor(doctor) => doctor.run(terminal).await,
        Command::Migrate(migrate) => migrate.run(terminal).await,
        Command::Service(service) => service.run(terminal).await,
        Command::Charter(charter) => charter.run(terminal).await,
        Command::Admin(admin) => admin.run(terminal).await,
        Command::Keys(keys) => keys.run(terminal).await,
        Command::People(people) => people.run(terminal).await,
        Command::Letters(letters) => letters.run(terminal).await,
        Command::Slips(slips) => slips.run(terminal).await,
        Command::Mail(mail) => mail.run(terminal).await,
        Command::Seed(seed) => seed.run(terminal).await,
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn the_settings_may_be_named_before_or_after_the_particulars() {
        for line in ["preau service list --config a.toml", "preau service --config a.toml list"] {
            let cli = Cli::try_parse_from(line.split(' ')).expect("a command");
            assert!(format!("{cli:?}").contains("a.toml"), "{line}");
        }
    }
}
