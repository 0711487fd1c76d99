//! Checks what the settings say of external providers, and what portals leave to them.

use std::{fs, path::Path};

use url::Url;

use crate::{
    config::{Mode, PortalSettings, Settings, UpstreamSettings, seconds},
    domain::{Profile, Secret, UpstreamName, is_loopback},
    policy::{External, NumberRule, Preset, PupilReset, Upstream, Upstreams},
};

/// The provider that the preset `portail-eleves` asks where nothing else is said.
const SEPNE: &str = "sepne";

pub(super) fn upstreams(settings: &Settings, mode: Mode, wrong: &mut Vec<String>) -> Upstreams {
    Upstreams::new(settings.upstreams.iter().filter_map(|(name, given)| upstream(name, given, mode, wrong)))
}

fn upstream(name: &str, given: &UpstreamSettings, mode: Mode, wrong: &mut Vec<String>) -> Option<Upstream> {
    let before = wrong.len();
    if name.is_empty() || !name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
        wrong.push(format!("provider `{name}`: a name has small letters, digits and hyphens"));
    }
    let issuer = Url::parse(&given.issuer).ok().filter(|url| url.query().is_none() && url.fragment().is_none());
    let is_fine =
        |url: &Url| url.scheme() == "https" || (url.scheme() == "http" && (is_loopback(url) || mode == Mode::Demo));
    if !issuer.as_ref().is_some_and(is_fine) {
        wrong.push(format!(
            "`upstreams.{name}.issuer` is no issuer: write https://sso.example, to the character as it says itself"
        ));
    }
    for (setting, value) in [("client_id", &given.client_id), ("claim", &given.claim), ("mailbox", &given.mailbox)] {
        if value.is_empty() {
            wrong.push(format!("`upstreams.{name}.{setting}` is missing"));
        }
    }
    let client_secret = secret(name, given, wrong);
    let label = if given.label.is_empty() { name.to_owned() } else { given.label.clone() };
    let label_of = if given.label_of.is_empty() { after_de(&label) } else { given.label_of.clone() };
    (wrong.len() == before).then(|| Upstream {
        name: UpstreamName::new(name),
        label,
        label_of,
        issuer: given.issuer.clone(),
        client_id: given.client_id.clone(),
        client_secret,
        scopes: given.scopes.clone(),
        claim: given.claim.clone(),
        matches: given.matches,
        mailbox: given.mailbox.clone(),
        verified_mailbox: given.verified_mailbox,
    })
}

/// Our secret there, from its file or from the settings.
fn secret(name: &str, given: &UpstreamSettings, wrong: &mut Vec<String>) -> Option<Secret> {
    let written = Some(given.client_secret.0.as_str()).filter(|secret| !secret.is_empty());
    let Some(path) = &given.client_secret_file else { return written.map(Secret::new) };
    if written.is_some() {
        wrong.push(format!("`upstreams.{name}`: `client_secret` and `client_secret_file` say it twice: give one"));
    }
    let found = read(path);
    if found.is_none() {
        wrong.push(format!("`upstreams.{name}.client_secret_file` {} is no file with a secret in it", path.display()));
    }
    found
}

fn read(path: &Path) -> Option<Secret> {
    let text = fs::read_to_string(path).ok()?;
    Some(text.trim()).filter(|text| !text.is_empty()).map(Secret::new)
}

