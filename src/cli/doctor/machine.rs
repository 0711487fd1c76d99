//! What lies on this machine: addresses, certificate, keys.

use std::{cmp::Ordering, fs, os::unix::fs::PermissionsExt, path::Path, time::Duration};

use openssl::{
    asn1::Asn1Time,
    pkey::PKey,
    x509::{X509, X509Ref},
};

use crate::{
    config::Config,
    crypto::{KeyRing, KeyState, Sealer, exposed_keys},
    domain::{Fault, Instant},
};

use super::Finding;

const DAY: Duration = Duration::from_hours(24);
/// Before a certificate ends.
const WARNING: Duration = Duration::from_hours(24 * 21);
/// How old a signing key may grow before it is time for another.
const OLD: Duration = Duration::from_hours(24 * 366);

/// Whether what people type and where the server listens fit together.
pub(super) fn addresses(config: &Config) -> Vec<Finding> {
    const TOPIC: &str = "addresses";
    let settings = &config.settings;
    let (public, listen) = (&config.public_url, settings.listen);
    let has_tls = settings.tls.cert.is_some();
    let both = format!("people see {}, the server listens on {listen}", config.issuer());
    let finding = match (config.is_https(), has_tls, listen.ip().is_loopback()) {
        (true, true, _) if public.port_or_known_default() != Some(listen.port()) => Finding::attention(
            TOPIC,
            format!("{both}: the ports differ"),
            "right where something forwards the one to the other; else make them equal",
        ),
        (true, false, false) => Finding::attention(
            TOPIC,
            format!("{both}, in clear on a network"),
            "listen on 127.0.0.1 behind a proxy on this machine, or give `tls.cert` and `tls.key`",
        ),
        (true, false, true) if settings.trusted_proxies.is_empty() => Finding::attention(
            TOPIC,
            format!("{both}: every visitor seems to come from the proxy"),
            "name it in `trusted_proxies`: [\"127.0.0.1\"]",
        ),
        (false, true, _) => Finding::error(
            TOPIC,
            format!("{both}, with TLS"),
            "write https in `public_url`, or leave `tls.cert` and `tls.key` out",
        ),
        (false, false, false) => Finding::attention(
            TOPIC,
            format!("{both}, beyond this machine"),
            "write the address that people type, with https, in `public_url`",
        ),
        _ => Finding::well(TOPIC, both),
    };
    vec![finding]
}

/// Whether the certificate can be read, is in date, fits its key and names the address.
pub(super) fn certificate(config: &Config, now: Instant) -> Vec<Finding> {
    const TOPIC: &str = "certificate";
    let tls = &config.settings.tls;
    let (Some(cert), Some(key)) = (&tls.cert, &tls.key) else { return Vec::new() };
    let looked = || -> Result<Vec<Finding>, Fault> {
        let chain = X509::stack_from_pem(&read(cert)?)?;
        let leaf = chain.first().ok_or_else(|| Fault::new(format!("{} holds no certificate", cert.display())))?;
        let private = PKey::private_key_from_pem(&read(key)?)?;
        let mut findings = vec![dates(leaf, now)?];
        if !leaf.public_key()?.public_eq(&private) {
            let what = format!("{} is not the key of {}", key.display(), cert.display());
            findings.push(Finding::error(TOPIC, what, "name the key that the certificate was made for"));
        }
        let host = config.public_url.host_str().unwrap_or_default();
        if !names(leaf).iter().any(|name| covers(name, host)) {
            let what = format!("it is for {}, not for {host}", names(leaf).join(", "));
            findings.push(Finding::error(TOPIC, what, "get one for the host of `public_url`"));
        }
        if fs::metadata(key)?.permissions().mode() & 0o007 != 0 {
            let what = format!("every user of this machine may read {}", key.display());
            findings.push(Finding::error(TOPIC, what, format!("chmod o-rwx '{}'", key.display())));
        }
        Ok(findings)
    };
    looked().unwrap_or_else(|fault| {
        vec![Finding::error(
            TOPIC,
            fault.cause,
            fault.remedy.unwrap_or_else(|| "check `tls.cert` and `tls.key`".into()),
        )]
    })
}

fn read(path: &Path) -> Result<Vec<u8>, Fault> {
    fs::read(path).map_err(|error| Fault::new(format!("{} can't be read: {error}", path.display())))
}

fn dates(leaf: &X509Ref, now: Instant) -> Result<Finding, Fault> {
    const TOPIC: &str = "certificate";
    let at = |moment: Instant| Asn1Time::from_unix(moment.seconds());
    let end = leaf.not_after();
    let renew = "renew it, then start the server again";
    Ok(if end.compare(&*at(now)?)? != Ordering::Greater {
        Finding::error(TOPIC, format!("out of date since {end}"), renew)
    } else if leaf.not_before().compare(&*at(now)?)? == Ordering::Greater {
        Finding::error(TOPIC, format!("not valid before {}", leaf.not_before()), "wait, or check this machine's clock")
    } else if end.compare(&*at(now + WARNING)?)? == Ordering::Less {
        Finding::attention(TOPIC, format!("ends {end}"), renew)
    } else {
        Finding::well(TOPIC, format!("good until {end}"))
    })
}

