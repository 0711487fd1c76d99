//! The log of a running server: to stderr, as text for people or as JSON for collectors (`log.*`).

use std::io::{IsTerminal, stderr};

use tracing_subscriber::{EnvFilter, fmt};

use crate::{config::LogSettings, domain::Fault};

/// Starts the log of this process; once.
///
/// # Errors
/// A filter that is not understood, or a log that runs already.
pub fn start(settings: &LogSettings) -> Result<(), Fault> {
    let filter = EnvFilter::try_new(&settings.filter).map_err(|error| {
        Fault::new(format!("`log.filter` {} is not understood: {error}", settings.filter))
            .remedy("write info, or preau=debug,info")
    })?;
    let log = fmt().with_env_filter(filter).with_writer(stderr);
    let started = if settings.format == "json" {
        log.json().flatten_event(true).with_current_span(false).try_init()
    } else {
        log.with_ansi(stderr().is_terminal()).try_init()
    };
    started.map_err(|error| Fault::new(format!("the log does not start: {error}")))
}
