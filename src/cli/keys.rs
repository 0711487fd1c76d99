//! `preau keys list|rotate`: the keys that tokens are signed with.

use std::time::Duration;

use clap::{Args, Subcommand};
use serde_json::json;

use crate::{
    app::Clock,
    config::{Config, Mode},
    crypto::{KeyLine, KeyRing, KeyState},
    domain::{Fault, Instant},
};

use super::{Ended, SettingsFile, Terminal};

/// The keys that tokens are signed with
#[derive(Debug, Args)]
pub(super) struct Keys {
    #[command(flatten)]
    settings: SettingsFile,
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// Says which keys there are and what each does; makes them where there are none yet
    List {
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Makes new keys; the old ones stay published until the last token that they signed is out of date
    Rotate {
        /// A key was stolen: the old ones are withdrawn now, and everything that they signed is refused
        #[arg(long)]
        at_once: bool,
    },
}

impl Keys {
    pub(super) async fn run(self, terminal: &mut Terminal) -> Result<Ended, Fault> {
        let config = self.settings.load(Mode::Demo)?;
        let now = Clock::default().now();
        // An RSA key takes a tenth of a second to compute.
        tokio::task::spawn_blocking(move || self.act.carry_out(&config, now)).await??.into_iter().for_each(|line| {
            terminal.say(line);
        });
        Ok(Ended::Well)
    }
}

impl Act {
    fn carry_out(&self, config: &Config, now: Instant) -> Result<Vec<String>, Fault> {
        match self {
            Self::List { json: false } => Ok(KeyRing::open(&config.keys, now)?.list(now).iter().map(line).collect()),
            Self::List { json: true } => {
                Ok(vec![json!({ "keys": KeyRing::open(&config.keys, now)?.list(now) }).to_string()])
            }
            Self::Rotate { at_once } => {
                let keep = if *at_once { Duration::ZERO } else { longest_token(config) };
                let made = KeyRing::rotate(&config.keys, now, keep)?;
                Ok(made.into_iter().map(|kid| format!("{kid}: signs from now on")).collect())
            }
        }
    }
}

/// As long as anything that the old keys signed may be shown: the longest token, and a quarter of an hour for clocks and
/// caches. An ID token is also shown as `id_token_hint` at the end of a session (OpenID Connect RP-Initiated Logout §2).
fn longest_token(config: &Config) -> Duration {
    let lifetimes = &config.policy.lifetimes;
    let sessions =
        [lifetimes.pupil.absolute, lifetimes.family.absolute, lifetimes.staff.absolute, lifetimes.remembered];
    let longest = sessions.into_iter().chain([lifetimes.id_token, lifetimes.access_token]).max().unwrap_or_default();
    longest + Duration::from_mins(15)
}

fn line(key: &KeyLine) -> String {
    let what = match key.state {
        KeyState::Signing => "signs",
        KeyState::Published => "published, signs no more",
        KeyState::Withdrawn => "withdrawn, goes at the next rotation",
    };
    format!("{}  {}  made {}  {what}", key.kid, key.alg, day(key.created_at))
}

fn day(at: Instant) -> String {
    at.utc_date().to_string()
}

/// A moment in UTC, to the second, as ISO 8601 writes it.
pub(super) fn moment(at: Instant) -> String {
    at.timestamp().strftime("%Y-%m-%d %H:%M:%S").to_string()
}