/// Every DNS name and address that it is for.
fn names(leaf: &X509Ref) -> Vec<String> {
    let address = |bytes: &[u8]| match bytes.len() {
        4 => <[u8; 4]>::try_from(bytes).ok().map(|v4| std::net::IpAddr::from(v4).to_string()),
        _ => <[u8; 16]>::try_from(bytes).ok().map(|v6| std::net::IpAddr::from(v6).to_string()),
    };
    let names = leaf.subject_alt_names().into_iter().flatten();
    names
        .filter_map(|name| name.dnsname().map(str::to_lowercase).or_else(|| name.ipaddress().and_then(address)))
        .collect()
}

/// RFC 6125 §6.4.3: a star stands for one label, the first.
fn covers(name: &str, host: &str) -> bool {
    let host = host.trim_matches(['[', ']']);
    let under = |suffix: &str| host.split_once('.').is_some_and(|(_, rest)| rest.eq_ignore_ascii_case(suffix));
    name.eq_ignore_ascii_case(host) || name.strip_prefix("*.").is_some_and(under)
}

/// Whether the keys are there, whole, ours alone, and not too old. Makes none.
pub(super) fn keys(config: &Config, now: Instant) -> Vec<Finding> {
    const TOPIC: &str = "keys";
    let dir = &config.keys;
    if !dir.join("manifest.json").exists() && !has_keys(dir) {
        let what = format!("none in {} yet: they are made when the server first starts", dir.display());
        return vec![Finding::well(TOPIC, what)];
    }
    let looked = || -> Result<Vec<Finding>, Fault> {
        let ring = KeyRing::open(dir, now)?;
        Sealer::open(dir)?;
        let lines = ring.list(now);
        let signing = || lines.iter().filter(|line| line.state == KeyState::Signing);
        let age = signing().map(|line| now.since(line.created_at)).max().unwrap_or_default();
        let days = age.as_secs() / DAY.as_secs();
        let what = format!("{} sign, {} days old; {} in all", signing().count(), days, lines.len());
        let mut findings = vec![if age > OLD {
            Finding::attention(TOPIC, what, "`preau keys rotate` makes new ones; nobody is signed out")
        } else {
            Finding::well(TOPIC, what)
        }];
        if lines.iter().any(|line| line.created_at > now + Duration::from_mins(5)) {
            let remedy = "this machine's clock was set back: synchronise it (systemctl status systemd-timesyncd)";
            findings.push(Finding::error("clock", "a key was made in the future", remedy));
        }
        for path in exposed_keys(dir)? {
            let what = format!("other users of this machine may read {}", path.display());
            findings.push(Finding::error(TOPIC, what, format!("chmod 600 '{}'", path.display())));
        }
        Ok(findings)
    };
    looked().unwrap_or_else(|fault| vec![Finding::fault(TOPIC, fault)])
}

fn has_keys(dir: &Path) -> bool {
    let is_key = |name: &str| name == "seal.key" || name.starts_with("signing-");
    fs::read_dir(dir).into_iter().flatten().flatten().any(|entry| is_key(&entry.file_name().to_string_lossy()))
}

#[cfg(test)]
mod tests {
    use openssl::{
        bn::BigNum,
        hash::MessageDigest,
        rsa::Rsa,
        x509::{X509Builder, X509NameBuilder, extension::SubjectAlternativeName},
    };

    use super::*;
    use crate::{
        cli::doctor::Verdict,
        config::{Mode, Settings},
    };

    const NOW: Instant = Instant::from_seconds(1_795_000_000);

    fn config(change: impl FnOnce(&mut Settings)) -> Config {
        let mut settings = Settings::default();
        change(&mut settings);
        Config::check(settings, Mode::Demo).expect("fine settings")
    }

    fn verdicts(findings: &[Finding]) -> Vec<Verdict> {
        findings.iter().map(|finding| finding.verdict).collect()
    }

    #[test]
    fn addresses_that_do_not_fit_together_are_pointed_out() {
        use Verdict::{Attention, Error, Well};
        let verdict = |public: &str, listen: &str, proxies: &[&str], tls: bool| {
            let config = config(|settings| {
                settings.public_url = public.into();
                settings.listen = listen.parse().expect("an address");
                settings.trusted_proxies = proxies.iter().map(|proxy| (*proxy).to_owned()).collect();
                settings.tls.cert = tls.then(|| "cert.pem".into());
                settings.tls.key = tls.then(|| "key.pem".into());
            });
            verdicts(&addresses(&config))
        };
        assert_eq!(verdict("http://localhost:8080", "127.0.0.1:8080", &[], false), [Well]);
        assert_eq!(verdict("https://ent.example", "127.0.0.1:8080", &["127.0.0.1"], false), [Well]);
        assert_eq!(verdict("https://ent.example", "127.0.0.1:8080", &[], false), [Attention]);
        assert_eq!(verdict("https://ent.example", "0.0.0.0:8080", &["10.0.0.1"], false), [Attention]);
        assert_eq!(verdict("https://ent.example", "0.0.0.0:443", &[], true), [Well]);
        assert_eq!(verdict("https://ent.example", "0.0.0.0:8443", &[], true), [Attention]);
        assert_eq!(verdict("http://localhost:8080", "127.0.0.1:8080", &[], true), [Error]);
    }

