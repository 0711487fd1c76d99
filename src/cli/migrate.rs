//! `preau migrate`: brings the database's schema up to date.

use clap::Args;

use crate::{
    config::Mode,
    domain::Fault,
    store::{Db, Opening},
};

use super::{Ended, SettingsFile, Terminal};

/// Brings the database's schema up to date, forward only; `serve` does so as well when it starts
#[derive(Debug, Args)]
pub(super) struct Migrate {
    #[command(flatten)]
    settings: SettingsFile,
}

impl Migrate {
    pub(super) async fn run(self, terminal: &mut Terminal) -> Result<Ended, Fault> {
        let config = self.settings.load(Mode::Demo)?;
        let db = Db::open(&config.settings.database.url, Opening::AsItIs).await?;
        if db.is_migrated().await? {
            terminal.say("The schema was up to date.");
        } else {
            db.migrate().await?;
            terminal.say("The schema is up to date now.");
        }
        db.close().await;
        Ok(Ended::Well)
    }
}
