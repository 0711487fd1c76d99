//! `preau.toml` and `PREAU_…` into one checked `Config`.
//!
//! The only room that reads the environment. Every setting stands in `Settings` with its unit and default; unknown keys are
//! errors; what can't work is refused here with what to do, so that no room above meets a half-made configuration.

mod check;
#[cfg(test)]
mod example;
mod reading;
mod settings;

use std::{collections::BTreeMap, path::PathBuf, time::Duration};

use url::Url;

use crate::{
    domain::{Fault, Network, PortalName},
    policy::{Policy, Portals},
};

use reading::Sources;

pub use settings::{
    AccountLimitSettings, CasSettings, DatabaseSettings, DkimSettings, HashingSettings, IdentifierSettings,
    LimitSettings, LogSettings, MailSettings, NetworkLimitSettings, OidcSettings, OutboundSettings, OwnAccountSettings,
    PasswordSettings, PortalRecoverySettings, PortalSettings, PortalUpstreamSettings, PupilResetSettings,
    RedisSettings, SecondFactorSettings, SessionSettings, SettingSecret, Settings, TlsSettings, UpstreamSettings,
};

/// The checked configuration.
#[derive(Clone, Debug)]
pub struct Config {
    /// The settings as they were given, defaults filled in.
    pub settings: Settings,
    /// The issuer (OpenID Connect Discovery §3): scheme, host, port; no path, no trailing slash.
    pub public_url: Url,
    /// The rules.
    pub policy: Policy,
    /// Where keys lie.
    pub keys: PathBuf,
}

/// What weakens the checks: the demo and the tests may hash cheaply and speak http.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Everything must be safe.
    Serve,
    /// Everything stays on this machine.
    Demo,
}

impl Config {
    /// Reads a file, where one is named, and the environment over it.
    ///
    /// # Errors
    /// A fault that names every setting that is wrong, and what to do.
    pub fn load(file: Option<&std::path::Path>, mode: Mode) -> Result<Self, Fault> {
        Self::load_over(&Settings::default(), file, mode)
    }

    /// The same over other defaults: the demo brings its own.
    ///
    /// # Errors
    /// A fault that names every setting that is wrong, and what to do.
    pub fn load_over(defaults: &Settings, file: Option<&std::path::Path>, mode: Mode) -> Result<Self, Fault> {
        let settings = reading::read(defaults, Sources { file, variables: reading::environment() })?;
        let mode = if settings.demo { Mode::Demo } else { mode };
        Self::check(settings, mode)
    }

    /// The network that an address is counted in: a configured school's, else its own (design §8).
    #[must_use]
    pub fn network(&self, address: std::net::IpAddr) -> Network {
        check::school_network(&self.settings.limits.school_networks, address).unwrap_or_else(|| Network::of(address))
    }

    /// Whether cookies are `Secure` and HSTS is sent: decided by `public_url`, never by a header.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.public_url.scheme() == "https"
    }

    /// The address of a portal's own pages, without a slash at its end.
    #[must_use]
    pub fn portal_address(&self, portal: &PortalName) -> String {
        let issuer = self.issuer();
        if portal.as_str() == Portals::DEFAULT { issuer.to_owned() } else { format!("{issuer}/p/{portal}") }
    }

    /// The issuer, to the character.
    #[must_use]
    pub fn issuer(&self) -> &str {
        self.public_url.as_str().trim_end_matches('/')
    }
}

/// Whether an address lies in one of these networks, given as CIDR.
#[must_use]
pub fn is_within(networks: &[String], address: std::net::IpAddr) -> bool {
    check::is_within(networks, address)
}

/// Whole seconds, as settings give them.
#[must_use]
pub const fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// Portals by name, as settings give them.
pub type PortalsByName = BTreeMap<String, PortalSettings>;

/// External providers by name, as settings give them.
pub type UpstreamsByName = BTreeMap<String, UpstreamSettings>;
