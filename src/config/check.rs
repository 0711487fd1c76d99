//! Settings into rules; everything wrong is named at once, with what to do.

mod portals;
mod upstreams;

use std::net::IpAddr;

use url::Url;

use crate::{
    domain::{Email, Fault, HashParameters, Hashing, Network, is_loopback},
    policy::{
        AccountLimits, CodeRules, Lifetimes, Limits, MailLimits, NetworkLimits, Policy, RequestLimits, SessionLifetime,
    },
};

use crate::policy::AccountRules;

use super::{Config, Mode, Settings, seconds};

impl Config {
    /// Checks settings and makes the rules of them.
    ///
    /// # Errors
    /// A fault that names every setting that is wrong.
    pub fn check(settings: Settings, mode: Mode) -> Result<Self, Fault> {
        let mut wrong = Vec::new();
        let public_url = public_url(&settings, mode, &mut wrong);
        let hashing = hashing(&settings, mode, &mut wrong);
        for cidr in
            settings.limits.school_networks.iter().chain(&settings.trusted_proxies).chain(&settings.outbound.allow)
        {
            if parse_cidr(cidr).is_none() {
                wrong.push(format!("`{cidr}` is not a network: write 192.0.2.0/24 or 2001:db8::/48"));
            }
        }
        if settings.demo && !settings.listen.ip().is_loopback() {
            wrong.push(format!("`listen` {} leaves this machine, which `demo` must not", settings.listen));
        }
        mail_and_log(&settings, &mut wrong);
        if settings.tls.cert.is_some() != settings.tls.key.is_some() {
            wrong.push("`tls.cert` and `tls.key` go together: give both or neither".into());
        }
        let upstreams = upstreams::upstreams(&settings, mode, &mut wrong);
        let portals = portals::portals(&settings, &mut wrong);
        match (public_url, portals) {
            (Some(public_url), Some(portals)) if wrong.is_empty() => {
                let codes = CodeRules {
                    ttl: seconds(settings.recovery.code_ttl),
                    tries: settings.recovery.code_tries,
                    is_long: settings.recovery.long_codes,
                };
                let policy = Policy {
                    codes,
                    portals,
                    upstreams,
                    account: account(&settings),
                    lifetimes: lifetimes(&settings),
                    limits: limits(&settings),
                    hashing,
                    identifiers: settings.identifiers.rule,
                };
                Ok(Self { keys: settings.keys.clone(), settings, public_url, policy })
            }
            _ => Err(Fault::new(wrong.join("; ")).remedy("see deploy/preau.example.toml for every setting")),
        }
    }
}

fn public_url(settings: &Settings, mode: Mode, wrong: &mut Vec<String>) -> Option<Url> {
    let Ok(url) = Url::parse(&settings.public_url) else {
        wrong.push(format!("`public_url` {} is not an address: write https://ent.example", settings.public_url));
        return None;
    };
    let loopback = is_loopback(&url);
    if url.scheme() != "https" && !(url.scheme() == "http" && (loopback || mode == Mode::Demo)) {
        wrong.push(
            "`public_url` must be https outside this machine: put a certificate under `tls.*` or a proxy before it"
                .into(),
        );
    }
    if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
        wrong.push("`public_url` has no path: write https://ent.example".into());
    }
    Some(url)
}

fn mail_and_log(settings: &Settings, wrong: &mut Vec<String>) {
    let (mail, log) = (&settings.mail, &settings.log);
    if Email::parse(&mail.from).is_none() {
        wrong.push(format!("`mail.from` {} is not an e-mail address", mail.from));
    }
    // Not repeated: it may hold a password.
    if !mail.smtp.is_empty() && !["smtp", "smtps"].iter().any(|scheme| mail.smtp.starts_with(&format!("{scheme}://"))) {
        wrong.push("`mail.smtp` is not understood: write smtp://host:port or smtps://user:password@host".into());
    }
    if mail.claim == 0 {
        wrong.push("`mail.claim` must leave time to hand a mail over: 120 by default".into());
    }
    if !["text", "json"].contains(&log.format.as_str()) {
        wrong.push(format!("`log.format` {} is neither text nor json", log.format));
    }
}

