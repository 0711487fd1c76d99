//! Every setting, with its unit and default. `deploy/preau.example.toml` says the same in a file to start from.

use std::{fmt, net::SocketAddr, path::PathBuf};

use serde::{Deserialize, Serialize};

use super::{PortalsByName, UpstreamsByName};
use crate::policy::IdentifierRule;

/// Every setting.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The address that people and services see; the issuer. https outside loopback.
    pub public_url: String,
    /// Where the server listens: `address:port`.
    pub listen: SocketAddr,
    /// Written by `preau demo`: http, cheap hashes and test people are taken, and nothing leaves this machine.
    pub demo: bool,
    /// Proxies whose `X-Forwarded-For` is believed, as addresses or CIDR.
    pub trusted_proxies: Vec<String>,
    /// Where keys lie.
    pub keys: PathBuf,
    /// The database.
    pub database: DatabaseSettings,
    /// Redis, where several nodes share the work.
    pub redis: RedisSettings,
    /// TLS by the program itself.
    pub tls: TlsSettings,
    /// Letters and activation.
    pub letters: LetterSettings,
    /// The ways back in.
    pub recovery: RecoverySettings,
    /// One's own account.
    pub account: OwnAccountSettings,
    /// Identifiers.
    pub identifiers: IdentifierSettings,
    /// Tries.
    pub limits: LimitSettings,
    /// Hashing.
    pub hashing: HashingSettings,
    /// Sessions.
    pub sessions: SessionSettings,
    /// OpenID Connect.
    pub oidc: OidcSettings,
    /// CAS.
    pub cas: CasSettings,
    /// Mail.
    pub mail: MailSettings,
    /// Requests that the program sends.
    pub outbound: OutboundSettings,
    /// Logs.
    pub log: LogSettings,
    /// External OpenID Providers by name, such as `sepne`.
    pub upstreams: UpstreamsByName,
    /// Portals by name; `default` is always there.
    pub portals: PortalsByName,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            public_url: "http://localhost:8080".into(),
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            demo: false,
            trusted_proxies: Vec::new(),
            keys: PathBuf::from("keys"),
            database: DatabaseSettings::default(),
            redis: RedisSettings::default(),
            tls: TlsSettings::default(),
            letters: LetterSettings::default(),
            recovery: RecoverySettings::default(),
            account: OwnAccountSettings::default(),
            identifiers: IdentifierSettings::default(),
            limits: LimitSettings::default(),
            hashing: HashingSettings::default(),
            sessions: SessionSettings::default(),
            oidc: OidcSettings::default(),
            cas: CasSettings::default(),
            mail: MailSettings::default(),
            outbound: OutboundSettings::default(),
            log: LogSettings::default(),
            upstreams: UpstreamsByName::default(),
            portals: PortalsByName::default(),
        }
    }
}

/// A value whose addresses are shown without name and password.
struct Voiceless<'a, T>(&'a T);

impl<T: fmt::Debug> fmt::Debug for Voiceless<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{:?}", self.0);
        match text.split_once("://").and_then(|(scheme, rest)| Some((scheme, rest.rsplit_once('@')?.1))) {
            Some((scheme, host)) => write!(f, "{scheme}://…@{host}"),
            None => f.write_str(&text),
        }
    }
}

macro_rules! settings {
    ($(#[doc = $doc:literal] $name:ident { $(#[doc = $field_doc:literal] $field:ident: $type:ty = $default:expr,)* })*) => { $(
        #[doc = $doc]
        #[derive(Clone, Deserialize, Serialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct $name { $(#[doc = $field_doc] pub $field: $type,)* }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name))$(.field(stringify!($field), &Voiceless(&self.$field)))*.finish()
            }
        }
        impl Default for $name {
            fn default() -> Self {
                Self { $($field: $default,)* }
            }
        }
    )* };
}

mod portal;

mod upstream;

pub use portal::{PasswordSettings, PortalRecoverySettings, PortalSettings, SecondFactorSettings};
pub use upstream::{PortalUpstreamSettings, PupilResetSettings, SettingSecret, UpstreamSettings};

