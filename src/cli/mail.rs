//! `preau mail`: what the mail server hands back.

use std::io::Read as _;

use clap::{Args, Subcommand};

use super::{Ended, SettingsFile, Terminal};
use crate::{
    app::Clock,
    config::Mode,
    domain::{Actor, Fault},
    mail::bounce,
    store::{Db, Opening},
};

/// Mail that comes back
#[derive(Debug, Args)]
pub(super) struct Mail {
    #[command(subcommand)]
    act: Act,
    #[command(flatten)]
    settings: SettingsFile,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// Reads a delivery report (RFC 3464) on standard input and marks the addresses that failed for good. The mail server
    /// pipes to it what comes back to the sender's address
    Bounce,
}

impl Mail {
    pub(super) async fn run(self, terminal: &mut Terminal) -> Result<Ended, Fault> {
        let Act::Bounce = self.act;
        let config = self.settings.load(Mode::Serve)?;
        let mut report = Vec::new();
        let most = u64::try_from(bounce::MOST_BYTES).unwrap_or(u64::MAX);
        std::io::stdin().lock().take(most).read_to_end(&mut report)?;
        let failed = bounce::read(&report);
        if failed.is_empty() {
            terminal.say("no address failed for good");
            return Ok(Ended::Well);
        }
        let db = Db::open(&config.settings.database.url, Opening::AsItIs).await?;
        let now = Clock::default().now();
        for one in &failed {
            bounce::mark(&db, one, &Actor::command(now), now).await?;
            terminal.say(format_args!("{}: marked ({})", one.email, one.cause));
        }
        Ok(Ended::Well)
    }
}
