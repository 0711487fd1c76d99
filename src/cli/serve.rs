//! `preau serve`: the server, until it is told to end.

use clap::Args;
use tokio::signal::unix::{SignalKind, signal};

use crate::{
    app::Clock,
    config::Mode,
    crypto::Rng,
    domain::Fault,
    server::{assemble, start},
};

use super::{Ended, SettingsFile, logging};

/// Runs the server, until Ctrl-C or SIGTERM
#[derive(Debug, Args)]
pub(super) struct Serve {
    #[command(flatten)]
    settings: SettingsFile,
    /// Ends the process at this point as by `kill -9`, for tests: NAME or NAME:N
    #[cfg(debug_assertions)]
    #[arg(long, hide = true)]
    power_cut: Option<String>,
}

impl Serve {
    pub(super) async fn run(self) -> Result<Ended, Fault> {
        let config = self.settings.load(Mode::Serve)?;
        logging::start(&config.settings.log)?;
        #[cfg(debug_assertions)]
        if let Some(at) = &self.power_cut {
            crate::power_cut::arm(at)?;
        }
        let told = told_to_end()?;
        let app = assemble(config, Clock::default(), Rng::from_os()?).await?;
        let public_url = app.config.issuer().to_owned();
        let running = start(app)?;
        tracing::info!(listen = %running.address, %public_url, "the server answers");
        let signal = told.await;
        tracing::info!(signal, "ending: requests under way get ten seconds");
        running.stop().await;
        tracing::info!("ended");
        Ok(Ended::Well)
    }
}

/// Waits for Ctrl-C (SIGINT) or SIGTERM and names it. From the call on, and not only once awaited, neither ends the
/// process by itself.
///
/// # Errors
/// The system does not let signals be caught.
pub(super) fn told_to_end() -> Result<impl Future<Output = &'static str>, Fault> {
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => "SIGINT",
            _ = terminate.recv() => "SIGTERM",
        }
    })
}
