//! The demo as it runs: the identity provider first, so that its page is there at once, then everybody and everything else.

use std::{
    fs::{self, DirBuilder},
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use axum::Router;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{
    Options,
    accounts::{self, Trial},
    apps::{DigitalSpace, Kit, SchoolLife, Visits, http_client, nobody},
    charters,
    handle::{self, Registered},
    letters,
    mail::{self, Letterbox},
    places::{Listeners, MOST_READY, Places},
    secrets::Secrets,
    seed::{self, SchoolNetwork},
    sepne::{Sepne, SepneAccount, SepneClient},
    settings,
};
use crate::{
    admin::services,
    app::{App, Clock, Registry},
    config::LogSettings,
    crypto::Rng,
    domain::{Actor, Fault, UpstreamName},
    server::{self, Running},
    signin::through,
};

/// How long the applications' requests under way may take to end.
const GRACE: Duration = Duration::from_secs(5);

/// The demo, running.
pub struct World {
    running: Running,
    options: Options,
    files: Files,
    places: Places,
    services: Vec<Registered>,
    visits: [Visits; 2],
    sepne: Vec<SepneAccount>,
    secrets: Secrets,
    stop: CancellationToken,
    tasks: TaskTracker,
}

/// What lies in the data directory beside the database and the keys.
struct Files {
    config: PathBuf,
    secrets: PathBuf,
    mails: PathBuf,
    letters: PathBuf,
    sessions: [PathBuf; 2],
}

impl Files {
    fn of(data: &Path) -> Self {
        Self {
            config: data.join("preau.toml"),
            secrets: data.join("secrets.json"),
            mails: data.join("mails"),
            letters: data.join(letters::FOLDER),
            sessions: ["espace-numerique.json", "vie-scolaire.json"].map(|name| data.join(name)),
        }
    }
}

impl World {
    /// Binds everything and opens the identity provider: from here on its pages are there. Nobody can sign in yet.
    ///
    /// # Errors
    /// A port is taken, a setting is wrong, or the data directory can't be used.
    pub async fn open(mut options: Options) -> Result<Self, Fault> {
        if options.ready > MOST_READY {
            return Err(Fault::new(format!("--ready {} is too many", options.ready))
                .remedy(format!("ask for {MOST_READY} at the most")));
        }
        options.data = std::path::absolute(&options.data)?;
        // Hashes, keys and passwords lie in there: for its owner alone.
        DirBuilder::new().recursive(true).mode(0o700).create(&options.data).map_err(|error| {
            Fault::new(format!("{} can't be made: {error}", options.data.display()))
                .remedy("name another folder with --data")
        })?;
        let config = settings::in_force(&options, &options.data)?;
        let places = Places::after(config.settings.listen.port())?;
        let listeners = places.bind(config.settings.listen)?;
        if let Some(json) = &options.json {
            // What an earlier start told is true no more.
            drop(fs::remove_file(json));
        }
        let files = Files::of(&options.data);
        settings::write(&config.settings, &files.config)?;
        let app = server::assemble(config, Clock::default(), Rng::from_os()?).await?;
        let mut secrets = Secrets::open(&files.secrets)?;
        let services = handle::registrations(&places, |id| secrets.client(id, &app.rng));
        let visits = [(); 2].map(|()| nobody(app.clock.clone(), app.rng.clone()));
        for (visits, file) in visits.iter().zip(&files.sessions) {
            visits.restore(file);
        }
        let sepne = accounts::at_sepne(&mut secrets, &app.rng);
        let (stop, tasks) = (CancellationToken::new(), TaskTracker::new());
        let letterbox = Letterbox::open(&files.mails, app.clock.clone(), app.rng.clone())?;
        let running = server::start(app)?;
        let world = Self { running, options, files, places, services, visits, sepne, secrets, stop, tasks };
        world.serve(listeners, letterbox)?;
        Ok(world)
    }

    /// How the log is to be.
    #[must_use]
    pub fn log(&self) -> &LogSettings {
        &self.running.app.config.settings.log
    }

    /// The applications and the post office.
    fn serve(&self, listeners: Listeners, letterbox: Letterbox) -> Result<(), Fault> {
        let app = &self.running.app;
        let [space, life] = [self.places.digital_space, self.places.school_life].map(|at| format!("http://{at}"));
        let http = http_client(app.config.settings.outbound.ca_file.as_deref())?;
        let [of_space, of_life] = self.visits.clone();
        let kit = |base: &String, neighbour: &String, visits: Visits| Kit {
            base: base.clone(),
            issuer: app.config.issuer().to_owned(),
            neighbour: neighbour.clone(),
            http: http.clone(),
            visits,
        };
        let mut clients = self.services.iter().filter_map(|service| service.client.clone());
        let clients = [(); 2].map(|()| clients.next().unwrap_or_default());
        self.spawn(listeners.digital_space, DigitalSpace::routes(&kit(&space, &life, of_space), &clients));
        self.spawn(listeners.school_life, SchoolLife::routes(&kit(&life, &space, of_life)));
        self.spawn(listeners.sepne, self.stand_in(app)?.routes());
        self.spawn(listeners.mail, mail::routes(letterbox.clone()));
        self.tasks.spawn(mail::serve(listeners.smtp, letterbox, self.stop.clone()));
        Ok(())
    }

    /// The stand-in for SEPNE; it makes its keys when they are first asked for.
    fn stand_in(&self, app: &App) -> Result<Sepne, Fault> {
        let secret = fs::read_to_string(settings::client_secret(&self.options.data)?)?;
        let client = SepneClient {
            id: settings::CLIENT.to_owned(),
            secret: secret.trim().to_owned(),
            redirect_uri: through::call_back(app, &UpstreamName::new(settings::SEPNE)),
        };
        let (keys, issuer) = (self.options.data.join("sepne-keys"), format!("http://{}", self.places.sepne));
        Ok(Sepne::new(issuer, keys, client, self.sepne.clone(), (app.clock.clone(), app.rng.clone())))
    }

    fn spawn(&self, listener: TcpListener, router: Router) {
        let stop = self.stop.clone();
        self.tasks.spawn(async move {
            if let Err(error) = axum::serve(listener, router).with_graceful_shutdown(stop.cancelled_owned()).await {
                tracing::error!(%error, "a listener of the demo ended");
            }
        });
    }

    /// Puts everybody and everything in place, tells the scripts, and gives the table for people.
    ///
    /// # Errors
    /// The store did not answer, holds something else than a demo, or a file can't be written.
    pub async fn settle(&mut self) -> Result<String, Fault> {
        let app = self.running.app.clone();
        let actor = Actor::command(app.clock.now());
        self.register(&app, &actor).await?;
        let network = SchoolNetwork::made_up(seed::PEOPLE, seed::SEED);
        seed::write_schools(&app.db, &network).await?;
        let trials = accounts::apply(&app, &network, &mut self.secrets, self.options.ready).await?;
        let letters = letters::settle(&app, &network, &mut self.secrets, &self.files.letters).await?;
        charters::settle(&app, &actor, &trials).await?;
        self.secrets.save(&self.files.secrets)?;
        seed::write(&app.db, &network, &actor).await?;
        if let Some(json) = &self.options.json {
            self.tell(&app, &trials, &letters, json).await?;
        }
        let told = (self.services.as_slice(), self.sepne.as_slice());
        Ok(handle::table(&app, &self.places, told, &trials, &self.files.letters))
    }

    async fn register(&self, app: &App, actor: &Actor) -> Result<(), Fault> {
        let file = |service: &Registered| (format!("the demo's {}", service.name), service.file.to_string());
        let files: Vec<(String, String)> = self.services.iter().map(file).collect();
        let applied = services::apply(&app.db, &app.rng, actor, &app.config.policy.portals, &files).await?;
        if let Err(faults) = applied {
            let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
            return Err(Fault::new(told.join("; "))
                .remedy("give the portals `default` and `ent` in --config, or leave them out"));
        }
        // The running server would see it within a second; here it is to be there at once.
        app.services.store(Arc::new(Registry::load(&app.db).await?));
        Ok(())
    }

    async fn tell(&self, app: &App, trials: &[Trial], letters: &[Value], json: &Path) -> Result<(), Fault> {
        let mut accounts = Vec::new();
        for trial in trials {
            accounts.push(accounts::handle(app, trial).await?);
        }
        let told = (self.services.as_slice(), self.sepne.as_slice());
        let handles = handle::handles(app, &self.places, told, [&accounts, letters], &self.files.config);
        handle::write_whole(json, &serde_json::to_string_pretty(&handles)?)
    }

    /// Ends everything; the applications' sessions are kept for the next start.
    ///
    /// # Errors
    /// The sessions can't be written.
    pub async fn close(self) -> Result<(), Fault> {
        self.stop.cancel();
        self.tasks.close();
        if tokio::time::timeout(GRACE, self.tasks.wait()).await.is_err() {
            tracing::warn!("a request to the demo's applications did not end in time");
        }
        self.running.stop().await;
        for (visits, file) in self.visits.iter().zip(&self.files.sessions) {
            visits.save(file)?;
        }
        Ok(())
    }
}