    /// A certificate for `*.example` from a day before now on, and its key.
    fn made(dir: &Path, days: i64) -> Config {
        let key = PKey::from_rsa(Rsa::generate(2048).expect("a key")).expect("a key");
        let mut name = X509NameBuilder::new().expect("a name");
        name.append_entry_by_text("CN", "example").expect("a name");
        let name = name.build();
        let mut builder = X509Builder::new().expect("a certificate");
        let at = |days: i64| Asn1Time::from_unix(NOW.seconds() + days * 86_400).expect("a moment");
        builder.set_version(2).expect("a version");
        builder.set_serial_number(&BigNum::from_u32(1).expect("1").to_asn1_integer().expect("1")).expect("1");
        builder.set_subject_name(&name).expect("a name");
        builder.set_issuer_name(&name).expect("a name");
        builder.set_pubkey(&key).expect("a key");
        builder.set_not_before(&at(-1)).expect("a moment");
        builder.set_not_after(&at(days)).expect("a moment");
        let names =
            SubjectAlternativeName::new().dns("*.example").build(&builder.x509v3_context(None, None)).expect("names");
        builder.append_extension(names).expect("names");
        builder.sign(&key, MessageDigest::sha256()).expect("a signature");
        let (cert_file, key_file) = (dir.join("cert.pem"), dir.join("key.pem"));
        fs::write(&cert_file, builder.build().to_pem().expect("PEM")).expect("a file");
        fs::write(&key_file, key.private_key_to_pem_pkcs8().expect("PEM")).expect("a file");
        fs::set_permissions(&key_file, fs::Permissions::from_mode(0o600)).expect("a mode");
        config(|settings| {
            settings.public_url = "https://ent.example".into();
            settings.tls.cert = Some(cert_file);
            settings.tls.key = Some(key_file);
        })
    }

    #[test]
    fn a_certificate_is_looked_at_before_it_ends() {
        use Verdict::{Attention, Error, Well};
        let dir = tempfile::tempdir().expect("a directory");
        assert_eq!(verdicts(&certificate(&made(dir.path(), 90), NOW)), [Well]);
        assert_eq!(verdicts(&certificate(&made(dir.path(), 10), NOW)), [Attention]);
        let mut config = made(dir.path(), -1);
        assert_eq!(verdicts(&certificate(&config, NOW)), [Error]);
        config = made(dir.path(), 90);
        assert_eq!(verdicts(&certificate(&config, NOW - 3 * DAY)), [Error], "not valid yet");
        config.public_url = "https://other.sub.example".parse().expect("an address");
        assert_eq!(verdicts(&certificate(&config, NOW)), [Well, Error], "another host");
        let key = Rsa::generate(2048).expect("a key").private_key_to_pem().expect("PEM");
        config = made(dir.path(), 90);
        fs::write(dir.path().join("key.pem"), key).expect("a file");
        fs::set_permissions(dir.path().join("key.pem"), fs::Permissions::from_mode(0o644)).expect("a mode");
        assert_eq!(verdicts(&certificate(&config, NOW)), [Well, Error, Error], "a foreign key that all may read");
        fs::remove_file(dir.path().join("cert.pem")).expect("the certificate");
        assert_eq!(verdicts(&certificate(&config, NOW)), [Error]);
    }

    #[test]
    fn keys_are_looked_at_and_never_made() {
        use Verdict::{Attention, Error, Well};
        let dir = tempfile::tempdir().expect("a directory");
        let keys_dir = dir.path().join("keys");
        let config = config(|settings| settings.keys.clone_from(&keys_dir));
        assert_eq!(verdicts(&keys(&config, NOW)), [Well]);
        assert!(!keys_dir.exists());
        KeyRing::open(&keys_dir, NOW).expect("keys");
        Sealer::open(&keys_dir).expect("a key");
        assert_eq!(verdicts(&keys(&config, NOW)), [Well]);
        assert_eq!(verdicts(&keys(&config, NOW + 400 * DAY)), [Attention]);
        assert_eq!(verdicts(&keys(&config, NOW - DAY)), [Well, Error], "the clock was set back");
        let seal = keys_dir.join("seal.key");
        fs::set_permissions(&seal, fs::Permissions::from_mode(0o644)).expect("a mode");
        assert_eq!(verdicts(&keys(&config, NOW)), [Well, Error]);
        fs::remove_file(&seal).expect("the key");
        let findings = keys(&config, NOW);
        assert_eq!(verdicts(&findings), [Error]);
        assert!(findings.iter().all(|finding| finding.remedy.is_some()) && !seal.exists());
    }
}