settings! {
    /// `database.*`
    DatabaseSettings {
        /// `sqlite:PATH` or `postgres://user:password@host/name`.
        url: String = "sqlite:preau.db".into(),
    }
    /// `redis.*`
    RedisSettings {
        /// `redis://host:port/db`; empty on a single node.
        url: String = String::new(),
        /// Before every key, for networks that share a server.
        prefix: String = "preau".into(),
    }
    /// `tls.*`
    TlsSettings {
        /// Certificate chain, PEM; empty behind a proxy.
        cert: Option<PathBuf> = None,
        /// Private key, PEM.
        key: Option<PathBuf> = None,
        /// A second listener that answers 308 to https: `address:port`.
        redirect_listen: Option<SocketAddr> = None,
    }
    /// `letters.*`, in seconds
    LetterSettings {
        /// A letter's provisional password; its date is printed.
        ttl: u64 = 7_776_000,
        /// The link in the mail that confirms an address; it opens nothing by itself.
        link_ttl: u64 = 604_800,
        /// How long a browser may take for the activation page after the letter's password.
        proof_ttl: u64 = 1_800,
    }
    /// `recovery.*`, in seconds
    RecoverySettings {
        /// A temporary password, for its one sign-in.
        temporary_ttl: u64 = 86_400,
        /// How long a temporary password stays the only one, in seconds.
        temporary_again_after: u64 = 600,
        /// How often a secret question may be answered wrong in an hour.
        question_tries: u32 = 3,
        /// The link that lets another password be chosen; at most 86400.
        link_ttl: u64 = 3_600,
        /// A mailed code.
        code_ttl: u64 = 900,
        /// How often a mailed code may be typed wrong.
        code_tries: u32 = 5,
        /// Whether a mailed code has four groups of four signs in place of two.
        long_codes: bool = false,
        /// Requests from one network in an hour.
        network: u32 = 100,
        /// The same from a school's network.
        school_network: u32 = 1_000,
    }
    /// `account.*`: what holders do to their own accounts
    OwnAccountSettings {
        /// The link that confirms a new address, in seconds.
        email_link_ttl: u64 = 86_400,
        /// How long a change of address can be taken back at the old one, in seconds.
        undo_ttl: u64 = 604_800,
        /// Whether a new address ends sessions that are older than its request; a new password always ends the others.
        email_ends_sessions: bool = true,
    }
    /// `identifiers.*`
    IdentifierSettings {
        /// The rule for people who come without one: `given.family`, `g.family`, `family.given` or `opaque`.
        rule: IdentifierRule = IdentifierRule::default(),
    }
    /// `limits.*`
    LimitSettings {
        /// Networks of schools, as CIDR: many people behind one address.
        school_networks: Vec<String> = Vec::new(),
        /// Tries against one identifier.
        account: AccountLimitSettings = AccountLimitSettings::default(),
        /// Failures from one network.
        network: NetworkLimitSettings = NetworkLimitSettings::default(),
        /// The same request for a mail again.
        mail: MailLimitSettings = MailLimitSettings::default(),
        /// Help forms to schools.
        help: HelpLimitSettings = HelpLimitSettings::default(),
        /// Registrations.
        registration: RegistrationLimitSettings = RegistrationLimitSettings::default(),
        /// The largest body of a request, in bytes.
        body_bytes: usize = 65_536,
        /// The longest time for a request, in seconds (over `hashing.patience`).
        request_seconds: u64 = 30,
    }
    /// `limits.account.*`
    AccountLimitSettings {
        /// Failures before the first pause.
        failures: u32 = 5,
        /// The first pause, in seconds; doubled with each further failure.
        pause: u64 = 60,
        /// The longest pause, in seconds.
        longest_pause: u64 = 900,
        /// Failures in 24 hours from browsers that the account does not know.
        daily: u32 = 25,
        /// Failures of one known browser before its own pause.
        known_browser: u32 = 10,
        /// Failures in 24 hours after which a letter's three words open nothing more that day.
        words: u32 = 10,
    }
    /// `limits.mail.*`
    MailLimitSettings {
        /// Within so many seconds the same request is one mail.
        again_after: u64 = 120,
        /// Mails of one kind to an address in an hour.
        hourly: u32 = 3,
    }
    /// `limits.help.*`
    HelpLimitSettings {
        /// Help forms from one network in an hour.
        network: u32 = 20,
        /// The same from a school's network.
        school_network: u32 = 200,
    }
    /// `limits.registration.*`
    RegistrationLimitSettings {
        /// Addresses and answers from one network in an hour.
        network: u32 = 60,
        /// The same from a school's network.
        school_network: u32 = 600,
        /// Mismatches for one address before it is paused for a day.
        tries: u32 = 5,
        /// Addresses not on file that are said to be so in an hour, all networks together; beyond it nobody is told.
        unknown: u32 = 500,
    }
    /// `limits.network.*`
    NetworkLimitSettings {
        /// Failures within `window` before the network is paused.
        failures: u32 = 100,
        /// The same for a school's network.
        school_failures: u32 = 2000,
        /// Over how many seconds failures are counted.
        window: u64 = 600,
        /// The pause, in seconds.
        pause: u64 = 60,
        /// Sign-ins that a network may begin within `window`, on each node.
        pending: u32 = 30_000,
        /// The same for a school's network.
        school_pending: u32 = 200_000,
    }
    /// `hashing.*`
    HashingSettings {
        /// Memory of one hash in KiB; at least 19456 outside demo and tests.
        memory_kib: u32 = 19_456,
        /// Passes; at least 2 outside demo and tests.
        passes: u32 = 2,
        /// Lanes; at least 1.
        lanes: u32 = 1,
        /// Hashes at once; 0: one less than the machine's cores.
        workers: usize = 0,
        /// Hashes that may wait in all.
        queue: usize = 2000,
        /// Seconds before the waiting page is shown.
        patience: u64 = 8,
    }
    /// `sessions.*`, in seconds
    SessionSettings {
        /// A pupil's session without use.
        pupil_idle: u64 = 3_600,
        /// A pupil's session at the longest.
        pupil_absolute: u64 = 36_000,
        /// A family's session without use.
        family_idle: u64 = 43_200,
        /// A family's session at the longest.
        family_absolute: u64 = 86_400,
        /// A family's session where the person asked to be remembered.
        remembered: u64 = 2_592_000,
        /// A member of staff's session without use.
        staff_idle: u64 = 7_200,
        /// A member of staff's session at the longest.
        staff_absolute: u64 = 43_200,
        /// A sign-in page before it starts over.
        interaction: u64 = 3_600,
        /// The cookie by which an account knows a browser.
        known_browser: u64 = 15_552_000,
    }
    /// `oidc.*`, in seconds
    OidcSettings {
        /// An authorization code.
        code_ttl: u64 = 60,
        /// An ID token.
        id_token_ttl: u64 = 600,
        /// An access token.
        access_token_ttl: u64 = 600,
    }
    /// `cas.*`
    CasSettings {
        /// A service ticket, in seconds.
        ticket_ttl: u64 = 10,
    }
    /// `mail.*`
    MailSettings {
        /// `smtp://host:port`, `smtps://user:password@host` or `smtp://host:587?tls=required`; empty: mail waits in the outbox.
        smtp: String = String::new(),
        /// The sender's address; the portal's name stands before it.
        from: String = "ne-pas-repondre@localhost.localdomain".into(),
        /// Seconds in which a mail is handed over or taken up anew.
        claim: u64 = 120,
        /// Hours before a mail that can't be delivered is given up.
        give_up_hours: u64 = 48,
        /// Mails a minute to one recipient domain, from each node; 0: as fast as it goes.
        per_domain_minute: u32 = 300,
        /// Signatures.
        dkim: DkimSettings = DkimSettings::default(),
    }
    /// `mail.dkim.*`
    DkimSettings {
        /// The private key, RSA in PEM; empty: mails are not signed here.
        key: Option<PathBuf> = None,
        /// The key's name in DNS: `SELECTOR._domainkey.` before the domain of `mail.from`.
        selector: String = "preau".into(),
    }
    /// `outbound.*`: requests that the program sends (to external providers, and to services when a session ends)
    OutboundSettings {
        /// Private networks that may be reached, as CIDR; public addresses always may.
        allow: Vec<String> = Vec::new(),
        /// Further certificate authorities, PEM.
        ca_file: Option<PathBuf> = None,
        /// Seconds for a connection.
        connect_seconds: u64 = 3,
        /// Seconds for a whole answer.
        seconds: u64 = 6,
    }
    /// `log.*`
    LogSettings {
        /// `text` or `json`.
        format: String = "text".into(),
        /// A filter of `tracing`: `info`, `preau=debug`, …
        filter: String = "info".into(),
        /// One line for each request: method, path without query, status, duration.
        requests: bool = false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mel_10_settings_are_shown_without_their_passwords() {
        let mut settings = Settings::default();
        settings.database.url = "postgres://preau:s3cret@db.example/preau".into();
        settings.redis.url = "redis://:s3c@ret@redis.example:6379/0".into();
        settings.mail.smtp = "smtps://preau:s3cret@mail.example".into();
        let shown = format!("{settings:?}");
        assert!(!shown.contains("s3c") && !shown.contains("ret@"), "{shown}");
        for host in ["postgres://…@db.example/preau", "redis.example:6379/0", "smtps://…@mail.example", "sqlite"] {
            assert!(shown.contains(host) != (host == "sqlite"), "{host}: {shown}");
        }
    }
}