/// "de SEPNE", "d’EduConnect".
fn after_de(label: &str) -> String {
    let first = any_ascii::any_ascii(label).chars().next().unwrap_or_default();
    let elides = matches!(first.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    if elides { format!("d’{label}") } else { format!("de {label}") }
}

/// What a portal leaves to external providers; each that it names must be there.
pub(super) fn external(name: &str, given: &PortalSettings, settings: &Settings, wrong: &mut Vec<String>) -> External {
    let asked = &given.upstream;
    let chosen = [
        (Profile::Pupil, &asked.pupil),
        (Profile::Parent, &asked.parent),
        (Profile::NationalStaff, &asked.national_staff),
        (Profile::AgriculturalStaff, &asked.agricultural_staff),
        (Profile::LocalAuthorityStaff, &asked.local_authority_staff),
        (Profile::Guest, &asked.guest),
    ];
    let mut known = |setting: &str, upstream: &String| {
        if !settings.upstreams.contains_key(upstream) {
            wrong.push(format!(
                "`portals.{name}.{setting}` {upstream} is no provider: describe it under `upstreams.{upstream}`"
            ));
        }
        UpstreamName::new(upstream)
    };
    let mut sign_in = std::collections::BTreeMap::new();
    for (profile, upstream) in chosen {
        if let Some(upstream) = upstream.as_ref().filter(|upstream| !upstream.is_empty()) {
            sign_in.insert(profile, known(&format!("upstream.{}", profile.name()), upstream));
        }
    }
    let is_preset = given.preset == Preset::PortailEleves;
    let reset = &given.pupil_reset;
    let upstream = reset.upstream.clone().or_else(|| is_preset.then(|| SEPNE.to_owned()));
    External {
        sign_in,
        reset: upstream.filter(|upstream| !upstream.is_empty()).map(|upstream| PupilReset {
            upstream: known("pupil_reset.upstream", &upstream),
            tells_guardians: reset.tells_guardians,
            number: NumberRule { digits: reset.digits.or(is_preset.then_some(10)), check: reset.check },
            proof: seconds(reset.proof_ttl),
            again_after: seconds(reset.again_after),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, PupilResetSettings};

    fn sepne() -> UpstreamSettings {
        UpstreamSettings {
            issuer: "https://sepne.example".into(),
            client_id: "preau".into(),
            ..UpstreamSettings::default()
        }
    }

    fn fault(change: impl FnOnce(&mut Settings)) -> String {
        let mut settings = Settings::default();
        settings.upstreams.insert("sepne".into(), sepne());
        change(&mut settings);
        Config::check(settings, Mode::Serve).err().map(|fault| fault.cause).unwrap_or_default()
    }

    #[test]
    fn what_is_wrong_with_a_provider_is_named() {
        assert_eq!(fault(|_| {}), "");
        for (change, told) in [
            (UpstreamSettings { issuer: "http://sepne.example".into(), ..sepne() }, "issuer"),
            (UpstreamSettings { issuer: "sepne".into(), ..sepne() }, "issuer"),
            (UpstreamSettings { client_id: String::new(), ..sepne() }, "client_id"),
            (UpstreamSettings { client_secret_file: Some("/nowhere".into()), ..sepne() }, "client_secret_file"),
        ] {
            let cause = fault(|settings| drop(settings.upstreams.insert("sepne".into(), change)));
            assert!(cause.contains(told), "{told}: {cause}");
        }
        let nobody = PortalSettings {
            pupil_reset: PupilResetSettings { upstream: Some("other".into()), ..PupilResetSettings::default() },
            ..PortalSettings::default()
        };
        assert!(
            fault(|settings| drop(settings.portals.insert("eleves".into(), nobody))).contains("other is no provider")
        );
        let preset = PortalSettings { preset: Preset::PortailEleves, ..PortalSettings::default() };
        assert_eq!(fault(|settings| drop(settings.portals.insert("eleves".into(), preset.clone()))), "");
        let without = fault(|settings| {
            settings.upstreams.clear();
            settings.portals.insert("eleves".into(), preset);
        });
        assert!(without.contains("upstreams.sepne"), "{without}");
    }

    #[test]
    fn sep_23_a_label_is_said_after_de_as_french_says_it() {
        assert_eq!(
            ["SEPNE", "EduConnect", "Éduthèque", "Google"].map(after_de),
            ["de SEPNE", "d’EduConnect", "d’Éduthèque", "de Google"]
        );
    }

    #[test]
    fn a_secret_is_read_from_its_file_and_never_shown() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("secret");
        fs::write(&path, "s3cret\n").expect("written");
        let mut settings = Settings::default();
        settings.upstreams.insert("a".into(), UpstreamSettings { client_secret_file: Some(path), ..sepne() });
        settings.upstreams.insert(
            "b".into(),
            UpstreamSettings { client_secret: crate::config::settings::SettingSecret("s3cret".into()), ..sepne() },
        );
        let config = Config::check(settings, Mode::Serve).expect("fine settings");
        for upstream in config.policy.upstreams.iter() {
            assert_eq!(upstream.client_secret.as_ref().map(Secret::reveal), Some("s3cret"));
        }
        assert!(!format!("{config:?}").contains("s3cret"));
    }
}
