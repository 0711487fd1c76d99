//! `preau seed`: a made-up school network, written into the configured database.

use clap::Args;

use crate::{
    app::Clock,
    config::Mode,
    demo::seed::{PEOPLE, SEED, SchoolNetwork, write},
    domain::{Actor, Fault},
    store::{Db, Opening},
};

use super::{Ended, SettingsFile, Terminal};

/// Writes a made-up school network, the same for the same seed; nobody in it has a password
#[derive(Debug, Args)]
pub(super) struct Seed {
    #[command(flatten)]
    settings: SettingsFile,
    /// How many people
    #[arg(long, value_name = "N", default_value_t = PEOPLE)]
    people: usize,
    /// Which network: another seed makes another one
    #[arg(long = "seed", value_name = "S", default_value_t = SEED)]
    which: u64,
}

impl Seed {
    pub(super) async fn run(self, terminal: &mut Terminal) -> Result<Ended, Fault> {
        let config = self.settings.load(Mode::Demo)?;
        let network = SchoolNetwork::made_up(self.people, self.which);
        let db = Db::open(&config.settings.database.url, Opening::Migrate).await?;
        let seeded = write(&db, &network, &Actor::command(Clock::default().now())).await;
        db.close().await;
        let seeded = seeded?;
        terminal.say(format_args!("{} people added, {} there already", seeded.added, seeded.kept));
        Ok(Ended::Well)
    }
}