fn hashing(settings: &Settings, mode: Mode, wrong: &mut Vec<String>) -> Hashing {
    let given = &settings.hashing;
    if mode == Mode::Serve && (given.memory_kib < 19_456 || given.passes < 2 || given.lanes < 1) {
        wrong.push("`hashing` is below the least: memory_kib 19456, passes 2, lanes 1".into());
    }
    if given.queue == 0 {
        wrong.push("`hashing.queue` must let somebody wait: 2000 by default".into());
    }
    Hashing {
        parameters: HashParameters { memory_kib: given.memory_kib, passes: given.passes, lanes: given.lanes },
        workers: given.workers,
        queue: given.queue,
        patience: seconds(given.patience),
    }
}

const fn lifetimes(settings: &Settings) -> Lifetimes {
    let given = &settings.sessions;
    Lifetimes {
        pupil: SessionLifetime { idle: seconds(given.pupil_idle), absolute: seconds(given.pupil_absolute) },
        family: SessionLifetime { idle: seconds(given.family_idle), absolute: seconds(given.family_absolute) },
        staff: SessionLifetime { idle: seconds(given.staff_idle), absolute: seconds(given.staff_absolute) },
        remembered: seconds(given.remembered),
        interaction: seconds(given.interaction),
        code: seconds(settings.oidc.code_ttl),
        id_token: seconds(settings.oidc.id_token_ttl),
        access_token: seconds(settings.oidc.access_token_ttl),
        ticket: seconds(settings.cas.ticket_ttl),
        known_browser: seconds(given.known_browser),
        letter: seconds(settings.letters.ttl),
        activation_link: seconds(settings.letters.link_ttl),
        temporary: seconds(settings.recovery.temporary_ttl),
        temporary_again: seconds(settings.recovery.temporary_again_after),
        reset_link: seconds(settings.recovery.link_ttl),
        activation_proof: seconds(settings.letters.proof_ttl),
    }
}

const fn account(settings: &Settings) -> AccountRules {
    AccountRules {
        email_link: seconds(settings.account.email_link_ttl),
        undo_link: seconds(settings.account.undo_ttl),
        email_ends_sessions: settings.account.email_ends_sessions,
    }
}

fn limits(settings: &Settings) -> Limits {
    let (account, network) = (&settings.limits.account, &settings.limits.network);
    Limits {
        account: AccountLimits {
            failures: account.failures,
            pause: seconds(account.pause),
            longest_pause: seconds(account.longest_pause),
            daily: account.daily,
            known_browser: account.known_browser,
            words: account.words,
        },
        network: NetworkLimits {
            failures: network.failures,
            school_failures: network.school_failures,
            window: seconds(network.window),
            pause: seconds(network.pause),
            pending: network.pending,
            school_pending: network.school_pending,
        },
        mail: MailLimits {
            again_after: seconds(settings.limits.mail.again_after),
            hourly: settings.limits.mail.hourly,
        },
        help: RequestLimits {
            network: settings.limits.help.network,
            school_network: settings.limits.help.school_network,
        },
        recovery: RequestLimits {
            network: settings.recovery.network,
            school_network: settings.recovery.school_network,
        },
        question_tries: settings.recovery.question_tries,
        registration: RequestLimits {
            network: settings.limits.registration.network,
            school_network: settings.limits.registration.school_network,
        },
        registration_tries: settings.limits.registration.tries,
        registration_unknown: settings.limits.registration.unknown,
        school_networks: settings.limits.school_networks.clone(),
    }
}

/// A network as address and length of its prefix; a bare address is a network of one.
pub(super) fn parse_cidr(text: &str) -> Option<(IpAddr, u8)> {
    let (address, length) = text.split_once('/').map_or((text, None), |(address, length)| (address, Some(length)));
    let address: IpAddr = address.parse().ok()?;
    let most = if address.is_ipv4() { 32 } else { 128 };
    let length = length.map_or(Some(most), |length| length.parse().ok())?;
    (length <= most).then_some((address, length))
}

/// Whether an address lies in a network; IPv4-mapped IPv6 counts as IPv4.
#[must_use]
pub(super) fn lies_in(address: IpAddr, (network, length): (IpAddr, u8)) -> bool {
    let wide = |bits: u128, all: u32| if length == 0 { 0 } else { bits >> (all - u32::from(length)) };
    match (address.to_canonical(), network.to_canonical()) {
        (IpAddr::V4(a), IpAddr::V4(n)) => wide(a.to_bits().into(), 32) == wide(n.to_bits().into(), 32),
        (IpAddr::V6(a), IpAddr::V6(n)) => wide(a.to_bits(), 128) == wide(n.to_bits(), 128),
        _ => false,
    }
}

