//! `preau admin`: the first administrator, and what an operator does for one account.

use clap::{Args, Subcommand};

use crate::{
    admin::{
        first::{NewAdministrator, Tools, create, made_up_password},
        second_factor,
    },
    app::Clock,
    config::{Config, Mode},
    crypto::{Hasher, Rng},
    domain::{Actor, Email, Fault, Identifier, Password, squeeze},
    server::assemble,
    store::{Db, Opening},
};

use super::{Ended, SettingsFile, Terminal};

/// Administrators
#[derive(Debug, Args)]
pub(super) struct Admin {
    #[command(flatten)]
    settings: SettingsFile,
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// Makes an administrator's account, which works at once; without a password, one is made and told once
    Create(Create),
    /// Takes every second factor of an account away, for somebody who has lost them; ends its sessions and tells its holder
    ResetSecondFactor {
        /// The login name
        identifier: String,
    },
}

#[derive(Debug, Args)]
struct Create {
    /// The login name, for life: prenom.nom
    identifier: String,
    /// Given name
    #[arg(long, default_value = "")]
    given_name: String,
    /// Family name; the identifier where it is left out
    #[arg(long)]
    family_name: Option<String>,
    /// Where mails go
    #[arg(long)]
    email: Option<String>,
    /// Takes the password from the first line of stdin
    #[arg(long)]
    password_stdin: bool,
}

impl Admin {
    pub(super) async fn run(self, terminal: &mut Terminal) -> Result<Ended, Fault> {
        let config = self.settings.load(Mode::Serve)?;
        match self.act {
            Act::Create(wanted) => wanted.run(config, terminal).await,
            Act::ResetSecondFactor { identifier } => reset(config, &identifier, terminal).await,
        }
    }
}

async fn reset(config: Config, identifier: &str, terminal: &mut Terminal) -> Result<Ended, Fault> {
    let app = assemble(config, Clock::default(), Rng::from_os()?).await?;
    let identifier = Identifier::new(identifier);
    let outcome = second_factor::reset(&app, &Actor::command(app.clock.now()), &identifier).await;
    app.db.close().await;
    outcome?;
    terminal.say(format_args!("{identifier}: the password is enough, until a second factor is added again"));
    Ok(Ended::Well)
}

impl Create {
    async fn run(self, config: Config, terminal: &mut Terminal) -> Result<Ended, Fault> {
        let wanted = self;
        let rng = Rng::from_os()?;
        let is_made = !wanted.password_stdin;
        let password = if is_made { made_up_password(&rng)? } else { typed(&Terminal::read_secret_line()?)? };
        let new = wanted.with(password)?;
        let db = Db::open(&config.settings.database.url, Opening::Migrate).await?;
        let outcome = make(&config, &db, &rng, new.clone()).await;
        db.close().await;
        outcome?;
        terminal.say(format_args!("{}: the account works", new.identifier));
        if is_made {
            terminal.say(format_args!("  password (told once): {}", new.password.reveal()));
        }
        Ok(Ended::Well)
    }

    fn with(self, password: Password) -> Result<NewAdministrator, Fault> {
        let unfit = |email: &str| Fault::new(format!("{email} is not an e-mail address"));
        let email = self.email.map(|email| Email::parse(&email).ok_or_else(|| unfit(&email))).transpose()?;
        let identifier = Identifier::new(&self.identifier);
        let family_name = self.family_name.unwrap_or_else(|| identifier.to_string());
        let (given_name, family_name) = (squeeze(&self.given_name), squeeze(&family_name));
        Ok(NewAdministrator { identifier, given_name, family_name, email, password })
    }
}

fn typed(text: &str) -> Result<Password, Fault> {
    Password::typed(text).map_err(|_| {
        Fault::new("stdin holds no password")
            .remedy("the first line is taken: one character at least, 1,024 bytes at most")
    })
}

async fn make(config: &Config, db: &Db, rng: &Rng, new: NewAdministrator) -> Result<(), Fault> {
    let hasher = Hasher::start(config.policy.hashing, rng.clone())?;
    let portal = config.policy.portals.default_portal();
    let tools = Tools { db, hasher: &hasher, rng, portal };
    create(tools, &Actor::command(Clock::default().now()), new).await.map(drop)
}