/// Whether an address lies in one of these networks.
pub(super) fn is_within(networks: &[String], address: IpAddr) -> bool {
    networks.iter().filter_map(|cidr| parse_cidr(cidr)).any(|network| lies_in(address, network))
}

/// The school network that an address lies in.
pub(super) fn school_network(networks: &[String], address: IpAddr) -> Option<Network> {
    let within = |cidr: &&String| parse_cidr(cidr).is_some_and(|network| lies_in(address, network));
    networks.iter().find(within).map(|cidr| Network::school(cidr))
}

impl Config {
    /// The visitor's address: the peer's, or what trusted proxies say of it, read from the right (design §6).
    #[must_use]
    pub fn visitor(&self, peer: IpAddr, forwarded_for: &[&str]) -> IpAddr {
        let trusted = |address: IpAddr| {
            self.settings
                .trusted_proxies
                .iter()
                .filter_map(|cidr| parse_cidr(cidr))
                .any(|network| lies_in(address, network))
        };
        let mut visitor = peer;
        let hops: Vec<&str> = forwarded_for.iter().flat_map(|line| line.split(',')).map(str::trim).collect();
        for hop in hops.into_iter().rev() {
            if !trusted(visitor) {
                break;
            }
            match hop.parse() {
                Ok(address) => visitor = address,
                Err(_) => break,
            }
        }
        visitor
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::PortalSettings;

    fn config(change: impl FnOnce(&mut Settings)) -> Result<Config, Fault> {
        let mut settings = Settings::default();
        change(&mut settings);
        Config::check(settings, Mode::Serve)
    }

    #[test]
    fn what_is_wrong_is_named_all_at_once() {
        let fault = config(|s| {
            s.public_url = "http://ent.example".into();
            s.hashing.memory_kib = 1024;
            s.trusted_proxies = vec!["the proxy".into()];
            s.mail.from = "préau".into();
            s.mail.smtp = "mail.example".into();
            s.log.format = "xml".into();
        });
        let cause = fault.err().map(|fault| fault.cause).unwrap_or_default();
        for word in ["public_url", "hashing", "the proxy", "mail.from", "mail.smtp", "log.format"] {
            assert!(cause.contains(word), "{cause}");
        }
    }

    #[test]
    fn a_colour_that_cannot_be_read_is_refused_with_its_ground() {
        let fault = |day: &str, night: &str| {
            let portal = PortalSettings { day: day.into(), night: night.into(), ..PortalSettings::default() };
            config(|s| drop(s.portals.insert("ent".into(), portal))).err().map(|fault| fault.cause)
        };
        assert_eq!(fault("#1f5d4c", "#8fd0b6"), None);
        assert!(fault("#8fd0b6", "#8fd0b6").is_some_and(|cause| cause.contains("#ffffff")));
        assert!(fault("#1f5d4c", "#1f5d4c").is_some_and(|cause| cause.contains("#1b2621")));
        assert!(fault("green", "#8fd0b6").is_some_and(|cause| cause.contains("not a colour")));
    }

    #[test]
    fn a_forwarded_address_is_believed_from_the_right_and_from_proxies_only() {
        let config = config(|s| s.trusted_proxies = vec!["10.0.0.0/8".into()]).expect("fine settings");
        let visitor =
            |peer: &str, forwarded: &[&str]| config.visitor(peer.parse().expect("an address"), forwarded).to_string();
        assert_eq!(visitor("192.0.2.7", &["203.0.113.9"]), "192.0.2.7", "no proxy of ours");
        assert_eq!(visitor("10.1.1.1", &["203.0.113.9"]), "203.0.113.9");
        assert_eq!(
            visitor("10.1.1.1", &["1.2.3.4, 203.0.113.9, 10.2.2.2"]),
            "203.0.113.9",
            "what the visitor wrote is left of it"
        );
    }

    #[test]
    fn log_14_a_school_is_one_network_however_many_addresses_it_has() {
        let config = config(|s| s.limits.school_networks = vec!["198.51.100.0/24".into()]).expect("fine settings");
        assert!(config.network("198.51.100.20".parse().expect("an address")).is_school());
        assert!(!config.network("198.51.101.20".parse().expect("an address")).is_school());
    }
}
